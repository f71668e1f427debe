"""The status of an initiative is a table of facts, and the plain sentence is asked about."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoest.domain.portfolio.rules import (
    NEXT_PHASES,
    InitiativeFacts,
    Phase,
    Status,
    may_move,
    plain_language_questions,
    status,
    status_reasons,
)

TODAY = dt.date(2026, 11, 22)
YESTERDAY, TOMORROW = TODAY - dt.timedelta(1), TODAY + dt.timedelta(1)
CALM = InitiativeFacts(
    phase=Phase.REALISATION,
    has_sponsor=True,
    has_lead=True,
    has_plain_sentence=True,
    starts_on=dt.date(2025, 1, 1),
    live_on=dt.date(2026, 1, 1),
    adoption_share=0.9,
    agreed_adoption_share=0.8,
    old_way_closes_on=None,
    old_way_closed_on=dt.date(2026, 6, 1),
    written_on=dt.date(2026, 11, 1),
    silence_weeks=6,
)

TABLE = [
    ("everything in place", {}, [], Status.ON_TRACK),
    ("no sponsor while delivering", {"has_sponsor": False}, ["no_sponsor"], Status.ACTION_NEEDED),
    (
        "no sponsor while an idea",
        {"has_sponsor": False, "phase": Phase.IDEA},
        ["no_sponsor"],
        Status.ATTENTION,
    ),
    ("an idea needs no lead", {"has_lead": False, "phase": Phase.IDEA}, [], Status.ON_TRACK),
    ("no lead", {"has_lead": False}, ["no_lead"], Status.ATTENTION),
    ("no sentence", {"has_plain_sentence": False}, ["no_plain_sentence"], Status.ATTENTION),
    (
        "execution without a date",
        {"phase": Phase.EXECUTION, "live_on": None},
        ["no_live_date"],
        Status.ATTENTION,
    ),
    ("in use without a date", {"live_on": None}, ["no_live_date"], Status.ATTENTION),
    ("six weeks of silence", {"written_on": TODAY - dt.timedelta(42)}, [], Status.ON_TRACK),
    ("a day more", {"written_on": TODAY - dt.timedelta(43)}, ["silent"], Status.UNKNOWN),
    (
        "what is known weighs more than silence",
        {"written_on": dt.date(2026, 1, 1), "adoption_share": 0.1},
        ["adoption_low", "silent"],
        Status.ATTENTION,
    ),
    (
        "live but still executing",
        {"phase": Phase.EXECUTION},
        ["live_but_still_executing"],
        Status.ATTENTION,
    ),
    (
        "goes live tomorrow",
        {"phase": Phase.EXECUTION, "live_on": TOMORROW, "adoption_share": None},
        [],
        Status.ON_TRACK,
    ),
    ("the old way is open", {"old_way_closed_on": None}, ["old_way_open"], Status.ATTENTION),
    (
        "the old way closes tomorrow",
        {"old_way_closed_on": None, "old_way_closes_on": TOMORROW},
        [],
        Status.ON_TRACK,
    ),
    (
        "the old way should have closed yesterday",
        {"old_way_closed_on": None, "old_way_closes_on": YESTERDAY},
        ["old_way_overdue"],
        Status.ACTION_NEEDED,
    ),
    ("nobody counted", {"adoption_share": None}, ["adoption_unknown"], Status.ATTENTION),
    ("too few use it", {"adoption_share": 0.62}, ["adoption_low"], Status.ATTENTION),
    ("nobody uses it", {"adoption_share": 0.0}, ["adoption_low"], Status.ATTENTION),
    ("exactly as agreed", {"adoption_share": 0.8}, [], Status.ON_TRACK),
    ("closed is calm", {"phase": Phase.CLOSED, "has_sponsor": False}, [], Status.ON_TRACK),
    ("stopped is calm", {"phase": Phase.STOPPED, "adoption_share": None}, [], Status.ON_TRACK),
    (
        "the heaviest stands first",
        {
            "has_plain_sentence": False,
            "has_sponsor": False,
            "old_way_closed_on": None,
            "old_way_closes_on": TODAY - dt.timedelta(days=1),
        },
        ["no_sponsor", "old_way_overdue", "no_plain_sentence"],
        Status.ACTION_NEEDED,
    ),
]


@pytest.mark.parametrize(("what", "change", "codes", "wanted"), TABLE, ids=[r[0] for r in TABLE])
def test_the_status_follows_from_the_facts(what, change, codes, wanted):
    reasons = status_reasons(replace(CALM, **change), TODAY)
    assert [reason.code for reason in reasons] == codes
    assert status(reasons) is wanted


dates = st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))
shares = st.none() | st.floats(0, 1)
facts = st.builds(
    InitiativeFacts,
    phase=st.sampled_from(Phase),
    has_sponsor=st.booleans(),
    has_lead=st.booleans(),
    has_plain_sentence=st.booleans(),
    starts_on=dates,
    live_on=dates,
    adoption_share=shares,
    agreed_adoption_share=st.floats(0.01, 1),
    old_way_closes_on=dates,
    old_way_closed_on=dates,
    written_on=st.dates(dt.date(2020, 1, 1), dt.date(2026, 12, 1)),
    silence_weeks=st.integers(1, 52),
)


@settings(deadline=None)
@given(facts)
def test_every_reason_names_a_field_that_mends_it_and_the_status_is_the_heaviest(one):
    reasons = status_reasons(one, TODAY)
    order = [Status.ACTION_NEEDED, Status.ATTENTION, Status.UNKNOWN]
    weights = [order.index(reason.status) for reason in reasons]
    assert weights == sorted(weights)
    assert len({reason.code for reason in reasons}) == len(reasons)
    assert all(reason.mend_field for reason in reasons)
    assert status(reasons) is (reasons[0].status if reasons else Status.ON_TRACK)


@settings(deadline=None)
@given(facts)
def test_a_sponsor_never_makes_the_status_heavier(one):
    without = status_reasons(replace(one, has_sponsor=False), TODAY)
    with_one = status_reasons(replace(one, has_sponsor=True), TODAY)
    assert {reason.code for reason in with_one} <= {reason.code for reason in without}


def test_every_phase_can_be_left_and_a_closed_one_is_not_stopped():
    assert set(NEXT_PHASES) == set(Phase)
    assert all(NEXT_PHASES[phase] for phase in Phase)
    assert not may_move(Phase.CLOSED, Phase.STOPPED)
    assert not may_move(Phase.IDEA, Phase.REALISATION)
    assert may_move(Phase.IDEA, Phase.ANALYSIS)
    assert not any(may_move(phase, phase) for phase in Phase)


@pytest.mark.parametrize(
    ("sentence", "questions"),
    [
        ("Vi indfører KMD Nexus", ("names_a_system",)),
        ("Aula", ("names_a_system",)),
        ("Implementering af nyt EOJ-system", ("names_a_system",)),
        ("kommunen skifter til Microsoft 365", ("names_a_system",)),
        ("borgere kan træne hjemme med vejledning på skærmen", ()),
        ("Digital post til alle borgere", ()),
        ("sagsbehandlere slipper for at taste det samme to gange i KMD Nexus", ()),
        ("", ()),
        ("ord " * 25, ()),
        ("ord " * 26, ("too_long",)),
    ],
)
def test_a_sentence_that_only_names_a_system_is_asked_about(sentence, questions):
    assert plain_language_questions(sentence, 25) == questions


@settings(deadline=None)
@given(st.text(max_size=300))
def test_asking_about_a_sentence_never_fails(sentence):
    assert set(plain_language_questions(sentence, 25)) <= {"too_long", "names_a_system"}
