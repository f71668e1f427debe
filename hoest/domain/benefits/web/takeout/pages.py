"""Pages that show what was taken home: the municipality, a unit, the rows, the layers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hoest.domain.benefits.models import TakeoutAgreement
from hoest.domain.benefits.permissions import (
    PREPARE_TAKEOUT,
    VIEW_BENEFITS,
    VIEW_FOLLOW_UP,
)
from hoest.domain.benefits.queries import takeout
from hoest.domain.benefits.queries.taken import TakenRows, taken_rows
from hoest.domain.benefits.rules.gap import Taken, gap_of
from hoest.domain.benefits.rules.takeout import COUNTING, Layer, effect_of
from hoest.domain.benefits.web.takeout import shown
from hoest.domain.benefits.web.takeout.choices import (
    Choice,
    choice_of,
    level_codes,
    level_tabs,
    price_level_of,
    rows_of,
    year_tabs,
)
from hoest.domain.organisations.queries import UnitTree, unit_of, units_of
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require

ROWS_ON_A_PAGE, AGREEMENTS_SHOWN = 200, 50


def read_taken(request: HttpRequest) -> tuple[Actor, TakenRows, Choice]:
    """Return who asks, what was taken of what she may see, and what she has chosen."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_BENEFITS):
        require(actor, VIEW_BENEFITS)
    taken = taken_rows(actor)
    return actor, taken, choice_of(request, taken)


def unit_names(actor: Actor) -> dict[int, str]:
    """Return the name of every unit of the municipality."""
    return dict(units_of(actor).values_list("pk", "name"))


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show what the municipality has taken home, what has come, and who carries the gap."""
    actor, taken, choice = read_taken(request)
    rows = rows_of(taken, choice)
    return _figures(
        request,
        actor,
        taken,
        choice,
        rows,
        agreements=takeout.agreements_seen(actor),
        crumbs=[{"label": _("Taget hjem"), "url": ""}],
    )


@require_safe
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Show what a unit and those below it have given, what has come, and what it learned."""
    actor, taken, choice = read_taken(request)
    found = unit_of(actor, unit_id)
    below = UnitTree.of(actor.organisation_id).below(found.pk)
    rows = [row for row in rows_of(taken, choice) if row.unit_id in below]
    choice = replace(choice, unit_id=found.pk)
    may_prepare = allowed(actor, PREPARE_TAKEOUT, found.pk)
    return _figures(
        request,
        actor,
        taken,
        choice,
        rows,
        agreements=takeout.agreements_seen(actor).filter(unit_id__in=below),
        crumbs=[
            {"label": _("Taget hjem"), "url": reverse("benefits:takeout")},
            {"label": found.name, "url": ""},
        ],
        unit=found,
        experience=takeout.experience_of(actor.organisation_id, below),
        may_prepare=may_prepare,
        experience_url=reverse("benefits:log_experience", args=[found.pk]) if may_prepare else "",
    )


def _figures(
    request: HttpRequest,
    actor: Actor,
    taken: TakenRows,
    choice: Choice,
    rows: list[Taken],
    *,
    agreements: Any,
    **context: Any,
) -> HttpResponse:
    of_year = [row for row in rows if row.year == choice.year]
    gap, at = gap_of(of_year), context.get("unit")
    lines = list(
        takeout.with_agreement_rows(agreements).order_by("-recorded_at", "-pk")[:AGREEMENTS_SHOWN]
    )
    found = {
        "choice": choice,
        "in_hours": choice.in_hours,
        "price_level": price_level_of(taken, choice),
        "point": shown.point(gap, choice, where=at.name if at else ""),
        "carried": shown.carried_sentence(gap, choice.in_hours),
        "gap": gap,
        "levels": level_tabs(taken, choice) if len(level_codes(taken)) > 1 else [],
        "index_sentence": shown.index_sentence(taken, choice),
        "years": year_tabs(rows, choice),
        "units": shown.by_unit(of_year, unit_names(actor), replace(choice, unit_id=None)),
        "by_year": shown.by_year(rows, choice),
        "total_href": choice.url("benefits:takeout_rows"),
        "agreements": [shown.agreement_line(one) for one in lines],
        "warned": _warned(lines),
        "columns": shown.gap_columns(),
        "may_follow": allowed(actor, VIEW_FOLLOW_UP),
        "export_url": reverse("benefits:takeout_budget"),
        **context,
    }
    return render(request, "benefits/takeout/overview.html", found)


