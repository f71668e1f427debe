"""What was written when the session had ended: kept for the one who wrote it, found after sign-in.

Why: a long form is written in portions, and a session ends when nobody looks. A form that carries
a writing token (`<input type="hidden" name="writing" value="{{ writing }}">`) loses nothing: posted
by nobody, its words become the draft of the person the token was made for, and she is sent to sign
in and back to the form. Only she sees them; nothing else is written, and whoever else signs in at
the same machine sees nothing of it. With JavaScript autosave keeps the words in the same way.

The token is signed, of one person, one form and one address, and is good for twelve hours. The
usual token against forged forms is asked for as well.
Source: docs/decisions/0012-interrupted-forms.md.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.forms import drafts
from hoest.foundation.tenancy.context import entering
from hoest.ui.messages import tell

FIELD = "writing"
SALT = "hoest.forms.interrupted"
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "version", "tilbage", FIELD, "leave", "stay"})


def writing_token(actor: Actor, form_name: str, object_id: int, path: str) -> str:
    """Return the token of a form that a person has open; empty for one who is no person."""
    if actor.person_id is None:
        return ""
    whose = [actor.organisation_id, actor.person_id, form_name, object_id, path]
    return signing.dumps(whose, salt=SALT, compress=True)


def keep_interrupted(request: HttpRequest) -> str:
    """Keep what nobody posted as the draft of who was writing; return where she was, or nothing."""
    try:
        whose = signing.loads(
            request.POST.get(FIELD, ""),
            salt=SALT,
            max_age=content.limit("interrupted_form_seconds"),
        )
    except signing.BadSignature:
        return ""
    organisation_id, person_id, form_name, object_id, path = whose
    names = [name for name in request.POST if name not in NEVER_KEPT]
    with entering(organisation_id), transaction.atomic():
        drafts.keep_for(
            organisation_id=organisation_id,
            person_id=person_id,
            form_name=form_name,
            posted=request.POST,
            names=names[: drafts.MOST_FIELDS],
            object_id=object_id,
        )
    return str(path)


class InterruptedMiddleware:
    """Keeps what is posted by nobody to a form that somebody was writing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Keep the words, then send to sign in; autosave is told so instead."""
        if request.method != "POST" or request.user.is_authenticated or FIELD not in request.POST:
            return None
        path = keep_interrupted(request)
        if not path:
            return None
        if request.headers.get("X-Autosave"):
            return HttpResponse(status=204, headers={"X-Signed-Out": "kept"})
        tell(request, _("Du var logget ud. Det, du skrev, er gemt. Log ind, så står det der."))
        return redirect_to_login(path)
