"""What must not make an answer surer than it is: many series, choosing late, drawing many times."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal

import numpy as np
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.benefits.models import Benefit
from hoest.domain.evidence import actions, queries
from hoest.domain.evidence.actions import estimating
from hoest.domain.evidence.actions.sharing import share_effect
from hoest.domain.evidence.models import (
    DrawnOrder,
    Estimate,
    Place,
    SharedEffect,
    Study,
    StudyPlace,
)
from hoest.domain.evidence.queries import among_many as among_many_queries
from hoest.domain.evidence.queries import sharing as sharing_queries
from hoest.domain.evidence.queries.study_rows import NOT_DRAWN
from hoest.domain.evidence.rules import Origin, Step, Wanted, from_first
from hoest.domain.evidence.rules.among_many import adjusted, among_many
from hoest.domain.evidence.rules.sharing import shared_error
from hoest.domain.evidence.web.effect.reading import Standing
from hoest.engine.effects import ENGINE_VERSION, benjamini_hochberg
from hoest.foundation import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def study(here):
    """The study the municipality has."""
    return Study.objects.select_related("series", "benefit").get(organisation_id=here)


def _series(manager, name, unit, step=Step.MONTH):
    return actions.new_series(
        actor=manager,
        fields={
            "name": name,
            "measure_unit": unit,
            "step": step,
            "wanted": Wanted.LOWER,
            "definition": "",
        },
    )


@pytest.fixture
def second(study, actor):
    """A second series of the same benefit, with the same places and noise alone."""
    manager = actor("portfolio_manager")
    series = _series(manager, "Kørte kilometer", "km")
    noise = np.random.Generator(np.random.PCG64(3))
    rows = queries.points_of(study.series).order_by("place_id", "period")
    actions.add_points(
        actor=manager,
        series_id=series.pk,
        given=[
            actions.GivenPoint(
                one.place.name, one.period, Decimal(str(round(20 + noise.normal(), 2)))
            )
            for one in rows.select_related("place")
        ],
        origin=Origin.TYPED,
        source="Prøve",
    )
    made = actions.begin_study(actor=manager, benefit_id=study.benefit_id, series_id=series.pk)
    for start in queries.starts_of(study):
        if start.on is not None:
            actions.say_place(
                actor=manager, study_id=made.pk, place_id=start.place_id, started_on=start.on
            )
    actions.estimate_study(actor=actor("controller"), study_id=made.pk)
    return Study.objects.select_related("series", "benefit").get(pk=made.pk)


def test_the_version_that_is_kept_is_the_engines_own(study, actor, monkeypatch):
    assert queries.latest_of(study).engine_version == ENGINE_VERSION
    monkeypatch.setattr(estimating, "ENGINE_VERSION", "effects-næste")
    made, is_new = actions.estimate_study(actor=actor("controller"), study_id=study.pk)
    assert is_new
    assert (made.number, made.engine_version) == (2, "effects-næste")


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_the_rule_adjusts_as_the_engine_does(p):
    assert adjusted(p) == pytest.approx(benjamini_hochberg(np.array(p)).tolist())


@pytest.mark.parametrize(
    ("verdict", "p", "q", "expected", "why"),
    [
        ("vist", 0.01, 0.04, "vist", ["x"]),
        ("vist", 0.03, 0.08, "antydet", ["many_looked_at", "x"]),
        ("vist", 0.0, 0.2, "ikke vist", ["many_looked_at", "x"]),
        ("antydet", 0.07, 0.09, "antydet", ["x"]),
        ("antydet", 0.07, 0.3, "ikke vist", ["many_looked_at", "x"]),
        ("ikke vist", 0.4, 0.9, "ikke vist", ["x"]),
        ("kan ikke vises", 0.02, 0.9, "kan ikke vises", ["x"]),
    ],
)
def test_a_figure_that_is_one_of_many_is_called_less(verdict, p, q, expected, why):
    assert among_many(verdict, ["x"], p, q) == (expected, why)


def _shown(study, p):
    """Return the estimate of a study as if it were shown with p; not saved."""
    found = queries.latest_of(study)
    found.verdict, found.p, found.grade = "vist", p, 4
    return found


def test_only_the_primary_is_judged_alone(study, second):
    alone = _shown(study, 0.04)
    assert queries.as_one_of_many(study, alone, 0.08).verdict == "vist"
    lowered = queries.as_one_of_many(second, _shown(second, 0.04), 0.08)
    assert (lowered.verdict, lowered.is_shown_as_wanted) == ("antydet", False)
    assert lowered.answer["reasons"][0] == "many_looked_at"
    assert queries.latest_of(second).verdict != "vist"


def test_a_primary_that_is_chosen_after_its_answer_is_one_of_many_from_then_on(
    study, second, actor, client_for
):
    manager = actor("portfolio_manager")
    before = Estimate.objects.filter(study=second).count()
    made = actions.choose_primary(actor=manager, study_id=second.pk, version=second.version)
    assert made.answer_was_known
    newest = queries.latest_of(made)
    assert Estimate.objects.filter(study=second).count() == before + 1
    assert newest.answer["among"] == 2
    benefit = Benefit.objects.get(pk=study.benefit_id)
    # What the former series showed does not stand for the new one.
    assert (benefit.effect_verdict, benefit.effect_shown_on) == (newest.verdict, None)
    _again, is_new = actions.estimate_study(actor=actor("controller"), study_id=second.pk)
    assert not is_new
    page = client_for("controller").get(reverse("evidence:effect", args=[study.benefit_id]))
    assert "efter svaret var regnet" in page.content.decode()


def test_a_series_without_an_answer_takes_the_rung_away_until_it_has_one(study, actor):
    manager = actor("portfolio_manager")
    series = _series(manager, "Uden tal", "km")
    made = actions.begin_study(actor=manager, benefit_id=study.benefit_id, series_id=series.pk)
    assert not made.is_primary
    chosen = actions.choose_primary(actor=manager, study_id=made.pk, version=made.version)
    assert not chosen.answer_was_known
    benefit = Benefit.objects.get(pk=study.benefit_id)
    assert (benefit.effect_grade, benefit.effect_verdict) == (0, "kan ikke vises")
    assert benefit.effect_shown_on is None


def _keep(study, number, waves, drawn_at):
    return DrawnOrder.objects.create(
        organisation_id=study.organisation_id,
        study=study,
        number=number,
        seed=number,
        waves=waves,
        first_on=clock.today(),
        every_periods=1,
        drawn_at=drawn_at,
        drawn_by_name="Porteføljeleder",
    )


def test_only_the_newest_order_that_was_kept_before_the_first_start_counts(study):
    starts = [one for one in queries.starts_of(study) if one.on is not None]
    starts.sort(key=lambda one: one.on)
    followed = [[one.place] for one in starts]
    early = clock.now() - dt.timedelta(days=400)
    # The world's own order was kept today, long after the first start.
    assert not queries.data_of(study).was_drawn
    _keep(study, 90, followed, early)
    data = queries.data_of(study)
    assert data.was_drawn
    # Those who were never in the lot are not shuffled with it.
    names = {one.place for one in starts}
    assert {row[4] for row in data.rows if row[0] in names} == {""}
    assert {row[4] for row in data.rows if row[0] not in names} == {NOT_DRAWN}
    _keep(study, 91, followed[::-1], early + dt.timedelta(days=1))
    assert not queries.data_of(study).was_drawn


def test_one_of_many_is_read_and_shared_as_that(study, second, client_for, monkeypatch):
    real = queries.latest_of
    shown = {one.pk: _shown(one, 0.04) for one in (study, second)}
    assert real(second).verdict != "vist"
    monkeypatch.setattr(sharing_queries, "latest_of", lambda one: shown[one.pk])
    among = {second.pk: 0.08}
    monkeypatch.setattr(among_many_queries, "adjusted_by_study", lambda *_given: among)
    assert sharing_queries.result_to_share(second).verdict == "antydet"
    assert sharing_queries.result_to_share(study).verdict == "vist"
    monkeypatch.setattr(Standing, "latest", property(lambda self: shown[self.study.pk]))
    url = reverse("evidence:effect", args=[study.benefit_id])
    client = client_for("controller")
    said = client.get(url, {"serie": second.pk}).context["point"]
    assert said.startswith("Noget tyder på")
    assert not client.get(url).context["point"].startswith("Noget tyder på")


def test_what_is_shared_carries_the_wider_uncertainty(study, actor):
    latest = queries.latest_of(study)
    copy = share_effect(
        actor=actor("portfolio_manager"),
        study_id=study.pk,
        estimate_id=latest.pk,
        solution="Skærmbesøg",
    )
    assert copy.error == shared_error(latest.answer["error"], latest.low, latest.high)
    assert copy.error > latest.answer["error"]


def test_what_is_shared_is_never_surer_than_its_range():
    assert shared_error(0.1, -1.0, 1.0) == pytest.approx(2 / (2 * 1.959964))
    assert shared_error(0.9, -1.0, 1.0) == 0.9
    assert shared_error(0.1, None, 1.0) == 0.1


def test_one_study_that_cannot_be_read_does_not_keep_the_others(here, actor, second, monkeypatch):
    real = estimating.estimate_study
    first = Study.objects.filter(organisation_id=here).order_by("pk").first()

    def broken(*, actor, study_id):
        if study_id == first.pk:
            raise ZeroDivisionError
        return real(actor=actor, study_id=study_id)

    monkeypatch.setattr(estimating, "estimate_study", broken)
    run = actions.ask_for_run(actor=actor("controller"))
    actions.carry_on(actor=actor("controller"), run_id=run.pk)
    run.refresh_from_db()
    assert (run.state, run.refused, run.done) == ("done", 1, 2)


def test_an_empty_answer_about_a_place_lets_the_roll_out_speak_again(study, actor, client_for):
    place = next(one for one in queries.starts_of(study) if one.said == "study")
    url = reverse("evidence:place", args=[study.pk, place.place_id])
    answer = client_for("portfolio_manager").post(url, {"alike": "Små plejecentre"})
    assert answer.status_code == 302
    assert not StudyPlace.objects.filter(study=study, place_id=place.place_id).exists()
    assert Place.objects.get(pk=place.place_id).stratum == "Små plejecentre"
    assert {row[4] for row in queries.data_of(study).rows} == {"", "Små plejecentre"}
    again = client_for("portfolio_manager").get(url).content.decode()
    assert "Små plejecentre" in again


def test_a_municipality_that_said_nothing_is_told_of(study, client_for):
    url = reverse("evidence:effect", args=[study.benefit_id])
    client = client_for("controller")
    assert "har ikke sagt, om" not in client.get(url).content.decode()
    waiting = next(one for one in queries.starts_of(study) if one.on is None)
    Place.objects.filter(pk=waiting.place_id).update(is_elsewhere=True)
    assert "1 anden kommune har ikke sagt, om den er begyndt" in client.get(url).content.decode()


def test_a_yearly_series_of_one_place_is_answered(here, actor):
    manager = actor("portfolio_manager")
    benefit = Benefit.objects.filter(organisation_id=here).order_by("pk").last()
    series = _series(manager, "Sygefravær pr. år", "dage", Step.YEAR)
    first = from_first(clock.today(), Step.YEAR, -12)
    years = [from_first(first, Step.YEAR, number) for number in range(12)]
    values = [10 + 0.1 * n + 0.3 * math.sin(n) - (2 if n >= 8 else 0) for n in range(12)]
    name = Place.objects.filter(organisation_id=here).first().name
    actions.add_points(
        actor=manager,
        series_id=series.pk,
        given=[
            actions.GivenPoint(name, on, Decimal(str(round(value, 3))))
            for on, value in zip(years, values, strict=True)
        ],
        origin=Origin.TYPED,
        source="Prøve",
    )
    made = actions.begin_study(actor=manager, benefit_id=benefit.pk, series_id=series.pk)
    place = Place.objects.get(organisation_id=here, name=name)
    actions.say_place(actor=manager, study_id=made.pk, place_id=place.pk, started_on=years[8])
    found, _new = actions.estimate_study(actor=actor("controller"), study_id=made.pk)
    assert found.method == "its"
    assert found.estimate == pytest.approx(-2, abs=0.6)
    # One place alone is never more than a sign.
    assert found.verdict != "vist"


def test_the_annex_says_what_is_left_when_each_place_has_its_own_trend(study, actor, client_for):
    latest = queries.latest_of(study)
    assert latest.answer["checks"]["trend"] is not None
    page = client_for("controller").get(reverse("evidence:effect", args=[study.benefit_id]))
    assert "Hvis hvert sted har sin egen tendens" in page.content.decode()


def test_the_page_says_when_others_read_an_older_answer(study, actor, client_for):
    manager = actor("portfolio_manager")
    url = reverse("evidence:effect", args=[study.benefit_id])
    share_effect(
        actor=manager,
        study_id=study.pk,
        estimate_id=queries.latest_of(study).pk,
        solution="Skærmbesøg",
    )
    client = client_for("portfolio_manager")
    assert "Andre kommuner læser stadig" not in client.get(url).content.decode()
    SharedEffect.objects.filter(study=study).update(verdict="ikke vist", grade=2)
    said = client.get(url).content.decode()
    assert "Andre kommuner læser stadig det svar" in said
    assert ": ikke vist," in said
    assert " 2. Det nye svar er et andet." in said
    assert reverse("series:share_effect", args=[study.pk]) in said
