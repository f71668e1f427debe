"""Forms of outcome pools: what there is to take from, and what a benefit takes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hoest.domain.benefits.queries import pools_of
from hoest.domain.benefits.web.profile.fields import LARGEST, Row, row_field, year_field
from hoest.domain.organisations.queries import units_of
from hoest.foundation.access.actor import Actor
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField, DanishNumberField, PercentField


class PoolForm(AskingForm):
    """What there is to take from: so many hours or kroner a year, with the source."""

    name = forms.CharField(
        label=_("Puljens navn"),
        max_length=160,
        help_text=_("For eksempel aftentimer i hjemmeplejen."),
    )
    unit: Any = row_field(_("Enhed"), empty=_("Hele kommunen"))
    measure = forms.ChoiceField(
        label=_("Måles i"),
        choices=[("hours", _("timer om året")), ("dkk", _("kroner om året"))],
        widget=forms.RadioSelect,
        initial="hours",
    )
    total = DanishNumberField(
        label=_("I alt om året"), lowest=Decimal("0.01"), highest=LARGEST - 1, decimals=2
    )
    price_level = year_field(_("Pris- og lønniveau"), _("Skal skrives, når puljen er i kroner."))
    source_text = forms.CharField(
        label=_("Hvor kommer tallet fra?"),
        max_length=300,
        help_text=_("For eksempel vagtplanen eller regnskabet."),
    )
    source_on = DanishDateField(label=_("Gjort op den"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_of(actor)  # type: ignore[attr-defined]


class ClaimForm(AskingForm):
    """How much of a pool a benefit takes a year: an amount, or a share of the pool."""

    needed_for = {
        "amount": _("eller skriv en andel"),
        "share": _("eller skriv et antal"),
    }

    amount = DanishNumberField(
        label=_("Så meget om året"), required=False, lowest=0, highest=LARGEST - 1, decimals=2
    )
    share = PercentField(label=_("Eller så stor en andel"), required=False)

    def clean(self) -> dict[str, Any]:
        """Take one of the two."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        given = [n for n in ("amount", "share") if cleaned.get(n) is not None]
        if len(given) != 1 and not self.errors:
            self.add_error("amount", _("Skriv enten et antal eller en andel."))
        return cleaned


class ClaimOfPoolForm(ClaimForm):
    """A claim seen from the benefit: which pool it takes from."""

    pool: Any = Row(label=_("Pulje"), queryset=None, empty_label=_("Vælg en pulje"))
    field_order = ("pool", "amount", "share")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pool"].queryset = pools_of(actor)  # type: ignore[attr-defined]
