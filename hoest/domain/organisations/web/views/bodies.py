"""Pages of committees and boards."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hoest.domain.organisations import actions, queries
from hoest.domain.organisations.models import Body
from hoest.domain.organisations.permissions import CHANGE_UNITS
from hoest.domain.organisations.web.forms import BodyForm, facts_of_body
from hoest.domain.organisations.web.requests import acted, actor_in, version_in
from hoest.foundation.access.permissions import allowed, require
from hoest.ui.messages import tell

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one committee and what others add about it."""
    actor = actor_in(request)
    found = queries.body_of(actor, pk)
    facts = {"body": found, "may_change": allowed(actor, CHANGE_UNITS)}
    return render(request, "organisations/body.html", facts)


@get_or_post
def add(request: HttpRequest) -> HttpResponse:
    """Add a committee."""
    actor = actor_in(request)
    require(actor, CHANGE_UNITS)
    form = BodyForm(request.POST or None, initial={"kind": "committee"})
    if request.method == "POST":
        made = acted(
            form,
            lambda facts: actions.add_body(actor=actor, name=facts["name"], kind=facts["kind"]),
        )
        if made:
            tell(request, _("%(name)s er oprettet.") % {"name": made.name})
            return redirect("organisations:body", pk=made.pk)
    return _form(request, form, None, _("Opret et udvalg"), _("Opret udvalget"))


@get_or_post
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a committee another name or kind."""
    actor = actor_in(request)
    found = queries.body_of(actor, pk)
    require(actor, CHANGE_UNITS)
    form = BodyForm(request.POST or None, initial=facts_of_body(found))
    if request.method == "POST":
        done = acted(
            form,
            lambda facts: actions.change_body(
                actor=actor,
                body=found,
                name=facts["name"],
                kind=facts["kind"],
                version=facts["version"] or 0,
            ),
        )
        if done:
            tell(request, _("%(name)s er rettet.") % {"name": done.name})
            return redirect("organisations:body", pk=pk)
    return _form(request, form, found, _("Ret %(name)s") % {"name": found.name}, _("Gem udvalget"))


@get_or_post
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then close a committee."""
    actor = actor_in(request)
    found = queries.body_of(actor, pk)
    require(actor, CHANGE_UNITS)
    if request.method == "POST":
        actions.close_body(actor=actor, body=found, version=version_in(request))
        tell(request, _("%(name)s er nedlagt.") % {"name": found.name})
        return redirect("organisations:body", pk=pk)
    return render(
        request, "organisations/close.html", {"thing": found, "back": "organisations:body"}
    )


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed committee again."""
    actor = actor_in(request)
    found = queries.body_of(actor, pk)
    actions.reopen_body(actor=actor, body=found, version=version_in(request))
    tell(request, _("%(name)s er åbnet igen.") % {"name": found.name})
    return redirect("organisations:body", pk=pk)


def _form(
    request: HttpRequest, form: BodyForm, body: Body | None, point: str, button: str
) -> HttpResponse:
    status = 422 if form.errors else 200
    facts = {"form": form, "body": body, "point": point, "button": button}
    return render(request, "organisations/body_form.html", facts, status=status)
