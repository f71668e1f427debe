"""Reads of core tasks, and of the initiatives that point at one or at none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import F, Func, Q, QuerySet

from hoest.domain.portfolio.models import CoreTask, Initiative
from hoest.domain.portfolio.permissions import VIEW_INITIATIVES
from hoest.domain.portfolio.queries.initiatives import visible_to
from hoest.domain.portfolio.rules import ACTIVE_PHASES
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.faults import NotFound


@dataclass(frozen=True)
class OfCoreTask:
    """A core task with the active initiatives that point at it: id and title, in order."""

    task: CoreTask
    initiatives: Sequence[tuple[int, str]] = field(default_factory=list)


def core_tasks_of(actor: Actor) -> QuerySet[CoreTask]:
    """Return the core tasks; whoever sees initiatives sees what they are for. Danish order."""
    rows = CoreTask.objects.filter(organisation_id=actor.organisation_id)
    if not allowed_somewhere(actor, VIEW_INITIATIVES):
        return rows.none()
    return rows.select_related("unit").order_by(Func(F("name"), function="da_key"), "pk")


def standing_core_tasks(actor: Actor) -> QuerySet[CoreTask]:
    """Return the core tasks that are in use."""
    return core_tasks_of(actor).filter(retired_on__isnull=True)


def core_task_of(actor: Actor, core_task_id: int) -> CoreTask:
    """Return one core task with its unit. Raises NotFound."""
    found = core_tasks_of(actor).filter(pk=core_task_id).first()
    if found is None:
        raise NotFound("Kerneopgaven findes ikke, eller du kan ikke se den.")
    return found


def without_core_task(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """Keep the active initiatives that point at no core task in use."""
    return rows.filter(
        Q(core_task__isnull=True) | Q(core_task__retired_on__isnull=False),
        phase__in=ACTIVE_PHASES,
    )


def by_core_task(actor: Actor) -> tuple[list[OfCoreTask], int, int]:
    """Return (every core task, active initiatives, those of them without one); two queries.

    The initiatives are those the actor may see.
    """
    pointing: dict[int | None, list[tuple[int, str]]] = {}
    rows = visible_to(actor).filter(phase__in=ACTIVE_PHASES)
    ordered = rows.order_by(Func(F("title"), function="da_key"), "pk")
    for pk, title, task_id in ordered.values_list("pk", "title", "core_task_id"):
        pointing.setdefault(task_id, []).append((pk, title))
    found = [OfCoreTask(task, pointing.get(task.pk, [])) for task in core_tasks_of(actor)]
    in_use = sum(len(one.initiatives) for one in found if one.task.retired_on is None)
    active = sum(len(initiatives) for initiatives in pointing.values())
    return found, active, active - in_use
