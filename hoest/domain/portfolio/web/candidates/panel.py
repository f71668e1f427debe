"""Candidates for automation on the page of a unit: one sentence and the way to them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext

from hoest.domain.organisations.queries import UnitTree
from hoest.domain.portfolio.permissions import VIEW_INITIATIVES
from hoest.domain.portfolio.queries.candidates import open_hours
from hoest.domain.portfolio.rules.candidates import CandidateState
from hoest.foundation import panels
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.ui import formats


def register() -> None:
    """Put the panel on the page of a unit."""
    panels.register("unit", "portfolio.candidates", of_unit, order=50)


def of_unit(request: HttpRequest, unit: Any) -> str:
    """Say what tasks of the unit, and of those below it, might do themselves; none says nothing."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_INITIATIVES):
        return ""
    units = UnitTree.of(actor.organisation_id).below(unit.pk)
    count, hours = open_hours(actor, units)
    if not count:
        return ""
    said = ngettext(
        "%(n)s opgave kan måske gøre sig selv; den rummer %(hours)s timer om året.",
        "%(n)s opgaver kan måske gøre sig selv; de rummer %(hours)s timer om året.",
        count,
    ) % {"n": formats.number(count), "hours": formats.number(hours)}
    query = urlencode({"unit": unit.pk, "state": CandidateState.OPEN.value})
    facts = {"sentence": said, "url": f"{reverse('candidates:candidates')}?{query}"}
    return render_to_string("portfolio/candidates_panel.html", facts, request)
