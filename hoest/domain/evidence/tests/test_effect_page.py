"""The effect page: one sentence, its grade and verdict, kind refusals, and figures made again."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.urls import reverse

from hoest.domain.benefits.queries import visible_to
from hoest.domain.evidence import actions, queries
from hoest.domain.evidence.models import Study
from hoest.domain.evidence.web import words
from hoest.domain.evidence.web.effect import annex, pages, reading, shown
from hoest.domain.evidence.web.effect.refusals import REFUSALS, refusal_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def study(here):
    """The study the municipality has."""
    return Study.objects.select_related("series", "benefit__initiative").get(organisation_id=here)


@pytest.fixture
def page(study):
    """The address of the effect page."""
    return reverse("evidence:effect", args=[study.benefit_id])


def text_of(answer) -> str:
    return answer.content.decode()


def test_the_page_says_the_effect_with_range_grade_and_verdict(study, page, client_for):
    answer = client_for("executive").get(page)
    estimate = queries.latest_of(study)
    told = shown.told_of(study, estimate)
    assert answer.status_code == 200
    body = text_of(answer)
    assert shown.sentence_of(study, estimate).replace("'", "&#x27;") in body
    assert words.span(told.low, told.high, told.step, told.verdict) in body
    assert words.verdict_label(estimate.verdict) in body
    assert words.grade_label(estimate.grade) in body
    assert estimate.data_hash in body
    assert "effect-ours" in body


def test_whom_it_is_compared_with_is_told_only_where_the_method_heeds_it(
    study, page, client_for, monkeypatch
):
    standing = reading.standing_of(study)
    monkeypatch.setattr(pages, "standing_of", lambda _study: standing)
    client = client_for("executive")
    row = "<dt>Sammenlignet med</dt>"
    for method, is_told in (("did", False), ("its", False), ("cs", True)):
        standing.latest.method = method
        body = text_of(client.get(page))
        assert str(words.METHODS[method]) in body
        assert (row in body) is is_told


def test_a_benefit_without_a_study_teaches_and_offers_one_way_on(here, actor, client_for, study):
    other = visible_to(actor("controller")).exclude(pk=study.benefit_id).first()
    address = reverse("evidence:effect", args=[other.pk])
    assert reverse("evidence:begin", args=[other.pk]) in text_of(
        client_for("controller").get(address)
    )
    assert reverse("evidence:begin", args=[other.pk]) not in text_of(
        client_for("executive").get(address)
    )


def test_a_break_nobody_decided_is_told_kindly_and_the_old_answer_stays(
    study, page, actor, client_for
):
    months = sorted({p.period for p in queries.points_of(study.series)})
    actions.mark_break(
        actor=actor("controller"), series_id=study.series_id, on=months[3], what="Nyt system"
    )
    answer = client_for("controller").post(reverse("evidence:calculate", args=[study.pk]))
    assert answer.status_code == 422
    body = text_of(answer)
    assert "talt på en anden måde" in body
    assert "Det seneste svar står nedenunder" in body
    assert "talt på en anden måde" in text_of(client_for("executive").get(page))


def test_what_happened_meanwhile_stands_in_the_third_check(study, page, actor, client_for):
    assert "Ny vagtplan" in text_of(client_for("executive").get(page))
    one = queries.happenings_of(study).first()
    client = client_for("controller")
    client.post(reverse("evidence:withdraw_happening", args=[study.pk, one.pk]))
    assert "Ny vagtplan" not in text_of(client.get(page))
    made = client.post(
        reverse("evidence:happening", args=[study.pk]),
        {"on": "01-03-2026", "what": "Influenza i området", "place": ""},
    )
    assert made.status_code == 302
    assert "Influenza i området" in text_of(client.get(page))


def test_leaving_a_place_out_makes_the_answer_stale_until_it_is_calculated_again(
    study, page, client_for
):
    client = client_for("controller")
    place = queries.starts_of(study)[-1]
    address = reverse("evidence:place", args=[study.pk, place.place_id])
    both = {"started_on": "01-03-2026", "left_out_because": "Lagt sammen"}
    assert client.post(address, both).status_code == 422
    client.post(address, {"started_on": "", "left_out_because": "Lagt sammen"})
    stale = "Der er kommet nye tal"
    assert stale in text_of(client.get(page))
    client.post(reverse("evidence:calculate", args=[study.pk]))
    after = text_of(client.get(page))
    assert stale not in after
    assert "andre steder" in after
    assert queries.estimates_of(study).count() == 2


def test_the_downloaded_script_makes_the_figure_again_with_the_engine_alone(
    study, client_for, tmp_path
):
    client = client_for("executive")
    data = client.get(reverse("evidence:data", args=[study.pk]))
    script = client.get(reverse("evidence:script", args=[study.pk]))
    table = tmp_path / data["Content-Disposition"].split('"')[1]
    table.write_bytes(data.content)
    program = tmp_path / script["Content-Disposition"].split('"')[1]
    program.write_bytes(script.content)
    root = Path(__file__).parents[4]
    done = subprocess.run(
        [sys.executable, str(program)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(root), "PATH": "", "OPENBLAS_NUM_THREADS": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    kept = queries.latest_of(study)
    assert answer["same_data"] is True
    assert math.isclose(answer["estimate"], kept.estimate, rel_tol=1e-12)
    assert (answer["p"], answer["grade"], answer["verdict"]) == (kept.p, kept.grade, kept.verdict)


def test_every_refusal_of_the_engine_has_a_sentence_of_its_own():
    from hoest.engine.effects import errors

    asked_by_a_run = {"EffectError", "PrimaryRepeats", "NameRepeats", "RunStopped", "MachinesLost"}
    steering = {"ShapesDiffer", "NumberOutOfRange", "NotReadable"}
    names = {
        name
        for name, one in vars(errors).items()
        if isinstance(one, type) and issubclass(one, errors.EffectError)
    }
    assert names - asked_by_a_run - steering <= set(REFUSALS)
    for code in REFUSALS:
        facts = {"count": 3, "found": 4, "needed": 24, "on": "1. maj", "dates": 2}
        told = refusal_of(code, facts)
        assert told.what
        assert told.do
        assert "%" not in told.what


def told(estimate, verdict, low, high):
    return words.Told("did", estimate, low, high, 0.5, verdict, 4, 11, -0.4)


def test_the_sentence_is_as_sure_as_the_verdict_and_no_surer():
    asked = ("Skærmbesøg", "Tid pr. besøg", "minutter pr. besøg")
    assert words.sentence(*asked, told(-3.1, "vist", -5.0, -1.2)) == (
        "Skærmbesøg sparede 3,10 minutter pr. besøg (sikkert mellem 1,20 og 5,00); "
        "de elleve, der ikke er begyndt, faldt i samme tid med 0,40."
    )
    assert words.sentence(*asked, told(-3.1, "antydet", -5.0, 0.2)).startswith(
        "Noget tyder på, at Skærmbesøg sparede 3,10 minutter pr. besøg "
        "(beregnet til mellem −0,20 og 5,00); "
    )
    assert words.sentence(*asked, told(-3.1, "ikke vist", -5.0, 0.2)).startswith(
        "Tallene viser ikke, at Skærmbesøg gør en forskel: "
        "den er regnet til −3,10 minutter pr. besøg (mellem −5,00 og 0,20); "
    )
    assert words.sentence(*asked, told(-3.1, "kan ikke vises", -5.0, -1.2)).startswith(
        "Ingen kan sige endnu, om Skærmbesøg gør en forskel: den er regnet til −3,10 minutter "
        "pr. besøg (mellem −5,00 og −1,20; spændet siger ikke, om det skyldes løsningen); "
    )
    for verdict in ("ikke vist", "kan ikke vises"):
        said = words.sentence(*asked, told(-3.1, verdict, None, None))
        assert "sparede" not in said
        assert "intet sikkert spænd" in said
    still = words.Told("did", -3.1, -5.0, -1.2, 0.5, "vist", 4, 1, 0.004)
    assert words.sentence(*asked, still).endswith(
        "den ene, der ikke er begyndt, stod stille i samme tid."
    )
    raised = words.sentence("Bot", "Løste opkald", "opkald", told(12.0, "vist", 8.0, None))
    assert raised.startswith("Bot hævede »Løste opkald« med 12,00 opkald (sikkert mindst 8,00)")


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-5.0, -1.2, "mellem −5,00 og −1,20"),
        (None, -1.2, "højst −1,20"),
        (-5.0, None, "mindst −5,00"),
    ],
)
def test_a_range_is_called_sure_only_where_the_effect_is_shown(low, high, said):
    for verdict in ("antydet", "ikke vist", "kan ikke vises"):
        assert words.span(low, high, 0.5, verdict) == f"beregnet til {said}"
    assert words.span(low, high, 0.5, "vist") == f"sikkert {said}"


def answered_anew(estimate):
    """Keep a changed answer as the next one: an answer itself is never changed."""
    estimate.pk, estimate.number = None, estimate.number + 1
    estimate.save(force_insert=True)


def test_the_picture_tells_of_dots_only_where_there_are_some(study, page, client_for):
    client, estimate = client_for("executive"), queries.latest_of(study)
    assert "Prikkerne er dem, der ikke er begyndt" in text_of(client.get(page))
    estimate.answer["picture"]["others"] = []
    answered_anew(estimate)
    body = text_of(client.get(page))
    assert "Prikkerne" not in body
    assert "Mærkerne forneden er starter." in body


def test_the_first_check_and_the_note_of_the_first_ones_agree(study, page, client_for):
    estimate = queries.latest_of(study)
    estimate.answer["notes"] = []
    estimate.answer["checks"]["gap"] = {
        "gap": 0.1, "se": 0.2, "p": 0.6, "detectable": 0.1, "smallest_p": 0.0, "periods": 6
    }  # fmt: skip
    answered_anew(estimate)
    body = text_of(client_for("executive").get(page))
    assert "<strong>Ja.</strong> De fulgtes ad før start." in body
    estimate.answer["notes"] = [["early_differ", 1]]
    answered_anew(estimate)
    body = text_of(client_for("executive").get(page))
    assert "<strong>Ja, som helhed.</strong> Taget under ét fulgtes de ad før start." in body
    assert '<a href="#unsaid">De første var dog anderledes' in body
    assert "De, der begyndte først, lå eller bevægede sig anderledes" in body


def test_a_chance_too_small_to_write_is_under_the_least():
    assert annex.chance(0.0004) == "under 0,001"
    assert annex.chance(0.0312) == "0,031"


def test_a_fall_is_saved_only_where_less_is_wanted(study):
    asked = ("Skærmbesøg", "Tid sammen", "minutter")
    lost = replace(told(-3.1, "vist", -5.0, -1.2), wanted="higher")
    assert words.change_in_words(*asked, lost) == (
        "Skærmbesøg sænkede »Tid sammen« med 3,10 minutter (sikkert mellem 1,20 og 5,00)"
    )
    estimate = queries.latest_of(study)
    estimate.estimate, estimate.verdict = -3.1, "vist"
    assert "sparede" in shown.sentence_of(study, estimate)
    study.series.wanted = "higher"
    assert "sparede" not in shown.sentence_of(study, estimate)


def test_every_code_of_the_engine_has_words():
    from hoest.engine import effects

    tables = (
        (effects.Reason, words.REASONS),
        (effects.Remedy, words.REMEDIES),
        (effects.Note, words.NOTES),
        (effects.Method, words.METHODS),
    )
    for codes, said in tables:
        assert {one.value for one in codes} <= set(said)
    estimated = {one.value for one in effects.Method} - {"auto"}
    assert estimated <= set(words.METHODS_TOLD)
    assert estimated <= set(words.SOURCES)
    assert {int(one) for one in effects.Grade} == set(range(6))


def test_an_answer_lifts_the_benefit_and_a_later_doubt_takes_the_rung_away(study, actor):
    from hoest.domain.benefits.queries import benefit_of

    noted = benefit_of(actor("controller"), study.benefit_id)
    latest = queries.latest_of(study)
    assert (noted.effect_grade, noted.effect_verdict) == (latest.grade, latest.verdict)
    assert (noted.effect_shown_on is not None) is latest.is_shown_as_wanted
