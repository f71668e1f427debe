"""What others found: all the results they share, one solution at a time, and while one writes.

Before there is a benefit there is an idea. Who writes of something that others have tried sees what
they found, and where it would likely land here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hoest.domain.benefits.rules.proof import Verdict
from hoest.domain.evidence.models import SharedEffect
from hoest.domain.evidence.permissions import VIEW_EVIDENCE
from hoest.domain.evidence.queries.planning import benefits_measured_in
from hoest.domain.evidence.queries.sharing import (
    effects_shared_by_others,
    same_solution,
    shared_effect_of,
)
from hoest.domain.evidence.rules import Wanted
from hoest.domain.evidence.web import words
from hoest.domain.evidence.web.effect.tables import NumberedColumn
from hoest.domain.evidence.web.planning.neighbours import answer_of
from hoest.domain.evidence.web.planning.neighbours_shown import Said
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.lists.columns import Column, DateColumn, NumberColumn
from hoest.foundation.lists.filters import ListFilter, SearchFilter, WordFilter
from hoest.foundation.lists.pages import Empty, ListPage
from hoest.foundation.lists.tables import ListTable
from hoest.foundation.search import similar
from hoest.ui import formats

MOST = 5


def register() -> None:
    """Let the results of others be offered while somebody writes."""
    similar.register(
        "shared_effects",
        offered,
        order=35,
        label=_("andre kommuners resultater"),
        permission=VIEW_EVIDENCE,
    )


def solution_url(shared_id: int) -> str:
    """Return where a solution's results are read.

    The number stands after the question mark: what stands in the path is always our own.
    """
    return f"{reverse('evidence:solution')}?nr={shared_id}"


def found_there(record: SharedEffect) -> str:
    """Return what was found with its range, in words; three digits say enough in a list."""
    step = max(record.error, abs(record.estimate) / 20)
    said = Said(record.measure_unit, Wanted(record.wanted), record.solution, step or None)
    return said.figure(record.estimate, record.low, record.high, record.error)


def offered(actor: Actor, wanted: similar.Typed) -> Iterable[similar.Thing]:
    """Offer what others found, each solution once, so that it does not push our own work away.

    A solution is found by the results that are alike what is typed; what is said of it counts all
    its results.
    """
    alike = _by_solution(wanted.among(effects_shared_by_others(actor)))
    if not alike:
        return []
    every = _by_solution(same_solution(actor, *(rows[0] for rows in alike.values())))
    return [
        similar.Thing(
            url=solution_url(min(one.pk for one in every.get(key, rows))),
            title=rows[0].solution,
            text=" ".join(f"{one.series_name} {one.definition}" for one in rows),
            kind=gettext("Det fandt andre kommuner"),
            about=_told(every.get(key, rows)),
        )
        for key, rows in alike.items()
    ]


def _by_solution(found: Iterable[SharedEffect]) -> dict[tuple[str, str, str], list[SharedEffect]]:
    """Put results of one solution in one unit together, in the order they came."""
    of_solution: dict[tuple[str, str, str], list[SharedEffect]] = {}
    for one in found:
        key = (one.solution.casefold(), one.measure_unit.casefold(), one.wanted)
        of_solution.setdefault(key, []).append(one)
    return of_solution


def _told(rows: Sequence[SharedEffect]) -> str:
    """Return one result with its range, grade and verdict; of several how they came out."""
    if len(rows) == 1:
        one = rows[0]
        grade, verdict = words.grade_label(one.grade), words.verdict_label(one.verdict)
        return " · ".join((one.municipality_name, found_there(one), grade, verdict))
    counts = Counter(one.verdict for one in rows)
    said = ", ".join(
        f"{formats.number(counts[verdict.value])} {words.verdict_label(verdict.value)}"
        for verdict in Verdict
        if counts[verdict.value]
    )
    return gettext("%(count)s resultater: %(said)s") % {
        "count": formats.number(len(rows)),
        "said": said,
    }


class SharedEffectTable(ListTable):
    """Results that others share; the row leads to all results of that solution."""

    solution = Column(_("Løsning"))
    municipality_name = Column(_("Kommune"))
    figure = Column(_("Effekt"), empty_values=(), orderable=False)
    verdict = Column(_("Påvist"), empty_values=())
    grade = NumberedColumn(_("Metodegrad"), empty_values=())
    places = NumberColumn(_("Steder"), wide=True)
    made_on = DateColumn(_("Regnet"), wide=True)
    shared_on = DateColumn(_("Delt"), sheet=True)
    estimate = NumberColumn(_("Effekt som tal"), decimals=4, sheet=True)
    low = NumberColumn(_("Spændet fra"), decimals=4, sheet=True)
    high = NumberColumn(_("Spændet til"), decimals=4, sheet=True)
    measure_unit = Column(_("Måleenhed"), sheet=True)
    series_name = Column(_("Serie"), sheet=True)
    definition = Column(_("Sådan opgøres det"), sheet=True)

    def href(self, record: SharedEffect) -> str:
        """Return where the solution's results are read."""
        return solution_url(record.pk)

    def render_figure(self, record: SharedEffect) -> str:
        """Return the figure with its unit and range."""
        return found_there(record)

    def render_verdict(self, record: SharedEffect) -> str:
        """Return what the figure may be called."""
        return words.verdict_label(record.verdict)

    def fact_verdict(self, record: SharedEffect) -> str:
        """Return the code of the verdict."""
        return Verdict(record.verdict).code

    def render_grade(self, record: SharedEffect) -> str:
        """Return how the figure was made."""
        return f"{record.grade}: {words.grade_label(record.grade)}"

    def fact_grade(self, record: SharedEffect) -> int:
        """Return the grade as a number."""
        return record.grade

    value_figure = fact_figure = render_figure
    value_verdict = render_verdict
    value_grade = render_grade


