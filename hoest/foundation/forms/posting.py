"""What every small form of a page does: read what was posted, write, and say what happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from hoest.foundation.faults import Conflict, Fault, NotAllowed, NotFound


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, or None for a page that is only shown."""
    return request.POST if request.method == "POST" else None


def posted_version(request: HttpRequest) -> int:
    """Return the version the person read; 0 when it is missing or nonsense, which never fits."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def carried_out(form: forms.BaseForm, write: Callable[[dict[str, Any]], str | None]) -> str | None:
    """Write what a valid form asks for and return what to say about it; None: show the form.

    A fault the person can mend stands on the form. Raises Conflict, NotAllowed and NotFound,
    which have pages of their own.
    """
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return write(form.cleaned_data) or ""
    except (Conflict, NotAllowed, NotFound):
        raise
    except Fault as fault:
        is_at_field = fault.field in form.fields
        form.add_error(
            fault.field if is_at_field else None, fault.on_form if is_at_field else str(fault)
        )
        form.fault_heading, form.fault_field = fault.heading, fault.field  # type: ignore[attr-defined]
        return None
