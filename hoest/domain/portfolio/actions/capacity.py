"""Writes of the capacity ledger: hours asked for and offered, a unit's limit, who helps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.models import Cooperation, RoleDemand, RoleSupply, WorkLimit
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES, KEEP_CAPACITY
from hoest.domain.portfolio.queries import capacity
from hoest.domain.portfolio.rules.capacity import quarter_of
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import today
from hoest.foundation.faults import Fault
from hoest.foundation.forms.versions import check_version


class UnknownRole(Fault):
    """The role is not in the content."""


class SupplyIsThere(Fault):
    """The hours of this role, place and quarter are written already."""


class CooperationNotWhole(Fault):
    """A cooperation says with whom, about what, and how it ended."""


class CooperationIsOver(Fault):
    """A cooperation that has ended stays as it ended."""


class CooperationFields(TypedDict):
    """What a person writes about a cooperation; `owner` is a row or None."""

    role: str
    quarter: dt.date
    partner: str
    about: str
    ready_on: dt.date
    hours: int | None
    owner: Any


@transaction.atomic
def ask_for_hours(
    *, actor: Actor, initiative_id: int, role: str, hours: Mapping[dt.date, int | None]
) -> int:
    """Say how many hours an initiative asks of a role, by quarter; None or 0 asks for none.

    Returns the hours together. Raises UnknownRole, NotAllowed, NotFound.
    """
    initiative = queries.initiative_of(actor, initiative_id)
    require(actor, CHANGE_INITIATIVES, initiative.unit_id)
    quarters = {quarter_of(day): number or 0 for day, number in hours.items()}
    rows = RoleDemand.objects.filter(
        organisation_id=actor.organisation_id,
        initiative=initiative,
        role=role,
        quarter__in=quarters,
    )
    standing = {row.quarter: row for row in rows.select_for_update()}
    if not standing:
        _known(role)
    before = {str(quarter): row.hours for quarter, row in standing.items()}
    after = {str(quarter): number for quarter, number in quarters.items() if number}
    if before == after:
        return sum(after.values())
    for quarter, number in quarters.items():
        row = standing.get(quarter)
        if row is not None and not number:
            row.delete()
        elif row is not None and row.hours != number:
            row.hours = number
            row.version += 1
            row.save(update_fields=["hours", "version", "changed_at"])
        elif row is None and number:
            RoleDemand.objects.create(
                organisation_id=actor.organisation_id,
                initiative=initiative,
                role=role,
                quarter=quarter,
                hours=number,
            )
    record(actor, "portfolio.ask_for_hours", initiative, role=role, before=before, after=after)
    return sum(after.values())


@transaction.atomic
def offer_hours(*, actor: Actor, role: str, unit: Any, hours: Mapping[dt.date, int | None]) -> None:
    """Say how many hours of a role a unit offers, by quarter; None for the unit: everybody's.

    A quarter with None is taken back, so its load is unknown; 0 says that there are none.
    Raises UnknownRole, NotAllowed.
    """
    unit_id = None if unit is None else unit.pk
    require(actor, KEEP_CAPACITY, unit_id)
    quarters = {quarter_of(day): number for day, number in hours.items()}
    rows = RoleSupply.objects.filter(
        organisation_id=actor.organisation_id, role=role, unit=unit, quarter__in=quarters
    )
    standing = {row.quarter: row for row in rows.select_for_update()}
    if not standing:
        _known(role)
    before = {str(quarter): row.hours for quarter, row in standing.items()}
    after = {str(quarter): number for quarter, number in quarters.items() if number is not None}
    if before == after:
        return
    made: list[RoleSupply] = []
    for quarter, number in quarters.items():
        row = standing.get(quarter)
        if row is not None and number is None:
            RoleSupply.objects.filter(pk=row.pk).delete()
        elif row is not None and row.hours != number:
            row.hours = number or 0
            row.version += 1
            row.save(update_fields=["hours", "version", "changed_at"])
        elif row is None and number is not None:
            fresh = RoleSupply(role=role, unit=unit, quarter=quarter, hours=number)
            fresh.organisation_id = actor.organisation_id
            fresh.save()
            made.append(fresh)
    about = next(iter(standing.values()), None) or made[0]
    called = f"{role}, {unit or _('hele kommunen')}"
    record(actor, "portfolio.offer_hours", about, called=called, before=before, after=after)


@transaction.atomic
def set_work_limit(*, actor: Actor, unit: Any, most: int | None, reason: str) -> WorkLimit | None:
    """Set a unit's own limit of work at once, or take it back with None.

    Raises NotAllowed; LimitNotReasoned when a number has no reason.
    """
    require(actor, KEEP_CAPACITY, unit.pk)
    rows = WorkLimit.objects.filter(organisation_id=actor.organisation_id, unit=unit)
    standing = rows.select_for_update().first()
    reason = " ".join(reason.split())[:300]
    if most is None:
        if standing is not None:
            record(actor, "portfolio.drop_work_limit", unit, before=standing.most)
            standing.delete()
        return None
    if not reason:
        raise LimitNotReasoned(_("Skriv, hvorfor enheden har sit eget tal."))
    before = None if standing is None else standing.most
    if standing is None:
        standing = WorkLimit(organisation_id=actor.organisation_id, unit=unit)
    else:
        standing.version += 1
    standing.most, standing.reason = most, reason
    standing.save()
    record(actor, "portfolio.set_work_limit", unit, before=before, after=most, reason=reason)
    return standing


class LimitNotReasoned(Fault):
    """A number of one's own has a reason."""


