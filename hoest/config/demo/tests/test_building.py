"""The demo as it is built: the same twice, true in time, with everything it promises to show."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.db import transaction

from hoest.config.demo import loading
from hoest.config.demo.loading import load_missing
from hoest.config.demo.reading import towns
from hoest.domain.benefits import queries as benefits
from hoest.domain.benefits.rules import Rung
from hoest.domain.organisations.queries import find_organisation, system_actor
from hoest.domain.portfolio import queries as portfolio
from hoest.domain.portfolio.rules import InitiativeType, Phase, PurposeType
from hoest.domain.reporting import queries as reporting
from hoest.foundation import clock
from hoest.foundation.tenancy.context import acting_for
from tests.support.database import clone, drop, pointed_at

from .conftest import DAY, everything

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo")]
MAIN = "9001"


def _inside(what: Any) -> Any:
    """Return what a function finds in the main municipality."""
    organisation = find_organisation(MAIN)
    assert organisation is not None
    with acting_for(organisation.pk), transaction.atomic():
        return what(system_actor(organisation.pk, "Prøve"))


def _told(table: str, rows: list[dict[str, Any]]) -> Any:
    """Return the rows; of marks, which a trigger sets in any order, the benefits they name."""
    if table == "reporting_stalebenefit":
        return sorted(row["benefit_id"] for row in rows)
    return rows


def test_two_builds_of_a_day_are_the_same_row_for_row(
    demo: str, world_template: str, django_db_blocker: Any
) -> None:
    first = everything()
    other = f"{world_template}_demo_again"
    clone(other, world_template)
    with pointed_at(other):
        load_missing(at_once=False)
        again = everything()
    drop(other)
    assert first.keys() == again.keys()
    assert len(first) == 12
    for code, tables in first.items():
        for table, rows in tables.items():
            assert _told(table, rows) == _told(table, again[code][table]), f"{code} {table}"
    assert len(first[MAIN]["benefits_measurement"]) > 600


@pytest.mark.parametrize("day", [dt.date(2027, 1, 1), dt.date(2028, 2, 29), dt.date(2026, 8, 31)])
def test_the_demo_is_told_on_any_day(
    day: dt.date,
    world_template: str,
    django_db_setup: None,
    django_db_blocker: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(loading, "towns", lambda: towns()[:1])
    name = f"{world_template}_demo_day"
    clone(name, world_template)
    with django_db_blocker.unblock(), pointed_at(name), clock.frozen_at(day):
        built = load_missing(at_once=False)
        rungs = _inside(lambda actor: benefits.count_by_rung(benefits.gains_of(actor)))
    drop(name)
    assert (len(built), sum(rungs.values())) == (1, 60)
    assert all(rungs[rung] >= 3 for rung in Rung if rung is not Rung.PROVEN)


def test_every_phase_purpose_type_and_rung_is_there(demo: str) -> None:
    rows = _inside(lambda actor: list(portfolio.visible_to(actor)))
    assert len(rows) == 26
    assert {row.phase for row in rows} == set(Phase)
    # An idea that has just become an initiative has neither purpose nor type yet.
    assert {row.purpose_type for row in rows} - {""} == set(PurposeType)
    assert {row.initiative_type for row in rows} - {""} == set(InitiativeType)
    rungs = _inside(lambda actor: benefits.count_by_rung(benefits.gains_of(actor)))
    assert sum(rungs.values()) == 60
    # One effect is shown by a stepwise comparison; nothing else pretends to be.
    assert rungs.pop(Rung.PROVEN) == 1
    assert min(rungs.values()) >= 4


def test_the_roof_and_the_hand_hold_what_a_municipality_of_that_size_would_have(demo: str) -> None:
    accounts = _inside(reporting.accounts)
    newest = accounts[0]
    assert newest.price_level == DAY.year
    promised = max(amounts["promised"] for amounts in newest.years.values())
    assert 25_000_000 <= promised <= 45_000_000
    assert 40_000 <= max(y["promised"] for y in newest.hour_years.values()) <= 90_000
    assert len(accounts) == 2


def test_benefits_have_moved_up_and_down_in_ninety_days(demo: str) -> None:
    def moved(actor: Any) -> list[Any]:
        figures = reporting.figures_of(actor)
        return reporting.moved_since(figures, actor, DAY - dt.timedelta(days=90))

    steps = Counter((one.from_rung, one.to_rung) for one in _inside(moved))
    assert steps["measured", "in_hand"] >= 2
    assert steps["measured", "in_use"] >= 1
    assert steps["owned", "lapsed"] >= 1
    assert sum(steps.values()) >= 8


def test_nothing_happened_after_the_day_it_was_built(demo: str) -> None:
    end = dt.datetime.combine(DAY, dt.time.max, tzinfo=clock.DANISH_TIME)
    for tables in everything().values():
        for act in tables["audit_act"]:
            assert dt.datetime.fromisoformat(act["at"]) < end
        for one in tables["benefits_measurement"]:
            assert one["on"] <= one["recorded_at"][:10] <= DAY.isoformat()
        standings = [(r["benefit_id"], r["at"]) for r in tables["benefits_standingrecord"]]
        assert standings
        for initiative in tables["portfolio_initiative"]:
            assert initiative["created_at"] <= initiative["changed_at"] < end.isoformat()


def test_every_source_says_that_the_figures_are_invented(demo: str) -> None:
    for tables in everything().values():
        titles = {source["title"] for source in tables["provenance_source"]}
        assert titles
        assert all(title.startswith("Demotal – opdigtede") for title in titles)
        for table in ("benefits_measurement", "business_cases_caseline", "benefits_benefit"):
            assert all(row["source_id"] for row in tables[table]), table


def test_acts_are_done_by_people_of_the_municipality(demo: str) -> None:
    by = Counter(act["actor_name"] for act in everything()[MAIN]["audit_act"])
    assert by["Leder af Hjemmepleje Nord"] >= 5
    assert by["Controller i økonomi"] >= 50
    assert len(by) >= 20
