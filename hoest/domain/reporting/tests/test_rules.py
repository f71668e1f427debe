"""The account's arithmetic: exact, per price level, per measure, never mixed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.reporting.rules import (
    BenefitFigures,
    LineFigures,
    StatedCheck,
    accounts_of,
    whole_kroner,
)


def line(amounts, level=2019, recurring=True, **more):
    return LineFigures({year: Decimal(a) for year, a in amounts.items()}, recurring, level, **more)


def benefit(number=1, rung="promised", **more):
    return BenefitFigures(number, f"Gevinst {number}", "budget", rung, 1, "Initiativ", **more)


def test_a_recurring_line_continues_its_last_filled_year():
    assert line({2017: 5, 2018: 8}).over(2020) == {2017: 5, 2018: 8, 2019: 8, 2020: 8}


def test_a_hole_in_a_recurring_line_keeps_the_level_before_it():
    assert line({2017: 5, 2019: 8}).over(2019) == {2017: 5, 2018: 5, 2019: 8}


def test_a_one_off_line_stands_in_its_own_years_only():
    once = line({2017: 5}, recurring=False)
    assert once.over(2020) == {2017: 5}
    assert once.full_effect is None
    assert once.one_off == 5


def test_price_levels_are_never_added():
    rows = [
        benefit(1, promised=line({2019: 10}), approved=line({2019: 10})),
        benefit(2, promised=line({2017: 7}, 2016), approved=line({2017: 7}, 2016)),
    ]
    newest, older = accounts_of(rows)
    assert (newest.price_level, older.price_level) == (2019, 2016)
    assert newest.years[2019]["approved"] == 10
    assert older.rung("promised").dkk == 7
    assert newest.count == older.count == 1


def test_a_promise_keeps_its_own_price_level_when_the_case_is_approved_in_another():
    row = benefit(promised=line({2016: 5}, 2016), approved=line({2019: 6}, 2019))
    newest, older = accounts_of([row])
    assert newest.years[2019] == {
        "promised": 0,
        "approved": 6,
        "measured": 0,
        "in_hand": 0,
    }
    assert older.years[2016]["promised"] == 5
    assert (newest.count, older.count) == (1, 0)


def test_a_lapsed_benefit_keeps_its_promise_and_leaves_the_approved_sum():
    (account,) = accounts_of(
        [benefit(rung="lapsed", promised=line({2019: 5}), approved=line({2019: 5}))]
    )
    assert account.years[2019]["promised"] == 5
    assert account.years[2019]["approved"] == 0
    assert account.rung("lapsed").count == 1
    assert account.count == 0


def test_measured_kroner_are_the_approved_times_the_achieved_share():
    row = benefit(
        rung="measured",
        approved=line({2019: 100}),
        promised=line({2019: 80}),
        achieved_by_year={2019: Decimal("0.25"), 2020: Decimal("1.2")},
    )
    (account,) = accounts_of([row, benefit(2, approved=line({2020: 1}))])
    assert account.years[2019]["measured"] == 25
    assert account.years[2020]["measured"] == 120


def test_what_was_taken_home_stands_in_the_year_and_price_level_of_the_decision():
    row = benefit(
        rung="in_hand",
        approved=line({2019: 100}),
        harvested_dkk={2019: {2020: Decimal(60)}, 2016: {2020: Decimal(1)}},
    )
    newest, older = accounts_of([row])
    assert newest.years[2020]["in_hand"] == 60
    assert older.years[2020]["in_hand"] == 1


def test_hours_are_counted_beside_kroner_and_never_in_them():
    row = benefit(approved=line({2019: 100}), approved_hours=line({2019: 3000}))
    (account,) = accounts_of([row])
    assert account.rung("promised").dkk == 100
    assert account.rung("promised").hours == 3000
    assert account.years[2019]["approved"] == 100


def test_a_benefit_without_figures_is_counted_in_the_newest_account():
    rows = [benefit(1, approved=line({2019: 10})), benefit(2)]
    (account,) = accounts_of(rows)
    assert account.count == 2


def test_the_range_follows_the_shares_of_each_line():
    row = benefit(approved=line({2019: 100}, low_share=Decimal("0.8"), high_share=Decimal("1.5")))
    (account,) = accounts_of([row])
    assert (account.rung("promised").low_dkk, account.rung("promised").high_dkk) == (80, 150)


def test_a_share_of_zero_is_zero_and_not_unknown():
    (account,) = accounts_of([benefit(approved=line({2019: 100}, low_share=Decimal(0)))])
    assert account.rung("promised").low_dkk == 0


@pytest.mark.parametrize(
    ("stated", "summed", "is_rounding"),
    [(246_307, 246_306, True), (252_147, 252_148, True), (246_307, 246_300, False)],
)
def test_half_a_unit_per_row_explains_a_stated_total(stated, summed, is_rounding):
    check = StatedCheck(
        2021, Decimal(stated * 1000), Decimal(summed * 1000), Decimal(1000), 9, "Bilag 5"
    )
    assert check.is_rounding is is_rounding


def test_whole_kroner_rounds_halves_away_from_zero():
    assert [whole_kroner(Decimal(x)) for x in ("0.5", "1.49", "-0.5")] == [1, 1, -1]


amounts = st.dictionaries(
    st.integers(2015, 2030),
    st.decimals(0, 10**9, places=2),
    min_size=1,
    max_size=5,
)
rungs = st.sampled_from(["promised", "owned", "in_use", "measured", "proven", "in_hand", "lapsed"])


@given(
    st.lists(st.tuples(rungs, amounts, st.booleans(), st.sampled_from([2016, 2019])), max_size=8)
)
def test_every_benefit_is_on_one_rung_of_one_account_and_no_krone_is_lost(drawn):
    rows = [
        benefit(n, rung, approved=line(a, level, recurring), promised=line(a, level, recurring))
        for n, (rung, a, recurring, level) in enumerate(drawn)
    ]
    accounts = accounts_of(rows)
    assert sum(r.count for a in accounts for r in a.rungs) == len(rows)
    full = sum((r.approved.full_effect or 0) + r.approved.one_off for r in rows)
    assert sum(r.dkk + r.one_off_dkk for a in accounts for r in a.rungs) == full


def test_what_is_in_hand_is_what_was_decided_and_not_what_was_promised():
    row = benefit(
        rung="in_hand",
        approved=line({2019: 5_000_000}, low_share=Decimal("0.5")),
        harvested_dkk={2019: {2020: Decimal(1), 2021: Decimal(2)}},
    )
    (account,) = accounts_of([row])
    hand = account.rung("in_hand")
    assert (hand.dkk, hand.low_dkk, hand.high_dkk) == (2, 2, 2)


def test_a_confirmed_level_keeps_its_full_effect_in_hand():
    (account,) = accounts_of([benefit(rung="in_hand", approved=line({2019: 50}))])
    assert account.rung("in_hand").dkk == 50


def test_a_decision_without_a_measurement_is_told_apart():
    row = benefit(
        rung="owned", approved=line({2019: 100}), harvested_dkk={2019: {2020: Decimal(60)}}
    )
    (account,) = accounts_of([row])
    assert account.decided_not_in_hand == 60
    assert account.rung("in_hand").dkk == 0


def test_hours_have_years_of_their_own():
    row = benefit(
        rung="in_hand",
        promised_hours=line({2019: 3000}),
        approved_hours=line({2019: 2500}),
        achieved_by_year={2020: Decimal("0.5")},
        harvested_hours={2020: Decimal(900)},
    )
    (account,) = accounts_of([row])
    assert account.hour_years[2020] == {
        "promised": 3000,
        "approved": 2500,
        "measured": 1250,
        "in_hand": 900,
    }
    assert account.rung("in_hand").hours == 900
    assert account.rung("in_hand").dkk == 0