@transaction.atomic
def agree_cooperation(*, actor: Actor, fields: CooperationFields) -> Cooperation:
    """Register that a shortage is met together with somebody.

    Raises NotAllowed, UnknownRole, CooperationNotWhole.
    """
    _may_cooperate(actor)
    values = _sound(fields)
    made = Cooperation.objects.create(organisation_id=actor.organisation_id, **values)
    record(actor, "portfolio.agree_cooperation", made, partner=made.partner, role=made.role)
    return made


@transaction.atomic
def change_cooperation(
    *, actor: Actor, cooperation_id: int, version: int, fields: CooperationFields
) -> Cooperation:
    """Change a cooperation that is not over. Raises ChangedMeanwhile and as above."""
    found = _held(actor, cooperation_id)
    values = _sound(fields)
    changes = {name: value for name, value in values.items() if getattr(found, name) != value}
    check_version(found, version, changes)
    if changes:
        before = {name: getattr(found, name) for name in changes}
        _change(found, changes)
        record(actor, "portfolio.change_cooperation", found, before=before, after=changes)
    return found


@transaction.atomic
def end_cooperation(
    *, actor: Actor, cooperation_id: int, version: int, kept: bool, outcome: str
) -> Cooperation:
    """Say how a cooperation went: in place, or given up. Raises CooperationIsOver and as above."""
    found = _held(actor, cooperation_id)
    check_version(found, version, {})
    outcome = " ".join(outcome.split())[:300]
    if not outcome:
        raise CooperationNotWhole(_("Skriv med én sætning, hvordan det gik."))
    day = today()
    _change(found, {"kept_on" if kept else "dropped_on": day, "outcome": outcome})
    verb = "portfolio.keep_cooperation" if kept else "portfolio.drop_cooperation"
    record(actor, verb, found, partner=found.partner, outcome=outcome)
    return found


def _may_cooperate(actor: Actor) -> None:
    if not allowed_somewhere(actor, KEEP_CAPACITY):
        require(actor, KEEP_CAPACITY)


def _held(actor: Actor, cooperation_id: int) -> Cooperation:
    found = capacity.cooperation_of(actor, cooperation_id)
    if not (allowed(actor, KEEP_CAPACITY) or found.owner_id == actor.person_id):
        _may_cooperate(actor)
    held = Cooperation.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if held.kept_on or held.dropped_on:
        raise CooperationIsOver(_("Samarbejdet er afsluttet og bliver stående, som det endte."))
    return held


def _change(found: Cooperation, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        setattr(found, name, value)
    found.version += 1
    found.save(update_fields=[*changes, "version", "changed_at"])


def _sound(fields: CooperationFields) -> dict[str, Any]:
    _known(fields["role"])
    values: dict[str, Any] = {
        **fields,
        "quarter": quarter_of(fields["quarter"]),
        "partner": " ".join(fields["partner"].split())[:160],
        "about": " ".join(fields["about"].split())[:300],
    }
    if not values["partner"] or not values["about"]:
        raise CooperationNotWhole(_("Skriv, hvem I er sammen med, og hvad I deler."))
    return values


def _known(role: str) -> None:
    if role not in content.scarce_roles():
        raise UnknownRole(_("Rollen findes ikke. Vælg en fra listen."))
