"""The forms of experiments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.queries import open_units_of, people_of
from hoest.domain.portfolio.permissions import RUN_EXPERIMENTS
from hoest.domain.portfolio.queries import AskedFact
from hoest.domain.portfolio.rules import FactAnswer
from hoest.domain.portfolio.web.gates.facts import question_field
from hoest.domain.portfolio.web.ideas.forms import open_initiatives
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField, DanishNumberField

# Beside the fields of the experiment stand the questions, under names of their own.
ASKED = "spm_"


class BeginForm(AskingForm):
    """What is believed, how it is seen, and the most it may cost and last."""

    title = forms.CharField(label=_("Hvad kalder I forsøget?"), max_length=120)
    hypothesis = forms.CharField(
        label=_("Vi tror, at"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For eksempel: én besked i stedet for tre opkald giver ro til besøget."),
        error_messages={"required": _("Skriv, hvad I tror.")},
    )
    measure = forms.CharField(
        label=_("Det ser vi på"),
        max_length=300,
        help_text=_("Det tal eller den iagttagelse, der viser, om det passer."),
        error_messages={"required": _("Skriv, hvad I ser på.")},
    )
    money_ceiling_dkk = DanishNumberField(
        label=_("Det må højst koste"), lowest=0, highest=99_999_999, decimals=2
    )
    weeks_ceiling = forms.IntegerField(
        label=_("Det må højst vare, i uger"), min_value=1, max_value=52
    )
    starts_on = DanishDateField(label=_("Begynder"))
    owner: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Har ansvaret"), queryset=None, empty_label=_("Vælg en person")
    )
    unit: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Enhed"), queryset=None, empty_label=_("Vælg enhed")
    )

    def __init__(
        self, *args: Any, actor: Actor, asked: Sequence[AskedFact] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.was_answered = all(one.answer is not FactAnswer.UNKNOWN for one in asked)
        for one in asked:
            self._ask(one)
        self.fields["owner"].queryset = people_of(actor)  # type: ignore[attr-defined]
        units, reached = open_units_of(actor), units_where(actor, RUN_EXPERIMENTS)
        if reached is not None:
            units = units.filter(pk__in=reached)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def _ask(self, one: AskedFact) -> None:
        """Ask a question of the first day: an idea is tried when it has a yes or a no."""
        field = question_field(one, required=True)
        field.choices = [
            (code, label)
            for code, label in content.choices("fact_answer")
            if code != FactAnswer.UNKNOWN
        ]
        field.error_messages["required"] = _(
            "Svar ja eller nej. Ved I det ikke endnu, så spørg en, der ved det."
        )
        if one.answer is not FactAnswer.UNKNOWN:
            field.initial = one.answer.value
        self.fields[f"{ASKED}{one.question.code}"] = field

    def asked_fields(self) -> list[forms.BoundField]:
        """Return the questions of the first day, for an idea."""
        return [self[name] for name in self.fields if name.startswith(ASKED)]

    def own_fields(self) -> list[forms.BoundField]:
        """Return what is asked of every experiment."""
        return [self[name] for name in self.fields if not name.startswith(ASKED)]

    def answers(self) -> dict[str, FactAnswer]:
        """Return the answers to the questions of the first day, by code."""
        return {
            name.removeprefix(ASKED): FactAnswer(said)
            for name, said in self.cleaned_data.items()
            if name.startswith(ASKED)
        }


class SpendingForm(AskingForm):
    """How much is spent until a day."""

    spent_dkk = DanishNumberField(
        label=_("Brugt til nu"), lowest=0, highest=999_999_999, decimals=2
    )
    on = DanishDateField(label=_("Opgjort den"))


class ExtendForm(AskingForm):
    """The new limits, and why."""

    ends_on = DanishDateField(label=_("Slutter senest"))
    limit_dkk = DanishNumberField(
        label=_("Må højst koste"), lowest=0, highest=99_999_999, decimals=2
    )
    reason = forms.CharField(
        label=_("Begrundelse"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Hvad skal I nå, som I ikke kunne nå inden for grænsen?"),
    )


class StopForm(AskingForm):
    """Why it stops, and what was learnt."""

    reason = forms.CharField(
        label=_("Begrundelse"), max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    learnt = forms.CharField(
        label=_("Hvad lærte I?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Skriv det til den, der får den samme idé om to år."),
        error_messages={"required": _("Skriv, hvad I lærte.")},
    )


class ScaleForm(StopForm):
    """And where it goes on: a new initiative, or one that is there."""

    initiative: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Er der et initiativ, det hører til?"),
        queryset=None,
        required=False,
        empty_label=_("Nej, opret et nyt"),
    )
    field_order = ("initiative", "reason", "learnt")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["initiative"].queryset = open_initiatives(actor)  # type: ignore[attr-defined]
