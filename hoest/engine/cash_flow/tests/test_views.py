"""Treasury and society apart, and the tax-distortion loss by date."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.engine.cash_flow import (
    DISTORTION_RATES,
    DK_2021,
    NoDistortionRateOn,
    View,
    distortion_loss,
    distortion_rate_on,
    two_views,
    value,
)
from hoest.engine.cash_flow.tests.cases import LAWS, line


@pytest.mark.parametrize(
    ("day", "share"),
    [
        (date(1999, 11, 1), 0.20),
        (date(2017, 8, 27), 0.20),
        (date(2017, 8, 28), 0.10),
        (date(2023, 6, 21), 0.10),
        (date(2023, 6, 22), 0.0),
        (date(2040, 1, 1), 0.0),
    ],
)
def test_a_date_finds_the_distortion_rate_in_force(day: date, share: float) -> None:
    assert distortion_rate_on(day).share == share


def test_a_date_before_the_first_rate_is_refused() -> None:
    with pytest.raises(NoDistortionRateOn) as caught:
        distortion_rate_on(date(1999, 10, 31))
    assert caught.value.first_day == date(1999, 11, 1)


def test_the_rates_follow_each_other_without_gap_or_overlap() -> None:
    for before, after in itertools.pairwise(DISTORTION_RATES):
        assert before.valid_to is not None
        assert after.valid_from - before.valid_to == timedelta(days=1)
    assert DISTORTION_RATES[-1].valid_to is None


LINES = [
    line("investment", {2024: 100}),
    line("benefit", {2025: 40}),
    line("investment", {2024: 100}, view=View.SOCIETY),
    line("benefit", {2025: 150}, view=View.SOCIETY),
]


def test_the_two_views_are_valued_each_on_its_own_lines() -> None:
    seen = two_views(LINES, base_year=2024, horizon=2025, rate=DK_2021, valued_on=date(2018, 1, 1))
    treasury = value(LINES[:2], base_year=2024, horizon=2025, rate=DK_2021)
    society = value(LINES[2:], base_year=2024, horizon=2025, rate=DK_2021)
    assert seen.valuations == {View.TREASURY: treasury, View.SOCIETY: society}
    assert treasury.npv < 0
    assert seen.distortion_loss == pytest.approx(-0.1 * treasury.npv)
    assert seen.distortion_loss > 0
    assert seen.society_after_distortion == pytest.approx(society.npv - seen.distortion_loss)


def test_since_2023_society_pays_no_distortion() -> None:
    seen = two_views(LINES, base_year=2024, horizon=2025, rate=DK_2021, valued_on=date(2026, 11, 2))
    assert seen.distortion_loss == 0
    assert seen.society_after_distortion == seen.valuations[View.SOCIETY].npv


def test_a_view_without_lines_is_missing_and_not_zero() -> None:
    only_treasury = two_views(
        LINES[:2], base_year=2024, horizon=2025, rate=DK_2021, valued_on=date(2018, 1, 1)
    )
    assert set(only_treasury.valuations) == {View.TREASURY}
    assert only_treasury.society_after_distortion is None
    only_society = two_views(
        LINES[2:], base_year=2024, horizon=2025, rate=DK_2021, valued_on=date(2018, 1, 1)
    )
    assert only_society.distortion_loss == 0


@LAWS
@given(npv=st.floats(-1e9, 1e9), other=st.floats(-1e9, 1e9))
def test_the_loss_has_the_opposite_sign_and_adds_over_cases(npv: float, other: float) -> None:
    rate = DISTORTION_RATES[0]
    assert distortion_loss(npv, rate) * npv <= 0
    assert distortion_loss(npv + other, rate) == pytest.approx(
        distortion_loss(npv, rate) + distortion_loss(other, rate), rel=1e-9, abs=1e-3
    )
