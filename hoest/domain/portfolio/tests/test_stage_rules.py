"""Stages, delays, dependencies and departments as tables of facts."""

import datetime as dt
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.portfolio.rules.crossing import Touch, crossing, departments_of
from hoest.domain.portfolio.rules.dependencies import (
    Clash,
    DependencyFacts,
    DependencyKind,
    Response,
    Scope,
    age_days,
    circles,
    clashes,
    way_back,
)
from hoest.domain.portfolio.rules.solutions import LocalStatus, use_share
from hoest.domain.portfolio.rules.stages import (
    Count,
    LateCause,
    OpeningHindrance,
    StageDecision,
    StageFacts,
    StageState,
    adoption_curve,
    days_late,
    opening_hindrances,
    stage_state,
    together,
)
from hoest.foundation import content

DAY = dt.date(2026, 11, 22)
LEARNT = StageFacts(1, True, learnt="Det tog to uger", decision=StageDecision.GO_ON)


def days(count):
    return DAY + dt.timedelta(days=count)


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("late_cause", LateCause),
        ("stage_decision", StageDecision),
        ("dependency_kind", DependencyKind),
        ("dependency_scope", Scope),
        ("dependency_response", Response),
        ("local_status", LocalStatus),
    ],
)
def test_every_code_has_its_words(kind, codes):
    assert content.codes(kind) == tuple(codes)


@pytest.mark.parametrize(
    ("earlier", "hindrances"),
    [
        ([], ()),
        ([StageFacts(1, True)], (OpeningHindrance.NOT_LEARNT,)),
        ([StageFacts(1, True, learnt="Godt")], (OpeningHindrance.NOT_DECIDED,)),
        ([LEARNT], ()),
        ([StageFacts(1, skipped_because="Samme hold")], ()),
        (
            [StageFacts(1, True, learnt="Nej", decision=StageDecision.PAUSE)],
            (OpeningHindrance.PAUSED,),
        ),
        (
            [StageFacts(1, True, learnt="Næsten", decision=StageDecision.ADJUST)],
            (),
        ),
        (
            [StageFacts(1, True), StageFacts(3, True, learnt="Senere")],
            (OpeningHindrance.NOT_LEARNT,),
        ),
    ],
)
def test_a_stage_opens_when_those_before_it_are_learnt_from_and_decided(earlier, hindrances):
    assert opening_hindrances(StageFacts(2), earlier) == hindrances


def test_a_stage_is_opened_once():
    assert opening_hindrances(StageFacts(1, True), []) == (OpeningHindrance.OPEN_ALREADY,)


@pytest.mark.parametrize(
    ("stage", "earlier", "state"),
    [
        (StageFacts(1), [], StageState.READY),
        (StageFacts(2), [StageFacts(1)], StageState.WAITING),
        (StageFacts(1, True), [], StageState.OPEN),
        (LEARNT, [], StageState.LEARNT),
        (StageFacts(1, skipped_because="Nej"), [], StageState.SKIPPED),
    ],
)
def test_a_stage_stands_where_its_facts_say(stage, earlier, state):
    assert stage_state(stage, earlier) is state


@pytest.mark.parametrize(
    ("planned", "live", "late"),
    [
        (None, None, 0),
        (days(1), None, 0),
        (days(-5), None, 5),
        (days(-5), days(-5), 0),
        (days(-9), days(-5), 4),
        (days(-5), days(30), 5),
    ],
)
def test_a_place_is_late_by_the_days_after_its_plan(planned, live, late):
    assert days_late(planned, live, DAY) == late


def test_the_newest_count_of_a_day_puts_the_earlier_right():
    first, second = Count(DAY, 3, 10, serial=1), Count(DAY, 8, 10, serial=2)
    before = Count(days(-30), 1, 10, serial=3)
    assert adoption_curve([second, first, before]) == (before, second)


counts = st.lists(
    st.builds(
        Count,
        on=st.integers(0, 20).map(lambda n: days(n)),
        users=st.integers(0, 40),
        planned=st.just(20),
        serial=st.integers(0, 1000),
    ),
    max_size=8,
)


@given(st.lists(st.tuples(st.integers(1, 50), counts.map(adoption_curve)), max_size=4))
def test_the_share_over_places_is_a_share_on_every_day(curves):
    found = together(curves)
    assert all(0 <= share <= 1 for _day, share in found)
    assert [day for day, _share in found] == sorted({c.on for _n, cs in curves for c in cs})


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, ()),
        ({"needed_by": days(9)}, (Clash.NO_READY_DAY,)),
        ({"needed_by": days(9), "ready_on": days(9), "live_on": days(9)}, ()),
        ({"ready_on": days(9), "live_on": days(8)}, (Clash.LIVE_BEFORE_READY,)),
        ({"ready_on": days(9), "needed_by": days(8)}, (Clash.READY_AFTER_NEEDED,)),
        ({"ready_on": days(-9), "needed_by": days(-1)}, (Clash.NEEDED_IS_PAST,)),
        ({"other_is_stopped": True}, (Clash.WAITS_FOR_STOPPED,)),
        ({"other_is_stopped": True, "needed_by": days(-1), "is_resolved": True}, ()),
    ],
)
def test_dates_that_do_not_fit_are_told(facts, found):
    assert clashes(DependencyFacts(since=days(-100), **facts), DAY) == found


