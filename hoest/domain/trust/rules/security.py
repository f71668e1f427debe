"""Facts and decisions of the security report: words for risks, the management body's duties.

Risks have words and no score: two words cannot be multiplied. What the law asks of the management
body is shown as what is registered and when it is next due, never as conformity.
Source: requirement S-04; NIS 2-loven (lov nr. 434 af 6. maj 2025) § 7.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class RiskConsequence(StrEnum):
    """How bad it would be, mildest first."""

    LIMITED = "limited"
    SERIOUS = "serious"
    SEVERE = "severe"


class RiskLikelihood(StrEnum):
    """How likely it is within a year, least first."""

    RARE = "rare"
    POSSIBLE = "possible"
    LIKELY = "likely"


class IncidentKind(StrEnum):
    """What kind of incidents are counted."""

    LOST_DATA = "lost_data"
    WRONG_RECIPIENT = "wrong_recipient"
    OUTAGE = "outage"
    DECEPTION = "deception"
    MALWARE = "malware"
    SUPPLIER = "supplier"
    OTHER = "other"


class ManagementStepKind(StrEnum):
    """What the management body shall do: approve, watch, learn, and let staff learn."""

    APPROVAL = "approval"
    SUPERVISION = "supervision"
    COURSE = "course"
    STAFF_COURSE = "staff_course"


class ReportState(StrEnum):
    """Where a report is."""

    DRAFT = "draft"
    APPROVED = "approved"


def order_of_risk(consequence: str, likelihood: str, ends_on: dt.date) -> tuple[int, int, dt.date]:
    """Return what risks are ordered by: worst first, then likeliest, then the nearest end date."""
    return (
        -list(RiskConsequence).index(RiskConsequence(consequence)),
        -list(RiskLikelihood).index(RiskLikelihood(likelihood)),
        ends_on,
    )


class DutyWord(StrEnum):
    """What is registered of a duty."""

    MISSING = "missing"
    OVERDUE = "overdue"
    SOON = "soon"
    REGISTERED = "registered"


@dataclass(frozen=True)
class Step:
    """Something the management body did, and when it is due again."""

    kind: ManagementStepKind
    on: dt.date
    next_due_on: dt.date | None


@dataclass(frozen=True)
class Duty:
    """One duty as it stands: what is registered, the last step and its next day."""

    kind: ManagementStepKind
    word: DutyWord
    last: Step | None

    @property
    def due_on(self) -> dt.date | None:
        """The day it is due again, if one is agreed."""
        return self.last.next_due_on if self.last else None


def duties(steps: Iterable[Step], today: dt.date, soon_days: int) -> tuple[Duty, ...]:
    """Return each duty of the management body with its last step."""
    latest: Mapping[ManagementStepKind, Step] = {
        step.kind: step for step in sorted(steps, key=lambda one: one.on)
    }
    return tuple(
        Duty(kind, _word(latest.get(kind), today, soon_days), latest.get(kind))
        for kind in ManagementStepKind
    )


def _word(last: Step | None, today: dt.date, soon_days: int) -> DutyWord:
    if last is None:
        return DutyWord.MISSING
    if last.next_due_on is None or last.next_due_on > today + dt.timedelta(days=soon_days):
        return DutyWord.REGISTERED
    return DutyWord.OVERDUE if last.next_due_on < today else DutyWord.SOON
