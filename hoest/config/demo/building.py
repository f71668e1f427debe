"""Builds the demo municipalities, each in one transaction: all of one or nothing of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from django.db import connection, transaction

from hoest.config.demo.adopted import AdoptedInitiative
from hoest.config.demo.benefits import READY_DAYS, BenefitStory
from hoest.config.demo.capacity import tell_capacity
from hoest.config.demo.core_tasks import tell_core_tasks
from hoest.config.demo.days import Calendar
from hoest.config.demo.delivery import deliver
from hoest.config.demo.evidence import tell_evidence
from hoest.config.demo.evidence_series import tell_shared_series
from hoest.config.demo.facts import tell_facts
from hoest.config.demo.following import follow
from hoest.config.demo.gates import tell_gates
from hoest.config.demo.ideas import tell_ideas
from hoest.config.demo.initiatives import InitiativeStory
from hoest.config.demo.learning import tell_learning
from hoest.config.demo.maps import tell_maps
from hoest.config.demo.profiles import tell_profiles
from hoest.config.demo.pulse import tell_pulse
from hoest.config.demo.systems import tell_systems
from hoest.config.demo.takeouts import tell_takeouts
from hoest.config.demo.timeline import Timeline
from hoest.config.demo.town import Town
from hoest.config.demo.trust import tell_trust
from hoest.domain.benefits.actions import Taken, adopt_measurements, record_standing
from hoest.domain.organisations.actions import open_demo
from hoest.domain.organisations.queries import units_of
from hoest.foundation import clock
from hoest.foundation.provenance.actions import entered_by
from hoest.foundation.tenancy.context import acting_for
from hoest.foundation.tenancy.demo_door import DEMO_LOCK

# Units and people are there before the first initiative and the oldest measurement.
FOUNDED = "-45m"
OLDEST_MONTHS = 44
READY_ON_DAY = 5
# A neighbour's figures come as a list twice a year.
MONTHS_BETWEEN_LISTS = 6
# How long to wait for somebody else who is building the same municipality.
PATIENCE = "5min"
SOURCE_TITLE = "målinger udregnet af demoen"


class Built(NamedTuple):
    """What was built of one municipality."""

    code: str
    name: str
    initiatives: int
    benefits: int
    acts: int


def open_told(told: Mapping[str, Any]) -> Any:
    """Open a demo municipality, or return the one that is here."""
    return open_demo(
        code=told["code"],
        name=told["name"],
        municipality_name=told["short"],
        region=told["region"],
        group_name=told["group"],
    )


def build(told: Mapping[str, Any]) -> Built | None:
    """Open one demo municipality and let its story happen; None when somebody has done it.

    Waits for another process that builds or removes the same municipality.
    """
    organisation = open_told(told)
    today = clock.today()
    with acting_for(organisation.pk), transaction.atomic():
        _wait_for_others(organisation.pk)
        town = Town(organisation.pk, told["code"], told, Calendar(today), Timeline(today))
        if units_of(town.system).exists():
            return None
        as_list = bool(told.get("as_list"))
        kind = AdoptedInitiative if as_list else InitiativeStory
        town.stories = stories = [kind(town, one) for one in told["initiatives"]]
        founded = town.day(FOUNDED, "founded")
        town.timeline.on(founded, town.found)
        tell_core_tasks(town, stories, founded)
        for story in stories:
            story.tell()
        tell_profiles(town, stories)
        tell_takeouts(town)
        tell_maps(town, stories)
        tell_learning(town, stories)
        tell_gates(town, stories)
        tell_systems(town)
        tell_shared_series(town)
        tell_ideas(town)
        tell_trust(town)
        tell_evidence(town, stories)
        _tell_measuring(town, stories, MONTHS_BETWEEN_LISTS if as_list else 1)
        if not as_list:
            tell_facts(town, stories)
        acts = town.timeline.happen()
        if not as_list:
            follow(town, stories)
            tell_capacity(town, stories)
            tell_pulse(town)
            deliver(town, stories)
        _note_standings(town, stories)
    return Built(
        told["code"], told["name"], len(stories), sum(len(s.benefits) for s in stories), acts
    )


def _wait_for_others(organisation_id: int) -> None:
    """Hold the demo's lock until the transaction ends; a build takes longer than a role waits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config(name, %s, true) from unnest(%s::text[]) as name",
            [PATIENCE, ["lock_timeout", "statement_timeout"]],
        )
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [DEMO_LOCK, organisation_id])


def _tell_measuring(town: Town, stories: Sequence[InitiativeStory], every_months: int) -> None:
    """Record the measurements period by period, and note where every benefit then stands."""
    waiting = [
        (max(on + dt.timedelta(days=READY_DAYS), benefit.created_on), on, value, benefit)
        for story in stories
        for benefit in story.benefits
        for on, value in benefit.bulk()
    ]
    waiting.sort(key=lambda one: one[0])
    newest = 0 if town.calendar.today.day > READY_ON_DAY else -1
    for offset in range(newest - OLDEST_MONTHS // every_months * every_months, 1, every_months):
        day = town.calendar.month(offset).replace(day=READY_ON_DAY)
        if day >= town.calendar.today:
            break
        ready = [one[1:] for one in waiting if one[0] <= day]
        waiting = waiting[len(ready) :]
        town.timeline.on(day, partial(_note_month, town, stories, ready))


def _note_month(
    town: Town,
    stories: Sequence[InitiativeStory],
    ready: list[tuple[dt.date, Decimal, BenefitStory]],
) -> None:
    if ready:
        adopt_measurements(
            actor=town.system,
            taken=[
                Taken(
                    benefit_id=benefit.row.pk,
                    on=on,
                    value=value,
                    origin=benefit.told.get("method", ""),
                    measured_by=benefit.measured_by,
                )
                for on, value, benefit in ready
            ],
            source=entered_by(town.system, SOURCE_TITLE),
        )
    _note_standings(town, stories, noted={benefit.row.pk for _on, _value, benefit in ready})


def _note_standings(
    town: Town, stories: Sequence[InitiativeStory], noted: Collection[int] = ()
) -> None:
    """Note where the benefits stand that no act has noted just now."""
    made = [one.row.pk for story in stories for one in story.benefits if one.row is not None]
    others = [pk for pk in made if pk not in noted]
    if others:
        record_standing(actor=town.system, benefit_ids=others, because="time")
