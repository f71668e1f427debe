"""Transfer: what the neighbours' results mean for us.

The headline is the predictive interval of a new place's true effect, by exact quadrature of the
normal hierarchical model; REML with Hartung and Knapp's errors stands beside it. Below three
studies there is a reference range and no interval. Method page: docs/reference/methods/transfer.md.

Source: Higgins, Thompson and Spiegelhalter (2009); Hartung and Knapp (2001); Viechtbauer (2005).
"""

from .errors import (
    EffectNotFinite,
    NoStudies,
    NumberOutOfRange,
    StudiesDiffer,
    TooFewStudies,
    TooManyCovariates,
    TransferError,
    VarianceNotPositive,
)
from .heterogeneity import (
    Heterogeneity,
    inconsistency,
    misfit,
    tau_squared,
    tau_squared_interval,
    weighted,
)
from .hierarchical import (
    Posterior,
    Prior,
    credible,
    posterior_of,
    predictive,
    probability_of,
)
from .neighbours import (
    FEWEST_STUDIES,
    Scaled,
    Sensitivity,
    Shrunk,
    Transfer,
    prior_scale,
    scaled,
    transferred,
)
from .own import (
    own_range,
    own_reaches,
)
from .pooled import (
    Pooled,
    pooled,
)
from .studies import (
    Studies,
    check_enough,
    studies_of,
)

__all__ = [
    "FEWEST_STUDIES",
    "EffectNotFinite",
    "Heterogeneity",
    "NoStudies",
    "NumberOutOfRange",
    "Pooled",
    "Posterior",
    "Prior",
    "Scaled",
    "Sensitivity",
    "Shrunk",
    "Studies",
    "StudiesDiffer",
    "TooFewStudies",
    "TooManyCovariates",
    "Transfer",
    "TransferError",
    "VarianceNotPositive",
    "check_enough",
    "credible",
    "inconsistency",
    "misfit",
    "own_range",
    "own_reaches",
    "pooled",
    "posterior_of",
    "predictive",
    "prior_scale",
    "probability_of",
    "scaled",
    "studies_of",
    "tau_squared",
    "tau_squared_interval",
    "transferred",
    "weighted",
]
