"""Forms of the security report and its registers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.queries import open_bodies_of
from hoest.domain.portfolio.queries import visible_to as initiatives_visible_to
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField

FUNCTION_HINT = _("En funktion, aldrig en person.")


def _coded(form: forms.Form, name: str, kind: str) -> None:
    form.fields[name].choices = [  # type: ignore[attr-defined]
        (code, f"{label}. {content.explanation(kind, code)}")
        for code, label in content.choices(kind)
    ]


class RiskForm(AskingForm):
    """A risk in plain words."""

    what_may_happen = forms.CharField(
        label=_("Hvad kan ske?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For eksempel: Omsorgsjournalen er nede i et døgn."),
    )
    consequence = forms.CharField(
        label=_("Hvad mærker borgere og medarbejdere?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    consequence_word = forms.ChoiceField(label=_("Hvor slemt er det?"), widget=forms.RadioSelect)
    likelihood = forms.ChoiceField(label=_("Hvor sandsynligt er det?"), widget=forms.RadioSelect)
    measure = forms.CharField(
        label=_("Hvad gør vi ved det?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    owner_function = forms.CharField(
        label=_("Hvem har ansvaret?"), max_length=160, help_text=FUNCTION_HINT
    )
    ends_on = DanishDateField(label=_("Hvornår er det senest på plads?"))
    initiative: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Initiativ"), queryset=None, required=False, empty_label=_("Intet initiativ")
    )
    is_top = forms.BooleanField(label=_("Tag den med i rapporten til udvalget"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _coded(self, "consequence_word", "risk_consequence")
        _coded(self, "likelihood", "risk_likelihood")
        self.fields["initiative"].queryset = initiatives_visible_to(actor).order_by("title")  # type: ignore[attr-defined]


class CloseRiskForm(AskingForm):
    """Why a risk is closed."""

    reason = forms.CharField(
        label=_("Hvorfor er risikoen lukket?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class IncidentForm(AskingForm):
    """How many incidents of a kind there were, and the lesson. No persons."""

    kind = forms.ChoiceField(label=_("Slags hændelse"), widget=forms.RadioSelect)
    starts_on = DanishDateField(label=_("Fra"))
    ends_on = DanishDateField(label=_("Til"))
    count = forms.IntegerField(label=_("Hvor mange?"), min_value=0)
    reported = forms.IntegerField(
        label=_("Hvor mange er anmeldt til en myndighed?"), min_value=0, initial=0
    )
    lesson = forms.CharField(
        label=_("Hvad lærte vi?"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Skriv ingen navne."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _coded(self, "kind", "incident_kind")


class StepForm(AskingForm):
    """What the management body did, and when it is next due."""

    kind = forms.ChoiceField(label=_("Hvilken opgave?"), widget=forms.RadioSelect)
    on = DanishDateField(label=_("Hvornår?"))
    who_function = forms.CharField(
        label=_("Hvem?"),
        max_length=160,
        help_text=_("Et udvalg eller en funktion, aldrig en person. For eksempel: Byrådet."),
    )
    what = forms.CharField(
        label=_("Hvad blev der gjort?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reference = forms.CharField(label=_("Hvor står det?"), max_length=200, required=False)
    next_due_on = DanishDateField(label=_("Hvornår er det næste gang?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _coded(self, "kind", "management_step")


class ReportForm(AskingForm):
    """What a person writes of a report; the rest comes from the registers."""

    starts_on = DanishDateField(label=_("Rapporten dækker fra"))
    ends_on = DanishDateField(label=_("Til"))
    body: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Til udvalget"), queryset=None, empty_label=_("Vælg udvalg")
    )
    introduction = forms.CharField(
        label=_("Det vigtigste"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("To til fire korte sætninger, som en politiker læser først."),
    )
    decisions = forms.CharField(
        label=_("Beslutninger, der er brug for"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Én på hver linje."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = open_bodies_of(actor)  # type: ignore[attr-defined]

    def given(self) -> Any:
        """Return the fields as the action takes them."""
        cleaned = dict(self.cleaned_data)
        cleaned["decisions"] = cleaned["decisions"].splitlines()
        return cleaned
