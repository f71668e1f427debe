"""The parts of the demo that need no database: days, curves, order, neighbours, the files."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from hoest.config.demo.curves import Curve
from hoest.config.demo.days import Calendar, NotADemoDay
from hoest.config.demo.neighbours import tell_neighbours
from hoest.config.demo.reading import towns
from hoest.config.demo.timeline import NotInThePast, Timeline
from hoest.config.demo.words import DemoFault, refuse_unknown, words
from hoest.foundation import clock
from hoest.foundation.access.roles import ROLES

TODAY = dt.date(2026, 11, 22)


def test_a_month_before_is_a_working_day_in_that_month_and_always_the_same() -> None:
    calendar = Calendar(TODAY)
    days = [calendar.day("-14m", f"story {n}") for n in range(60)]
    assert days == [calendar.day("-14m", f"story {n}") for n in range(60)]
    assert {(day.year, day.month) for day in days} == {(2025, 9)}
    assert all(day.weekday() < 5 for day in days)
    assert len(set(days)) > 5


def test_days_count_from_today() -> None:
    assert Calendar(TODAY).day("-20d") == dt.date(2026, 11, 2)
    assert Calendar(TODAY).day("+3d") == dt.date(2026, 11, 25)


@pytest.mark.parametrize("spec", ["14m", "-14", "-2y", "i går", ""])
def test_a_day_written_otherwise_is_refused(spec: str) -> None:
    with pytest.raises(NotADemoDay, match="skal skrives som"):
        Calendar(TODAY).day(spec)


def test_the_last_day_of_a_month_is_found_across_years() -> None:
    assert Calendar(dt.date(2027, 1, 3)).month_end(-1) == dt.date(2026, 12, 31)
    assert Calendar(dt.date(2028, 3, 31)).month_end(-1) == dt.date(2028, 2, 29)


def test_a_curve_stands_before_go_live_and_reaches_its_share_after_the_ramp() -> None:
    live = dt.date(2025, 1, 1)
    curve = Curve(baseline=100, target=50, live_on=live, reach=0.8, ramp_months=6, noise=0)
    values = dict(
        curve.values([dt.date(2024, 12, 31), dt.date(2025, 4, 2), dt.date(2026, 1, 1)], "s")
    )
    assert values[dt.date(2024, 12, 31)] == 100
    assert 60 < values[dt.date(2025, 4, 2)] < 100
    assert values[dt.date(2026, 1, 1)] == 60


def test_a_slip_goes_back_and_stays_there() -> None:
    curve = Curve(
        baseline=100, target=50, live_on=dt.date(2025, 1, 1), reach=1.0, ramp_months=3, noise=0,
        slip_on=dt.date(2025, 9, 1), slip_to=0.2,
    )  # fmt: skip
    before, after = curve.values([dt.date(2025, 8, 31), dt.date(2026, 6, 1)], "s")
    assert (before[1], after[1]) == (50, 90)


def test_the_same_seed_gives_the_same_noise_and_another_seed_another() -> None:
    days = [dt.date(2026, month, 1) for month in range(1, 11)]
    curve = Curve(baseline=1000, target=500, live_on=None, noise=0.05, season=0.1, decimals=1)
    assert curve.values(days, "a") == curve.values(days, "a") != curve.values(days, "b")
    assert all(value == value.quantize(Decimal("0.1")) for _day, value in curve.values(days, "a"))


def test_events_happen_by_day_and_on_a_day_as_told_with_the_clock_set() -> None:
    seen: list[tuple[str, dt.datetime]] = []
    timeline = Timeline(TODAY)
    for name, day in (("later", 20), ("first", 3), ("second", 3)):
        timeline.on(dt.date(2026, 11, day), lambda name=name: seen.append((name, clock.now())))
    assert timeline.happen() == 3
    assert [name for name, _at in seen] == ["first", "second", "later"]
    assert [at.date().day for _name, at in seen] == [3, 3, 20]
    assert seen[0][1] < seen[1][1]


def test_nothing_is_told_of_today_or_later() -> None:
    with pytest.raises(NotInThePast):
        Timeline(TODAY).on(TODAY, lambda: None)


def test_a_word_that_means_nothing_is_refused() -> None:
    with pytest.raises(DemoFault, match="'onwer'"):
        refuse_unknown({"owner": 1, "onwer": 2}, words("owner"), "gevinsten")


def test_a_neighbour_is_smaller_in_volumes_and_alike_in_shares() -> None:
    benefit = {
        "title": "t", "type": "citizen", "indicator": "i", "measure": "m", "method": "x",
        "frequency": "month", "owner": "o", "baseline": 1000, "target": 400,
    }  # fmt: skip
    subject = {
        "title": "T", "practice": "p", "purpose": "service", "type": "data", "unit": "u",
        "body": "b", "cost": 600, "running": 60,
        "benefits": {"volume": benefit, "level": {**benefit, "by_size": False}},
    }  # fmt: skip
    one = {
        "code": "1", "name": "n", "short": "n", "domain": "d", "seed": 1, "inhabitants": 30_000,
        "initiatives": [{"subject": "s", "stage": "execution", "live": 2}],
    }  # fmt: skip
    (town,) = tell_neighbours({}, {"s": subject}, [one])
    volume, level = town["initiatives"][0]["benefits"]
    assert (volume["baseline"], level["baseline"]) == (500, 1000)


def test_the_files_tell_the_promised_numbers() -> None:
    main, *neighbours = towns()
    assert len(main["initiatives"]) == 25
    assert sum(len(one.get("benefits", ())) for one in main["initiatives"]) == 60
    assert set(main["log_ins"]) == set(ROLES)
    assert len(neighbours) == 11
    for town in neighbours:
        assert 2 <= len(town["initiatives"]) <= 4, town["name"]
        assert 4 <= sum(len(one["benefits"]) for one in town["initiatives"]) <= 10, town["name"]
    assert len({town["code"] for town in (main, *neighbours)}) == 12
    assert all(town["domain"].endswith(".example") for town in (main, *neighbours))


def test_the_same_subject_has_different_results_in_several_municipalities() -> None:
    reached = [
        one["benefits"][0]["curve"]["reach"]
        for town in towns()
        for one in town["initiatives"]
        if one["title"] == "Skærmbesøg i hjemmeplejen" and "curve" in one["benefits"][0]
    ]
    assert len(reached) >= 5
    assert max(reached) - min(reached) > 0.5
