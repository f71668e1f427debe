"""The forms at a gate: ask for a decision, recommend, decide, and let it wait."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hoest.domain.portfolio.rules import PASSING, Outcome
from hoest.foundation import content
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField


class AskForm(AskingForm):
    """A word to whoever decides."""

    note = forms.CharField(
        label=gettext_lazy("Til den, der afgør"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RecommendForm(AskingForm):
    """What a sponsor recommends who may not decide because of the amount."""

    word = forms.ChoiceField(
        label=gettext_lazy("Hvad anbefaler du?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Vælg, om du anbefaler det.")},
    )
    because = forms.CharField(
        label=gettext_lazy("Hvorfor?"),
        max_length=400,
        error_messages={"required": gettext_lazy("Skriv hvorfor.")},
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Den, der afgør det, læser det. Det gemmes sammen med afgørelsen."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word = self.fields["word"]
        assert isinstance(word, forms.ChoiceField)
        word.choices = [
            (code, f"{label}. {content.explanation('gate_recommendation', code)}")
            for code, label in content.choices("gate_recommendation")
        ]


class _Outcomes(forms.RadioSelect):
    """Radio buttons of which some cannot be pressed now."""

    shut: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return an option as the page needs it."""
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.shut:
            option["attrs"]["disabled"] = True
        return option


class DecideForm(AskingForm):
    """On, on with conditions, or a stop.

    While something is missing the ways on are shown, with the reason, and cannot be chosen.
    """

    needed_for = {
        "reason": gettext_lazy("skal skrives ved vilkår og stop"),
        "conditions": gettext_lazy("skal skrives, hvis det går videre med vilkår"),
    }

    outcome = forms.ChoiceField(label=gettext_lazy("Hvad beslutter du?"), widget=_Outcomes)
    reason = forms.CharField(
        label=gettext_lazy("Begrundelse"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Den kan læses af alle."),
    )
    conditions = forms.CharField(
        label=gettext_lazy("Vilkår"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Hvad skal være på plads undervejs, og hvornår?"),
    )

    def __init__(self, *args: Any, is_held: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)
        outcome.choices = [
            (code, _outcome_in_words(code, is_held))
            for code in content.codes("gate_outcome")
            if code != Outcome.WAIT
        ]
        assert isinstance(outcome.widget, _Outcomes)
        outcome.widget.shut = frozenset(PASSING if is_held else ())


def _outcome_in_words(code: str, is_held: bool) -> str:
    label = content.label("gate_outcome", code)
    if is_held and code in PASSING:
        why = _("Kan først vælges, når det, der mangler, er på plads.")
        return f"{label}. {why}"
    return f"{label}. {content.explanation('gate_outcome', code)}"


class WaitForm(AskingForm):
    """What is waited for, what it costs, which other ways there are, and when to look again."""

    kind = forms.ChoiceField(label=gettext_lazy("Hvad slags venten er det?"))
    waits_for = forms.CharField(
        label=gettext_lazy("Hvad eller hvem venter det på?"),
        max_length=200,
        help_text=gettext_lazy("For eksempel et kommende system, en lov eller en leverandør."),
    )
    trigger = forms.CharField(
        label=gettext_lazy("Hvad sætter det i gang igen?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    consequence = forms.CharField(
        label=gettext_lazy("Hvad koster det at vente?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    alternatives = forms.CharField(
        label=gettext_lazy("Hvilke fælles løsninger og andre veje har I set på?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Begrundelse"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    review_on = DanishDateField(
        label=gettext_lazy("Ses på igen"),
        help_text=gettext_lazy("Den dag står det i Min uge hos dem, det vedrører."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = content.choices("waiting_kind")
