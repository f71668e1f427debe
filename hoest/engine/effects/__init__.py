"""Effects: did it work, and how sure may we be with few units?

Staggered roll-outs by imputation with Callaway and Sant'Anna beside it, synthetic
difference-in-differences for one or a few, an interrupted series for one alone. Inference is by
other orders of the same units, never by a package's default errors. Method page:
docs/reference/methods/effects.md.

Source: Borusyak, Jaravel and Spiess (2024); Callaway and Sant'Anna (2021); Arkhangelsky et al.
(2021); Athey and Imbens (2022).
"""

from .answer import (
    chosen_method,
    effect_of,
)
from .asked import (
    Cell,
    Checks,
    Effect,
    Method,
    Note,
    Picture,
    Question,
    notes_of,
)
from .averages import (
    Average,
    Averaged,
    averaged,
    multiplier_bands,
)
from .cells import (
    ImputedCells,
    imputed_cells,
)
from .checks import (
    Gap,
    LeftOut,
    gap_before,
    leave_one_out,
)
from .compared import (
    compared,
    mean_line,
    others_line,
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
from .order import (
    Plan,
    drawn_order,
    plan_of,
    wedge_variance,
)
from .panel import (
    Panel,
    Rollout,
    Row,
    as_batch,
    history_of,
    panel_of,
    rollout_of,
    without,
)
from .power import (
    Noise,
    detectable,
    error_of_plan,
    noise_of,
    power_of,
)
from .randomisation import (
    PERMUTATIONS,
    Orders,
    Randomisation,
    by_start_weights,
    distinct_orders,
    orders_of,
    randomised,
)
from .shares import (
    Comparison2x2,
    Decomposition,
    Pairing,
    decomposed,
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
from .verdict import (
    REMEDIES,
    Doubts,
    Grade,
    Graded,
    Judgement,
    Reason,
    Remedy,
    Verdict,
    benjamini_hochberg,
    comparison_grade,
    judged,
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
    "REMEDIES",
    "Average",
    "Averaged",
    "Base",
    "Cell",
    "CellRepeats",
    "Checks",
    "Comparison",
    "Comparison2x2",
    "Control",
    "Decomposition",
    "Doubts",
    "Effect",
    "EffectError",
    "Forms",
    "Gap",
    "Grade",
    "Graded",
    "GroupTime",
    "Imputation",
    "ImputationWeights",
    "ImputedCells",
    "Interrupted",
    "Judgement",
    "LeftOut",
    "Method",
    "MissingDiffers",
    "NobodyStarted",
    "Noise",
    "Note",
    "NothingToCompare",
    "NumberOutOfRange",
    "Orders",
    "Pairing",
    "Panel",
    "PeriodsNotConnected",
    "Picture",
    "Plan",
    "Question",
    "Randomisation",
    "Reason",
    "Remedy",
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
    "Verdict",
    "WildTest",
    "as_batch",
    "averaged",
    "benjamini_hochberg",
    "by_start_weights",
    "chosen_method",
    "cohort_averages",
    "combined",
    "compared",
    "comparison_grade",
    "decomposed",
    "detectable",
    "distinct_orders",
    "drawn_order",
    "effect_of",
    "error_of_plan",
    "errors_of",
    "event_averages",
    "gap_before",
    "group_time",
    "harmonics",
    "history_of",
    "imputation_weights",
    "imputed",
    "imputed_cells",
    "influences",
    "interrupted",
    "interrupted_counts",
    "judged",
    "lags_for",
    "leave_one_out",
    "mean_line",
    "multiplier_bands",
    "noise_of",
    "notes_of",
    "orders_of",
    "others_line",
    "panel_of",
    "plan_of",
    "power_of",
    "pretest",
    "randomised",
    "residuals",
    "rollout_of",
    "signs",
    "synthetic",
    "two_way",
    "wedge_variance",
    "wild_imputation",
    "wild_regression",
    "without",
]
