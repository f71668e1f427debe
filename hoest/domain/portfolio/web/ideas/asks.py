"""What ideas and experiments need of a person this week, told to Min uge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hoest.domain.portfolio.models import Experiment, Idea, IdeaStep
from hoest.domain.portfolio.queries import experiments as experiment_queries
from hoest.domain.portfolio.queries import ideas as queries
from hoest.domain.portfolio.rules.ideas import IdeaState, StepKind
from hoest.domain.portfolio.web.experiments.words import limit_in_words
from hoest.foundation import asks, content
from hoest.foundation.access.actor import Actor
from hoest.ui import formats

MOST = 50
# How long news of one's own idea stays in the week.
NEWS_DAYS = 14
NEWS = (StepKind.SPONSORED, StepKind.DECLINED, StepKind.STOPPED, StepKind.ADOPTED)


def register() -> None:
    """Tell Min uge of ideas to answer, of experiments past their limit, of answers and loads."""
    asks.register("idea_answer", to_answer)
    asks.register("experiment_limit", past_limit)
    asks.register("idea_news", news)
    asks.register("champion_load", own_load)


def to_answer(actor: Actor, today: dt.date) -> Iterable[asks.Ask]:
    """Ask for an answer to each idea the person is asked about; one query."""
    return [
        asks.Ask(
            kind="idea_answer",
            subject_id=idea.pk,
            title=_("Svar på »%(title)s«") % {"title": idea.title},
            reason=_answer_reason(idea, today),
            because=_("Fristen gik, og nu er det dig.") if idea.asked_before else _("Du svarer."),
            why=(
                _("%(name)s gav idéen %(day)s.")
                % {"name": idea.giver_name, "day": _day(idea.given_on)},
                _("Et svar er en sponsor eller et nej med en begrundelse."),
            ),
            act_url=reverse("ideas:answer", args=[idea.pk]),
            act_label=_("Svar på idéen"),
            subject_url=reverse("ideas:idea", args=[idea.pk]),
            due_on=idea.due_on,
            in_sheet=True,
            is_quick=True,
        )
        for idea in queries.ideas_to_answer(actor)[:MOST]
    ]


def past_limit(actor: Actor, today: dt.date) -> Iterable[asks.Ask]:
    """Ask who is responsible, and who stands behind the idea, to decide; one query."""
    if actor.person_id is None:
        return []
    mine = Q(owner_id=actor.person_id) | Q(idea__sponsor_id=actor.person_id)
    rows = experiment_queries.past_limit(
        Experiment.objects.filter(organisation_id=actor.organisation_id), today
    )
    return [
        asks.Ask(
            kind="experiment_limit",
            subject_id=one.pk,
            title=_("Beslut om forsøget »%(title)s«") % {"title": one.title},
            reason=_("Forsøget %(standing)s. Det skal stoppes, skaleres eller forlænges én gang.")
            % {"standing": limit_in_words(one)},
            because=_("Du har ansvaret for forsøget.")
            if one.owner_id == actor.person_id
            else _("Du er sponsor for idéen."),
            act_url=reverse("experiments:experiment", args=[one.pk]),
            act_label=_("Se forsøget"),
            subject_url=reverse("experiments:experiment", args=[one.pk]),
            due_on=one.limit_on,
        )
        for one in rows.filter(mine).select_related("idea").order_by("limit_on", "pk")[:MOST]
    ]


def news(actor: Actor, today: dt.date) -> Iterable[asks.Ask]:
    """Tell a giver of the answer to her idea; one query."""
    if actor.person_id is None:
        return []
    steps = IdeaStep.objects.filter(
        organisation_id=actor.organisation_id,
        idea__giver_id=actor.person_id,
        kind__in=[one.value for one in NEWS],
        at__date__gt=today - dt.timedelta(days=NEWS_DAYS),
    ).exclude(by_id=actor.person_id)
    latest = {one.idea_id: one for one in steps.select_related("idea").order_by("at", "pk")}
    return [
        asks.Ask(
            kind="idea_news",
            subject_id=one.idea_id,
            title=_("Der er nyt om din idé »%(title)s«") % {"title": one.idea.title},
            reason=_news_reason(one),
            because=_("Du gav idéen."),
            act_url=reverse("ideas:idea", args=[one.idea_id]),
            act_label=_("Se, hvad der skete"),
            subject_url=reverse("ideas:idea", args=[one.idea_id]),
            is_quick=True,
        )
        for one in list(latest.values())[:MOST]
    ]


def own_load(actor: Actor, today: dt.date) -> Iterable[asks.Ask]:
    """Tell a person that she carries more than is wise; only herself. It stops nothing."""
    if actor.person_id is None:
        return []
    carried = experiment_queries.is_overloaded(actor.organisation_id, actor.person_id)
    if not carried:
        return []
    return [
        asks.Ask(
            kind="champion_load",
            subject_id=actor.person_id,
            title=_("Du leder %(count)s initiativer og forsøg på én gang") % {"count": carried},
            reason=_(
                "Mere end %(most)s er meget for ét menneske. Tal med din leder om, hvad der "
                "kan vente."
            )
            % {"most": content.limit("champion_roles")},
            because=_("Du står som leder eller ildsjæl på dem."),
            act_url=f"{reverse('experiments:experiments')}?state=running",
            act_label=_("Se forsøgene"),
            subject_url=reverse("experiments:experiments"),
        )
    ]


def _answer_reason(idea: Idea, today: dt.date) -> str:
    if idea.due_on is None:
        return _("%(name)s venter på svar.") % {"name": idea.giver_name}
    if idea.due_on < today:
        return _("%(name)s skulle have haft svar %(day)s.") % {
            "name": idea.giver_name,
            "day": _day(idea.due_on),
        }
    return _("%(name)s venter på svar. Fristen er %(day)s.") % {
        "name": idea.giver_name,
        "day": _day(idea.due_on),
    }


def _news_reason(step: IdeaStep) -> str:
    if step.kind == StepKind.ADOPTED:
        return _("Den er blevet til et initiativ.")
    if step.kind == StepKind.STOPPED:
        return _("Forsøget er slut: %(told)s") % {"told": step.told}
    if step.idea.state == IdeaState.DECLINED:
        return _("Svaret er ikke nu: %(told)s") % {"told": step.told}
    return _("Den har fået en sponsor: %(told)s") % {"told": step.told}


def _day(day: dt.date | None) -> str:
    return formats.long_date(day, get_language() or "da")
