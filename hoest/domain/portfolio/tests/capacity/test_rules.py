"""Over-booking as a table of cases and as laws; change load; plans of groups; milestones."""

import datetime as dt
import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.portfolio.rules.capacity import (
    Asked,
    AtOnce,
    Booking,
    bookings,
    gives_way,
    next_quarter,
    over_hours,
    quarter_of,
    quarters_from,
    worst,
)
from hoest.domain.portfolio.rules.changes import (
    Landing,
    ProfileFacts,
    Window,
    loads,
    proposed_plan,
    told_alike,
)
from hoest.domain.portfolio.rules.first_year import (
    MilestoneFacts,
    MilestoneState,
    milestone_state,
    months_after,
    progress,
)

SPRING, SUMMER = dt.date(2027, 4, 1), dt.date(2027, 7, 1)

# asked, offered -> over-booked hours, share over, load
CASES = [
    (0, 100, 0, "0", "0"),
    (100, 100, 0, "0", "1"),
    (150, 100, 50, "0.5", "1.5"),
    (99, 100, 0, "0", "0.99"),
    (1, 3, 0, "0", "0.333"),
    (40, 0, 40, None, None),
    (0, 0, 0, None, None),
    (40, None, None, None, None),
    (0, None, None, None, None),
]


@pytest.mark.parametrize(("asked", "offered", "over", "share", "load"), CASES)
def test_over_booking_is_calculated(asked, offered, over, share, load):
    booking = Booking("project_lead", SPRING, asked, offered)
    assert booking.over_hours == over
    assert booking.over_share == (None if share is None else Decimal(share))
    assert booking.load_share == (None if load is None else Decimal(load))


ASKED = st.lists(
    st.builds(
        Asked,
        initiative_id=st.integers(1, 6),
        role=st.sampled_from(["project_lead", "legal", "data"]),
        quarter=st.sampled_from([SPRING, SUMMER]),
        hours=st.integers(1, 2000),
    ),
    max_size=25,
)
OFFERED = st.dictionaries(
    st.tuples(st.sampled_from(["project_lead", "legal"]), st.sampled_from([SPRING, SUMMER])),
    st.integers(0, 3000),
)


class TestLaws:
    """What holds of every ledger."""

    @given(ASKED, OFFERED, st.integers(1, 6))
    def test_removing_an_initiative_never_raises_over_booking(self, asked, offered, gone):
        before = bookings(asked, offered)
        after = bookings(asked, offered, without={gone})
        assert set(before) == set(after)
        for place, standing in before.items():
            assert (after[place].over_hours or 0) <= (standing.over_hours or 0)
        assert over_hours(after.values()) <= over_hours(before.values())

    @given(ASKED, OFFERED)
    def test_the_initiatives_together_are_the_total(self, asked, offered):
        found = bookings(asked, offered)
        assert sum(one.asked_hours for one in found.values()) == sum(one.hours for one in asked)
        everybody = {one.initiative_id for one in asked}
        alone = [bookings(asked, offered, without=everybody - {one}) for one in everybody]
        for place, booking in found.items():
            assert sum(one[place].asked_hours for one in alone) == booking.asked_hours

    @given(ASKED, OFFERED, st.integers(1, 6))
    def test_what_gives_way_is_what_the_scenario_shows(self, asked, offered, gone):
        before = bookings(asked, offered)
        after = bookings(asked, offered, without={gone})
        for (role, quarter), booking in before.items():
            own = sum(
                one.hours
                for one in asked
                if (one.initiative_id, one.role, one.quarter) == (gone, role, quarter)
            )
            left = after[role, quarter].over_hours or 0
            assert (booking.over_hours or 0) - left == gives_way(own, booking)

    @given(ASKED, OFFERED)
    def test_hours_left_over_do_not_make_up_for_a_shortage(self, asked, offered):
        found = bookings(asked, offered)
        assert over_hours(found.values()) == sum(
            max(0, one.asked_hours - one.offered_hours)
            for one in found.values()
            if one.offered_hours is not None
        )

    @given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)), st.integers(1, 12))
    def test_quarters_follow_each_other(self, day, count):
        found = quarters_from(day, count)
        assert found[0] <= day < next_quarter(found[0])
        assert len(found) == count
        assert all(next_quarter(a) == b for a, b in itertools.pairwise(found))
        assert all(quarter_of(one) == one for one in found)


