"""The harvest ladder: the rung of a benefit as a pure function of facts.

Source: the harvest ladder of the product notes; decision 0004 says how the rungs build on each
other. A rung holds when all its facts are there. `measured` needs `owned` and a go-live but not
full adoption; `in_hand` needs a measurement (no gain is realised without one) and a decision; a
proof of effect lifts a benefit to `proven` and is not demanded for `in_hand`. The benefit stands
on the highest rung that holds. A dis-benefit climbs by the same facts and is never in hand: nobody
takes an ulempe home. Adding a fact never lowers it, except a lapse, a re-measurement
that was missed, a decision that was withdrawn, or a later estimate that shows no effect. A fact
dated in the future does not count yet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from hoest.domain.benefits.rules.codes import (
    LEVEL_TYPES,
    MONTHS_BETWEEN,
    BenefitType,
    Frequency,
    Rung,
)
from hoest.domain.benefits.rules.proof import NotedEffect, Proof, proof_of


@dataclass(frozen=True)
class MeasurementFact:
    """A measurement that stands (withdrawn ones are left out)."""

    on: dt.date
    by_agreed_method: bool = True


@dataclass(frozen=True)
class Decision:
    """A harvest decision that stands, or a confirmation of a level by two people."""

    on: dt.date
    has_amount: bool = False
    has_budget_place: bool = False
    has_hours: bool = False
    has_named_use: bool = False

    @property
    def takes_home_money(self) -> bool:
        """A budget line was cut or moved."""
        return self.has_amount and self.has_budget_place

    @property
    def takes_home_hours(self) -> bool:
        """Hours were given a named use."""
        return self.has_hours and self.has_named_use


GRACE_DAYS: Mapping[Frequency, int] = MappingProxyType(
    {Frequency.MONTH: 14, Frequency.QUARTER: 30, Frequency.HALF_YEAR: 45, Frequency.YEAR: 90}
)


@dataclass(frozen=True)
class LadderLimits:
    """The named limits the ladder uses; they live in content/limits.yaml.

    `grace_days` is how late a measurement may come, by frequency; `confirmations` how many
    different days both owner and controller confirm a level on.
    """

    grace_days: Mapping[Frequency, int] = field(default_factory=lambda: GRACE_DAYS)
    follow_up_months_after_target: int = 24
    confirmations: int = 2


@dataclass(frozen=True)
class BenefitFacts:
    """Everything the rung is made of. Dates are whole days; shares are 0..1.

    `effect_shown_on` is since when an estimate shows the effect in the wished direction, compared
    with others; `effect` is all that estimate said (`rules.proof`).
    """

    benefit_type: BenefitType
    is_disbenefit: bool = False
    has_owner: bool = False
    owner_accepted_on: dt.date | None = None
    owner_is_initiative_lead: bool = False
    has_indicator: bool = False
    has_baseline: bool = False
    has_target: bool = False
    has_method: bool = False
    frequency: Frequency | None = None
    target_on: dt.date | None = None
    live_on: dt.date | None = None
    adoption_share: float | None = None
    agreed_adoption_share: float = 0.8
    old_way_closes_on: dt.date | None = None
    measurements: tuple[MeasurementFact, ...] = ()
    effect_shown_on: dt.date | None = None
    effect: NotedEffect | None = None
    decisions: tuple[Decision, ...] = ()
    owner_confirmed_on: tuple[dt.date, ...] = ()
    controller_confirmed_on: tuple[dt.date, ...] = ()
    lapsed_on: dt.date | None = None


@dataclass(frozen=True)
class Fact:
    """One fact of a rung: a code for the words, whether it holds, and since when."""

    code: str
    holds: bool
    on: dt.date | None = None


@dataclass(frozen=True)
class Standing:
    """Where a benefit stands: its rung, the facts of every rung, and the one fact to get next."""

    rung: Rung
    facts: dict[Rung, tuple[Fact, ...]]
    next_rung: Rung | None
    next_fact: Fact | None

    def holds(self, rung: Rung) -> bool:
        """Tell whether all facts of a rung hold."""
        return all(fact.holds for fact in self.facts[rung])


def stand(facts: BenefitFacts, today: dt.date, limits: LadderLimits | None = None) -> Standing:
    """Derive the rung of a benefit and what would lift it.

    Shapes: one benefit. Units: days and shares. Raises nothing. Source: product notes, ladder.
    """
    by_rung = _by_rung(facts, today, limits or LadderLimits())
    rung = _highest(by_rung)
    next_rung, next_fact = _next(by_rung, rung, facts.is_disbenefit)
    return Standing(rung, by_rung, next_rung, next_fact)


def rung_of(facts: BenefitFacts, today: dt.date, limits: LadderLimits | None = None) -> Rung:
    """Derive the rung alone, for counting many benefits: the same as `stand(...).rung`."""
    return _highest(_by_rung(facts, today, limits or LadderLimits()))


def _by_rung(
    facts: BenefitFacts, today: dt.date, limits: LadderLimits
) -> dict[Rung, tuple[Fact, ...]]:
    return {
        Rung.PROMISED: (Fact("expected_effect_written", True),),
        Rung.OWNED: _owned(facts),
        Rung.IN_USE: _in_use(facts, today),
        Rung.MEASURED: _measured(facts, today, limits),
        Rung.PROVEN: (_effect_shown(facts, today),),
        Rung.IN_HAND: _in_hand(facts, today, limits),
        Rung.LAPSED: (Fact("given_up", facts.lapsed_on is not None, facts.lapsed_on),),
    }


def _effect_shown(facts: BenefitFacts, today: dt.date) -> Fact:
    shown_on = facts.effect_shown_on
    return Fact("effect_shown", shown_on is not None and shown_on <= today, shown_on)


def _owned(facts: BenefitFacts) -> tuple[Fact, ...]:
    accepted = facts.owner_accepted_on
    return (
        Fact("owner_named", facts.has_owner),
        Fact("owner_not_lead", facts.has_owner and not facts.owner_is_initiative_lead),
        Fact("owner_accepted", facts.has_owner and accepted is not None, accepted),
        Fact("indicator", facts.has_indicator),
        Fact("baseline", facts.has_baseline),
        Fact("target", facts.has_target, facts.target_on),
        Fact("method", facts.has_method),
        Fact("frequency", facts.frequency is not None),
    )


def _went_live(facts: BenefitFacts, today: dt.date) -> bool:
    return facts.live_on is not None and facts.live_on <= today


def _in_use(facts: BenefitFacts, today: dt.date) -> tuple[Fact, ...]:
    adopted = (
        facts.adoption_share is not None and facts.adoption_share >= facts.agreed_adoption_share
    )
    return (
        Fact("went_live", _went_live(facts, today), facts.live_on),
        Fact("adopted", adopted),
        Fact("old_way_closed", facts.old_way_closes_on is not None, facts.old_way_closes_on),
    )


def _after_live(facts: BenefitFacts, today: dt.date) -> tuple[MeasurementFact, ...]:
    if facts.live_on is None:
        return ()
    return tuple(
        m for m in facts.measurements if m.by_agreed_method and facts.live_on <= m.on <= today
    )


def _last_measured(facts: BenefitFacts, today: dt.date) -> dt.date | None:
    return max((m.on for m in _after_live(facts, today)), default=None)


def _measured(facts: BenefitFacts, today: dt.date, limits: LadderLimits) -> tuple[Fact, ...]:
    last = _last_measured(facts, today)
    known = (
        Fact("went_live", _went_live(facts, today), facts.live_on),
        Fact("measured_after_live", last is not None, last),
    )
    if last is None:
        return known
    return (*known, Fact("measurement_fresh", not _missed(facts, last, today, limits), last))


def proof_from(facts: BenefitFacts, today: dt.date) -> Proof:
    """Return the grade and verdict of a benefit's figure by its facts, as `rules.proof` says."""
    return proof_of(
        measured_on=_last_measured(facts, today),
        has_baseline=facts.has_baseline,
        effect=facts.effect,
    )


