"""A page with one small form: shown, written, and back to where one came from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hoest.foundation.forms.posting import carried_out, posted_version
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address

Crumbs = Sequence[tuple[str, str]]


def small_page(
    request: HttpRequest,
    form: forms.BaseForm,
    write: Callable[[dict[str, Any]], tuple[str, str]],
    *,
    title: str,
    crumbs: Crumbs,
    leave_url: str,
    label: str,
    version: int = 0,
    lead: str = "",
    similar: str = "",
    facts: Sequence[Any] = (),
) -> HttpResponse:
    """Show the form, or write and go to the address `write` returns with what to say.

    `crumbs` are (words, address) above the page; `similar` names the fields, with commas, whose
    text is looked up while it is written.
    """
    gone_to = ""

    def carried(cleaned: dict[str, Any]) -> str:
        nonlocal gone_to
        said, gone_to = write(cleaned)
        return said

    said = carried_out(form, carried)
    if said is not None:
        tell(request, said)
        return redirect(gone_to or back_address(request, leave_url))
    context = {
        "form": form,
        "title": title,
        "crumbs": crumbs,
        "leave_url": back_address(request, leave_url),
        "label": label,
        "version": posted_version(request) or version,
        "lead": lead,
        "similar": similar,
        "facts": facts,
    }
    status = 422 if form.is_bound else 200
    return render(request, "portfolio/small_form.html", context, status=status)
