"""The pooled effect and where the next place may land, by REML with Hartung and Knapp's errors.

Source: Hartung and Knapp (2001), Statistics in Medicine 20, 3875-3889; Higgins, Thompson and
Spiegelhalter (2009), Journal of the Royal Statistical Society A 172, 137-159.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm, t

from .errors import NumberOutOfRange
from .heterogeneity import Heterogeneity, inconsistency, misfit, tau_squared, weighted
from .studies import Floats, Studies, check_enough

LEVEL = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Pooled:
    """Coefficients and what they rest on, in the unit of the effects.

    `coefficients`, `errors`, `low`, `high` (p,), the mean effect first; `prediction` the interval
    of a new place's true effect at covariates 0; `i2` in percent; `q` at τ² = 0; `shrunken` (k,)
    each place's effect drawn towards the mean.
    """

    coefficients: Floats
    errors: Floats
    low: Floats
    high: Floats
    tau2: float
    i2: float
    q: float
    prediction: tuple[float, float]
    shrunken: Floats
    knapp: bool

    @property
    def mean(self) -> float:
        """The mean effect (at covariates 0)."""
        return float(self.coefficients[0])


def pooled(
    studies: Studies,
    *,
    method: Heterogeneity = Heterogeneity.RESTRICTED,
    knapp: bool = True,
    level: float = LEVEL,
) -> Pooled:
    """Return the random-effects mean or regression.

    Formula: b = (X'WX)⁻¹X'Wy; Hartung-Knapp multiplies its covariance by Q(τ²)/(k - p) and uses t
    with k - p degrees, else the normal; prediction b_0 ± c √(τ² + SE²); shrunken
    Xb + τ²/(τ² + v) (y - Xb). Raises TooFewStudies, NumberOutOfRange.
    Source: Hartung and Knapp (2001); Higgins et al. (2009); Raudenbush and Bryk (1985).
    """
    if not 0 < level < 1:
        raise NumberOutOfRange("level", level)
    check_enough(studies, studies.parameters + 1)
    tau2 = tau_squared(studies, method)
    coefficients, spread, _ = weighted(studies, tau2)
    free = studies.count - studies.parameters
    wall = float(norm.ppf(1 - level / 2))
    if knapp:
        spread = spread * misfit(studies, tau2) / free
        wall = float(t.ppf(1 - level / 2, free))
    errors = np.sqrt(np.diag(spread))
    reach = wall * float(np.sqrt(tau2 + spread[0, 0]))
    fitted = studies.design @ coefficients
    shrunken = fitted + tau2 / (tau2 + studies.variances) * (studies.effects - fitted)
    return Pooled(
        coefficients,
        errors,
        coefficients - wall * errors,
        coefficients + wall * errors,
        tau2,
        inconsistency(studies, tau2),
        misfit(studies, 0.0),
        (float(coefficients[0]) - reach, float(coefficients[0]) + reach),
        shrunken,
        knapp,
    )
