"""Facts of ideas and initiatives: three answers, and the triggers that read them. No Django."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from hoest.foundation.content.triggers import (
    ALWAYS,
    FactAnswer,
    Trigger,
    TriggerFault,
    read_trigger,
)

__all__ = [
    "ALWAYS",
    "FactAnswer",
    "Trigger",
    "TriggerFault",
    "goes_along",
    "open_questions",
    "read_trigger",
]


def open_questions(asked: Iterable[str], answers: Mapping[str, FactAnswer]) -> tuple[str, ...]:
    """Return the questions without a yes or a no; what nobody knows is never taken for a no."""
    unknown = FactAnswer.UNKNOWN
    return tuple(code for code in asked if answers.get(code, unknown) is unknown)


# Where ideas disagree the more careful answer holds, the last of these first.
_MORE_CAREFUL = (FactAnswer.NO, FactAnswer.UNKNOWN, FactAnswer.YES)


def goes_along(
    told: tuple[FactAnswer, dt.datetime],
    own: tuple[FactAnswer, dt.datetime] | None,
    *,
    was_carried: bool = False,
) -> bool:
    """Tell whether an answer of an idea goes along to the initiative it becomes.

    Both are (answer, when). The initiative's own answer stands, unless it was an older don't know.
    One that came along from an idea (`was_carried`) was never given by the initiative itself, so a
    more careful one goes before it: yes before don't know before no.
    """
    if own is None:
        return True
    if was_carried:
        return _MORE_CAREFUL.index(told[0]) > _MORE_CAREFUL.index(own[0])
    return own[0] is FactAnswer.UNKNOWN and own[1] < told[1]
