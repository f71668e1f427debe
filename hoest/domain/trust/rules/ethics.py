"""Facts and decisions of an ethics screening: colours, consequence questions, decision.

Never one number: the outcome says what to do next and names the answers behind it.
Source: themes of Dataetisk Råd's two forms (2023); the wording is our own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum


class Colour(StrEnum):
    """An answer in the first form."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


class Consequence(StrEnum):
    """An answer in the second form."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class Outcome(StrEnum):
    """What the colours ask for."""

    UNFINISHED = "unfinished"
    NOTHING_MORE = "nothing_more"
    TALK = "talk"
    CONSEQUENCES = "consequences"


class ScreeningState(StrEnum):
    """Where a screening is."""

    DRAFT = "draft"
    DECIDED = "decided"


class EthicsDecision(StrEnum):
    """What was decided."""

    GO_ON = "go_on"
    GO_ON_IF = "go_on_if"
    TO_COMMITTEE = "to_committee"
    STOP = "stop"


# The decisions after which nothing of the screening is still to be settled.
LETS_ON = frozenset({EthicsDecision.GO_ON, EthicsDecision.GO_ON_IF})


class StanceAnswer(StrEnum):
    """How an initiative stands to a stance of a committee."""

    FOLLOWS = "follows"
    DEVIATES = "deviates"
    NOT_RELEVANT = "not_relevant"


def outcome(questions: Collection[str], colours: Mapping[str, str], yellow_limit: int) -> Outcome:
    """Return what the colours ask for.

    One red, or `yellow_limit` yellow answers, asks for the consequence questions; fewer yellow
    ones for a talk; only green ones for nothing more.
    """
    if any(question not in colours for question in questions):
        return Outcome.UNFINISHED
    given = [Colour(colours[question]) for question in questions]
    if Colour.RED in given or given.count(Colour.YELLOW) >= yellow_limit:
        return Outcome.CONSEQUENCES
    return Outcome.TALK if Colour.YELLOW in given else Outcome.NOTHING_MORE


def lacking(
    asked: Outcome,
    consequences: Collection[str],
    answered: Collection[str],
    has_affected: bool,
    stances: Iterable[str],
) -> tuple[str, ...]:
    """Return what is missing before a screening can be decided: codes, maybe none.

    `stances` are the answers to the stances that stand, an empty text for none.
    """
    found = []
    if asked is Outcome.UNFINISHED:
        found.append("colours")
    if not has_affected:
        found.append("affected")
    if asked is Outcome.CONSEQUENCES and any(one not in answered for one in consequences):
        found.append("consequences")
    if any(not answer for answer in stances):
        found.append("stances")
    return tuple(found)


def triggers(asked_by: Collection[str], facts: Mapping[str, str]) -> tuple[str, ...]:
    """Return the facts that make a screening advisable: those answered yes, in their order."""
    return tuple(code for code in asked_by if facts.get(code) == "yes")
