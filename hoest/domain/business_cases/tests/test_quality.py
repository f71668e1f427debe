"""The eleven questions: each is met by what stands in the case, and says what is missing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.business_cases.rules import RiskInput
from hoest.domain.business_cases.rules.mandates import Mandate, amount_to_approve, mandate_for
from hoest.domain.business_cases.rules.quality import (
    BenefitTold,
    Finding,
    Point,
    QualityFacts,
    findings,
)
from hoest.domain.business_cases.tests.test_uncertainty import line
from hoest.domain.business_cases.web.sum.quality_words import SAID, TITLES, sentence

ONE = Decimal(1)
KNOWN = {"low_share": ONE, "high_share": Decimal("1.2"), "basis": "Tilbud"}
RISK = RiskInput("Forsinket", Decimal("0.3"), ONE, ONE, ONE, "Erfaring", "", "Test")
OWNED = BenefitTold("Færre ture", "Budget", True, "Leder Nord", True, "Gevinst", "/x")
WHOLE = QualityFacts(
    lines=[
        line("Test", "investment", {2026: 40}, line_id=1, **KNOWN),
        line("Licens", "operation", {2027: 60}, line_id=2, **KNOWN),
        line("Gevinst", "benefit", {2027: 300}, line_id=3, **KNOWN),
        line("Timer", "benefit", {2027: 30}, line_id=4, measure="hours", **KNOWN),
    ],
    risks=[RISK],
    benefits=[OWNED],
    derived_lines=frozenset({2}),
    assumptions=2,
    has_do_nothing=True,
    starts_on=dt.date(2026, 2, 1),
    live_on=dt.date(2027, 3, 1),
    largest_share=Decimal("0.5"),
)


def _of(facts: QualityFacts, point: Point) -> Finding:
    return next(one for one in findings(facts) if one.point is point)


def test_a_whole_case_lacks_nothing() -> None:
    found = findings(WHOLE)
    assert [one.point for one in found] == list(Point)
    assert [one.point for one in found if not one.met] == []
    assert len(found) == 11


@pytest.mark.parametrize(
    ("point", "changes", "code", "names"),
    [
        ("span", {"lines": [replace(WHOLE.lines[0], high_share=None)]}, "costs_without_range", "T"),
        ("span", {"lines": []}, "no_costs", ""),
        ("pool", {"risks": []}, "no_risks", ""),
        ("largest", {"derived_lines": frozenset()}, "one_line_carries", "L"),
        ("sources", {"lines": [replace(WHOLE.lines[0], basis="")]}, "without_source", "T"),
        ("sources", {"unsourced_assumptions": ["Pris"]}, "without_source", "P"),
        (
            "consistent",
            {"risks": [replace(RISK, mitigation_key="Væk")]},
            "mitigation_is_gone",
            "F",
        ),
        ("consistent", {"risks": []}, "no_risks_to_hold", ""),
        (
            "probabilities",
            {"risks": [replace(RISK, probability_because="")]},
            "probability_without_reason",
            "F",
        ),
        ("assumptions", {"assumptions": 0}, "no_assumptions", ""),
        ("assumptions", {"unused_assumptions": ["Pris"]}, "assumptions_unused", "P"),
        ("time", {"starts_on": None}, "no_start", ""),
        ("time", {"live_on": None}, "no_live", ""),
        ("time", {"live_on": dt.date(2028, 1, 1)}, "benefit_before_live", "GT"),
        ("scenarios", {"has_do_nothing": False}, "no_do_nothing", ""),
        ("scenarios", {"lines": [WHOLE.lines[0]]}, "no_running_costs", ""),
        ("owners", {"benefits": []}, "no_benefits", ""),
        ("owners", {"benefits": [replace(OWNED, owner_name="")]}, "benefit_without_owner", "F"),
        ("other_benefits", {"lines": [WHOLE.lines[2]]}, "only_money", ""),
    ],
)
def test_each_question_says_what_is_missing(
    point: str, changes: dict[str, object], code: str, names: str
) -> None:
    found = _of(replace(WHOLE, **changes), Point(point))  # type: ignore[arg-type]
    assert (found.met, found.code) == (False, code)
    assert "".join(name[0] for name in found.names) == names
    said = sentence(found)
    assert "%" not in said.replace("\xa0%", "")
    assert said.endswith((".", "?"))


def test_what_is_argued_counts_as_answered() -> None:
    argued = replace(WHOLE, assumptions=0, argued=frozenset({Point.ASSUMPTIONS, Point.SCENARIOS}))
    assert _of(argued, Point.ASSUMPTIONS).met
    bare = replace(argued, lines=[WHOLE.lines[0]])
    assert _of(bare, Point.SCENARIOS).met


def test_the_largest_line_is_named_with_its_weight() -> None:
    even = replace(
        WHOLE,
        lines=[replace(WHOLE.lines[1], line_key=key, line_id=i) for i, key in enumerate("AB")],
    )
    found = _of(replace(even, derived_lines=frozenset()), Point.LARGEST)
    assert (found.met, found.share) == (True, Decimal("0.5"))
    assert _of(WHOLE, Point.LARGEST).code == "largest_is_broken_down"


def test_every_code_and_point_has_words() -> None:
    assert set(TITLES) == set(Point)
    assert all(str(said % defaultdict(lambda: 2)) for said in SAID.values())


def test_a_pool_of_one_risk_is_said_in_the_singular() -> None:
    said = {
        n: sentence(Finding(Point.POOL, True, "pool_has_risks", facts={"count": n})) for n in (1, 2)
    }
    assert said == {1: "Puljen har 1 risiko.", 2: "Puljen har 2 risici."}


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_one_mandate_covers_every_amount(amount: int, end: int) -> None:
    small = Mandate(Decimal(end), ("controller",), "Lille")
    large = Mandate(None, ("executive",), "Stor")
    found = mandate_for(Decimal(amount), [small, large])
    assert found is (small if amount <= end else large)
    assert found.covers(Decimal(amount))


def test_the_amount_to_approve_is_what_the_treasury_pays() -> None:
    lines = [
        line("Køb", "investment", {2026: 100, 2027: 50}),
        line("Drift", "operation", {2027: 30}, duration="recurring"),
        line("Gevinst", "benefit", {2027: 900}),
        line("Borgernes tid", "operation", {2027: 7}, measure="society"),
    ]
    assert amount_to_approve(lines) == 180
