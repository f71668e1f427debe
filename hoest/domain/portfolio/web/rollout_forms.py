"""The forms of a roll-out: where, and its facts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.queries import units_of
from hoest.foundation.access.actor import Actor
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField


class RolloutForm(AskingForm):
    """The facts of a roll-out, in the order they come."""

    needed_for = {
        "planned_on": _("kan vente"),
        "users_in_use": _("kan vente"),
        "old_way_closed_on": _("kan vente"),
    }

    planned_users = forms.IntegerField(
        label=_("Så mange skal bruge det"), min_value=1, max_value=1_000_000
    )
    planned_on = DanishDateField(
        label=_("Planlagt i drift"),
        required=False,
        help_text=_("Udfyld den, så I kan se, om det bliver forsinket."),
    )
    live_on = DanishDateField(label=_("Gik i drift"), required=False)
    users_in_use = forms.IntegerField(
        label=_("Så mange bruger det"),
        min_value=0,
        max_value=1_000_000,
        required=False,
        help_text=_("Udfyld det, når I har talt. Tallet viser, om gevinsterne er i brug."),
    )
    counted_on = DanishDateField(label=_("Talt den"), required=False)
    old_way_closes_on = DanishDateField(label=_("Den gamle arbejdsgang lukker"), required=False)
    old_way_closed_on = DanishDateField(
        label=_("Den gamle arbejdsgang er lukket"),
        required=False,
        help_text=_("Udfyld den, når det er sket. Først derefter kan initiativet lukkes."),
    )


class StagedRolloutForm(RolloutForm):
    """The facts of a place in a stage that is not open, or that it went live before."""

    needed_for = {
        **RolloutForm.needed_for,
        "early_because": _("skal skrives, hvis »Gik i drift« er udfyldt"),
    }

    early_because = forms.CharField(
        label=_("Hvorfor gik det i drift, før etapen blev åbnet?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kun når det er sket. Grunden bliver stående og kan læses af alle."),
    )
    field_order = ("planned_users", "planned_on", "live_on", "early_because")


class NewRolloutForm(RolloutForm):
    """Where it is rolled out: a unit of ours, or another municipality by its name."""

    unit: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Enhed"), queryset=None, required=False, empty_label=_("Vælg enhed")
    )
    place_name = forms.CharField(
        label=_("Eller en anden kommune"),
        max_length=120,
        required=False,
        help_text=_("Skriv navnet, som I kalder den. Dens tal tæller ikke med i jeres egne."),
    )
    field_order = ("unit", "place_name", "planned_users", "planned_on", "live_on")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset = units_of(actor)
