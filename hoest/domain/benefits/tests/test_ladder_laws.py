"""The laws of the harvest ladder, which no facts and no order of events break."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from hoest.domain.benefits.rules import (
    LEVEL_TYPES,
    BenefitFacts,
    BenefitType,
    LadderLimits,
    Rung,
    next_measurement_due,
    stand,
)
from hoest.domain.benefits.tests import events

PROMISED = BenefitFacts(BenefitType.BUDGET)


def _expected(facts: BenefitFacts, today: dt.date) -> Rung:
    """Say the product's table again, from the top, in another way than the ladder does."""
    if facts.lapsed_on is not None:
        return Rung.LAPSED
    accepted = facts.has_owner and facts.owner_accepted_on and not facts.owner_is_initiative_lead
    agreed = facts.has_indicator and facts.has_baseline and facts.has_target and facts.has_method
    if not (accepted and agreed and facts.frequency):
        return Rung.PROMISED
    live = facts.live_on is not None and facts.live_on <= today
    taken = [
        m.on
        for m in facts.measurements
        if live and facts.live_on <= m.on <= today and m.by_agreed_method
    ]
    decided = any(
        d.on <= today
        and ((d.has_amount and d.has_budget_place) or (d.has_hours and d.has_named_use))
        for d in facts.decisions
    )
    confirmed = facts.benefit_type in LEVEL_TYPES and all(
        len({day for day in days if day <= today}) > 1
        for days in (facts.owner_confirmed_on, facts.controller_confirmed_on)
    )
    if taken and (decided or confirmed) and not facts.is_disbenefit:
        return Rung.IN_HAND
    due = next_measurement_due(facts, today)
    grace = dt.timedelta(days=LadderLimits().grace_days[facts.frequency])
    if taken and (due is None or today <= due + grace):
        shown = facts.effect_shown_on is not None and facts.effect_shown_on <= today
        return Rung.PROVEN if shown else Rung.MEASURED
    used = (facts.adoption_share or 0) >= facts.agreed_adoption_share
    if live and used and facts.adoption_share is not None and facts.old_way_closes_on:
        return Rung.IN_USE
    return Rung.OWNED


@given(events.facts, events.days)
@settings(max_examples=600)
def test_a_benefit_stands_on_exactly_the_rung_its_facts_give(
    facts: BenefitFacts, today: dt.date
) -> None:
    standing = stand(facts, today)
    assert standing.rung is _expected(facts, today)
    assert standing.holds(standing.rung)
    assert stand(facts, today) == standing


@given(events.facts, events.days)
@settings(max_examples=600)
def test_a_disbenefit_climbs_the_same_rungs_and_is_never_in_hand(
    facts: BenefitFacts, today: dt.date
) -> None:
    standing = stand(replace(facts, is_disbenefit=True), today)
    assert standing.rung is _expected(replace(facts, is_disbenefit=True), today)
    assert standing.rung is not Rung.IN_HAND
    assert standing.next_rung is not Rung.IN_HAND
    gain = stand(facts, today).rung
    assert standing.rung is gain or gain is Rung.IN_HAND


@given(events.facts, events.days, events.additions)
@settings(max_examples=1000)
def test_adding_a_fact_never_lowers_the_rung(
    facts: BenefitFacts, today: dt.date, add: events.Event
) -> None:
    assert stand(add(facts), today).rung.height >= stand(facts, today).rung.height


@given(events.facts, st.lists(events.additions, min_size=2, max_size=6), events.days)
@settings(max_examples=300)
def test_the_order_in_which_facts_arrive_makes_no_difference(
    facts: BenefitFacts, added: list[events.Event], today: dt.date
) -> None:
    forward = backward = facts
    for add in added:
        forward = add(forward)
    for add in reversed(added):
        backward = add(backward)
    # Two different first answers to one question are a change, not an order.
    assume(
        replace(
            forward,
            measurements=(),
            decisions=(),
            owner_confirmed_on=(),
            controller_confirmed_on=(),
        )
        == replace(
            backward,
            measurements=(),
            decisions=(),
            owner_confirmed_on=(),
            controller_confirmed_on=(),
        )
    )
    assert stand(forward, today).rung is stand(backward, today).rung


