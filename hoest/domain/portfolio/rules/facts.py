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


def goes_along(
    told: tuple[FactAnswer, dt.datetime], own: tuple[FactAnswer, dt.datetime] | None
) -> bool:
    """Tell whether an answer of an idea goes along to the initiative it becomes.

    Both are (answer, when). The initiative's own answer stands, unless it was an older don't know.
    """
    if own is None:
        return True
    return own[0] is FactAnswer.UNKNOWN and own[1] < told[1]
