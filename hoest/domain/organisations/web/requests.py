"""What the views of organisations share: the actor, a form that is acted on, a refused act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest

from hoest.foundation.access.actor import Actor
from hoest.foundation.faults import Conflict, Fault, NotAllowed, NotFound

Result = TypeVar("Result")


def actor_in(request: HttpRequest) -> Actor:
    """Return who acts in a request that has passed the sign-in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def acted(form: forms.Form, act: Callable[[dict[str, Any]], Result]) -> Result | None:
    """Return the result of an act on a valid form; None when form or act found a fault.

    The fault stands on the form. What may not be seen or done, and lost updates, pass through.
    """
    if not form.is_valid():
        return None
    try:
        return act(form.cleaned_data)
    except (Conflict, NotAllowed, NotFound):
        raise
    except Fault as fault:
        form.add_error(None, str(fault))
        return None


def version_in(request: HttpRequest) -> int:
    """Return the version of the row the person saw; 0, which no row has, when it is not told."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0