def _warned(lines: Iterable[TakeoutAgreement]) -> list[dict[str, Any]]:
    """Return the agreements that were decided before baseline or involvement (G-07)."""
    return [
        {"line": shown.agreement_line(one), "lacking": shown.lacking(codes)}
        for one in lines
        if one.status in COUNTING and one.withdrawn_on is None and (codes := lacked(one))
    ]


def lacked(agreement: TakeoutAgreement) -> list[str]:
    """Return what was lacking when an agreement was decided."""
    return [str(code) for step in agreement.steps.all() for code in step.lacked]


@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """Show the rows behind a figure: the benefits, what was taken of each, and what came."""
    actor, taken, choice = read_taken(request)
    found = [row for row in rows_of(taken, choice) if row.year == choice.year]
    names = unit_names(actor)
    if choice.unit_id is not None:
        below = UnitTree.of(actor.organisation_id).below(choice.unit_id)
        found = [row for row in found if row.unit_id in below]
    lines = shown.behind(found, taken.benefits, names, agreement_labels(actor, found))
    where = names.get(choice.unit_id or 0, "")
    back = reverse("benefits:takeout") + choice.url(unit_id=None)
    if where:
        back = reverse("benefits:takeout_unit", args=[choice.unit_id]) + choice.url(unit_id=None)
    gap = gap_of(found)
    context = {
        "choice": choice,
        "in_hours": choice.in_hours,
        "price_level": price_level_of(taken, choice),
        "index_sentence": shown.index_sentence(taken, choice),
        "gap": gap,
        "graded": shown.spread_of(gap),
        "page": Paginator(lines, ROWS_ON_A_PAGE).get_page(request.GET.get("side")),
        "back": back,
        "where": where,
    }
    return render(request, "benefits/takeout/rows.html", context)


def agreement_labels(actor: Actor, rows: Iterable[Taken]) -> dict[int, str]:
    """Return what the agreements behind some rows are called."""
    ids = {row.agreement_id for row in rows if row.agreement_id}
    found = TakeoutAgreement.objects.filter(organisation_id=actor.organisation_id, pk__in=ids)
    return dict(found.values_list("pk", "model_label"))


@require_safe
def layers(request: HttpRequest) -> HttpResponse:
    """Show the decisions as layers: what each year's decisions take in the years that follow."""
    actor, taken, choice = read_taken(request)
    in_hours, level = choice.in_hours, price_level_of(taken, choice)
    chosen = [
        one
        for one in takeout.with_agreement_rows(
            takeout.agreements_seen(actor).filter(status__in=COUNTING, withdrawn_on__isnull=True)
        )
        if takeout.measure_of(one) == ("hours" if in_hours else "dkk")
        and (in_hours or choice.level == "samlet" or one.price_level == level)
    ]
    decided: dict[int, list[Layer]] = {}
    for one in chosen:
        assert one.decided_on is not None
        layer = takeout.layer_of(one)
        if choice.level == "samlet" and one.price_level != level:
            layer = takeout.layer_in_level(layer, one.price_level, level, taken.index)
        decided.setdefault(one.decided_on.year, []).append(layer)
    years = takeout.effect_years(layer for rows in decided.values() for layer in rows)
    table = [
        {
            "year": year,
            "count": len(decided[year]),
            "cells": [effect_of(decided[year], at) for at in years],
        }
        for year in sorted(decided)
    ]
    every = [layer for rows in decided.values() for layer in rows]
    context = {
        "choice": choice,
        "in_hours": in_hours,
        "price_level": level,
        "levels": level_tabs(taken, choice) if len(level_codes(taken)) > 1 else [],
        "index_sentence": shown.index_sentence(taken, choice),
        "years": years,
        "table": table,
        "totals": [effect_of(every, at) for at in years],
        "layers": sorted(
            ({"line": shown.agreement_line(one), "agreement": one} for one in chosen),
            key=_by_day,
        ),
    }
    return render(request, "benefits/takeout/layers.html", context)


def _by_day(row: dict[str, Any]) -> tuple[Any, int]:
    return row["agreement"].decided_on, row["agreement"].pk
