"""Facts about ideas: where one stands, who is to answer and by when, and what may be shown.

An idea waits for an answer until it has a sponsor or a polite no. It may then be tried in an
experiment or become an initiative; what was learnt stays with it. No Django.
Source: requirements L-10, F-01, F-02 and O-02.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum


class IdeaState(StrEnum):
    """Where an idea stands, in the order of its life."""

    WAITING = "waiting"
    SPONSORED = "sponsored"
    TRIED = "tried"
    ADOPTED = "adopted"
    LEARNED = "learned"
    DECLINED = "declined"


class Frequency(StrEnum):
    """How often the problem is met."""

    SEVERAL_A_DAY = "several_a_day"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    RARELY = "rarely"


class StepKind(StrEnum):
    """What happened to an idea, as its giver reads it."""

    GIVEN = "given"
    CLIMBED = "climbed"
    ASSESSED = "assessed"
    SPONSORED = "sponsored"
    DECLINED = "declined"
    SPONSOR_CHANGED = "sponsor_changed"
    SHARED = "shared"
    UNSHARED = "unshared"
    TRIED = "tried"
    EXTENDED = "extended"
    STOPPED = "stopped"
    ADOPTED = "adopted"


OPEN_STATES = (IdeaState.WAITING, IdeaState.SPONSORED, IdeaState.TRIED)
"""An idea in one of these can still stand still."""

NEXT_STATES: Mapping[IdeaState, tuple[IdeaState, ...]] = {
    IdeaState.WAITING: (IdeaState.SPONSORED, IdeaState.DECLINED),
    IdeaState.SPONSORED: (IdeaState.TRIED, IdeaState.ADOPTED, IdeaState.DECLINED),
    IdeaState.TRIED: (IdeaState.LEARNED, IdeaState.ADOPTED),
    IdeaState.LEARNED: (IdeaState.TRIED, IdeaState.ADOPTED),
    IdeaState.DECLINED: (IdeaState.SPONSORED,),
    IdeaState.ADOPTED: (),
}

TITLE_LENGTH = 80
# "Kl. 7 mangler der en bil": a sign this early ends an abbreviation, not a sentence.
SHORTEST_SENTENCE = 12


def may_become(before: IdeaState, after: IdeaState) -> bool:
    """Tell whether an idea may go from one state to the other."""
    return after in NEXT_STATES[before]


def short_title(problem: str) -> str:
    """Return what an idea is called: the first sentence of its problem, at most 80 letters.

    It is cut at a word, so that a giver need not think of a title.
    """
    text = " ".join(problem.split())
    ends = [at for sign in ".?!" if (at := text.find(f"{sign} ", SHORTEST_SENTENCE)) > 0]
    first = text[: min(ends)] if ends else text.rstrip(".?!")
    if len(first) <= TITLE_LENGTH:
        return first
    cut = first[:TITLE_LENGTH].rsplit(" ", 1)[0]
    return f"{cut.rstrip(' ,;:-–')}…"


def answer_due(given_on: dt.date, days: int) -> dt.date:
    """Return the last day an answer is in time."""
    return given_on + dt.timedelta(days=days)


def is_late(state: IdeaState, due_on: dt.date | None, today: dt.date) -> bool:
    """Tell whether the answer has not come in time."""
    return state is IdeaState.WAITING and due_on is not None and due_on < today


def days_to_answer(
    unit_id: int, parents: Mapping[int, int | None], own_days: Mapping[int, int], usual: int
) -> int:
    """Return the days a unit has: its own, else those of the nearest unit above, else the usual."""
    return next((own_days[one] for one in path_up(unit_id, parents) if one in own_days), usual)


def path_up(unit_id: int, parents: Mapping[int, int | None]) -> list[int]:
    """Return a unit and the units above it, nearest first; a circle ends where it began."""
    found: list[int] = []
    present: int | None = unit_id
    while present is not None and present not in found:
        found.append(present)
        present = parents.get(present)
    return found


def who_answers(
    chain: Sequence[Collection[int]], top: Sequence[int], asked: Collection[int], giver: int | None
) -> int | None:
    """Return the person to ask next: the nearest leader who has not been asked, then the top.

    `chain` has the leaders unit by unit upwards, `top` those who answer for the whole
    municipality, in order. Nobody answers her own idea. None when there is nobody left.
    """
    for leaders in (*chain, top):
        for person in leaders:
            if person != giver and person not in asked:
                return person
    return None


def shown_flags(count: int, group: int) -> int:
    """Return how many flags may be told: none below a group, then in steps of one.

    A single press is never seen: from 5 it says "at least 5", from 10 "at least 10".
    """
    return count // group * group if group > 0 else 0
