"""Pages of people, their roles and invitations."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hoest.domain.organisations import actions, queries
from hoest.domain.organisations.models import Invitation
from hoest.domain.organisations.permissions import CHANGE_PEOPLE, VIEW_PEOPLE
from hoest.domain.organisations.queries.people import state_of
from hoest.domain.organisations.web.forms import (
    InviteForm,
    PersonForm,
    RoleForm,
    facts_of_person,
)
from hoest.domain.organisations.web.requests import acted, actor_in, version_in
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.access.roles import ROLES
from hoest.ui.messages import tell

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _mail_is_kept() -> bool:
    """Tell whether mail is only written to the data folder."""
    return "FolderBackend" in settings.EMAIL_BACKEND


def _address_of(invitation: Invitation | None) -> str:
    """Return the address of an open invitation, to be handed over while no mail is sent."""
    if invitation is None or not _mail_is_kept() or state_of(invitation) != "open":
        return ""
    token = actions.token_of(invitation)
    return settings.PUBLIC_ADDRESS + reverse("organisations:invitation_link", args=[token])


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one person: roles with their sentences, and how she signs in."""
    actor = actor_in(request)
    if not allowed_somewhere(actor, VIEW_PEOPLE):
        require(actor, VIEW_PEOPLE)
    found = queries.person_of(actor, pk)
    invitation = queries.invitation_of(found)
    return render(
        request,
        "organisations/person.html",
        {
            "person": found,
            "assignments": [(one, ROLES[one.role]) for one in queries.assignments_of(found)],
            "invitation": invitation,
            "invitation_state": str(state_of(invitation)) if invitation else "",
            "can_sign_in": found.account_id is not None and found.left_on is None,
            "may_change": allowed(actor, CHANGE_PEOPLE),
            "mail_is_kept": _mail_is_kept(),
            "invitation_url": _address_of(invitation) if allowed(actor, CHANGE_PEOPLE) else "",
        },
    )


@get_or_post
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody."""
    actor = actor_in(request)
    require(actor, CHANGE_PEOPLE)
    form = InviteForm(actor, request.POST or None)
    if request.method == "POST":
        made = acted(form, lambda facts: actions.invite(actor=actor, **facts))
        if made:
            tell(request, _("Invitationen sendes til %(email)s.") % {"email": made.email})
            return redirect("organisations:person", pk=made.person_id)
    status = 422 if form.errors else 200
    facts = {"form": form, "mail_is_kept": _mail_is_kept()}
    return render(request, "organisations/invite.html", facts, status=status)


@get_or_post
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what stands about a person."""
    actor = actor_in(request)
    require(actor, CHANGE_PEOPLE)
    found = queries.person_of(actor, pk)
    form = PersonForm(actor, request.POST or None, initial=facts_of_person(found))
    if request.method == "POST":
        done = acted(form, lambda facts: actions.change_person(actor=actor, person=found, **facts))
        if done:
            tell(request, _("%(name)s er rettet.") % {"name": done.name})
            return redirect("organisations:person", pk=pk)
    status = 422 if form.errors else 200
    return render(
        request, "organisations/person_form.html", {"form": form, "person": found}, status=status
    )


@get_or_post
def give_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a role."""
    actor = actor_in(request)
    require(actor, CHANGE_PEOPLE)
    found = queries.person_of(actor, pk)
    form = RoleForm(actor, request.POST or None)
    if request.method == "POST":
        given = acted(form, lambda facts: actions.give_role(actor=actor, person=found, **facts))
        if given:
            words = {"name": found.name, "role": ROLES[given.role].label}
            tell(request, _("%(name)s har nu rollen %(role)s.") % words)
            return redirect("organisations:person", pk=pk)
    status = 422 if form.errors else 200
    return render(
        request, "organisations/role_form.html", {"form": form, "person": found}, status=status
    )


@require_POST
def take_role(request: HttpRequest, pk: int, role: int) -> HttpResponse:
    """Take a role from a person."""
    actor = actor_in(request)
    require(actor, CHANGE_PEOPLE)
    found = queries.person_of(actor, pk)
    assignment = queries.assignment_of(found, role)
    label = ROLES[assignment.role].label
    actions.take_role(actor=actor, assignment=assignment)
    words = {"name": found.name, "role": label}
    tell(request, _("%(name)s har ikke længere rollen %(role)s.") % words)
    return redirect("organisations:person", pk=pk)


@get_or_post
def mark_left(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then note that a person has left."""
    actor = actor_in(request)
    require(actor, CHANGE_PEOPLE)
    found = queries.person_of(actor, pk)
    if request.method == "POST":
        actions.mark_left(actor=actor, person=found, version=version_in(request))
        tell(
            request, _("%(name)s er fratrådt og kan ikke længere logge ind.") % {"name": found.name}
        )
        return redirect("organisations:person", pk=pk)
    return render(request, "organisations/mark_left.html", {"person": found})


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a person is back."""
    actor = actor_in(request)
    require(actor, CHANGE_PEOPLE)
    found = queries.person_of(actor, pk)
    actions.take_back(actor=actor, person=found, version=version_in(request))
    tell(request, _("%(name)s er tilbage med de samme roller.") % {"name": found.name})
    return redirect("organisations:person", pk=pk)


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a person an invitation; earlier links stop working."""
    actor = actor_in(request)
    require(actor, CHANGE_PEOPLE)
    found = queries.person_of(actor, pk)
    invitation = actions.send_again(actor=actor, person=found)
    tell(request, _("Invitationen sendes til %(email)s.") % {"email": invitation.email})
    return redirect("organisations:person", pk=pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a person's invitation."""
    actor = actor_in(request)
    require(actor, CHANGE_PEOPLE)
    found = queries.person_of(actor, pk)
    actions.withdraw(actor=actor, person=found)
    tell(request, _("Invitationen er trukket tilbage. Linket virker ikke længere."))
    return redirect("organisations:person", pk=pk)
