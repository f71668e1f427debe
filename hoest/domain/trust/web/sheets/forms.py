"""Forms of a reassurance sheet: what only a person can tell, the answer, the open page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.trust.rules.sheets import SheetFactCode
from hoest.foundation import content
from hoest.foundation.content.language import active_language
from hoest.foundation.forms.asking import AskingForm


def _choices(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    language = active_language()
    return [(code, one.label.in_language(language)) for code, one in found.items()]


class TellForm(AskingForm):
    """What a person tells for the sheet; whatever is left empty stands as not told yet."""

    needed_for = {
        name: _("bliver ellers »ikke oplyst endnu«")
        for name in ("data_kinds", "why", "protections", "if_wrong", "contact", "mailbox")
    }
    data_kinds = forms.MultipleChoiceField(
        label=_("Hvilke slags oplysninger bruges?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    why = forms.CharField(
        label=_("Hvorfor bruger vi dem?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Én eller to korte sætninger, som en borger forstår."),
    )
    protections = forms.MultipleChoiceField(
        label=_("Hvordan passer vi på dem?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Vælg kun det, der er på plads i dag."),
    )
    if_wrong = forms.CharField(
        label=_("Hvad sker der, hvis det går galt?"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Hvad kan borgeren mærke, og hvad gør vi så?"),
    )
    contact = forms.CharField(
        label=_("Hvem kan man spørge?"),
        max_length=160,
        required=False,
        help_text=_("En funktion, aldrig en person. For eksempel: kommunens databeskyttelse."),
    )
    mailbox = forms.EmailField(
        label=_("Fælles postkasse"),
        required=False,
        help_text=_("En postkasse, som flere passer."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = content.sheet_content()
        self.fields["data_kinds"].choices = _choices(found.data_kinds)  # type: ignore[attr-defined]
        self.fields["protections"].choices = _choices(found.protections)  # type: ignore[attr-defined]

    def told(self) -> dict[SheetFactCode, list[str]]:
        """Return what was told, as the action takes it."""
        cleaned = self.cleaned_data
        return {
            SheetFactCode.DATA_KIND: cleaned["data_kinds"],
            SheetFactCode.PROTECTION: cleaned["protections"],
            SheetFactCode.WHY: [cleaned["why"]],
            SheetFactCode.IF_WRONG: [cleaned["if_wrong"]],
            SheetFactCode.CONTACT: [cleaned["contact"]],
            SheetFactCode.MAILBOX: [cleaned["mailbox"]],
        }


APPROVE, RETURN = "approve", "return"


class AnswerForm(AskingForm):
    """The answer to a sheet that waits."""

    answer = forms.ChoiceField(label=_("Hvad svarer du?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Hvad skal rettes?"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, is_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        yes = _("Godkend bladet, så alle kan læse det på kommunens åbne side")
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            (APPROVE, yes if is_open else _("Godkend bladet, så alle i kommunen kan læse det")),
            (RETURN, _("Send det tilbage")),
        ]
        self.fields["reason"].needed_for = _(  # type: ignore[attr-defined]
            "skal skrives, når det sendes tilbage"
        )

    def clean(self) -> dict[str, Any] | None:
        """Ask for a reason when the sheet is returned."""
        cleaned = super().clean()
        if cleaned and cleaned.get("answer") == RETURN and not cleaned.get("reason", "").strip():
            self.add_error("reason", gettext("Skriv, hvad der skal rettes."))
        return cleaned


class WithdrawForm(AskingForm):
    """Why an approved sheet is taken back."""

    reason = forms.CharField(
        label=_("Hvorfor trækkes bladet tilbage?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OpenPageForm(AskingForm):
    """Whom the readers of the open page may ask."""

    contact = forms.CharField(
        label=_("Hvem kan borgerne spørge?"),
        max_length=160,
        help_text=_("En funktion, aldrig en person. For eksempel: kommunens databeskyttelse."),
    )
    mailbox = forms.EmailField(
        label=_("Fælles postkasse"), help_text=_("En postkasse, som flere passer.")
    )
