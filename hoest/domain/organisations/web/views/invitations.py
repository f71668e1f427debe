"""Accepting an invitation: the link, then the page without the secret in its address.

Both are bound to no municipality: the visitor may be nobody yet, or somebody elsewhere.
"""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hoest.domain.organisations import actions
from hoest.domain.organisations.models import Invitation
from hoest.domain.organisations.web.forms import AcceptForm
from hoest.domain.organisations.web.requests import acted
from hoest.foundation.access.middleware import open_to_everybody
from hoest.foundation.access.models import Account
from hoest.foundation.access.provider_session import is_limited
from hoest.foundation.tenancy.middleware import SESSION_KEY, unbound
from hoest.ui.messages import tell

TOKEN_KEY = "invitation_token"  # noqa: S105 - the name of a place in the session


@require_safe
@never_cache
@open_to_everybody
@unbound
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the secret in the session and go on to an address that does not show it."""
    request.session[TOKEN_KEY] = token
    return redirect("organisations:accept_invitation")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@open_to_everybody
@unbound
def accept(request: HttpRequest) -> HttpResponseBase:
    """Let the invited choose a password, or accept with the account she has."""
    token = request.session.get(TOKEN_KEY, "")
    try:
        invitation = actions.open_invitation(token=token)
    except actions.InvitationNotOpen as refusal:
        facts = {"state": str(refusal.state or "unknown")}
        return render(request, "organisations/invitation_closed.html", facts, status=410)
    if Account.objects.filter(email=invitation.email).exists():
        return _with_account(request, invitation, token)
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and not request.user.is_authenticated:
        accepted = acted(
            form, lambda facts: actions.accept_invitation(token=token, password=facts["password"])
        )
        if accepted:
            account, organisation_id = accepted
            del request.session[TOKEN_KEY]
            response = perform_login(request, account, email_verification="none", redirect_url="/")
            _enter(request, organisation_id, invitation)
            return response
    return _page(request, invitation, form)


def _with_account(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    """Accept with the account that is signed in, when it is the invited one."""
    is_invited = request.user.is_authenticated and request.user.get_username() == invitation.email
    if request.method == "POST" and is_invited and not is_limited(request):
        _account, organisation_id = actions.accept_invitation(
            token=token,
            account=request.user,  # type: ignore[arg-type]
        )
        del request.session[TOKEN_KEY]
        _enter(request, organisation_id, invitation)
        return redirect("/")
    return _page(request, invitation, None, has_account=True, is_invited=is_invited)


def _enter(request: HttpRequest, organisation_id: int, invitation: Invitation) -> None:
    request.session[SESSION_KEY] = organisation_id
    municipality = invitation.person.organisation.name
    tell(request, _("Velkommen til Høst i %(municipality)s.") % {"municipality": municipality})


def _page(
    request: HttpRequest,
    invitation: Invitation,
    form: AcceptForm | None,
    *,
    has_account: bool = False,
    is_invited: bool = False,
) -> HttpResponse:
    facts = {
        "invitation": invitation,
        "municipality": invitation.person.organisation.name,
        "form": form,
        "has_account": has_account,
        "is_invited": is_invited,
        "is_limited": is_limited(request),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "organisations/accept_invitation.html", facts, status=status)
