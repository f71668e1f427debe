"""The registered facts a reassurance sheet is made of, from the initiative and from its sheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from hoest.domain.portfolio.queries import asked_facts
from hoest.domain.portfolio.rules.facts import FactAnswer
from hoest.domain.trust.models import SheetFact
from hoest.domain.trust.rules.sheets import SheetFactCode
from hoest.domain.trust.rules.statements import Fact, Question, Section, Statement, Template
from hoest.domain.trust.rules.statements import composed as compose
from hoest.foundation import content
from hoest.foundation.clock import DANISH_TIME


def questions() -> tuple[Question, ...]:
    """Return the five questions of the sheet with what each needs."""
    return tuple(
        Question(Section(one.code), one.needs) for one in content.sheet_content().questions
    )


def templates() -> tuple[Template, ...]:
    """Return every sentence a fact can give: those of the file, and one for each choice."""
    found = content.sheet_content()
    chosen = [
        Template(f"{code}_{one.code}", section, code, one.code, one.text.da, one.text.en)
        for code, section, choices in (
            (SheetFactCode.DATA_KIND.value, Section.DATA, found.data_kinds),
            (SheetFactCode.PROTECTION.value, Section.PROTECTION, found.protections),
        )
        for one in choices.values()
    ]
    written = [
        Template(one.code, Section(one.question), one.fact, one.when, one.text.da, one.text.en)
        for one in found.sentences
    ]
    return (*written, *chosen)


def sheet_facts(organisation_id: int, initiative_ids: Iterable[int]) -> dict[int, list[SheetFact]]:
    """Return what people told for the sheets of some initiatives, the last of each code."""
    rows = (
        SheetFact.objects.filter(
            organisation_id=organisation_id, initiative_id__in=list(initiative_ids)
        )
        .order_by("initiative_id", "code", "-said_at", "-pk")
        .distinct("initiative_id", "code")
    )
    found: dict[int, list[SheetFact]] = {}
    for row in rows:
        found.setdefault(row.initiative_id, []).append(row)
    return found


def told_of(initiative: Any) -> dict[str, SheetFact]:
    """Return what people told for one sheet, by code; what was taken back is left out."""
    rows = sheet_facts(initiative.organisation_id, [initiative.pk]).get(initiative.pk, [])
    return {row.code: row for row in rows if row.values}


def registered_of(initiative: Any) -> list[Fact]:
    """Return every registered fact a sheet may be made of, each with who, when and where."""
    told_url = reverse("sheets:tell", args=[initiative.pk])
    told = [
        Fact(row.code, value, row.said_by_name, _day(row.said_at), told_url)
        for row in told_of(initiative).values()
        for value in row.values
    ]
    return [*_answers(initiative), *told]


def answers_of(initiative: Any) -> dict[str, str]:
    """Return what is answered about the initiative itself, by code: yes or no."""
    return {fact.code: fact.value for fact in _answers(initiative)}


def _answers(initiative: Any) -> list[Fact]:
    """Return what is answered about the initiative itself; what nobody knows is no fact."""
    url = reverse("portfolio:initiative", args=[initiative.pk])
    return [
        Fact(
            one.question.code,
            one.answer.value,
            one.last.said_by_name,
            _day(one.last.said_at),
            url,
        )
        for one in asked_facts(initiative)
        if one.last is not None and one.answer is not FactAnswer.UNKNOWN
    ]


def _day(moment: Any) -> Any:
    return moment.astimezone(DANISH_TIME).date()


def statements_of(initiative: Any) -> tuple[Statement, ...]:
    """Return what the sheet of an initiative says now."""
    return compose(questions(), templates(), registered_of(initiative))
