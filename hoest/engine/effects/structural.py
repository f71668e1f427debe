"""A structural time series with untouched units: what ours would have been, learnt from theirs.

For one unit alone. Ours is a level that may drift, a season and a weighted sum of the untouched
units; how much it drifts and how far the weights reach are averaged over, not chosen. Everything
but those two is integrated in closed form, so the answer is exact, needs no seed and is the same
each time. What happened to us alone at the start cannot be told from the effect: always only an
indication.

Source: Brodersen, Gallusser, Koehler, Remy and Scott (2015), Annals of Applied Statistics 9,
247-274; Rasmussen and Williams (2006), Gaussian Processes for Machine Learning, chapter 2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import brentq
from scipy.stats import t as student

from .errors import NumberOutOfRange, ShapesDiffer, TooFewPeriods, TooFewUnits
from .interrupted import SEASON, harmonics
from .panel import Bools, Floats, Ints

FEWEST_BEFORE = 8
WIDE = 1e4
DRIFTS = np.geomspace(1e-3, 2.0, 16)
REACHES = np.geomspace(0.03, 10.0, 10)
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Structural:
    """The mean difference after the start, in the unit of the series.

    `error` the posterior deviation, `low` and `high` the middle 1 - level of it, `p` twice the
    smaller tail beyond 0; `drift` the expected step of the level per period, against the noise;
    `without` (T,) what ours would have been; `controls` how many untouched units were used, `used`
    which of those given (indices) and `pulls` (controls,) how far ours is expected to move when
    each of them moves by one deviation of its own, in the unit of the series.
    """

    estimate: float
    error: float
    low: float
    high: float
    p: float
    drift: float
    without: Floats
    controls: int
    used: Ints
    pulls: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Ground:
    """Our series, the standardised untouched ones, and the parts of the covariance, (T, T)."""

    ours: Floats
    learnt: Bools
    wanted: Bools
    moved: Floats
    theirs: Floats
    level: Floats
    season: Floats


def _standard(table: Floats, before: Bools) -> Floats:
    centre = table[:, before].mean(1, keepdims=True)
    size = table[:, before].std(1, keepdims=True)
    return np.asarray((table - centre) / np.where(size > 0, size, 1.0), dtype=np.float64)


def _ground(series: Floats, controls: Floats, start: int, season: int, pairs: int) -> _Ground:
    length = len(series)
    before = np.arange(length) < start
    there = np.isfinite(series)
    moved = _standard(controls, before)
    time = np.arange(1, length + 1, dtype=np.float64)
    waves = harmonics(length, season, pairs)
    return _Ground(
        series,
        before & there,
        ~before & there,
        moved,
        moved.T @ moved / max(len(moved), 1),
        np.minimum(time[:, None], time[None, :]),
        waves @ waves.T,
    )


def _grid(ground: _Ground) -> tuple[Floats, Floats, Floats, Floats, Floats, Floats]:
    """Weight, mean difference, its scale, drift, line and turn of every drift and reach."""
    learnt, wanted = ground.learnt, ground.wanted
    given = ground.ours[learnt]
    middle, size = float(given.mean()), float(given.std())
    scale = size if size > 0 else 1.0
    y = (given - middle) / scale
    count, length = len(y), len(ground.ours)
    mean_after = float(((ground.ours[wanted] - middle) / scale).mean())
    part = wanted / wanted.sum()
    logs, means, spreads, drifts, lines, turns = [], [], [], [], [], []
    for drift in DRIFTS:
        for reach in REACHES:
            shared = WIDE + reach**2 * ground.theirs + drift**2 * ground.level + ground.season
            inner = shared[np.ix_(learnt, learnt)] + np.eye(count)
            factor = cho_factor(inner, lower=True)
            pulled = cho_solve(factor, y)
            misfit = max(float(y @ pulled), ROUNDING)
            line = shared[:, learnt] @ pulled
            toward = shared[learnt] @ part
            own = float(part @ shared @ part) + float((part**2).sum())
            left = own - float(toward @ cho_solve(factor, toward))
            logs.append(-np.log(np.diag(factor[0])).sum() - count / 2 * np.log(misfit))
            means.append((mean_after - float(part @ line)) * scale)
            spreads.append(np.sqrt(max(left, ROUNDING) * misfit / count) * scale)
            drifts.append(drift)
            lines.append(middle + scale * line)
            turns.append(scale * reach**2 * pulled)
    weights = np.exp(np.array(logs) - max(logs))
    return (
        weights / weights.sum(),
        np.array(means),
        np.array(spreads),
        np.array(drifts),
        np.array(lines).reshape(-1, length),
        np.array(turns).reshape(-1, count),
    )


def structural(
    series: Floats,
    controls: Floats,
    start: int,
    *,
    season: int = SEASON,
    pairs: int = 0,
    level: float = 0.05,
    fewest: int = 1,
) -> Structural:
    """Return how far a series is from what the untouched ones and its own past foretell.

    Formula: y_t = μ_t + x_t'β + harmonics + ε_t, μ a random walk with steps δσ, β ~ N(0, ρ²σ²/k)
    on standardised untouched series, p(σ) ∝ 1/σ, δ and ρ log-uniform on a grid; the effect
    is mean_{t>=s}(y_t - ŷ_t), a mixture of Student t with as many degrees as periods before.
    `series` (T,), NaN missing; `controls` (k, T), at least `fewest` of them without a missing
    value, not those that start.
    Raises NumberOutOfRange, ShapesDiffer, TooFewPeriods, TooFewUnits.
    Source: Brodersen et al. (2015); O'Hagan (1978), Journal of the Royal Statistical Society B 40.
    """
    series, controls = np.asarray(series, np.float64), np.asarray(controls, np.float64)
    if not 0 < level < 1:
        raise NumberOutOfRange("level", level)
    if controls.ndim != 2 or controls.shape[1] != len(series):
        raise ShapesDiffer("controls", controls.shape, (len(controls), len(series)))
    used = np.flatnonzero(np.isfinite(controls).all(1))
    whole = controls[used]
    if len(whole) < fewest:
        raise TooFewUnits(len(whole), fewest)
    ground = _ground(series, whole, start, season, pairs)
    seen = int(ground.learnt.sum())
    if seen < FEWEST_BEFORE or not ground.wanted.any():
        raise TooFewPeriods(min(seen, int(ground.wanted.sum())), FEWEST_BEFORE)
    weights, means, spreads, drifts, lines, turns = _grid(ground)
    centre = float(weights @ means)
    wide = float(spreads.max()) * 50 + float(np.abs(means - centre).max())

    def below(x: float) -> float:
        return float(weights @ student.cdf((x - means) / spreads, seen))

    def quantile(share: float) -> float:
        return float(brentq(lambda x: below(x) - share, centre - wide, centre + wide))

    variance = float(weights @ (spreads**2 * seen / (seen - 2) + (means - centre) ** 2))
    under = below(0.0)
    return Structural(
        centre,
        float(np.sqrt(variance)),
        quantile(level / 2),
        quantile(1 - level / 2),
        min(2 * min(under, 1 - under), 1.0),
        float(weights @ drifts),
        np.asarray(weights @ lines, dtype=np.float64),
        len(whole),
        used,
        ground.moved[:, ground.learnt] @ (weights @ turns) / max(len(whole), 1),
    )
