"""Pages of a lesson: read, write, change, share and withdraw."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.actions import lessons as acts
from hoest.domain.portfolio.models import Lesson
from hoest.domain.portfolio.permissions import SHARE_LESSONS, VIEW_INITIATIVES, WRITE_LESSONS
from hoest.domain.portfolio.queries.lessons import copy_of, lesson_of, shared_by_others, told_of
from hoest.domain.portfolio.web.lessons.forms import LessonForm
from hoest.domain.portfolio.web.small_page import small_page
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.clock import today
from hoest.foundation.faults import NotFound
from hoest.foundation.forms.posting import posted, posted_version
from hoest.ui.messages import tell

LONGEST = 800


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Erfaringer"), reverse("lessons:lessons")), *more]


@require_safe
def lesson(request: HttpRequest, lesson_id: int) -> HttpResponse:
    """Show a lesson, with the facts behind it and whether it is shared."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = lesson_of(actor, lesson_id)
    about = found.initiative_id
    seen = about is not None and queries.visible_to(actor).filter(pk=about).exists()
    copy = copy_of(found)
    differs = copy and any(getattr(copy, name) != getattr(found, name) for name in acts.TEXTS)
    return render(
        request,
        "portfolio/lesson.html",
        {
            "lesson": found,
            "initiative": found.initiative if seen else None,
            "facts": told_of(actor, about) if about is not None and seen else [],
            "copy": copy,
            "copy_differs": differs,
            "may_write": allowed(
                actor, WRITE_LESSONS, found.initiative.unit_id if found.initiative else None
            )
            or (found.initiative is None and allowed_somewhere(actor, WRITE_LESSONS)),
            "may_share": allowed(actor, SHARE_LESSONS),
        },
    )


@require_safe
def shared(request: HttpRequest) -> HttpResponse:
    """Show what another municipality has shared; without a number, the list of it all."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_INITIATIVES):
        require(actor, VIEW_INITIATIVES)
    number = request.GET.get("nr", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return redirect("lessons:others")
    found = shared_by_others(actor).filter(pk=int(number)).first()
    if found is None:
        raise NotFound("Erfaringen findes ikke, eller den er ikke delt længere.")
    return render(request, "portfolio/lesson.html", {"lesson": found, "from_others": True})


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Write a lesson down; from an initiative what is known stands there already."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, WRITE_LESSONS):
        require(actor, WRITE_LESSONS)
    initial: dict[str, Any] = {"learnt_on": today()}
    facts: list[Any] = []
    chosen = request.GET.get("initiativ", "")
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 10:
        initiative = queries.initiative_of(actor, int(chosen))
        facts = told_of(actor, initiative.pk)
        initial |= {
            "title": initiative.title[:160],
            "initiative": initiative.pk,
            "promised": " ".join(one.promised for one in facts)[:LONGEST],
            "came": " ".join(one.came for one in facts)[:LONGEST],
            "why": (queries.stop_reason(initiative) or "")[:LONGEST],
        }

    def carried(cleaned: Any) -> tuple[str, str]:
        made = acts.write_lesson(actor=actor, fields=cleaned)
        said = _("Erfaringen er skrevet ned. Den vises, når noget lignende begynder.")
        return said, reverse("lessons:lesson", args=[made.pk])

    return small_page(
        request,
        LessonForm(posted(request), actor=actor, initial=initial),
        carried,
        title=_("Skriv en erfaring ned"),
        crumbs=_crumbs(),
        leave_url=reverse("lessons:lessons"),
        label=_("Gem erfaringen"),
        lead=_("Fem minutter nu kan spare de næste for den samme omvej."),
        facts=facts,
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, lesson_id: int) -> HttpResponse:
    """Change a lesson."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = lesson_of(actor, lesson_id)
    if not allowed_somewhere(actor, WRITE_LESSONS):
        require(actor, WRITE_LESSONS)
    url = reverse("lessons:lesson", args=[found.pk])

    def carried(cleaned: Any) -> tuple[str, str]:
        acts.change_lesson(
            actor=actor, lesson_id=found.pk, version=posted_version(request), fields=cleaned
        )
        return _("Erfaringen er rettet."), url

    initial = {name: getattr(found, name) for name in LessonForm.base_fields}
    initial["initiative"] = found.initiative_id
    return small_page(
        request,
        LessonForm(posted(request), actor=actor, initial=initial),
        carried,
        title=_("Ret erfaringen"),
        crumbs=_crumbs((found.title, url)),
        leave_url=url,
        label=_("Gem rettelserne"),
        version=found.version,
    )


@require_POST
def share(request: HttpRequest, lesson_id: int) -> HttpResponse:
    """Share a lesson as it stands, or take back what was shared."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found: Lesson = lesson_of(actor, lesson_id)
    version = posted_version(request)
    if "tilbage" in request.POST:
        acts.withdraw_lesson(actor=actor, lesson_id=found.pk, version=version)
        tell(request, _("Erfaringen er ikke delt længere."))
    else:
        acts.share_lesson(actor=actor, lesson_id=found.pk, version=version)
        tell(request, _("Erfaringen er delt, som den står nu."))
    return redirect("lessons:lesson", found.pk)
