"""Forms of benefits: the profile in portions, the owner, a measurement, taking home."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.permissions import ACCEPT_OWNERSHIP, CHANGE_BENEFITS
from hoest.domain.benefits.rules.achievement import is_a_leap
from hoest.domain.benefits.web import words
from hoest.domain.organisations.queries import people_of, people_with_roles, units_of
from hoest.domain.portfolio.queries import visible_to as initiatives_of
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField, DanishNumberField

LARGEST = Decimal(10) ** 13


def _value(**kwargs: Any) -> DanishNumberField:
    return DanishNumberField(lowest=-LARGEST, highest=LARGEST, **kwargs)


PORTIONS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "hvad": (_("Hvad"), ("title", "benefit_type", "unit", "line_key")),
    "maal": (
        _("Fra hvad til hvad"),
        (
            "indicator",
            "measure_unit",
            "baseline_value",
            "baseline_on",
            "target_value",
            "target_on",
        ),
    ),
    "metode": (_("Hvordan det måles"), ("method", "frequency")),
}


class BenefitForm(AskingForm):
    """What a person writes about a benefit: one of three portions, each saved by itself."""

    needed_for = {
        "line_key": _("giver gevinsten sit beløb"),
        **dict.fromkeys(
            (
                "indicator",
                "measure_unit",
                "baseline_value",
                "baseline_on",
                "target_value",
                "target_on",
                "method",
                "frequency",
            ),
            _("skal bruges, før gevinsten er ejet"),
        ),
    }

    title = forms.CharField(
        label=_("Titel"), max_length=200, help_text=_("Kort: hvad bliver bedre, og for hvem?")
    )
    benefit_type = forms.ChoiceField(label=_("Gevinsttype"))
    unit: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Enhed"),
        queryset=None,
        required=False,
        empty_label=_("Initiativets enhed"),
    )
    line_key = forms.ChoiceField(
        label=_("Post i business casen"),
        required=False,
        help_text=_("Posten giver gevinsten dens kroner eller timer."),
    )
    indicator = forms.CharField(
        label=_("Indikator"),
        required=False,
        max_length=200,
        help_text=_("Det tal, der viser, om gevinsten kommer. For eksempel minutter pr. besøg."),
    )
    measure_unit = forms.CharField(
        label=_("Måleenhed"),
        required=False,
        max_length=60,
        help_text=_("For eksempel minutter, kr. eller sager."),
    )
    baseline_value = _value(
        label=_("Baseline"), required=False, help_text=_("Tallet, før I ændrede noget.")
    )
    baseline_on = DanishDateField(label=_("Baseline målt den"), required=False)
    target_value = _value(label=_("Mål"), required=False, help_text=_("Tallet, I vil nå."))
    target_on = DanishDateField(label=_("Målet er nået senest"), required=False)
    method = forms.CharField(
        label=_("Målemetode"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Hvor hentes tallet, så to mennesker når samme resultat?"),
    )
    frequency = forms.ChoiceField(label=_("Hvor tit måles der?"), required=False)

    def __init__(
        self,
        *args: Any,
        actor: Actor,
        benefit: Benefit | None = None,
        line_keys: list[str],
        portion: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        reached = units_where(actor, CHANGE_BENEFITS)
        units = units_of(actor)
        if reached is not None:
            units = units.filter(pk__in=reached | {benefit.unit_id if benefit else None})
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self._choices("benefit_type", [("", _("Vælg type")), *content.choices("benefit_type")])
        self._choices("frequency", [("", _("Ikke aftalt")), *content.choices("frequency")])
        keys = sorted({*line_keys, *([benefit.line_key] if benefit and benefit.line_key else [])})
        self._choices("line_key", [("", _("Ingen post endnu")), *((key, key) for key in keys)])
        for name in set(self.fields) - set(PORTIONS[portion][1]):
            del self.fields[name]

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Hold what belongs together: a value has its day."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for value, day, word in (
            ("baseline_value", "baseline_on", _("Skriv, hvilken dag baseline blev målt.")),
            ("target_value", "target_on", _("Skriv, hvornår målet skal være nået.")),
        ):
            lacks_day = cleaned.get(value) is not None and cleaned.get(day) is None
            if lacks_day and day not in self.errors:
                self.add_error(day, word)
        return cleaned


class NewBenefitForm(BenefitForm):
    """The first portion of a new benefit, and the initiative when the address does not say it."""

    def __init__(
        self, *args: Any, actor: Actor, initiative: Any, line_keys: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, actor=actor, line_keys=line_keys, portion="hvad", **kwargs)
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
            self.order_fields(["initiative", *PORTIONS["hvad"][1]])


class OwnerForm(AskingForm):
    """Who is asked to own the benefit."""

    needed_for = {"person": _("skal bruges, før gevinsten er ejet")}

    person: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Gevinstejer"),
        queryset=None,
        required=False,
        empty_label=_("Ingen endnu"),
        help_text=_("En leder i driften, som også er her, når initiativet er slut."),
    )

    def __init__(self, *args: Any, actor: Actor, benefit: Benefit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = people_with_roles(actor, ACCEPT_OWNERSHIP.roles)
        if benefit.owner_id is not None:
            people = people | people_of(actor).filter(pk=benefit.owner_id)
        if benefit.initiative.lead_id is not None:
            people = people.exclude(pk=benefit.initiative.lead_id)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class MeasureForm(AskingForm):
    """A measurement in two minutes."""

    value = _value(label=_("Værdi"))
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
        """Ask once more about a value that is far from the last one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
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


class HarvestForm(AskingForm):
    """A decision that takes the benefit home."""

    needed_for = {
        "amount_dkk": _("når der tages kroner hjem"),
        "price_level": _("når der tages kroner hjem"),
        "budget_place": _("når der tages kroner hjem"),
        "hours": _("når der tages timer hjem"),
        "named_use": _("når der tages timer hjem"),
    }

    decision = forms.CharField(
        label=_("Beslutning"),
        max_length=300,
        help_text=_("Hvem besluttede det, og hvor står det? For eksempel Byrådet, punkt 12."),
    )
    decided_on = DanishDateField(label=_("Besluttet den"))
    year = forms.IntegerField(
        label=_("Budgetår"),
        min_value=1990,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    amount_dkk = DanishNumberField(
        label=_("Beløb"), required=False, lowest=0, highest=LARGEST - 1, decimals=2
    )
    price_level = forms.IntegerField(
        label=_("Pris- og lønniveau"),
        required=False,
        min_value=1990,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Hvilket års kroner beløbet står i."),
    )
    budget_place = forms.CharField(
        label=_("Budgetsted"),
        required=False,
        max_length=200,
        help_text=_("Hvor i budgettet pengene tages fra. Skal skrives, når der er et beløb."),
    )
    hours = DanishNumberField(
        label=_("Timer"), required=False, lowest=0, highest=10**9 - 1, decimals=2
    )
    named_use = forms.CharField(
        label=_("Anvendelse"),
        required=False,
        max_length=300,
        help_text=_("Hvad timerne nu bruges til. Skal skrives, når der er timer."),
    )

    GROUPS = (
        (_("Beslutningen"), ("decision", "decided_on", "year")),
        (_("Kroner ud af et budget"), ("amount_dkk", "price_level", "budget_place")),
        (_("Timer til noget andet"), ("hours", "named_use")),
    )

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields under their headings."""
        return [(str(words), [self[name] for name in names]) for words, names in self.GROUPS]


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
