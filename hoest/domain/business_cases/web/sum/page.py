"""The sum of a case on one page, of the version that holds or of the one that is asked for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hoest.domain.business_cases import queries
from hoest.domain.business_cases.models import CaseVersion
from hoest.domain.business_cases.permissions import CHANGE_CASES
from hoest.domain.business_cases.rules import VersionState
from hoest.domain.business_cases.web import words
from hoest.domain.business_cases.web.comparing import name_of
from hoest.domain.business_cases.web.grounding import crumbs
from hoest.domain.business_cases.web.sum import quality_words, shown, sum_words
from hoest.domain.business_cases.web.sum.approving import mandate_words
from hoest.domain.business_cases.web.sum.gathered import Sum, gathered
from hoest.domain.business_cases.web.sum.rates import rates_context
from hoest.domain.business_cases.web.views import asked_horizon
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed

DRAWS = 20_000


@require_GET
def page(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Show the sum: the point, money in ranges, areas, hours, benefits, risks, what carries it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.case_of(actor, initiative_id)
    version = _asked(request, found) or found.latest or found.draft
    context: dict[str, Any] = {
        "initiative": found.initiative,
        "crumbs": crumbs(found.initiative, _("Summen")),
        "version": version,
        "may_change": allowed(actor, CHANGE_CASES, found.initiative.unit_id),
        "point": _("%(title)s har ingen business case endnu") % {"title": found.initiative.title},
    }
    if version is not None:
        draws = DRAWS if request.GET.get("simuler") == "1" else None
        version.case.initiative = found.initiative
        summed = gathered(actor, version, horizon=asked_horizon(request), draws=draws)
        context |= sum_context(actor, summed) | rates_context(request, summed)
        context |= {"name": name_of(version), "choices": _choices(found, version)}
    return render(request, "business_cases/sum/page.html", context)


def sum_context(actor: Actor, found: Sum) -> dict[str, Any]:
    """Return what the sum's template shows of a version."""
    version = found.version
    may_mend = version.state == VersionState.DRAFT and allowed(
        actor, CHANGE_CASES, found.initiative.unit_id
    )
    ends = found.ends
    risks = shown.risk_rows(found)
    bars = shown.bar_rows(found)
    view = shown.written_off(found)
    return {
        "found": found,
        "point": sum_words.point(found.initiative.title, ends, found.is_hygiene, found.grounds),
        "figures": ends.probable if ends else None,
        "money": shown.money(ends) if ends else [],
        "payback": sum_words.payback(ends) if ends else "",
        "rate": words.rate_words(ends.probable) if ends else "",
        "areas": shown.areas(found),
        "hours": shown.hours(found.lines),
        "society": shown.money(found.society) if found.society else [],
        "aspects": shown.aspects(found.grounds),
        "has_grounds": bool(found.grounds),
        "risks": risks,
        "top_risks": risks[: shown.TOP_RISKS],
        "coverage": shown.coverage(found),
        "coverages": shown.coverages(found),
        "covered_on_average": shown.covered_on_average(found),
        "tornado": shown.tornado(found),
        "bars": bars,
        "carrying": bars[: len(found.sensitivity.carrying)] if found.sensitivity else [],
        "depreciated": view,
        "depreciated_years": shown.years_of(view) if view else [],
        "quality": quality_words.said(found.findings, version, may_mend=may_mend),
        "may_mend": may_mend,
        "mandate": mandate_words(found.lines),
    }


def _asked(request: HttpRequest, found: queries.CasePage) -> CaseVersion | None:
    text = request.GET.get("version", "")
    return next((v for v in found.versions if str(v.pk) == text), None)


def _choices(found: queries.CasePage, version: CaseVersion) -> list[dict[str, Any]]:
    if len(found.versions) < 2:
        return []
    options = [
        {"value": one.pk, "label": name_of(one).lower(), "selected": one == version}
        for one in reversed(found.versions)
    ]
    return [
        {"text": _("Vis")},
        {"name": "version", "label": _("Version"), "options": options},
    ]
