"""A small form of trust: shown, written, and what is said afterwards."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hoest.foundation.forms.posting import carried_out, posted_version
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address


def page(
    request: HttpRequest,
    *,
    form: forms.BaseForm,
    write: Any,
    title: str,
    button: str,
    crumbs: list[dict[str, str]],
    leave_url: str,
    version: int = 0,
    lead: str = "",
) -> HttpResponse:
    """Show the form, or write and return where one came from; a fault stands on the form."""
    leave = back_address(request, leave_url)
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect(leave)
    facts = {
        "form": form,
        "title": title,
        "button": button,
        "lead": lead,
        "crumbs": crumbs,
        "leave_url": leave,
        "version": posted_version(request) or version,
    }
    return render(request, "trust/form.html", facts, status=422 if form.errors else 200)
