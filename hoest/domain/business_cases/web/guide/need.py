"""Step 1, the need and who it is for, and step 8, who owns the case and how it is followed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.business_cases.queries import Parts
from hoest.domain.business_cases.rules.guide import Question, effect_is_told
from hoest.domain.business_cases.web.guide.answering import AnswerForm, answer, words
from hoest.domain.business_cases.web.guide.steps import Standing, Step, Visit, standing
from hoest.domain.organisations import queries as organisations

NEED = "behov"
FOLLOWED = "opfoelgning"


class NeedForm(AnswerForm):
    """What is the matter today, who is it for, what will they notice."""

    asks = {
        "situation": Question.SITUATION,
        "need": Question.NEED,
        "user_group": Question.USER_GROUP,
        "change": Question.CHANGE,
        "measured_by": Question.MEASURED_BY,
        "no_effect": Question.NO_EFFECT,
    }
    situation = words(
        _("Hvordan er det i dag?"), _("Den nuværende situation, som den, der står i den, ser den.")
    )
    need = words(_("Hvad skal blive anderledes?"))
    user_group = words(
        _("Hvem mærker det?"),
        _("Hvilke borgere, virksomheder eller andre brugere, og hvor mange de er."),
        2,
    )
    change = words(
        _("Hvilken ændring mærker de?"),
        _("For eksempel: svar samme dag i stedet for efter en uge."),
        2,
    )
    measured_by = words(
        _("Hvordan måles det?"), _("Hvad tælles eller spørges der om, og hvor tit?"), 2
    )
    no_effect = words(
        _("Mærker de intet? Skriv hvorfor"),
        _("Kun når ingen borgere eller virksomheder mærker en forskel."),
        2,
    )

    groups = (
        (_("Behovet"), ("situation", "need")),
        (_("Hvem det er til for"), ("user_group", "change", "measured_by", "no_effect")),
    )

    def grouped(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Return the fields under their headings."""
        return [(heading, [self[name] for name in names]) for heading, names in self.groups]

    def clean(self) -> dict[str, Any]:
        """Hold that an effect is not both told and said to be none."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("no_effect") and cleaned.get("change"):
            self.add_error(
                "no_effect",
                gettext("Skriv enten ændringen, eller hvorfor der ingen er. Ikke begge dele."),
            )
        return cleaned


def need_standing(parts: Parts) -> Standing:
    """Tell where the need is."""
    answered = parts.answered
    done = [
        (
            {Question.SITUATION, Question.NEED} <= answered,
            _("Skriv, hvordan det er i dag, og hvad der skal blive anderledes."),
        ),
        (
            effect_is_told(answered),
            _("Skriv, hvem der mærker det, hvilken ændring, og hvordan det måles."),
        ),
    ]
    return standing(parts, NEED, done)


def need(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask for the need and the effect for citizens."""
    return answer(request, visit, NeedForm, "business_cases/guide/need.html")


class FollowedForm(AnswerForm):
    """Who stands for the case, how it is followed, when one looks, when one stops."""

    needs_visit = True
    asks = {
        "followed_by": Question.FOLLOWED_BY,
        "followed_when": Question.FOLLOWED_WHEN,
        "stopped_when": Question.STOPPED_WHEN,
    }
    persons = {"case_owner": Question.CASE_OWNER}
    case_owner = forms.ChoiceField(
        label=_("Hvem ejer business casen?"),
        required=False,
        help_text=_("En leder, der står på mål for, at tallene bliver til noget."),
    )
    followed_by = words(
        _("Hvordan følges der op?"), _("Hvem ser på hvilke tal, og hvor bliver de lagt frem?")
    )
    followed_when = words(
        _("Hvornår ses der efter?"),
        _("Det almindelige er 3, 6, 12 og 24 måneder efter, at det er taget i brug."),
        2,
    )
    stopped_when = words(
        _("Hvornår stopper vi eller laver om?"),
        _("Skriv det, mens alle er enige om det. For eksempel: under 40 % i brug efter et år."),
        2,
    )

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = organisations.people_of(visit.actor).order_by("name")
        field = self.fields["case_owner"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("Ikke valgt endnu")),
            *((str(pk), name) for pk, name in people.values_list("pk", "name")),
        ]


def followed_standing(parts: Parts) -> Standing:
    """Tell where the ownership is."""
    answered = parts.answered
    done = [
        (Question.CASE_OWNER in answered, _("Vælg, hvem der ejer business casen.")),
        (
            {Question.FOLLOWED_BY, Question.FOLLOWED_WHEN} <= answered,
            _("Skriv, hvordan og hvornår der følges op."),
        ),
        (Question.STOPPED_WHEN in answered, _("Skriv, hvornår I stopper eller laver om.")),
    ]
    return standing(parts, FOLLOWED, done)


def followed(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask who owns the case and how it is followed."""
    initiative = visit.version.case.initiative
    return answer(
        request,
        visit,
        FollowedForm,
        "business_cases/guide/followed.html",
        sponsor=initiative.sponsor,
        lead=initiative.lead,
    )


NEED_STEP = Step(
    NEED,
    1,
    _("Behov"),
    _("hvorfor, og for hvem"),
    _("Hvad er galt i dag, hvem er det til for, og hvad mærker de, når det er lykkedes?"),
    need_standing,
    need,
)
FOLLOWED_STEP = Step(
    FOLLOWED,
    8,
    _("Ejer og opfølgning"),
    _("hvem der står på mål, og hvornår der ses efter"),
    _("En business case, som ingen ser på bagefter, bliver ikke til noget. Aftal det nu."),
    followed_standing,
    followed,
)