def test_a_wait_has_an_age():
    assert (age_days(days(-100), DAY), age_days(days(1), DAY)) == (100, 0)


@pytest.mark.parametrize(
    ("waits", "found"),
    [
        ({}, ()),
        ({1: [2], 2: [3]}, ()),
        ({1: [2], 2: [1]}, ((1, 2),)),
        ({1: [2], 2: [3], 3: [1], 4: [1]}, ((1, 2, 3),)),
        ({1: [1]}, ((1,),)),
        ({1: [2], 2: [1], 3: [4], 4: [3]}, ((1, 2), (3, 4))),
    ],
)
def test_initiatives_that_wait_for_each_other_are_found(waits, found):
    assert circles(waits) == found


graphs = st.dictionaries(st.integers(1, 9), st.sets(st.integers(1, 9), max_size=4), max_size=9)


def reaches(waits, start, wanted):
    """Tell by brute force whether one waits for another, directly or not."""
    seen, waiting = set(), list(waits.get(start, ()))
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting.extend(waits.get(one, ()))
    return wanted in seen


@given(graphs)
def test_an_initiative_is_in_a_circle_exactly_when_it_waits_for_itself(waits):
    inside = {one for group in circles(waits) for one in group}
    nodes = set(waits) | {other for others in waits.values() for other in others}
    assert inside == {one for one in nodes if reaches(waits, one, one)}


@given(graphs)
def test_two_are_in_the_same_circle_exactly_when_each_waits_for_the_other(waits):
    group_of = {one: group for group in circles(waits) for one in group}
    for one in group_of:
        for other in group_of:
            both = reaches(waits, one, other) and reaches(waits, other, one)
            assert (group_of[one] == group_of[other]) == both


@given(graphs, st.integers(1, 9), st.integers(1, 9))
def test_a_wait_is_refused_exactly_when_it_would_close_a_circle(waits, waiting, wanted):
    way = way_back(waits, waiting, wanted)
    assert bool(way) == (waiting == wanted or reaches(waits, wanted, waiting))
    if way:
        assert (way[0], way[-1]) == (wanted, waiting)
        assert all(after in waits[one] for one, after in pairwise(way))


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=30))
def test_waits_that_were_each_let_in_never_make_a_circle(wanted):
    waits = {}
    for one, other in wanted:
        if not way_back(waits, one, other):
            waits.setdefault(one, set()).add(other)
    assert circles(waits) == ()


# 1 the municipality · 2 and 3 departments below it · 4 a section of 2 · 5 a section of 3
UNITS = {
    1: (None, "section"),
    2: (1, "department"),
    3: (1, "department"),
    4: (2, "section"),
    5: (3, "section"),
    6: (None, "section"),
}
ABOVE = {1: {1, 2, 3, 4, 5}, 2: {2, 4}, 3: {3, 5}, 4: {4}}
HOME, ROLLOUT = Touch.HOME, Touch.ROLLOUT


def test_the_department_of_a_unit_is_its_highest_department():
    assert departments_of(UNITS) == {1: 1, 2: 2, 3: 3, 4: 2, 5: 3, 6: 6}


@pytest.mark.parametrize(
    ("touches", "owners", "is_shared", "found"),
    [
        ([(4, HOME)], [], False, None),
        ([(4, HOME), (2, ROLLOUT)], [], False, None),
        ([(4, HOME), (5, ROLLOUT)], [], False, (2, False)),
        ([(4, HOME), (5, ROLLOUT)], [2], False, (2, False)),
        ([(4, HOME), (5, ROLLOUT)], [1], False, (2, True)),
        ([(4, HOME), (5, ROLLOUT)], [None], False, (2, True)),
        ([(4, HOME), (5, ROLLOUT)], [2], True, (2, True)),
        ([(4, HOME), (5, ROLLOUT), (6, ROLLOUT)], [1], False, (3, False)),
    ],
)
def test_who_touches_several_departments_needs_a_shared_owner(touches, owners, is_shared, found):
    told = crossing(9, touches, departments_of(UNITS), owners, ABOVE, is_shared)
    assert (told and (told.departments, told.has_shared_owner)) == found


def test_a_crossing_tells_how_each_department_is_touched():
    told = crossing(
        9,
        [(5, Touch.BENEFIT), (5, ROLLOUT), (4, HOME)],
        departments_of(UNITS),
        [],
        ABOVE,
        False,
    )
    assert told.touched == ((2, (HOME,)), (3, (ROLLOUT, Touch.BENEFIT)))


@pytest.mark.parametrize(
    ("users", "planned", "share"),
    [
        (None, 10, None),
        (3, None, None),
        (5, 10, Decimal("0.5")),
        (12, 10, Decimal(1)),
        (0, 0, None),
    ],
)
def test_the_local_degree_is_users_over_planned(users, planned, share):
    assert use_share(users, planned) == share
