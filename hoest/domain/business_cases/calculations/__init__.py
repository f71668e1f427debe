"""The only door from business cases to the engine."""

from hoest.domain.business_cases.calculations.areas import AreaSum, sums_by_area
from hoest.domain.business_cases.calculations.depreciated import Depreciated, depreciated
from hoest.domain.business_cases.calculations.derived import derived_amounts, full_amount
from hoest.domain.business_cases.calculations.key_figures import (
    LONGEST_HORIZON,
    Caution,
    Ends,
    KeyFigures,
    PriceIndex,
    converted_lines,
    key_figures,
    price_index,
    span,
    yearly,
)
from hoest.domain.business_cases.calculations.other_rates import AtRate, at_other_rates
from hoest.domain.business_cases.calculations.sensitivity import (
    Bar,
    Derived,
    MovedAssumption,
    Sensitivity,
    break_even_amount,
    sensitivity_of,
)
from hoest.domain.business_cases.calculations.uncertainty import (
    CaseEnds,
    Pool,
    Spread,
    as_treasury,
    case_ends,
    ends,
    expected_consequence,
    pool_of,
    spread_of,
)

__all__ = [
    "LONGEST_HORIZON",
    "AreaSum",
    "AtRate",
    "Bar",
    "CaseEnds",
    "Caution",
    "Depreciated",
    "Derived",
    "Ends",
    "KeyFigures",
    "MovedAssumption",
    "Pool",
    "PriceIndex",
    "Sensitivity",
    "Spread",
    "as_treasury",
    "at_other_rates",
    "break_even_amount",
    "case_ends",
    "converted_lines",
    "depreciated",
    "derived_amounts",
    "ends",
    "expected_consequence",
    "full_amount",
    "key_figures",
    "pool_of",
    "price_index",
    "sensitivity_of",
    "span",
    "spread_of",
    "sums_by_area",
    "yearly",
]
