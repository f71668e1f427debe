"""What the pages say of an idea: the point, the steps and the answer that is awaited."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hoest.domain.portfolio.models import Idea, IdeaStep
from hoest.domain.portfolio.rules.ideas import IdeaState, StepKind, is_late
from hoest.foundation.clock import today
from hoest.ui import formats


def predicate(idea: Idea) -> str:
    """Say where an idea stands, as the rest of a sentence that begins with its title."""
    state = IdeaState(idea.state)
    if state is IdeaState.WAITING:
        if is_late(state, idea.due_on, today()):
            return _("skulle have haft svar %(day)s") % {"day": _day(idea.due_on)}
        if idea.due_on is None or idea.asked_id is None:
            return _("venter på svar")
        return _("får svar senest %(day)s") % {"day": _day(idea.due_on)}
    return {
        IdeaState.SPONSORED: _("har fået en sponsor"),
        IdeaState.TRIED: _("bliver afprøvet"),
        IdeaState.ADOPTED: _("blev til et initiativ"),
        IdeaState.LEARNED: _("er prøvet, og vi lærte noget"),
        IdeaState.DECLINED: _("fik svaret: ikke nu"),
    }[state]


def steps_in_words(steps: Iterable[IdeaStep]) -> list[dict[str, Any]]:
    """Return what happened to an idea, as its giver reads it."""
    return [
        {
            "text": _heading(StepKind(one.kind), one),
            "told": "" if one.kind in ("climbed", "adopted", "tried") else one.told,
            "who": one.by_name,
            "at": one.at,
        }
        for one in steps
    ]


def _heading(kind: StepKind, step: IdeaStep) -> str:
    said = {
        StepKind.GIVEN: _("Idéen blev givet"),
        StepKind.CLIMBED: _("Fristen gik. %(told)s blev bedt om at svare"),
        StepKind.ASSESSED: _("Idéen blev vurderet"),
        StepKind.SPONSORED: _("Ja. Idéen fik en sponsor"),
        StepKind.DECLINED: _("Ikke nu"),
        StepKind.SPONSOR_CHANGED: _("Idéen fik en anden sponsor"),
        StepKind.SHARED: _("Idéen blev delt med kolleger"),
        StepKind.UNSHARED: _("Idéen er ikke længere delt"),
        StepKind.TRIED: _("Et forsøg begyndte: %(told)s"),
        StepKind.EXTENDED: _("Forsøget blev forlænget"),
        StepKind.STOPPED: _("Forsøget sluttede. Det lærte vi"),
        StepKind.ADOPTED: _("Idéen blev til initiativet %(told)s"),
    }[kind]
    return said % {"told": step.told} if "%(told)s" in said else said


def _day(day: Any) -> str:
    return formats.long_date(day, get_language() or "da")


def thanks(made: Idea) -> str:
    """Thank the giver, and say who answers and by when."""
    if made.asked is None:
        return _("Tak for idéen. Du får besked, når der er svar.")
    return _("Tak for idéen. %(name)s svarer senest %(day)s.") % {
        "name": made.asked.name,
        "day": _day(made.due_on),
    }
