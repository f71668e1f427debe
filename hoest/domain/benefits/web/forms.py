"""Forms of benefits: a new one, the owner, a measurement, taking home."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.permissions import CHANGE_BENEFITS
from hoest.domain.benefits.rules.achievement import is_a_leap
from hoest.domain.benefits.rules.ownership import LINE_ROLES
from hoest.domain.benefits.rules.portions import OF_BENEFIT, OF_PROFILE, Portion
from hoest.domain.benefits.web import words
from hoest.domain.benefits.web.profile.fields import value_field
from hoest.domain.benefits.web.profile.forms import PortionForm
from hoest.domain.organisations.queries import people_of, people_with_roles
from hoest.domain.portfolio.queries import visible_to as initiatives_of
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField

LARGEST = Decimal(10) ** 13


class NewBenefitForm(PortionForm):
    """The first words about a new benefit, and the initiative when the address does not say it."""

    def __init__(
        self, *args: Any, actor: Actor, initiative: Any, line_keys: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, actor=actor, line_keys=line_keys, portion=Portion.WHAT, **kwargs)
        for name in OF_PROFILE[Portion.WHAT]:
            del self.fields[name]
        if not line_keys:
            del self.fields["line_key"]
        if initiative is None:
            rows = initiatives_of(actor)
            reached = units_where(actor, CHANGE_BENEFITS)
            if reached is not None:
                rows = rows.filter(unit_id__in=reached)
            self.fields["initiative"] = forms.ModelChoiceField(
                label=_("Initiativ"),
                queryset=rows.order_by("title"),
                empty_label=_("Vælg initiativ"),
                help_text=_("Det initiativ, der skal give gevinsten."),
            )
            self.order_fields(["initiative", *OF_BENEFIT[Portion.WHAT]])


class OwnerForm(AskingForm):
    """Who is asked to own the benefit."""

    needed_for = {"person": _("skal bruges, før gevinsten er ejet")}

    person: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Gevinstejer"),
        queryset=None,
        required=False,
        empty_label=_("Ingen endnu"),
        help_text=_(
            "En leder i driften, som også er her, når initiativet er slut. Listen viser ledere af "
            "enheder og direktionen."
        ),
    )

    def __init__(self, *args: Any, actor: Actor, benefit: Benefit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = people_with_roles(actor, LINE_ROLES)
        if benefit.owner_id is not None:
            people = people | people_of(actor).filter(pk=benefit.owner_id)
        if benefit.initiative.lead_id is not None:
            people = people.exclude(pk=benefit.initiative.lead_id)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class MeasureForm(AskingForm):
    """A measurement in two minutes."""

    value = value_field(label=_("Værdi"))
    on = DanishDateField(label=_("Målt den"))
    origin = forms.CharField(
        label=_("Kilde"),
        required=False,
        max_length=300,
        help_text=_("Hvor tallet er hentet. For eksempel et udtræk eller en optælling."),
    )
    other_method = forms.BooleanField(
        label=_("Målt på en anden måde end aftalt"),
        required=False,
        help_text=_(
            "Sæt kun kryds, hvis det passer. Så gemmes tallet, men det tæller ikke på høststigen."
        ),
    )
    sure = forms.BooleanField(label=_("Ja, tallet passer"), required=False)
    request_key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, last: Decimal | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.last, self.asks_if_sure = last, False

    def clean(self) -> dict[str, Any]:
        """Refuse a day to come; ask once more about a value that is far from the last one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        on = cleaned.get("on")
        if on is not None and on > clock.today():
            self.add_error("on", _("Datoen er ikke kommet endnu. Skriv den dag, der blev målt."))
        value = cleaned.get("value")
        leaps = value is not None and is_a_leap(
            value, self.last, content.limit("measurement_leap_times")
        )
        if leaps:
            self.asks_if_sure = True
            if not cleaned.get("sure"):
                said = _("Sidst var tallet %(last)s. Passer det nye? Så sæt kryds, og gem igen.")
                self.add_error("value", said % {"last": words.plain_number(self.last)})
        return cleaned


class ReasonForm(AskingForm):
    """Why something is given up, refused or taken back."""

    reason = forms.CharField(
        label=_("Begrundelse"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Den kan læses af alle, der kan se gevinsten."),
    )


class EmptyForm(AskingForm):
    """A form that only asks for a yes."""
