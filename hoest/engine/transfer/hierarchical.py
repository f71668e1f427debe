"""The normal hierarchical model, exactly: one integral over τ, everything else in closed form.

Intervals from a handful of places are too narrow when τ is put at its best guess. Here every τ
counts with its plausibility, and nothing is drawn, so the same input gives the same answer.

Source: Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., 5.4; Röver, Bender, Dias et al.
(2021), Research Synthesis Methods 12, 448-474 (half-normal priors for τ).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr

from .errors import NumberOutOfRange
from .studies import Floats, Studies

NODES = 4_001
WIDEST = 60.0
LEVEL = 0.05


class Prior(StrEnum):
    """What is believed of τ beforehand, besides its scale."""

    HALF_NORMAL = "half_normal"
    HALF_CAUCHY = "half_cauchy"


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """The posterior of the mean and of τ, as a mixture of normals over nodes of τ.

    `nodes`, `masses`, `means`, `spreads` (N,): τ, its posterior mass (sum 1), mean and variance of
    the mean effect there; `shrunken` (k,) and `shrunken_errors` (k,) posterior mean and deviation
    of each place's true effect. Unit of the effects.
    """

    nodes: Floats
    masses: Floats
    means: Floats
    spreads: Floats
    shrunken: Floats
    shrunken_errors: Floats

    @property
    def mean(self) -> float:
        """Posterior mean of the mean effect."""
        return float(self.masses @ self.means)

    @property
    def error(self) -> float:
        """Posterior deviation of the mean effect."""
        second = float(self.masses @ (self.spreads + (self.means - self.mean) ** 2))
        return second**0.5

    @property
    def tau(self) -> float:
        """Posterior mean of τ."""
        return float(self.masses @ self.nodes)


def _log_prior(nodes: Floats, prior: Prior, scale: float) -> Floats:
    ratio = (nodes / scale) ** 2
    return -np.log1p(ratio) if prior is Prior.HALF_CAUCHY else -0.5 * ratio


def _nodes(studies: Studies, prior: Prior, scale: float) -> tuple[Floats, Floats]:
    """Midpoints of τ = s·u/(1-u): dense where τ is small, reaching far where it may be large."""
    typical = float(np.sqrt(np.median(studies.variances)))
    # Simpson on u in (0, 1) with τ = stretch · u / (1 - u); the far end has no mass left.
    stretch = max(min(scale, typical), 1e-300)
    far = WIDEST * max(scale, typical, float(np.ptp(studies.effects))) / stretch
    u = np.linspace(0.0, far / (1 + far), NODES)
    weights = np.full(NODES, 2.0)
    weights[1::2] = 4.0
    weights[[0, -1]] = 1.0
    return stretch * u / (1 - u), np.log(weights) - 2 * np.log1p(-u)


def posterior_of(
    studies: Studies,
    *,
    scale: float,
    prior: Prior = Prior.HALF_NORMAL,
    mean_scale: float | None = None,
) -> Posterior:
    """Return the posterior of the mean effect and of τ by quadrature.

    Formula: p(τ | y) ∝ p(τ) V^½ ∏ (v_i + τ²)^-½ exp(-½ Σ (y_i - m)² / (v_i + τ²) - ½ m²/s²),
    V⁻¹ = Σ 1/(v_i + τ²) + 1/s², m = V Σ y_i/(v_i + τ²); Simpson's rule over τ. `scale` of the prior
    of τ and `mean_scale` s of the mean (none: flat), in the unit of the effects. No covariates.
    Raises NumberOutOfRange.
    Source: Gelman et al. (2013), equation 5.21.
    """
    if not (np.isfinite(scale) and scale > 0):
        raise NumberOutOfRange("scale", scale)
    if mean_scale is not None and not mean_scale > 0:
        raise NumberOutOfRange("mean_scale", mean_scale)
    y, v = studies.effects, studies.variances
    nodes, log_weights = _nodes(studies, prior, scale)
    total = v[None, :] + nodes[:, None] ** 2
    ground = 0.0 if mean_scale is None else 1 / mean_scale**2
    spreads = 1 / ((1 / total).sum(1) + ground)
    means = spreads * (y / total).sum(1)
    log_mass = (
        0.5 * np.log(spreads)
        - 0.5 * np.log(total).sum(1)
        - 0.5 * ((y - means[:, None]) ** 2 / total).sum(1)
        - 0.5 * ground * means**2
        + _log_prior(nodes, prior, scale)
        + log_weights
    )
    masses = np.exp(log_mass - log_mass.max())
    masses /= masses.sum()
    hold = nodes[:, None] ** 2 / total
    places = hold * y + (1 - hold) * means[:, None]
    within = hold * v + (1 - hold) ** 2 * spreads[:, None]
    shrunken = masses @ places
    errors = np.sqrt(masses @ (within + (places - shrunken) ** 2))
    return Posterior(nodes, masses, means, spreads, shrunken, errors)


def _below(found: Posterior, point: float, new: bool, noise: float) -> float:
    deviation = np.sqrt(found.spreads + (found.nodes**2 if new else 0.0) + noise)
    return float(found.masses @ ndtr((point - found.means) / deviation))


def _quantile(found: Posterior, probability: float, new: bool, noise: float) -> float:
    centre, step = found.mean, found.error + (found.tau if new else 0.0) + noise**0.5
    low, high = centre - step, centre + step
    while _below(found, low, new, noise) > probability:
        low -= 2 * (centre - low)
    while _below(found, high, new, noise) < probability:
        high += 2 * (high - centre)
    return float(
        brentq(lambda x: _below(found, x, new, noise) - probability, low, high, xtol=1e-12 * step)
    )


def predictive(
    found: Posterior, *, level: float = LEVEL, noise_variance: float = 0.0
) -> tuple[float, float, float]:
    """Return low end, middle and high end of the true effect in a new place.

    Formula: quantiles α/2, ½, 1 - α/2 of Σ p(τ) N(m, V + τ² + noise). Unit of the effects.
    Raises NumberOutOfRange.
    Source: Higgins, Thompson and Spiegelhalter (2009), section 4.
    """
    if not 0 < level < 1:
        raise NumberOutOfRange("level", level)
    asked = (level / 2, 0.5, 1 - level / 2)
    low, middle, high = (_quantile(found, one, True, noise_variance) for one in asked)
    return low, middle, high


def credible(found: Posterior, *, level: float = LEVEL) -> tuple[float, float]:
    """Return the interval of the mean effect.

    Formula: quantiles α/2 and 1 - α/2 of Σ p(τ) N(m, V). Raises NumberOutOfRange.
    Source: Gelman et al. (2013), 5.4.
    """
    if not 0 < level < 1:
        raise NumberOutOfRange("level", level)
    return _quantile(found, level / 2, False, 0.0), _quantile(found, 1 - level / 2, False, 0.0)


def probability_of(found: Posterior, promised: float) -> float:
    """Return the probability that a new place's true effect reaches what was promised.

    Formula: P(θ_new >= promised) when promised >= 0, P(θ_new <= promised) when it is negative.
    Source: predictive distribution, Higgins et al. (2009).
    """
    below = _below(found, promised, True, 0.0)
    return below if promised < 0 else 1 - below
