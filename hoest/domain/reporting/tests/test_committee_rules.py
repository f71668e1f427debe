"""What was promised to a committee and what came of it: laws of the sums."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.reporting.rules.account import BenefitFigures, LineFigures
from hoest.domain.reporting.rules.committee import Amount, in_hand, promised, without_amount

LEVELS = st.sampled_from([2024, 2025, 2026])
WHOLE = st.integers(1, 10**7).map(Decimal)


@st.composite
def benefits(draw):
    line = st.builds(
        LineFigures,
        amounts=st.dictionaries(st.integers(2025, 2028), WHOLE, min_size=1, max_size=3),
        is_recurring=st.booleans(),
        price_level=LEVELS,
        low_share=st.sampled_from([None, Decimal("0.5")]),
        high_share=st.sampled_from([None, Decimal("1.5")]),
    )
    level = draw(LEVELS)
    kroner = draw(st.none() | line)
    return BenefitFigures(
        benefit_id=1,
        title="Færre vikarer",
        benefit_type="budget",
        rung=draw(st.sampled_from(["promised", "measured", "in_hand", "lapsed"])),
        initiative_id=1,
        initiative_title="Vagtplan",
        promised=kroner,
        approved=kroner,
        promised_hours=draw(st.none() | line),
        harvested_dkk=draw(st.just({}) | WHOLE.map(lambda amount: {level: {2026: amount}})),
    )


@given(st.lists(benefits(), max_size=6))
def test_each_price_level_has_one_sum_of_its_own(rows):
    found = promised(rows)
    assert [one.price_level for one in found] == sorted(
        {one.price_level for one in found}, reverse=True
    )
    for one in found:
        lines = [
            r.promised for r in rows if r.promised and r.promised.price_level == one.price_level
        ]
        assert one.a_year == sum(line.full_effect or 0 for line in lines)
        assert one.once == sum(line.one_off for line in lines)
        assert one.low <= one.a_year <= one.high


@given(st.lists(benefits(), max_size=6))
def test_a_benefit_given_up_stays_in_what_was_promised_and_is_never_in_hand(rows):
    given_up = [replace(row, rung="lapsed") for row in rows]
    assert promised(given_up) == promised(rows)
    assert in_hand(given_up) == []


@given(st.lists(benefits(), max_size=6))
def test_hours_stand_by_themselves_without_a_price_level(rows):
    assert [one.price_level for one in promised(rows, in_hours=True)] in ([], [None])
    only_hours = [replace(row, promised=None) for row in rows]
    assert promised(only_hours) == []
    assert promised(only_hours, in_hours=True) == promised(rows, in_hours=True)


def test_what_was_promised_without_an_amount_is_counted():
    bare = BenefitFigures(1, "Tryghed", "quality", "owned", 1, "Skærmbesøg")
    line = LineFigures({2026: Decimal(5)}, True, 2026)
    assert without_amount([bare, replace(bare, promised_hours=line)]) == 1


def test_what_is_in_hand_is_certain():
    row = BenefitFigures(
        1,
        "El",
        "budget",
        "in_hand",
        1,
        "Energi",
        approved=LineFigures({2026: Decimal(9)}, True, 2026, Decimal("0.5"), Decimal(2)),
        harvested_dkk={2026: {2027: Decimal(4)}},
    )
    four = Decimal(4)
    assert in_hand([row]) == [Amount(2026, four, four, four)]
    assert not in_hand([row])[0].has_range
