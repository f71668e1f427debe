"""Planning before go-live: what could be seen, the order by lot, and what stands of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from hoest.domain.evidence import actions, queries
from hoest.domain.evidence.actions.planning import PlanInThePast, SomebodyHasBegun, UsersAreMissing
from hoest.domain.evidence.models import DrawnOrder, Place, Series
from hoest.domain.evidence.rules import Origin, Step, Wanted, from_first
from hoest.domain.evidence.rules.planning import moved, plans_beside, starts_on, wished_waves
from hoest.foundation import clock

pytestmark = pytest.mark.django_db
NAMES = [f"Center {letter}" for letter in "ABCDEFGH"]


@pytest.fixture
def benefit(here):
    """A benefit of an initiative that nobody has begun with."""
    from hoest.domain.benefits.models import Benefit

    found = (
        Benefit.objects.filter(organisation_id=here, initiative__live_on__isnull=True)
        .order_by("pk")
        .first()
    )
    assert found is not None
    Benefit.objects.filter(pk=found.pk).update(
        measure_unit="tilsyn", baseline_value=Decimal("4.2"), target_value=Decimal("1.2")
    )
    found.refresh_from_db()
    return found


@pytest.fixture
def series(here, actor) -> Series:
    """Two years of a number in eight of our units, that sways by itself."""
    from hoest.domain.organisations.actions import add_unit
    from hoest.domain.organisations.queries import system_actor

    system = system_actor(here, "Opsætning", "test")
    made = actions.new_series(
        actor=actor("portfolio_manager"),
        fields={
            "name": "Tilsyn om natten",
            "measure_unit": "tilsyn",
            "step": Step.MONTH,
            "wanted": Wanted.LOWER,
            "definition": "Tilsyn pr. beboer pr. nat",
        },
    )
    first = from_first(clock.today(), Step.MONTH, -24)
    given = []
    for number, name in enumerate(NAMES):
        unit = add_unit(actor=system, name=name, kind="team")
        for month in range(24):
            sway = ((number * 7 + month * 5 + number * month) % 11 - 5) / 10
            value = Decimal(str(round(4 + number / 5 + sway, 2)))
            day = from_first(first, Step.MONTH, month)
            given.append(actions.GivenPoint(name, day, value, unit_id=unit.pk))
    actions.add_points(
        actor=actor("portfolio_manager"),
        series_id=made.pk,
        given=given,
        origin=Origin.FILE,
        source="natten.csv",
    )
    return made


def _url(benefit, series, **more) -> str:
    asked = {"serie": series.pk, **more}
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{reverse('planning:plan', args=[benefit.pk])}?{query}"


def test_the_page_says_what_could_be_seen_against_the_promise(benefit, series, client_for):
    page = client_for("portfolio_manager").get(reverse("planning:plan", args=[benefit.pk]))
    said = page.content.decode()
    assert page.status_code == 200
    assert page.context["point"].startswith("I har lovet 3 tilsyn; med 4 bølger kan I se ")
    assert [row["label"] for row in page.context["rows"]] == [
        "Alle på samme dag",
        "2 bølger",
        "3 bølger",
        "4 bølger (jeres plan)",
        "6 bølger",
    ]
    assert page.context["rows"][0]["seen"] == "kan intet vise"
    assert page.context["rows"][3]["grade"].startswith("5")
    assert all(name in said for name in NAMES)


def test_all_at_once_is_told_kindly_to_show_nothing(benefit, series, client_for):
    page = client_for("portfolio_manager").get(_url(benefit, series, boelger=1))
    assert page.context["point"] == "Begynder alle på samme dag, kan ingen se, om det virkede"
    assert "Lad nogle begynde senere" in page.context["doubts"][0]


def test_places_that_wait_let_one_wave_show_something(benefit, series, client_for):
    waiting = Place.objects.filter(name__in=NAMES[:4])
    asked = {f"sted_{one.pk}": "aldrig" for one in waiting}
    page = client_for("portfolio_manager").get(_url(benefit, series, boelger=1, **asked))
    assert page.context["plan"].chosen.detectable is not None
    assert page.context["never"] == "Center A, Center B, Center C og Center D"


def test_too_few_places_cannot_rule_out_chance_whatever_the_noise(benefit, series, client_for):
    out = {f"sted_{one.pk}": "ude" for one in Place.objects.filter(name__in=NAMES[3:])}
    page = client_for("portfolio_manager").get(_url(benefit, series, boelger=3, **out))
    assert page.context["plan"].chosen.orders == 6
    assert "tilfældigt" in page.context["point"]


def test_the_same_seed_draws_the_same_order_and_another_may_not(benefit, series, client_for):
    client = client_for("portfolio_manager")
    drawn = [
        client.get(_url(benefit, series, froe=seed)).context["plan"].waves for seed in (5, 5, 6)
    ]
    assert drawn[0] == drawn[1]
    assert drawn[0] != drawn[2]


def test_those_that_resemble_each_other_are_spread_over_the_waves(benefit, series, client_for):
    Place.objects.filter(name__in=NAMES[:4]).update(stratum="Store")
    Place.objects.filter(name__in=NAMES[4:]).update(stratum="Små")
    found = client_for("portfolio_manager").get(_url(benefit, series, boelger=4)).context["plan"]
    big = set(NAMES[:4])
    assert [len(big & set(wave)) for wave in found.waves] == [1, 1, 1, 1]


def test_a_wish_is_told_what_it_costs_and_is_kept_with_its_reason(benefit, series, client_for):
    client = client_for("portfolio_manager")
    first = Place.objects.get(name=client.get(_url(benefit, series)).context["plan"].waves[3][0])
    url = _url(benefit, series, **{f"oensket_{first.pk}": "b1"})
    page = client.get(url)
    assert first.name in page.context["wish"]["moved"]
    assert "præcision" in page.context["wish"]["cost"]
    assert "4 ·" in page.context["wish"]["grade"]
    assert client.post(url, {"fordi": ""}).status_code == 422
    assert client.post(url, {"fordi": "De har bedt om at være først"}).status_code == 302
    kept = DrawnOrder.objects.get(study__benefit=benefit)
    assert (kept.is_wish, kept.why) == (True, "De har bedt om at være først")
    assert first.name in kept.waves[0]


def test_a_kept_order_is_final_and_gives_the_series_its_study(benefit, series, client_for):
    client = client_for("portfolio_manager")
    assert client.post(_url(benefit, series, froe=9)).status_code == 302
    kept = DrawnOrder.objects.get(study__benefit=benefit)
    assert (kept.seed, kept.is_wish, kept.study.is_primary) == (9, False, True)
    assert sorted(name for wave in kept.waves for name in wave) == NAMES
    with pytest.raises(DatabaseError), transaction.atomic():
        DrawnOrder.objects.filter(pk=kept.pk).update(seed=10)
    page = client.get(reverse("planning:plan", args=[benefit.pk]))
    assert "Rækkefølge 1, gemt" in page.content.decode()


def test_a_first_wave_in_the_past_is_refused(benefit, series, client_for, actor):
    page = client_for("portfolio_manager").get(_url(benefit, series, foerste="2020-01-01"))
    assert page.status_code == 422
    with pytest.raises(PlanInThePast):
        actions.keep_plan(
            actor=actor("portfolio_manager"),
            benefit_id=benefit.pk,
            series_id=series.pk,
            waves=[NAMES[:4], NAMES[4:]],
            seed=1,
            first_on=clock.today(),
            every_periods=1,
        )


def _kept(benefit, series, actor) -> DrawnOrder:
    return actions.keep_plan(
        actor=actor("portfolio_manager"),
        benefit_id=benefit.pk,
        series_id=series.pk,
        waves=[NAMES[:4], NAMES[4:]],
        seed=1,
        first_on=from_first(clock.today(), Step.MONTH, 2),
        every_periods=3,
    )


def test_the_roll_out_takes_the_days_of_the_order(benefit, series, actor, client_for):
    from hoest.domain.portfolio.models import Rollout

    kept = _kept(benefit, series, actor)
    url = reverse("planning:take_over", args=[benefit.pk, kept.pk])
    client = client_for("portfolio_manager")
    assert client.post(url, {}).status_code == 422
    users = {f"sted_{one.pk}": "40" for one in Place.objects.filter(name__in=NAMES)}
    assert client.post(url, users).status_code == 302
    rows = Rollout.objects.filter(initiative=benefit.initiative, unit__name__in=NAMES)
    planned = dict(rows.values_list("unit__name", "planned_on"))
    assert planned[NAMES[0]] == kept.first_on
    assert planned[NAMES[7]] == from_first(kept.first_on, Step.MONTH, 3)
    # A second time changes nothing and asks for nothing.
    assert client.post(url, {}).status_code == 302


def test_nothing_is_taken_over_where_somebody_has_begun_or_users_are_missing(
    benefit, series, actor
):
    from hoest.domain.portfolio.actions import add_rollout

    kept, manager = _kept(benefit, series, actor), actor("portfolio_manager")
    with pytest.raises(UsersAreMissing):
        actions.take_over_order(actor=manager, benefit_id=benefit.pk, order_id=kept.pk, users={})
    unit = Place.objects.get(name=NAMES[0]).unit
    add_rollout(
        actor=manager,
        initiative_id=benefit.initiative_id,
        fields={"unit": unit, "planned_users": 5, "live_on": clock.today()},
    )
    users = {one.pk: 4 for one in Place.objects.filter(name__in=NAMES)}
    with pytest.raises(SomebodyHasBegun):
        actions.take_over_order(actor=manager, benefit_id=benefit.pk, order_id=kept.pk, users=users)


def test_the_record_tells_whether_the_order_was_followed(benefit, series, actor):
    from hoest.domain.evidence.web.planning.record import record_of

    kept = _kept(benefit, series, actor)
    assert "Ingen er begyndt" in record_of(kept.study)["went"]
    late = Place.objects.get(name=NAMES[7])
    actions.say_place(
        actor=actor("portfolio_manager"),
        study_id=kept.study_id,
        place_id=late.pk,
        started_on=clock.today() - dt.timedelta(days=40),
    )
    assert queries.plan_record(kept.study).was_followed is True
    first = Place.objects.get(name=NAMES[0])
    actions.say_place(
        actor=actor("portfolio_manager"),
        study_id=kept.study_id,
        place_id=first.pk,
        started_on=clock.today() - dt.timedelta(days=10),
    )
    assert queries.plan_record(kept.study).was_followed is False
    assert "ikke fulgt" in record_of(kept.study)["went"]


def test_a_short_history_is_an_empty_state_that_teaches(benefit, here, actor, client_for):
    made = actions.new_series(
        actor=actor("portfolio_manager"),
        fields={
            "name": "Kort",
            "measure_unit": "tilsyn",
            "step": Step.MONTH,
            "wanted": Wanted.LOWER,
            "definition": "",
        },
    )
    months = [from_first(clock.today(), Step.MONTH, -number) for number in (1, 2, 3)]
    actions.add_points(
        actor=actor("portfolio_manager"),
        series_id=made.pk,
        given=[actions.GivenPoint(n, m, Decimal(3)) for n in ("X", "Y", "Z") for m in months],
        origin=Origin.TYPED,
        source="Tastet",
    )
    page = client_for("portfolio_manager").get(_url(benefit, made, boelger=3))
    assert page.status_code == 200
    assert "Mål mindst fem perioder" in page.content.decode()


def test_a_reader_sees_the_plan_and_cannot_keep_it(benefit, series, client_for):
    client = client_for("executive")
    url = _url(benefit, series)
    assert "Gem rækkefølgen" not in client.get(url).content.decode()
    assert client.post(url).status_code == 403


def test_plans_beside_each_other_have_room_and_places():
    assert plans_beside(8, 12, 4) == [1, 2, 3, 4, 6]
    assert plans_beside(12, 30, 5) == [1, 2, 3, 4, 5, 6, 12]
    assert plans_beside(12, 4, 4) == [1, 2, 3, 4]


def test_waves_begin_on_the_day_given_and_then_on_first_days():
    days = starts_on(dt.date(2027, 1, 15), 2, 3, Step.MONTH)
    assert days == [dt.date(2027, 1, 15), dt.date(2027, 3, 1), dt.date(2027, 5, 1)]


def test_a_wish_moves_only_those_it_names():
    waves = wished_waves({"A": 0, "B": 0, "C": 2}, 3)
    assert waves == [["A", "B"], ["C"]]
    assert moved([["A"], ["B"]], [["B"], ["A"]]) == ["A", "B"]
