"""The page of a series, and the forms that begin one and rename it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hoest.domain.evidence import actions, queries
from hoest.domain.evidence.models import Series
from hoest.domain.evidence.permissions import KEEP_SERIES, SHARE_SERIES
from hoest.domain.evidence.queries.history import definitions_of
from hoest.domain.evidence.queries.series import ideas_of, taken_lines_of
from hoest.domain.evidence.queries.sharing import copy_of, shared_study_ids
from hoest.domain.evidence.queries.statbank import statbank_of
from hoest.domain.evidence.rules import Wanted
from hoest.domain.evidence.web.series import words
from hoest.domain.evidence.web.series.forms import ChangeForm, NewForm
from hoest.domain.evidence.web.series.read_words import read_in_words
from hoest.domain.evidence.web.series.shown import break_words, shown
from hoest.domain.portfolio.permissions import GIVE_IDEAS
from hoest.domain.portfolio.web.small_page import small_page
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.foundation.forms.posting import posted, posted_version

LOADS_SHOWN = 20


def crumbs(series: Series | None = None) -> list[tuple[str, str]]:
    """Return the way here: the list, and the series."""
    way = [(_("Serier"), reverse("series:list"))]
    return [*way, (series.name[:40], reverse("series:series", args=[series.pk]))] if series else way


def may_keep(actor: Actor, series: Series) -> bool:
    """Tell whether the actor may put values into a series and change it."""
    if series.unit_id is not None:
        return allowed(actor, KEEP_SERIES, series.unit_id)
    return allowed_somewhere(actor, KEEP_SERIES)


def kept(request: HttpRequest, series_id: int) -> tuple[Actor, Series]:
    """Return the actor and a series she may change. Raises NotAllowed, NotFound."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, KEEP_SERIES):
        require(actor, KEEP_SERIES)
    found = queries.series_of(actor, series_id)
    if not may_keep(actor, found):
        require(actor, KEEP_SERIES, found.unit_id)
    return actor, found


@require_safe
def series(request: HttpRequest, series_id: int) -> HttpResponse:
    """Show a series: the point, the picture, the table, what came when, breaks and definition."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.series_of(actor, series_id)
    all_periods = request.GET.get("perioder") == "alle"
    told = shown(found, all_periods=all_periods)
    kind = content.effect_indicators().get(found.indicator_type)
    loads = list(queries.loads_of(found)[: LOADS_SHOWN + 1])
    return render(
        request,
        "series/series.html",
        {
            "series": found,
            "shown": told,
            "step": words.STEPS[found.step],
            "wanted": _("Lavere er bedre")
            if found.wanted == Wanted.LOWER
            else _("Højere er bedre"),
            "loads": [
                (one, words.ORIGINS[one.origin], words.counts(one.new, one.corrected, one.same))
                for one in loads[:LOADS_SHOWN]
            ],
            "more_loads": len(loads) > LOADS_SHOWN,
            "breaks": [break_words(found, one) for one in told.breaks],
            "definitions": definitions_of(found),
            "how": kind.how.in_language(content.active_language()) if kind else "",
            "kind": kind.label.in_language(content.active_language()) if kind else "",
            "ideas": ideas_of(actor, found),
            "copy": copy_of(found),
            "taken": list(taken_lines_of(found)),
            "results": _results(actor, found),
            "statbank": read_in_words(table) if (table := statbank_of(found)) else "",
            "may_keep": may_keep(actor, found),
            "may_share": allowed(actor, SHARE_SERIES),
            "may_act": allowed_somewhere(actor, GIVE_IDEAS),
        },
    )


def _results(actor: Actor, series: Series) -> list[tuple[Any, bool]]:
    """Return the studies of a series whose result may be shared, and whether it is."""
    if not allowed(actor, SHARE_SERIES):
        return []
    shared = shared_study_ids(actor)
    answered = queries.visible_to(actor).filter(series=series, estimates__isnull=False).distinct()
    return [(one, one.pk in shared) for one in answered]


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a series: choose a kind that many measure, or write one's own."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, KEEP_SERIES):
        require(actor, KEEP_SERIES)
    chosen = request.GET.get("slags", "")
    if request.method == "GET" and not chosen:
        return render(request, "series/kinds.html", {"kinds": _kinds()})
    kind = content.effect_indicators().get(chosen)
    initial: dict[str, Any] = {}
    lead = ""
    if kind is not None:
        language = content.active_language()
        initial = {
            "name": kind.label.in_language(language),
            "measure_unit": kind.measure_unit.in_language(language),
            "wanted": kind.wanted,
            "step": kind.step,
            "definition": kind.definition.in_language(language),
            "indicator_type": kind.code,
        }
        lead = kind.how.in_language(language)

    def carried(cleaned: Any) -> tuple[str, str]:
        if cleaned["indicator_type"] not in content.effect_indicators():
            cleaned["indicator_type"] = ""
        made = actions.new_series(actor=actor, fields=cleaned)
        return _("Serien er begyndt. Nu mangler tallene."), reverse("series:put", args=[made.pk])

    return small_page(
        request,
        NewForm(posted(request), actor=actor, initial=initial),
        carried,
        title=_("Begynd en serie"),
        crumbs=crumbs(),
        leave_url=reverse("series:list"),
        label=_("Begynd serien"),
        lead=lead,
    )


def _kinds() -> list[dict[str, Any]]:
    language = content.active_language()
    return [
        {
            "code": code,
            "label": one.label.in_language(language),
            "unit": one.measure_unit.in_language(language),
            "wanted": words.WANTED[one.wanted],
            "domain": one.domain.in_language(language),
            "definition": one.definition.in_language(language),
        }
        for code, one in content.effect_indicators().items()
    ]


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, series_id: int) -> HttpResponse:
    """Change what a series is called; the way it is counted has a form of its own."""
    actor, found = kept(request, series_id)
    url = reverse("series:series", args=[found.pk])

    def carried(cleaned: Any) -> tuple[str, str]:
        actions.change_series(
            actor=actor, series_id=found.pk, version=posted_version(request), fields=cleaned
        )
        return _("Serien er rettet."), url

    initial = {name: getattr(found, name) for name in ("name", "measure_unit", "wanted")}
    return small_page(
        request,
        ChangeForm(posted(request), actor=actor, initial={**initial, "unit": found.unit_id}),
        carried,
        title=_("Ret serien"),
        crumbs=crumbs(found),
        leave_url=url,
        label=_("Gem rettelserne"),
        version=found.version,
    )
