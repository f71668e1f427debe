"""Forms of candidates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hoest.domain.organisations.queries import units_of
from hoest.domain.portfolio.permissions import CREATE_INITIATIVES, KEEP_CANDIDATES
from hoest.domain.portfolio.rules.candidates import CandidateSource, Level, Suitability
from hoest.domain.portfolio.web.ideas.forms import GiveForm
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import Permission, units_where
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishNumberField, PercentField
from hoest.foundation.imports.limits import LIMITS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def units_for(actor: Actor, wanted: Permission) -> Any:
    """Return the units in which the actor may do something."""
    reached = units_where(actor, wanted)
    units = units_of(actor)
    return units if reached is None else units.filter(pk__in=reached)


class CandidateForm(AskingForm):
    """A task that might do itself."""

    title = forms.CharField(
        label=gettext_lazy("Hvilken opgave?"),
        max_length=200,
        help_text=gettext_lazy("For eksempel: Adresseskift tastes i tre systemer."),
    )
    description = forms.CharField(
        label=gettext_lazy("Sådan gøres den i dag"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    unit: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=gettext_lazy("Enhed"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("Hele kommunen"),
    )
    times_per_year = DanishNumberField(
        label=gettext_lazy("Gange om året"),
        required=False,
        lowest=0,
        highest=1_000_000_000,
        decimals=2,
        help_text=gettext_lazy("I hele kommunen, ikke pr. medarbejder."),
    )
    minutes_each = DanishNumberField(
        label=gettext_lazy("Minutter hver gang"),
        required=False,
        lowest=0,
        highest=1_000_000,
        decimals=2,
    )
    automation_share = PercentField(
        label=gettext_lazy("Så stor en del kan ske af sig selv"), required=False
    )
    measured_how = forms.CharField(
        label=gettext_lazy("Sådan er det talt"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("For eksempel: udtræk fra systemet i maj, eller et skøn."),
    )
    source = forms.ChoiceField(label=gettext_lazy("Hvor kommer den fra?"))
    source_note = forms.CharField(
        label=gettext_lazy("Hvor står det?"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Idéens titel, kommunens navn eller et link."),
    )
    kle = forms.RegexField(
        label=gettext_lazy("KLE-nummer"),
        regex=r"^\d{2}(\.\d{2}){0,2}$",
        required=False,
        max_length=12,
        help_text=gettext_lazy("I skriver det selv, for eksempel 27.69.48."),
        error_messages={"invalid": gettext_lazy("Skriv nummeret som 27, 27.69 eller 27.69.48.")},
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_for(actor, KEEP_CANDIDATES)  # type: ignore[attr-defined]
        source = self.fields["source"]
        assert isinstance(source, forms.ChoiceField)
        here = {one.value for one in CandidateSource} - {CandidateSource.OS2AUTOPROCES.value}
        source.choices = [pair for pair in content.choices("candidate_source") if pair[0] in here]
        levels = [(code, label) for code, label in content.choices("suitability_level")]
        for question in Suitability:
            self.fields[f"answer_{question.value}"] = forms.ChoiceField(
                label=content.label("suitability_question", question.value),
                help_text=content.explanation("suitability_question", question.value),
                choices=levels,
                initial=Level.UNKNOWN.value,
                required=False,
            )

    def candidate_fields(self) -> dict[str, Any]:
        """Return what is written as the fields of a candidate; answers that say nothing left."""
        cleaned = dict(self.cleaned_data)
        answers = {q.value: cleaned.pop(f"answer_{q.value}") for q in Suitability}
        cleaned["answers"] = {
            code: level for code, level in answers.items() if level and level != Level.UNKNOWN.value
        }
        return cleaned


class ReasonForm(AskingForm):
    """Why a candidate is put away."""

    reason = forms.CharField(
        label=gettext_lazy("Hvorfor?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Alle kan læse det. Den kan tages frem igen."),
    )


class ChooseForm(AskingForm):
    """The initiative a candidate becomes."""

    title = forms.CharField(label=gettext_lazy("Initiativets titel"), max_length=200)
    unit: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=gettext_lazy("Enhed"), queryset=None, empty_label=gettext_lazy("Vælg enhed")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_for(actor, CREATE_INITIATIVES)  # type: ignore[attr-defined]


class CandidateIdeaForm(GiveForm):
    """An idea made of a candidate: without a photo, and shared, as candidates are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("photo")
        self.fields.pop("is_shared")

    def clean(self) -> dict[str, Any]:
        """Share the idea: what it says stands in the open list of candidates already."""
        return {**(super().clean() or self.cleaned_data), "is_shared": True}


class UploadForm(AskingForm):
    """The workbook OS2autoproces wrote."""

    file = forms.FileField(
        label=gettext_lazy("Regneark fra OS2autoproces"),
        help_text=gettext_lazy("Excel-filen (.xlsx), som den er hentet. Ret ikke overskrifterne."),
        error_messages={
            "required": gettext_lazy("Vælg først et regneark (.xlsx)."),
            "empty": gettext_lazy("Filen er tom. Vælg et regneark (.xlsx)."),
        },
        widget=forms.FileInput(attrs={"accept": f".xlsx,{XLSX}"}),
    )

    def clean_file(self) -> UploadedFile:
        """Refuse what is too large at once; the rest is the reader's to judge."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LIMITS.packed_bytes:
            raise forms.ValidationError(_("Filen er for stor. Den må højst fylde 20 MB."))
        return file
