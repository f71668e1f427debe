"""Reads of lessons, of what others have shared, and of what an initiative promised and gave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from hoest.domain.portfolio.models import Initiative, Lesson, SharedLesson
from hoest.domain.portfolio.permissions import VIEW_INITIATIVES
from hoest.domain.portfolio.queries.initiatives import visible_to
from hoest.domain.portfolio.rules import Phase
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.faults import NotFound


@dataclass(frozen=True)
class Told:
    """One fact of an initiative's past: what was promised, what came, and where it stands."""

    promised: str
    came: str
    url: str


Teller = Callable[[Actor, int], list[Told]]
_tellers: list[Teller] = []


def tell_of_promises(teller: Teller) -> None:
    """Let a higher subject tell what an initiative promised and gave. Twice is once."""
    if teller not in _tellers:
        _tellers.append(teller)


def told_of(actor: Actor, initiative_id: int) -> list[Told]:
    """Return what the registered subjects know of an initiative's promises."""
    return [told for teller in _tellers for told in teller(actor, initiative_id)]


def lessons_of(actor: Actor) -> QuerySet[Lesson]:
    """Return the municipality's own lessons with `is_shared`; who sees initiatives sees them."""
    rows = Lesson.objects.filter(organisation_id=actor.organisation_id)
    if not allowed_somewhere(actor, VIEW_INITIATIVES):
        return rows.none()
    copies = SharedLesson.objects.filter(
        organisation_id=actor.organisation_id, lesson_id=OuterRef("pk")
    )
    return rows.annotate(is_shared=Exists(copies))


def lesson_of(actor: Actor, lesson_id: int) -> Lesson:
    """Return one lesson with its initiative. Raises NotFound."""
    found = lessons_of(actor).select_related("initiative").filter(pk=lesson_id).first()
    if found is None:
        raise NotFound("Erfaringen findes ikke, eller du kan ikke se den.")
    return found


def copy_of(lesson: Lesson) -> SharedLesson | None:
    """Return the shared copy of a lesson, None when it is not shared."""
    return SharedLesson.objects.filter(
        organisation_id=lesson.organisation_id, lesson=lesson
    ).first()


def shared_by_others(actor: Actor) -> QuerySet[SharedLesson]:
    """Return what the other municipalities have decided to share."""
    rows = SharedLesson.objects.exclude(organisation_id=actor.organisation_id)
    return rows if allowed_somewhere(actor, VIEW_INITIATIVES) else rows.none()


def shared_url(shared_id: int) -> str:
    """Return where a shared lesson is read.

    Its number stands after the question mark: what stands in the path is always our own.
    """
    return f"{reverse('lessons:shared')}?nr={shared_id}"


def lessons_from(actor: Actor, initiative_id: int) -> QuerySet[Lesson]:
    """Return the lessons of one initiative."""
    return lessons_of(actor).filter(initiative_id=initiative_id)


def ended_without_lesson(actor: Actor) -> QuerySet[Initiative]:
    """Return the initiatives the actor leads that have ended and taught nothing yet."""
    lessons = Lesson.objects.filter(
        organisation_id=actor.organisation_id, initiative_id=OuterRef("pk")
    )
    return visible_to(actor).filter(
        ~Exists(lessons),
        lead_id=actor.person_id,
        phase__in=(Phase.CLOSED.value, Phase.STOPPED.value),
    )
