"""What the neighbours' result means for us: a range, our own drawn to it, and the promise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hoest.domain.evidence import queries
from hoest.domain.evidence.calculations import CannotEstimate, Neighbour, Weighed, weighed
from hoest.domain.evidence.models import Estimate, Series, SharedEffect
from hoest.domain.evidence.rules import Wanted
from hoest.domain.evidence.rules.shown import LOWEST_GRADE
from hoest.domain.evidence.web.planning import neighbours_shown as shown
from hoest.domain.evidence.web.planning.forms import NeighboursForm
from hoest.domain.evidence.web.planning.plan import crumbs, read
from hoest.domain.evidence.web.planning.promise import promised_change, volume_of
from hoest.foundation.access.actor import Actor


@require_GET
def neighbours(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Show what others found with the same solution, and what it says of us."""
    actor, benefit = read(request, benefit_id)
    series = _series(actor, benefit)
    unit, wanted = _what(benefit, series)
    rows = list(queries.results_of_others(actor, unit, wanted)) if unit else []
    context: dict[str, Any] = {
        "benefit": benefit,
        "crumbs": crumbs(benefit, (_("Hvad betyder naboernes resultat for os?"), "")),
        "unit": unit,
    }
    form = None
    if rows:
        form = _form(request, benefit, series, rows)
        if form.is_valid():
            given = form.cleaned_data
            context |= answer_of(
                [one for one in rows if one.solution.casefold() == given["loesning"].casefold()],
                shown.Said(unit, Wanted(wanted), given["loesning"]),
                own=_own(actor, benefit, series),
                promised=float(given["loefte"]) if given["loefte"] else None,
                volume=float(given["maengde"]) if given["maengde"] else None,
            )
    context["form"] = form
    status = 422 if form is not None and form.errors else 200
    return render(request, "evidence/planning/neighbours.html", context, status=status)


def _series(actor: Actor, benefit: Any) -> Series | None:
    primary = queries.primary_of(actor, benefit.pk)
    return primary.series if primary else None


def _what(benefit: Any, series: Series | None) -> tuple[str, str]:
    """Return the unit and the wished direction: the series' own, else the benefit's."""
    if series is not None:
        return series.measure_unit, series.wanted
    base, target = benefit.baseline_value, benefit.target_value
    rising = base is not None and target is not None and target > base
    return benefit.measure_unit, (Wanted.HIGHER if rising else Wanted.LOWER).value


def _form(
    request: HttpRequest, benefit: Any, series: Series | None, rows: Sequence[SharedEffect]
) -> NeighboursForm:
    # The size of the letters does not make another solution.
    spelt: dict[str, str] = {}
    for one in rows:
        spelt.setdefault(one.solution.casefold(), one.solution)
    data = QueryDict(mutable=True)
    data["loesning"] = _likely(benefit, series, rows)
    if not request.GET:
        promised = promised_change(benefit, series) if series is not None else None
        volume = volume_of(benefit)
        data["loefte"] = "" if promised is None else f"{promised:f}".replace(".", ",")
        data["maengde"] = "" if volume is None else f"{volume.normalize():f}".replace(".", ",")
    for name in request.GET:
        data[name] = request.GET[name]
    asked = str(data["loesning"])
    data["loesning"] = spelt.get(asked.casefold(), asked)
    return NeighboursForm(data, solutions=sorted(spelt.values()))


def _likely(benefit: Any, series: Series | None, rows: Sequence[SharedEffect]) -> str:
    """Return the solution most likely ours: same name, same definition, else most results."""
    title = benefit.initiative.title.casefold()
    for one in rows:
        if one.solution.casefold() in title or title in one.solution.casefold():
            return one.solution
    if series is not None:
        for one in rows:
            if series.definition and one.definition.casefold() == series.definition.casefold():
                return one.solution
    return Counter(one.solution.casefold() for one in rows).most_common(1)[0][0]


def _own(actor: Actor, benefit: Any, series: Series | None) -> Estimate | None:
    """Return our own estimate, when it is a comparison with an error."""
    study = queries.primary_of(actor, benefit.pk)
    found = queries.latest_of(study) if study is not None and series is not None else None
    if found is None or found.estimate is None or found.grade < LOWEST_GRADE:
        return None
    return found if (found.answer.get("error") or 0) > 0 else None


def answer_of(
    chosen: Sequence[SharedEffect],
    said: shown.Said,
    *,
    own: Estimate | None = None,
    promised: float | None = None,
    volume: float | None = None,
) -> dict[str, Any]:
    """Return what the results of one solution say of us, for the template.

    `promised` is a change in the series' unit, positive when it goes the wished way; `volume` is
    how many times a year.
    """
    counted = [
        one
        for one in chosen
        if one.grade >= LOWEST_GRADE
        and one.error > 0
        and one.low is not None
        and one.high is not None
    ]
    if promised is not None and said.wanted is Wanted.LOWER:
        promised = -promised
    found: Weighed | None = None
    if counted:
        try:
            found = weighed(
                [Neighbour(one.estimate, one.error) for one in counted],
                None
                if own is None
                else Neighbour(float(own.estimate or 0), float(own.answer["error"])),
                promised=promised,
                volume=volume,
            )
        except CannotEstimate:
            found = None
    errors = [one.error for one in chosen if one.error > 0]
    said = replace(said, step=median(errors) if errors else None)
    return {
        "solution": said.solution,
        "rows": [said.row(one, one in counted) for one in chosen],
        "left_out": len(chosen) - len(counted),
        "own_row": said.own_row(own) if own else None,
        "point": said.point(found, own),
        "sentences": said.sentences(found, own, promised, volume, counted),
        "picture": said.picture(found, counted, own, promised),
        "annex": said.annex(found),
        "definitions": sorted({one.definition for one in chosen if one.definition}),
    }
