"""Before go-live: what effect could we see with these units, this order and this noise?

Source: Bloom (1995), Evaluation Review 19, 547-556 (minimum detectable effect); Kendall (1954),
Biometrika 41, 403-404 (bias of a short series' autocorrelation); Burlig, Preonas and Woerman
(2020), Journal of Development Economics 144, 102458 (serial correlation in panel power).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import t

from .errors import NumberOutOfRange, TooFewPeriods
from .imputation import imputation_weights
from .panel import Floats, Rollout, as_batch
from .two_way import residuals, two_way

LEVEL = 0.05
POWER = 0.8
FEWEST_PERIODS = 5
MOST_CARRIED = 0.98


@dataclass(frozen=True, slots=True)
class Noise:
    """The month-to-month noise of one unit: deviation (unit of the values) and what is carried on.

    `carried` is the correlation between neighbouring periods, 0 to just under 1.
    """

    deviation: float
    carried: float


def noise_of(rollout: Rollout, values: Floats) -> Noise:
    """Return the noise seen before anybody started.

    Formula: residuals r of units and periods on untreated values; s² = Σ r² / (N - n - T + 1);
    ρ̂ = Σ r_t r_{t-1} / Σ r_{t-1}², unbiased by (ρ̂ + 1/T) / (1 - 3/T), within 0-0.98; the deviation
    is s √(1 / (1 - share)), share what a unit mean takes of a carried series. `values` (n, T).
    Raises TooFewPeriods. Source: Kendall (1954); Burlig et al. (2020).
    """
    table = as_batch(rollout, values)[0]
    used = np.isfinite(table) & ~rollout.treated
    depth = float(used.sum(1).mean())
    if depth < FEWEST_PERIODS:
        raise TooFewPeriods(int(depth), FEWEST_PERIODS)
    design = two_way(used)
    left = residuals(design, np.where(used, table, 0.0)[None])[0]
    pairs = used[:, 1:] & used[:, :-1]
    lagged = float((left[:, :-1] ** 2 * pairs).sum())
    raw = float((left[:, 1:] * left[:, :-1] * pairs).sum()) / lagged if lagged > 0 else 0.0
    carried = min(max((raw + 1 / depth) / (1 - 3 / depth), 0.0), MOST_CARRIED)
    units, periods = int((used.sum(1) > 0).sum()), int((used.sum(0) > 0).sum())
    free = max(int(used.sum()) - units - periods + 1, 1)
    taken = _mean_share(carried, max(round(depth), 2))
    plain = float((left**2).sum()) / free * (1 - 1 / depth)
    return Noise(float(np.sqrt(plain / (1 - taken))), carried)


def _carried(length: int, carried: float) -> Floats:
    step = np.abs(np.arange(length)[:, None] - np.arange(length)[None, :])
    return np.asarray(carried**step, dtype=np.float64)


def _mean_share(carried: float, length: int) -> float:
    """The share of a carried series' variance that its own mean takes away."""
    return min(float(_carried(length, carried).mean()), 0.999)


def error_of_plan(rollout: Rollout, noise: Noise) -> float:
    """Return the standard error that the imputation estimate will have.

    Formula: SE² = σ² Σ_i v_i' R v_i, R_ts = ρ^|t-s|, v the weights of the estimate. Unit of the
    values. Raises NumberOutOfRange and what `imputation_weights` does.
    Source: variance of a linear combination; Burlig et al. (2020).
    """
    if not noise.deviation >= 0 or not 0 <= noise.carried < 1:
        raise NumberOutOfRange("noise", noise.deviation if noise.deviation < 0 else noise.carried)
    observed = np.ones((rollout.size, rollout.length), dtype=np.bool_)
    weights = imputation_weights(rollout, observed).weights[0]
    spread = _carried(rollout.length, noise.carried)
    return noise.deviation * float(np.sqrt(((weights @ spread) * weights).sum()))


def detectable(
    rollout: Rollout, noise: Noise, *, level: float = LEVEL, power: float = POWER
) -> float:
    """Return the smallest effect that will be seen with the asked power.

    Formula: (t_{1-α/2} + t_{power}) SE with n - 1 degrees. Unit of the values.
    Raises NumberOutOfRange.
    Source: Bloom (1995).
    """
    for name, value in (("level", level), ("power", power)):
        if not 0 < value < 1:
            raise NumberOutOfRange(name, value)
    free = max(rollout.size - 1, 1)
    reach = float(t.ppf(1 - level / 2, free)) + float(t.ppf(power, free))
    return reach * error_of_plan(rollout, noise)


def power_of(rollout: Rollout, noise: Noise, effect: float, *, level: float = LEVEL) -> float:
    """Return the probability of seeing an effect.

    Formula: P(t > t_{1-α/2} - |effect| / SE), n - 1 degrees. Raises NumberOutOfRange.
    Source: Bloom (1995).
    """
    if not 0 < level < 1:
        raise NumberOutOfRange("level", level)
    free = max(rollout.size - 1, 1)
    error = error_of_plan(rollout, noise)
    if error == 0:
        return 1.0 if effect else level
    return float(t.sf(float(t.ppf(1 - level / 2, free)) - abs(effect) / error, free))
