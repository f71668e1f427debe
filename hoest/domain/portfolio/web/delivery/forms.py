"""Forms of delivering: stages, delays, dependencies, influence, owners, journeys, solutions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.queries import open_units_of, people_of
from hoest.domain.portfolio import queries
from hoest.domain.portfolio.models import Initiative, Rollout
from hoest.domain.portfolio.rules import ACTIVE_PHASES
from hoest.domain.portfolio.rules.dependencies import DependencyKind, Response, Scope
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.forms.asking import AskingForm
from hoest.foundation.forms.fields import DanishDateField

_TEXT = {"rows": 3}


def _text(label: Any, longest: int, required: bool = True, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        widget=forms.Textarea(attrs=_TEXT),
        help_text=help_text,
    )


class _ContentForm(AskingForm):
    """A form whose choices stand in the vocabulary, each with its explanation."""

    coded: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in self.coded.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = content.choices(kind)


class StageForm(AskingForm):
    """The plan of a stage, and the places that belong to it."""

    needed_for = {"early_because": _("skal skrives, hvis det er sket")}

    name = forms.CharField(
        label=_("Etapens navn"), max_length=120, help_text=_("For eksempel: To hold prøver først.")
    )
    to_learn = _text(_("Det vil vi lære"), 400, False, _("Hvad skal I vide, før flere kommer med?"))
    starts_on = DanishDateField(label=_("Begynder"), required=False)
    ends_on = DanishDateField(label=_("Slutter"), required=False)
    rollouts: forms.ModelMultipleChoiceField[Any] = forms.ModelMultipleChoiceField(
        label=_("Steder i etapen"),
        queryset=Rollout.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    early_because = _text(
        _("Hvorfor gik nogle af dem i drift, før etapen blev åbnet?"),
        300,
        False,
        _("Grunden bliver stående ved stedet og kan læses af alle."),
    )

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Rollout.objects.filter(
            organisation_id=initiative.organisation_id, initiative=initiative
        ).select_related("unit")
        field = self.fields["rollouts"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = rows
        if not rows.exists():
            del self.fields["rollouts"]
        if not rows.filter(live_on__isnull=False).exists():
            del self.fields["early_because"]

    def clean(self) -> dict[str, Any]:
        """Let a stage without places to choose have none."""
        return {"rollouts": [], **(super().clean() or {})}


class OpeningForm(AskingForm):
    """The day a stage was opened."""

    opened_on = DanishDateField(
        label=_("Åbnet den"), help_text=_("I dag, eller den dag det skete.")
    )


class LearningForm(_ContentForm):
    """What a stage taught, or why that is skipped, and what is decided."""

    coded = {"decision": "stage_decision"}
    needed_for = {
        "learnt": _("eller skriv, hvorfor I springer det over"),
        "skipped_because": _("skal skrives, hvis I springer læringen over"),
        "note": _("skal skrives ved en rettelse eller en pause"),
    }

    learnt = _text(_("Det lærte vi"), 600, False, _("Én eller to sætninger, andre kan bruge."))
    skipped_because = _text(_("Spring over, fordi"), 400, False)
    decision = forms.ChoiceField(label=_("Beslutning"), widget=forms.RadioSelect)
    note = _text(_("Det betyder"), 400, False)


class DelayForm(_ContentForm):
    """Why a place is late, and when it comes."""

    coded = {"cause": "late_cause"}

    cause = forms.ChoiceField(label=_("Årsag"), widget=forms.RadioSelect)
    note = _text(_("Forklaring"), 300, True, _("Én sætning, som alle kan læse."))
    expected_on = DanishDateField(label=_("Ny dato"), required=False)


class DependencyForm(_ContentForm):
    """What an initiative waits for, who can act, and what happens if it does not come."""

    coded = {"kind": "dependency_kind", "scope": "dependency_scope"}
    needed_for = {
        "what": _("skal bruges, når det ikke er et initiativ"),
        "actor_name": _("skal bruges, når det ikke er et initiativ"),
        "waits_for": _("skal bruges, når det er et initiativ"),
    }

    kind = forms.ChoiceField(label=_("Det venter vi på"))
    waits_for: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Initiativ"),
        queryset=None,
        required=False,
        empty_label=_("Intet initiativ"),
    )
    what = forms.CharField(
        label=_("Hvad"),
        max_length=200,
        required=False,
        help_text=_("For eksempel: Udskrivningsplanen fra sygehuset kommer som data."),
    )
    scope = forms.ChoiceField(label=_("Hvor kan der handles?"), initial=str(Scope.EXTERNAL))
    actor_name = forms.CharField(
        label=_("Hvem kan handle?"),
        max_length=160,
        required=False,
        help_text=_("Myndigheden, leverandøren eller lederen, der kan løse det."),
    )
    since = DanishDateField(label=_("Vi har ventet siden"))
    needed_by = DanishDateField(label=_("Vi skal bruge det senest"), required=False)
    ready_on = DanishDateField(
        label=_("De andre siger, det er klar"),
        required=False,
        help_text=_("For et initiativ er det dagen, det selv går i drift."),
    )
    consequence = _text(_("Hvis det ikke kommer"), 400)
    response = forms.ChoiceField(label=_("Det gør vi"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, actor: Actor, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        response = self.fields["response"]
        assert isinstance(response, forms.ChoiceField)
        response.choices = [
            (code, f"{label}: {content.explanation('dependency_response', code)}")
            for code, label in content.choices("dependency_response")
        ]
        response.initial = str(Response.FOLLOW)
        field = self.fields["waits_for"]
        assert isinstance(field, forms.ModelChoiceField)
        rows = queries.visible_to(actor).filter(phase__in=ACTIVE_PHASES)
        field.queryset = rows.exclude(pk=initiative.pk).order_by("title")

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen kind needs, at its field."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") == DependencyKind.INITIATIVE:
            if not cleaned.get("waits_for"):
                self.add_error("waits_for", gettext("Vælg det initiativ, der ventes på."))
        elif "kind" in cleaned:
            if not cleaned.get("what"):
                self.add_error("what", gettext("Skriv, hvad I venter på."))
            if not cleaned.get("actor_name"):
                self.add_error("actor_name", gettext("Skriv, hvem der kan handle."))
        return cleaned


class ResolvedForm(AskingForm):
    """When and how something stopped being waited for."""

    on = DanishDateField(label=_("Løst den"))
    note = _text(_("Sådan blev det løst"), 300)


class InfluenceForm(AskingForm):
    """What we do so that somebody else acts."""

    aim = _text(_("Det vil vi opnå"), 300)
    with_whom = forms.CharField(
        label=_("Sammen med"),
        max_length=200,
        help_text=_("For eksempel KL, regionen og nabokommunerne."),
    )
    next_step = forms.CharField(label=_("Næste skridt"), max_length=200)
    next_on = DanishDateField(label=_("Senest"))
    owner: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Ansvarlig"), queryset=None, empty_label=_("Vælg en person")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people_of(actor)  # type: ignore[attr-defined]


class InfluenceStepForm(AskingForm):
    """A step that was taken, and the next one."""

    needed_for = {
        "next_step": _("står det tomt, er påvirkningen afsluttet"),
        "next_on": _("skal bruges sammen med næste skridt"),
    }

    on = DanishDateField(label=_("Dag"))
    told = _text(_("Det skete"), 300)
    next_step = forms.CharField(label=_("Næste skridt"), max_length=200, required=False)
    next_on = DanishDateField(label=_("Senest"), required=False)


class SharedOwnerForm(AskingForm):
    """Who answers for the whole across departments."""

    person: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Fælles ejer"), queryset=None, empty_label=_("Vælg en person")
    )
    mandate = _text(
        _("Det afgør ejeren"),
        300,
        False,
        _("For eksempel: Rækkefølgen, og hvem der lægger timerne."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people_of(actor)  # type: ignore[attr-defined]


class JourneyForm(AskingForm):
    """Who the citizen is, what she shall notice, and the one owner."""

    name = forms.CharField(
        label=_("Forløbets navn"), max_length=120, help_text=_("For eksempel: Hjem fra sygehuset.")
    )
    citizen = forms.CharField(
        label=_("Borgeren"),
        max_length=200,
        help_text=_("For eksempel: En ældre, der kommer hjem efter et hoftebrud."),
    )
    promise = _text(_("Det skal borgeren mærke"), 300)
    owner: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Ejer"),
        queryset=None,
        empty_label=_("Vælg én ejer"),
        help_text=_("Én, der svarer for hele vejen, også mellem enhederne."),
        error_messages={"required": _("Vælg én ejer. Et forløb uden ejer bliver ingens.")},
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people_of(actor)  # type: ignore[attr-defined]


class StepForm(AskingForm):
    """One step: where it is, what is noticed, and what we change there."""

    needed_for = {"place": _("står det tomt, kommer skridtet sidst")}

    name = forms.CharField(label=_("Skridtet"), max_length=120)
    place = forms.IntegerField(label=_("Nummer"), min_value=1, max_value=99, required=False)
    unit: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Enhed"), queryset=None, required=False, empty_label=_("Ingen enhed")
    )
    elsewhere = forms.CharField(
        label=_("Eller uden for kommunen"),
        max_length=120,
        required=False,
        help_text=_("For eksempel sygehuset eller egen læge."),
    )
    notices = _text(_("Det mærker borgeren"), 300)
    initiatives: forms.ModelMultipleChoiceField[Any] = forms.ModelMultipleChoiceField(
        label=_("Initiativer, der ændrer skridtet"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = open_units_of(actor)  # type: ignore[attr-defined]
        rows = queries.visible_to(actor).filter(phase__in=ACTIVE_PHASES)
        self.fields["initiatives"].queryset = rows.order_by("title")  # type: ignore[attr-defined]


class SolutionForm(_ContentForm):
    """Where a shared solution stands here."""

    coded = {"status": "local_status"}
    needed_for = {
        "planned_users": _("skal bruges, før I kan tælle"),
        "counted_on": _("skal bruges sammen med tallet"),
    }

    status = forms.ChoiceField(label=_("Hvor langt er vi?"), widget=forms.RadioSelect)
    owner: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Ejer her"), queryset=None, required=False, empty_label=_("Ingen endnu")
    )
    initiative: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Initiativ"),
        queryset=None,
        required=False,
        empty_label=_("Intet initiativ"),
        help_text=_("Så kommer tallene fra dets udrulning, enhed for enhed."),
    )
    planned_users = forms.IntegerField(
        label=_("Så mange skal bruge den"), min_value=1, max_value=1_000_000, required=False
    )
    users_in_use = forms.IntegerField(
        label=_("Så mange bruger den"), min_value=0, max_value=1_000_000, required=False
    )
    counted_on = DanishDateField(label=_("Talt den"), required=False)
    note = _text(_("Bemærkning"), 300, False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people_of(actor)  # type: ignore[attr-defined]
        rows = queries.visible_to(actor).order_by("title")
        self.fields["initiative"].queryset = rows  # type: ignore[attr-defined]