def _from(actor: Actor) -> list[tuple[str, Any]]:
    names = effects_shared_by_others(actor).order_by("municipality_name")
    return [(name, name) for name in names.values_list("municipality_name", flat=True).distinct()]


class SharedEffectFilter(ListFilter):
    """Which shared results are shown."""

    sentence = _("Vis resultater fra {municipality_name}, {verdict}, der nævner {q}")
    q = SearchFilter(fields=("solution", "series_name", "municipality_name", "measure_unit"))
    municipality_name = WordFilter(any_word=_("alle kommuner"), label=_("Kommune"), choices=_from)
    verdict = WordFilter(
        any_word=_("påvist eller ej"),
        label=_("Påvist"),
        choices=lambda actor: [(one.value, words.verdict_label(one.value)) for one in Verdict],
    )


class SharedEffects(ListPage):
    """What other municipalities found and decided to share."""

    name, url_name = "shared_effects", "evidence:others"
    title = _("Hvad andre fandt")
    permission = VIEW_EVIDENCE
    table_class, filter_class = SharedEffectTable, SharedEffectFilter
    beside = ((_("Se jeres egne effekter"), "evidence:effects"),)
    empty = Empty(
        _("Her kommer det til at stå, som andre kommuner fandt og valgte at dele."),
        example=_("Skærmbesøg: 3,1 minutter lavere pr. besøg, sammenlignet og vist"),
        why=_("Når andre deler, kan I se, hvor I formentlig lander, før I beslutter jer."),
    )

    def rows(self, actor: Actor) -> QuerySet[SharedEffect]:
        """Return the copies the others have shared."""
        return effects_shared_by_others(actor)

    def at_first(self, actor: Actor, rows: QuerySet[SharedEffect]) -> QuerySet[SharedEffect]:
        """Put the results of a solution beside each other."""
        return rows.order_by("solution", "municipality_name", "pk")

    def point(self, actor: Actor, total: int) -> str:
        """Say how many results come from how many municipalities."""
        if not total:
            return gettext("Ingen andre har delt et resultat endnu")
        places = self.rows(actor).order_by().values("organisation_id").distinct().count()
        return ngettext(
            "%(n)s resultat fra en anden kommune",
            "%(n)s resultater fra %(places)s andre kommuner",
            total,
        ) % {"n": formats.number(total), "places": formats.number(places)}


@require_safe
def solution(request: HttpRequest) -> HttpResponse:
    """Show what others found with a solution; without a number, the list of it all."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_EVIDENCE):
        require(actor, VIEW_EVIDENCE)
    number = request.GET.get("nr", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return redirect("evidence:others")
    shared = shared_effect_of(actor, int(number))
    unit = shared.measure_unit
    context = answer_of(
        list(same_solution(actor, shared).order_by("municipality_name", "pk")),
        Said(unit, Wanted(shared.wanted), shared.solution),
    )
    ours = benefits_measured_in(actor, unit, shared.wanted)
    context |= {
        "unit": unit,
        "crumbs": [
            {"label": gettext("Portefølje"), "url": reverse("portfolio:initiatives")},
            {"label": gettext("Hvad andre fandt"), "url": reverse("evidence:others")},
            {"label": shared.solution},
        ],
        "benefits": [
            {"title": one.title, "url": reverse("planning:neighbours", args=[one.pk])}
            for one in ours[:MOST]
        ],
    }
    return render(request, "evidence/planning/solution.html", context)
