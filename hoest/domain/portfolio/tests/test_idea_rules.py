"""The rules of ideas, needs and experiments as tables."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.portfolio.rules.experiments import (
    Breach,
    ExperimentFacts,
    Way,
    breaches,
    carries_too_much,
    last_day,
    ways,
)
from hoest.domain.portfolio.rules.ideas import (
    NEXT_STATES,
    TITLE_LENGTH,
    IdeaState,
    answer_due,
    days_to_answer,
    is_late,
    may_become,
    path_up,
    short_title,
    shown_flags,
    who_answers,
)
from hoest.domain.portfolio.rules.needs import (
    Evidence,
    NeedStanding,
    TestOutcome,
    need_standing,
)

DAY = dt.date(2026, 11, 2)
WAITING, SPONSORED, TRIED = IdeaState.WAITING, IdeaState.SPONSORED, IdeaState.TRIED
ADOPTED, LEARNED, DECLINED = IdeaState.ADOPTED, IdeaState.LEARNED, IdeaState.DECLINED


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (WAITING, SPONSORED),
        (WAITING, DECLINED),
        (SPONSORED, TRIED),
        (SPONSORED, ADOPTED),
        (SPONSORED, DECLINED),
        (TRIED, LEARNED),
        (TRIED, ADOPTED),
        (LEARNED, TRIED),
        (LEARNED, ADOPTED),
        (DECLINED, SPONSORED),
    ],
)
def test_these_ways_are_open_to_an_idea(before, after):
    assert may_become(before, after)


def test_no_other_way_is_open_and_nothing_is_tried_without_a_sponsor():
    assert sum(len(after) for after in NEXT_STATES.values()) == 10
    assert not may_become(WAITING, TRIED)
    assert not may_become(WAITING, ADOPTED)
    assert not any(may_become(ADOPTED, after) for after in IdeaState)


@pytest.mark.parametrize(
    ("problem", "title"),
    [
        ("Vi skriver det samme to steder. Det tager en time.", "Vi skriver det samme to steder"),
        ("Nøglerne  bliver\nvæk!", "Nøglerne bliver væk"),
        ("Hvor er liften? Ingen ved det.", "Hvor er liften"),
        ("Kl. 7 mangler der altid en bil", "Kl. 7 mangler der altid en bil"),
    ],
)
def test_an_idea_is_called_by_its_first_sentence(problem, title):
    assert short_title(problem) == title


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1))
def test_a_title_is_never_longer_than_there_is_room_for(problem):
    assert len(short_title(problem)) <= TITLE_LENGTH + 1


@pytest.mark.parametrize(
    ("state", "due_on", "late"),
    [
        (WAITING, DAY, False),
        (WAITING, DAY - dt.timedelta(days=1), True),
        (WAITING, None, False),
        (SPONSORED, DAY - dt.timedelta(days=9), False),
        (DECLINED, DAY - dt.timedelta(days=9), False),
    ],
)
def test_an_answer_is_late_the_day_after_its_deadline(state, due_on, late):
    assert is_late(state, due_on, DAY) is late


def test_the_deadline_counts_from_the_day_it_was_given():
    assert answer_due(DAY, 14) == dt.date(2026, 11, 16)


@pytest.mark.parametrize(
    ("own", "days"),
    [({}, 14), ({1: 21}, 21), ({2: 7}, 7), ({1: 21, 2: 7}, 7), ({3: 5}, 5), ({9: 1}, 14)],
)
def test_a_unit_has_its_own_days_or_those_of_the_nearest_above(own, days):
    assert days_to_answer(3, {1: None, 2: 1, 3: 2}, own, 14) == days


def test_a_circle_of_units_ends():
    assert path_up(1, {1: 2, 2: 1}) == [1, 2]


@pytest.mark.parametrize(
    ("asked", "giver", "expected"),
    [
        (set(), None, 10),
        (set(), 10, 11),
        ({10}, None, 11),
        ({10, 11}, None, 20),
        ({10, 11, 20}, None, 30),
        ({10, 11, 20}, 30, 31),
        ({10, 11, 20, 30, 31}, None, None),
    ],
)
def test_the_nearest_leader_who_has_not_been_asked_answers(asked, giver, expected):
    assert who_answers([[10, 11], [], [20]], [30, 31], asked, giver) == expected


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, 0), (4, 0), (5, 5), (9, 5), (10, 10)])
def test_flags_are_told_of_in_groups_only(count, shown):
    assert shown_flags(count, 5) == shown


@pytest.mark.parametrize(
    ("evidence", "outcomes", "standing"),
    [
        (Evidence.DATA, [], NeedStanding.EVIDENCED),
        (Evidence.COMPLAINT, [], NeedStanding.EVIDENCED),
        (Evidence.ASSUMPTION, [], NeedStanding.UNTESTED),
        (Evidence.ASSUMPTION, [TestOutcome.HELD], NeedStanding.HELD),
        (Evidence.ASSUMPTION, [TestOutcome.HELD, TestOutcome.FELL], NeedStanding.FELL),
        (Evidence.SURVEY, [TestOutcome.PARTLY], NeedStanding.PARTLY),
    ],
)
def test_an_assumption_is_untested_until_somebody_has_tested_it(evidence, outcomes, standing):
    assert need_standing(evidence, outcomes) is standing


@pytest.mark.parametrize(
    ("ends_on", "spent", "is_running", "expected"),
    [
        (DAY, None, True, ()),
        (DAY - dt.timedelta(days=1), None, True, (Breach.TIME,)),
        (DAY, Decimal(50_000), True, ()),
        (DAY, Decimal("50000.01"), True, (Breach.MONEY,)),
        (DAY - dt.timedelta(days=1), Decimal(60_000), True, (Breach.TIME, Breach.MONEY)),
        (DAY - dt.timedelta(days=1), Decimal(60_000), False, ()),
    ],
)
def test_an_experiment_is_past_its_limit_in_time_or_money(ends_on, spent, is_running, expected):
    facts = ExperimentFacts(ends_on, Decimal(50_000), spent, is_running=is_running)
    assert breaches(facts, DAY) == expected


def test_an_experiment_is_extended_once_and_then_stopped_or_scaled():
    new = ExperimentFacts(DAY, Decimal(1))
    extended = ExperimentFacts(DAY, Decimal(1), was_extended=True)
    over = ExperimentFacts(DAY, Decimal(1), is_running=False)
    assert ways(new) == (Way.STOP, Way.SCALE, Way.EXTEND)
    assert ways(extended) == (Way.STOP, Way.SCALE)
    assert ways(over) == ()


def test_weeks_become_a_last_day():
    assert last_day(DAY, 6) == dt.date(2026, 12, 14)


@pytest.mark.parametrize(("roles", "flagged"), [(0, False), (2, False), (3, True)])
def test_more_than_two_active_roles_are_flagged(roles, flagged):
    assert carries_too_much(roles, 2) is flagged
