"""Where benefits stand: noted once, by the night too, and read in a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from hoest.domain.benefits import queries
from hoest.domain.benefits.jobs import note_standings, note_standings_of
from hoest.domain.benefits.models import Benefit, StandingRecord
from hoest.domain.benefits.rules import Rung
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor

Actors = Callable[[str], Actor]


@pytest.fixture
def benefit(here: int) -> Callable[[str], Benefit]:
    """Give a benefit of the world by its key word."""
    return lambda word: Benefit.objects.get(organisation_id=here, title__startswith=word)


def _noted(benefit: Benefit) -> list[tuple[str, str]]:
    rows = StandingRecord.objects.filter(benefit=benefit).order_by("pk")
    return [(row.rung, row.because) for row in rows]


def test_a_measurement_missed_is_noted_by_the_night_and_once(
    actor: Actors, benefit: Callable[[str], Benefit], here: int
) -> None:
    one = benefit("Lavere indkøb")
    assert _noted(benefit("Færre møder"))[-1][0] == Rung.IN_USE
    assert note_standings_of(here) == 0
    with clock.frozen_at(clock.today() + dt.timedelta(days=400)):
        assert note_standings_of(here) > 0
        assert _noted(one)[-1] == (Rung.IN_USE, "time")
        assert note_standings_of(here) == 0
    assert note_standings.name == "benefits.note_standings"


def test_the_standings_of_many_benefits_take_a_constant_number_of_queries(
    actor: Actors, django_assert_num_queries: Any
) -> None:
    executive = actor("executive")
    with django_assert_num_queries(3):
        rows = list(queries.with_rows(queries.gains_of(executive)))
        assert len(queries.standings_of(rows)) == len(rows) == 8
    with django_assert_num_queries(4):
        assert len(queries.promises_of(rows)) == 8


def test_counting_a_municipality_reads_no_rows_and_says_the_same(
    actor: Actors, django_assert_num_queries: Any
) -> None:
    seen = queries.gains_of(actor("executive"))
    with django_assert_num_queries(3):
        lean = queries.standings_in(seen)
    assert lean == queries.standings_of(list(queries.with_rows(seen)))
    assert sum(queries.count_by_rung(seen).values()) == len(lean) == 8
