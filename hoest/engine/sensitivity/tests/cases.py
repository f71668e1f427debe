"""A small case as assumptions, and Hypothesis strategies, that the sensitivity tests share."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st

from hoest.engine.cash_flow import Kind, flat_rate
from hoest.engine.sensitivity import (
    Assumption,
    DerivedLine,
    Difference,
    Expression,
    Known,
    Model,
    Product,
    Quotient,
    Ref,
    Sum,
)

LAWS = settings(deadline=None, max_examples=80)


def assumption(key: str, low: str, probable: str, high: str, most: str | None = None) -> Assumption:
    """Make an assumption from values written as text."""
    ends = (Decimal(low), Decimal(probable), Decimal(high))
    return Assumption(key, *ends, most=None if most is None else Decimal(most))


def line(kind: str, amounts: dict[int, Expression], *, recurring: bool = False) -> DerivedLine:
    """Make a derived line in 2026 prices."""
    return DerivedLine(kind, Kind(kind), recurring, amounts, 2026)


LICENCE = assumption("licens", "80", "100", "150")
USERS = assumption("brugere", "500", "1000", "1200")
USE = assumption("ibrugtagning", "0.5", "0.8", "1", most="1")
HOURLY = assumption("timepris", "300", "350", "400")

# 1,000 users spare 0.5 hours a year each, at 350 kr., for the share that uses it; a licence each.
GAIN = Product((Ref("brugere"), Quotient(Known(Decimal(30)), Known(Decimal(60))), Ref("timepris")))


def small_case(*extra: Assumption) -> Model:
    """Return a case of four assumptions over three years without discounting."""
    return Model(
        assumptions=(LICENCE, USERS, USE, HOURLY, *extra),
        lines=(
            line("investment", {2026: Known(Decimal(50_000))}),
            line("operation", {2027: Product((Ref("brugere"), Ref("licens")))}, recurring=True),
            line("benefit", {2027: Product((GAIN, Ref("ibrugtagning")))}, recurring=True),
        ),
        base_year=2026,
        horizon=2028,
        rate=flat_rate(0.0),
    )


KEYS = ("a", "b", "c")
numbers = st.decimals(-1000, 1000, places=2)
leaves = st.one_of(st.builds(Known, numbers), st.sampled_from([Ref(key) for key in KEYS]))


def _trees(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Sum, several), st.builds(Product, several), st.builds(Difference, inner, inner)
    )


polynomials = st.recursive(leaves, _trees, max_leaves=6)
value_sets = st.fixed_dictionaries(dict.fromkeys(KEYS, numbers))
