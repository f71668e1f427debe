"""Two-minute forms: what an initiative asks for, what a unit offers, and a unit's own limit."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hoest.domain.organisations.queries import unit_of
from hoest.domain.portfolio import queries
from hoest.domain.portfolio.actions import capacity as actions
from hoest.domain.portfolio.models import RoleDemand, RoleSupply
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES, KEEP_CAPACITY, VIEW_CAPACITY
from hoest.domain.portfolio.queries import capacity
from hoest.domain.portfolio.queries.changes import role_label
from hoest.domain.portfolio.rules.capacity import AtOnce
from hoest.domain.portfolio.web.capacity import words
from hoest.domain.portfolio.web.capacity.forms import DemandForm, HoursForm, LimitForm, SupplyForm
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.forms.posting import carried_out, posted
from hoest.ui.messages import tell
from hoest.ui.sheets import back_address


@require_http_methods(["GET", "POST"])
def demand(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Say how many hours an initiative asks of a role; show what it asks for already."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.initiative_of(actor, initiative_id)
    require(actor, CHANGE_INITIATIVES, found.unit_id)
    rows = capacity.demand_of(found)
    quarters = capacity.shown_quarters()
    role = request.GET.get("rolle", "")
    initial = {"role": role, **_standing(rows, role)}
    form = DemandForm(posted(request), quarters=quarters, initial=initial)

    def write(cleaned: dict[str, Any]) -> str:
        total = actions.ask_for_hours(
            actor=actor, initiative_id=found.pk, role=cleaned["role"], hours=form.hours
        )
        facts = {"role": role_label(cleaned["role"]), "hours": words.hours_words(total)}
        return _("Behovet er gemt: %(hours)s i rollen %(role)s.") % facts

    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect("capacity:demand", found.pk)
    context = {
        "initiative": found,
        "form": form,
        "lines": _table(rows, quarters),
        "quarters": [words.quarter_words(one) for one in quarters],
        "later": sum(row.hours for row in rows if row.quarter > quarters[-1]),
    }
    status = 422 if form.is_bound else 200
    return render(request, "portfolio/capacity/demand.html", context, status=status)


@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest) -> HttpResponse:
    """Write how many hours of a role there are, by quarter."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, KEEP_CAPACITY):
        require(actor, KEEP_CAPACITY)
    quarters = capacity.shown_quarters()
    role, unit = request.GET.get("rolle", ""), request.GET.get("enhed", "")
    unit_id = int(unit) if unit.isascii() and unit.isdigit() and len(unit) < 12 else None
    rows = list(
        capacity.supplies_of(actor).filter(Q(unit_id=unit_id), role=role, quarter__in=quarters)
    )
    initial = {"role": role, "unit": unit_id, **_standing(rows, role)}
    form = SupplyForm(posted(request), actor=actor, quarters=quarters, initial=initial)

    def write(cleaned: dict[str, Any]) -> str:
        actions.offer_hours(
            actor=actor, role=cleaned["role"], unit=cleaned["unit"], hours=form.hours
        )
        place = cleaned["unit"] or _("hele kommunen sammen")
        facts = {"role": role_label(cleaned["role"]), "place": place}
        return _("Timerne er gemt: %(role)s, %(place)s.") % facts

    leave_url = back_address(request, reverse("capacity:ledger"))
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect(leave_url)
    context = {"form": form, "leave_url": leave_url, "title": _("Skriv, hvor mange timer der er")}
    status = 422 if form.is_bound else 200
    return render(request, "portfolio/capacity/offer.html", context, status=status)


