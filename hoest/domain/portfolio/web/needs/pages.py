"""The pages of one need, and its small acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hoest.domain.organisations.queries import herself
from hoest.domain.portfolio.actions import needs as actions
from hoest.domain.portfolio.models import Idea, Initiative, Need
from hoest.domain.portfolio.permissions import WRITE_NEEDS
from hoest.domain.portfolio.queries import needs as queries
from hoest.domain.portfolio.queries.ideas import idea_of
from hoest.domain.portfolio.queries.initiatives import initiative_of
from hoest.domain.portfolio.rules.needs import NeedStanding, TestOutcome
from hoest.domain.portfolio.web.needs.forms import NeedForm, TestForm, TieForm
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.clock import today
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.ui.messages import tell

Write = Callable[[dict[str, Any]], str]


@require_safe
def need(request: HttpRequest, need_id: int) -> HttpResponse:
    """Show a need: how well we know it, its tests and what it belongs to."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.need_of(actor, need_id)
    ideas, initiatives = queries.tied_to(actor, found)
    standing = queries.standing_of(found)
    facts = {
        "need": found,
        "standing": content.label("need_standing", standing),
        "is_untested": standing is NeedStanding.UNTESTED,
        "about": content.explanation("need_standing", standing),
        "tests": list(found.tests.all()),
        "ideas": ideas,
        "initiatives": initiatives,
        "may_write": allowed(actor, WRITE_NEEDS, found.unit_id),
    }
    return render(request, "needs/need.html", facts)


@require_http_methods(["GET", "POST"])
def state(request: HttpRequest) -> HttpResponse:
    """Write a need down; `?ide=` or `?initiativ=` says what it belongs to."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, WRITE_NEEDS):
        require(actor, WRITE_NEEDS)
    idea, initiative = _belongs_to(request, actor)
    first: dict[str, Any] = {}
    if idea is not None:
        first = {"unit": idea.unit_id}
    elif initiative is not None:
        first = {"unit": initiative.unit_id}
    else:
        person = herself(actor)
        first = {"unit": person.unit_id} if person else {}
    form = NeedForm(posted(request), initial=first, actor=actor)
    made: list[Need] = []

    def write(cleaned: dict[str, Any]) -> str:
        made.append(
            actions.state_need(
                actor=actor,
                fields=cleaned,  # type: ignore[arg-type]
                idea=idea,
                initiative=initiative,
            )
        )
        return _("Behovet er skrevet ned.")

    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect("needs:need", made[0].pk)
    thing = idea or initiative
    note = _("Behovet knyttes til »%(title)s«.") % {"title": thing.title} if thing else ""
    return _form(request, None, form, _("Skriv et behov ned"), _("Gem behovet"), note)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, need_id: int) -> HttpResponse:
    """Change a need."""
    actor, found = _writable(request, need_id)

    def write(cleaned: dict[str, Any]) -> str:
        actions.change_need(
            actor=actor,
            need_id=found.pk,
            version=posted_version(request),
            fields=cleaned,  # type: ignore[arg-type]
        )
        return _("Rettelserne er gemt.")

    standing = {name: getattr(found, name) for name in ("statement", "evidence", "evidence_told")}
    form = NeedForm(posted(request), initial={**standing, "unit": found.unit_id}, actor=actor)
    return _act(request, found, form, write, _("Ret behovet"), _("Gem rettelserne"))


@require_http_methods(["GET", "POST"])
def test(request: HttpRequest, need_id: int) -> HttpResponse:
    """Register what was tried to test a need."""
    actor, found = _writable(request, need_id)

    def write(cleaned: dict[str, Any]) -> str:
        actions.test_need(
            actor=actor,
            need_id=found.pk,
            tried=cleaned["tried"],
            outcome=TestOutcome(cleaned["outcome"]),
            result=cleaned["result"],
            on=cleaned["on"],
        )
        return _("Afprøvningen er gemt.")

    form = TestForm(posted(request), initial={"on": today()})
    return _act(request, found, form, write, _("Registrér en afprøvning"), _("Gem afprøvningen"))


test.__test__ = False  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def tie(request: HttpRequest, need_id: int) -> HttpResponse:
    """Tie a need to an initiative or an idea."""
    actor, found = _writable(request, need_id)

    def write(cleaned: dict[str, Any]) -> str:
        actions.tie_need(
            actor=actor,
            need_id=found.pk,
            idea=cleaned["idea"],
            initiative=cleaned["initiative"],
        )
        return _("Behovet er knyttet til.")

    form = TieForm(posted(request), actor=actor)
    return _act(request, found, form, write, _("Knyt behovet til"), _("Knyt det til"))


def _belongs_to(request: HttpRequest, actor: Actor) -> tuple[Idea | None, Initiative | None]:
    idea, initiative = request.GET.get("ide", ""), request.GET.get("initiativ", "")
    if idea.isascii() and idea.isdigit() and len(idea) < 10:
        return idea_of(actor, int(idea)), None
    if initiative.isascii() and initiative.isdigit() and len(initiative) < 10:
        return None, initiative_of(actor, int(initiative))
    return None, None


def _writable(request: HttpRequest, need_id: int) -> tuple[Actor, Need]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.need_of(actor, need_id)
    require(actor, WRITE_NEEDS, found.unit_id)
    return actor, found


def _act(
    request: HttpRequest, found: Need, form: forms.Form, write: Write, title: str, button: str
) -> HttpResponse:
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect("needs:need", found.pk)
    return _form(request, found, form, title, button, "")


def _form(
    request: HttpRequest,
    found: Need | None,
    form: forms.Form,
    title: str,
    button: str,
    note: str,
) -> HttpResponse:
    leave = reverse("needs:need", args=[found.pk]) if found else reverse("needs:needs")
    facts = {
        "thing": found.statement if found else "",
        "thing_url": leave,
        "list_url": reverse("needs:needs"),
        "list_label": _("Behov"),
        "told": found.statement if found else "",
        "note": note,
        "form": form,
        "title": title,
        "button": button,
        "leave_url": leave,
        "version": posted_version(request) or (found.version if found else 0),
    }
    return render(request, "ideas/act.html", facts, status=422 if form.errors else 200)
