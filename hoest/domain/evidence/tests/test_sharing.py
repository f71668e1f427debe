"""Sharing: one line for the municipality, by consent, as it was seen; results shown or not."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.evidence import actions, queries
from hoest.domain.evidence.actions.sharing import (
    BreakWaits,
    DoesNotFit,
    LeavesOtherwise,
    TooFewPlaces,
    share_effect,
    share_series,
    take_line,
    withdraw_series,
)
from hoest.domain.evidence.models import (
    Place,
    Point,
    Series,
    SharedEffect,
    SharedSeries,
    Study,
    TakenLine,
)
from hoest.domain.evidence.queries.sharing import leaving_of, series_shared_by_others
from hoest.domain.evidence.queries.study_rows import starts_of
from hoest.domain.evidence.rules.sharing import municipal_line
from hoest.domain.evidence.web import words
from hoest.domain.organisations.queries import system_actor
from hoest.foundation.faults import NotAllowed, NotFound
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import THERE, organisation_id

VALUES = st.lists(
    st.tuples(
        st.integers(1, 6),
        st.dates(dt.date(2025, 1, 1), dt.date(2025, 12, 1)).map(lambda day: day.replace(day=1)),
        st.decimals(-100, 100, places=2, allow_nan=False, allow_infinity=False),
    ),
    max_size=40,
)


@given(VALUES)
def test_no_period_tells_of_fewer_than_three_places(values: list[Any]):
    line = municipal_line(values, 3)
    assert all(one.places >= 3 for one in line.points)
    days = {on for _place, on, _value in values}
    assert len(line.points) + line.left_out == len(days)


@pytest.fixture
def series(here: int) -> Series:
    """The series the municipality has, over six places."""
    return Series.objects.get(organisation_id=here)


def _shared_there(who: str = "Nabo") -> SharedSeries:
    """Let the neighbour share its series, and return the copy."""
    there = organisation_id(THERE)
    with acting_for(there):
        system = system_actor(there, who, "test")
        series = Series.objects.get(organisation_id=there)
        seen = leaving_of(system, series)
        return share_series(
            actor=system, series_id=series.pk, seen=seen.seen, started_on=seen.started_on
        )


@pytest.mark.django_db
class TestSharing:
    """What leaves, what comes in, and what stays at home."""

    def test_only_those_who_may_share(self, series: Series, actor: Any):
        seen = leaving_of(actor("executive"), series).seen
        with pytest.raises(NotAllowed):
            share_series(actor=actor("controller"), series_id=series.pk, seen=seen, started_on=None)

    def test_what_leaves_is_the_mean_and_nothing_of_a_place(self, series: Series, actor: Any):
        who = actor("executive")
        seen = leaving_of(who, series).seen
        copy = share_series(actor=who, series_id=series.pk, seen=seen, started_on=None)
        on, mean, places = copy.points[-1]
        values = Point.objects.filter(series=series, period=on).values_list("value", flat=True)
        assert (Decimal(mean), places) == (round(sum(values) / 6, 4), 6)
        told = str({name: getattr(copy, name) for name in ("name", "definition", "points")})
        assert not any(one.name in told for one in Place.objects.all())

    def test_a_change_since_it_was_seen_is_not_shared(self, series: Series, actor: Any):
        who, seen = actor("executive"), leaving_of(actor("executive"), series).seen
        point = Point.objects.filter(series=series).first()
        Point.objects.filter(pk=point.pk).update(value=point.value + 60)
        with pytest.raises(LeavesOtherwise):
            share_series(actor=who, series_id=series.pk, seen=seen, started_on=None)

    def test_a_break_that_waits_stops_it(self, series: Series, actor: Any):
        last = Point.objects.filter(series=series).order_by("-period").first().period
        actions.mark_break(actor=actor("controller"), series_id=series.pk, on=last, what="Ny måde")
        with pytest.raises(BreakWaits):
            share_series(actor=actor("executive"), series_id=series.pk, seen="x", started_on=None)

    def test_two_places_are_too_few(self, series: Series, actor: Any, client_for: Any):
        few = list(Place.objects.order_by("pk").values_list("pk", flat=True)[:2])
        Point.objects.filter(series=series).exclude(place_id__in=few).delete()
        with pytest.raises(TooFewPlaces):
            share_series(actor=actor("executive"), series_id=series.pk, seen="x", started_on=None)
        page = client_for("executive").get(reverse("series:share", args=[series.pk]))
        assert "under 3 steder" in page.content.decode()

    def test_the_neighbour_sees_the_copy_alone_and_takes_it_in(
        self, series: Series, actor: Any, client_for: Any
    ):
        shared = _shared_there()
        who = actor("controller")
        assert list(series_shared_by_others(who)) == [shared]
        client = client_for("controller")
        assert shared.municipality_name in client.get(reverse("series:others")).content.decode()
        path = f"{reverse('series:shared')}?nr={shared.pk}"
        assert client.get(path).status_code == 200
        answer = client.post(path, {"series": series.pk})
        assert answer.url == reverse("series:series", args=[series.pk])
        taken = TakenLine.objects.get(series=series)
        assert (taken.started_on, taken.place.is_elsewhere) == (shared.started_on, True)
        assert Point.objects.filter(series=series, place=taken.place).count() == len(shared.points)
        starts = {one.place_id: one for one in starts_of(Study.objects.get(series=series))}
        assert starts[taken.place_id].on == shared.started_on
        assert starts[taken.place_id].said == "study"
        # What came from others never leaves as ours.
        assert leaving_of(who, series).line.places == 6
        page = client.get(reverse("series:series", args=[series.pk])).content.decode()
        assert shared.municipality_name in page

    def test_who_shared_it_is_named_to_nobody_else(self, series: Series, client_for: Any):
        shared, client = _shared_there("Inger Delemand"), client_for("controller")
        path = f"{reverse('series:shared')}?nr={shared.pk}"
        client.post(path, {"series": series.pk})
        for url in (reverse("series:others"), path, reverse("series:series", args=[series.pk])):
            said = client.get(url).content.decode()
            assert shared.municipality_name in said
            assert shared.shared_by_name not in said

    def test_nothing_but_the_copies_can_be_read_or_written_from_here(
        self, series: Series, here: int
    ):
        shared = _shared_there()
        there = organisation_id(THERE)
        for model in (Series, Place, Point, Study, TakenLine):
            assert not model.objects.filter(organisation_id=there).exists(), model
        copies = SharedSeries.objects.filter(organisation_id=there)
        assert [one.pk for one in copies] == [shared.pk]
        assert copies.update(name="Rettet af naboen") == 0
        assert copies.delete()[0] == 0
        with acting_for(there):
            assert SharedSeries.objects.get(pk=shared.pk).name == shared.name

    def test_what_is_withdrawn_cannot_be_read(self, series: Series, actor: Any):
        shared = _shared_there()
        there = organisation_id(THERE)
        with acting_for(there):
            withdraw_series(actor=system_actor(there, "Nabo", "test"), series_id=shared.series_id)
        with pytest.raises(NotFound):
            take_line(actor=actor("controller"), shared_id=shared.pk, series_id=series.pk)

    def test_another_unit_of_measure_does_not_fit(self, series: Series, actor: Any):
        shared = _shared_there()
        Series.objects.filter(pk=series.pk).update(measure_unit="timer")
        with pytest.raises(DoesNotFit):
            take_line(actor=actor("controller"), shared_id=shared.pk, series_id=series.pk)

    def test_a_result_is_shared_with_grade_and_verdict(
        self, series: Series, actor: Any, client_for: Any
    ):
        study = Study.objects.get(series=series)
        latest = queries.latest_of(study)
        client, path = client_for("executive"), reverse("series:share_effect", args=[study.pk])
        assert "tror alle for meget på løsningen" in client.get(path).content.decode()
        client.post(path, {"seen": latest.pk, "solution": "Skærmbesøg"})
        copy = SharedEffect.objects.get(study=study)
        assert (copy.grade, copy.verdict) == (latest.grade, latest.verdict)
        assert copy.estimate == pytest.approx(latest.estimate)
        assert copy.error > 0
        assert copy.baseline == pytest.approx(31, abs=1.5)
        assert copy.places == 3
        with pytest.raises(LeavesOtherwise):
            share_effect(actor=actor("executive"), study_id=study.pk, estimate_id=0, solution="x")
        client.post(path, {"tilbage": "1"})
        assert not SharedEffect.objects.filter(study=study).exists()

    def test_the_result_is_seen_with_its_grade_and_the_end_that_is_known(
        self, series: Series, client_for: Any, monkeypatch: pytest.MonkeyPatch
    ):
        study = Study.objects.get(series=series)
        latest = queries.latest_of(study)
        assert latest is not None
        latest.low = None
        monkeypatch.setattr(
            "hoest.domain.evidence.web.series.sharing.result_to_share", lambda _study: latest
        )
        page = client_for("executive").get(reverse("series:share_effect", args=[study.pk]))
        body = " ".join(page.content.decode().split())
        heading = body[body.index("<h1") : body.index("</h1>")]
        assert f"{latest.verdict} (metodegrad {latest.grade})" in heading
        end = words.amount(latest.high, latest.answer["error"])
        assert f"sikkert højst {end}" in body
        assert "uden en sikker grænse" not in body
