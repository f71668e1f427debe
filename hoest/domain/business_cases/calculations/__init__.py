"""The only door from business cases to the engine."""

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

__all__ = [
    "LONGEST_HORIZON",
    "Caution",
    "Ends",
    "KeyFigures",
    "PriceIndex",
    "converted_lines",
    "key_figures",
    "price_index",
    "span",
    "yearly",
]
