"""The effect page of a benefit: did it work, how sure are we, and what can we not say."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hoest.domain.evidence import queries
from hoest.domain.evidence.models import Study
from hoest.domain.evidence.permissions import SHARE_SERIES
from hoest.domain.evidence.queries.sharing import shared_apart
from hoest.domain.evidence.rules import Step
from hoest.domain.evidence.web import words
from hoest.domain.evidence.web.effect import annex, shown
from hoest.domain.evidence.web.effect.averages import GROUP_TIME, averages_of, control_said
from hoest.domain.evidence.web.effect.chart import chart_of, period_label
from hoest.domain.evidence.web.effect.reading import (
    Standing,
    benefit_read,
    chosen,
    may_estimate,
    may_plan,
    standing_of,
)
from hoest.domain.evidence.web.effect.refusals import Refusal
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.ui import formats


def crumbs(benefit: Any, here: str = "") -> list[dict[str, str]]:
    """Return where the reader is: benefits, the benefit, its effect, and the page."""
    found = [
        {"label": _("Gevinster"), "url": reverse("benefits:benefits")},
        {"label": benefit.title, "url": reverse("benefits:benefit", args=[benefit.pk])},
        {"label": _("Effekt"), "url": reverse("evidence:effect", args=[benefit.pk])},
    ]
    return [*found, {"label": here, "url": ""}] if here else found


@require_safe
def effect(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Show whether the effect of a benefit is there; `?serie=` chooses among its studies."""
    actor, benefit = benefit_read(request, benefit_id)
    return effect_page(request, actor, benefit)


def effect_page(
    request: HttpRequest,
    actor: Actor,
    benefit: Any,
    *,
    study_id: int | None = None,
    refused: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page, also when an answer was just refused."""
    studies = queries.studies_of_benefit(actor, benefit.pk)
    study = chosen(studies, str(study_id or request.GET.get("serie", "")))
    context: dict[str, Any] = {
        "benefit": benefit,
        "crumbs": crumbs(benefit),
        "may_plan": may_plan(actor, benefit),
        "may_share": allowed_somewhere(actor, SHARE_SERIES),
        "may_estimate": may_estimate(actor, benefit),
        "study": study,
        "point": _("Ingen har undersøgt endnu, om effekten er der"),
    }
    if study is not None:
        standing = standing_of(study)
        context |= _of_study(standing, refused, context["may_plan"])
        context["others"] = _others(studies, study)
    return render(request, "evidence/effect/page.html", context, status=status)


def _of_study(standing: Standing, refused: Refusal | None, may_note: bool) -> dict[str, Any]:
    study, latest = standing.study, queries.weighed_of(standing.study, standing.latest)
    refusal = refused or standing.refusal
    facts: dict[str, Any] = {
        "series": study.series,
        "refusal": refusal,
        "is_stale": standing.is_stale and not refusal,
        "estimate": latest,
        "happenings": standing.happenings,
        "places": _places(standing),
        "used": sum(1 for one in standing.starts if not one.left_out),
        "point": _("Effekten af »%(title)s« kan ikke regnes endnu")
        % {"title": study.benefit.title},
        "method_asked": words.METHODS[study.method],
    }
    if latest is None:
        return facts
    graded = shown.graded_of(study, latest)
    return facts | {
        # The other methods choose their comparison themselves.
        "control": words.CONTROLS[study.control] if latest.method == GROUP_TIME else "",
        "point": shown.sentence_of(study, latest),
        "graded": graded,
        "chart": chart_of(latest.answer, study.series.step, _conclusion(latest.verdict)),
        "checks": shown.checks_of(study, latest, standing.happenings, may_note),
        "unsaid": [*shown.unsaid_of(latest), *shown.unknown_starts(standing.starts)],
        "method": annex.method_of(study, latest),
        "many_source": annex.MANY_SOURCE,
        "cells": shown.cells_of(study, latest),
        "averages": averages_of(study, latest),
        "control_said": control_said(latest),
        "earlier": shown.earlier_of(
            study, standing.estimates, queries.hashes_kept(standing.estimates)
        ),
        "last_period": period_label(latest.last_period, study.series.step),
        "shared_apart": shared_apart(study, latest),
        "is_against": latest.verdict == "vist" and not latest.is_shown_as_wanted,
    }


def _conclusion(verdict: str) -> str:
    return {
        "vist": _("De begyndte steder gik en anden vej, end der ellers var ventet"),
        "antydet": _("De begyndte steder ser ud til at gå en anden vej"),
        "ikke vist": _("De begyndte steder følger stort set det, der ellers var ventet"),
        "kan ikke vises": _("Der er for lidt at sammenligne med"),
    }[verdict]


def _places(standing: Standing) -> list[dict[str, Any]]:
    """Return the places with their start and who says so."""
    said = {
        "rollout": _("fra udrulningen"),
        "study": _("skrevet her"),
        "nobody": _("ikke begyndt"),
    }
    return [
        {
            "pk": one.place_id,
            "name": one.place,
            "is_elsewhere": one.is_elsewhere,
            "on": formats.long_date(one.on, words.language()) if one.on else "",
            "said": said[one.said] if one.on or one.said == "nobody" else _("ikke begyndt"),
            "left_out": one.left_out,
        }
        for one in standing.starts
    ]


def _others(studies: list[Study], study: Study) -> list[dict[str, Any]]:
    """Return the other series of a benefit, their chance adjusted for how many they are."""
    latest = queries.latest_by_study(studies)
    q = queries.adjusted_by_study(studies, latest)
    rows = []
    for one in studies:
        if one.pk == study.pk:
            continue
        found = latest.get(one.pk)
        weighed = found and queries.as_one_of_many(one, found, q.get(one.pk))
        rows.append(
            {
                "study": one,
                "graded": shown.graded_of(one, weighed) if weighed else None,
                "q": annex.chance(q[one.pk]) if one.pk in q else "",
            }
        )
    return rows


def steps() -> dict[str, str]:
    """Return what a period of each step is called."""
    return {Step.MONTH: _("måned"), Step.QUARTER: _("kvartal"), Step.YEAR: _("år")}
