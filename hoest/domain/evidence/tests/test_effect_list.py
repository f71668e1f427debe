"""All effects in a list, the runs over them, and what they need of their owners."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from hoest.domain.evidence import actions, queries
from hoest.domain.evidence.models import Estimate, EstimateRun, Study
from hoest.domain.evidence.queries import estimates
from hoest.domain.evidence.web.effect import asks, runs, shown
from hoest.foundation import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def study(here):
    """The study the municipality has."""
    return Study.objects.select_related("series", "benefit__initiative").get(organisation_id=here)


def text_of(answer) -> str:
    return answer.content.decode()


def test_the_list_never_parts_a_figure_from_its_range_grade_and_verdict(study, client_for):
    client = client_for("executive")
    body = text_of(client.get(reverse("evidence:effects")))
    estimate = queries.latest_of(study)
    assert study.benefit.title in body
    assert shown.graded_of(study, estimate).span in body
    assert "3: sammenlignet" in body
    facts = client.get(reverse("evidence:effects"), {"format": "json"}).json()["rows"]
    assert [one["grade"] for one in facts] == ["compared"]
    assert facts[0]["estimate"] == estimate.estimate
    assert facts[0]["verdict"] in ("shown", "indicated", "not_shown", "cannot")
    sheet = client.get(reverse("evidence:effects"), {"format": "csv"})
    head = b"".join(sheet.streaming_content).decode("utf-8-sig").splitlines()[0]
    assert {"Påvist", "Metodegrad", "Spændet fra", "Spændet til"} <= set(head.split(";"))


def test_the_list_costs_the_same_however_many_studies_there_are(
    study, actor, client_for, django_assert_max_num_queries
):
    client = client_for("executive")
    client.get(reverse("evidence:effects"))
    with django_assert_max_num_queries(24) as few:
        client.get(reverse("evidence:effects"))
    from hoest.domain.benefits.queries import visible_to

    for benefit in visible_to(actor("controller")).exclude(pk=study.benefit_id)[:5]:
        made = actions.begin_study(
            actor=actor("controller"), benefit_id=benefit.pk, series_id=study.series_id
        )
        for start in queries.starts_of(study)[:3]:
            actions.say_place(
                actor=actor("controller"),
                study_id=made.pk,
                place_id=start.place_id,
                started_on=start.on,
            )
        actions.estimate_study(actor=actor("controller"), study_id=made.pk)
    with django_assert_max_num_queries(len(few.captured_queries)):
        body = text_of(client.get(reverse("evidence:effects")))
    assert body.count("sikkert mellem") + body.count("beregnet til mellem") >= 6


def test_the_heading_says_what_the_others_are(study, client_for):
    client, latest = client_for("executive"), queries.latest_of(study)
    page = reverse("evidence:effects")
    for verdict, wanted, said in [
        ("vist", True, "1 af 1 effekt er vist<"),
        ("vist", False, "0 af 1 effekt er vist; 1 går den forkerte vej"),
        ("antydet", False, "0 af 1 effekt er vist; 1 er antydet"),
        ("ikke vist", False, "0 af 1 effekt er vist; 1 er ikke vist"),
        ("kan ikke vises", False, "0 af 1 effekt er vist; 1 kan ikke vises"),
    ]:
        latest.pk, latest.number = None, latest.number + 1
        latest.verdict, latest.is_shown_as_wanted = verdict, wanted
        latest.save(force_insert=True)
        assert said in text_of(client.get(page)), verdict


def test_a_filter_keeps_those_of_a_verdict(study, client_for):
    verdict = queries.latest_of(study).verdict
    others = {"vist", "antydet", "ikke vist", "kan ikke vises"} - {verdict}
    client = client_for("executive")
    for one, count in [(verdict, 1), (others.pop(), 0)]:
        rows = client.get(reverse("evidence:effects"), {"format": "json", "verdict": one}).json()
        assert rows["count"] == count


def test_a_run_is_followed_and_can_be_stopped(here, client_for):
    client = client_for("controller")
    EstimateRun.objects.filter(organisation_id=here).update(state="done")
    asked = client.post(reverse("evidence:runs"))
    assert asked.status_code == 302
    run = EstimateRun.objects.filter(organisation_id=here).first()
    body = text_of(client.get(asked["Location"]))
    assert "Effekterne bliver regnet." in body
    assert "Venter på at komme til" in body
    client.post(reverse("evidence:cancel_run", args=[run.pk]))
    run.refresh_from_db()
    assert run.is_cancel_asked
    assert "stopper efter" in text_of(client.get(asked["Location"]))


@pytest.mark.parametrize(
    ("state", "changed", "said"),
    [
        ("done", 0, "Ingen svar er nye"),
        ("done", 2, "2 effekter fik et nyt svar"),
        ("cancelled", 1, "blev stoppet"),
        ("failed", 1, "gik i stå"),
    ],
)
def test_a_run_says_what_it_gave(state, changed, said):
    run = EstimateRun(state=state, total=7, done=4, changed=changed)
    assert said in runs.point_of(run)
    assert runs.percent_of(run) == 57


def test_news_stays_the_same_while_later_estimates_confirm_it():
    first = dt.datetime(2025, 3, 1, 12, tzinfo=dt.UTC)
    made = [
        Estimate(pk=10 + n, made_at=first + dt.timedelta(days=n), verdict=said,
                 is_shown_as_wanted=said == "vist")
        for n, said in enumerate(["antydet", "vist", "vist", "vist"])
    ]  # fmt: skip
    new = estimates._when_changed(made[-1], made[::-1])
    assert (new.estimate.pk, new.since_id, new.change) == (13, 11, "now_shown")
    assert new.since_on == dt.date(2025, 3, 2)
    assert estimates._when_changed(made[0], made[:1]).change == "first"


def test_an_owner_is_told_of_a_changed_answer_and_asked_about_a_break(study, actor, here):
    owner = actor("controller")
    type(study.benefit).objects.filter(pk=study.benefit_id).update(owner_id=owner.person_id)
    told = list(asks.changed_answers(owner, clock.today()))
    assert [one.subject_id for one in told] == [queries.estimates_of(study).last().pk]
    assert told[0].news_until == clock.today() + asks.NEWS + dt.timedelta(days=1)
    later = clock.today() + asks.NEWS + dt.timedelta(days=1)
    assert list(asks.changed_answers(owner, later)) == []
    assert list(asks.breaks_that_wait(owner, clock.today())) == []
    months = sorted({p.period for p in queries.points_of(study.series)})
    actions.mark_break(
        actor=actor("controller"), series_id=study.series_id, on=months[3], what="Nyt system"
    )
    (waiting,) = asks.breaks_that_wait(owner, clock.today())
    assert study.series.name in waiting.title
    assert list(asks.breaks_that_wait(actor("executive"), clock.today())) == []
