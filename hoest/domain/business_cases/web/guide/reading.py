"""What the guide holds of a version, as it is read: calm, without forms, on the case's own page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hoest.domain.business_cases.models import CaseVersion
from hoest.domain.business_cases.queries import Parts, parts_of
from hoest.domain.business_cases.rules import CaseLineFigures, CostType
from hoest.domain.business_cases.rules.guide import Question, reason_against
from hoest.domain.business_cases.web.guide import formulas
from hoest.domain.business_cases.web.guide.money import NoBenefitForm, NoCostForm
from hoest.domain.business_cases.web.guide.need import FollowedForm, NeedForm
from hoest.foundation import content


@dataclass(frozen=True)
class Said:
    """A question with its answer, and who gave it."""

    question: str
    label: str
    text: str
    by_name: str = ""


@dataclass(frozen=True)
class Reading:
    """The guide of a version in the order it is read."""

    need: list[Said]
    chosen: list[Said]
    money: list[Said]
    followed: list[Said]
    alternatives: tuple[Any, ...]
    assumptions: list[dict[str, Any]]
    derived: list[dict[str, Any]]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing of the guide has been written."""
        groups = (self.need, self.chosen, self.money, self.followed)
        return not (any(groups) or self.alternatives or self.assumptions)


def labels() -> dict[str, str]:
    """Return what each question is called where its answer is read."""
    found: dict[str, str] = {}
    for form in (NeedForm, FollowedForm):
        for name, question in (*form.asks.items(), *form.persons.items()):
            found[question] = str(form.base_fields[name].label).rstrip("?")
    for one in CostType:
        found[reason_against(one)] = _("Ingen udgift til %(what)s") % {
            "what": content.label("cost_type", one).lower()
        }
    return {
        **found,
        Question.NO_EFFECT: _("Ingen mærker det, fordi"),
        Question.CHOSEN_BECAUSE: _("Valgt, fordi"),
        Question.NO_OTHERS: _("Ingen andre muligheder, fordi"),
        Question.NO_BENEFITS: _("Ingen gevinst i tal; initiativet er til for"),
        Question.NO_ASSUMPTIONS: _("Tallene hviler på"),
    }


def said(parts: Parts, questions: Any) -> list[Said]:
    """Return the questions that are answered, each with who answered."""
    names = labels()
    found = []
    for question in questions:
        answer = parts.answers.get(question)
        if answer is None or not (answer.text or answer.person_id):
            continue
        text = answer.person.name if answer.person else answer.text
        found.append(Said(str(question), names[question], text, answer.answered_by_name))
    return found


def reading_of(
    version: CaseVersion | None, lines: Sequence[CaseLineFigures] | None = None
) -> Reading | None:
    """Return the guide of a version as it is read; None without a version or without words."""
    if version is None:
        return None
    parts = parts_of(version, lines)
    money = [*NoCostForm.asks.values(), *NoBenefitForm.asks.values(), Question.NO_ASSUMPTIONS]
    reading = Reading(
        need=said(parts, NeedForm.asks.values()),
        chosen=said(parts, (Question.CHOSEN_BECAUSE, Question.NO_OTHERS)),
        money=said(parts, money),
        followed=said(parts, (*FollowedForm.persons.values(), *FollowedForm.asks.values())),
        alternatives=parts.alternatives,
        assumptions=formulas.rows(parts),
        derived=[
            {"line": line, "formula": formulas.of_line(parts, line.line_id, line.measure)}
            for line in parts.lines
            if line.line_id in parts.tree.lines
        ],
    )
    return None if reading.is_empty else reading


def differing(one: CaseVersion, other: CaseVersion) -> list[tuple[str, str, str]]:
    """Return what is answered differently in two versions: label, the first's, the other's."""
    names = labels()
    first, second = parts_of(one), parts_of(other)
    found = []
    for question in names:
        was, now = (_text(parts, question) for parts in (first, second))
        if was != now:
            found.append((names[question], was, now))
    values = [
        {row["row"].name: _value(row) for row in formulas.rows(parts)} for parts in (first, second)
    ]
    for name in dict.fromkeys((*values[0], *values[1])):
        was, now = values[0].get(name, ""), values[1].get(name, "")
        if was != now:
            found.append((name, was, now))
    return found


def _text(parts: Parts, question: str) -> str:
    answer = parts.answers.get(question)
    if answer is None:
        return ""
    return answer.person.name if answer.person else answer.text


def _value(row: dict[str, Any]) -> str:
    return f"{row['value']} {row['row'].unit}".strip() if row["is_leaf"] else row["formula"].result
