"""Who may own a benefit, and what has been answered. No Django.

An owner answers in the operation for years after the project is over, so she leads a unit (or is
on the executive board) and does not lead the initiative. Source: method notes §8, requirement G-15.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

# Roles of those who lead a unit. The two first count where they are given for a unit.
LEADS_A_UNIT = frozenset({"unit_leader", "benefit_owner"})
LEADS_ALL = frozenset({"executive"})
LINE_ROLES = LEADS_A_UNIT | LEADS_ALL


class Answer(StrEnum):
    """A step in asking somebody to own a benefit."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    STEPPED_BACK = "stepped_back"
    # Another one is asked instead, or nobody: the question is no longer hers.
    REPLACED = "replaced"


NO = (Answer.REFUSED, Answer.STEPPED_BACK)


class Bar(StrEnum):
    """Why somebody may not own a benefit."""

    LEADS_THE_INITIATIVE = "leads_the_initiative"
    NOT_A_LEADER = "not_a_leader"


@dataclass(frozen=True)
class Candidate:
    """Somebody who is to own a benefit: (role, unit or None) of hers, and what she leads."""

    roles: tuple[tuple[str, int | None], ...] = ()
    leads_the_initiative: bool = False


def leads_in_line(roles: Iterable[tuple[str, int | None]]) -> bool:
    """Tell whether roles make a line manager: a unit's leader, or the executive board."""
    return any(
        role in LEADS_ALL or (role in LEADS_A_UNIT and unit_id is not None)
        for role, unit_id in roles
    )


def bar_to_owning(candidate: Candidate) -> Bar | None:
    """Return why somebody may not own the benefit; None when she may."""
    if candidate.leads_the_initiative:
        return Bar.LEADS_THE_INITIATIVE
    return None if leads_in_line(candidate.roles) else Bar.NOT_A_LEADER


@dataclass(frozen=True)
class Step:
    """One answer as it was given."""

    answer: Answer
    person_name: str
    reason: str = ""


def waiting_refusal(steps: Iterable[Step], has_owner: bool) -> Step | None:
    """Return the no that still waits for the sponsor: the last answer, with nobody asked since."""
    last = None
    for step in steps:
        last = step
    return last if last is not None and not has_owner and last.answer in NO else None
