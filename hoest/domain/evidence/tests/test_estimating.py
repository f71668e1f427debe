"""Estimates: what they are made from, that they stay, and that a run can be left."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from hoest.domain.evidence import actions, queries
from hoest.domain.evidence.models import Estimate, EstimateRun, PointCorrection, Series, Study
from hoest.domain.evidence.rules import BreakHandling, Origin, RunState

pytestmark = pytest.mark.django_db


@pytest.fixture
def study(here):
    """The study the municipality has."""
    return Study.objects.select_related("series").get(organisation_id=here)


def test_the_effect_that_was_put_in_is_found_with_grade_and_verdict(study):
    found = queries.latest_of(study)
    assert found.estimate == pytest.approx(-3, abs=0.5)
    # Three adopters are too few for the stepwise grade.
    assert (found.grade, found.method) == (3, "did")
    assert found.answer["step_down"] == ["few_adopters"]
    assert found.seed == study.seed
    assert len(found.data_hash) == 64


def test_the_same_data_are_not_estimated_twice(study, actor):
    _made, is_new = actions.estimate_study(actor=actor("controller"), study_id=study.pk)
    assert not is_new
    assert Estimate.objects.filter(study=study).count() == 1


def test_new_data_give_a_new_estimate_and_the_old_stays(study, actor):
    place = queries.places_here(actor("controller")).first()
    point = queries.points_of(study.series).filter(place=place).last()
    actions.add_points(
        actor=actor("controller"),
        series_id=study.series_id,
        given=[actions.GivenPoint(place.name, point.period, point.value + 2)],
        origin=Origin.TYPED,
        source="Rettet",
    )
    made, is_new = actions.estimate_study(actor=actor("controller"), study_id=study.pk)
    assert is_new
    assert made.number == 2
    assert made.data_hash != Estimate.objects.get(study=study, number=1).data_hash
    kept = PointCorrection.objects.get(series=study.series)
    assert (kept.old_value, kept.new_value) == (point.value, point.value + 2)


def test_an_estimate_is_final(study):
    found = queries.latest_of(study)
    with pytest.raises(DatabaseError), transaction.atomic():
        Estimate.objects.filter(pk=found.pk).update(verdict="vist")
    with pytest.raises(DatabaseError), transaction.atomic():
        found.delete()


def test_nothing_is_joined_across_a_break_before_somebody_decides(study, actor):
    months = sorted({p.period for p in queries.points_of(study.series)})
    cut = actions.mark_break(
        actor=actor("controller"), series_id=study.series_id, on=months[2], what="Nyt system"
    )
    with pytest.raises(actions.Refused) as refused:
        actions.estimate_study(actor=actor("controller"), study_id=study.pk)
    assert refused.value.code == "UnhandledBreak"
    actions.handle_break(
        actor=actor("controller"),
        series_id=study.series_id,
        break_id=cut.pk,
        version=cut.version,
        handling=BreakHandling.AFTER,
    )
    data = queries.data_of(study)
    assert min(row[1] for row in data.rows) == months[2]


def test_a_new_definition_is_a_break(study, actor):
    series = Series.objects.get(pk=study.series_id)
    changed = actions.change_definition(
        actor=actor("controller"),
        series_id=series.pk,
        version=series.version,
        definition="Kun tiden i hjemmet",
        on=dt.date(2026, 5, 20),
        why="Kørslen tælles ikke med",
    )
    assert changed.definition_number == 2
    cut = queries.breaks_of(changed).get(definition_number=2)
    assert (cut.on, cut.handling) == (dt.date(2026, 5, 1), "")


def test_a_place_that_is_left_out_is_not_used(study, actor):
    place = queries.places_here(actor("controller")).first()
    actions.say_place(
        actor=actor("controller"),
        study_id=study.pk,
        place_id=place.pk,
        started_on=None,
        left_out_because="Lagt sammen med et andet",
    )
    names = {row[0] for row in queries.data_of(study).rows}
    assert place.name not in names
    assert len(names) == 5


def test_a_run_goes_through_all_studies_and_keeps_what_is_the_same(here, actor):
    run = actions.ask_for_run(actor=actor("controller"))
    actions.carry_on(actor=actor("controller"), run_id=run.pk)
    run = EstimateRun.objects.get(pk=run.pk)
    assert run.state == RunState.DONE
    assert (run.done, run.kept, run.changed, run.refused) == (1, 1, 0, 0)


def test_a_cancelled_run_stops_and_says_so(here, actor):
    run = actions.ask_for_run(actor=actor("controller"))
    actions.cancel_run(actor=actor("controller"), run_id=run.pk)
    actions.carry_on(actor=actor("controller"), run_id=run.pk)
    run = EstimateRun.objects.get(pk=run.pk)
    assert (run.state, run.done) == (RunState.CANCELLED, 0)


def test_a_second_run_is_not_begun_while_one_is_under_way(here, actor):
    first = actions.ask_for_run(actor=actor("controller"))
    assert actions.ask_for_run(actor=actor("portfolio_manager")).pk == first.pk


def test_places_are_found_by_name_whatever_the_letters(study, actor):
    name = queries.places_here(actor("controller")).first().name
    load = actions.add_points(
        actor=actor("controller"),
        series_id=study.series_id,
        given=[actions.GivenPoint(name.upper(), dt.date(2020, 1, 15), Decimal("31.5"))],
        origin=Origin.TYPED,
        source="Tastet",
    )
    assert load.new == 1
    assert queries.places_here(actor("controller")).count() == 6