def test_the_worst_is_most_hours_then_earliest():
    found = [
        Booking("legal", SUMMER, 90, 40),
        Booking("data", SPRING, 90, 40),
        Booking("super_user", SPRING, 900, None),
    ]
    assert worst(found).role == "data"
    assert worst(found[2:]) is None


@pytest.mark.parametrize(
    ("count", "most", "full", "over"), [(4, 5, False, False), (5, 5, True, False), (6, 5, 1, 1)]
)
def test_work_at_once(count, most, full, over):
    assert AtOnce(count, most).is_full == full
    assert AtOnce(count, most).is_over == over


def test_what_lands_is_counted_by_place_and_quarter():
    rows = [
        Landing(1, 7, "Skærmbesøg", dt.date(2027, 5, 2), 40),
        Landing(1, 8, "Journal", dt.date(2027, 4, 2), 25),
        Landing(1, 8, "Journal", dt.date(2027, 6, 2), 25),
        Landing(1, 9, "Ruter", dt.date(2027, 6, 30)),
        Landing(2, 9, "Ruter", dt.date(2027, 7, 1)),
        Landing(2, 9, "Ruter", dt.date(2029, 7, 1)),
    ]
    found = loads(rows, [SPRING, SUMMER], most=2)
    first = found[1][SPRING]
    assert (first.count, first.is_heavy, first.people) == (3, True, 40)
    assert [one.title for one in first.landings] == ["Journal", "Skærmbesøg", "Journal", "Ruter"]
    assert found[2] == {SUMMER: loads(rows, [SUMMER], most=2)[2][SUMMER]}
    assert not found[2][SUMMER].is_heavy


CARE = ProfileFacts(
    arguments="Mindre gangtid.",
    told="Mundtligt ved morgenmødet",
    windows=(Window("Sommerferie", (7, 8)), Window("Budget", (9,))),
)
CASEWORK = ProfileFacts(arguments="Færre genindtastninger.", told="Skriftligt med et eksempel")


def test_the_same_initiative_has_a_different_plan_per_group():
    care = proposed_plan(CARE, dt.date(2027, 7, 15), "Skærmbesøg")
    casework = proposed_plan(CASEWORK, dt.date(2027, 7, 15), "Skærmbesøg")
    assert care.starts_on == dt.date(2027, 10, 1)
    assert [one.name for one in care.moved_by] == ["Sommerferie", "Budget"]
    assert casework.starts_on == dt.date(2027, 7, 15)
    assert care.message != casework.message
    assert care.training != casework.training


def test_a_group_that_is_always_busy_keeps_the_wanted_day():
    always = ProfileFacts(windows=(Window("Altid", tuple(range(1, 13))),))
    assert proposed_plan(always, SPRING, "x").starts_on == SPRING
    assert proposed_plan(always, None, "x").starts_on is None


def test_groups_told_the_same_are_found():
    said = {"care": "Nyt  system", "teachers": "nyt system", "technical": "Ny rute", "x": " "}
    assert told_alike(said) == ("care", "teachers")


class TestFirstYear:
    """The plan measures its own progress."""

    def test_months_end_where_the_month_ends(self):
        assert months_after(dt.date(2026, 8, 31), 6) == dt.date(2027, 2, 28)
        assert months_after(dt.date(2026, 11, 22), 14) == dt.date(2028, 1, 22)

    @pytest.mark.parametrize(
        ("due", "done", "state"),
        [
            (SPRING, SPRING, MilestoneState.DONE),
            (dt.date(2027, 4, 9), None, MilestoneState.LATE),
            (dt.date(2027, 4, 10), None, MilestoneState.SOON),
            (dt.date(2027, 4, 20), None, MilestoneState.SOON),
            (dt.date(2027, 4, 21), None, MilestoneState.AHEAD),
        ],
    )
    def test_where_a_milestone_stands(self, due, done, state):
        facts = MilestoneFacts(1, due, done)
        assert milestone_state(facts, dt.date(2027, 4, 10), 10) is state

    def test_n_of_m_and_what_is_next(self):
        rows = [
            MilestoneFacts(1, SPRING, SPRING),
            MilestoneFacts(2, SUMMER),
            MilestoneFacts(3, SPRING),
        ]
        found = progress(rows, dt.date(2027, 5, 1))
        assert (found.done, found.total, found.late, found.next_id) == (1, 3, 1, 3)
        assert progress([], SPRING).next_id is None
