"""Ranges, pool and sensitivity of a case: by hand, and the laws they keep."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoest.domain.business_cases.calculations import (
    Derived,
    MovedAssumption,
    break_even_amount,
    case_ends,
    key_figures,
    pool_of,
    sensitivity_of,
    spread_of,
)
from hoest.domain.business_cases.rules import (
    CaseLineFigures,
    LineIsNotWhole,
    MitigationUnknown,
    PoolIsFull,
    RangeInput,
    RiskInput,
    RiskIsNotWhole,
    ends_of,
)
from hoest.domain.business_cases.rules.uncertainty import check_range, check_risk, check_room

TODAY = dt.date(2026, 11, 22)
TENTH = Decimal("0.1")


def line(key: str, kind: str, by_year: dict[int, Any], **changes: Any) -> CaseLineFigures:
    """Return a line of a case in 2026 prices."""
    return CaseLineFigures(
        **{
            "initiative_id": 1,
            "line_key": key,
            "kind": kind,
            "measure": "dkk",
            "duration": "one_off",
            "price_level": 2026,
            "amounts": {year: Decimal(str(amount)) for year, amount in by_year.items()},
            "low_share": None,
            "high_share": None,
            "number": 1,
            **changes,
        }
    )


def share(text: str) -> Decimal:
    return Decimal(text)


def risk(title: str = "Leverandøren går konkurs", **changes: Any) -> RiskInput:
    """Return a risk of one in ten that costs about a million."""
    given = {"probability": "0.1", "low_dkk": 400_000, "likely_dkk": 900_000, "high_dkk": 2_000_000}
    return RiskInput(title, **{k: Decimal(str(v)) for k, v in {**given, **changes}.items()})


CASE = [
    line("Udstyr", "investment", {2026: 1000}, low_share=share("0.9"), high_share=share("1.5")),
    line("Drift", "operation", {2027: 100}, duration="recurring"),
    line(
        "Gevinst",
        "benefit",
        {2027: 600},
        duration="recurring",
        low_share=share("0.5"),
        high_share=share("1.1"),
    ),
    line("Timer", "benefit", {2027: 5000}, measure="hours"),
    line("Borgernes tid", "benefit", {2027: 90_000}, measure="society"),
]


def test_a_cost_is_worst_when_high_and_a_benefit_when_low() -> None:
    assert ends_of("benefit", share("0.8"), share("1.2")) == (share("0.8"), share("1.2"))
    assert ends_of("operation", share("0.8"), share("1.2")) == (share("1.2"), share("0.8"))
    found = case_ends(CASE, valued_on=TODAY, horizon=2029)
    assert found is not None
    assert found.low.net == (-1500, 200, 200, 200)
    assert found.probable.net == (-1000, 500, 500, 500)
    assert found.high.net == (-900, 560, 560, 560)
    assert found.low.payback_calendar_year is None
    assert found.probable.payback_calendar_year == 2028
    assert found.high.payback_calendar_year == 2028
    assert found.is_range


def test_the_ends_are_those_of_the_key_figures() -> None:
    found = case_ends(CASE, valued_on=TODAY, horizon=2029)
    figures = key_figures(CASE, valued_on=TODAY, horizon=2029)
    assert found is not None
    assert figures is not None
    assert figures.net_range is not None
    assert figures.npv_range is not None
    assert (found.low.net_total, found.high.net_total) == (
        figures.net_range.low,
        figures.net_range.high,
    )
    assert (found.low.npv, found.high.npv) == (figures.npv_range.low, figures.npv_range.high)
    assert case_ends([CASE[3]], valued_on=TODAY) is None


def test_lines_that_move_one_by_one_stay_closer_than_lines_that_move_together() -> None:
    figures = key_figures(CASE, valued_on=TODAY, horizon=2029)
    assert figures is not None
    found = spread_of(CASE, figures, draws=20_000)
    assert found is not None
    # PERT means: investment 1000 · (0.9 + 4 + 1.5) / 6, benefits 1800 · (0.5 + 4 + 1.1) / 6.
    assert found.mean == round(1680 - Decimal(3200) / 3 - 300)
    low, high = found.apart
    assert found.together[0] < low < found.mean < high < found.together[1]
    assert found.simulated is not None
    assert abs(found.simulated[0] - low) < 60
    again = spread_of(CASE, figures, draws=20_000)
    assert again == found
    certain = [line("Udstyr", "investment", {2026: 1000})]
    alone = key_figures(certain, valued_on=TODAY)
    assert alone is not None
    assert spread_of(certain, alone) is None


def test_the_pool_is_expected_value_and_coverage_counted_by_hand() -> None:
    two = [
        risk("A", probability="0.5", low_dkk=100, likely_dkk=100, high_dkk=100),
        risk("B", probability="0.2", low_dkk=0, likely_dkk=300, high_dkk=600),
    ]
    found = pool_of(two)
    assert found is not None
    assert found.expected == 110
    assert found.by_risk == (50, 60)
    assert [(int(total), covered) for total, covered in found.steps] == [
        (0, share("0.40")),
        (100, share("0.80")),
        (300, share("0.90")),
        (400, share("1.00")),
    ]
    assert found.for_coverage == ((share("0.5"), 100), (share("0.8"), 100), (share("0.9"), 300))
    assert found.covered_by(Decimal(299)) == share("0.80")
    assert found.worst == 400
    assert pool_of([]) is None


def test_what_carries_the_case_and_where_it_turns() -> None:
    found = sensitivity_of(CASE, valued_on=TODAY, test_share=TENTH, horizon=2029)
    assert found is not None
    assert [bar.name for bar in found.bars] == ["Gevinst", "Udstyr", "Drift"]
    assert [bar.name for bar in found.carrying] == ["Gevinst", "Udstyr"]
    benefit, cost, running = found.bars
    assert (benefit.side, cost.side) == ("at_least", "at_most")
    assert not benefit.is_tried
    assert running.swing == 0
    moved = [
        line("Gevinst", "benefit", {2027: 600 * benefit.break_even}, duration="recurring")
        if one.line_key == "Gevinst"
        else one
        for one in CASE
    ]
    turned = key_figures(moved, valued_on=TODAY, horizon=2029)
    assert turned is not None
    assert turned.npv == 0
    assert break_even_amount(benefit) == round(600 * benefit.break_even)  # type: ignore[operator]


def test_without_any_range_everything_is_tried_alike() -> None:
    bare = [line("Køb", "investment", {2026: 100}), line("Gevinst", "benefit", {2027: 300})]
    found = sensitivity_of(bare, valued_on=TODAY, test_share=TENTH)
    assert found is not None
    assert all(bar.is_tried for bar in found.bars)
    assert {(bar.low, bar.high) for bar in found.bars} == {(share("0.9"), share("1.1"))}


def test_a_derived_line_moves_through_its_assumptions_in_their_own_unit() -> None:
    lines = [
        line("Licenser", "investment", {2026: 120_000}, line_id=1),
        line("Sparede breve", "benefit", {2027: 240_000}, line_id=2),
    ]
    assumptions = [
        MovedAssumption("brug", "Brug", "andel", share("0.4"), share("0.8"), ONE, True, ONE),
        MovedAssumption("breve", "Breve", "stk.", *[Decimal(10_000)] * 3, has_range=False),
        MovedAssumption("pris", "Pris", "kr.", *[Decimal(30)] * 3, has_range=False),
        MovedAssumption("ubrugt", "Ubrugt", "kr.", *[Decimal(7)] * 3, has_range=False),
    ]
    ways = (("brug", False), ("breve", False), ("pris", False))
    found = sensitivity_of(
        lines,
        valued_on=TODAY,
        test_share=TENTH,
        assumptions=assumptions,
        derived={2: Derived(ways, {2027: ONE})},
    )
    assert found is not None
    use = found.bars[0]
    assert (use.name, use.unit, use.line) == ("Brug", "andel", None)
    # 120.000 = use · 10.000 · 30 / 1,035
    assert use.break_even == pytest.approx(Decimal("0.414"), abs=Decimal("1e-9"))
    assert {bar.name for bar in found.bars} == {"Brug", "Breve", "Pris", "Licenser"}


ONE = Decimal(1)
probabilities = st.decimals("0.01", "0.99", places=2)
kroner = st.integers(0, 5_000_000).map(Decimal)


@st.composite
def risks(draw: st.DrawFn, most: int = 6) -> list[RiskInput]:
    count = draw(st.integers(1, most))
    found = []
    for place in range(count):
        low, likely, high = sorted(draw(st.tuples(kroner, kroner, kroner)))
        found.append(RiskInput(f"R{place}", draw(probabilities), low, likely, high))
    return found


@given(risks(), probabilities, kroner)
@settings(deadline=None)
def test_a_risk_added_never_lowers_what_is_expected(
    some: list[RiskInput], probability: Decimal, amount: Decimal
) -> None:
    before = pool_of(some)
    after = pool_of([*some, RiskInput("Én til", probability, amount, amount, amount)])
    assert before is not None
    assert after is not None
    assert after.expected >= before.expected
    assert all(
        more >= less
        for (_, more), (_, less) in zip(after.for_coverage, before.for_coverage, strict=True)
    )
    assert sum(after.by_risk) == pytest.approx(after.expected, abs=len(after.by_risk))


lines_of_a_case = st.lists(
    st.tuples(
        st.sampled_from(["investment", "operation", "benefit"]),
        st.integers(1, 10**7),
        st.sampled_from(["one_off", "recurring"]),
        st.decimals("0.2", "1", places=2),
        st.decimals("1", "3", places=2),
        st.integers(2026, 2030),
    ),
    min_size=2,
    max_size=7,
)


def _case(drawn: list[Any]) -> list[CaseLineFigures]:
    return [
        line(
            f"Post {place}",
            kind,
            {year: amount},
            duration=duration,
            low_share=low,
            high_share=high,
        )
        for place, (kind, amount, duration, low, high, year) in enumerate(drawn)
    ]


@given(lines_of_a_case, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_the_order_of_the_lines_does_not_matter(drawn: list[Any], chance: random.Random) -> None:
    lines = _case(drawn)
    turned = chance.sample(lines, len(lines))
    one = sensitivity_of(lines, valued_on=TODAY, test_share=TENTH)
    other = sensitivity_of(turned, valued_on=TODAY, test_share=TENTH)
    assert one == other
    assert case_ends(lines, valued_on=TODAY) == case_ends(turned, valued_on=TODAY)


@given(lines_of_a_case)
@settings(deadline=None, max_examples=60)
def test_at_its_break_even_value_the_case_is_worth_nothing(drawn: list[Any]) -> None:
    lines = _case(drawn)
    found = sensitivity_of(lines, valued_on=TODAY, test_share=TENTH)
    assert found is not None
    for bar in found.bars:
        if bar.break_even is None or bar.break_even > 1000:
            continue
        moved = [
            line(
                one.line_key,
                one.kind,
                {y: a * bar.break_even for y, a in one.amounts.items()},
                duration=one.duration,
            )
            if one.line_key == bar.name
            else one
            for one in lines
        ]
        turned = key_figures(moved, valued_on=TODAY)
        assert turned is not None
        assert abs(turned.npv) <= 1


@given(lines_of_a_case)
@settings(deadline=None, max_examples=60)
def test_the_probable_value_lies_within_the_range(drawn: list[Any]) -> None:
    found = case_ends(_case(drawn), valued_on=TODAY)
    assert found is not None
    assert found.low.npv <= found.probable.npv <= found.high.npv
    assert found.low.net_total <= found.probable.net_total <= found.high.net_total


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"probability": 0}, "over 0 og under 100"),
        ({"probability": 1}, "er det en udgift"),
        ({"probability": "NaN"}, "over 0 og under 100"),
        ({"low_dkk": -1}, "uden minus"),
        ({"low_dkk": 950_000}, "Ret rækkefølgen"),
        ({"low_dkk": 0, "likely_dkk": 0, "high_dkk": 0}, "uden konsekvens"),
    ],
)
def test_a_risk_that_cannot_be_is_refused_in_words(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(RiskIsNotWhole, match=said):
        check_risk(risk(**changes), [])


def test_what_is_done_against_a_risk_is_a_cost_of_the_case() -> None:
    met = RiskInput("A", TENTH, ONE, ONE, ONE, mitigation_key="Ekstra test")
    check_risk(met, ["Ekstra test"])
    with pytest.raises(MitigationUnknown, match="Ekstra test"):
        check_risk(met, ["Udstyr"])
    check_room(11, 12)
    with pytest.raises(PoolIsFull, match="12"):
        check_room(12, 12)


@pytest.mark.parametrize(
    ("low", "high"), [("1.1", "1.2"), ("0.8", "0.9"), ("-0.1", "1"), ("1", None), ("0.5", "101")]
)
def test_a_range_holds_the_probable_amount(low: str, high: str | None) -> None:
    with pytest.raises(LineIsNotWhole):
        check_range(RangeInput(1, Decimal(low), None if high is None else Decimal(high)))
