"""The portions of a profile, who may own, and what freed time and unit prices come to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.benefits.calculations import freed_time
from hoest.domain.benefits.rules.ownership import (
    Answer,
    Bar,
    Candidate,
    Step,
    bar_to_owning,
    waiting_refusal,
)
from hoest.domain.benefits.rules.portions import (
    OF_BENEFIT,
    OF_PROFILE,
    Fill,
    Portion,
    fields_of,
    fingerprint,
    needed_in,
    state_of,
)
from hoest.domain.benefits.rules.valuation import TimeInputs, UnitPrice

D = Decimal


@pytest.mark.parametrize(
    ("roles", "leads", "bar"),
    [
        ((("unit_leader", 4),), False, None),
        ((("benefit_owner", 4),), False, None),
        ((("executive", None),), False, None),
        ((("employee", 4), ("unit_leader", 9)), False, None),
        ((("unit_leader", 4),), True, Bar.LEADS_THE_INITIATIVE),
        ((("executive", None),), True, Bar.LEADS_THE_INITIATIVE),
        ((("initiative_lead", 4),), False, Bar.NOT_A_LEADER),
        ((("controller", None),), False, Bar.NOT_A_LEADER),
        # A leader of no unit leads nobody's operation.
        ((("unit_leader", None),), False, Bar.NOT_A_LEADER),
        ((("benefit_owner", None),), False, Bar.NOT_A_LEADER),
        ((), False, Bar.NOT_A_LEADER),
    ],
)
def test_an_owner_leads_a_unit_and_not_the_initiative(
    roles: tuple[tuple[str, int | None], ...], leads: bool, bar: Bar | None
) -> None:
    assert bar_to_owning(Candidate(roles, leads)) is bar


def _step(answer: Answer) -> Step:
    return Step(answer, "Leder", "Jeg skifter stilling")


@pytest.mark.parametrize(
    ("answers", "has_owner", "waits"),
    [
        ((), False, None),
        ((Answer.ASKED,), True, None),
        ((Answer.ASKED, Answer.REFUSED), False, Answer.REFUSED),
        ((Answer.ASKED, Answer.ACCEPTED, Answer.STEPPED_BACK), False, Answer.STEPPED_BACK),
        ((Answer.ASKED, Answer.REFUSED, Answer.ASKED), True, None),
        ((Answer.ASKED, Answer.REFUSED, Answer.ASKED, Answer.REPLACED), False, None),
        ((Answer.ASKED, Answer.REFUSED), True, None),
    ],
)
def test_a_no_waits_for_the_sponsor_until_somebody_else_is_asked(
    answers: tuple[Answer, ...], has_owner: bool, waits: Answer | None
) -> None:
    found = waiting_refusal([_step(one) for one in answers], has_owner)
    assert (found.answer if found else None) is waits


def test_every_field_stands_in_exactly_one_portion() -> None:
    every = [name for portion in Portion for name in fields_of(portion)]
    assert len(every) == len(set(every))
    assert {n for names in OF_BENEFIT.values() for n in names}.isdisjoint(
        {n for names in OF_PROFILE.values() for n in names}
    )


@pytest.mark.parametrize("kind", ["budget", "freed_time", "avoided_cost", "citizen", "quality"])
@pytest.mark.parametrize("portion", list(Portion))
@pytest.mark.parametrize("is_disbenefit", [True, False])
def test_what_is_needed_is_asked_in_the_same_portion(
    kind: str, portion: Portion, is_disbenefit: bool
) -> None:
    assert set(needed_in(portion, kind, is_disbenefit)) <= set(fields_of(portion))


@pytest.mark.parametrize(
    ("portion", "values", "fill"),
    [
        (Portion.WORTH, {"benefit_type": "citizen"}, Fill.NOT_NEEDED),
        (Portion.WORTH, {"benefit_type": "citizen", "cost_base_dkk": D(1)}, Fill.BEGUN),
        (Portion.WORTH, {"benefit_type": "budget"}, Fill.EMPTY),
        (Portion.WORTH, {"benefit_type": "budget", "unit_word": "km"}, Fill.BEGUN),
        (
            Portion.WORTH,
            {
                "benefit_type": "freed_time",
                "cases_a_year": D(100),
                "minutes_before": D(12),
                "minutes_after": D(0),
                "adoption_share": D(0),
                "time_source": "Tidsmåling",
            },
            Fill.WHOLE,
        ),
        (Portion.REAL, {"benefit_type": "quality"}, Fill.EMPTY),
        (Portion.WHAT, {"benefit_type": "quality", "title": "T"}, Fill.BEGUN),
        (
            Portion.WHAT,
            {
                "benefit_type": "quality",
                "title": "T",
                "beneficiaries": ["craftsmen"],
                "citizen_effect": "Ingen: mærkes kun af håndværkere",
            },
            Fill.WHOLE,
        ),
    ],
)
def test_a_portion_says_how_far_it_is(portion: Portion, values: dict[str, Any], fill: Fill) -> None:
    state = state_of(portion, values)
    assert state.fill is fill
    assert state.filled_count + len(state.missing) == len(state.needed)


def test_a_disbenefit_is_not_asked_how_it_is_taken() -> None:
    assert "conversion" in needed_in(Portion.REAL, "quality")
    assert "conversion" not in needed_in(Portion.REAL, "quality", is_disbenefit=True)


@given(
    before=st.dictionaries(st.sampled_from("abc"), st.decimals(0, 9, places=2)),
    after=st.dictionaries(st.sampled_from("abc"), st.decimals(0, 9, places=2)),
)
def test_a_fingerprint_changes_with_what_stands_and_only_then(
    before: dict[str, Decimal], after: dict[str, Decimal]
) -> None:
    assert 0 < fingerprint(before) < 10**9
    if before == after:
        assert fingerprint(before) == fingerprint(after)
    else:
        assert fingerprint(before) != fingerprint(after)


def test_zeros_that_say_nothing_are_the_same_number() -> None:
    assert fingerprint({"x": D("12.50"), "y": None}) == fingerprint({"x": D("12.5000"), "y": ""})


def test_a_unit_price_gives_kroner_a_year() -> None:
    # Odense's letters: 10.000 a year at 60 kr. (method notes, W4).
    assert UnitPrice(D(10_000), D(60), 2013).dkk_a_year == D(600_000)
    assert UnitPrice(D("39000"), D("3.815"), 2026).dkk_a_year == D("148785.00")


@pytest.mark.parametrize(
    ("cases", "before", "after", "share", "hours", "task"),
    [
        (30_000, 22, 4, "0.8", 7_200, 11_000),
        (1_200, 15, 15, "1", 0, 300),
        (1_200, 10, 15, "1", -100, 200),
        (0, 10, 5, "1", 0, 0),
    ],
)
def test_freed_time_is_volume_times_minutes_times_adoption(
    cases: int, before: int, after: int, share: str, hours: int, task: int
) -> None:
    found = freed_time(TimeInputs(D(cases), D(before), D(after), D(share)))
    assert (found.hours, found.base_hours) == (D(hours), D(task))
    assert found.value_dkk is None, "hours stay hours without a price"
    assert (found.hours_on_screen, found.hours_on_server) == (None, None)


def test_os2autoproces_is_shown_in_both_its_roundings() -> None:
    found = freed_time(TimeInputs(D(1_000), D(7), D(0), D("0.85"), is_os2autoproces=True), D(285))
    assert found.hours_on_screen == D("99.17")
    assert found.hours_on_server == D(99)
    assert found.value_dkk is not None
    assert round(found.value_dkk) == round(found.hours * 285)