@require_safe
def limits(request: HttpRequest) -> HttpResponse:
    """Show how much each unit works on at once, and its limit."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_CAPACITY):
        require(actor, VIEW_CAPACITY)
    found = capacity.units_at_once(actor)
    over = sum(one.at_once.is_over for one in found)
    rows = [
        {
            "href": reverse("capacity:limit", args=[one.unit_id])
            if allowed(actor, KEEP_CAPACITY, one.unit_id)
            else f"{reverse('portfolio:initiatives')}?unit={one.unit_id}",
            "title": one.name,
            "cells": [
                {"text": one.at_once.count, "number": True},
                {"text": one.at_once.most, "number": True},
                {"text": at_once_state(one.at_once)},
                {"text": one.limit.reason if one.limit else _("fælles grænse"), "only_wide": True},
            ],
        }
        for one in found
    ]
    columns = [
        {"label": _("Enhed")},
        {"label": _("I arbejde"), "number": True},
        {"label": _("Højst"), "number": True},
        {"label": _("Stand")},
        {"label": _("Derfor")},
    ]
    context = {
        "rows": rows,
        "columns": columns,
        "over": over,
        "general": content.limit("work_at_once"),
    }
    return render(request, "portfolio/capacity/limits.html", context)


def at_once_state(found: AtOnce) -> str:
    """Say whether a unit has room."""
    if found.is_over:
        return _("Over grænsen")
    return _("Fuldt") if found.is_full else _("Der er plads")


@require_http_methods(["GET", "POST"])
def limit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Set a unit's own limit, or go back to the one that all share."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    unit = unit_of(actor, unit_id)
    require(actor, KEEP_CAPACITY, unit.pk)
    standing = capacity.limit_of(actor, unit.pk)
    initial = {"most": standing.most, "reason": standing.reason} if standing else {}
    form = LimitForm(posted(request), initial=initial)

    def write(cleaned: dict[str, Any]) -> str:
        made = actions.set_work_limit(
            actor=actor, unit=unit, most=cleaned["most"], reason=cleaned["reason"]
        )
        if made is None:
            return _("%(unit)s bruger nu den fælles grænse.") % {"unit": unit}
        return _("%(unit)s har nu sit eget tal: %(most)s.") % {"unit": unit, "most": made.most}

    leave_url = back_address(request, reverse("capacity:limits"))
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect(leave_url)
    context = {
        "form": form,
        "unit": unit,
        "at_once": capacity.at_once(actor.organisation_id, unit.pk),
        "leave_url": leave_url,
        "title": _("Grænse for %(unit)s") % {"unit": unit},
    }
    status = 422 if form.is_bound else 200
    return render(request, "portfolio/capacity/limit.html", context, status=status)


@require_safe
def warning(request: HttpRequest) -> HttpResponse:
    """Answer with the warning for the unit that is being chosen; empty when there is room."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    text = request.GET.get("unit", "")
    sentence = ""
    if text.isascii() and text.isdigit() and len(text) < 12:
        sentence = warning_words(actor.organisation_id, int(text))
    return render(request, "portfolio/capacity/warning.html", {"sentence": sentence})


def warning_words(organisation_id: int, unit_id: int, but: int = 0) -> str:
    """Say that a unit has no room for one more; empty when it has. Nothing is refused."""
    found = capacity.at_once(organisation_id, unit_id, but)
    if not found.is_full:
        return ""
    return _(
        "Enheden har %(count)s i arbejde, og grænsen er %(most)s. "
        "Du kan godt begynde. Overvej, hvad der kan vente."
    ) % {"count": found.count, "most": found.most}


def _standing(rows: list[RoleDemand] | list[RoleSupply], role: str) -> dict[str, int]:
    return {HoursForm.name_of(row.quarter): row.hours for row in rows if row.role == role}


def _table(rows: list[RoleDemand], quarters: list[dt.date]) -> list[dict[str, Any]]:
    """Return what stands as a table: a line for each role."""
    roles = dict.fromkeys(row.role for row in rows)
    hours = {(row.role, row.quarter): row.hours for row in rows}
    return [
        {
            "role": role_label(role),
            "code": role,
            "cells": [
                {"quarter": words.quarter_words(quarter), "hours": hours.get((role, quarter))}
                for quarter in quarters
            ],
        }
        for role in roles
    ]