def next_measurement_due(
    facts: BenefitFacts, today: dt.date, limits: LadderLimits | None = None
) -> dt.date | None:
    """Return the day the next measurement is due: go-live or the last one plus the frequency.

    None without a frequency or a go-live, for a lapsed benefit, and when the follow-up is over.
    """
    if facts.frequency is None or facts.live_on is None or facts.lapsed_on is not None:
        return None
    last = _last_measured(facts, today)
    due = add_months(last or facts.live_on, MONTHS_BETWEEN[facts.frequency])
    if last is not None and _follow_up_is_over(facts, due, limits or LadderLimits()):
        return None
    return due


def _follow_up_is_over(facts: BenefitFacts, due: dt.date, limits: LadderLimits) -> bool:
    if facts.target_on is None:
        return False
    return due > add_months(facts.target_on, limits.follow_up_months_after_target)


def _missed(facts: BenefitFacts, last: dt.date, today: dt.date, limits: LadderLimits) -> bool:
    if facts.frequency is None:
        return False
    due = add_months(last, MONTHS_BETWEEN[facts.frequency])
    if _follow_up_is_over(facts, due, limits):
        return False
    return today > due + dt.timedelta(days=limits.grace_days[facts.frequency])


def _in_hand(facts: BenefitFacts, today: dt.date, limits: LadderLimits) -> tuple[Fact, ...]:
    last = _last_measured(facts, today)
    measured = Fact("measured_after_live", last is not None, last)
    if facts.is_disbenefit:
        return measured, Fact("never_harvested", False)
    days = [
        d.on
        for d in facts.decisions
        if d.on <= today and (d.takes_home_money or d.takes_home_hours)
    ]
    if facts.benefit_type not in LEVEL_TYPES:
        return measured, Fact("harvest_decided", bool(days), min(days, default=None))
    twice = [
        _nth_day(confirmed, today, limits.confirmations)
        for confirmed in (facts.owner_confirmed_on, facts.controller_confirmed_on)
    ]
    if None not in twice:
        days.append(max(day for day in twice if day is not None))
    return measured, Fact("level_confirmed_twice", bool(days), min(days, default=None))


