"""Who is asked for a lesson: whoever led an initiative that has ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.portfolio.permissions import WRITE_LESSONS
from hoest.domain.portfolio.queries.lessons import ended_without_lesson
from hoest.foundation import asks, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere


def register() -> None:
    """Let Min uge ask for lessons."""
    asks.register("lesson", lessons_to_write)


def lessons_to_write(actor: Actor, today: dt.date) -> Iterable[asks.Ask]:
    """Ask the lead of what has ended, for as long as anybody remembers it. One query."""
    if not allowed_somewhere(actor, WRITE_LESSONS):
        return
    since = today - dt.timedelta(weeks=content.limit("lesson_asked_weeks"))
    rows = ended_without_lesson(actor).filter(changed_at__date__gte=since)
    for one in rows.order_by("-changed_at", "pk")[:3]:
        yield asks.Ask(
            kind="lesson",
            subject_id=one.pk,
            title=_("Skriv ned, hvad I lærte"),
            reason=_("%(title)s er slut, og ingen har skrevet en erfaring ned.")
            % {"title": one.title},
            act_url=f"{reverse('lessons:write')}?initiativ={one.pk}",
            act_label=_("Skriv erfaringen"),
            subject_url=reverse("portfolio:initiative", args=[one.pk]),
            because=_("Du leder initiativet."),
            why=(_("Det, der blev lovet, og det, der kom, står der allerede."),),
            is_quick=True,
        )
