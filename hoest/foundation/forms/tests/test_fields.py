"""Fields read what Danes write, and say kindly what they cannot read."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from hoest.foundation.forms.fields import DanishDateField, DanishNumberField, PercentField


@pytest.mark.parametrize(
    ("typed", "read"),
    [("1.234,5", Decimal("1234.5")), ("12", Decimal("12")), (" -3,25 ", Decimal("-3.25"))],
)
def test_a_number_is_read_with_a_comma(typed, read):
    assert DanishNumberField().clean(typed) == read


@pytest.mark.parametrize("typed", ["1.5", "tolv", "1,2,3", "9" * 60, "1e5", "NaN", "1,23456"])
def test_what_is_no_number_is_refused_and_never_guessed(typed):
    with pytest.raises(ValidationError):
        DanishNumberField().clean(typed)


def test_bounds_are_told_in_danish_numbers():
    with pytest.raises(ValidationError, match="mindst 0,5"):
        DanishNumberField(lowest=Decimal("0.5")).clean("0,4")
    assert DanishNumberField(required=False).clean("") is None


@pytest.mark.parametrize(
    ("typed", "share"), [("62", "0.62"), ("62,5 %", "0.625"), ("100", "1"), ("0", "0")]
)
def test_a_per_cent_becomes_a_share_and_is_shown_as_it_was(typed, share):
    field = PercentField()
    assert field.clean(typed) == Decimal(share)
    assert field.prepare_value(Decimal(share)) == typed.removesuffix(" %")
    assert field.prepare_value(typed) == typed


@pytest.mark.parametrize("typed", ["101", "-1", "12,34", "halvdelen"])
def test_more_than_everybody_is_refused(typed):
    with pytest.raises(ValidationError):
        PercentField().clean(typed)


@pytest.mark.parametrize("typed", ["2026-11-02", "02-11-2026", "2.11.2026", "2/11/2026"])
def test_a_date_is_read_as_picked_or_typed(typed):
    assert DanishDateField().clean(typed) == dt.date(2026, 11, 2)


@pytest.mark.parametrize("typed", ["31-02-2026", "0001-01-01", "i morgen", "11/22/2026"])
def test_a_day_that_nobody_means_is_refused(typed):
    with pytest.raises(ValidationError):
        DanishDateField().clean(typed)
