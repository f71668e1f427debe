"""What the facts say beside the status: a table per finding, and laws that hold for all."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.benefits.rules.achievement import expected_share
from hoest.domain.portfolio.rules import LeadWord, Phase, Status
from hoest.domain.reporting.rules.evidence import (
    BenefitEvidence,
    Code,
    EvidenceLimits,
    InitiativeEvidence,
    Verdict,
    Yearly,
    disagree,
    findings_of,
    said_of,
    verdict_of,
)

TODAY = dt.date(2026, 11, 16)
LIVE = dt.date(2026, 1, 1)
GOOD = BenefitEvidence(
    benefit_id=3,
    title="Kortere kørsel",
    rung="measured",
    live_on=LIVE,
    target_on=dt.date(2026, 12, 31),
    due_on=dt.date(2026, 12, 1),
    late_on=dt.date(2026, 12, 15),
    measured_on=dt.date(2026, 11, 1),
    achieved=Decimal("0.8"),
    promised=Yearly(Decimal(1_000_000), 2026),
    approved=Yearly(Decimal(1_000_000), 2026),
)
ORDERLY = InitiativeEvidence(
    initiative_id=7,
    phase=Phase.REALISATION,
    live_on=LIVE,
    first_live_on=LIVE,
    adoption_share=Decimal("0.9"),
    agreed_share=Decimal("0.8"),
    old_way_closed_on=dt.date(2026, 3, 1),
    benefits=(GOOD,),
)


def of_benefit(**changes):
    one = replace(ORDERLY, benefits=(replace(GOOD, **changes),))
    return [f.code for f in findings_of(one, TODAY)]


def of_initiative(**changes):
    return [f.code for f in findings_of(replace(ORDERLY, **changes), TODAY)]


def test_what_goes_as_promised_is_on_its_way():
    assert findings_of(ORDERLY, TODAY) == ()
    assert verdict_of(ORDERLY, (), TODAY) is Verdict.ON_THE_WAY


def kr(amount: int) -> Yearly:
    return Yearly(Decimal(amount), 2026)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"late_on": TODAY}, []),
        ({"late_on": TODAY - dt.timedelta(days=1)}, [Code.MEASUREMENT_LATE]),
        (
            {"late_on": TODAY - dt.timedelta(days=1), "measured_on": None, "achieved": None},
            [Code.NEVER_MEASURED],
        ),
        # The straight line has 305 of 364 days on 1 November: 0.838.
        ({"achieved": Decimal("0.59")}, []),
        ({"achieved": Decimal("0.58")}, [Code.BEHIND_PATH]),
        ({"achieved": Decimal("-0.05")}, [Code.BEHIND_PATH]),
        ({"achieved": Decimal("-0.06")}, [Code.WRONG_WAY]),
        ({"achieved": Decimal("0.1"), "target_on": None}, []),
        ({"approved": kr(900_001)}, []),
        ({"approved": kr(900_000)}, [Code.ESTIMATED_DOWN]),
        ({"approved": kr(1_100_000)}, []),
        ({"approved": Yearly(Decimal(500_000), 2025)}, []),
        ({"taken": kr(800_000)}, []),
        ({"taken": kr(888_888)}, []),
        ({"taken": kr(888_889)}, [Code.TAKEN_NOT_THERE]),
        ({"taken": kr(100_000), "measured_on": None, "achieved": None}, [Code.TAKEN_NOT_MEASURED]),
        ({"taken": kr(0), "measured_on": None, "achieved": None}, []),
        ({"rung": "lapsed", "achieved": Decimal(-1)}, []),
        ({"rung": "lapsed", "taken": kr(100_000)}, [Code.TAKEN_GIVEN_UP]),
    ],
)
def test_each_fact_of_a_benefit_points_away_at_its_limit(changes, found):
    assert of_benefit(**changes) == found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"phase": Phase.EXECUTION}, [Code.GO_LIVE_PASSED]),
        ({"phase": Phase.EXECUTION, "live_on": TODAY + dt.timedelta(days=1)}, [Code.GO_LIVE_MOVED]),
        ({"first_live_on": LIVE - dt.timedelta(days=60)}, []),
        ({"first_live_on": LIVE - dt.timedelta(days=61)}, [Code.GO_LIVE_MOVED]),
        ({"first_live_on": LIVE + dt.timedelta(days=90)}, []),
        ({"adoption_share": Decimal("0.79")}, [Code.ADOPTION_LOW]),
        ({"adoption_share": None}, [Code.ADOPTION_LOW]),
        (
            {
                "adoption_share": None,
                "live_on": dt.date(2026, 5, 17),
                "first_live_on": dt.date(2026, 5, 17),
            },
            [],
        ),
        ({"old_way_closed_on": None, "old_way_closes_on": TODAY}, []),
        (
            {"old_way_closed_on": None, "old_way_closes_on": TODAY - dt.timedelta(days=1)},
            [Code.OLD_WAY_OVERDUE],
        ),
        ({"phase": Phase.CLOSED, "adoption_share": None}, []),
        ({"phase": Phase.STOPPED, "adoption_share": None}, []),
    ],
)
def test_each_fact_of_an_initiative_points_away_at_its_limit(changes, found):
    assert of_initiative(**changes) == found


def test_a_closed_project_is_still_held_against_its_benefits():
    one = replace(ORDERLY, phase=Phase.CLOSED, benefits=(replace(GOOD, achieved=Decimal(-1)),))
    assert [f.code for f in findings_of(one, TODAY)] == [Code.WRONG_WAY]


def test_before_go_live_it_is_too_early_to_say():
    later = TODAY + dt.timedelta(days=1)
    one = replace(ORDERLY, phase=Phase.EXECUTION, live_on=later, first_live_on=later)
    assert verdict_of(one, findings_of(one, TODAY), TODAY) is Verdict.TOO_EARLY
    nothing = replace(ORDERLY, benefits=())
    assert verdict_of(nothing, findings_of(nothing, TODAY), TODAY) is Verdict.TOO_EARLY


@pytest.mark.parametrize(
    ("said", "verdict", "expected"),
    [
        (LeadWord.GOING_WELL, Verdict.ON_THE_WAY, False),
        (LeadWord.GOING_WELL, Verdict.TOO_EARLY, False),
        (LeadWord.GOING_WELL, Verdict.LOOK, True),
        (LeadWord.GOING_WELL, Verdict.CONTRADICTS, True),
        (LeadWord.WATCH, Verdict.LOOK, False),
        (LeadWord.WATCH, Verdict.CONTRADICTS, True),
        (LeadWord.HELP, Verdict.CONTRADICTS, False),
        (LeadWord.HELP, Verdict.ON_THE_WAY, False),
        (None, Verdict.CONTRADICTS, False),
    ],
)
def test_only_what_is_said_brighter_than_the_facts_disagrees(said, verdict, expected):
    assert disagree(said, verdict) is expected


def test_the_leads_own_word_goes_before_the_status():
    assert said_of(LeadWord.HELP, Status.ON_TRACK) is LeadWord.HELP
    assert said_of(None, Status.ON_TRACK) is LeadWord.GOING_WELL
    assert said_of(None, Status.UNKNOWN) is None
    assert said_of(None, None) is None


def test_the_path_is_a_straight_line_from_go_live_to_the_target_day():
    assert expected_share(LIVE, dt.date(2027, 1, 1), dt.date(2026, 7, 2)) == Decimal(182) / 365
    assert expected_share(LIVE, LIVE, TODAY) == 1
    assert expected_share(None, TODAY, TODAY) is None


benefits = st.builds(
    replace,
    st.just(GOOD),
    rung=st.sampled_from(["promised", "owned", "measured", "in_hand", "lapsed"]),
    achieved=st.one_of(st.none(), st.decimals(-2, 2, places=2)),
    measured_on=st.one_of(st.none(), st.dates(LIVE, TODAY)),
    taken=st.one_of(st.none(), st.integers(0, 2_000_000).map(kr)),
    approved=st.one_of(st.none(), st.integers(0, 2_000_000).map(kr)),
    late_on=st.one_of(st.none(), st.dates(LIVE, dt.date(2027, 1, 1))),
)


@given(st.lists(benefits, max_size=4), benefits)
def test_one_benefit_more_never_brightens_what_the_facts_say(some, another):
    fewer = replace(ORDERLY, benefits=(GOOD, *some))
    more = replace(ORDERLY, benefits=(GOOD, *some, another))
    before = verdict_of(fewer, findings_of(fewer, TODAY), TODAY)
    after = verdict_of(more, findings_of(more, TODAY), TODAY)
    assert list(Verdict).index(after) >= list(Verdict).index(before)


@given(benefits, st.integers(1, 2_000_000), st.integers(1, 2_000_000))
def test_a_larger_cut_in_the_budget_never_hides_a_finding(benefit, one, other):
    small, large = sorted((one, other))

    def codes(taken: int) -> set[Code]:
        changed = replace(benefit, taken=kr(taken))
        return {f.code for f in findings_of(replace(ORDERLY, benefits=(changed,)), TODAY)}

    assert codes(small) <= codes(large)


@given(benefits)
def test_wider_limits_never_find_more(benefit):
    one = replace(ORDERLY, benefits=(benefit,))
    wide = EvidenceLimits(Decimal(1), Decimal(1), Decimal("0.9"), 24, 400)
    assert len(findings_of(one, TODAY, wide)) <= len(findings_of(one, TODAY))