def _nth_day(days: Iterable[dt.date], today: dt.date, n: int) -> dt.date | None:
    """Return the n-th different day that has come, or None when there are fewer."""
    come = sorted({day for day in days if day <= today})
    return come[n - 1] if len(come) >= n else None


def _highest(by_rung: dict[Rung, tuple[Fact, ...]]) -> Rung:
    if by_rung[Rung.LAPSED][0].holds:
        return Rung.LAPSED
    whole = {rung: all(fact.holds for fact in facts) for rung, facts in by_rung.items()}
    if not whole[Rung.OWNED]:
        return Rung.PROMISED
    if whole[Rung.IN_HAND]:
        return Rung.IN_HAND
    if whole[Rung.MEASURED]:
        return Rung.PROVEN if whole[Rung.PROVEN] else Rung.MEASURED
    return Rung.IN_USE if whole[Rung.IN_USE] else Rung.OWNED


# What may come next. `proven` is not on the list: it lifts, and it is not demanded for `in_hand`.
ABOVE: dict[Rung, tuple[Rung, ...]] = {
    Rung.PROMISED: (Rung.OWNED,),
    Rung.OWNED: (Rung.IN_USE, Rung.MEASURED),
    Rung.IN_USE: (Rung.MEASURED,),
    Rung.MEASURED: (Rung.IN_HAND,),
    Rung.PROVEN: (Rung.IN_HAND,),
    Rung.IN_HAND: (),
    Rung.LAPSED: (),
}


def _next(
    by_rung: dict[Rung, tuple[Fact, ...]], rung: Rung, is_disbenefit: bool
) -> tuple[Rung | None, Fact | None]:
    """Return the rung that is fewest facts away, the lower of equals, and its first one missing."""
    candidates = [
        (len(missing), candidate.height, candidate, missing[0])
        for candidate in ABOVE[rung]
        if not (is_disbenefit and candidate is Rung.IN_HAND)
        if (missing := [fact for fact in by_rung[candidate] if not fact.holds])
    ]
    if not candidates:
        return None, None
    _count, _height, target, fact = min(candidates, key=lambda c: c[:2])
    return target, fact


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later, or the last day of a shorter month."""
    month0 = day.month - 1 + months
    year, month = day.year + month0 // 12, month0 % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("unreachable: every month has 28 days")