@given(events.facts, events.days, st.integers(1, 900))
@settings(max_examples=600)
def test_time_alone_lowers_only_by_a_missed_measurement(
    facts: BenefitFacts, today: dt.date, waited: int
) -> None:
    before, after = stand(facts, today), stand(facts, today + dt.timedelta(days=waited))
    if after.rung.height < before.rung.height:
        assert before.rung in (Rung.MEASURED, Rung.PROVEN)
        missed = {fact.code for fact in after.facts[Rung.MEASURED] if not fact.holds}
        assert missed == {"measurement_fresh"}


@given(events.facts, events.days)
@settings(max_examples=600)
def test_getting_the_next_fact_again_and_again_brings_the_benefit_into_the_hand(
    facts: BenefitFacts, today: dt.date
) -> None:
    facts = replace(facts, lapsed_on=None)
    heights = [stand(facts, today).rung.height]
    for _turn in range(20):
        standing = stand(facts, today)
        if standing.next_fact is None:
            break
        assert standing.next_rung is not None
        assert standing.next_rung.height > standing.rung.height
        assert not standing.next_fact.holds
        facts = events.obtain(facts, standing.next_fact.code, today)
        heights.append(stand(facts, today).rung.height)
    assert stand(facts, today).rung is Rung.IN_HAND
    assert heights == sorted(heights)


class LifeOfABenefit(RuleBasedStateMachine):
    """Any order of acts and days: additions, losses and time, each held to its law."""

    def __init__(self) -> None:
        super().__init__()
        self.facts = PROMISED
        self.today = events.START
        self.before = stand(self.facts, self.today)
        self.may_fall = False

    def _now(self, facts: BenefitFacts, *, may_fall: bool = False) -> None:
        self.before, self.may_fall = stand(self.facts, self.today), may_fall
        self.facts = facts

    @initialize(kind=st.sampled_from(BenefitType))
    def begins(self, kind: BenefitType) -> None:
        self._now(BenefitFacts(kind))

    @rule(add=events.additions)
    def a_fact_is_added(self, add: events.Event) -> None:
        self._now(add(self.facts))

    @rule()
    def the_next_fact_is_obtained(self) -> None:
        standing = stand(self.facts, self.today)
        if standing.next_fact is not None:
            self._now(events.obtain(self.facts, standing.next_fact.code, self.today))

    @rule(waited=st.integers(1, 200))
    def days_pass(self, waited: int) -> None:
        self._now(self.facts)
        self.today += dt.timedelta(days=waited)
        after = stand(self.facts, self.today)
        fresh = [f for f in after.facts[Rung.MEASURED] if f.code == "measurement_fresh"]
        self.may_fall = bool(fresh) and not fresh[0].holds

    @precondition(lambda self: self.facts.decisions)
    @rule()
    def a_decision_is_withdrawn(self) -> None:
        self._now(replace(self.facts, decisions=self.facts.decisions[:-1]), may_fall=True)
        assert stand(self.facts, self.today).rung.height <= self.before.rung.height

    @precondition(lambda self: self.facts.lapsed_on is None)
    @rule()
    def it_is_given_up(self) -> None:
        self._now(replace(self.facts, lapsed_on=self.today), may_fall=True)
        assert stand(self.facts, self.today).rung is Rung.LAPSED

    @precondition(lambda self: self.facts.lapsed_on is not None)
    @rule()
    def it_is_taken_up_again(self) -> None:
        self._now(replace(self.facts, lapsed_on=None))

    @invariant()
    def it_never_falls_without_a_reason(self) -> None:
        after = stand(self.facts, self.today)
        assert self.may_fall or after.rung.height >= self.before.rung.height
        assert after.rung is _expected(self.facts, self.today)
        assert (after.next_fact is None) == (after.rung in (Rung.IN_HAND, Rung.LAPSED))


TestLifeOfABenefit = LifeOfABenefit.TestCase
TestLifeOfABenefit.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
