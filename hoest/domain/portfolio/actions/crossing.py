"""Writes of what crosses departments: a shared owner, and citizens' journeys with their steps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypedDict

from django.db import connection, transaction
from django.utils.translation import gettext as _

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.models import (
    Initiative,
    Journey,
    JourneyStep,
    SharedOwner,
    StepInitiative,
)
from hoest.domain.portfolio.permissions import KEEP_JOURNEYS, NAME_SHARED_OWNERS
from hoest.domain.portfolio.queries.crossing import journey_of, step_of
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import today
from hoest.foundation.faults import Fault
from hoest.foundation.forms.versions import check_version


class JourneyFields(TypedDict):
    """What a person writes about a journey; `owner` is a person."""

    name: str
    citizen: str
    promise: str
    owner: Any


class StepFields(TypedDict):
    """What a person writes about a step: one place, what is noticed, and what changes it."""

    place: int | None
    name: str
    unit: Any
    elsewhere: str
    notices: str
    initiatives: Iterable[Initiative]


class JourneyHasNoOwner(Fault):
    """A journey has one owner."""


class JourneyNotWhole(Fault):
    """A journey says who the citizen is and what she shall notice."""


class JourneyNameTaken(Fault):
    """The municipality has a journey of that name already."""


class StepNotWhole(Fault):
    """A step is in one place and says what the citizen notices."""


@transaction.atomic
def name_shared_owner(
    *, actor: Actor, initiative_id: int, version: int, person: Any, mandate: str
) -> SharedOwner:
    """Name who answers for an initiative across departments. Raises NotAllowed, NotFound."""
    initiative = queries.initiative_of(actor, initiative_id)
    require(actor, NAME_SHARED_OWNERS)
    Initiative.objects.select_for_update().only("id").get(pk=initiative.pk)
    mandate = " ".join(mandate.split())[:300]
    rows = SharedOwner.objects.filter(organisation_id=actor.organisation_id, initiative=initiative)
    standing = rows.select_for_update().first()
    wanted = {"person": person, "mandate": mandate, "named_by_name": actor.name[:200]}
    if standing is None:
        standing = SharedOwner.objects.create(
            organisation_id=actor.organisation_id, initiative=initiative, **wanted
        )
    else:
        check_version(standing, version, {"person": person, "mandate": mandate})
        _change(standing, **wanted)
    record(actor, "portfolio.name_shared_owner", initiative, person=str(person), mandate=mandate)
    return standing


@transaction.atomic
def create_journey(*, actor: Actor, fields: JourneyFields) -> Journey:
    """Write a journey down, with its owner.

    Raises JourneyHasNoOwner, JourneyNotWhole, JourneyNameTaken, NotAllowed.
    """
    require(actor, KEEP_JOURNEYS)
    values = _sound(fields)
    _refuse_name(actor, values["name"])
    made = Journey.objects.create(organisation_id=actor.organisation_id, **values)
    record(actor, "portfolio.create_journey", made, name=made.name, owner=str(made.owner))
    return made


@transaction.atomic
def change_journey(
    *, actor: Actor, journey_id: int, version: int, fields: JourneyFields
) -> Journey:
    """Change a journey. Raises ChangedMeanwhile, and as `create_journey`."""
    journey = _held(actor, journey_id)
    values = _sound(fields)
    changes = {name: value for name, value in values.items() if getattr(journey, name) != value}
    check_version(journey, version, changes)
    if not changes:
        return journey
    if "name" in changes:
        _refuse_name(actor, values["name"], but=journey.pk)
    before = {name: str(getattr(journey, name)) for name in changes}
    _change(journey, **changes)
    after = {name: str(value) for name, value in changes.items()}
    record(actor, "portfolio.change_journey", journey, before=before, after=after)
    return journey


@transaction.atomic
def use_journey(*, actor: Actor, journey_id: int, version: int, is_in_use: bool) -> Journey:
    """Take a journey out of use, or into use again."""
    journey = _held(actor, journey_id)
    check_version(journey, version, {})
    if is_in_use != (journey.retired_on is None):
        _change(journey, retired_on=None if is_in_use else today())
        verb = "portfolio.resume_journey" if is_in_use else "portfolio.retire_journey"
        record(actor, verb, journey, name=journey.name)
    return journey


@transaction.atomic
def add_step(*, actor: Actor, journey_id: int, fields: StepFields) -> JourneyStep:
    """Put a step into a journey, at its place or last. Raises StepNotWhole."""
    journey = _held(actor, journey_id)
    values, initiatives = _sound_step(actor, fields)
    steps = list(journey.steps.all())
    made = JourneyStep(organisation_id=actor.organisation_id, journey=journey, **values)
    made.place = len(steps) + 1
    made.save()
    _put(journey, made, fields["place"])
    _tie(made, initiatives)
    record(actor, "portfolio.add_journey_step", journey, step=made.name)
    return made


@transaction.atomic
def change_step(*, actor: Actor, step_id: int, version: int, fields: StepFields) -> JourneyStep:
    """Change a step, its place and what changes it. Raises StepNotWhole, ChangedMeanwhile."""
    found = step_of(actor, step_id)
    journey = _held(actor, found.journey_id)
    step = JourneyStep.objects.select_for_update(of=("self",)).get(pk=found.pk)
    values, initiatives = _sound_step(actor, fields)
    changes = {name: value for name, value in values.items() if getattr(step, name) != value}
    check_version(step, version, changes)
    _change(step, **changes)
    _put(journey, step, fields["place"])
    _tie(step, initiatives)
    after = {name: str(value) for name, value in changes.items()}
    record(actor, "portfolio.change_journey_step", journey, step=step.name, after=after)
    return step


@transaction.atomic
def remove_step(*, actor: Actor, step_id: int, version: int) -> None:
    """Take a step out of a journey; the others close up."""
    found = step_of(actor, step_id)
    journey = _held(actor, found.journey_id)
    step = JourneyStep.objects.select_for_update(of=("self",)).get(pk=found.pk)
    check_version(step, version, {})
    record(actor, "portfolio.remove_journey_step", journey, step=step.name)
    step.delete()
    for place, other in enumerate(journey.steps.all(), start=1):
        if other.place != place:
            _change(other, place=place)


def _held(actor: Actor, journey_id: int) -> Journey:
    """Return a journey locked for change. Raises NotFound, then NotAllowed."""
    found = journey_of(actor, journey_id)
    require(actor, KEEP_JOURNEYS)
    return Journey.objects.select_for_update().get(pk=found.pk)


def _sound(fields: JourneyFields) -> dict[str, Any]:
    values: dict[str, Any] = {
        "name": " ".join(fields["name"].split())[:120],
        "citizen": " ".join(fields["citizen"].split())[:200],
        "promise": " ".join(fields["promise"].split())[:300],
        "owner": fields["owner"],
    }
    if values["owner"] is None:
        raise JourneyHasNoOwner(_("Vælg én ejer. Et forløb uden ejer bliver ingens."))
    if not (values["name"] and values["citizen"] and values["promise"]):
        raise JourneyNotWhole(_("Skriv navnet, borgeren og det, borgeren skal mærke."))
    return values


def _refuse_name(actor: Actor, name: str, but: int = 0) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('portfolio.journeys'), %s)",
            [actor.organisation_id],
        )
    taken = Journey.objects.filter(organisation_id=actor.organisation_id, name=name)
    if taken.exclude(pk=but).exists():
        raise JourneyNameTaken(
            _("Kommunen har allerede et borgerforløb med det navn. Giv det et andet.")
        )


def _sound_step(actor: Actor, fields: StepFields) -> tuple[dict[str, Any], list[Initiative]]:
    values: dict[str, Any] = {
        "name": " ".join(fields["name"].split())[:120],
        "unit": fields["unit"],
        "elsewhere": " ".join(fields["elsewhere"].split())[:120],
        "notices": " ".join(fields["notices"].split())[:300],
    }
    if (values["unit"] is None) == (not values["elsewhere"]):
        raise StepNotWhole(_("Vælg enten en enhed eller skriv, hvor det er uden for kommunen."))
    if not values["name"] or not values["notices"]:
        raise StepNotWhole(_("Skriv, hvad skridtet hedder, og hvad borgeren mærker."))
    wanted = [one.pk for one in fields["initiatives"]]
    return values, list(queries.visible_to(actor).filter(pk__in=wanted))


def _put(journey: Journey, step: JourneyStep, place: int | None) -> None:
    """Let a step stand at a place, and number the others round it."""
    others = [one for one in journey.steps.all() if one.pk != step.pk]
    index = len(others) if place is None else max(0, min(place - 1, len(others)))
    others.insert(index, step)
    for number, one in enumerate(others, start=1):
        if one.place != number:
            _change(one, place=number)


def _tie(step: JourneyStep, initiatives: Iterable[Initiative]) -> None:
    """Let exactly these initiatives change the step."""
    wanted = {one.pk for one in initiatives}
    standing = {one.initiative_id: one for one in step.ties.all()}
    for pk, tie in standing.items():
        if pk not in wanted:
            tie.delete()
    StepInitiative.objects.bulk_create(
        StepInitiative(organisation_id=step.organisation_id, step=step, initiative_id=pk)
        for pk in sorted(wanted - set(standing))
    )


def _change(row: SharedOwner | Journey | JourneyStep, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*changes, "version", "changed_at"])
