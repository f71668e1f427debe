"""Pasting a series of measurements: look at what will be saved, mend it, save it whole."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hoest.domain.benefits import actions, queries
from hoest.domain.benefits.actions.held import require_there
from hoest.domain.benefits.actions.series import corrections_as_text
from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.permissions import MEASURE
from hoest.domain.benefits.rules.series import MOST_LINES, Series, SeriesFault, read_series
from hoest.domain.benefits.web import shown, words
from hoest.domain.benefits.web.views import crumbs, read
from hoest.foundation import clock
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.posting import carried_out, posted
from hoest.ui.messages import tell

LARGEST_FILE = 200_000
FAULTS: dict[str, tuple[Any, Any]] = {
    "one_cell": (_("en dato og en værdi"), _("31.01.2026 og 12,5 med tabulator imellem")),
    "many_cells": (_("kun en dato og en værdi"), _("31.01.2026 og 12,5")),
    "not_a_day": (
        _("en dag, en måned, et kvartal eller et år"),
        _("31.01.2026 eller januar 2026"),
    ),
    "no_such_day": (_("en dato, der findes i kalenderen"), _("28.02.2026")),
    "long_ago": (_("en dag efter 1990"), _("31.01.2026")),
    "ahead": (_("en dag, der er gået"), _("den dag, der blev målt")),
    "not_a_number": (_("et tal med komma før decimalerne"), _("1.234,5")),
    "too_large": (_("et mindre tal"), _("1.234,5")),
    "too_fine": (_("højst fire cifre efter kommaet"), _("12,1234")),
    "twice": (_("én værdi for hver dag"), _("den rigtige af de to")),
    "too_many": (_("færre linjer ad gangen"), str(MOST_LINES)),
}


class SeriesForm(AskingForm):
    """The pasted lines or a file with them, where they come from, and why some are corrected."""

    text = forms.CharField(
        label=_("Datoer og værdier"),
        required=False,
        max_length=LARGEST_FILE,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 10, "spellcheck": "false", "class": "form-input tabular"}
        ),
        help_text=_("Kopiér to kolonner fra regnearket: dato og værdi. Én linje for hver måling."),
    )
    file = forms.FileField(
        label=_("Eller hent en CSV-fil"), required=False, help_text=_("Samme to kolonner.")
    )
    origin = forms.CharField(
        label=_("Hvor tallene kommer fra"),
        required=False,
        max_length=300,
        help_text=_("For eksempel fagsystemet og rapportens navn."),
    )
    reason = forms.CharField(
        label=_("Hvorfor rettes værdier, der står allerede?"), required=False, max_length=300
    )

    def clean(self) -> dict[str, Any]:
        """Put a file's text in the place of the pasted lines."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if file:
            cleaned["text"] = _text_of(file)
        if not (cleaned.get("text") or "").strip():
            self.add_error("text", gettext("Indsæt linjerne, eller vælg en fil."))
        return cleaned


def _text_of(file: Any) -> str:
    if file.size > LARGEST_FILE:
        raise ValidationError(gettext("Filen er for stor. En serie fylder højst 200 kB."))
    raw = file.read()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text: str = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise ValidationError(gettext("Filen er ikke tekst. Gem den som CSV, og prøv igen."))


@require_http_methods(["GET", "POST"])
def paste(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Show what a pasted series would become, and save it when it is whole and wanted."""
    actor, benefit, _standing = read(request, benefit_id)
    require_there(actor, MEASURE, benefit, or_owner=True)
    last = shown.last_measurement(benefit)
    form = SeriesForm(
        posted(request),
        request.FILES or None,
        initial={"origin": last.origin if last else ""},
    )
    series: Series | None = None
    if form.is_valid():
        text = form.cleaned_data["text"]
        if request.FILES:
            # What stood in the file can be mended on the page.
            form = SeriesForm({**request.POST.dict(), "text": text})
            form.is_valid()
        series = read_series(text, clock.today(), queries.values_by_day(benefit))
        if "gem" in request.POST:

            def write(cleaned: dict[str, Any]) -> str:
                done = actions.record_series(
                    actor=actor,
                    benefit_id=benefit.pk,
                    text=cleaned["text"],
                    origin=cleaned["origin"],
                    reason=cleaned["reason"],
                    seen=request.POST.get("seen"),
                )
                return _told(done)

            said = carried_out(form, write)
            if said is not None:
                tell(request, said)
                return redirect("benefits:benefit", benefit.pk)
    context = {
        "form": form,
        "benefit": benefit,
        "crumbs": crumbs(benefit, gettext("Indsæt målinger")),
        "leave_url": reverse("benefits:benefit", args=[benefit.pk]),
        **_shown(benefit, series, form),
        **({"can_save": False} if "ret" in request.POST else {}),
    }
    refused = form.is_bound and (form.errors or (series is not None and series.faults))
    return render(request, "benefits/series.html", context, status=422 if refused else 200)


def _shown(benefit: Benefit, series: Series | None, form: SeriesForm) -> dict[str, Any]:
    if series is None:
        return {}
    return {
        "series": series,
        "text": form.cleaned_data.get("text", ""),
        "seen": corrections_as_text(series),
        "new": len(series.having("new")),
        "same": len(series.having("same")),
        "corrections": [
            {
                "on": row.on,
                "value": words.value_with_unit(row.value, benefit.measure_unit),
                "standing": words.value_with_unit(row.standing, benefit.measure_unit),
            }
            for row in series.having("corrects")
        ],
        "rows": [
            {"on": row.on, "value": words.plain_number(row.value), "outcome": row.outcome}
            for row in series.rows
        ],
        "faults": [_fault(fault) for fault in series.faults],
        "can_save": bool(series.rows) and not series.faults,
    }


def _fault(fault: SeriesFault) -> dict[str, Any]:
    expected, example = FAULTS[fault.code]
    return {
        "line": fault.line,
        "text": fault.text[:80],
        "expected": expected,
        "no_such_day": fault.code == "no_such_day",
        "example": example,
    }


def _told(done: actions.Recorded) -> str:
    parts = [
        ngettext("%(n)s måling er gemt.", "%(n)s målinger er gemt.", done.new) % {"n": done.new}
    ]
    if done.corrected:
        parts.append(
            ngettext(
                "%(n)s værdi er rettet; den gamle kan stadig læses.",
                "%(n)s værdier er rettet; de gamle kan stadig læses.",
                done.corrected,
            )
            % {"n": done.corrected}
        )
    if done.same:
        parts.append(gettext("%(n)s stod der allerede.") % {"n": done.same})
    return " ".join(parts)
