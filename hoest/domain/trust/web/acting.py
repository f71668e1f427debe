"""Small forms of trust: one thing to do, shown in a sheet, and back to where one came from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hoest.foundation.forms.posting import carried_out, posted_version
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address

Write = Callable[[dict[str, Any]], str]
Crumbs = Sequence[tuple[str, str]]


def act_page(
    request: HttpRequest,
    form: forms.Form,
    write: Write,
    *,
    title: str,
    button: str,
    crumbs: Crumbs,
    leave_url: str,
    version: int = 0,
    template: str = "trust/act.html",
    **more: Any,
) -> HttpResponse:
    """Show a form, or write and return where one came from; a fault stands on the form.

    `crumbs` are (text, address) from the outside in, without the page itself. `write` may return
    an address after a tab to go elsewhere: "Gemt.\\t/sted/".
    """
    leave_url = back_address(request, leave_url)
    said = carried_out(form, write)
    if said is not None:
        words, _tab, elsewhere = said.partition("\t")
        tell(request, words)
        return redirect(elsewhere or leave_url)
    context = {
        "form": form,
        "title": title,
        "button": button,
        "crumbs": crumbs,
        "leave_url": leave_url,
        "version": posted_version(request) or version,
        **more,
    }
    return render(request, template, context, status=422 if form.is_bound else 200)
