"""The concentration index, the delay and a contract's deadline: laws and worked examples."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.trust.rules.register import (
    SEGMENT_MONTHS,
    Segment,
    deadline,
    last_end,
    months_before,
)
from hoest.domain.trust.rules.reuse import rate
from hoest.domain.trust.rules.suppliers import concentration, delay, leanings

AMOUNTS = st.lists(st.integers(1, 10**9), min_size=1, max_size=60)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31))


@given(AMOUNTS)
def test_the_index_lies_between_one_nth_and_one(amounts):
    found = concentration(amounts)
    assert found.parties == len(amounts)
    assert 1 / len(amounts) - 1e-12 <= found.index <= 1 + 1e-12


@given(st.integers(1, 50), st.integers(1, 10**6))
def test_equal_parties_give_one_nth_and_count_as_themselves(parties, amount):
    found = concentration([amount] * parties)
    assert found.index == pytest.approx(1 / parties)
    assert found.alike == pytest.approx(parties)


@given(AMOUNTS, st.integers(0, 20), st.integers(2, 1000))
def test_zeros_order_and_unit_change_nothing(amounts, zeros, factor):
    other = [amount * factor for amount in reversed(amounts)] + [0] * zeros
    assert concentration(other).index == pytest.approx(concentration(amounts).index)


@given(AMOUNTS)
def test_two_suppliers_that_merge_never_lower_the_index(amounts):
    if len(amounts) > 1:
        merged = [amounts[0] + amounts[1], *amounts[2:]]
        assert concentration(merged).index >= concentration(amounts).index - 1e-12


def test_nothing_has_no_index():
    assert concentration([]).index is None
    assert concentration([0, 0]).alike is None


def test_a_worked_example():
    # Shares 50, 30 and 20 per cent: 0.25 + 0.09 + 0.04.
    assert concentration([50, 30, 20]).index == pytest.approx(0.38)


def test_shares_add_up_to_one_and_unknown_is_not_zero():
    found = leanings([(1, 4, 3, Decimal(600)), (2, 1, 1, Decimal(400)), (3, 2, 0, None)])
    assert [found[pk].critical_share for pk in (1, 2, 3)] == [0.75, 0.25, 0]
    assert [found[pk].spend_share for pk in (1, 2)] == [0.6, 0.4]
    assert found[3].spend_share is None


def test_a_delay_is_whole_months_times_kroner():
    found = delay(dt.date(2026, 1, 31), dt.date(2026, 4, 30), Decimal(25_000))
    assert (found.months, found.cost_dkk) == (2, Decimal(50_000))
    assert delay(dt.date(2026, 1, 1), dt.date(2027, 1, 1), None).cost_dkk is None
    assert delay(dt.date(2026, 1, 1), dt.date(2026, 1, 1), Decimal(1)) is None
    assert delay(None, dt.date(2026, 1, 1), Decimal(1)) is None


@given(DAYS, st.integers(0, 60))
def test_months_before_goes_back_the_months_and_stays_in_its_month(day, months):
    found = months_before(day, months)
    assert (day.year * 12 + day.month) - (found.year * 12 + found.month) == months
    assert found.day <= day.day


def test_the_deadline_follows_the_end_the_notice_and_the_kind():
    end = dt.date(2027, 3, 31)

    def due(**facts):
        known = dict.fromkeys(
            ("ends_on", "terminated_on", "irrevocable_until", "is_continuous", "notice_months")
        )
        return deadline(**{**known, **facts})

    assert due(ends_on=end, notice_months=6).decide_by == dt.date(2026, 9, 30)
    assert due(ends_on=end).decide_by == end
    assert due(ends_on=end, terminated_on=dt.date(2026, 12, 31)).decide_by is None
    assert due(is_continuous=True, ends_on=end).leaves_on is None
    assert due(is_continuous=True, irrevocable_until=end, notice_months=3).decide_by == dt.date(
        2026, 12, 31
    )
    assert due() == due(notice_months=3)


def test_notice_is_given_by_the_end_of_a_month_a_quarter_or_a_year():
    def by(end, months, *segments):
        return deadline(
            ends_on=end,
            terminated_on=None,
            irrevocable_until=None,
            is_continuous=None,
            notice_months=months,
            notice_by=segments,
        ).decide_by

    end = dt.date(2027, 12, 31)
    assert by(end, 6) == dt.date(2027, 6, 30)
    assert by(end, 6, "endofquarter") == dt.date(2027, 6, 30)
    assert by(end, 4, "endofquarter") == dt.date(2027, 6, 30)
    assert by(end, 6, "endofcalendaryear") == dt.date(2026, 12, 31)
    assert by(end, 6, "endofmonth", "endofcalendaryear") == dt.date(2026, 12, 31)
    assert by(dt.date(2027, 5, 14), 3, "endofmonth") == dt.date(2027, 1, 31)
    assert by(end, 6, "", "undecided") == dt.date(2027, 6, 30)


@given(DAYS, st.integers(0, 60), st.sampled_from(list(Segment)))
def test_the_last_day_of_notice_ends_a_segment_and_leaves_the_whole_notice(day, months, segment):
    latest = months_before(day, months)
    found = last_end(latest, segment)
    assert found <= latest
    after = found + dt.timedelta(days=1)
    assert (after.day, (after.month - 1) % SEGMENT_MONTHS[segment]) == (1, 0)
    assert (latest - found).days <= {"endofmonth": 31, "endofquarter": 92}.get(segment, 366)


def test_the_reuse_rate_counts_decided_and_undecided():
    found = rate(["reuse", "adapt", "new", "new"], 10)
    assert (found.reused, found.adapted, found.new, found.undecided) == (1, 1, 2, 6)
    assert found.decided == 4
