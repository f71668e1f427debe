"""What needs somebody, whom, and in which order: pure facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.benefits.rules import MethodGrade, Verdict
from hoest.domain.benefits.rules.proof import Proof
from hoest.domain.reporting.rules.stakes import Stake, Typical, together, typical_of, weight
from hoest.domain.reporting.rules.week import (
    BenefitState,
    InitiativeState,
    Need,
    Part,
    WeekItem,
    WeekLimits,
    needs_of_benefit,
    needs_of_initiative,
    part_in,
    sunday_of,
)
from hoest.domain.reporting.rules.week_order import AskItem, in_order, ranked
from hoest.domain.reporting.web import week_words
from hoest.foundation.asks import Ask

TODAY = dt.date(2026, 11, 16)  # a Monday
LIVE = InitiativeState(
    7,
    "Skærmbesøg",
    is_delivering=True,
    lead_id=1,
    sponsor_id=2,
    live_on=dt.date(2026, 6, 1),
    old_way_closed_on=dt.date(2026, 8, 1),
    adoption_is_known=True,
    last_sign_on=TODAY,
)
OWNED = BenefitState(
    3,
    "Kortere kørsel",
    LIVE,
    "budget",
    "measured",
    has_owner=True,
    owner_has_accepted=True,
    has_baseline=True,
    is_approved=True,
)


def days(count: int) -> dt.timedelta:
    return dt.timedelta(days=count)


def test_a_benefit_in_order_needs_nothing():
    assert needs_of_benefit(OWNED, TODAY) == frozenset()


def test_an_initiative_in_order_needs_nothing():
    assert needs_of_initiative(LIVE, TODAY) == frozenset()


def test_a_measurement_is_due_in_the_week_of_its_day():
    sunday = dt.date(2026, 11, 22)
    assert sunday_of(TODAY) == sunday
    assert sunday_of(sunday) == sunday
    due = replace(OWNED, due_on=sunday)
    assert needs_of_benefit(due, TODAY) == {Need.MEASUREMENT_DUE}
    assert needs_of_benefit(replace(due, due_on=sunday + days(1)), TODAY) == frozenset()


def test_nobody_measures_before_the_owner_has_said_yes():
    asked = replace(OWNED, owner_has_accepted=False, due_on=TODAY)
    assert needs_of_benefit(asked, TODAY) == {Need.OWNER_ASKED}


def test_a_benefit_without_owner_needs_one_once_the_initiative_delivers():
    alone = replace(OWNED, rung="promised", has_owner=False, owner_has_accepted=False)
    assert needs_of_benefit(alone, TODAY) == {Need.OWNER_MISSING}
    idea = replace(LIVE, is_delivering=False, live_on=None)
    assert needs_of_benefit(replace(alone, initiative=idea), TODAY) == frozenset()


def test_an_approved_case_without_baseline_is_told():
    bare = replace(OWNED, rung="promised", has_baseline=False)
    assert needs_of_benefit(bare, TODAY) == {Need.BASELINE_MISSING}
    assert needs_of_benefit(replace(bare, is_approved=False), TODAY) == frozenset()


def test_a_measured_benefit_waits_for_a_decision_only_when_something_is_achieved():
    assert needs_of_benefit(replace(OWNED, achieved=Decimal("0.4")), TODAY) == {
        Need.HARVEST_WAITING
    }
    taken = replace(OWNED, achieved=Decimal("0.4"), rung="in_hand")
    assert needs_of_benefit(taken, TODAY) == frozenset()


def test_the_grade_stands_behind_the_measurement_it_is_about(monkeypatch):
    monkeypatch.setattr(
        week_words, "proof_of", lambda _row: Proof(MethodGrade.COUNTED, Verdict.CANNOT)
    )
    told = replace(OWNED, achieved=Decimal("0.88"))
    item = WeekItem(Need.HARVEST_WAITING, told, Stake(), Decimal(0), Part.BUDGET)
    said = week_words.reason_of(item, object()).replace("\xa0", " ")
    assert said.startswith(
        "Seneste måling er 88 % af vejen til målet (talt før og efter · kan ikke vises). Ingen har"
    )
    assert "vejen til målet. Ingen har" in week_words.reason_of(item, None)


def test_a_level_is_confirmed_by_the_owner_first_then_by_the_controller():
    level = replace(OWNED, benefit_type="quality", achieved=Decimal("0.4"))
    owner, budget = frozenset({Part.OWNER}), frozenset({Part.BUDGET})
    assert needs_of_benefit(level, TODAY) == {Need.LEVEL_WAITING}
    assert part_in(Need.LEVEL_WAITING, owner, level, TODAY) is Part.OWNER
    assert part_in(Need.LEVEL_WAITING, budget, level, TODAY) is None
    once = replace(level, owner_confirmed_on=(TODAY - days(3),))
    both_hats = frozenset({Part.OWNER, Part.BUDGET})
    assert part_in(Need.LEVEL_WAITING, both_hats, once, TODAY) is None, "two people confirm"
    assert part_in(Need.LEVEL_WAITING, owner, once, TODAY) is None, "a level holds over time"
    assert part_in(Need.LEVEL_WAITING, budget, once, TODAY) is Part.BUDGET
    both = replace(once, controller_confirmed_on=(TODAY,))
    assert needs_of_benefit(both, TODAY) == frozenset()
    assert needs_of_benefit(both, TODAY + days(40)) == {Need.LEVEL_WAITING}


def test_what_is_given_up_or_over_needs_nobody():
    lapsed = replace(OWNED, rung="lapsed", has_owner=False, due_on=TODAY)
    assert needs_of_benefit(lapsed, TODAY) == frozenset()
    over = replace(LIVE, is_active=False, old_way_closed_on=None)
    assert needs_of_initiative(over, TODAY) == frozenset()
    stopped = replace(OWNED, initiative=replace(over, is_stopped=True), due_on=TODAY)
    assert needs_of_benefit(stopped, TODAY) == frozenset()


@pytest.mark.parametrize("months", [3, 6, 12, 24])
@pytest.mark.parametrize("is_closed", [False, True])
def test_the_owner_is_asked_months_after_go_live_also_when_the_project_is_closed(months, is_closed):
    from hoest.domain.benefits.rules import (
        BenefitFacts,
        BenefitType,
        Frequency,
        MeasurementFact,
        next_measurement_due,
    )
    from hoest.domain.benefits.rules.ladder import add_months

    live = dt.date(2024, 3, 1)
    today = add_months(live, months)
    facts = BenefitFacts(
        BenefitType.BUDGET,
        frequency=Frequency.QUARTER,
        live_on=live,
        target_on=add_months(live, 12),
        measurements=tuple(
            MeasurementFact(add_months(live, month)) for month in range(3, months, 3)
        ),
    )
    initiative = replace(LIVE, live_on=live, is_active=not is_closed, is_delivering=not is_closed)
    followed = replace(OWNED, initiative=initiative, due_on=next_measurement_due(facts, today))
    assert needs_of_benefit(followed, today) == {Need.MEASUREMENT_DUE}
    assert part_in(Need.MEASUREMENT_DUE, frozenset({Part.OWNER}), followed, today) is Part.OWNER


@pytest.mark.parametrize(
    ("change", "need"),
    [
        ({"old_way_closed_on": None}, Need.OLD_WAY_OPEN),
        (
            {"old_way_closed_on": None, "old_way_closes_on": TODAY - days(1)},
            Need.OLD_WAY_OPEN,
        ),
        ({"adoption_is_known": False}, Need.ADOPTION_UNKNOWN),
        ({"sponsor_id": None}, Need.SPONSOR_MISSING),
        ({"submitted_on": TODAY}, Need.CASE_SUBMITTED),
        ({"returned_on": TODAY}, Need.CASE_RETURNED),
    ],
)
def test_an_initiative_says_what_it_needs(change, need):
    assert needs_of_initiative(replace(LIVE, **change), TODAY) == {need}


def test_an_old_way_with_a_date_ahead_is_left_in_peace():
    dated = replace(LIVE, old_way_closed_on=None, old_way_closes_on=TODAY)
    assert needs_of_initiative(dated, TODAY) == frozenset()


def test_silence_is_told_after_the_weeks_and_not_before():
    limits = WeekLimits(sponsor_silence_weeks=6, status_silence_weeks=6)
    silent = replace(LIVE, last_sign_on=TODAY - days(42))
    assert needs_of_initiative(silent, TODAY, limits) == frozenset()
    more = replace(LIVE, last_sign_on=TODAY - days(43))
    both = {Need.SPONSOR_SILENCE, Need.STATUS_SILENCE}
    assert needs_of_initiative(more, TODAY, limits) == both


def test_the_nearest_part_is_asked_first_and_the_portfolio_only_when_nobody_is_near():
    everything = frozenset(Part)
    assert part_in(Need.OLD_WAY_OPEN, everything, LIVE, TODAY) is Part.LEAD
    far = frozenset({Part.PORTFOLIO})
    assert part_in(Need.OLD_WAY_OPEN, far, LIVE, TODAY) is None
    nobody = replace(LIVE, lead_id=None, sponsor_id=None)
    assert part_in(Need.OLD_WAY_OPEN, far, nobody, TODAY) is Part.PORTFOLIO
    assert part_in(Need.SPONSOR_SILENCE, frozenset({Part.LEAD}), LIVE, TODAY) is None


def test_a_missing_owner_is_the_sponsors_from_the_day_it_is_live():
    sponsor = frozenset({Part.SPONSOR})
    assert part_in(Need.OWNER_MISSING, sponsor, OWNED, TODAY) is Part.SPONSOR
    coming = replace(OWNED, initiative=replace(LIVE, live_on=TODAY + days(30)))
    assert part_in(Need.OWNER_MISSING, sponsor, coming, TODAY) is None


def test_kroner_are_weighed_against_kroner_and_hours_against_hours():
    stakes = [
        Stake(Decimal(1_000_000), benefits=1),
        Stake(Decimal(3_000_000), benefits=1),
        Stake(hours=Decimal(500), benefits=1),
        Stake(benefits=1),
    ]
    typical = typical_of(stakes)
    assert typical == Typical(Decimal(2_000_000), Decimal(0), Decimal(500))
    assert [weight(s, typical) for s in stakes] == [Decimal("0.5"), Decimal("1.5"), 1, 1]


def test_stakes_of_an_initiative_are_added_kind_by_kind():
    both = together([Stake(Decimal(5), benefits=1), Stake(hours=Decimal(7), benefits=1)])
    assert (both.dkk, both.hours, both.benefits) == (5, 7, 2)
    assert together([]) == Stake()


def item(need: Need, state: BenefitState | InitiativeState, heavy: int, by: str = "") -> WeekItem:
    return WeekItem(need, state, Stake(), Decimal(heavy), Part.LEAD, passed_on_by=by)


def test_what_a_person_asked_for_stands_first_then_the_heaviest():
    light = item(Need.OWNER_ASKED, OWNED, 1)
    heavy = item(Need.MEASUREMENT_DUE, replace(OWNED, benefit_id=4), 5)
    asked = item(Need.MEASUREMENT_DUE, replace(OWNED, benefit_id=5), 0, by="Direktøren")
    assert ranked([light, heavy, asked]) == [asked, heavy, light]


def test_silence_is_not_told_when_something_else_says_it_better():
    silent = item(Need.SPONSOR_SILENCE, LIVE, 9)
    quiet = item(Need.STATUS_SILENCE, LIVE, 9)
    open_way = item(Need.OLD_WAY_OPEN, LIVE, 1)
    assert ranked([silent, open_way]) == [open_way]
    assert ranked([silent, quiet]) == [silent]
    other = item(Need.SPONSOR_SILENCE, replace(LIVE, initiative_id=8), 1)
    assert ranked([open_way, other]) == [open_way, other]


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=20))
def test_the_weights_of_one_kind_have_the_mean_one(amounts):
    stakes = [Stake(Decimal(amount), benefits=1) for amount in amounts]
    typical = typical_of(stakes)
    filled = [weight(s, typical) for s in stakes if s.dkk]
    if filled:
        assert abs(sum(filled) / len(filled) - 1) < Decimal("1e-9")


@given(st.permutations(range(6)))
def test_the_order_does_not_depend_on_the_order_read(order):
    items = [item(Need.OWNER_ASKED, replace(OWNED, benefit_id=n), n % 3) for n in range(6)]
    assert ranked(items[n] for n in order) == ranked(items)


def test_every_need_is_told_in_the_explanation():
    from tests.architecture.trees import ROOT

    page = (ROOT / "docs/explanation/min-uge.md").read_text(encoding="utf-8")
    told = {line.split("`")[1] for line in page.splitlines() if line.startswith("| `")}
    assert told == {need.value for need in Need}


def test_nobody_is_asked_to_answer_what_she_submitted():
    waiting = replace(LIVE, submitted_on=TODAY)
    budget = frozenset({Part.BUDGET})
    assert part_in(Need.CASE_SUBMITTED, budget, waiting, TODAY) is Part.BUDGET
    assert part_in(Need.CASE_SUBMITTED, budget | {Part.SENDER}, waiting, TODAY) is None


def test_a_no_goes_back_to_the_sponsor_and_takes_the_place_of_a_missing_owner():
    refused = replace(
        OWNED, has_owner=False, owner_has_accepted=False, refused_by="Leder", refusal="Forkert sted"
    )
    found = needs_of_benefit(refused, TODAY)
    assert Need.OWNER_REFUSED in found
    assert Need.OWNER_MISSING not in found
    both = frozenset({Part.LEAD, Part.SPONSOR})
    assert part_in(Need.OWNER_REFUSED, both, refused, TODAY) is Part.SPONSOR
    assert part_in(Need.OWNER_REFUSED, frozenset({Part.LEAD}), refused, TODAY) is None
    without = replace(refused, initiative=replace(LIVE, sponsor_id=None))
    watching = frozenset({Part.PORTFOLIO})
    assert part_in(Need.OWNER_REFUSED, watching, without, TODAY) is Part.PORTFOLIO
    assert part_in(Need.OWNER_REFUSED, watching, refused, TODAY) is None


def test_a_portion_is_the_weeks_of_the_one_who_is_asked():
    asked = replace(OWNED, asked=(("vaerdi", 9),))
    assert Need.PORTION_ASKED in needs_of_benefit(asked, TODAY)
    assert part_in(Need.PORTION_ASKED, frozenset({Part.ASKED}), asked, TODAY) is Part.ASKED
    assert part_in(Need.PORTION_ASKED, frozenset({Part.OWNER}), asked, TODAY) is None
    given_up = replace(asked, rung="lapsed")
    assert needs_of_benefit(given_up, TODAY) == frozenset()


def test_a_measured_disbenefit_waits_for_no_harvest():
    shown = replace(OWNED, achieved=Decimal("0.9"))
    assert Need.HARVEST_WAITING in needs_of_benefit(shown, TODAY)
    against = replace(shown, is_disbenefit=True)
    assert Need.HARVEST_WAITING not in needs_of_benefit(against, TODAY)
    level = replace(against, benefit_type="quality")
    assert Need.LEVEL_WAITING not in needs_of_benefit(level, TODAY)


def ask(subject_id: int, due_on: dt.date | None = None) -> AskItem:
    return AskItem(Ask("kind", subject_id, "Titel", "Grund", "/a/", "Gør", "/s/", due_on=due_on))


def test_asks_weigh_as_one_typical_benefit_and_the_earliest_day_comes_first():
    heavy, light = item(Need.OWNER_ASKED, OWNED, 5), item(Need.OWNER_ASKED, OWNED, 0)
    equal = item(Need.OWNER_MISSING, replace(OWNED, benefit_id=9), 1)
    passed = item(Need.MEASUREMENT_DUE, replace(OWNED, benefit_id=5), 0, by="Direktøren")
    soon, late, undated = ask(1, TODAY), ask(2, TODAY - dt.timedelta(days=9)), ask(3)
    found = in_order([light, equal, heavy, passed], [soon, undated, late])
    assert found == [passed, heavy, late, soon, equal, undated, light]
    assert late.is_late(TODAY)
    assert not soon.is_late(TODAY)
