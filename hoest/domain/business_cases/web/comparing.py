"""Two versions of a business case side by side, line by line, with reason and approver."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from hoest.domain.business_cases import queries
from hoest.domain.business_cases.models import CaseVersion
from hoest.domain.business_cases.web import shown, words
from hoest.domain.business_cases.web.grounding import crumbs, figures_of
from hoest.domain.business_cases.web.guide.reading import differing
from hoest.foundation.access.actor import Actor
from hoest.ui import formats


@require_GET
def compare(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Show two versions side by side; the original and the latest unless the address says."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.case_of(actor, initiative_id)
    versions = list(found.versions)
    one = _asked(request, "fra", versions) or found.original
    other = _asked(request, "til", versions) or found.draft or found.latest
    if one is not None and one == other:
        other = next((v for v in reversed(versions) if v != one), None)
    lines_of = queries.figures_by_version(found.versions)
    sides = [
        _side(found, version, lines_of[version.pk])
        for version in (one, other)
        if version is not None
    ]
    pairs: list[shown.Pair] = []
    same_level = False
    if one is not None and other is not None:
        same_level = one.price_level == other.price_level
        pairs = shown.pairs(lines_of[one.pk], lines_of[other.pk])
        pairs.sort(key=lambda pair: not pair.change)
    context: dict[str, Any] = {
        "initiative": found.initiative,
        "crumbs": crumbs(found.initiative, _("Sammenlign")),
        "sides": sides,
        "pairs": pairs,
        "changed": sum(bool(pair.change) for pair in pairs),
        "point": _point(sides, pairs, same_level),
        "answers": differing(one, other) if one is not None and other is not None else [],
        "same_level": same_level,
        "parts": _choices(versions, one, other),
    }
    return render(request, "business_cases/compare.html", context)


def _asked(request: HttpRequest, name: str, versions: list[CaseVersion]) -> CaseVersion | None:
    text = request.GET.get(name, "")
    return next((v for v in versions if str(v.pk) == text), None)


def _side(found: queries.CasePage, version: CaseVersion, lines: list[Any]) -> dict[str, Any]:
    figures = figures_of(version, lines)
    return {
        "version": version,
        "name": name_of(version),
        "is_original": version == found.original,
        "is_latest": version == found.latest,
        "after_live": queries.is_after_live(found, version),
        "live_on": found.initiative.live_on,
        "net_total": figures.net_total if figures else None,
        "horizon": figures.horizon if figures else None,
        "npv": words.kroner(figures.npv) if figures else "",
        "net": words.kroner(figures.net_total) if figures else "",
    }


def _point(sides: list[dict[str, Any]], pairs: list[shown.Pair], same_level: bool) -> str:
    """Say the difference between the two in one sentence."""
    if len(sides) < 2:
        return _("Der er kun én version endnu")
    one, two = sides
    changed = sum(bool(pair.change) for pair in pairs)
    facts = {"one": one["name"].lower(), "two": two["name"], "count": changed}
    if not changed:
        return _("%(two)s har de samme tal som %(one)s") % facts
    comparable = same_level and one["horizon"] == two["horizon"]
    if not comparable or one["net_total"] is None or two["net_total"] is None:
        return (
            ngettext(
                "%(two)s ændrer %(count)s post i forhold til %(one)s",
                "%(two)s ændrer %(count)s poster i forhold til %(one)s",
                changed,
            )
            % facts
        )
    difference = two["net_total"] - one["net_total"]
    facts |= {"kroner": formats.kroner_short(abs(difference), words.language())}
    if difference > 0:
        return _("%(two)s giver %(kroner)s mere netto end %(one)s") % facts
    if difference < 0:
        return _("%(two)s giver %(kroner)s mindre netto end %(one)s") % facts
    return _("%(two)s giver det samme netto som %(one)s, men posterne er andre") % facts


def name_of(version: CaseVersion) -> str:
    """Call a version by its number, or by what it waits for."""
    if version.state == "draft":
        return _("Udkastet")
    if version.state == "submitted":
        return _("De indsendte tal")
    return _("Version %(number)s") % {"number": version.number}


def _choices(
    versions: list[CaseVersion], one: CaseVersion | None, other: CaseVersion | None
) -> list[dict[str, Any]]:
    def options(chosen: CaseVersion | None) -> list[dict[str, Any]]:
        return [
            {"value": v.pk, "label": name_of(v).lower(), "selected": v == chosen} for v in versions
        ]

    return [
        {"text": _("Sæt")},
        {"name": "fra", "label": _("Første version"), "options": options(one)},
        {"text": _("over for")},
        {"name": "til", "label": _("Anden version"), "options": options(other)},
    ]
