"""The forms of ideas: few big fields for the giver, and the small ones of those who answer."""

from __future__ import annotations

from typing import Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.queries import herself, open_units_of, people_with_roles
from hoest.domain.portfolio.permissions import ANSWER_IDEAS, CHANGE_INITIATIVES
from hoest.domain.portfolio.queries.initiatives import visible_to
from hoest.domain.portfolio.rules import ACTIVE_PHASES
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where
from hoest.foundation.content import IdeaScale
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.photos import NotAPhoto, Photo, read_photo

SPONSORS = ("executive", "portfolio_manager", "unit_leader")


class GiveForm(AskingForm):
    """What is the problem, for whom, how often; a photo if it says more."""

    problem = forms.CharField(
        label=_("Hvad er problemet?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Skriv det, som du ville sige det til en kollega."),
        error_messages={"required": _("Skriv, hvad problemet er.")},
    )
    for_whom = forms.CharField(
        label=_("Hvem går det ud over?"),
        max_length=200,
        help_text=_("For eksempel: borgere, der venter på hjælp, og os i aftenvagten."),
        error_messages={"required": _("Skriv, hvem det går ud over.")},
    )
    how_often = forms.ChoiceField(
        label=_("Hvor tit sker det?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg, hvor tit det sker.")},
    )
    photo = forms.FileField(
        label=_("Et billede"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("Uden borgere og uden navne. Høst fjerner sted og tid fra billedet."),
    )
    suggestion = forms.CharField(
        label=_("Har du et forslag?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    unit: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Hvor er det?"), queryset=None, empty_label=_("Vælg enhed")
    )
    is_shared = forms.BooleanField(
        label=_("Mine kolleger i kommunen må læse idéen nu"),
        required=False,
        help_text=_("Uden flueben ser kun lederne den, til den får en sponsor."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how_often"].choices = content.choices("idea_frequency")  # type: ignore[attr-defined]
        self.fields["unit"].queryset = open_units_of(actor)  # type: ignore[attr-defined]
        person = herself(actor)
        if person is not None and person.unit_id is not None:
            self.fields["unit"].initial = person.unit_id

    def clean_photo(self) -> Photo | None:
        """Return the picture drawn anew; a file that is none is a fault of the field."""
        file = self.cleaned_data.get("photo")
        if not file:
            return None
        try:
            return read_photo(file.file, file.size)
        except NotAPhoto as unread:
            raise ValidationError(str(unread)) from unread


class AnswerForm(AskingForm):
    """Yes with a sponsor, or a polite no; always with a reason."""

    needed_for = {"sponsor": _("ved et ja")}

    decision = forms.ChoiceField(
        label=_("Dit svar"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", _("Ja, idéen får en sponsor")),
            ("no", _("Ikke nu, og her er hvorfor")),
        ],
        error_messages={"required": _("Vælg, om svaret er ja eller ikke nu.")},
    )
    sponsor: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Sponsor"),
        queryset=None,
        required=False,
        empty_label=_("Vælg en leder"),
        help_text=_("Den, der står bag idéen og hjælper den videre."),
    )
    reason = forms.CharField(
        label=_("Begrundelse"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Den, der gav idéen, læser det, du skriver her."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sponsor"].queryset = people_with_roles(actor, SPONSORS)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the sponsor of a yes; a no has none."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("decision") == "yes" and not cleaned.get("sponsor"):
            self.add_error("sponsor", _("Vælg den leder, der står bag idéen."))
        if cleaned.get("decision") == "no":
            cleaned["sponsor"] = None
        return cleaned


class SponsorForm(AskingForm):
    """Who stands behind the idea from now on."""

    sponsor: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Ny sponsor"), queryset=None, empty_label=_("Vælg en leder")
    )
    reason = forms.CharField(label=_("Hvorfor skifter sponsoren?"), max_length=300, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sponsor"].queryset = people_with_roles(actor, SPONSORS)  # type: ignore[attr-defined]


class AdoptForm(AskingForm):
    """A new initiative, or one that is there already."""

    initiative: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Er der et initiativ, den hører til?"),
        queryset=None,
        required=False,
        empty_label=_("Nej, opret et nyt"),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["initiative"].queryset = open_initiatives(actor)  # type: ignore[attr-defined]


class AssessForm(AskingForm):
    """A step on each scale with its reason; a scale may be left for later."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Literal["da", "en"] = "en" if (get_language() or "da").startswith("en") else "da"
        for code, scale in content.idea_scales().items():
            anchors = [(str(n), words.in_language(language)) for n, words in scale.anchors.items()]
            self.fields[f"{code}_step"] = forms.ChoiceField(
                label=f"{scale.label.in_language(language)}: {scale.about.in_language(language)}",
                choices=anchors,
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[f"{code}_reason"] = forms.CharField(
                label=_("Hvorfor dét trin?"), max_length=400, required=False
            )
            self.fields[f"{code}_reason"].needed_for = _("når du vælger et trin")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of each chosen step, and for at least one."""
        cleaned = super().clean() or self.cleaned_data
        chosen = False
        for code in content.idea_scales():
            step, reason = cleaned.get(f"{code}_step"), cleaned.get(f"{code}_reason")
            chosen = chosen or bool(step)
            if step and not reason:
                self.add_error(f"{code}_reason", _("Skriv, hvorfor du vælger det trin."))
            if reason and not step:
                self.add_error(f"{code}_step", _("Vælg det trin, begrundelsen hører til."))
        if not chosen and not self.errors:
            raise ValidationError(_("Vælg et trin på mindst én skala."))
        return cleaned

    def scores(self) -> dict[str, tuple[int, str]]:
        """Return scale → (step, reason) of what was chosen."""
        return {
            code: (int(self.cleaned_data[f"{code}_step"]), self.cleaned_data[f"{code}_reason"])
            for code in content.idea_scales()
            if self.cleaned_data.get(f"{code}_step")
        }


class DaysForm(AskingForm):
    """How many days a unit has to answer; empty is what is usual."""

    unit: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Enhed"), queryset=None, empty_label=_("Vælg enhed")
    )
    days = forms.IntegerField(
        label=_("Dage til et svar"),
        min_value=1,
        max_value=90,
        required=False,
        help_text=_("Tomt felt: det sædvanlige gælder igen."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units, reached = open_units_of(actor), units_where(actor, ANSWER_IDEAS)
        if reached is not None:
            units = units.filter(pk__in=reached)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


def open_initiatives(actor: Actor) -> Any:
    """Return the live initiatives the actor may change, for choosing one."""
    rows = visible_to(actor).filter(phase__in=ACTIVE_PHASES)
    reached = units_where(actor, CHANGE_INITIATIVES)
    if reached is not None:
        rows = rows.filter(unit_id__in=reached)
    return rows.order_by("title", "pk")


def scale_words(scale: IdeaScale) -> str:
    """Return what a scale is called in the reader's language."""
    return scale.label.in_language("en" if (get_language() or "da").startswith("en") else "da")
