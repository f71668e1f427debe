"""What the facts say beside the lead's own status, and whether the two agree. No Django.

A finding is a fact that points another way than the promise, with its reason: nothing is weighed
into a score and no number sums it up. The heaviest finding gives the word. A lead who says that it
goes as agreed while a fact gives reason to look disagrees with the facts, and that is told to the
lead and the sponsor; a lead who asks for help is never contradicted.

The path is a straight line from go-live, where nothing is achieved, to the target day, where all of
it is. Source: peers’ notes, section 3 item 12; Copenhagen's IT-projektråd
2017/2018 ("et lidt for positivt billede"); docs/explanation/fakta-ved-siden-af.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from hoest.domain.benefits.rules import Proof, Rung
from hoest.domain.benefits.rules.achievement import expected_share
from hoest.domain.benefits.rules.ladder import add_months
from hoest.domain.portfolio.rules import ACTIVE_PHASES, LeadWord, Phase, Status

ZERO, ONE = Decimal(0), Decimal(1)


class Verdict(StrEnum):
    """What the facts say, calmest first."""

    TOO_EARLY = "too_early"
    ON_THE_WAY = "on_the_way"
    LOOK = "look"
    CONTRADICTS = "contradicts"


class Code(StrEnum):
    """The facts that point another way, heaviest first among equals."""

    TAKEN_GIVEN_UP = "taken_given_up"
    TAKEN_NOT_MEASURED = "taken_not_measured"
    TAKEN_NOT_THERE = "taken_not_there"
    GO_LIVE_PASSED = "go_live_passed"
    WRONG_WAY = "wrong_way"
    BEHIND_PATH = "behind_path"
    NEVER_MEASURED = "never_measured"
    MEASUREMENT_LATE = "measurement_late"
    ESTIMATED_DOWN = "estimated_down"
    GO_LIVE_MOVED = "go_live_moved"
    ADOPTION_LOW = "adoption_low"
    OLD_WAY_OVERDUE = "old_way_overdue"


WEIGHT = {
    Code.TAKEN_GIVEN_UP: Verdict.CONTRADICTS,
    Code.TAKEN_NOT_MEASURED: Verdict.CONTRADICTS,
    Code.TAKEN_NOT_THERE: Verdict.CONTRADICTS,
    Code.GO_LIVE_PASSED: Verdict.CONTRADICTS,
    Code.WRONG_WAY: Verdict.CONTRADICTS,
}
"""The findings that contradict; every other one is a reason to look."""


@dataclass(frozen=True)
class EvidenceLimits:
    """The named limits of the findings; they live in content/limits.yaml."""

    path_short_share: Decimal = Decimal("0.25")
    wrong_way_share: Decimal = Decimal("0.05")
    reestimate_share: Decimal = Decimal("0.1")
    adoption_months: int = 6
    live_moved_days: int = 60


@dataclass(frozen=True)
class Yearly:
    """A yearly amount that was promised or holds now: kroner of a price level, or hours."""

    amount: Decimal
    price_level: int | None = None


@dataclass(frozen=True)
class BenefitEvidence:
    """What is known of one benefit: shares of the way to the target, yearly amounts, days.

    `late_on` is the day after which its next measurement is missing; `proof` says how `achieved`
    is known. `taken` is what decisions
    took of a budget by this year, in the price level of what holds now.
    """

    benefit_id: int
    title: str
    rung: str
    live_on: dt.date | None = None
    target_on: dt.date | None = None
    due_on: dt.date | None = None
    late_on: dt.date | None = None
    measured_on: dt.date | None = None
    achieved: Decimal | None = None
    proof: Proof | None = None
    promised: Yearly | None = None
    approved: Yearly | None = None
    taken: Yearly | None = None


@dataclass(frozen=True)
class InitiativeEvidence:
    """What is known of one initiative, with its benefits."""

    initiative_id: int
    phase: Phase
    live_on: dt.date | None = None
    first_live_on: dt.date | None = None
    adoption_share: Decimal | None = None
    agreed_share: Decimal = ONE
    old_way_closes_on: dt.date | None = None
    old_way_closed_on: dt.date | None = None
    benefits: tuple[BenefitEvidence, ...] = ()

    @property
    def is_followed(self) -> bool:
        """Tell whether there is something to hold it against: alive, or its benefits are."""
        return self.phase in (*ACTIVE_PHASES, Phase.CLOSED)


@dataclass(frozen=True)
class Finding:
    """One fact that points another way: what, about which benefit, and its numbers.

    `day` is the day it is about, `other_day` the one it is held against; `share` is a share of the
    way or of the promise, `other_share` the one expected; the amounts are a year. `proof` says how
    the measured one is known.
    """

    code: Code
    benefit_id: int | None = None
    title: str = ""
    day: dt.date | None = None
    other_day: dt.date | None = None
    share: Decimal | None = None
    other_share: Decimal | None = None
    amount: Decimal | None = None
    other_amount: Decimal | None = None
    price_level: int | None = None
    proof: Proof | None = None

    @property
    def verdict(self) -> Verdict:
        """What this fact alone says."""
        return WEIGHT.get(self.code, Verdict.LOOK)


def findings_of(
    one: InitiativeEvidence, today: dt.date, limits: EvidenceLimits | None = None
) -> tuple[Finding, ...]:
    """Return the facts that point another way than the promise, heaviest first."""
    if not one.is_followed:
        return ()
    limits = limits or EvidenceLimits()
    found = list(_of_initiative(one, today, limits)) if one.phase in ACTIVE_PHASES else []
    for benefit in one.benefits:
        found += _of_benefit(benefit, today, limits)
    order = list(Code)
    return tuple(sorted(found, key=lambda f: (order.index(f.code), f.benefit_id or 0)))


def verdict_of(one: InitiativeEvidence, found: Iterable[Finding], today: dt.date) -> Verdict:
    """Return the word for the findings; too early while nothing is live and nothing points away."""
    heaviest = max((f.verdict for f in found), key=list(Verdict).index, default=None)
    if heaviest is not None:
        return heaviest
    is_live = one.live_on is not None and one.live_on <= today
    counts = any(b.rung != Rung.LAPSED for b in one.benefits)
    return Verdict.ON_THE_WAY if is_live and counts else Verdict.TOO_EARLY


def disagree(said: LeadWord | None, verdict: Verdict) -> bool:
    """Tell whether what is said is brighter than what the facts say.

    Going as agreed disagrees with any reason to look, watching only with a contradiction; who
    asks for help, or has said nothing, disagrees with nothing.
    """
    if said is LeadWord.GOING_WELL:
        return verdict in (Verdict.LOOK, Verdict.CONTRADICTS)
    return said is LeadWord.WATCH and verdict is Verdict.CONTRADICTS


SAID_BY_STATUS = {
    Status.ON_TRACK: LeadWord.GOING_WELL,
    Status.ATTENTION: LeadWord.WATCH,
    Status.ACTION_NEEDED: LeadWord.HELP,
}


def said_of(word: LeadWord | None, status: Status | None) -> LeadWord | None:
    """Return what is said of an initiative: the lead's own word, else what its status amounts to.

    None when the lead has said nothing and the status is not known or is over.
    """
    return word if word is not None else SAID_BY_STATUS.get(status) if status else None


def _of_initiative(
    one: InitiativeEvidence, today: dt.date, limits: EvidenceLimits
) -> Iterable[Finding]:
    live = one.live_on
    is_live = live is not None and live <= today
    if is_live and one.phase in (Phase.IDEA, Phase.ANALYSIS, Phase.EXECUTION):
        yield Finding(Code.GO_LIVE_PASSED, day=live)
    first = one.first_live_on
    if live and first and live > first + dt.timedelta(days=limits.live_moved_days):
        yield Finding(Code.GO_LIVE_MOVED, day=live, other_day=first)
    if live and is_live and add_months(live, limits.adoption_months) <= today:
        share = one.adoption_share
        if share is None or share < one.agreed_share:
            yield Finding(Code.ADOPTION_LOW, day=live, share=share, other_share=one.agreed_share)
    closes = one.old_way_closes_on
    if is_live and closes and closes < today and one.old_way_closed_on is None:
        yield Finding(Code.OLD_WAY_OVERDUE, day=closes)


def _of_benefit(b: BenefitEvidence, today: dt.date, limits: EvidenceLimits) -> list[Finding]:
    about: dict[str, Any] = {"benefit_id": b.benefit_id, "title": b.title}
    if b.rung == Rung.LAPSED:
        return list(_taken_and_given_up(b, about))
    found = [*_taken(b, limits, about), *_path(b, limits, about)]
    if b.late_on is not None and b.late_on < today:
        code = Code.NEVER_MEASURED if b.measured_on is None else Code.MEASUREMENT_LATE
        found.append(Finding(code, **about, day=b.due_on, other_day=b.measured_on))
    if b.promised and b.approved and b.promised.price_level == b.approved.price_level:
        less = b.promised.amount - b.approved.amount
        if less > 0 and less >= limits.reestimate_share * b.promised.amount:
            found.append(
                Finding(
                    Code.ESTIMATED_DOWN,
                    **about,
                    amount=b.approved.amount,
                    other_amount=b.promised.amount,
                    price_level=b.approved.price_level,
                )
            )
    return found


def _taken(b: BenefitEvidence, limits: EvidenceLimits, about: dict[str, Any]) -> Iterable[Finding]:
    """Yield when a budget was cut and the benefit that should pay for it is not there."""
    if b.taken is None or b.taken.amount <= 0:
        return
    numbers: dict[str, Any] = {"other_amount": b.taken.amount, "price_level": b.taken.price_level}
    if b.measured_on is None:
        yield Finding(Code.TAKEN_NOT_MEASURED, **about, **numbers)
        return
    if b.achieved is None or b.approved is None:
        return
    there = max(ZERO, b.achieved) * b.approved.amount
    if there < b.taken.amount * (ONE - limits.reestimate_share):
        yield Finding(
            Code.TAKEN_NOT_THERE,
            **about,
            **numbers,
            amount=there,
            day=b.measured_on,
            proof=b.proof,
        )


def _taken_and_given_up(b: BenefitEvidence, about: dict[str, Any]) -> Iterable[Finding]:
    if b.taken is not None and b.taken.amount > 0:
        level = b.taken.price_level
        yield Finding(Code.TAKEN_GIVEN_UP, **about, other_amount=b.taken.amount, price_level=level)


def _path(b: BenefitEvidence, limits: EvidenceLimits, about: dict[str, Any]) -> Iterable[Finding]:
    """Yield when the last measurement lies behind the straight line, or on its wrong side."""
    if b.achieved is None or b.measured_on is None:
        return
    numbers: dict[str, Any] = {"day": b.measured_on, "share": b.achieved, "proof": b.proof}
    if b.achieved < -limits.wrong_way_share:
        yield Finding(Code.WRONG_WAY, **about, **numbers)
        return
    expected = expected_share(b.live_on, b.target_on, b.measured_on)
    if expected is not None and expected - b.achieved > limits.path_short_share:
        yield Finding(Code.BEHIND_PATH, **about, **numbers, other_share=expected)
