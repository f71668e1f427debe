"""The forms of a plan: the series, the places, the waves; the reason for a wish; the users."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hoest.domain.evidence import queries
from hoest.domain.evidence.rules.planning import FEWEST_PLACES, Part
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField, DanishNumberField

PLACE, WISH = "sted_", "oensket_"
MOST_WAVES = 12
HIGHEST_SEED = 2_000_000_000


class PlanForm(AskingForm):
    """What is chosen of a plan; it stands in the address, so that it can be gone back to."""

    serie: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=gettext_lazy("Serie"),
        queryset=None,
        empty_label=gettext_lazy("Vælg serien"),
        help_text=gettext_lazy("Tallet, der skal vise, om det virker."),
    )
    boelger = forms.IntegerField(
        label=gettext_lazy("Antal bølger"), min_value=1, max_value=MOST_WAVES
    )
    foerste = DanishDateField(label=gettext_lazy("Første bølge begynder"))
    mellemrum = forms.IntegerField(
        label=gettext_lazy("Perioder mellem bølgerne"), min_value=1, max_value=24
    )
    bagefter = forms.IntegerField(
        label=gettext_lazy("Perioder, der måles efter den sidste bølge"), min_value=1, max_value=60
    )
    loefte = DanishNumberField(
        label=gettext_lazy("Lovet ændring"),
        lowest=0,
        required=False,
        help_text=gettext_lazy("I seriens enhed og uden fortegn."),
    )
    froe = forms.IntegerField(
        label=gettext_lazy("Frø til lodtrækningen"),
        min_value=0,
        max_value=HIGHEST_SEED,
        help_text=gettext_lazy("Samme frø og samme steder giver samme rækkefølge."),
    )

    def __init__(
        self,
        *args: Any,
        actor: Actor,
        places: Sequence[queries.PlanPlace],
        waves: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        serie = self.fields["serie"]
        assert isinstance(serie, forms.ModelChoiceField)
        serie.queryset = queries.series_here(actor)
        self.places = [one for one in places if one.began_on is None]
        choices = [
            (Part.DRAWN.value, _("begynder, når lodtrækningen siger det")),
            (Part.NEVER.value, _("begynder ikke, men måles")),
            (Part.OUT.value, _("er ikke med")),
        ]
        wishes = [
            ("", _("efter lod")),
            *((f"b{n}", _("bølge %s") % n) for n in range(1, waves + 1)),
        ]
        for place in self.places:
            self.fields[f"{PLACE}{place.place_id}"] = forms.ChoiceField(
                label=place.name, choices=choices
            )
            self.fields[f"{WISH}{place.place_id}"] = forms.ChoiceField(
                label=place.name, choices=wishes, required=False
            )

    def with_part(self, part: Part) -> list[queries.PlanPlace]:
        """Return the places that do something in the plan."""
        return [
            one
            for one in self.places
            if self.cleaned_data.get(f"{PLACE}{one.place_id}") == part.value
        ]

    def wishes(self) -> dict[str, int]:
        """Return the wave (from 0) somebody wishes for a place, by its name."""
        return {
            one.name: int(said[1:]) - 1
            for one in self.with_part(Part.DRAWN)
            if (said := self.cleaned_data.get(f"{WISH}{one.place_id}"))
        }

    def place_fields(self) -> list[Any]:
        """Return the fields that say what each place does."""
        return [self[f"{PLACE}{one.place_id}"] for one in self.places]

    def wish_fields(self) -> list[Any]:
        """Return the fields for a wished order."""
        return [self[f"{WISH}{one.place_id}"] for one in self.places]

    def clean(self) -> dict[str, Any]:
        """Refuse a first wave that has been, and more waves than places."""
        given = super().clean() or {}
        if given.get("foerste") and given["foerste"] <= clock.today():
            self.add_error("foerste", _("Datoen har været. Vælg en dag, der ikke er kommet."))
        count = len(self.with_part(Part.DRAWN))
        if self.places and count < FEWEST_PLACES:
            self.add_error(None, _("Lad mindst to steder begynde, når lodtrækningen siger det."))
        elif given.get("boelger") and self.places and given["boelger"] > count:
            self.add_error(
                "boelger",
                _("Der er %(count)s steder at trække lod om. Vælg højst så mange bølger.")
                % {"count": count},
            )
        return given


class KeepForm(AskingForm):
    """Why the order is wished and not drawn; asked for a wish alone."""

    fordi = forms.CharField(
        label=gettext_lazy("Hvorfor skal rækkefølgen være sådan?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, is_wish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_wish:
            del self.fields["fordi"]


class UsersForm(AskingForm):
    """How many shall use it at each place that is new in the roll-out."""

    def __init__(self, *args: Any, places: Sequence[queries.PlanPlace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in places:
            self.fields[f"{PLACE}{place.place_id}"] = forms.IntegerField(
                label=_("Så mange skal bruge det i %(place)s") % {"place": place.name},
                min_value=1,
                max_value=1_000_000,
            )

    def users(self) -> dict[int, int]:
        """Return the users by the id of the place."""
        return {int(name.removeprefix(PLACE)): count for name, count in self.cleaned_data.items()}


class NeighboursForm(AskingForm):
    """Which solution, what was promised, and how many it is for."""

    loesning = forms.ChoiceField(label=gettext_lazy("Løsning"))
    loefte = DanishNumberField(
        label=gettext_lazy("Lovet ændring"),
        lowest=0,
        required=False,
        help_text=gettext_lazy("I seriens enhed og uden fortegn."),
    )
    maengde = DanishNumberField(
        label=gettext_lazy("Mængde om året hos jer"),
        lowest=0,
        required=False,
        help_text=gettext_lazy("For eksempel antal besøg eller sager."),
    )

    def __init__(self, *args: Any, solutions: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["loesning"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one, one) for one in solutions]
