"""Profiles and key figures of a case, checked by hand and against the published Copenhagen case."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.business_cases.calculations import key_figures, yearly
from hoest.domain.business_cases.rules import CaseLineFigures, LevelsDiffer

TODAY = dt.date(2026, 11, 22)
amounts = st.dictionaries(st.integers(2020, 2030), st.decimals(0, 10**9, places=2), max_size=6)


def _line(key: str, kind: str, by_year: dict[int, int | str], **changes: object) -> CaseLineFigures:
    return CaseLineFigures(
        **{  # type: ignore[arg-type]
            "initiative_id": 1,
            "line_key": key,
            "kind": kind,
            "measure": "dkk",
            "duration": "one_off",
            "price_level": 2016,
            "amounts": {year: Decimal(amount) for year, amount in by_year.items()},
            "low_share": None,
            "high_share": None,
            "number": 1,
            **changes,
        }
    )


def test_a_recurring_line_continues_its_last_filled_year() -> None:
    filled = {2021: Decimal(5), 2023: Decimal(8)}
    assert yearly(filled, "recurring", 2025) == {2021: 5, 2022: 5, 2023: 8, 2024: 8, 2025: 8}
    assert yearly(filled, "one_off", 2025) == {2021: 5, 2022: 0, 2023: 8, 2024: 0, 2025: 0}
    assert yearly(filled, "recurring", 2022) == {2021: 5, 2022: 5}
    assert yearly({}, "recurring", 2025) == {}
    assert yearly(filled, "recurring", 2020) == {}


@given(amounts, st.sampled_from(["one_off", "recurring"]), st.integers(2018, 2040))
def test_a_profile_keeps_every_filled_year_and_invents_none(
    filled: dict[int, Decimal], duration: str, horizon: int
) -> None:
    profile = yearly(filled, duration, horizon)
    assert {y: a for y, a in profile.items() if y in filled} == {
        y: a for y, a in filled.items() if y <= horizon
    }
    assert set(profile.values()) <= {*filled.values(), Decimal(0)}


def test_key_figures_add_up_by_hand() -> None:
    figures = key_figures(
        [
            _line("Køb", "investment", {2016: 1000}),
            _line("Drift", "operation", {2017: 100}, duration="recurring"),
            _line("Gevinst", "benefit", {2017: 300, 2018: 600}, duration="recurring"),
            _line("Timer", "benefit", {2017: 9999}, measure="hours"),
        ],
        valued_on=dt.date(2016, 5, 1),
        horizon=2020,
    )
    assert figures is not None
    assert figures.years == (2016, 2017, 2018, 2019, 2020)
    assert figures.gross == (0, 300, 600, 600, 600)
    assert figures.cost == (1000, 100, 100, 100, 100)
    assert figures.net == (-1000, 200, 500, 500, 500)
    assert figures.accumulated == (-1000, -800, -300, 200, 700)
    assert (figures.gross_total, figures.cost_total, figures.net_total) == (2100, 1400, 700)
    assert figures.rate_name == "DK-2013"
    by_hand = sum(n / 1.04**t for t, n in enumerate([-1000, 200, 500, 500, 500]))
    assert figures.npv == round(by_hand)
    assert figures.payback_simple == 2.0
    assert figures.payback_calendar_year == 2019
    assert figures.payback_interpolated == pytest.approx(2.6)
    assert figures.payback_discounted is not None
    assert figures.payback_discounted > figures.payback_interpolated
    assert figures.irr is not None
    floats = [float(n) for n in figures.net]
    assert sum(n / (1 + figures.irr) ** t for t, n in enumerate(floats)) == pytest.approx(0)
    assert figures.npv_range is None


def test_a_range_makes_benefits_smaller_and_costs_larger_at_its_low_end() -> None:
    shares = {"low_share": Decimal("0.5"), "high_share": Decimal("1.5")}
    figures = key_figures(
        [
            _line("Køb", "investment", {2026: 100}, price_level=2026, **shares),
            _line("Gevinst", "benefit", {2026: 400}, price_level=2026, **shares),
        ],
        valued_on=TODAY,
    )
    assert figures is not None
    assert figures.net_range is not None
    assert figures.npv_range is not None
    assert (figures.net_range.low, figures.net_range.high) == (50, 550)
    assert figures.net_range.expected == 300
    assert figures.npv_range.low == 50


def test_a_year_at_full_effect_has_the_range_of_the_lines_it_is_made_of() -> None:
    benefit = _line(
        "Gevinst",
        "benefit",
        {2016: 500, 2017: 1000},
        duration="recurring",
        low_share=Decimal("0.5"),
        high_share=Decimal("1.2"),
    )
    once = _line("Salg", "benefit", {2017: 90}, low_share=Decimal("0.1"))
    bought = _line("Køb", "investment", {2017: 70}, high_share=Decimal(3))
    kept = _line("Drift", "operation", {2016: 100}, duration="recurring", high_share=Decimal("1.5"))
    figures = key_figures([benefit, once, bought, kept], valued_on=TODAY, horizon=2020)
    assert figures is not None
    assert figures.full_effect == 900
    assert figures.full_effect_range is not None
    ends = figures.full_effect_range
    assert (ends.low, ends.expected, ends.high) == (350, 900, 1100)
    certain = key_figures([_line("Gevinst", "benefit", {2016: 5}), bought], valued_on=TODAY)
    assert certain is not None
    assert certain.full_effect_range is None


def test_price_levels_are_never_added_without_an_index() -> None:
    with pytest.raises(LevelsDiffer, match="2016 og 2020"):
        key_figures(
            [
                _line("Gevinst", "benefit", {2016: 1}),
                _line("Ny", "benefit", {2016: 1}, price_level=2020),
            ],
            valued_on=TODAY,
        )


def test_hours_alone_have_no_key_figures() -> None:
    assert key_figures([_line("T", "benefit", {2026: 5}, measure="hours")], valued_on=TODAY) is None
    assert key_figures([], valued_on=TODAY) is None


def test_the_rate_is_the_one_in_force_on_the_day_and_a_horizon_never_cuts_filled_years() -> None:
    line = _line("Gevinst", "benefit", {2016: 1, 2021: 5})
    for day, name in ((dt.date(1990, 1, 1), "DK-1999"), (TODAY, "DK-2021")):
        figures = key_figures([line], valued_on=day, horizon=2018)
        assert figures is not None
        assert (figures.rate_name, figures.horizon) == (name, 2021)
    far = key_figures([line], valued_on=TODAY, horizon=9999)
    assert far is not None
    assert far.horizon == 2066
