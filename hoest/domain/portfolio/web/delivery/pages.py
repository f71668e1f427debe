"""The one page of every small form of delivering: read, write, say what happened, go back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.forms.posting import carried_out, posted_version
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address

Crumbs = Sequence[tuple[Any, str]]


def changeable(request: HttpRequest, initiative_id: int) -> tuple[Actor, Initiative]:
    """Return who acts and the initiative she may change. Raises NotFound, NotAllowed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.initiative_of(actor, initiative_id)
    require(actor, CHANGE_INITIATIVES, found.unit_id)
    return actor, found


def form_page(
    request: HttpRequest,
    form: forms.Form,
    write: Callable[[dict[str, Any]], str],
    *,
    title: str,
    leave_url: str,
    submit: str,
    crumbs: Crumbs = (),
    lead: str = "",
    facts: Sequence[str] = (),
    version: int = 0,
    remove_url: str = "",
    remove_label: str = "",
    remove_question: str = "",
) -> HttpResponse:
    """Show the form, or write and go where one came from; a fault stands on the form (422)."""
    leave_url = back_address(request, leave_url)
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect(leave_url)
    context = {
        "form": form,
        "title": title,
        "crumbs": [(_("Portefølje"), reverse("portfolio:initiatives")), *crumbs],
        "lead": lead,
        "facts": facts,
        "submit": submit,
        "leave_url": leave_url,
        "version": posted_version(request) or version,
        "remove_url": remove_url,
        "remove_label": remove_label,
        "remove_question": remove_question,
    }
    status = 422 if form.is_bound else 200
    return render(request, "portfolio/delivery/form.html", context, status=status)
