"""How much the true effects differ between places: seven estimators of τ², and I².

Source: Viechtbauer (2005), Journal of Educational and Behavioral Statistics 30, 261-293;
Higgins and Thompson (2002), Statistics in Medicine 21, 1539-1558.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import numpy as np
from scipy.optimize import brentq, minimize_scalar
from scipy.stats import chi2

from .errors import NumberOutOfRange
from .studies import Floats, Studies, check_enough

GRID = 400
TOLERANCE = 1e-13


class Heterogeneity(StrEnum):
    """Estimators of τ²."""

    EQUAL = "EE"
    HUNTER_SCHMIDT = "HS"
    HEDGES = "HE"
    DERSIMONIAN_LAIRD = "DL"
    MAXIMUM_LIKELIHOOD = "ML"
    RESTRICTED = "REML"
    EMPIRICAL_BAYES = "EB"
    SIDIK_JONKMAN = "SJ"


def weighted(studies: Studies, tau2: float) -> tuple[Floats, Floats, Floats]:
    """Return coefficients (p,), their covariance (p, p) and the weights (k,).

    Formula: w = 1 / (v + τ²), b = (X'WX)⁻¹ X'Wy.
    Source: Hedges and Olkin (1985); Raudenbush (2009).
    """
    weights = 1 / (studies.variances + tau2)
    scaled = studies.design.T * weights
    spread: Floats = np.asarray(np.linalg.inv(scaled @ studies.design), dtype=np.float64)
    return spread @ (scaled @ studies.effects), spread, weights


def misfit(studies: Studies, tau2: float) -> float:
    """Return the generalised Q.

    Formula: Q(τ²) = Σ (y - Xb)² / (v + τ²).
    Source: DerSimonian and Kacker (2007), Contemporary Clinical Trials 28, 105-114.
    """
    coefficients, _, weights = weighted(studies, tau2)
    left = studies.effects - studies.design @ coefficients
    return float((weights * left * left).sum())


def _projection(studies: Studies, weights: Floats) -> Floats:
    scaled = studies.design.T * weights
    hat = scaled.T @ np.linalg.inv(scaled @ studies.design) @ scaled
    return np.diag(weights) - hat


def _likelihood(studies: Studies, restricted: bool) -> float:
    y, v, design = studies.effects, studies.variances, studies.design

    def minus_log(tau2: float) -> float:
        value = 0.5 * float(np.log(v + tau2).sum()) + 0.5 * misfit(studies, tau2)
        if restricted:
            value += 0.5 * float(np.linalg.slogdet((design.T / (v + tau2)) @ design)[1])
        return value

    highest = 10 * max(float(np.var(y)), float(v.max())) + 1e-300
    grid = np.concatenate([[0.0], np.geomspace(1e-10 * highest, highest, GRID)])
    best = int(np.argmin([minus_log(one) for one in grid]))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, GRID)]
    found = minimize_scalar(
        minus_log, bounds=(low, high), method="bounded", options={"xatol": TOLERANCE * highest}
    )
    return 0.0 if minus_log(0.0) <= found.fun else float(found.x)


def _root(function: Callable[[float], float]) -> float:
    """The root of a falling function on [0, ∞), 0 when it begins below 0."""
    if function(0.0) <= 0:
        return 0.0
    high = 1e-6
    while function(high) > 0:
        high *= 4
    return float(brentq(function, 0.0, high, xtol=TOLERANCE * high, rtol=1e-14))


def tau_squared(studies: Studies, method: Heterogeneity = Heterogeneity.RESTRICTED) -> float:
    """Return the variance of true effects between places, never negative.

    Formula: REML maximises -½ Σ log(v + τ²) - ½ log|X'WX| - ½ Q(τ²); ML without the middle term;
    DL (Q - (k - p)) / tr(P); HE the same unweighted; HS (Q - k) / Σw; EB solves Q(τ²) = k - p; SJ
    two steps from the plain variance. Unit: that of the effects squared. Raises TooFewStudies.
    Source: Viechtbauer (2005), equations 5-17.
    """
    check_enough(studies, studies.parameters + 1)
    y, v = studies.effects, studies.variances
    free = studies.count - studies.parameters
    match method:
        case Heterogeneity.EQUAL:
            return 0.0
        case Heterogeneity.MAXIMUM_LIKELIHOOD | Heterogeneity.RESTRICTED:
            return _likelihood(studies, method is Heterogeneity.RESTRICTED)
        case Heterogeneity.EMPIRICAL_BAYES:
            return _root(lambda tau2: misfit(studies, tau2) - free)
        case Heterogeneity.SIDIK_JONKMAN:
            begin = float(np.var(y))
            if begin == 0:
                return 0.0
            return float(y @ _projection(studies, 1 / (v / begin + 1)) @ y) / free
        case Heterogeneity.HEDGES:
            plain = _projection(studies, np.ones(studies.count))
            return max(0.0, (float(y @ plain @ y) - float(np.diag(plain) @ v)) / free)
        case Heterogeneity.HUNTER_SCHMIDT:
            q = float(y @ _projection(studies, 1 / v) @ y)
            return max(0.0, (q - studies.count) / float((1 / v).sum()))
        case _:
            inside = _projection(studies, 1 / v)
            return max(0.0, (float(y @ inside @ y) - free) / float(np.trace(inside)))


def inconsistency(studies: Studies, tau2: float) -> float:
    """Return I²: the share of the spread that is real difference, in percent.

    Formula: 100 τ² / (τ² + ṽ), ṽ = (k - p) / tr(P), the typical sampling variance.
    Source: Higgins and Thompson (2002), equation 9; R metafor.
    """
    free = studies.count - studies.parameters
    typical = free / float(np.trace(_projection(studies, 1 / studies.variances)))
    return 100 * tau2 / (tau2 + typical)


def tau_squared_interval(studies: Studies, level: float = 0.05) -> tuple[float, float]:
    """Return the Q-profile interval of τ².

    Formula: the τ² with Q(τ²) = χ²_{1-α/2} and χ²_{α/2} of k - p degrees, at least 0.
    Raises TooFewStudies, NumberOutOfRange.
    Source: Viechtbauer (2007), Statistics in Medicine 26, 37-52.
    """
    check_enough(studies, studies.parameters + 1)
    if not 0 < level < 1:
        raise NumberOutOfRange("level", level)
    free = studies.count - studies.parameters

    def end(probability: float) -> float:
        wall = float(chi2.ppf(probability, free))
        return _root(lambda tau2: misfit(studies, tau2) - wall)

    return end(1 - level / 2), end(level / 2)
