"""The form of a small purchase, and of its answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio.permissions import ASK_PURCHASE
from hoest.domain.portfolio.queries import standing_core_tasks
from hoest.domain.portfolio.web.candidates.forms import units_for
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishNumberField
from hoest.ui import formats

SHORT = {"rows": 2}


class PurchaseForm(AskingForm):
    """What it is, what it solves, and for whom it is better."""

    needed_for = {
        "core_task": _("skal vælges, før nogen kan sige ja"),
        "value_for_citizens": _("mindst ét af de to felter, før nogen kan sige ja"),
        "value_for_staff": _("mindst ét af de to felter, før nogen kan sige ja"),
    }
    title = forms.CharField(
        label=_("Hvad vil I købe?"), max_length=160, help_text=_("For eksempel: 12 tablets.")
    )
    solves = forms.CharField(
        label=_("Hvad løser det?"),
        max_length=400,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("Begynd med problemet, ikke med tingen."),
    )
    core_task: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Kerneopgave"), queryset=None, required=False, empty_label=_("Ingen endnu")
    )
    value_for_citizens = forms.CharField(
        label=_("Hvad bliver bedre for borgerne?"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs=SHORT),
    )
    value_for_staff = forms.CharField(
        label=_("Hvad bliver bedre for medarbejderne?"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs=SHORT),
    )
    amount_dkk = DanishNumberField(label=_("Hvad koster det i alt?"), lowest=1, decimals=2)
    unit: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Enhed"), queryset=None, empty_label=_("Vælg enhed")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_for(actor, ASK_PURCHASE)  # type: ignore[attr-defined]
        self.fields["core_task"].queryset = standing_core_tasks(actor)  # type: ignore[attr-defined]
        self.fields["amount_dkk"].help_text = _("I kroner, højst %(most)s i årets priser.") % {
            "most": formats.kroner(content.limit("small_purchase_dkk"))
        }


class AnswerForm(AskingForm):
    """Yes or no."""

    needed_for = {"reason": _("skal skrives, hvis svaret er nej")}
    answer = forms.ChoiceField(
        label=_("Dit svar"),
        choices=[("ja", _("Ja, køb det")), ("nej", _("Nej, ikke nu"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Begrundelse"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
