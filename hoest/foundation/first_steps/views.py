"""The page of one's own first steps, and the small taps on it. Every tap is a form that posts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hoest.foundation.access.actor import Actor
from hoest.foundation.first_steps import actions
from hoest.foundation.first_steps.places import place_of
from hoest.foundation.first_steps.queries import first_steps_for, step_called
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address


@require_safe
def path(request: HttpRequest) -> HttpResponse:
    """Show the five steps of the reader's own role, with what is done."""
    found = first_steps_for(_actor(request), all_places=True)
    return render(request, "first_steps/path.html", {"first_steps": found})


@require_POST
def go(request: HttpRequest, number: int) -> HttpResponse:
    """Go where a step leads; a step that only asks for a look is done by it."""
    actor = _actor(request)
    step = step_called(actor, number)
    if not step.done_by:
        actions.mark_seen(actor=actor, code=step.code)
    return redirect(place_of(actor, step.page, step.own).url)


@require_POST
def seen(request: HttpRequest, number: int) -> HttpResponse:
    """Note that a step has been seen or is passed by, and go back to where the tap was."""
    actor = _actor(request)
    actions.mark_seen(actor=actor, code=step_called(actor, number).code)
    return _back(request)


@require_POST
def put_away(request: HttpRequest) -> HttpResponse:
    """Take the panel off the front page."""
    actions.put_away(actor=_actor(request))
    tell(request, _("Dine første skridt er lagt væk. Du finder dem igen under Hjælp."))
    return _back(request)


@require_POST
def take_up(request: HttpRequest) -> HttpResponse:
    """Put the panel back on the front page."""
    actions.take_up(actor=_actor(request))
    return _back(request)


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Begin from the first step."""
    actions.start_again(actor=_actor(request))
    return redirect("first_steps:path")


@require_POST
def role(request: HttpRequest) -> HttpResponse:
    """Follow the path of another of one's own roles."""
    actions.follow_role(actor=_actor(request), role=request.POST.get("role", ""))
    return redirect("first_steps:path")


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _back(request: HttpRequest) -> HttpResponse:
    """Go back to the page of Høst the tap was on, or to the path."""
    return redirect(back_address(request, reverse("first_steps:path")))
