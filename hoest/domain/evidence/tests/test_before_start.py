"""What showed before the start, and without each place, of one place that began alone."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from django.urls import reverse

from hoest.domain.benefits.models import Benefit
from hoest.domain.evidence import actions, queries
from hoest.domain.evidence.models import Place, Study
from hoest.domain.evidence.rules import Origin, Step, Wanted, from_first
from hoest.domain.evidence.web.effect import annex, shown
from hoest.domain.evidence.web.effect.before import alike_before
from hoest.foundation import clock

pytestmark = pytest.mark.django_db

MONTHS, START, PLACES = 40, 28, 6


@pytest.fixture
def ask(here, actor):
    """Make a study of one place among six: its own figures and a method in, the study out."""

    def made(method: str, ours: np.ndarray) -> Study:
        manager = actor("portfolio_manager")
        series = actions.new_series(
            actor=manager,
            fields={
                "name": f"Ventetid {method}",
                "measure_unit": "dage",
                "step": Step.MONTH,
                "wanted": Wanted.LOWER,
                "definition": "",
            },
        )
        first = from_first(clock.today(), Step.MONTH, -MONTHS)
        table = 20 + 0.4 * np.random.default_rng(8).standard_normal((PLACES, MONTHS))
        table[0] += ours
        names = [f"Hus {letter}" for letter in "ABCDEF"]
        given = [
            actions.GivenPoint(
                name, from_first(first, Step.MONTH, number), Decimal(str(round(value, 3)))
            )
            for name, line in zip(names, table.tolist(), strict=True)
            for number, value in enumerate(line)
        ]
        actions.add_points(
            actor=manager,
            series_id=series.pk,
            given=given,
            origin=Origin.TYPED,
            source="Prøve",
        )
        benefit = Benefit.objects.filter(organisation_id=here).order_by("pk").last()
        study = actions.begin_study(actor=manager, benefit_id=benefit.pk, series_id=series.pk)
        place = Place.objects.get(organisation_id=here, name=names[0])
        day = from_first(first, Step.MONTH, START)
        actions.say_place(actor=manager, study_id=study.pk, place_id=place.pk, started_on=day)
        study.refresh_from_db()
        study = actions.change_study(
            actor=manager,
            study_id=study.pk,
            version=study.version,
            method=method,
            control=study.control,
            from_period=None,
        )
        actions.estimate_study(actor=actor("controller"), study_id=study.pk)
        return Study.objects.select_related("series", "benefit__initiative").get(pk=study.pk)

    return made


def fall(by: float, since: int = START) -> np.ndarray:
    return -by * (np.arange(MONTHS) >= since)


def test_a_change_when_nobody_had_begun_is_told_and_lowers_the_verdict(ask, client_for):
    study = ask("its", fall(6, 21) + fall(4))
    estimate = queries.latest_of(study)
    assert estimate.verdict == "ikke vist"
    assert "effect_without_start" in estimate.answer["reasons"]
    check = shown.checks_of(study, estimate, [], False)[0]
    assert (check.answer, check.code) == ("Ja", "no")
    assert "mindst lige så stor som svaret" in check.said
    url = f"{reverse('evidence:effect', args=[study.benefit_id])}?serie={study.pk}"
    page = client_for("controller").get(url).content.decode()
    assert "Var der en ændring, før nogen begyndte?" in page
    assert "Metoden finder også en ændring på en dato, hvor intet begyndte." in page
    assert "Hvis starten var kommet tidligere" in page


def test_a_smaller_change_before_is_told_with_its_size_and_date(ask):
    study = ask("its", fall(3, 21) + fall(5))
    estimate = queries.latest_of(study)
    assert estimate.verdict == "antydet"
    check = shown.checks_of(study, estimate, [], False)[0]
    assert (check.answer, check.code) == ("Ja, en mindre", "perhaps")
    assert check.said.startswith("Metoden finder også en ændring på ")
    assert check.said.endswith("Så meget af svaret kan være kommet af sig selv.")


def test_dates_that_show_nothing_and_each_neighbour_are_told(ask):
    study = ask("bsts", fall(5))
    estimate = queries.latest_of(study)
    before, without, _meanwhile = shown.checks_of(study, estimate, [], False)
    assert (before.answer, before.code) == ("Nej", "yes")
    assert before.said.startswith("Vi har prøvet 2 datoer, hvor intet begyndte.")
    assert (without.answer, without.code) == ("Ja", "yes")
    assert "Mest betyder Hus" in without.said
    told = dict(annex.method_of(study, estimate))
    assert told["Hvis starten var kommet tidligere"].count("for et tilfælde") == 2


def test_a_weighted_neighbour_among_few_promises_nothing(ask):
    study = ask("sdid", fall(5))
    estimate = queries.latest_of(study)
    assert estimate.verdict == "kan ikke vises"
    before, without, _meanwhile = shown.checks_of(study, estimate, [], False)
    assert (before.answer, before.code) == ("Det ser sådan ud", "perhaps")
    assert before.said.endswith("Men de er få.")
    assert (without.answer, without.code) == ("Ja", "yes")
    # Ours went its own way most of all: said, but with six places nothing is sure.
    gap = estimate.answer["checks"]["gap"]
    gap["p"] = gap["smallest_p"]
    assert alike_before(study, estimate).answer == "Måske ikke"


def test_an_answer_from_an_older_engine_is_still_read(ask):
    study = ask("bsts", fall(5))
    estimate = queries.latest_of(study)
    checks = estimate.answer["checks"]
    del checks["pretended"]
    checks["left_out"] = None
    before, without, _meanwhile = shown.checks_of(study, estimate, [], False)
    assert (before.code, without.code) == ("unknown", "unknown")
    assert annex.method_of(study, estimate)
