"""Reminders in simulated time: before, at, after, then the sponsor; and long after the project."""

import datetime as dt
from decimal import Decimal

import pytest

from hoest.domain.benefits import actions
from hoest.domain.benefits.actions.reminding import reminder_limits
from hoest.domain.benefits.jobs import remind_in
from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.rules import BenefitFacts, BenefitType, Frequency
from hoest.domain.benefits.rules.reminders import Stage, follow_up_of, stage_of
from hoest.domain.portfolio.models import Initiative
from hoest.foundation import clock
from hoest.foundation.messages.models import Message
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import THERE, actor_with_role, organisation_id

DUE = dt.date(2026, 6, 1)


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        ("2026-05-17", None),
        ("2026-05-18", Stage.SOON),
        ("2026-05-31", Stage.SOON),
        ("2026-06-01", Stage.DUE),
        ("2026-07-01", Stage.DUE),
        ("2026-07-02", Stage.LATE),
        ("2026-07-22", Stage.LATE),
        ("2026-07-23", Stage.MISSING),
        ("2027-07-23", Stage.MISSING),
    ],
)
def test_a_measurement_is_said_before_at_after_and_then_upwards(today, stage):
    found = stage_of(DUE, Frequency.QUARTER, dt.date.fromisoformat(today), reminder_limits())
    assert found is stage


@pytest.mark.parametrize(
    ("today", "months"),
    [
        ("2026-03-30", None),
        ("2026-03-31", 3),
        ("2026-04-13", 3),
        ("2026-04-14", None),
        ("2026-06-30", 6),
        ("2026-12-31", 12),
        ("2027-12-31", 24),
        ("2028-12-31", None),
    ],
)
def test_follow_ups_come_3_6_12_and_24_months_after_go_live(today, months):
    facts = BenefitFacts(BenefitType.BUDGET, live_on=dt.date(2025, 12, 31))
    assert follow_up_of(facts, dt.date.fromisoformat(today), reminder_limits()) == months


@pytest.fixture
def followed(here, actor):
    """A benefit of an owner who said yes, in an initiative that is live and has a sponsor."""
    owner = actor("benefit_owner")
    Message.objects.filter(organisation_id=here).update(withdrawn_at=clock.now())
    found = Benefit.objects.get(organisation_id=here, title__startswith="Færre møder")
    Benefit.objects.filter(organisation_id=here).exclude(pk=found.pk).update(
        lapsed_on=dt.date(2020, 1, 1), lapse_reason="Ikke med i prøven"
    )
    Benefit.objects.filter(pk=found.pk).update(
        owner_id=owner.person_id, owner_accepted_on=dt.date(2026, 1, 1), frequency="quarter"
    )
    Initiative.objects.filter(pk=found.initiative_id).update(
        live_on=dt.date(2026, 3, 1), sponsor_id=actor("executive").person_id, phase="closed"
    )
    found.measurements.update(withdrawn_at=clock.now(), withdrawn_reason="Prøve")
    found.refresh_from_db()
    return found


def days(first, last):
    day = first
    while day <= last:
        yield day
        day += dt.timedelta(days=1)


def told(here, first, last):
    """Let the job run every night and return what was told on which day."""
    found = []
    for day in days(first, last):
        with clock.frozen_at(day):
            before = set(Message.objects.filter(organisation_id=here).values_list("pk", flat=True))
            remind_in(here)
            new = Message.objects.filter(organisation_id=here).exclude(pk__in=before)
            found += [(day.isoformat(), one.kind, one.person_id) for one in new]
    return found


def test_a_year_of_nights_tells_each_stage_once_also_of_a_closed_project(here, followed, actor):
    owner, sponsor = actor("benefit_owner").person_id, actor("executive").person_id
    assert told(here, dt.date(2026, 3, 2), dt.date(2026, 9, 30)) == [
        ("2026-05-18", "measurement_soon", owner),
        ("2026-06-01", "measurement_due", owner),
        ("2026-06-01", "follow_up", owner),
        ("2026-07-02", "measurement_late", owner),
        ("2026-07-23", "measurement_missing", sponsor),
        ("2026-09-01", "follow_up", owner),
    ]


def test_a_measurement_takes_back_what_waits_and_begins_anew(here, followed, actor):
    told(here, dt.date(2026, 5, 18), dt.date(2026, 6, 1))
    with clock.frozen_at(dt.date(2026, 6, 2)):
        actions.measure(
            actor=actor("benefit_owner"),
            benefit_id=followed.pk,
            on=dt.date(2026, 6, 2),
            value=Decimal("3"),
        )
    waiting = Message.objects.filter(organisation_id=here, withdrawn_at__isnull=True)
    assert [one.kind for one in waiting] == ["follow_up"]
    assert told(here, dt.date(2026, 6, 3), dt.date(2026, 8, 31)) == [
        ("2026-08-19", "measurement_soon", actor("benefit_owner").person_id)
    ]


def test_two_years_after_go_live_somebody_still_asks(here, followed, actor):
    owner = actor("benefit_owner").person_id
    found = told(here, dt.date(2028, 2, 28), dt.date(2028, 3, 5))
    assert ("2028-03-01", "follow_up", owner) in found


def test_an_owner_who_has_not_answered_is_not_reminded_but_the_sponsor_hears(here, followed, actor):
    Benefit.objects.filter(pk=followed.pk).update(owner_accepted_on=None)
    assert told(here, dt.date(2026, 6, 1), dt.date(2026, 8, 1)) == [
        ("2026-07-23", "measurement_missing", actor("executive").person_id)
    ]


def test_what_was_given_up_is_left_in_peace(here, followed):
    Benefit.objects.filter(pk=followed.pk).update(
        lapsed_on=dt.date(2026, 1, 1), lapse_reason="Opgivet"
    )
    assert told(here, dt.date(2026, 6, 1), dt.date(2026, 6, 3)) == []


def test_our_reminders_tell_the_neighbour_nothing(here, followed):
    there = organisation_id(THERE)
    with acting_for(there):
        assert actor_with_role(there, "benefit_owner")
        before = Message.objects.filter(organisation_id=there).count()
    told(here, dt.date(2026, 6, 1), dt.date(2026, 6, 1))
    with acting_for(there):
        assert Message.objects.filter(organisation_id=there).count() == before
