"""Min uge as facts: what needs somebody, whom it needs, and how much is at stake. No Django.

A need is open when its facts hold, whoever looks. It is a person's when she has the part in it
that the need asks for: she owns the benefit, leads or sponsors the initiative, watches over the
portfolio, or looks after the budget. Source: requirement P-12; product notes, the harvest ladder.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from hoest.domain.benefits.rules import LEVEL_TYPES, Rung
from hoest.domain.portfolio.rules import LeadWord
from hoest.domain.reporting.rules.evidence import Finding, Verdict, disagree
from hoest.domain.reporting.rules.stakes import Stake


class Need(StrEnum):
    """What may need a person, in the order in which equals are shown."""

    OWNER_ASKED = "owner_asked"
    OWNER_REFUSED = "owner_refused"
    PORTION_ASKED = "portion_asked"
    MEASUREMENT_DUE = "measurement_due"
    HARVEST_WAITING = "harvest_waiting"
    LEVEL_WAITING = "level_waiting"
    CASE_SUBMITTED = "case_submitted"
    CASE_RETURNED = "case_returned"
    STATUS_DISPUTED = "status_disputed"
    OWNER_MISSING = "owner_missing"
    BASELINE_MISSING = "baseline_missing"
    OLD_WAY_OPEN = "old_way_open"
    ADOPTION_UNKNOWN = "adoption_unknown"
    SPONSOR_MISSING = "sponsor_missing"
    SPONSOR_SILENCE = "sponsor_silence"
    STATUS_SILENCE = "status_silence"


OF_BENEFIT = frozenset(
    {
        Need.OWNER_ASKED,
        Need.OWNER_REFUSED,
        Need.PORTION_ASKED,
        Need.MEASUREMENT_DUE,
        Need.HARVEST_WAITING,
        Need.LEVEL_WAITING,
        Need.OWNER_MISSING,
        Need.BASELINE_MISSING,
    }
)
# Done with one hand while the coffee runs: the sentence on top counts them.
QUICK = frozenset({Need.OWNER_ASKED, Need.MEASUREMENT_DUE, Need.LEVEL_WAITING, Need.STATUS_SILENCE})


class Part(StrEnum):
    """The part a person has in a benefit or an initiative; why something is hers."""

    OWNER = "owner"
    LEAD = "lead"
    SPONSOR = "sponsor"
    BUDGET = "budget"
    PORTFOLIO = "portfolio"
    SENDER = "sender"
    ASKED = "asked"


@dataclass(frozen=True)
class WeekLimits:
    """The named limits of Min uge; they live in content/limits.yaml. Weeks, days and times."""

    sponsor_silence_weeks: int = 6
    status_silence_weeks: int = 6
    confirmations: int = 2
    confirmation_rest_days: int = 30


@dataclass(frozen=True)
class InitiativeState:
    """What Min uge must know of an initiative. `last_sign_on`: somebody last wrote about it.

    `is_active` ends when the project is closed; its benefits are followed all the same (G-15),
    and only a stopped initiative leaves nothing to follow.
    """

    initiative_id: int
    title: str
    is_active: bool = True
    is_stopped: bool = False
    is_delivering: bool = False
    unit_id: int = 0
    lead_id: int | None = None
    sponsor_id: int | None = None
    live_on: dt.date | None = None
    old_way_closes_on: dt.date | None = None
    old_way_closed_on: dt.date | None = None
    adoption_is_known: bool = False
    last_sign_on: dt.date = dt.date.min
    submitted_on: dt.date | None = None
    returned_on: dt.date | None = None
    open_version_id: int = 0
    sender_id: int | None = None
    word: LeadWord | None = None
    said_on: dt.date | None = None
    verdict: Verdict = Verdict.TOO_EARLY
    findings: tuple[Finding, ...] = ()

    @property
    def has_lead(self) -> bool:
        """Tell whether somebody leads it."""
        return self.lead_id is not None

    @property
    def has_sponsor(self) -> bool:
        """Tell whether it has a sponsor."""
        return self.sponsor_id is not None

    def is_live(self, today: dt.date) -> bool:
        """Tell whether the new way is in operation."""
        return self.live_on is not None and self.live_on <= today


@dataclass(frozen=True)
class BenefitState:
    """What Min uge must know of a benefit, its initiative and its stake.

    `achieved` is the share of the way from baseline to target (1 is all of it), None before it is
    measured. `refused_by` said no with `refusal`, and nobody was asked since; `asked` are the
    portions of the profile that are asked for, each with the person's id.
    """

    benefit_id: int
    title: str
    initiative: InitiativeState
    benefit_type: str
    rung: str
    unit_id: int = 0
    has_owner: bool = False
    owner_has_accepted: bool = False
    has_baseline: bool = False
    is_approved: bool = False
    achieved: Decimal | None = None
    due_on: dt.date | None = None
    owner_confirmed_on: tuple[dt.date, ...] = ()
    controller_confirmed_on: tuple[dt.date, ...] = ()
    stake: Stake = field(default_factory=Stake)
    is_disbenefit: bool = False
    refused_by: str = ""
    refusal: str = ""
    asked: tuple[tuple[str, int], ...] = ()

    @property
    def is_achieving(self) -> bool:
        """Tell whether the last measurement shows a part of the way to the target."""
        return self.achieved is not None and self.achieved > 0

    @property
    def is_level(self) -> bool:
        """Tell whether it is taken home by confirming a level, not by a budget or by hours."""
        return self.benefit_type in LEVEL_TYPES


def sunday_of(day: dt.date) -> dt.date:
    """Return the last day of the week a day is in."""
    return day + dt.timedelta(days=6 - day.weekday())


def needs_of_benefit(
    b: BenefitState, today: dt.date, limits: WeekLimits | None = None
) -> frozenset[Need]:
    """Return what a benefit needs of somebody."""
    limits = limits or WeekLimits()
    if b.rung == Rung.LAPSED or b.initiative.is_stopped:
        return frozenset()
    # Nobody takes a dis-benefit home.
    standing = b.rung in (Rung.MEASURED, Rung.PROVEN) and b.is_achieving and not b.is_disbenefit
    found = {
        Need.OWNER_ASKED: b.has_owner and not b.owner_has_accepted,
        Need.OWNER_REFUSED: not b.has_owner and bool(b.refusal),
        Need.PORTION_ASKED: bool(b.asked),
        Need.OWNER_MISSING: not b.has_owner
        and not b.refusal
        and (b.initiative.is_delivering or b.initiative.is_live(today)),
        Need.MEASUREMENT_DUE: b.owner_has_accepted and _is_due(b, today),
        Need.BASELINE_MISSING: b.is_approved and b.owner_has_accepted and not b.has_baseline,
        Need.HARVEST_WAITING: standing and not b.is_level,
        Need.LEVEL_WAITING: standing and b.is_level and bool(_who_confirms(b, today, limits)),
    }
    return frozenset(need for need, is_open in found.items() if is_open)


def _is_due(b: BenefitState, today: dt.date) -> bool:
    return b.due_on is not None and b.due_on <= sunday_of(today)


def _who_confirms(b: BenefitState, today: dt.date, limits: WeekLimits) -> frozenset[Part]:
    """Return whose confirmation is next: the owner's first, then the controller's of the same."""
    rested = today - dt.timedelta(days=limits.confirmation_rest_days)
    owner, controller = set(b.owner_confirmed_on), set(b.controller_confirmed_on)
    found = set()
    if len(owner) < limits.confirmations and all(day <= rested for day in owner):
        found.add(Part.OWNER)
    if len(controller) < min(len(owner), limits.confirmations):
        found.add(Part.BUDGET)
    return frozenset(found)


def needs_of_initiative(
    i: InitiativeState, today: dt.date, limits: WeekLimits | None = None
) -> frozenset[Need]:
    """Return what an initiative needs of somebody."""
    limits = limits or WeekLimits()
    if not i.is_active:
        return frozenset()
    quiet = today - i.last_sign_on
    overdue = i.old_way_closes_on is None or i.old_way_closes_on < today
    found = {
        Need.CASE_SUBMITTED: i.submitted_on is not None,
        Need.CASE_RETURNED: i.returned_on is not None,
        Need.STATUS_DISPUTED: disagree(i.word, i.verdict),
        Need.OLD_WAY_OPEN: i.is_live(today) and i.old_way_closed_on is None and overdue,
        Need.ADOPTION_UNKNOWN: i.is_live(today) and not i.adoption_is_known,
        Need.SPONSOR_MISSING: not i.has_sponsor and i.is_delivering,
        Need.SPONSOR_SILENCE: quiet > dt.timedelta(weeks=limits.sponsor_silence_weeks),
        Need.STATUS_SILENCE: quiet > dt.timedelta(weeks=limits.status_silence_weeks),
    }
    return frozenset(need for need, is_open in found.items() if is_open)


def part_in(
    need: Need,
    parts: frozenset[Part],
    state: BenefitState | InitiativeState,
    today: dt.date,
    limits: WeekLimits | None = None,
) -> Part | None:
    """Return the part that makes an open need this person's, or None when it is not hers.

    `parts` are those she has in it. The nearest one is asked first: the owner, then who leads the
    initiative, then its sponsor; who watches over all is asked only when nobody nearer is there.
    """
    initiative = state.initiative if isinstance(state, BenefitState) else state
    asked: tuple[Part, ...]
    match need:
        case Need.OWNER_ASKED | Need.MEASUREMENT_DUE:
            asked = (Part.OWNER,)
        case Need.LEVEL_WAITING:
            assert isinstance(state, BenefitState)
            who = _who_confirms(state, today, limits or WeekLimits())
            # Two people confirm: who owns it does not confirm it once more for the budget.
            both = (Part.OWNER,) if Part.OWNER in parts else (Part.OWNER, Part.BUDGET)
            asked = tuple(part for part in both if part in who)
        case Need.HARVEST_WAITING:
            asked = (Part.SPONSOR, Part.BUDGET)
        case Need.CASE_SUBMITTED:
            # Who submitted the figures does not answer them herself.
            asked = () if Part.SENDER in parts else (Part.SPONSOR, Part.BUDGET)
        case Need.OWNER_MISSING:
            # Before it is live the lead finds the owner; from then on it is the sponsor's too.
            asked = (Part.LEAD, Part.SPONSOR) if initiative.is_live(today) else (Part.LEAD,)
            asked = _or_portfolio(asked, initiative)
        case (
            Need.BASELINE_MISSING | Need.ADOPTION_UNKNOWN | Need.STATUS_SILENCE | Need.CASE_RETURNED
        ):
            asked = _or_portfolio((Part.LEAD,), initiative)
        case Need.OLD_WAY_OPEN | Need.STATUS_DISPUTED:
            asked = _or_portfolio((Part.LEAD, Part.SPONSOR), initiative)
        case Need.OWNER_REFUSED:
            # The no goes back to the sponsor; without one, to who watches over the portfolio.
            there = (Part.SPONSOR,) if initiative.has_sponsor else (Part.PORTFOLIO,)
            asked = there
        case Need.PORTION_ASKED:
            asked = (Part.ASKED,)
        case Need.SPONSOR_SILENCE:
            asked = (Part.SPONSOR,)
        case Need.SPONSOR_MISSING:
            asked = (Part.PORTFOLIO,)
    return next((part for part in asked if part in parts), None)


def _or_portfolio(asked: tuple[Part, ...], initiative: InitiativeState) -> tuple[Part, ...]:
    there = {Part.LEAD: initiative.has_lead, Part.SPONSOR: initiative.has_sponsor}
    return asked if any(there[part] for part in asked) else (*asked, Part.PORTFOLIO)


@dataclass(frozen=True)
class WeekItem:
    """One thing that needs a person: the need, what it is about, why it is hers, its weight.

    `part` is None for what somebody passed on to her. `subject_id` is the benefit's or the
    initiative's id, as the need says.
    """

    need: Need
    state: BenefitState | InitiativeState
    stake: Stake
    weight: Decimal
    part: Part | None
    passed_id: int = 0
    passed_on_by: str = ""
    note: str = ""
    answered_by: str = ""
    answer: str = ""

    @property
    def subject_id(self) -> int:
        """The id of what it is about."""
        state = self.state
        return state.benefit_id if isinstance(state, BenefitState) else state.initiative_id

    @property
    def initiative(self) -> InitiativeState:
        """The initiative it belongs to."""
        return self.state.initiative if isinstance(self.state, BenefitState) else self.state

    @property
    def unit_id(self) -> int:
        """The unit in which it has to be met: the benefit's own, else the initiative's."""
        return self.state.unit_id or self.initiative.unit_id

    @property
    def key(self) -> tuple[str, int]:
        """What makes it the same thing from day to day."""
        return self.need.value, self.subject_id

    @property
    def occurrence(self) -> str:
        """Which time it is that the thing is needed: next month's measurement is another one."""
        state, initiative = self.state, self.initiative
        since: object = ""
        match self.need:
            case Need.MEASUREMENT_DUE if isinstance(state, BenefitState):
                since = state.due_on
            case Need.LEVEL_WAITING if isinstance(state, BenefitState):
                since = len(state.owner_confirmed_on) + len(state.controller_confirmed_on)
            case Need.OWNER_REFUSED if isinstance(state, BenefitState):
                since = state.refused_by[:40]
            case Need.PORTION_ASKED if isinstance(state, BenefitState):
                since = "-".join(sorted({portion for portion, _person in state.asked}))
            case Need.CASE_SUBMITTED:
                since = initiative.submitted_on
            case Need.CASE_RETURNED:
                since = initiative.returned_on
            case Need.STATUS_DISPUTED:
                since = initiative.said_on
            case Need.SPONSOR_SILENCE | Need.STATUS_SILENCE:
                since = initiative.last_sign_on
            case Need.OLD_WAY_OPEN:
                since = initiative.old_way_closes_on or initiative.live_on
        return str(since)
