"""Pages of the municipality and its units."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hoest.domain.organisations import actions, queries
from hoest.domain.organisations.models import Unit
from hoest.domain.organisations.permissions import (
    CHANGE_UNITS,
    VIEW_ACTS,
    VIEW_ORGANISATION,
    VIEW_PEOPLE,
)
from hoest.domain.organisations.web.forms import MoveForm, RenameForm, UnitForm
from hoest.domain.organisations.web.requests import acted, actor_in, version_in
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.ui.messages import tell

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show the units as a tree, and the committees."""
    actor = actor_in(request)
    if not allowed_somewhere(actor, VIEW_ORGANISATION):
        require(actor, VIEW_ORGANISATION)
    with_closed = request.GET.get("nedlagte") == "1"
    bodies = queries.bodies_of(actor) if with_closed else queries.open_bodies_of(actor)
    return render(
        request,
        "organisations/overview.html",
        {
            "lines": queries.unit_lines(actor, closed=with_closed),
            "bodies": bodies,
            "with_closed": with_closed,
            "may_change": allowed(actor, CHANGE_UNITS),
            "may_see_people": allowed_somewhere(actor, VIEW_PEOPLE),
            "may_see_log": allowed_somewhere(actor, VIEW_ACTS),
            "people": queries.people_of(actor).count(),
        },
    )


@require_safe
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one unit: where it lies, what lies below, who works there, and what others add."""
    actor = actor_in(request)
    found = queries.unit_of(actor, pk)
    people = queries.people_of(actor).filter(unit=found)
    return render(
        request,
        "organisations/unit.html",
        {
            "unit": found,
            "above": queries.path_of(found),
            "lines": queries.unit_lines(actor, under=found, closed=True),
            "people": people if allowed_somewhere(actor, VIEW_PEOPLE) else None,
            "may_change": allowed(actor, CHANGE_UNITS),
        },
    )


@get_or_post
def add(request: HttpRequest) -> HttpResponse:
    """Add a unit."""
    actor = actor_in(request)
    require(actor, CHANGE_UNITS)
    under = request.GET.get("under", "")
    parent = queries.unit_of(actor, int(under)) if under.isascii() and under.isdigit() else None
    kind = "section" if parent else "department"
    form = UnitForm(actor, request.POST or None, initial={"parent": parent, "kind": kind})
    if request.method == "POST":
        made = acted(form, lambda facts: actions.add_unit(actor=actor, **facts))
        if made:
            tell(request, _("%(name)s er oprettet.") % {"name": made.name})
            return redirect("organisations:unit", pk=made.pk)
    return _form(request, form, None, _("Opret en enhed"), _("Opret enheden"))


@get_or_post
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a unit another name."""
    actor = actor_in(request)
    found = queries.unit_of(actor, pk)
    require(actor, CHANGE_UNITS)
    form = RenameForm(request.POST or None, initial={"name": found.name, "version": found.version})
    if request.method == "POST":
        done = acted(form, lambda facts: actions.rename_unit(actor=actor, unit=found, **facts))
        if done:
            tell(request, _("Enheden hedder nu %(name)s.") % {"name": done.name})
            return redirect("organisations:unit", pk=pk)
    return _form(request, form, found, _("Omdøb %(name)s") % {"name": found.name}, _("Gem navnet"))


@get_or_post
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a unit with all below it."""
    actor = actor_in(request)
    found = queries.unit_of(actor, pk)
    require(actor, CHANGE_UNITS)
    below = queries.UnitTree.of(actor.organisation_id).below(pk)
    form = MoveForm(
        actor,
        below,
        request.POST or None,
        initial={"parent": found.parent, "kind": found.kind, "version": found.version},
    )
    if request.method == "POST":
        done = acted(form, lambda facts: actions.move_unit(actor=actor, unit=found, **facts))
        if done:
            tell(request, _("%(name)s er flyttet.") % {"name": done.name})
            return redirect("organisations:unit", pk=pk)
    return _form(request, form, found, _("Flyt %(name)s") % {"name": found.name}, _("Flyt enheden"))


@get_or_post
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then close a unit."""
    actor = actor_in(request)
    found = queries.unit_of(actor, pk)
    require(actor, CHANGE_UNITS)
    if request.method == "POST":
        actions.close_unit(actor=actor, unit=found, version=version_in(request))
        tell(request, _("%(name)s er nedlagt.") % {"name": found.name})
        return redirect("organisations:unit", pk=pk)
    return render(
        request, "organisations/close.html", {"thing": found, "back": "organisations:unit"}
    )


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed unit again."""
    actor = actor_in(request)
    found = queries.unit_of(actor, pk)
    actions.reopen_unit(actor=actor, unit=found, version=version_in(request))
    tell(request, _("%(name)s er åbnet igen.") % {"name": found.name})
    return redirect("organisations:unit", pk=pk)


def _form(
    request: HttpRequest, form: object, unit: Unit | None, point: str, button: str
) -> HttpResponse:
    status = 422 if getattr(form, "errors", None) else 200
    facts = {"form": form, "unit": unit, "point": point, "button": button}
    return render(request, "organisations/unit_form.html", facts, status=status)
