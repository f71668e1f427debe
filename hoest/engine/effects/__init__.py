"""Effects: did it work, and how sure may we be with few units?

Staggered roll-outs by imputation with Callaway and Sant'Anna beside it, synthetic
difference-in-differences for one or a few, an interrupted series for one alone. Inference is by
other orders of the same units, never by a package's default errors. Method page:
docs/reference/methods/effects.md.

Source: Borusyak, Jaravel and Spiess (2024); Callaway and Sant'Anna (2021); Arkhangelsky et al.
(2021); Athey and Imbens (2022).
"""

from .averages import (
    Average,
    Averaged,
    averaged,
    multiplier_bands,
)
from .errors import (
    CellRepeats,
    EffectError,
    MissingDiffers,
    NobodyStarted,
    NothingToCompare,
    NumberOutOfRange,
    PeriodsNotConnected,
    ShapesDiffer,
    StartChanges,
    StartsDiffer,
    TooFewPeriods,
    TooFewUnits,
    ValuesMissing,
)
from .group_time import (
    Base,
    Control,
    Forms,
    GroupTime,
    combined,
    errors_of,
    group_time,
    influences,
    pretest,
)
from .imputation import (
    Imputation,
    ImputationWeights,
    cohort_averages,
    event_averages,
    imputation_weights,
    imputed,
)
from .interrupted import (
    FEWEST_BEFORE,
    Interrupted,
    harmonics,
    interrupted,
    interrupted_counts,
    lags_for,
)
from .panel import (
    Panel,
    Rollout,
    Row,
    as_batch,
    panel_of,
    rollout_of,
    without,
)
from .randomisation import (
    PERMUTATIONS,
    Orders,
    Randomisation,
    distinct_orders,
    orders_of,
    randomised,
)
from .synthetic import (
    Comparison,
    Synthetic,
    synthetic,
)
from .two_way import (
    TwoWay,
    residuals,
    two_way,
)
from .wild import (
    WildTest,
    signs,
    wild_imputation,
    wild_regression,
)

__all__ = [
    "FEWEST_BEFORE",
    "PERMUTATIONS",
    "Average",
    "Averaged",
    "Base",
    "CellRepeats",
    "Comparison",
    "Control",
    "EffectError",
    "Forms",
    "GroupTime",
    "Imputation",
    "ImputationWeights",
    "Interrupted",
    "MissingDiffers",
    "NobodyStarted",
    "NothingToCompare",
    "NumberOutOfRange",
    "Orders",
    "Panel",
    "PeriodsNotConnected",
    "Randomisation",
    "Rollout",
    "Row",
    "ShapesDiffer",
    "StartChanges",
    "StartsDiffer",
    "Synthetic",
    "TooFewPeriods",
    "TooFewUnits",
    "TwoWay",
    "ValuesMissing",
    "WildTest",
    "as_batch",
    "averaged",
    "cohort_averages",
    "combined",
    "distinct_orders",
    "errors_of",
    "event_averages",
    "group_time",
    "harmonics",
    "imputation_weights",
    "imputed",
    "influences",
    "interrupted",
    "interrupted_counts",
    "lags_for",
    "multiplier_bands",
    "orders_of",
    "panel_of",
    "pretest",
    "randomised",
    "residuals",
    "rollout_of",
    "signs",
    "synthetic",
    "two_way",
    "wild_imputation",
    "wild_regression",
    "without",
]
