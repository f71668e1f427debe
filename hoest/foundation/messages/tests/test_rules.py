"""When mail may come: hours, days, rhythm; and the laws that hold at every moment."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.foundation import content
from hoest.foundation.clock import DANISH_TIME
from hoest.foundation.content import ContentFault
from hoest.foundation.content.messages import read_messages
from hoest.foundation.messages.rules import (
    Choice,
    LinkState,
    Rhythm,
    digest_is_due,
    easter_sunday,
    is_quiet_day,
    link_state,
    may_send,
    next_digest,
)

TIMES = content.quiet_times()
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2035, 12, 31))
MOMENTS = st.datetimes(
    dt.datetime(2024, 1, 1), dt.datetime(2035, 12, 31), timezones=st.just(DANISH_TIME)
)
CHOICES = st.builds(Choice, st.sampled_from(Rhythm), st.integers(0, 6), st.none() | DAYS)


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=DANISH_TIME)


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        (1961, 4, 2),
        (2008, 3, 23),
        (2019, 4, 21),
        (2024, 3, 31),
        (2025, 4, 20),
        (2026, 4, 5),
        (2027, 3, 28),
        (2038, 4, 25),
    ],
)
def test_easter_falls_where_the_almanac_has_it(year, month, day):
    assert easter_sunday(year) == dt.date(year, month, day)


@pytest.mark.parametrize(
    "day",
    [
        "2026-04-02",
        "2026-04-03",
        "2026-04-06",
        "2026-05-14",
        "2026-05-25",
        "2026-06-05",
        "2026-11-21",
        "2026-11-22",
        "2026-12-24",
        "2027-01-01",
    ],
)
def test_holidays_and_weekends_are_quiet(day):
    assert is_quiet_day(dt.date.fromisoformat(day), TIMES)


def test_a_plain_weekday_is_not_quiet_and_the_abolished_prayer_day_is_plain():
    assert not is_quiet_day(dt.date(2026, 11, 23), TIMES)
    assert not is_quiet_day(dt.date(2026, 5, 1), TIMES)


def test_mail_comes_within_the_open_hours_of_danish_time_only():
    assert not may_send(at("2026-11-23T06:59"), TIMES)
    assert may_send(at("2026-11-23T07:00"), TIMES)
    assert may_send(at("2026-11-23T16:59"), TIMES)
    assert not may_send(at("2026-11-23T17:00"), TIMES)


def test_a_daily_reader_gets_one_a_day_and_never_two():
    now = at("2026-11-23T10:00")
    assert digest_is_due(now, Choice(), None, must=False)
    assert digest_is_due(now, Choice(), dt.date(2026, 11, 20), must=False)
    assert not digest_is_due(now, Choice(), dt.date(2026, 11, 23), must=True)


def test_a_weekly_reader_waits_for_her_day_and_a_missed_day_is_made_up_for():
    weekly = Choice(Rhythm.WEEKLY, weekday=3, since=dt.date(2026, 11, 20))
    assert not digest_is_due(at("2026-11-25T10:00"), weekly, None, must=False)
    assert digest_is_due(at("2026-11-26T10:00"), weekly, None, must=False)
    # Maundy Thursday is quiet: the mail comes the first open day after Easter.
    easter = Choice(Rhythm.WEEKLY, weekday=3, since=dt.date(2026, 1, 1))
    last = dt.date(2026, 3, 26)
    found = next_digest(at("2026-04-01T18:00"), easter, last, False, TIMES)
    assert found == at("2026-04-07T07:00")


def test_never_means_never_but_for_what_others_wait_for():
    never = Choice(Rhythm.NEVER)
    assert not digest_is_due(at("2026-11-23T10:00"), never, None, must=False)
    assert digest_is_due(at("2026-11-23T10:00"), never, None, must=True)
    assert next_digest(at("2026-11-23T10:00"), never, None, False, TIMES) is None


def test_nothing_comes_while_somebody_is_away():
    away = Choice(away_until=dt.date(2026, 11, 27))
    assert not digest_is_due(at("2026-11-27T10:00"), away, None, must=True)
    assert next_digest(at("2026-11-23T10:00"), away, None, True, TIMES) == at("2026-11-30T07:00")


@given(MOMENTS, CHOICES, st.none() | DAYS, st.booleans())
def test_a_promised_moment_is_open_ahead_and_due(now, choice, last, must):
    found = next_digest(now, choice, last, must, TIMES)
    if found is not None:
        assert found >= now
        assert may_send(found, TIMES)
        assert digest_is_due(found, choice, last, must)


@given(MOMENTS, CHOICES, DAYS, st.booleans())
def test_no_choice_and_no_matter_gives_a_second_mail_on_a_day(now, choice, last, must):
    if last >= now.date():
        assert not digest_is_due(now, choice, last, must)


def test_a_link_is_used_before_it_is_expired_before_it_is_open():
    now, later = at("2026-11-23T10:00"), at("2026-11-24T10:00")
    assert link_state(used_at=None, expires_at=later, now=now) is LinkState.OPEN
    assert link_state(used_at=None, expires_at=now, now=now) is LinkState.EXPIRED
    assert link_state(used_at=now, expires_at=now, now=later) is LinkState.USED


GOOD = {
    "open": {"from": 8, "until": 16},
    "quiet": {"weekdays": ["sunday"], "fixed": ["12-24"], "easter": [1]},
    "kinds": {"one": {"da": "En", "en": "One", "must_come": True}},
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"open": {"from": 18, "until": 8}}, "hele timer"),
        ({"quiet": {"weekdays": ["lørdag"]}}, "lørdag"),
        ({"quiet": {"fixed": ["24-12"]}}, "måned-dag"),
        ({"quiet": {"easter": ["påske"]}}, "helt antal dage"),
        ({"quiet": {"weekdays": list("mtwtfss")}}, "findes ikke"),
        ({"kinds": {"one": {"da": "En", "en": "One", "must_come": "nej"}}}, "true eller false"),
        ({"kinds": {"one": {"en": "One", "must_come": True}}}, "da"),
        ({"hours": {}}, "kender ikke"),
    ],
)
def test_a_fault_in_the_content_is_named(change, said):
    assert read_messages("messages.yaml", GOOD).times.opens == 8
    with pytest.raises(ContentFault, match=said):
        read_messages("messages.yaml", {**GOOD, **change})


def test_a_municipality_cannot_close_the_whole_week():
    every = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    with pytest.raises(ContentFault, match="mindst en ugedag"):
        read_messages("messages.yaml", {**GOOD, "quiet": {"weekdays": every}})
