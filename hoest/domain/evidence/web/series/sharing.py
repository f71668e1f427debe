"""Sharing: see what leaves and say yes, what others share, take a line in; results likewise."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hoest.domain.evidence import queries
from hoest.domain.evidence.actions import sharing as acts
from hoest.domain.evidence.models import SharedSeries
from hoest.domain.evidence.permissions import KEEP_SERIES, SHARE_SERIES, VIEW_EVIDENCE
from hoest.domain.evidence.queries.series import series_here
from hoest.domain.evidence.queries.sharing import (
    copy_of,
    effect_copy_of,
    leaving_of,
    result_to_share,
    series_shared_by_others,
    shared_series_of,
)
from hoest.domain.evidence.rules import Step, UnhandledBreak
from hoest.domain.evidence.web.effect.shown import graded_of
from hoest.domain.evidence.web.series import words
from hoest.domain.evidence.web.series.pages import crumbs
from hoest.domain.evidence.web.series.picture import Line, series_picture
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField
from hoest.foundation.forms.posting import carried_out, posted
from hoest.foundation.lists.columns import Column, DateColumn, NumberColumn
from hoest.foundation.lists.filters import ListFilter, SearchFilter, WordFilter
from hoest.foundation.lists.pages import Empty, ListPage
from hoest.foundation.lists.tables import ListTable
from hoest.ui import formats
from hoest.ui.messages import tell


class ShareForm(AskingForm):
    """When we began, as the others need to know it."""

    started_on = DanishDateField(
        label=_("Hvornår begyndte I?"),
        required=False,
        help_text=_("Den dag, den nye måde begyndte. Tom betyder: vi er ikke begyndt."),
    )


@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, series_id: int) -> HttpResponse:
    """Show exactly what leaves, and share it or take it back."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.series_of(actor, series_id)
    require(actor, SHARE_SERIES)
    if "tilbage" in request.POST:
        acts.withdraw_series(actor=actor, series_id=found.pk)
        tell(request, gettext("Serien er ikke delt længere."))
        return redirect("series:series", found.pk)
    try:
        leaving = leaving_of(actor, found)
    except UnhandledBreak:
        leaving = None
    form = ShareForm(
        posted(request), initial={"started_on": leaving.started_on if leaving else None}
    )

    def write(cleaned: dict[str, Any]) -> str:
        acts.share_series(
            actor=actor,
            series_id=found.pk,
            seen=request.POST.get("seen", ""),
            started_on=cleaned["started_on"],
        )
        return gettext("Serien er delt, som du så den.")

    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect("series:series", found.pk)
    line = leaving.line if leaving else None
    context = {
        "series": found,
        "crumbs": crumbs(found),
        "form": form,
        "copy": copy_of(found),
        "leaving": leaving,
        "rows": [
            (words.period(one.on, found.step), words.number(one.mean), one.places)
            for one in reversed(line.points)
        ]
        if line
        else [],
        "fewest": content.limit("shared_series_places"),
        "municipality": actor.organisation_name,
    }
    return render(request, "series/share.html", context, status=422 if form.errors else 200)


class SharedTable(ListTable):
    """Lines other municipalities share."""

    name = Column(_("Serie"))
    municipality_name = Column(_("Kommune"))
    last = Column(_("Seneste"), accessor="pk", orderable=False)
    places = NumberColumn(_("Steder"))
    started_on = DateColumn(_("Begyndte"), wide=True)
    shared_on = DateColumn(_("Delt"), wide=True)
    measure_unit = Column(_("Måleenhed"), sheet=True)
    definition = Column(_("Sådan opgøres det"), sheet=True)

    def href(self, record: SharedSeries) -> str:
        """Return where the line is read; its number stands after the question mark."""
        return f"{reverse('series:shared')}?nr={record.pk}"

    def render_last(self, record: SharedSeries) -> str:
        """Return the last value with its unit and period."""
        if not record.points:
            return "–"
        on, mean, _places = record.points[-1]
        told = words.with_unit(Decimal(mean), record.measure_unit)
        return f"{told}, {words.period(dt.date.fromisoformat(on), record.step)}"

    value_last = render_last
    fact_last = render_last


def _from(actor: Actor) -> list[tuple[str, Any]]:
    names = series_shared_by_others(actor).order_by("municipality_name")
    return [(name, name) for name in names.values_list("municipality_name", flat=True).distinct()]


class SharedFilter(ListFilter):
    """Which shared lines are shown."""

    sentence = _("Vis serier fra {municipality_name}, der nævner {q}")
    q = SearchFilter(fields=("name", "definition", "municipality_name", "measure_unit"))
    municipality_name = WordFilter(any_word=_("alle kommuner"), label=_("Kommune"), choices=_from)


