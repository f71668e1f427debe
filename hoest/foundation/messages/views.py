"""One's own messages, and the page a link of a mail opens.

The link's page is bound to no municipality: the visitor is nobody yet. Opening it changes
nothing, since scanners of mail open links; the button on it does.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hoest.foundation import clock
from hoest.foundation.access import link_sign_in
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.middleware import open_to_everybody
from hoest.foundation.access.provider_session import limited_to
from hoest.foundation.content import message_kind
from hoest.foundation.content.language import active_language
from hoest.foundation.faults import Fault, NotFound
from hoest.foundation.messages import actions
from hoest.foundation.messages.actions.links import OpenLink
from hoest.foundation.messages.forms import ChoiceForm
from hoest.foundation.messages.queries import own_messages
from hoest.foundation.messages.rules import LinkNeedsOwnSignIn, LinkNotOpen
from hoest.foundation.tenancy.middleware import SESSION_KEY, unbound
from hoest.ui import formats
from hoest.ui.messages import tell

log = logging.getLogger("hoest.messages")


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Show what waits, what was sent and the person's choice; save a new choice."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.person_id is None:
        raise NotFound(_("Du har ingen beskeder her."))
    own = own_messages(actor)
    form = ChoiceForm.of(own.choice, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose(actor=actor, **form.cleaned_data)
        except Fault as fault:
            form.add_error(None, str(fault))
        else:
            tell(request, _saved(form.cleaned_data["away_until"]))
            return redirect("messages:mine")
    language = active_language()
    facts = {
        "own": own,
        "form": form,
        "kinds": [(one, message_kind(one.kind).label.in_language(language)) for one in own.waiting],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "messages/mine.html", facts, status=status)


def _saved(away_until: dt.date | None) -> str:
    """Say that the choice is kept; a day gone by keeps no message back."""
    if away_until is not None and away_until < clock.today():
        return _(
            "Dit valg er gemt. %(day)s er gået, så du regnes ikke som væk, og beskederne kommer."
        ) % {"day": formats.long_date(away_until, active_language())}
    return _("Dit valg er gemt.")


@require_safe
@never_cache
@open_to_everybody
@unbound
def link(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Ask the person to go on, and change nothing."""
    return _with(request, secret, _shown)


@require_POST
@never_cache
@open_to_everybody
@unbound
def go_on(request: HttpRequest) -> HttpResponseBase:
    """Sign the person in and go to the page of the mail.

    The secret comes in the form, so that no log of sign-ins keeps it as an address.
    """
    return _with(request, request.POST.get("secret", ""), _gone_on)


def _with(
    request: HttpRequest,
    secret: str,
    answer: Callable[[HttpRequest, str, OpenLink], HttpResponseBase],
) -> HttpResponseBase:
    try:
        response = answer(request, secret, actions.open_link(secret=secret))
    except LinkNotOpen as refusal:
        state = str(refusal.state or "unknown")
        log.info("link refused", extra={"state": state})
        facts = {"state": state, "sign_in": _sign_in(refusal.path)}
        response = render(request, "messages/link_closed.html", facts, status=410)
    # The address of a link holds its secret, so nobody is told more than the site. With
    # "no-referrer" a browser sends the form with "Origin: null", which is refused.
    response.headers["Referrer-Policy"] = "strict-origin"
    return response


def _shown(request: HttpRequest, secret: str, opened: OpenLink) -> HttpResponseBase:
    is_there = request.session.get(SESSION_KEY) in (None, opened.organisation_id)
    if _is_herself(request, opened) and is_there:
        return redirect(opened.path)
    facts = {
        "opened": opened,
        "secret": secret,
        "is_somebody_else": request.user.is_authenticated and not _is_herself(request, opened),
        "sign_in": _sign_in(opened.path),
    }
    return render(request, "messages/link.html", facts)


def _gone_on(request: HttpRequest, secret: str, opened: OpenLink) -> HttpResponseBase:
    if _is_herself(request, opened):
        request.session[SESSION_KEY] = opened.organisation_id
        return redirect(opened.path)
    if request.user.is_authenticated:
        return _shown(request, secret, opened)
    try:
        account, used = actions.use_link(secret=secret)
    except LinkNeedsOwnSignIn:
        return redirect(_sign_in(opened.path))
    return link_sign_in.sign_in(
        request, account, organisation_id=used.organisation_id, path=used.path
    )


def _is_herself(request: HttpRequest, opened: OpenLink) -> bool:
    """Tell whether the one the link is for is signed in, with a session that reaches its place."""
    is_same = request.user.is_authenticated and request.user.pk == opened.recipient.account_id
    return is_same and limited_to(request) in (None, opened.organisation_id)


def _sign_in(path: str) -> str:
    return (
        f"{reverse('account_login')}?{urlencode({'next': path})}"
        if path
        else (reverse("account_login"))
    )
