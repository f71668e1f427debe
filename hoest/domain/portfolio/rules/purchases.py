"""Facts of small purchases: what holds one back.

Source: requirement L-13: tablets are not an end; the whole solution of the core task is.
"""

from __future__ import annotations

import enum


class PurchaseState(enum.StrEnum):
    """Whether somebody has answered."""

    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"


class Lacking(enum.StrEnum):
    """What a purchase must say before anybody may say yes."""

    CORE_TASK = "core_task"
    VALUE = "value"


def lacking(has_core_task: bool, value_for_citizens: str, value_for_staff: str) -> list[Lacking]:
    """Return what holds a purchase back: no core task, or no value for citizens or staff."""
    found = [] if has_core_task else [Lacking.CORE_TASK]
    if not value_for_citizens.strip() and not value_for_staff.strip():
        found.append(Lacking.VALUE)
    return found