class SharedList(ListPage):
    """The lines other municipalities have decided to share."""

    name, url_name = "shared_series", "series:others"
    title = _("Serier, andre deler")
    permission = VIEW_EVIDENCE
    table_class, filter_class = SharedTable, SharedFilter
    beside = ((_("Se jeres egne serier"), "series:list"),)
    empty = Empty(
        _("Her kommer de serier til at stå, som andre kommuner har valgt at dele."),
        example=_("Prøverup: Minutter pr. besøg, gennemsnit over fem distrikter"),
        why=_("Med andres tal ved siden af kan I se, om det var jer, der gjorde forskellen."),
    )

    def rows(self, actor: Actor) -> QuerySet[SharedSeries]:
        """Return the copies the others have shared."""
        return series_shared_by_others(actor)

    def at_first(self, actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Put the same series beside each other."""
        return rows.order_by("name", "municipality_name", "pk")

    def point(self, actor: Actor, total: int) -> str:
        """Say how many lines come from how many municipalities."""
        if not total:
            return gettext("Ingen andre deler en serie endnu")
        places = self.rows(actor).order_by().values("organisation_id").distinct().count()
        return ngettext(
            "%(n)s serie fra andre kommuner",
            "%(n)s serier fra %(places)s andre kommuner",
            total,
        ) % {"n": formats.number(total), "places": formats.number(places)}


class TakeLineForm(AskingForm):
    """Into which of our own series a shared line is taken."""

    series: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Hent den ind i"),
        queryset=None,
        empty_label=_("Vælg en af jeres serier"),
        error_messages={"required": _("Vælg en af jeres serier.")},
    )

    def __init__(self, *args: Any, actor: Actor, shared: SharedSeries, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = series_here(actor).filter(step=shared.step).order_by("name", "pk")
        self.fields["series"].queryset = rows  # type: ignore[attr-defined]
        alike = rows.filter(measure_unit__iexact=shared.measure_unit)
        self.fields["series"].initial = (
            alike.filter(name__iexact=shared.name).values_list("pk", flat=True).first()
        )


@require_http_methods(["GET", "POST"])
def shared(request: HttpRequest) -> HttpResponse:
    """Show a shared line and take it into a series of ours; without a number, the list of all."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_EVIDENCE):
        require(actor, VIEW_EVIDENCE)
    number = request.GET.get("nr", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return redirect("series:others")
    found = shared_series_of(actor, int(number))
    may_take = allowed_somewhere(actor, KEEP_SERIES)
    form = TakeLineForm(posted(request), actor=actor, shared=found)
    into: list[int] = []

    def write(cleaned: dict[str, Any]) -> str:
        series = cleaned["series"]
        acts.take_line(actor=actor, shared_id=found.pk, series_id=series.pk)
        into.append(series.pk)
        return gettext("%(who)s står nu i serien som en anden kommune.") % {
            "who": found.municipality_name
        }

    if request.method == "POST" and not may_take:
        require(actor, KEEP_SERIES)
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect("series:series", into[0])
    values = {dt.date.fromisoformat(on): float(mean) for on, mean, _n in found.points}
    told = gettext("%(who)s: %(name)s") % {"who": found.municipality_name, "name": found.name}
    context = {
        "shared": found,
        "told": told,
        "picture": series_picture(
            [Line(found.municipality_name, values, is_bold=True)],
            Step(found.step),
            [],
            found.measure_unit,
            told,
        ),
        "rows": [
            (words.period(dt.date.fromisoformat(on), found.step), words.number(Decimal(mean)), n)
            for on, mean, n in reversed(found.points)
        ],
        "better": str(words.WANTED[found.wanted]).capitalize(),
        "form": form if may_take else None,
    }
    return render(request, "series/shared.html", context, status=422 if form.errors else 200)


class EffectForm(AskingForm):
    """What the solution is called, as the others would look for it."""

    solution = forms.CharField(
        label=_("Hvad hedder løsningen?"),
        max_length=160,
        help_text=_("Som andre ville lede efter den, for eksempel: Skærmbesøg i hjemmeplejen."),
    )


@require_http_methods(["GET", "POST"])
def share_effect(request: HttpRequest, study_id: int) -> HttpResponse:
    """Show the result that leaves, shown or not, and share it or take it back."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    study = queries.study_of(actor, study_id)
    require(actor, SHARE_SERIES)
    url = reverse("series:series", args=[study.series_id])
    if "tilbage" in request.POST:
        acts.withdraw_effect(actor=actor, study_id=study.pk)
        tell(request, gettext("Resultatet er ikke delt længere."))
        return redirect(url)
    copy, latest = effect_copy_of(study), result_to_share(study)
    form = EffectForm(
        posted(request),
        initial={"solution": copy.solution if copy else study.benefit.initiative.title[:160]},
    )

    def write(cleaned: dict[str, Any]) -> str:
        seen = request.POST.get("seen", "")
        acts.share_effect(
            actor=actor,
            study_id=study.pk,
            estimate_id=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 18 else 0,
            solution=cleaned["solution"],
        )
        return gettext("Resultatet er delt, som du så det.")

    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect(url)
    context = {
        "study": study,
        "latest": latest,
        "graded": graded_of(study, latest) if latest else None,
        "copy": copy,
        "form": form,
        "crumbs": crumbs(study.series),
    }
    return render(request, "series/share_effect.html", context, status=422 if form.errors else 200)
