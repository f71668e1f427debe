"""Reads of the facts of ideas and initiatives: what holds now, and what was answered before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from hoest.domain.portfolio.models import Idea, IdeaFact, Initiative, InitiativeFact
from hoest.domain.portfolio.rules.facts import FactAnswer
from hoest.foundation import content


@dataclass(frozen=True)
class AskedFact:
    """A question of the municipality with the answer that holds, or None for no answer yet."""

    question: content.InitiativeQuestion
    last: InitiativeFact | IdeaFact | None

    @property
    def answer(self) -> FactAnswer:
        """The answer that holds; unknown when nobody has answered."""
        return FactAnswer(self.last.answer) if self.last else FactAnswer.UNKNOWN


def facts_of(
    organisation_id: int, initiative_ids: Iterable[int]
) -> dict[int, dict[str, FactAnswer]]:
    """Return the answer that holds to every fact of each initiative; one query.

    Every id is a key, and every fact of the municipality stands under it; what nobody has
    answered is unknown, never no.
    """
    ids = list(initiative_ids)
    unknown = dict.fromkeys(content.initiative_questions(), FactAnswer.UNKNOWN)
    found = {pk: dict(unknown) for pk in ids}
    if ids:
        for row in _last(organisation_id, ids).values_list("initiative_id", "code", "answer"):
            if row[1] in unknown:
                found[row[0]][row[1]] = FactAnswer(row[2])
    return found


def asked_facts(initiative: Initiative) -> list[AskedFact]:
    """Return all questions about an initiative with the answer that holds; one query."""
    rows = _last(initiative.organisation_id, [initiative.pk])
    last: Mapping[str, InitiativeFact] = {row.code: row for row in rows}
    return [AskedFact(one, last.get(code)) for code, one in content.initiative_questions().items()]


def early_questions() -> list[content.InitiativeQuestion]:
    """Return the questions that are asked from the first day, already of an idea."""
    return [one for one in content.initiative_questions().values() if one.early]


def asked_of_idea(idea: Idea) -> list[AskedFact]:
    """Return the questions of the first day with the answer that holds of an idea; one query."""
    rows = (
        IdeaFact.objects.filter(organisation_id=idea.organisation_id, idea=idea)
        .order_by("code", "-said_at", "-pk")
        .distinct("code")
    )
    last = {row.code: row for row in rows}
    return [AskedFact(one, last.get(one.code)) for one in early_questions()]


def answers_before(initiative: Initiative) -> list[InitiativeFact]:
    """Return every answer that was given about an initiative, newest first; one query."""
    rows = InitiativeFact.objects.filter(
        organisation_id=initiative.organisation_id, initiative=initiative
    )
    return list(rows.order_by("-said_at", "-pk"))


def _last(organisation_id: int, initiative_ids: list[int]) -> QuerySet[InitiativeFact]:
    rows = InitiativeFact.objects.filter(
        organisation_id=organisation_id, initiative_id__in=initiative_ids
    )
    return rows.order_by("initiative_id", "code", "-said_at", "-pk").distinct(
        "initiative_id", "code"
    )
