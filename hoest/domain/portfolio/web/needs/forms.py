"""The forms of needs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.queries import open_units_of
from hoest.domain.portfolio.permissions import WRITE_NEEDS
from hoest.domain.portfolio.queries.ideas import ideas_visible_to
from hoest.domain.portfolio.queries.initiatives import visible_to
from hoest.domain.portfolio.rules import ACTIVE_PHASES
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField


class NeedForm(AskingForm):
    """Who needs what, what we know it from, and where."""

    statement = forms.CharField(
        label=_("Hvem har brug for hvad?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For eksempel: Pårørende har brug for at vide, hvornår hjælpen kommer."),
    )
    evidence = forms.ChoiceField(label=_("Det ved vi fra"), widget=forms.RadioSelect)
    evidence_told = forms.CharField(
        label=_("Hvad viser det?"),
        max_length=400,
        required=False,
        help_text=_("For eksempel: 42 klager i 2025, flest om aftenen. Ved en antagelse: hvorfor?"),
    )
    unit: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Enhed"), queryset=None, empty_label=_("Vælg enhed")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].choices = [  # type: ignore[attr-defined]
            (code, f"{label}: {content.explanation('need_evidence', code)}")
            for code, label in content.choices("need_evidence")
        ]
        units, reached = open_units_of(actor), units_where(actor, WRITE_NEEDS)
        if reached is not None:
            units = units.filter(pk__in=reached)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class TestForm(AskingForm):
    """What was tried, what was seen, and when."""

    __test__ = False

    tried = forms.CharField(
        label=_("Hvad prøvede I?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For eksempel: Vi ringede til 12 pårørende og spurgte."),
    )
    outcome = forms.ChoiceField(label=_("Det viste sig, at det"), widget=forms.RadioSelect)
    result = forms.CharField(
        label=_("Hvad så I?"), max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    on = DanishDateField(label=_("Dato"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = content.choices("test_outcome")  # type: ignore[attr-defined]


class TieForm(AskingForm):
    """The initiative or the idea a need belongs to."""

    initiative: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Initiativ"), queryset=None, required=False, empty_label=_("Intet initiativ")
    )
    idea: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Eller en idé"), queryset=None, required=False, empty_label=_("Ingen idé")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        initiatives = visible_to(actor).filter(phase__in=ACTIVE_PHASES).order_by("title", "pk")
        ideas = ideas_visible_to(actor).exclude(state="declined").order_by("-given_on", "pk")
        self.fields["initiative"].queryset = initiatives  # type: ignore[attr-defined]
        self.fields["idea"].queryset = ideas  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one of them."""
        cleaned = super().clean() or self.cleaned_data
        if (cleaned.get("initiative") is None) == (cleaned.get("idea") is None):
            raise forms.ValidationError(_("Vælg enten et initiativ eller en idé."))
        return cleaned
