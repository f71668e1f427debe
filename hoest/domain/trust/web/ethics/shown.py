"""An ethics screening as its page shows it: in words, never as a score."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hoest.domain.trust import queries
from hoest.domain.trust.models import EthicsScreening
from hoest.domain.trust.rules.ethics import Colour, Outcome, ScreeningState
from hoest.foundation import content
from hoest.foundation.content.language import active_language
from hoest.ui import formats


@dataclass(frozen=True)
class Line:
    """A question with the answer to it, its code and its note."""

    question: str
    answer: str
    code: str
    note: str


def colours(screening: EthicsScreening) -> list[Line]:
    """Return the questions with their colours, the red ones first."""
    language = active_language()
    lines = []
    for code, question in content.ethics_instrument().questions.items():
        given = screening.answers.get(code, {})
        colour = given.get("colour", "")
        said = question.colours[colour].in_language(language) if colour else ""
        lines.append(
            Line(question.label.in_language(language), said, colour, given.get("note", ""))
        )
    order = [Colour.RED.value, Colour.YELLOW.value, "", Colour.GREEN.value]
    return sorted(lines, key=lambda line: order.index(line.code))


def consequences(screening: EthicsScreening) -> list[Line]:
    """Return the consequence questions that have been answered."""
    return [
        Line(
            text.in_language(active_language()),
            content.label("ethics_consequence", given["answer"]),
            given["answer"],
            given.get("note", ""),
        )
        for code, text in content.ethics_instrument().consequences.items()
        if (given := screening.consequences.get(code))
    ]


def stances(screening: EthicsScreening) -> list[dict[str, Any]]:
    """Return the stances it was held against, in the words they had."""
    return [
        {
            "principle": one["principle"],
            "body": one["body"],
            "decided_on": dt.date.fromisoformat(one["decided_on"]),
            "answer": content.label("stance_answer", one["answer"])
            if one["answer"]
            else _("Ikke besvaret"),
            "note": one["note"],
        }
        for one in screening.stances
    ]


def affected(screening: EthicsScreening) -> str:
    """Return who is affected, in a line."""
    groups = content.ethics_instrument().groups
    return ", ".join(
        groups[code].in_language(active_language()).lower()
        for code in screening.affected
        if code in groups
    )


def counted(screening: EthicsScreening) -> str:
    """Say how many red and yellow answers there are."""
    given = [one.get("colour") for one in screening.answers.values()]
    red, yellow = given.count(Colour.RED), given.count(Colour.YELLOW)
    language = get_language() or "da"
    reds = ngettext("%(n)s rødt svar", "%(n)s røde svar", red) % {
        "n": formats.number(red, 0, language)
    }
    yellows = ngettext("%(n)s gult", "%(n)s gule", yellow) % {
        "n": formats.number(yellow, 0, language)
    }
    return _("%(reds)s og %(yellows)s") % {"reds": reds, "yellows": yellows}


def asked_for(screening: EthicsScreening) -> str:
    """Say what the colours ask for."""
    return {
        Outcome.UNFINISHED: _("Der mangler svar på nogle af spørgsmålene."),
        Outcome.NOTHING_MORE: _("Alle svar er grønne. Der skal ikke mere til."),
        Outcome.TALK: _("Tal om de gule svar, før I beslutter."),
        Outcome.CONSEQUENCES: _("Konsekvenserne skal skrives ned, før I beslutter."),
    }[queries.outcome_of(screening)]


def point(screening: EthicsScreening | None, advised: bool) -> str:
    """Say where the screening stands in one sentence."""
    if screening is None:
        return (
            _("En dataetisk vurdering er en god idé her")
            if advised
            else _("Der er ikke lavet en dataetisk vurdering")
        )
    if screening.state == ScreeningState.DECIDED:
        return _("Besluttet: %(decision)s") % {
            "decision": content.label("ethics_decision", screening.decision).lower()
        }
    if queries.outcome_of(screening) is Outcome.UNFINISHED:
        return _("Den dataetiske vurdering er begyndt")
    return _("%(colours)s i den dataetiske vurdering") % {"colours": counted(screening)}


def advised_because(codes: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the facts that make a screening advisable, in words."""
    found = content.initiative_questions()
    return [
        {"text": found[code].label.in_language(active_language())}
        for code in codes
        if code in found
    ]


def lacking(codes: tuple[str, ...]) -> list[str]:
    """Say what is missing before there can be a decision."""
    words = {
        "colours": _("Svar på alle spørgsmål med farver."),
        "affected": _("Skriv, hvem der bliver berørt."),
        "consequences": _("Svar på spørgsmålene om konsekvenser."),
        "stances": _("Svar på udvalgenes holdninger."),
    }
    return [words[code] for code in codes]
