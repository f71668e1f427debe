"""Forms of a draft: one line at a time, the price level, the approval."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.business_cases.rules import (
    FIRST_YEAR,
    LARGEST_AMOUNT,
    LARGEST_CHANGE,
    LAST_YEAR,
    LONGEST_BASIS,
    LONGEST_INDEX_SOURCE,
    LONGEST_LIFE,
    SMALLEST_CHANGE,
    CaseLineFigures,
    LineInput,
    LineKind,
    Measure,
)
from hoest.foundation import content
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishNumberField

HUNDRED = Decimal(100)
MOST_PERCENT = 1000


def percent_of(share: Decimal) -> Decimal:
    """Return a share in per cent, as a form shows it."""
    return (share * HUNDRED).quantize(Decimal("0.01"))


class LineForm(AskingForm):
    """One line of a draft with its years. A year left empty is not known, never zero."""

    key = forms.CharField(
        label=_("Post"), max_length=200, help_text=_("Et navn, der går igen i næste version.")
    )
    kind = forms.ChoiceField(label=_("Art"), widget=forms.RadioSelect)
    measure = forms.ChoiceField(label=_("Tælles i"), widget=forms.RadioSelect)
    duration = forms.ChoiceField(label=_("Varighed"), widget=forms.RadioSelect)
    cost_type = forms.ChoiceField(
        label=_("Hvad går udgiften til?"),
        required=False,
        help_text=_("Kun ved udgifter. Business casen spørger til hver slags."),
    )
    steering_area = forms.ChoiceField(label=_("Styringsområde"), required=False)
    basis = forms.CharField(
        label=_("Hvad bygger tallet på?"),
        max_length=LONGEST_BASIS,
        required=False,
        help_text=_("For eksempel et tilbud, et regnskab eller erfaring fra en anden kommune."),
    )
    life_years = forms.IntegerField(
        label=_("Afskrives over (år)"),
        required=False,
        min_value=1,
        max_value=LONGEST_LIFE,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Kun for en investering, der kan aktiveres. Ændrer ikke det, der betales."),
    )
    low_percent = DanishNumberField(
        label=_("Lavest"), required=False, lowest=0, highest=100, decimals=2
    )
    high_percent = DanishNumberField(
        label=_("Højest"), required=False, lowest=100, highest=MOST_PERCENT, decimals=2
    )

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = list(years)
        self._choices("kind", content.choices("line_kind"))
        self._choices("duration", content.choices("duration"))
        self._choices(
            "measure",
            [
                ("dkk", _("Kroner")),
                ("hours", _("Timer")),
                ("society", _("Kroner for andre: borgere, virksomheder eller stat")),
            ],
        )
        self._choices("cost_type", [("", _("Ikke valgt")), *content.choices("cost_type")])
        self._choices("steering_area", [("", _("Ikke valgt")), *content.choices("steering_area")])
        for year in self.years:
            self.fields[f"year_{year}"] = DanishNumberField(
                label=str(year),
                required=False,
                lowest=0,
                highest=LARGEST_AMOUNT - 1,
                decimals=2,
            )

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Hold that there is an amount, and that only benefits are counted in hours."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        filled = any(cleaned.get(f"year_{year}") is not None for year in self.years)
        if not filled and not any(name.startswith("year_") for name in self.errors):
            self.add_error(f"year_{self.years[0]}", gettext("Skriv beløbet for mindst ét år."))
        if cleaned.get("measure") == Measure.HOURS and cleaned.get("kind") != LineKind.BENEFIT:
            self.add_error(
                "measure", gettext("Kun gevinster tælles i timer. Udgifter er i kroner.")
            )
        return cleaned

    def line(self, standing: CaseLineFigures | None = None) -> LineInput:
        """Return the line as it was written; an end that was not touched stays to the last decimal.

        `standing` is the line as it was, whose ends may have been written in kroner.
        """
        cleaned = self.cleaned_data
        low = self._share("low_percent", standing.low_share if standing else None)
        high = self._share("high_percent", standing.high_share if standing else None)
        return LineInput(
            key=cleaned["key"],
            kind=cleaned["kind"],
            measure=cleaned["measure"],
            duration=cleaned["duration"],
            steering_area=cleaned["steering_area"] if cleaned["measure"] == "dkk" else "",
            cost_type=cleaned["cost_type"],
            low_share=low,
            high_share=high,
            basis=cleaned["basis"],
            life_years=cleaned["life_years"] if cleaned["kind"] == LineKind.INVESTMENT else None,
            amounts={
                year: cleaned[f"year_{year}"]
                for year in self.years
                if cleaned[f"year_{year}"] is not None
            },
        )

    def _share(self, name: str, before: Decimal | None) -> Decimal | None:
        percent: Decimal | None = self.cleaned_data[name]
        if percent is None:
            return None
        untouched = before is not None and percent == percent_of(before)
        return before if untouched else percent / HUNDRED

    def what(self) -> list[forms.BoundField]:
        """Return the fields about the line itself."""
        names = ("key", "kind", "cost_type", "measure", "duration", "basis")
        return [self[name] for name in names]

    def year_fields(self) -> list[forms.BoundField]:
        """Return the field of each year."""
        return [self[f"year_{year}"] for year in self.years]

    def more(self) -> list[forms.BoundField]:
        """Return the fields that may wait."""
        return [
            self[name] for name in ("low_percent", "high_percent", "steering_area", "life_years")
        ]

    @property
    def more_is_open(self) -> bool:
        """Tell whether the fields that may wait hold something."""
        return any(field.value() or field.errors for field in self.more())


class PriceLevelForm(AskingForm):
    """Which year's money a draft counts in."""

    price_level = forms.IntegerField(
        label=_("Pris- og lønniveau"),
        min_value=1990,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Hvilket års kroner alle beløb står i. Beløbene regnes ikke om."),
    )


class IndexYearForm(AskingForm):
    """How much prices and wages rose from the year before, and who says so."""

    year = forms.IntegerField(
        label=_("År"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    change_percent = DanishNumberField(
        label=_("Ændring fra året før"),
        lowest=SMALLEST_CHANGE * HUNDRED,
        highest=LARGEST_CHANGE * HUNDRED,
        decimals=4,
        help_text=_(
            "Skriv 3,2, hvis priser og lønninger steg 3,2 procent. Brug minus for et fald."
        ),
        error_messages={"required": _("Skriv, hvor meget priser og lønninger ændrede sig.")},
    )
    source_text = forms.CharField(
        label=_("Hvor kommer tallet fra?"),
        max_length=LONGEST_INDEX_SOURCE,
        help_text=_(
            "For eksempel KL's budgetvejledning 2026, tabel 1. Så kan andre slå det efter."
        ),
        error_messages={"required": _("Skriv, hvor tallet kommer fra.")},
    )


class ApproveForm(AskingForm):
    """Why the figures are approved as they stand."""

    reason = forms.CharField(
        label=_("Begrundelse"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = not is_first
        self.fields["reason"].help_text = (
            _("Det første løfte behøver ingen begrundelse.")
            if is_first
            else _("Hvorfor er tallene ændret siden sidst? Det kan læses af alle.")
        )


class SendBackForm(AskingForm):
    """What is lacking before the figures can be approved."""

    reason = forms.CharField(
        label=_("Hvad mangler?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Skriv, så den anden kan gøre det færdigt uden at spørge."),
    )


class YesForm(AskingForm):
    """A form that only asks for a yes."""
