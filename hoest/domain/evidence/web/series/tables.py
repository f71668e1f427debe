"""Getting values in: a pasted table or a file, looked at before it is saved; a benefit's own."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hoest.domain.benefits import queries as benefits
from hoest.domain.evidence.actions.reading import put_table, take_measurements
from hoest.domain.evidence.models import Series, SeriesLoad
from hoest.domain.evidence.queries.reading import ELSEWHERE, NEW, OWN_UNIT, Look, look_at
from hoest.domain.evidence.rules.reading import MOST_VALUES, LineFault
from hoest.domain.evidence.web.series import words
from hoest.domain.evidence.web.series.forms import TableForm
from hoest.domain.evidence.web.series.line_words import question, twice
from hoest.domain.evidence.web.series.pages import crumbs, kept
from hoest.domain.organisations.queries import open_units_of
from hoest.domain.portfolio.web.small_page import small_page
from hoest.foundation.access.actor import Actor
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.posting import carried_out, posted
from hoest.ui.messages import tell

FAULTS_SHOWN, CORRECTIONS_SHOWN, VALUES_SHOWN, MOST_ASKED = 30, 50, 50, 100
FAULTS: dict[str, tuple[Any, Any]] = {
    "few_cells": (_("et sted, en periode og en værdi"), _("Nord; 2025-03; 12,5")),
    "many_cells": (_("kun et sted, en periode og en værdi"), _("Nord; 2025-03; 12,5")),
    "no_place": (_("navnet på et sted"), _("Distrikt Nord")),
    "not_a_period": (_("en måned, et kvartal eller et år"), _("marts 2025 eller 2025K2")),
    "too_long": (_("en periode, der passer til serien"), _("marts 2025 i en serie med måneder")),
    "too_short": (_("en periode, der passer til serien"), _("2025 i en serie med år")),
    "long_ago": (_("en periode efter 1970"), _("marts 2025")),
    "ahead": (_("en periode, der er begyndt"), _("sidste måned")),
    "not_a_number": (_("et tal med komma før decimalerne"), _("1.234,5")),
    "too_large": (_("et mindre tal"), _("1.234,5")),
    "too_fine": (_("højst fire cifre efter kommaet"), _("12,1234")),
    "twice": (_("én værdi for hvert sted og hver periode"), _("den rigtige af de to")),
    "too_many": (_("færre værdier ad gangen"), str(MOST_VALUES)),
}


@require_http_methods(["GET", "POST"])
def put(request: HttpRequest, series_id: int) -> HttpResponse:
    """Show what a table would do to the series, and save it when it is whole and wanted."""
    actor, found = kept(request, series_id)
    form = TableForm(posted(request), request.FILES or None)
    look: Look | None = None
    answers = answers_in(request)
    if form.is_valid():
        text = form.cleaned_data["text"]
        if request.FILES:
            # What stood in the file can be mended on the page.
            form = TableForm({**request.POST.dict(), "text": text})
            form.is_valid()
        look = look_at(actor, found, text, answers)
        if "gem" in request.POST:

            def write(cleaned: dict[str, Any]) -> str:
                load = put_table(
                    actor=actor,
                    series_id=found.pk,
                    text=cleaned["text"],
                    answers=answers,
                    source=cleaned["source"],
                    source_on=cleaned["source_on"],
                    seen=request.POST.get("seen", ""),
                )
                return told(load)

            said = carried_out(form, write)
            if said is not None:
                tell(request, said)
                return redirect("series:series", found.pk)
    context = {
        "form": form,
        "series": found,
        "crumbs": crumbs(found),
        "step": words.STEPS[found.step],
        **_shown(actor, found, look, form, answers),
        "unanswered": unanswered_in(request),
        **({"can_save": False, "asked": []} if "ret" in request.POST else {}),
    }
    refused = form.is_bound and (form.errors or (look is not None and look.faults))
    return render(request, "series/put.html", context, status=422 if refused else 200)


def answers_in(request: HttpRequest) -> dict[str, str]:
    """Return what was said of unknown names: name-1 with means-1, and so on."""
    found = {}
    for turn in range(MOST_ASKED):
        name, means = request.POST.get(f"name-{turn}"), request.POST.get(f"means-{turn}")
        if name and means:
            found[name.casefold()] = means
    return found


def unanswered_in(request: HttpRequest) -> set[str]:
    """Return the names that were asked of and left without an answer."""
    pairs = (
        (request.POST.get(f"name-{turn}"), request.POST.get(f"means-{turn}"))
        for turn in range(MOST_ASKED)
    )
    return {name for name, means in pairs if name and not means}


def _shown(
    actor: Actor, series: Series, look: Look | None, form: TableForm, answers: dict[str, str]
) -> dict[str, Any]:
    if look is None:
        return {}
    asked = list(look.unknown[:MOST_ASKED]) if not look.faults else []
    return {
        "look": look,
        "text": form.cleaned_data.get("text", ""),
        "faults": [_fault(one) for one in look.faults[:FAULTS_SHOWN]],
        "more_faults": max(0, len(look.faults) - FAULTS_SHOWN),
        "asked": [asdict(one) | {"question": question(asdict(one))} for one in asked],
        "answers": list(answers.items()),
        "offset": len(answers),
        "units": unit_choices(actor) if asked else [],
        "meanings": MEANINGS,
        "corrections": [
            {
                "place": one.place,
                "period": words.period(one.on, series.step),
                "standing": words.with_unit(one.standing, series.measure_unit),
                "value": words.with_unit(one.value, series.measure_unit),
            }
            for one in look.corrected[:CORRECTIONS_SHOWN]
        ],
        "more_corrections": max(0, len(look.corrected) - CORRECTIONS_SHOWN),
        "values": [
            {
                "place": one.place,
                "period": words.period(one.on, series.step),
                "value": words.number(one.value),
            }
            for one in look.values[:VALUES_SHOWN]
        ],
        "more_values": max(0, len(look.values) - VALUES_SHOWN),
        "can_save": look.is_whole,
    }


def unit_choices(actor: Actor) -> list[tuple[str, str]]:
    """Return the units an unknown name may be, as (answer, name)."""
    rows = open_units_of(actor).values_list("pk", "name")
    return [(f"{OWN_UNIT}{pk}", name) for pk, name in rows]


MEANINGS = ((ELSEWHERE, _("En anden kommune")), (NEW, _("Et nyt sted hos os")))


def _fault(one: LineFault) -> dict[str, Any]:
    found = {"line": one.line, "text": one.text[:80]}
    if one.twin is not None:
        return found | {"expected": twice(asdict(one))}
    expected, example = FAULTS[one.code]
    return found | {"expected": expected, "example": example}


def told(load: SeriesLoad) -> str:
    """Say what a load did."""
    parts = [
        ngettext("%(n)s ny værdi er gemt.", "%(n)s nye værdier er gemt.", load.new)
        % {"n": load.new}
    ]
    if load.corrected:
        parts.append(
            ngettext(
                "%(n)s værdi er rettet; den gamle kan stadig læses.",
                "%(n)s værdier er rettet; de gamle kan stadig læses.",
                load.corrected,
            )
            % {"n": load.corrected}
        )
    if load.same:
        parts.append(gettext("%(n)s stod der allerede.") % {"n": load.same})
    return " ".join(parts)


class TakeForm(AskingForm):
    """Which measurements are copied: a benefit's own, or those of one of its indicators."""

    measurements = forms.ChoiceField(
        label=_("Hvilke målinger?"),
        help_text=_("Kun gevinster og indikatorer, der er målt, står her."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measurements"].choices = [  # type: ignore[attr-defined]
            ("", gettext("Vælg målingerne")),
            *_measured(actor),
        ]


def _measured(actor: Actor) -> list[tuple[str, str]]:
    rows = benefits.visible_to(actor).order_by("title", "pk")
    own = rows.filter(measurements__withdrawn_at__isnull=True, measurements__isnull=False)
    beside = rows.filter(indicators__measurements__isnull=False)
    found = [
        (f"{pk}", f"{title}: {indicator}")
        for pk, title, indicator in own.values_list("pk", "title", "indicator").distinct()
    ]
    found += [
        (f"{pk}-{number}", f"{title}: {name}")
        for pk, title, number, name in beside.values_list(
            "pk", "title", "indicators__pk", "indicators__indicator"
        ).distinct()
    ]
    return sorted(found, key=lambda one: one[1].casefold())


@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, series_id: int) -> HttpResponse:
    """Copy a benefit's own measurements into the series."""
    actor, found = kept(request, series_id)
    url = reverse("series:series", args=[found.pk])

    def carried(cleaned: Any) -> tuple[str, str]:
        benefit, _dash, indicator = cleaned["measurements"].partition("-")
        load = take_measurements(
            actor=actor,
            series_id=found.pk,
            benefit_id=int(benefit),
            indicator_id=int(indicator) if indicator else None,
        )
        return told(load), url

    return small_page(
        request,
        TakeForm(posted(request), actor=actor),
        carried,
        title=gettext("Hent målinger fra en gevinst"),
        crumbs=crumbs(found),
        leave_url=url,
        label=gettext("Hent målingerne"),
        lead=gettext("Stedet er gevinstens enhed. Af flere i en periode bruges den sidste."),
    )
