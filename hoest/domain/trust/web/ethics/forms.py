"""Forms of an ethics screening: the colours, the consequences, the people, the decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.queries import open_bodies_of
from hoest.domain.trust.models import CommitteeStance, EthicsScreening
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.content.language import active_language
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField

NOTE = forms.Textarea(attrs={"rows": 2})


def _note(label: str, needed_for: Any, first: str) -> forms.CharField:
    field = forms.CharField(label=label, max_length=400, required=False, initial=first, widget=NOTE)
    field.needed_for = needed_for  # type: ignore[attr-defined]
    return field


class ColourForm(AskingForm):
    """One colour and a note for each question; what is not answered yet may wait."""

    def __init__(self, *args: Any, draft: EthicsScreening | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = draft.answers if draft else {}
        language = active_language()
        for code, question in content.ethics_instrument().questions.items():
            before = kept.get(code, {})
            field = forms.ChoiceField(
                label=question.label.in_language(language),
                choices=[
                    (
                        colour,
                        f"{content.label('ethics_colour', colour)}: {text.in_language(language)}",
                    )
                    for colour, text in question.colours.items()
                ],
                required=False,
                initial=before.get("colour", ""),
                widget=forms.RadioSelect,
            )
            field.needed_for = _("skal svares, før der besluttes")  # type: ignore[attr-defined]
            self.fields[f"q_{code}"] = field
            self.fields[f"n_{code}"] = _note(
                gettext("Et par ord om svaret"),
                _("skal skrives ved rødt"),
                before.get("note", ""),
            )

    def given(self) -> dict[str, dict[str, str]]:
        """Return the answers as the action takes them."""
        cleaned = self.cleaned_data
        return {
            code: {"colour": cleaned[f"q_{code}"], "note": cleaned[f"n_{code}"]}
            for code in content.ethics_instrument().questions
        }


class ConsequenceForm(AskingForm):
    """Yes, maybe or no and a note for each consequence."""

    def __init__(self, *args: Any, draft: EthicsScreening, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, text in content.ethics_instrument().consequences.items():
            before = draft.consequences.get(code, {})
            field = forms.ChoiceField(
                label=text.in_language(active_language()),
                choices=content.choices("ethics_consequence"),
                required=False,
                initial=before.get("answer", ""),
                widget=forms.RadioSelect,
            )
            field.needed_for = _("skal svares, før der besluttes")  # type: ignore[attr-defined]
            self.fields[f"q_{code}"] = field
            self.fields[f"n_{code}"] = _note(
                gettext("Beskriv det"), _("skal skrives ved ja"), before.get("note", "")
            )

    def given(self) -> dict[str, dict[str, str]]:
        """Return the answers as the action takes them."""
        cleaned = self.cleaned_data
        return {
            code: {"answer": cleaned[f"q_{code}"], "note": cleaned[f"n_{code}"]}
            for code in content.ethics_instrument().consequences
        }


class PeopleForm(AskingForm):
    """Who is affected, the dilemma, and how the initiative stands to what committees decided."""

    affected = forms.MultipleChoiceField(
        label=_("Hvem bliver berørt?"), widget=forms.CheckboxSelectMultiple
    )
    affected_note = forms.CharField(
        label=_("Hvordan?"), max_length=400, required=False, widget=NOTE
    )
    dilemma = forms.CharField(
        label=_("Hvad er dilemmaet?"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Det gode på den ene side, det svære på den anden."),
    )

    def __init__(
        self, *args: Any, draft: EthicsScreening, stances: list[CommitteeStance], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        groups = content.ethics_instrument().groups
        self.fields["affected"].choices = [  # type: ignore[attr-defined]
            (code, text.in_language(active_language())) for code, text in groups.items()
        ]
        self.initial = {
            "affected": draft.affected,
            "affected_note": draft.affected_note,
            "dilemma": draft.dilemma,
        }
        before: Mapping[int, Any] = {one["id"]: one for one in draft.stances}
        self.stances = stances
        for stance in stances:
            told = before.get(stance.pk, {})
            field = forms.ChoiceField(
                label=gettext("%(body)s mener: %(principle)s")
                % {"body": stance.body.name, "principle": stance.principle},
                choices=content.choices("stance_answer"),
                required=False,
                initial=told.get("answer", ""),
                widget=forms.RadioSelect,
            )
            field.needed_for = _("skal svares, før der besluttes")  # type: ignore[attr-defined]
            self.fields[f"s_{stance.pk}"] = field
            self.fields[f"t_{stance.pk}"] = _note(
                gettext("Begrundelse"), _("skal skrives ved en afvigelse"), told.get("note", "")
            )

    def given_to_stances(self) -> dict[int, dict[str, str]]:
        """Return the answers to the stances as the action takes them."""
        cleaned = self.cleaned_data
        return {
            one.pk: {"answer": cleaned[f"s_{one.pk}"], "note": cleaned[f"t_{one.pk}"]}
            for one in self.stances
        }


class DecideForm(AskingForm):
    """The decision in words, who made it, and where it can be read."""

    decision = forms.ChoiceField(label=_("Hvad er besluttet?"), widget=forms.RadioSelect)
    decision_text = forms.CharField(
        label=_("Beslutningen med egne ord"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    body: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Drøftet i"),
        queryset=None,
        required=False,
        empty_label=_("Ikke i et udvalg"),
    )
    published_where = forms.CharField(
        label=_("Hvor er vurderingen offentliggjort?"),
        max_length=200,
        required=False,
        help_text=_("En adresse eller et punkt på en dagsorden."),
    )
    unpublished_because = forms.CharField(
        label=_("Hvorfor er den ikke offentliggjort?"), max_length=300, required=False
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [  # type: ignore[attr-defined]
            (code, f"{label}. {content.explanation('ethics_decision', code)}")
            for code, label in content.choices("ethics_decision")
        ]
        self.fields["body"].queryset = open_bodies_of(actor)  # type: ignore[attr-defined]
        for name in ("published_where", "unpublished_because"):
            self.fields[name].needed_for = _("skriv det ene eller det andet")  # type: ignore[attr-defined]


class StanceForm(AskingForm):
    """A principle of a committee in one sentence, when and where it was decided."""

    body: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Udvalg"), queryset=None, empty_label=_("Vælg udvalg")
    )
    principle = forms.CharField(
        label=_("Holdningen i én sætning"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For eksempel: Vi bruger ikke kameraer med ansigtsgenkendelse."),
    )
    explanation = forms.CharField(
        label=_("Hvorfor mener udvalget det?"), max_length=400, required=False, widget=NOTE
    )
    decided_on = DanishDateField(label=_("Besluttet den"))
    reference = forms.CharField(
        label=_("Hvor står beslutningen?"),
        max_length=200,
        help_text=_("Et punkt på en dagsorden eller et link."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = open_bodies_of(actor)  # type: ignore[attr-defined]
