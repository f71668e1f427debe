"""Every component in every state, with invented neutral examples.

Why: whoever builds a page sees here what exists and how it is written, and the accessibility tests
look at every state without needing data. All names and numbers are invented.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hoest.ui import gallery_examples as examples
from hoest.ui import icons
from hoest.ui.formats import NotANumber, parse_number
from hoest.ui.messages import tell
from hoest.ui.pictures.harvest import Measure, harvest_picture, hours_picture
from hoest.ui.pictures.palette import RUNG_CODES, STEPS

ERROR_PAGES = (400, 403, 404, 409, 422, 500, 503)


class MeasurementForm(forms.Form):
    """A form with one field of every kind; nothing is saved."""

    value = forms.CharField(label="Målt værdi", help_text="Seneste måling var 12,6 minutter.")
    measured_at = forms.DateField(
        label="Målt den", widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    method = forms.ChoiceField(
        label="Metode", choices=[("", "Vælg metode"), ("a", "Stikprøve"), ("b", "Udtræk")]
    )
    note = forms.CharField(
        label="Bemærkning", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    kind = forms.ChoiceField(
        label="Hvad viser målingen?",
        widget=forms.RadioSelect,
        choices=[("better", "Bedre end før"), ("same", "Som før"), ("worse", "Dårligere end før")],
    )
    units = forms.MultipleChoiceField(
        label="Hvilke enheder er med?",
        widget=forms.CheckboxSelectMultiple,
        choices=[("north", "Hjemmeplejen Nord"), ("south", "Hjemmeplejen Syd")],
        help_text="Du kan vælge flere.",
    )
    confirmed = forms.BooleanField(label="Jeg har set tallene efter")
    evidence = forms.FileField(label="Bilag", required=False, help_text="Højst 5 MB.")

    def clean_value(self) -> str:
        """Refuse what is not a Danish number."""
        text: str = self.cleaned_data["value"]
        try:
            parse_number(text)
        except NotANumber as fault:
            raise forms.ValidationError(
                "Skriv et tal med komma som decimaltegn, for eksempel 12,6."
            ) from fault
        return text


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    faulty = MeasurementForm({"faulty-value": "1.5", "faulty-method": ""}, prefix="faulty")
    faulty.is_valid()
    return render(
        request,
        "ui/gallery.html",
        {
            "crumbs": [
                {"label": "Høst", "url": "/"},
                {"label": "Eksempler", "url": "/galleri/"},
                {"label": "Komponenter", "url": ""},
            ],
            "form": MeasurementForm(initial={"kind": "better"}),
            "faulty": faulty,
            "facts": examples.FACTS,
            "graded": examples.GRADED,
            "ladders": [
                (label, examples.ladder_at(place))
                for place, label in enumerate(examples.RUNG_LABELS)
            ],
            "picture": harvest_picture(
                examples.accounts()[1][1],
                "dkk",
                prefix="sample",
                language=get_language() or "da",
            ),
            "lapsed_ladder": examples.LAPSED_LADDER,
            "small_ladders": list(enumerate(examples.RUNG_LABELS)),
            "columns": examples.COLUMNS,
            "rows": examples.ROWS,
            "many_rows": examples.many_rows(200),
            "tabs": examples.TABS,
            "filters": examples.FILTERS,
            "page": Paginator(range(90), 10).page(3),
            "steps": [(code, STEPS[code]) for code in RUNG_CODES],
            "icon_names": sorted(icons.PATHS),
        },
    )


@require_safe
def pictures(request: HttpRequest) -> HttpResponse:
    """Show the picture of the account in every state."""
    language = get_language() or "da"
    shown: list[dict[str, Any]] = []
    for number, (title, account) in enumerate(examples.accounts()):
        measure: Measure = "hours" if account.has("hours") and not account.has("dkk") else "dkk"
        shown.append(
            {
                "title": title,
                "birds": harvest_picture(
                    account, measure, prefix=f"birds{number}", language=language
                ),
                "bars": hours_picture(account, prefix=f"bars{number}", language=language)
                if account.has("hours")
                else None,
            }
        )
    return render(request, "ui/gallery_pictures.html", {"pictures": shown})


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """Show the page that opens as a sheet."""
    return render(request, "ui/gallery_sheet.html", {"form": MeasurementForm(prefix="sheet")})


@require_safe
def message(request: HttpRequest) -> HttpResponse:
    """Show what is told after an act, with its way back."""
    tell(request, _("Målingen er gemt."), undo_url="/galleri/")
    tell(request, _("To gevinster mangler en ejer."), level="warning")
    return render(request, "ui/gallery_sheet.html", {"form": MeasurementForm(prefix="told")})


@require_safe
def error_page(request: HttpRequest, code: int) -> HttpResponse:
    """Show an error page as it looks, answered with 200."""
    if code not in ERROR_PAGES:
        raise Http404
    versions = {
        "yours": [("Målt værdi", "12,6 minutter")],
        "theirs": [("Målt værdi", "11,9 minutter")],
    }
    return render(request, f"{code}.html", versions if code == 409 else {})
