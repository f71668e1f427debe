"""The account from sums is the account from rows, whatever the rows and however they are parted."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.business_cases.tests.test_price_index import HALF_AN_OERE, kept
from hoest.domain.reporting.rules import RUNGS, Account, BenefitFigures, LineFigures, accounts_of
from hoest.domain.reporting.rules import in_one_level as row_in_one_level
from hoest.domain.reporting.rules.sums import (
    Sums,
    accounts_from,
    in_one_level,
    is_odd,
    sums_of,
)

INDEX = kept({2025: "0.6", 2026: "0.1"})
LEVELS = (2024, 2025, 2026)
YEARS = (2024, 2025, 2027, 2028)
money = st.decimals(min_value=0, max_value=10**9, places=2)
years = st.dictionaries(st.sampled_from(YEARS), money, min_size=1)
shares = st.none() | st.decimals("0.5", "1", places=2)
lines = st.none() | st.builds(
    LineFigures,
    years,
    st.booleans(),
    st.sampled_from(LEVELS),
    low_share=shares,
    high_share=shares,
)
one = st.builds(
    BenefitFigures,
    benefit_id=st.integers(1, 99),
    title=st.just("Gevinst"),
    benefit_type=st.just("budget"),
    rung=st.sampled_from(RUNGS),
    initiative_id=st.just(1),
    initiative_title=st.just("Initiativ"),
    promised=lines,
    approved=lines,
    promised_hours=lines,
    approved_hours=lines,
    achieved_by_year=st.dictionaries(st.sampled_from(YEARS), st.decimals(-1, 2, places=3)),
    harvested_dkk=st.dictionaries(st.sampled_from(LEVELS), years, max_size=2),
    harvested_hours=st.just({}) | years,
    unplaced_dkk=st.dictionaries(st.sampled_from(LEVELS), years, max_size=1),
    unplaced_hours=st.just({}) | years,
    fallback_price_level=st.none() | st.sampled_from(LEVELS),
)
benefits = st.lists(one, max_size=5)


def told(account: Account) -> tuple[Any, ...]:
    return (
        account.price_level,
        account.years,
        account.hour_years,
        account.rungs,
        account.decided_not_in_hand,
        account.decided_without_place,
        account.hours_without_use,
        account.count,
        account.types,
    )


def assert_alike(found: Any, wanted: Any) -> None:
    """The same to half an øre: an amount is rounded once, its sum may be rounded in parts."""
    if isinstance(wanted, Decimal):
        assert abs(found - wanted) < HALF_AN_OERE
    elif isinstance(wanted, dict):
        assert found.keys() == wanted.keys()
        for key in wanted:
            assert_alike(found[key], wanted[key])
    elif isinstance(wanted, tuple):
        assert len(found) == len(wanted)
        for a, b in zip(found, wanted, strict=True):
            assert_alike(a, b)
    elif hasattr(wanted, "one_off_dkk"):
        assert_alike(tuple(vars(found).values()), tuple(vars(wanted).values()))
    else:
        assert found == wanted


@given(benefits)
def test_accounts_from_sums_are_the_accounts_of_the_rows(rows: Sequence[BenefitFigures]) -> None:
    assert [told(a) for a in accounts_from(sums_of(rows))] == [told(a) for a in accounts_of(rows)]


@given(benefits, benefits)
def test_sums_of_parts_add_up_to_the_sums_of_all(some: Any, others: Any) -> None:
    parted = sums_of(some).add(sums_of(others))
    assert parted == sums_of([*some, *others])
    assert sums_of(some).add(Sums()) == sums_of(some)


@given(benefits)
def test_joined_sums_are_the_joined_rows(rows: Sequence[BenefitFigures]) -> None:
    carried = [row_in_one_level(row, 2026, INDEX.convert) for row in rows]
    odd = [row for row, was in zip(carried, rows, strict=True) if is_odd(was)]
    even = sums_of(row for row in rows if not is_odd(row))
    joined = in_one_level(even, 2026, INDEX.convert).add(sums_of(odd))
    found, wanted = accounts_from(joined), accounts_of(carried)
    assert len(found) == len(wanted)
    for a, b in zip(found, wanted, strict=True):
        assert_alike(told(a), told(b))
