"""The forms of capacity: hours by quarter, a limit, a cooperation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.queries import open_units_of, people_of
from hoest.domain.portfolio.permissions import KEEP_CAPACITY
from hoest.domain.portfolio.web.capacity import words
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, units_where
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField

MOST_HOURS = 100_000


def role_choices() -> list[tuple[str, str]]:
    """Return the roles with their labels, in the order of the content."""
    language = content.active_language()
    return [(one.code, one.label.in_language(language)) for one in content.scarce_roles().values()]


class HoursForm(AskingForm):
    """Hours of a role, one field for each quarter shown."""

    role = forms.ChoiceField(label=_("Rolle"))

    def __init__(self, *args: Any, quarters: list[dt.date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quarters = quarters
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = role_choices()
        for quarter in quarters:
            self.fields[self.name_of(quarter)] = forms.IntegerField(
                label=words.quarter_words(quarter),
                min_value=0,
                max_value=MOST_HOURS,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    @staticmethod
    def name_of(quarter: dt.date) -> str:
        """Return the name of the field of a quarter."""
        return f"hours_{words.quarter_code(quarter)}"

    @property
    def hours(self) -> dict[dt.date, int | None]:
        """Return the hours by quarter; None where nothing is written."""
        return {one: self.cleaned_data[self.name_of(one)] for one in self.quarters}


class DemandForm(HoursForm):
    """What an initiative asks of a role."""


class SupplyForm(HoursForm):
    """What a unit, or the whole municipality, offers of a role."""

    unit: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Enhed"), queryset=None, required=False
    )
    field_order = ("role", "unit")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reached = units_where(actor, KEEP_CAPACITY)
        rows = open_units_of(actor)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset = rows if reached is None else rows.filter(pk__in=reached)
        everywhere = allowed(actor, KEEP_CAPACITY)
        unit.required = not everywhere
        unit.empty_label = str(_("Hele kommunen sammen")) if everywhere else str(_("Vælg enhed"))


class LimitForm(AskingForm):
    """A unit's own number of initiatives in work at once."""

    most = forms.IntegerField(
        label=_("Højst så mange i arbejde"),
        min_value=1,
        max_value=99,
        required=False,
        help_text=_("Lad feltet stå tomt for at bruge kommunens fælles grænse."),
    )
    reason = forms.CharField(
        label=_("Derfor"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class CooperationForm(AskingForm):
    """With whom a shortage is met, about what, and by when."""

    needed_for = {"hours": _("skal bruges, før andre kan se, hvad det rækker til")}

    role = forms.ChoiceField(label=_("Rollen, der mangler"))
    quarter = forms.ChoiceField(label=_("Kvartalet, det gælder"))
    partner = forms.CharField(
        label=_("Sammen med"),
        max_length=160,
        help_text=_("For eksempel nabokommunen, et fælles sekretariat eller en anden forvaltning."),
    )
    about = forms.CharField(
        label=_("Det deler vi"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    ready_on = DanishDateField(label=_("Klar senest"))
    hours = forms.IntegerField(
        label=_("Timer, vi venter"), min_value=0, max_value=MOST_HOURS, required=False
    )
    owner: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Ansvarlig"), queryset=None, required=False, empty_label=_("Ingen endnu")
    )

    def __init__(self, *args: Any, actor: Actor, quarters: list[dt.date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices()  # type: ignore[attr-defined]
        self.fields["quarter"].choices = [  # type: ignore[attr-defined]
            (words.quarter_code(one), words.quarter_words(one)) for one in quarters
        ]
        self.fields["owner"].queryset = people_of(actor)  # type: ignore[attr-defined]

    def clean_quarter(self) -> dt.date:
        """Return the quarter as its first day."""
        found = words.quarter_from(self.cleaned_data["quarter"])
        assert found is not None
        return found


class EndForm(AskingForm):
    """How a cooperation went."""

    kept = forms.ChoiceField(
        label=_("Hvordan gik det?"),
        choices=[("yes", _("Det er på plads")), ("no", _("Vi gav det op"))],
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(
        label=_("Med én sætning"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
