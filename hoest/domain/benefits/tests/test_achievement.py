"""How far a benefit has come, in numbers and in the small picture."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.benefits import queries
from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.rules.achievement import (
    achieved_share,
    expected_value,
    is_a_leap,
    latest_value,
)
from hoest.domain.benefits.web.chart import chart_of

numbers = st.decimals(-(10**9), 10**9, places=2)
DAY = dt.date(2026, 1, 1)


@pytest.mark.parametrize(
    ("baseline", "target", "value", "share"),
    [
        (10, 20, 15, "0.5"),
        (20, 10, 15, "0.5"),
        (20, 10, 25, "-0.5"),
        (0, 4, 5, "1.25"),
        (4, 4, 4, None),
        (None, 4, 4, None),
        (4, None, 4, None),
        (4, 5, None, None),
    ],
)
def test_the_share_is_of_the_way_from_baseline_to_target(
    baseline: int | None, target: int | None, value: int | None, share: str | None
) -> None:
    given_as = [None if n is None else Decimal(n) for n in (baseline, target, value)]
    assert achieved_share(*given_as) == (None if share is None else Decimal(share))


@given(numbers, numbers, numbers)
def test_the_baseline_is_nothing_and_the_target_is_all(
    baseline: Decimal, target: Decimal, value: Decimal
) -> None:
    if baseline == target:
        assert achieved_share(baseline, target, value) is None
        return
    assert achieved_share(baseline, target, baseline) == 0
    assert achieved_share(baseline, target, target) == 1
    share = achieved_share(baseline, target, value)
    assert share is not None
    mirrored = achieved_share(-baseline, -target, -value)
    assert share == mirrored


def test_only_values_between_go_live_and_today_count() -> None:
    taken = [(DAY - dt.timedelta(days=1), Decimal(1)), (DAY, Decimal(2))]
    later = (DAY + dt.timedelta(days=9), Decimal(3))
    assert latest_value([*taken, later], DAY, DAY) == (DAY, Decimal(2))
    assert latest_value(taken, None, DAY) is None
    assert latest_value(taken[:1], DAY, DAY) is None


def test_the_picture_has_a_point_per_measurement_and_lengths_any_language_can_read(
    here: int,
) -> None:
    one = Benefit.objects.get(organisation_id=here, title__startswith="Lavere indkøb")
    queries.standings_of([one])
    chart = chart_of(one, Decimal("0.6875"))
    assert chart is not None
    assert chart.title == "69\xa0% af vejen til målet er nået"
    assert len(chart.points) == 2
    lengths = [*(p.x for p in chart.points), *(p.y for p in chart.points)]
    lengths += [level.y for level in chart.levels] + [label.y for label in chart.labels]
    assert all(re.fullmatch(r"\d+\.\d", length) for length in lengths)
    assert [level.kind for level in chart.levels] == ["baseline", "target"]
    assert {label.kind for label in chart.labels} == {"baseline", "target", "last"}
    assert chart.live_x == "", "it was live before the first measurement"
    falls = [float(point.y) for point in chart.points]
    assert falls[0] < falls[1]


def test_the_way_to_the_target_is_straight_and_level_after_its_day() -> None:
    live, until = DAY, DAY + dt.timedelta(days=100)
    ends = (Decimal(80), Decimal(40), live, until)
    assert expected_value(*ends, live) == 80
    assert expected_value(*ends, live + dt.timedelta(days=25)) == 70
    assert expected_value(*ends, until + dt.timedelta(days=9)) == 40
    assert expected_value(*ends, live - dt.timedelta(days=1)) is None
    assert expected_value(None, *ends[1:], live) is None


def test_the_picture_and_its_table_show_the_way_to_the_target(
    here: int, client_for: Callable[[str], Client]
) -> None:
    one = Benefit.objects.get(organisation_id=here, title__startswith="Lavere indkøb")
    queries.standings_of([one])
    chart = chart_of(one, Decimal("0.6875"))
    assert chart is not None
    first, last = (point.split(",") for point in chart.expected.split(" "))
    assert (first[0], last[0]) == (chart.points[0].x, chart.points[-1].x)
    page = client_for("controller").get(f"/gevinster/{one.pk}/")
    expected = [row.expected for row in page.context["measurements"]]
    assert all(expected)
    assert len(set(expected)) == len(expected)
    assert expected[0] in page.content.decode()


@given(st.lists(st.floats(20, 168), min_size=1, max_size=3))
def test_labels_never_touch_and_stay_inside_the_picture(heights: list[float]) -> None:
    from hoest.domain.benefits.web.chart import _labels

    placed = _labels([(y, "1", "navn", "last") for y in heights])
    tops = sorted(float(label.y) for label in placed)
    assert all(below - above >= 30.9 for above, below in pairwise(tops))
    assert tops[0] >= 12
    assert max(float(label.name_y) for label in placed) <= 200


def test_there_is_no_picture_before_the_first_measurement(here: int) -> None:
    one = Benefit.objects.get(organisation_id=here, title__startswith="Færre møder")
    assert chart_of(one, None) is None


@pytest.mark.parametrize(
    ("value", "last", "leaps"),
    [("7850", "799", True), ("799", "7850", True), ("3994", "799", False), ("3995", "799", True),
     ("-5", "5", True), ("0", "5", False), ("5", "0", False), ("5", None, False)],
)  # fmt: skip
def test_a_value_far_from_the_last_one_is_looked_at_once_more(
    value: str, last: str | None, leaps: bool
) -> None:
    assert is_a_leap(Decimal(value), Decimal(last) if last else None, 5) is leaps
