"""The Danish way of writing numbers, money, time and dates."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoest.ui import formats


def plain(text: str) -> str:
    """Return the text with ordinary spaces and an ordinary minus."""
    return text.replace("\u00a0", " ").replace("\u2212", "-")


@pytest.mark.parametrize(
    "value,decimals,written",
    [
        (1234567.89, 2, "1.234.567,89"),
        (Decimal("-1234.5"), 1, "-1.234,5"),
        (0, 0, "0"),
        (-0.4, 0, "0"),
        (Decimal("-0.04"), 1, "0,0"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (999.5, 0, "1.000"),
        (None, 0, "ikke kendt"),
        (float("nan"), 0, "ikke kendt"),
        (float("inf"), 0, "ikke kendt"),
    ],
)
def test_a_number_has_dots_and_a_comma(value, decimals, written):
    assert plain(formats.number(value, decimals)) == written


@pytest.mark.parametrize(
    "value,written",
    [
        (12345, "12.345 kr."),
        (Decimal("-1"), "-1 kr."),
        (-0.3, "0 kr."),
        (None, "ikke kendt"),
    ],
)
def test_kroner_are_whole_and_carry_their_unit(value, written):
    assert plain(formats.kroner(value)) == written


@pytest.mark.parametrize(
    "value,written",
    [
        (0, "0 kr."),
        (9999, "9.999 kr."),
        (12345, "12.300 kr."),
        (999_949, "999.900 kr."),
        (999_950, "1,0 mio. kr."),
        (4_100_000, "4,1 mio. kr."),
        (4_150_000, "4,2 mio. kr."),
        (-4_150_000, "-4,2 mio. kr."),
        (99_940_000, "99,9 mio. kr."),
        (99_950_000, "100 mio. kr."),
        (252_148_000, "252 mio. kr."),
        (999_500_000, "1,0 mia. kr."),
        (1_250_000_000, "1,3 mia. kr."),
        (123_456_000_000, "123 mia. kr."),
        (None, "ikke kendt"),
    ],
)
def test_a_short_amount_chooses_its_unit_after_the_rounding(value, written):
    assert plain(formats.kroner_short(value)) == written


@pytest.mark.parametrize(
    "value,written",
    [(3100, "3.100 timer"), (1, "1 time"), (0, "0 timer"), (-1, "-1 time"), (None, "ikke kendt")],
)
def test_hours_know_one_from_many(value, written):
    assert plain(formats.hours(value)) == written


def test_per_cent_is_written_from_a_share():
    assert plain(formats.percent(0.126, 1)) == "12,6 %"
    assert plain(formats.percent(Decimal("1"))) == "100 %"
    assert formats.percent(None) == "ikke kendt"


def test_dates_are_written_out():
    day = date(2026, 11, 2)
    assert plain(formats.long_date(day)) == "2. november 2026"
    assert plain(formats.long_date(day, weekday=True)) == "mandag den 2. november 2026"
    assert plain(formats.long_date(day, "en")) == "2 November 2026"
    assert formats.short_date(day) == "02.11.2026"
    assert formats.long_date(None) == "ikke kendt"
    assert plain(formats.moment(datetime(2026, 11, 2, 14, 5))) == "2. november 2026 kl. 14.05"
    assert formats.moment(None) == "ikke kendt"


def test_a_week_follows_iso_across_new_year():
    assert plain(formats.week(date(2026, 11, 16))) == "uge 47"
    assert plain(formats.week(date(2027, 1, 1))) == "uge 53"
    assert formats.week(None, "en") == "not known"


def test_a_period_may_be_open_at_one_end():
    first, last = date(2026, 5, 1), date(2026, 6, 30)
    assert plain(formats.date_range(first, last)) == "1. maj 2026 – 30. juni 2026"
    assert plain(formats.date_range(first, None)) == "1. maj 2026 –"
    assert plain(formats.date_range(None, last)) == "– 30. juni 2026"
    assert formats.date_range(None, None) == "ikke kendt"


@pytest.mark.parametrize(
    "text,value",
    [
        ("1.234,5", "1234.5"),
        ("1234,5", "1234.5"),
        (" 12 345 kr. ", "12345"),
        ("-0,5", "-0.5"),
        ("−3", "-3"),
        ("12,6 %", "12.6"),
        ("3.100 timer", "3100"),
    ],
)
def test_a_danish_number_is_read(text, value):
    assert formats.parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "1.5", "1,2,3", "12.34", "to", "1e5", "NaN", "--1", "1.2345"])
def test_a_doubtful_number_is_refused_and_never_guessed_at(text):
    with pytest.raises(formats.NotANumber):
        formats.parse_number(text)


@settings(deadline=None)
@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3))
def test_what_is_written_can_be_read_again(value):
    assert formats.parse_number(formats.number(value, 3)) == value


@settings(deadline=None)
@given(st.decimals(min_value=-(10**13), max_value=10**13, places=2))
def test_a_short_amount_is_within_five_per_cent_of_the_amount(value):
    text = plain(formats.kroner_short(value))
    size, unit = text.split(" ", 1)
    factor = {"kr.": 1, "mio. kr.": 10**6, "mia. kr.": 10**9}[unit]
    shown = formats.parse_number(size) * factor
    assert abs(shown - value) <= max(abs(value) * Decimal("0.05"), Decimal("0.5"))
    assert not text.startswith("-0 ")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Enhederne bærer 468.889 kr..", "Enhederne bærer 468.889 kr."),
        ("Det er 2 mio. kr.. Det kan: direktion.", "Det er 2 mio. kr. Det kan: direktion."),
        ("Ingen ender …, og tre prikker ...", "Ingen ender …, og tre prikker ..."),
    ],
)
def test_a_unit_with_a_dot_ends_a_sentence_once(said: str, shown: str) -> None:
    assert formats.one_stop(said) == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Leverandøren er ved at skifte ejer", "Leverandøren er ved at skifte ejer."),
        ("Hver tredje kom for sent. ", "Hver tredje kom for sent."),
        ("Det koster 2 mio. kr.", "Det koster 2 mio. kr."),
        ("Hvorfor?", "Hvorfor?"),
        ("Han sagde »nej.«", "Han sagde »nej.«"),
        ("Se (bilag 2)", "Se (bilag 2)."),
        (" ", ""),
    ],
)
def test_a_sentence_somebody_wrote_ends_once(said: str, shown: str) -> None:
    assert formats.ended(said) == shown
