"""Writes of core tasks: write one down, change it, take it out of use and into use again."""

from __future__ import annotations

from typing import Any, TypedDict

from django.db import connection, transaction
from django.utils.translation import gettext as _

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.models import CoreTask
from hoest.domain.portfolio.permissions import KEEP_CORE_TASKS
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import today
from hoest.foundation.faults import Fault
from hoest.foundation.forms.versions import check_version


class CoreTaskFields(TypedDict):
    """What a person writes about a core task; `unit` is a row or None."""

    name: str
    citizens_notice: str
    unit: Any


class CoreTaskNameTaken(Fault):
    """The municipality has a core task of that name already."""


class CoreTaskNotWhole(Fault):
    """A core task has a name and says what citizens shall notice."""


@transaction.atomic
def create_core_task(*, actor: Actor, fields: CoreTaskFields) -> CoreTask:
    """Write a core task down. Raises NotAllowed, CoreTaskNotWhole, CoreTaskNameTaken."""
    require(actor, KEEP_CORE_TASKS)
    values = _sound(fields)
    _refuse_name(actor, values["name"])
    made = CoreTask.objects.create(organisation_id=actor.organisation_id, **values)
    record(actor, "portfolio.create_core_task", made, name=made.name)
    return made


@transaction.atomic
def change_core_task(
    *, actor: Actor, core_task_id: int, version: int, fields: CoreTaskFields
) -> CoreTask:
    """Change a core task. Raises ChangedMeanwhile, and as `create_core_task`."""
    task = _held(actor, core_task_id)
    values = _sound(fields)
    changes = {name: value for name, value in values.items() if getattr(task, name) != value}
    check_version(task, version, changes)
    if not changes:
        return task
    if "name" in changes:
        _refuse_name(actor, values["name"], but=task.pk)
    before = {name: getattr(task, name) for name in changes}
    _change(task, **changes)
    record(actor, "portfolio.change_core_task", task, before=before, after=changes)
    return task


@transaction.atomic
def retire_core_task(*, actor: Actor, core_task_id: int, version: int) -> CoreTask:
    """Take a core task out of use; what points at it then stands among those without one."""
    task = _held(actor, core_task_id)
    check_version(task, version, {})
    if task.retired_on is None:
        _change(task, retired_on=today())
        record(actor, "portfolio.retire_core_task", task, name=task.name)
    return task


@transaction.atomic
def resume_core_task(*, actor: Actor, core_task_id: int, version: int) -> CoreTask:
    """Take a core task into use again, with everything that pointed at it."""
    task = _held(actor, core_task_id)
    check_version(task, version, {})
    if task.retired_on is not None:
        _change(task, retired_on=None)
        record(actor, "portfolio.resume_core_task", task, name=task.name)
    return task


def _held(actor: Actor, core_task_id: int) -> CoreTask:
    """Return a core task locked for change. Raises NotFound, then NotAllowed."""
    found = queries.core_task_of(actor, core_task_id)
    require(actor, KEEP_CORE_TASKS)
    return CoreTask.objects.select_for_update().get(pk=found.pk)


def _change(task: CoreTask, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(task, name, value)
    task.version += 1
    task.save(update_fields=[*changes, "version", "changed_at"])


def _sound(fields: CoreTaskFields) -> dict[str, Any]:
    """Return the fields without outer spaces. Raises CoreTaskNotWhole."""
    values: dict[str, Any] = {
        "name": " ".join(fields["name"].split()),
        "citizens_notice": " ".join(fields["citizens_notice"].split()),
        "unit": fields["unit"],
    }
    if not values["name"]:
        raise CoreTaskNotWhole(_("Skriv, hvad kerneopgaven hedder."))
    if not values["citizens_notice"]:
        raise CoreTaskNotWhole(_("Skriv, hvad borgerne skal mærke."))
    return values


def _refuse_name(actor: Actor, name: str, but: int = 0) -> None:
    """Refuse a name that is taken, one writer of names at a time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('portfolio.core_tasks'), %s)",
            [actor.organisation_id],
        )
    taken = CoreTask.objects.filter(organisation_id=actor.organisation_id, name=name)
    if taken.exclude(pk=but).exists():
        raise CoreTaskNameTaken(
            _("Kommunen har allerede en kerneopgave med det navn. Giv den et andet.")
        )
