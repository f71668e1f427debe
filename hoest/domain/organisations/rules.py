"""Facts and limits of organisations. No Django."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum


class UnitKind(StrEnum):
    """The levels of the tree of units."""

    DEPARTMENT = "department"
    SECTION = "section"
    TEAM = "team"


class BodyKind(StrEnum):
    """The kinds of committees and boards."""

    COUNCIL = "council"
    FINANCE_COMMITTEE = "finance_committee"
    COMMITTEE = "committee"
    EXECUTIVE_BOARD = "executive_board"
    STEERING_GROUP = "steering_group"


# A unit may stand under one of these kinds (None: at the top).
MAY_STAND_UNDER: dict[UnitKind, tuple[UnitKind | None, ...]] = {
    UnitKind.DEPARTMENT: (None,),
    UnitKind.SECTION: (None, UnitKind.DEPARTMENT, UnitKind.SECTION),
    UnitKind.TEAM: (None, UnitKind.DEPARTMENT, UnitKind.SECTION),
}


def body_kind_from_name(name: str) -> BodyKind:
    """Guess the kind of a committee from its Danish name, for imports."""
    lowered = name.strip().lower()
    if lowered in ("økonomiudvalget", "økonomiudvalg"):
        return BodyKind.FINANCE_COMMITTEE
    if lowered in ("byrådet", "byråd", "kommunalbestyrelsen", "borgerrepræsentationen"):
        return BodyKind.COUNCIL
    if lowered in ("direktionen", "direktion"):
        return BodyKind.EXECUTIVE_BOARD
    return BodyKind.COMMITTEE


class InvitationState(StrEnum):
    """How far an invitation is."""

    OPEN = "open"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


def invitation_state(
    *,
    accepted_at: dt.datetime | None,
    withdrawn_at: dt.datetime | None,
    expires_at: dt.datetime,
    now: dt.datetime,
) -> InvitationState:
    """Return the state of an invitation; accepted counts before withdrawn before expired."""
    if accepted_at is not None:
        return InvitationState.ACCEPTED
    if withdrawn_at is not None:
        return InvitationState.WITHDRAWN
    return InvitationState.EXPIRED if now >= expires_at else InvitationState.OPEN
