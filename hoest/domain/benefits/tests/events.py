"""Events in the life of a benefit, as changes of its facts, for the laws of the ladder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st

from hoest.domain.benefits.rules import (
    BenefitFacts,
    BenefitType,
    Decision,
    Frequency,
    MeasurementFact,
)

START = dt.date(2026, 1, 1)
days = st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31))
Event = Callable[[BenefitFacts], BenefitFacts]


def obtain(facts: BenefitFacts, code: str, today: dt.date) -> BenefitFacts:
    """Return the facts after the one act that a missing fact asks for was done on a day."""
    changes: dict[str, dict[str, object]] = {
        "owner_named": {"has_owner": True},
        "owner_not_lead": {"owner_is_initiative_lead": False},
        "owner_accepted": {"owner_accepted_on": today},
        "indicator": {"has_indicator": True},
        "baseline": {"has_baseline": True},
        "target": {"has_target": True},
        "method": {"has_method": True},
        "frequency": {"frequency": Frequency.QUARTER},
        "went_live": {"live_on": min(facts.live_on or today, today)},
        "adopted": {"adoption_share": facts.agreed_adoption_share},
        "old_way_closed": {"old_way_closes_on": today},
        "measured_after_live": {"measurements": (*facts.measurements, MeasurementFact(today))},
        "measurement_fresh": {"measurements": (*facts.measurements, MeasurementFact(today))},
        "harvest_decided": {"decisions": (*facts.decisions, money(today))},
        "level_confirmed_twice": {
            "owner_confirmed_on": (today - dt.timedelta(days=1), today),
            "controller_confirmed_on": (today - dt.timedelta(days=1), today),
        },
    }
    return replace(facts, **changes[code])  # type: ignore[arg-type]


def money(on: dt.date) -> Decision:
    """Return a decision that moves a budget line."""
    return Decision(on, has_amount=True, has_budget_place=True)


def hours(on: dt.date) -> Decision:
    """Return a decision that gives hours a named use."""
    return Decision(on, has_hours=True, has_named_use=True)


decisions = st.builds(
    Decision,
    on=days,
    has_amount=st.booleans(),
    has_budget_place=st.booleans(),
    has_hours=st.booleans(),
    has_named_use=st.booleans(),
)
measurements = st.builds(MeasurementFact, on=days, by_agreed_method=st.booleans())
shares = st.floats(0, 1)

facts = st.builds(
    BenefitFacts,
    benefit_type=st.sampled_from(BenefitType),
    has_owner=st.booleans(),
    owner_accepted_on=st.none() | days,
    owner_is_initiative_lead=st.booleans(),
    has_indicator=st.booleans(),
    has_baseline=st.booleans(),
    has_target=st.booleans(),
    has_method=st.booleans(),
    frequency=st.none() | st.sampled_from(Frequency),
    target_on=st.none() | days,
    live_on=st.none() | days,
    adoption_share=st.none() | shares,
    agreed_adoption_share=shares,
    old_way_closes_on=st.none() | days,
    measurements=st.lists(measurements, max_size=4).map(tuple),
    effect_shown_on=st.none() | days,
    decisions=st.lists(decisions, max_size=3).map(tuple),
    owner_confirmed_on=st.lists(days, max_size=3).map(tuple),
    controller_confirmed_on=st.lists(days, max_size=3).map(tuple),
    lapsed_on=st.none() | days,
)


def _set(name: str, value: object) -> Event:
    return lambda before: replace(before, **{name: value})  # type: ignore[arg-type]


def _first(name: str, value: object) -> Event:
    """Fill in what was not known; what stands already is not changed (that is no addition)."""
    return lambda before: before if getattr(before, name) is not None else _set(name, value)(before)


def _append(name: str, value: object) -> Event:
    return lambda before: _set(name, (*getattr(before, name), value))(before)


# Every way to add a fact. A changed agreement (another target date, a higher agreed share) is
# not an addition; nor is a lapse.
additions: st.SearchStrategy[Event] = st.one_of(
    st.sampled_from(["has_owner", "has_indicator", "has_baseline", "has_target", "has_method"]).map(
        lambda name: _set(name, True)
    ),
    days.map(lambda d: _first("effect_shown_on", d)),
    st.sampled_from(Frequency).map(lambda f: _first("frequency", f)),
    days.map(lambda d: _first("owner_accepted_on", d)),
    days.map(lambda d: _first("target_on", d)),
    days.map(lambda d: _first("live_on", d)),
    days.map(lambda d: _first("old_way_closes_on", d)),
    shares.map(lambda s: _first("adoption_share", s)),
    measurements.map(lambda m: _append("measurements", m)),
    decisions.map(lambda d: _append("decisions", d)),
    days.map(lambda d: _append("owner_confirmed_on", d)),
    days.map(lambda d: _append("controller_confirmed_on", d)),
)
