"""Lines, flows and Hypothesis strategies that the cash-flow tests share."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st

from hoest.engine.cash_flow import Kind, Line, View

LAWS = settings(deadline=None, max_examples=150)

BASE_YEAR, HORIZON = 2024, 2033

amounts = st.decimals(min_value=0, max_value=10**7, places=2, allow_nan=False, allow_infinity=False)
years = st.integers(min_value=BASE_YEAR, max_value=HORIZON)
rates = st.floats(min_value=0, max_value=0.25)


def line(
    kind: str,
    filled: Mapping[int, str | int],
    *,
    recurring: bool = False,
    name: str = "linje",
    price_level: int = 2024,
    view: View = View.TREASURY,
    low_share: str | None = None,
    high_share: str | None = None,
) -> Line:
    """Make a line from amounts written as text or whole numbers."""
    return Line(
        name=name,
        kind=Kind(kind),
        recurring=recurring,
        amounts={year: Decimal(amount) for year, amount in filled.items()},
        price_level=price_level,
        view=view,
        low_share=None if low_share is None else Decimal(low_share),
        high_share=None if high_share is None else Decimal(high_share),
    )


lines = st.builds(
    Line,
    name=st.just("linje"),
    kind=st.sampled_from(list(Kind)),
    recurring=st.booleans(),
    amounts=st.dictionaries(years, amounts, min_size=1, max_size=6),
    price_level=st.just(2024),
)

flows = st.lists(st.floats(min_value=-1e6, max_value=1e6, allow_nan=False), min_size=1, max_size=30)

# Money out first, then money in: the flows for which payback and internal rate are unambiguous.
conventional = st.tuples(
    st.floats(min_value=1, max_value=1e6),
    st.lists(st.floats(min_value=0, max_value=1e6), min_size=1, max_size=30),
).map(lambda parts: [-parts[0], *parts[1]])
