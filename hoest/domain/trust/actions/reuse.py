"""Writes of reuse: the decision with what was looked at, and the plan for where it goes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any, TypedDict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hoest.domain.portfolio import queries as portfolio
from hoest.domain.trust.models import ReuseCheck, ScalingStep
from hoest.domain.trust.permissions import CHECK_REUSE
from hoest.domain.trust.queries.candidates import candidates_for
from hoest.domain.trust.queries.reuse import step_of
from hoest.domain.trust.rules.faults import NameIsTaken, NoReason, NotWhole
from hoest.domain.trust.rules.reuse import Choice
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.forms.versions import check_version


@transaction.atomic
def decide_reuse(
    *, actor: Actor, initiative_id: int, choice: str, reason: str, chosen: Collection[str]
) -> ReuseCheck:
    """Write down what was decided about reuse, with the candidates as they stood.

    `chosen` are keys of candidates. Raises NotAllowed, NoReason, NotWhole.
    """
    initiative = portfolio.initiative_of(actor, initiative_id)
    require(actor, CHECK_REUSE, initiative.unit_id)
    clean = " ".join(reason.split())
    if not clean:
        raise NoReason(_("Skriv, hvorfor I har besluttet det."))
    found = candidates_for(actor, initiative)
    known = [one.key for one in found]
    kept = [key for key in known if key in chosen]
    if choice in (Choice.REUSE, Choice.ADAPT) and not kept:
        raise NotWhole(_("Vælg det, I genbruger eller tilpasser, på listen."))
    made = ReuseCheck.objects.create(
        organisation_id=actor.organisation_id,
        initiative=initiative,
        phase=initiative.phase,
        choice=choice,
        reason=clean[:600],
        candidates=[one.kept for one in found],
        chosen=kept if choice != Choice.NEW else [],
        decided_by_name=actor.name[:200],
    )
    record(actor, "trust.decide_reuse", initiative, choice=choice, reason=clean, of=len(found))
    return made


class StepFields(TypedDict):
    """Where a solution goes next."""

    place: str
    on: dt.date
    owner: Any
    note: str
    done_on: dt.date | None


@transaction.atomic
def plan_scaling(*, actor: Actor, initiative_id: int, fields: StepFields) -> ScalingStep:
    """Write down where a solution goes next. Raises NotAllowed, NotWhole, NameIsTaken."""
    initiative = portfolio.initiative_of(actor, initiative_id)
    require(actor, CHECK_REUSE, initiative.unit_id)
    try:
        with transaction.atomic():
            made = ScalingStep.objects.create(
                organisation_id=actor.organisation_id, initiative=initiative, **_sound(fields)
            )
    except IntegrityError as twice:
        raise NameIsTaken(_("Det sted står der allerede i planen.")) from twice
    record(actor, "trust.plan_scaling", initiative, place=made.place, on=made.on)
    return made


@transaction.atomic
def change_scaling(*, actor: Actor, step_id: int, version: int, fields: StepFields) -> ScalingStep:
    """Change a step, or say that it is reached. Raises NotAllowed, ChangedMeanwhile."""
    found = step_of(actor, step_id)
    require(actor, CHECK_REUSE, found.initiative.unit_id)
    held = ScalingStep.objects.select_for_update(of=("self",)).get(pk=found.pk)
    values = _sound(fields)
    check_version(held, version, values)
    for name, value in values.items():
        setattr(held, name, value)
    held.version += 1
    try:
        with transaction.atomic():
            held.save()
    except IntegrityError as twice:
        raise NameIsTaken(_("Det sted står der allerede i planen.")) from twice
    record(actor, "trust.change_scaling", found.initiative, place=held.place, done=held.done_on)
    return held


@transaction.atomic
def drop_scaling(*, actor: Actor, step_id: int) -> ScalingStep:
    """Take a step out of the plan; the log keeps it. Raises NotAllowed, NotFound."""
    found = step_of(actor, step_id)
    require(actor, CHECK_REUSE, found.initiative.unit_id)
    record(actor, "trust.drop_scaling", found.initiative, place=found.place, on=found.on)
    found.delete()
    return found


def _sound(fields: StepFields) -> dict[str, Any]:
    values = dict(fields)
    for name in ("place", "note"):
        values[name] = " ".join(str(values[name]).split())
    if not values["place"]:
        raise NotWhole(_("Skriv, hvor løsningen skal hen."))
    return values
