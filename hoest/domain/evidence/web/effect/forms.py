"""Forms of the effect page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hoest.domain.evidence.models import Place, Series
from hoest.domain.evidence.rules import Control, Method
from hoest.domain.evidence.web import words
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField


class BeginForm(AskingForm):
    """Which series the effect is looked for in."""

    series = forms.ModelChoiceField(
        label=gettext_lazy("Hvilken serie skal vise effekten?"),
        queryset=Series.objects.none(),
        empty_label=gettext_lazy("Vælg en serie"),
        help_text=gettext_lazy(
            "Vælg den, før du kender svaret. Den første serie taler for gevinsten."
        ),
        error_messages={"required": gettext_lazy("Vælg en serie.")},
    )

    def __init__(self, *args: Any, series: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["series"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = series


class ChangeForm(AskingForm):
    """How a study looks: method, whom it compares with, from when."""

    method = forms.ChoiceField(label=gettext_lazy("Metode"))
    control = forms.ChoiceField(label=gettext_lazy("Sammenlign med"), widget=forms.RadioSelect)
    from_period = DanishDateField(
        label=gettext_lazy("Brug kun tal fra og med"),
        required=False,
        help_text=gettext_lazy("Lad feltet stå tomt, så bruges alle tal."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, codes, said in (
            ("method", [one.value for one in Method], words.METHODS),
            ("control", [one.value for one in Control], words.CONTROLS),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(code, _first_large(str(said[code]))) for code in codes]


def _first_large(text: str) -> str:
    return text[:1].upper() + text[1:]


class PlaceForm(AskingForm):
    """When a place began, or why it is not used."""

    started_on = DanishDateField(
        label=gettext_lazy("Begyndte den"),
        required=False,
        help_text=gettext_lazy("Tomt betyder: det, udrulningen siger."),
    )
    left_out_because = forms.CharField(
        label=gettext_lazy("Hold stedet ude, fordi"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Skriv en grund, hvis stedet ikke kan sammenlignes med de andre."),
    )
    alike = forms.CharField(
        label=gettext_lazy("Ligner"),
        required=False,
        max_length=80,
        help_text=gettext_lazy(
            "Skriv det samme ved steder, der ligner hinanden, for eksempel: små plejecentre. Så "
            "sammenlignes og trækkes der lod inden for dem."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse both a start and a reason to leave out."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("started_on") and found.get("left_out_because"):
            raise forms.ValidationError(
                _("Skriv enten en startdag eller en grund til at holde stedet ude.")
            )
        return found


class HappeningForm(AskingForm):
    """Something else that happened at the same time."""

    on = DanishDateField(label=gettext_lazy("Hvornår skete det?"))
    what = forms.CharField(
        label=gettext_lazy("Hvad skete der?"),
        max_length=300,
        error_messages={"required": gettext_lazy("Skriv, hvad der skete.")},
        help_text=gettext_lazy("For eksempel: Ny vagtplan, ny takst, en influenza."),
    )
    place = forms.ModelChoiceField(
        label=gettext_lazy("Hvor?"),
        queryset=Place.objects.none(),
        required=False,
        empty_label=gettext_lazy("Alle steder"),
    )

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = places
