"""Forms of initiatives: the whole, and the three small acts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.queries import bodies_of, people_of, units_of
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES, CREATE_INITIATIVES
from hoest.domain.portfolio.queries import standing_core_tasks
from hoest.domain.portfolio.rules import NEXT_PHASES, Phase, is_forward
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField, PercentField
from hoest.ui import formats

GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Hvad"), ("title", "in_practice", "purpose_type", "initiative_type", "theme")),
    (_("Hvor og hvem"), ("unit", "core_task", "body", "sponsor", "lead")),
    (
        _("Hvornår"),
        ("starts_on", "live_on", "agreed_adoption_share", "old_way_closes_on"),
    ),
    (_("Henvisning"), ("reference",)),
)


class InitiativeForm(AskingForm):
    """What a person writes about an initiative. Only title and unit are required."""

    needed_for = {
        "in_practice": _("skal bruges, før initiativet er på sporet"),
        "sponsor": _("skal bruges, før initiativet er på sporet"),
        "lead": _("skal bruges fra analysen og frem"),
        "live_on": _("skal bruges, før gevinsterne er i brug"),
        "old_way_closes_on": _("skal bruges, før gevinsterne er i brug"),
    }

    title = forms.CharField(
        label=_("Titel"), max_length=200, help_text=_("Kort og genkendelig, også om to år.")
    )
    in_practice = forms.CharField(
        label=_("Det betyder i praksis, at …"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Én sætning om, hvad borgere eller medarbejdere mærker. Højst 25 ord."),
    )
    purpose_type = forms.ChoiceField(label=_("Formål"), required=False)
    initiative_type = forms.ChoiceField(label=_("Type"), required=False)
    theme = forms.CharField(label=_("Tema"), max_length=160, required=False)
    unit: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Enhed"), queryset=None, empty_label=_("Vælg enhed")
    )
    core_task: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Kerneopgave"),
        queryset=None,
        required=False,
        empty_label=_("Ingen endnu"),
        help_text=_("Den opgave for borgerne, som initiativet skal gøre bedre eller billigere."),
    )
    body: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Udvalg"), queryset=None, required=False, empty_label=_("Intet udvalg")
    )
    sponsor: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Sponsor"),
        queryset=None,
        required=False,
        empty_label=_("Ingen endnu"),
        help_text=_("Den leder, der bærer beslutningen og rydder vejen."),
    )
    lead: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Initiativleder"),
        queryset=None,
        required=False,
        empty_label=_("Ingen endnu"),
    )
    starts_on = DanishDateField(label=_("Starter"), required=False)
    live_on = DanishDateField(label=_("Går i drift"), required=False)
    agreed_adoption_share = PercentField(label=_("Aftalt ibrugtagning"), required=False, lowest=1)
    old_way_closes_on = DanishDateField(label=_("Den gamle arbejdsgang lukker"), required=False)
    reference = forms.CharField(
        label=_("Reference"),
        max_length=200,
        required=False,
        help_text=_("For eksempel et sagsnummer eller et punkt på en dagsorden."),
    )

    def __init__(self, *args: Any, actor: Actor, initiative: Initiative | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        wanted = CHANGE_INITIATIVES if initiative else CREATE_INITIATIVES
        reached = units_where(actor, wanted)
        units = units_of(actor)
        self._rows("unit", units if reached is None else units.filter(pk__in=reached), initiative)
        self._rows("core_task", standing_core_tasks(actor), initiative)
        self._rows("body", bodies_of(actor), initiative)
        self._rows("sponsor", people_of(actor), initiative)
        self._rows("lead", people_of(actor), initiative)
        self._codes("purpose_type", "purpose_type")
        self._codes("initiative_type", "initiative_type")
        self.fields["in_practice"].help_text = _(
            "Én sætning om, hvad borgere eller medarbejdere mærker. Højst %(count)s ord."
        ) % {"count": content.limit("sentence_words")}
        self.fields["agreed_adoption_share"].help_text = _(
            "Hvor stor en andel skal bruge det nye? Står feltet tomt, gælder %(share)s."
        ) % {"share": formats.percent(content.limit_decimal("agreed_adoption_share"))}

    def _rows(self, name: str, rows: QuerySet[Any], initiative: Initiative | None) -> None:
        """Offer the rows, and always the one that stands there, although it may be closed."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        standing = getattr(initiative, f"{name}_id", None)
        if standing is not None:
            rows = rows | rows.model._default_manager.filter(
                organisation_id=initiative.organisation_id,  # type: ignore[union-attr]
                pk=standing,
            )
        field.queryset = rows

    def _codes(self, name: str, kind: str) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Ikke valgt")), *content.choices(kind)]

    def clean(self) -> dict[str, Any]:
        """Refuse dates that turn time around."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts, live = cleaned.get("starts_on"), cleaned.get("live_on")
        if starts and live and live < starts:
            self.add_error("live_on", _("Det går i drift, før det starter. Ret en af datoerne."))
        return cleaned

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields under their headings."""
        return [(str(words), [self[name] for name in names]) for words, names in GROUPS]


class PhaseForm(AskingForm):
    """Where the initiative goes next."""

    needed_for = {
        "reason": _("skal skrives, hvis initiativet stoppes"),
        "decided_by": _("skal vælges, hvis det lukkes, før det er indarbejdet"),
    }

    # What is said when the unit has no room for one more in work; empty when it has.
    room: str = ""
    phase = forms.ChoiceField(label=_("Ny fase"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Begrundelse"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Den kan læses af alle."),
    )
    decided_by: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Hvem har besluttet at lukke det alligevel?"),
        queryset=None,
        required=False,
        empty_label=_("Vælg en leder"),
    )

    def __init__(
        self,
        *args: Any,
        before: Phase,
        furthest: Phase,
        actor: Actor,
        missing: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if Phase.CLOSED not in NEXT_PHASES[before] or not missing:
            del self.fields["decided_by"]
        else:
            decider = self.fields["decided_by"]
            assert isinstance(decider, forms.ModelChoiceField)
            decider.queryset = people_of(actor)
            decider.help_text = _(
                "Skal vælges, hvis initiativet lukkes nu: %(missing)s. Skriv også hvorfor."
            ) % {"missing": missing}
        field = self.fields["phase"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (
                phase.value,
                f"{content.label('phase', phase.value)}. "
                f"{content.explanation('phase', phase.value)}",
            )
            for phase in NEXT_PHASES[before]
            if not is_forward(furthest, phase)
        ]


class AdoptionForm(AskingForm):
    """How many use the new way."""

    share = PercentField(
        label=_("Så mange bruger det nye"),
        help_text=_("Andelen af dem, der skal bruge det, når det er rullet helt ud."),
    )
    on = DanishDateField(label=_("Opgjort den"))


class StatusForm(AskingForm):
    """How the initiative goes, as its lead sees it."""

    word = forms.ChoiceField(label=_("Hvordan går det?"), widget=forms.RadioSelect)
    sentence = forms.CharField(
        label=_("Med dine egne ord"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Én sætning om, hvordan det går, eller hvad der mangler. Alle kan læse den."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["word"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = content.choices("lead_word")


class CloseOldWayForm(AskingForm):
    """When the old way was closed."""

    closed_on = DanishDateField(label=_("Lukket den"))
