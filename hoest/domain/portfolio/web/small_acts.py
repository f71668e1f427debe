"""The small acts on an initiative: next phase, how many use it, the old way closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hoest.domain.portfolio import actions, queries
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES
from hoest.domain.portfolio.rules import LeadWord, Phase
from hoest.domain.portfolio.rules.capacity import WORKING_PHASES
from hoest.domain.portfolio.web.capacity.hours import warning_words
from hoest.domain.portfolio.web.forms import AdoptionForm, CloseOldWayForm, PhaseForm, StatusForm
from hoest.domain.portfolio.web.words import predicate
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.clock import today
from hoest.foundation.forms.posting import carried_out, posted_version
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address

Write = Callable[[dict[str, Any]], str]


@require_http_methods(["GET", "POST"])
def phase(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Move an initiative to its next phase."""
    actor, found = _changeable(request, initiative_id)

    def write(cleaned: dict[str, Any]) -> str:
        moved = actions.change_phase(
            actor=actor,
            initiative_id=found.pk,
            version=posted_version(request),
            phase=Phase(cleaned["phase"]),
            reason=cleaned["reason"],
            decided_by=cleaned.get("decided_by"),
        )
        label = content.label("phase", moved.phase).lower()
        return _("Initiativet er nu i fasen %(phase)s.") % {"phase": label}

    missing = queries.hindrances_of(found)
    form = PhaseForm(
        request.POST or None,
        before=Phase(found.phase),
        furthest=queries.furthest_phase(found),
        actor=actor,
        missing=actions.missing_in_words(missing) if missing else "",
    )
    if found.phase not in WORKING_PHASES:
        form.room = warning_words(actor.organisation_id, found.unit_id, found.pk)
    return _page(request, found, form, write, _("Skift fase"))


@require_http_methods(["GET", "POST"])
def adoption(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Record how many use the new way."""
    actor, found = _changeable(request, initiative_id)
    if request.method == "GET" and queries.implementation_of(found) is not None:
        return redirect("portfolio:rollouts", found.pk)

    def write(cleaned: dict[str, Any]) -> str:
        actions.record_adoption(
            actor=actor,
            initiative_id=found.pk,
            version=posted_version(request),
            share=cleaned["share"],
            on=cleaned["on"],
        )
        return _("Ibrugtagningen er gemt.")

    form = AdoptionForm(request.POST or None, initial={"on": today()})
    return _page(request, found, form, write, _("Oplys, hvor mange der bruger det"))


@require_http_methods(["GET", "POST"])
def close_old_way(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Record that the old way is closed."""
    actor, found = _changeable(request, initiative_id)
    if request.method == "GET" and queries.implementation_of(found) is not None:
        return redirect("portfolio:rollouts", found.pk)

    def write(cleaned: dict[str, Any]) -> str:
        actions.close_old_way(
            actor=actor,
            initiative_id=found.pk,
            version=posted_version(request),
            closed_on=cleaned["closed_on"],
        )
        return _("Den gamle arbejdsgang er lukket.")

    form = CloseOldWayForm(request.POST or None, initial={"closed_on": today()})
    return _page(request, found, form, write, _("Luk den gamle arbejdsgang"))


@require_http_methods(["GET", "POST"])
def say_status(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Say how the initiative goes, in one word and one sentence."""
    actor, found = _changeable(request, initiative_id)

    def write(cleaned: dict[str, Any]) -> str:
        actions.say_status(
            actor=actor,
            initiative_id=found.pk,
            version=posted_version(request),
            word=LeadWord(cleaned["word"]),
            sentence=cleaned["sentence"],
        )
        return _("Din status er gemt.")

    form = StatusForm(request.POST or None)
    return _page(request, found, form, write, _("Skriv status"))


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Confirm that what stands is still so."""
    actor, found = _changeable(request, initiative_id)

    def write(cleaned: dict[str, Any]) -> str:
        actions.confirm_status(actor=actor, initiative_id=found.pk, version=posted_version(request))
        return _("Tak. Det er noteret, at det stadig passer.")

    form = forms.Form(request.POST or None)
    return _page(request, found, form, write, _("Passer det stadig?"))


def _changeable(request: HttpRequest, initiative_id: int) -> tuple[Actor, Initiative]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.initiative_of(actor, initiative_id)
    require(actor, CHANGE_INITIATIVES, found.unit_id)
    return actor, found


def _page(
    request: HttpRequest, found: Initiative, form: forms.Form, write: Write, title: str
) -> HttpResponse:
    """Show the form, or write and return where one came from; a fault stands on the form."""
    leave_url = back_address(request, reverse("portfolio:initiative", args=[found.pk]))
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect(leave_url)
    context = {
        "initiative": found,
        "form": form,
        "title": title,
        "leave_url": leave_url,
        "predicate": predicate(found),
        "agreed_share": queries.agreed_share(found),
        "version": posted_version(request) or found.version,
    }
    return render(request, "portfolio/act.html", context, status=422 if form.errors else 200)
