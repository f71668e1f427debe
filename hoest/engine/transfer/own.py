"""Our own place among the others: the range of its drawn figure, and the promise.

Source: Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., 5.4.
"""

from __future__ import annotations

from scipy.stats import norm

from .errors import NumberOutOfRange
from .neighbours import LEVEL, Shrunk


def own_range(found: Shrunk, *, level: float = LEVEL) -> tuple[float, float]:
    """Return the range of a place's true effect after the others are heard.

    Formula: drawn_to ± z_{1-α/2} · error, the place's posterior taken as normal. Unit of the
    effects. Raises NumberOutOfRange.
    Source: Gelman et al. (2013), equation 5.17, averaged over τ.
    """
    if not 0 < level < 1:
        raise NumberOutOfRange("level", level)
    reach = float(norm.ppf(1 - level / 2)) * found.error
    return found.drawn_to - reach, found.drawn_to + reach


def own_reaches(found: Shrunk, promised: float) -> float:
    """Return the probability that a place's own true effect reaches what was promised.

    Formula: P(θ_i >= promised) when promised >= 0, P(θ_i <= promised) when it is negative, θ_i
    normal with `drawn_to` and `error`.
    Source: Gelman et al. (2013), equation 5.17, averaged over τ.
    """
    below = float(norm.cdf(promised, loc=found.drawn_to, scale=found.error))
    return below if promised < 0 else 1 - below
