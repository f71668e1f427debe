"""Writes of roll-outs; what the units tell becomes the initiative's own use and closed old way.

The ladder, the status and Min uge read the initiative, so they follow the units in the same
transaction. Another municipality's figures are kept beside and move nothing of ours.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.actions.early import early_changes
from hoest.domain.portfolio.actions.initiatives import InTheFuture
from hoest.domain.portfolio.models import Initiative, Rollout, UseCount
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES
from hoest.foundation import followers
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import today
from hoest.foundation.faults import Fault
from hoest.foundation.forms.versions import check_version


class RolloutFields(TypedDict, total=False):
    """What a person writes about a roll-out: its place and its facts."""

    unit: Any
    place_name: str
    planned_on: dt.date | None
    live_on: dt.date | None
    early_because: str
    planned_users: int
    users_in_use: int | None
    counted_on: dt.date | None
    old_way_closes_on: dt.date | None
    old_way_closed_on: dt.date | None


class OnePlaceOnly(Fault):
    """A roll-out is in a unit or in another municipality, and not in both."""


class PlaceIsThere(Fault):
    """The initiative is rolled out there already."""


class CountNeedsDay(Fault):
    """A count of users is of a day."""


@transaction.atomic
def add_rollout(*, actor: Actor, initiative_id: int, fields: RolloutFields) -> Rollout:
    """Plan the roll-out to a unit or to another municipality.

    Raises OnePlaceOnly, PlaceIsThere, CountNeedsDay, InTheFuture, NotAllowed, NotFound.
    """
    initiative = held_initiative(actor, initiative_id)
    unit, name = fields.get("unit"), " ".join(fields.get("place_name", "").split())
    if (unit is None) == (not name):
        raise OnePlaceOnly(_("Vælg enten en enhed eller skriv en anden kommune."))
    there = Rollout.objects.filter(organisation_id=actor.organisation_id, initiative=initiative)
    if there.filter(unit=unit).exists() if unit else there.filter(place_name__iexact=name).exists():
        raise PlaceIsThere(_("Der er allerede en udrulning dér. Ret den i stedet."))
    values = {**fields, "place_name": name}
    _refuse_nonsense(values)
    made = Rollout.objects.create(
        organisation_id=actor.organisation_id, initiative=initiative, **values
    )
    _keep_count(actor, made)
    record(actor, "portfolio.add_rollout", initiative, place=str(made))
    _follow(actor, initiative)
    return made


@transaction.atomic
def change_rollout(
    *, actor: Actor, rollout_id: int, version: int, fields: RolloutFields
) -> Rollout:
    """Change the facts of a roll-out; its place stays.

    A place of a stage goes live when the stage is open, or with `early_because`. Raises
    PlaceIsEarly, NotLiveYet, ReasonNotNeeded, ChangedMeanwhile and as above.
    """
    found = queries.rollout_of(actor, rollout_id)
    initiative = held_initiative(actor, found.initiative_id)
    rollout = Rollout.objects.select_for_update(of=("self",)).get(pk=found.pk)
    wanted = {k: v for k, v in fields.items() if k not in ("unit", "place_name")}
    changes = {name: value for name, value in wanted.items() if getattr(rollout, name) != value}
    check_version(rollout, version, changes)
    if not changes:
        return rollout
    _refuse_nonsense({**{name: getattr(rollout, name) for name in wanted}, **changes})
    if changes.keys() & {"live_on", "early_because"}:
        changes.pop("early_because", None)
        live_on: Any = changes.get("live_on", rollout.live_on)
        because: Any = wanted.get("early_because", rollout.early_because)
        told = early_changes(actor, initiative, rollout, live_on, because)
        changes |= {name: value for name, value in told.items() if getattr(rollout, name) != value}
    before = {name: getattr(rollout, name) for name in changes}
    for name, value in changes.items():
        setattr(rollout, name, value)
    rollout.version += 1
    rollout.save(update_fields=[*changes, "version", "changed_at"])
    if changes.keys() & {"users_in_use", "counted_on"}:
        _keep_count(actor, rollout)
    verb = (
        "portfolio.close_old_way_there"
        if changes.get("old_way_closed_on")
        else "portfolio.change_rollout"
    )
    record(actor, verb, initiative, place=str(found), before=before, after=changes)
    _follow(actor, initiative)
    return rollout


@transaction.atomic
def remove_rollout(*, actor: Actor, rollout_id: int, version: int) -> None:
    """Take a place off that was planned by mistake; one that has gone live stays.

    Raises StaysInHistory, ChangedMeanwhile.
    """
    found = queries.rollout_of(actor, rollout_id)
    initiative = held_initiative(actor, found.initiative_id)
    rollout = Rollout.objects.select_for_update(of=("self",)).get(pk=found.pk)
    check_version(rollout, version, {})
    if rollout.live_on is not None or rollout.users_in_use is not None:
        raise StaysInHistory(_("Udrulningen er i gang og bliver stående. Ret den i stedet."))
    record(actor, "portfolio.remove_rollout", initiative, place=str(found))
    rollout.delete()
    _follow(actor, initiative)


class StaysInHistory(Fault):
    """A roll-out that has begun is a fact."""


def held_initiative(actor: Actor, initiative_id: int) -> Initiative:
    """Return an initiative locked for change. Raises NotFound, then NotAllowed."""
    initiative = queries.initiative_of(actor, initiative_id)
    require(actor, CHANGE_INITIATIVES, initiative.unit_id)
    Initiative.objects.select_for_update().only("id").get(pk=initiative.pk)
    initiative.refresh_from_db()
    return initiative


def _keep_count(actor: Actor, rollout: Rollout) -> None:
    """Put a count beside the earlier ones, so that the use can be seen to grow."""
    if rollout.users_in_use is None or rollout.counted_on is None:
        return
    UseCount.objects.create(
        organisation_id=rollout.organisation_id,
        rollout=rollout,
        counted_on=rollout.counted_on,
        users_in_use=rollout.users_in_use,
        planned_users=rollout.planned_users,
        recorded_by_name=actor.name[:200],
    )


def _refuse_nonsense(values: dict[str, Any]) -> None:
    if values.get("users_in_use") is not None and values.get("counted_on") is None:
        raise CountNeedsDay(_("Skriv, hvilken dag brugerne er talt."))
    for name in ("counted_on", "old_way_closed_on"):
        day = values.get(name)
        if day is not None and day > today():
            raise InTheFuture(_("Datoen ligger ude i fremtiden. Skriv den dag, det skete."))


def _follow(actor: Actor, initiative: Initiative) -> None:
    """Let the initiative's own use and closed old way be what its units tell."""
    degree = queries.implementation_of(initiative)
    if degree is not None:
        told = {
            "adoption_share": degree.share,
            "adoption_on": degree.counted_on,
            "old_way_closed_on": degree.old_way_closed_on,
        }
        changes = {
            name: value for name, value in told.items() if getattr(initiative, name) != value
        }
        for name, value in changes.items():
            setattr(initiative, name, value)
        if changes:
            initiative.version += 1
            initiative.save(update_fields=[*changes, "version", "changed_at"])
    followers.tell("initiative", actor, initiative.pk)
