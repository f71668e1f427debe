"""Uncertainty: what is certain to come but of unknown size, from three points to a range.

A risk, which may come or not, is not uncertainty and belongs to `risk_pool`. Three points give a
mean and a variance; lines give a sum at its two ends, independent and moving together; quantiles
are simulated with a told seed and a told error. Method page: docs/reference/methods/uncertainty.md.

Source: Statens business case-model (usikkerhed apart from risiko; three-point estimate on the
line); Malcolm et al. (1959); D. Vose (2008), Risk Analysis.
"""

from .errors import (
    DrawsOutOfRange,
    NamesRepeat,
    PointsOutOfOrder,
    ProbabilityOutOfRange,
    SeedNegative,
    UncertaintyError,
)
from .simulation import (
    FEWEST_DRAWS,
    MANY_DRAWS,
    MOST_DRAWS,
    SimulatedQuantile,
    amounts_drawn,
    check_draws,
    mean_with_error,
    quantile_with_error,
    stream,
)
from .sums import (
    SHOWN_PROBABILITIES,
    Quantile,
    SumMoments,
    UncertainLine,
    UncertainSum,
    normal_quantile,
    quantile_together,
    sum_moments,
    uncertain_sum,
)
from .three_point import (
    Shape,
    ThreePoint,
    certain,
    classic_variance,
    from_outlooks,
    mean_of,
    mode_share,
    negated,
    quantile_of,
    variance_of,
)

__all__ = [
    "FEWEST_DRAWS",
    "MANY_DRAWS",
    "MOST_DRAWS",
    "SHOWN_PROBABILITIES",
    "DrawsOutOfRange",
    "NamesRepeat",
    "PointsOutOfOrder",
    "ProbabilityOutOfRange",
    "Quantile",
    "SeedNegative",
    "Shape",
    "SimulatedQuantile",
    "SumMoments",
    "ThreePoint",
    "UncertainLine",
    "UncertainSum",
    "UncertaintyError",
    "amounts_drawn",
    "certain",
    "check_draws",
    "classic_variance",
    "from_outlooks",
    "mean_of",
    "mean_with_error",
    "mode_share",
    "negated",
    "normal_quantile",
    "quantile_of",
    "quantile_together",
    "quantile_with_error",
    "stream",
    "sum_moments",
    "uncertain_sum",
    "variance_of",
]
