"""Writes of lessons: write one down, change it, share it and withdraw what was shared."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.portfolio.models import Lesson, SharedLesson
from hoest.domain.portfolio.permissions import SHARE_LESSONS, WRITE_LESSONS
from hoest.domain.portfolio.queries.lessons import copy_of, lesson_of
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import today
from hoest.foundation.faults import Fault
from hoest.foundation.forms.versions import check_version

TEXTS = ("title", "promised", "came", "why", "again")


class LessonFields(TypedDict, total=False):
    """What a person writes about what was learnt; `initiative` is a row or None."""

    title: str
    promised: str
    came: str
    why: str
    again: str
    initiative: Any
    learnt_on: dt.date


class LessonIsFromTheFuture(Fault):
    """Nothing is learnt on a day that has not come."""


@transaction.atomic
def write_lesson(*, actor: Actor, fields: LessonFields) -> Lesson:
    """Write a lesson down. Raises NotAllowed in the initiative's unit, LessonIsFromTheFuture."""
    _require_writer(actor, fields.get("initiative"))
    _refuse_future(fields["learnt_on"])
    made = Lesson.objects.create(
        organisation_id=actor.organisation_id, written_by_name=actor.name[:160], **fields
    )
    record(actor, "portfolio.write_lesson", made, title=made.title)
    return made


@transaction.atomic
def change_lesson(*, actor: Actor, lesson_id: int, version: int, fields: LessonFields) -> Lesson:
    """Change a lesson; what was shared stays as it was until it is shared anew."""
    held = _held(actor, lesson_id)
    _require_writer(actor, held.initiative)
    changes = {name: value for name, value in fields.items() if getattr(held, name) != value}
    check_version(held, version, changes)
    if not changes:
        return held
    _require_writer(actor, changes.get("initiative"))
    _refuse_future(fields["learnt_on"])
    before = {name: getattr(held, name) for name in changes}
    for name, value in changes.items():
        setattr(held, name, value)
    held.version += 1
    held.save(update_fields=[*changes, "version", "changed_at"])
    record(actor, "portfolio.change_lesson", held, before=before, after=changes)
    return held


@transaction.atomic
def share_lesson(*, actor: Actor, lesson_id: int, version: int) -> SharedLesson:
    """Share a lesson with all municipalities as it stands now; a former copy is replaced."""
    held = _held(actor, lesson_id)
    require(actor, SHARE_LESSONS)
    check_version(held, version, {})
    values = {
        **{name: getattr(held, name) for name in TEXTS},
        "learnt_on": held.learnt_on,
        "municipality_name": actor.organisation_name[:160],
        "shared_on": today(),
        "shared_by_name": actor.name[:160],
    }
    copy, _made = SharedLesson.objects.update_or_create(
        organisation_id=actor.organisation_id, lesson=held, defaults=values
    )
    record(actor, "portfolio.share_lesson", held, title=held.title)
    return copy


@transaction.atomic
def withdraw_lesson(*, actor: Actor, lesson_id: int, version: int) -> Lesson:
    """Take back what was shared: the others cannot read it any more."""
    held = _held(actor, lesson_id)
    require(actor, SHARE_LESSONS)
    check_version(held, version, {})
    copy = copy_of(held)
    if copy is not None:
        copy.delete()
        record(actor, "portfolio.withdraw_lesson", held, title=held.title)
    return held


def _held(actor: Actor, lesson_id: int) -> Lesson:
    found = lesson_of(actor, lesson_id)
    if not allowed_somewhere(actor, WRITE_LESSONS):
        require(actor, WRITE_LESSONS)
    Lesson.objects.select_for_update().only("id").get(pk=found.pk)
    found.refresh_from_db()
    return found


def _require_writer(actor: Actor, initiative: Any) -> None:
    if initiative is not None:
        require(actor, WRITE_LESSONS, initiative.unit_id)
    elif not allowed_somewhere(actor, WRITE_LESSONS):
        require(actor, WRITE_LESSONS)


def _refuse_future(day: dt.date) -> None:
    if day > today():
        raise LessonIsFromTheFuture(_("Datoen ligger ude i fremtiden. Skriv den dag, det var."))
