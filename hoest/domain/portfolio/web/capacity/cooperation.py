"""The answer "samarbejd" to a shortage: agree it, change it, say how it went."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hoest.domain.portfolio.actions import capacity as actions
from hoest.domain.portfolio.models import Cooperation
from hoest.domain.portfolio.permissions import KEEP_CAPACITY
from hoest.domain.portfolio.queries import capacity
from hoest.domain.portfolio.web.capacity import words
from hoest.domain.portfolio.web.capacity.forms import CooperationForm, EndForm
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address


@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest) -> HttpResponse:
    """Register that a shortage is met together with somebody."""
    actor = _keeper(request)

    def write(cleaned: Any) -> str:
        made = actions.agree_cooperation(actor=actor, fields=cleaned)
        return _("Samarbejdet med %(partner)s er skrevet ned.") % {"partner": made.partner}

    initial = {"role": request.GET.get("rolle", ""), "quarter": request.GET.get("kvartal", "")}
    form = CooperationForm(
        posted(request), actor=actor, quarters=capacity.shown_quarters(), initial=initial
    )
    return _page(request, form, write, _("Samarbejd om en mangel"), None)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, cooperation_id: int) -> HttpResponse:
    """Change a cooperation that is not over."""
    actor, found = _kept(request, cooperation_id)

    def write(cleaned: Any) -> str:
        actions.change_cooperation(
            actor=actor, cooperation_id=found.pk, version=posted_version(request), fields=cleaned
        )
        return _("Samarbejdet er rettet.")

    quarters = _with(capacity.shown_quarters(), found.quarter)
    initial = {name: getattr(found, name) for name in CooperationForm.base_fields}
    initial["quarter"] = words.quarter_code(found.quarter)
    form = CooperationForm(posted(request), actor=actor, quarters=quarters, initial=initial)
    title = _("Samarbejde med %(partner)s") % {"partner": found.partner}
    return _page(request, form, write, title, found)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, cooperation_id: int) -> HttpResponse:
    """Say how a cooperation went."""
    actor, found = _kept(request, cooperation_id)

    def write(cleaned: Any) -> str:
        kept = cleaned["kept"] == "yes"
        actions.end_cooperation(
            actor=actor,
            cooperation_id=found.pk,
            version=posted_version(request),
            kept=kept,
            outcome=cleaned["outcome"],
        )
        if not kept:
            return _("Det er skrevet ned. Manglen står stadig.")
        return _("Det er på plads. Skriv timerne ind, så tæller de med.")

    form = EndForm(posted(request))
    title = _("Hvordan gik det med %(partner)s?") % {"partner": found.partner}
    return _page(request, form, write, title, found)


def _keeper(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, KEEP_CAPACITY):
        require(actor, KEEP_CAPACITY)
    return actor


def _kept(request: HttpRequest, cooperation_id: int) -> tuple[Actor, Cooperation]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = capacity.cooperation_of(actor, cooperation_id)
    if found.owner_id != actor.person_id:
        _keeper(request)
    return actor, found


def _with(quarters: list[dt.date], quarter: dt.date) -> list[dt.date]:
    return quarters if quarter in quarters else [quarter, *quarters]


def _page(
    request: HttpRequest, form: forms.Form, write: Any, title: str, found: Cooperation | None
) -> HttpResponse:
    leave_url = back_address(request, reverse("capacity:cooperations"))
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect(leave_url)
    context = {
        "form": form,
        "found": found,
        "title": title,
        "is_end": isinstance(form, EndForm),
        "is_over": bool(found and (found.kept_on or found.dropped_on)),
        "leave_url": leave_url,
        "version": posted_version(request) or (found.version if found else 0),
    }
    status = 422 if form.is_bound else 200
    return render(request, "portfolio/capacity/cooperation.html", context, status=status)
