"""Facts and decisions about business cases: codes, transitions, named errors. No Django."""

from __future__ import annotations

from enum import StrEnum

from hoest.foundation.faults import Fault


class VersionState(StrEnum):
    """The life of a version; approved and superseded ones never change."""

    DRAFT = "draft"
    APPROVED = "approved"
    SUPERSEDED = "superseded"


MAY_BECOME: dict[VersionState, tuple[VersionState, ...]] = {
    VersionState.DRAFT: (VersionState.APPROVED,),
    VersionState.APPROVED: (VersionState.SUPERSEDED,),
    VersionState.SUPERSEDED: (),
}


class LineKind(StrEnum):
    """What a line is; it gives the direction, amounts are positive."""

    INVESTMENT = "investment"
    OPERATION = "operation"
    BENEFIT = "benefit"


class Measure(StrEnum):
    """What a line counts. Kroner and hours are never added."""

    DKK = "dkk"
    HOURS = "hours"


class SteeringArea(StrEnum):
    """The budget's steering areas."""

    SERVICE = "service"
    CAPITAL = "capital"
    TRANSFERS = "transfers"


class Duration(StrEnum):
    """One-off, or recurring: the last filled year continues."""

    ONE_OFF = "one_off"
    RECURRING = "recurring"


class VersionIsFinal(Fault):
    """An approved version cannot be changed; a new one is made beside it."""


class CaseHasNoLines(Fault):
    """A version without figures cannot be approved."""
