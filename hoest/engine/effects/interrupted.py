"""Interrupted time series: our own line before, carried on, against what came.

For one unit without anybody to compare with. A level change on a trend, with the season as
harmonics; errors that allow neighbouring periods to go together (HAC), or a Poisson rate with the
population as exposure. Nothing here knows what else happened at the time: always only an
indication.

Source: Lopez Bernal, Cummins and Gasparrini (2017), International Journal of Epidemiology 46,
348-355; Newey and West (1987), Econometrica 55, 703-708.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm, t

from .errors import NumberOutOfRange, ShapesDiffer, TooFewPeriods, ValuesMissing
from .panel import Floats

FEWEST_BEFORE = 24
FEWEST_FOR_LINE = 4
SEASON = 12


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A change of level at the start, and of slope when asked for.

    `level` and `standard_error` in the unit of the series (the logarithm of a rate for counts),
    `low`, `high` and `p` of the level; `slope_change` per period and its error; `trend` per period
    before; `lags` of the errors; `dispersion` of counts (1 when not used); `carried_on` (T,) the
    series without the change, in the unit of the series.
    """

    level: float
    standard_error: float
    low: float
    high: float
    p: float
    trend: float
    slope_change: float | None
    slope_error: float | None
    lags: int
    dispersion: float
    carried_on: Floats


def harmonics(length: int, season: int, pairs: int) -> Floats:
    """Return sines and cosines of a season.

    Formula: sin(2π k m / season), cos(2π k m / season), m = 1..T, k = 1..pairs. Shape (T, 2·pairs).
    Source: Bhaskaran et al. (2013), International Journal of Epidemiology 42, 1187-1195.
    """
    if pairs == 0:
        # A year is one period of a yearly series: it has no season.
        return np.empty((length, 0))
    if season < 2 or pairs < 0 or 2 * pairs > season:
        raise NumberOutOfRange("season", season)
    month = np.arange(1, length + 1)[:, None] * np.arange(1, pairs + 1)[None, :]
    angle = 2 * np.pi * month / season
    return np.stack([np.sin(angle), np.cos(angle)], 2).reshape(length, 2 * pairs)


def lags_for(length: int) -> int:
    """Return how many neighbouring periods are allowed to go together.

    Formula: ⌊4 (T / 100)^(2/9)⌋ + 1.
    Source: Newey and West (1994), Review of Economic Studies 61, 631-653, rounded up.
    """
    return math.floor(4 * (length / 100) ** (2 / 9)) + 1


def _design(length: int, start: int, pairs: int, season: int, slope: bool) -> Floats:
    time = np.arange(1, length + 1, dtype=np.float64)
    step = (np.arange(length) >= start).astype(np.float64)
    columns = [np.ones(length), step, time]
    if slope:
        columns.append(step * (time - time[start]))
    return np.column_stack([*columns, harmonics(length, season, pairs)])


def _checked(series: Floats, start: int, parameters: int) -> None:
    missing = int((~np.isfinite(series)).sum())
    if missing:
        raise ValuesMissing(missing)
    after = len(series) - start
    if start < FEWEST_FOR_LINE or after < 1 or len(series) <= parameters + 1:
        raise TooFewPeriods(min(start, after), max(FEWEST_FOR_LINE, parameters + 2 - after))


def interrupted(
    series: Floats,
    start: int,
    *,
    season: int = SEASON,
    pairs: int = 0,
    slope: bool = False,
    lags: int | None = None,
    level: float = 0.05,
) -> Interrupted:
    """Return the change of level of a series from the period with index `start`.

    Formula: y_t = α + β 1{t >= s} + γ t [+ δ 1{t >= s}(t - s)] + harmonics + u_t by least squares;
    HAC errors with Bartlett weights and T/(T - k), t with T - k degrees. `series` (T,), none
    missing. Raises TooFewPeriods, ValuesMissing.
    Source: Lopez Bernal et al. (2017), equation 1; Newey and West (1987).
    """
    import statsmodels.api as sm

    series = np.asarray(series, dtype=np.float64)
    design = _design(len(series), start, pairs, season, slope)
    _checked(series, start, design.shape[1])
    wide = lags_for(len(series)) if lags is None else lags
    fitted = sm.OLS(series, design).fit(
        cov_type="HAC", cov_kwds={"maxlags": wide, "use_correction": True}
    )
    errors = np.asarray(fitted.bse)
    beta = np.asarray(fitted.params)
    free = len(series) - design.shape[1]
    wall = float(t.ppf(1 - level / 2, free))
    p = float(2 * t.sf(abs(beta[1]) / errors[1], free)) if errors[1] > 0 else 1.0
    without = design.copy()
    without[:, 1] = 0
    if slope:
        without[:, 3] = 0
    return Interrupted(
        float(beta[1]),
        float(errors[1]),
        float(beta[1] - wall * errors[1]),
        float(beta[1] + wall * errors[1]),
        p,
        float(beta[2]),
        float(beta[3]) if slope else None,
        float(errors[3]) if slope else None,
        wide,
        1.0,
        without @ beta,
    )


def interrupted_counts(
    counts: Floats,
    exposure: Floats,
    start: int,
    *,
    season: int = SEASON,
    pairs: int = 0,
    dispersed: bool = False,
    level: float = 0.05,
) -> Interrupted:
    """Return the change of a rate of counts from the period with index `start`.

    Formula: log E[y_t] = log(exposure_t) + α + β 1{t >= s} + γ t + harmonics, Poisson; with
    `dispersed` the variance is the mean times Pearson's χ² / (T - k). exp(β) is the rate ratio.
    `counts`, `exposure` (T,), exposure positive. Raises ShapesDiffer, TooFewPeriods, ValuesMissing.
    Source: Lopez Bernal et al. (2017), the worked example of Sicily.
    """
    import statsmodels.api as sm

    counts, exposure = np.asarray(counts, np.float64), np.asarray(exposure, np.float64)
    if counts.shape != exposure.shape:
        raise ShapesDiffer("exposure", exposure.shape, counts.shape)
    if not (exposure > 0).all():
        raise NumberOutOfRange("exposure", float(exposure.min()))
    design = _design(len(counts), start, pairs, season, False)
    _checked(counts, start, design.shape[1])
    # A time that runs to hundreds beside a constant is badly scaled; the slope is scaled back.
    scale = np.abs(design).max(0)
    model = sm.GLM(counts, design / scale, family=sm.families.Poisson(), offset=np.log(exposure))
    fitted = model.fit(scale="X2" if dispersed else None)
    beta, errors = np.asarray(fitted.params) / scale, np.asarray(fitted.bse) / scale
    wall = float(norm.ppf(1 - level / 2))
    without = design.copy()
    without[:, 1] = 0
    return Interrupted(
        float(beta[1]),
        float(errors[1]),
        float(beta[1] - wall * errors[1]),
        float(beta[1] + wall * errors[1]),
        float(2 * norm.sf(abs(beta[1]) / errors[1])),
        float(beta[2]),
        None,
        None,
        0,
        float(fitted.scale),
        exposure * np.exp(without @ beta),
    )
