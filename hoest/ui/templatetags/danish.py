"""Template filters for numbers, money, time and dates, on ``hoest.ui.formats``.

Use: ``{{ amount|kroner }}``, ``{{ amount|kroner_short }}``, ``{{ share|percent:1 }}``.
The words follow the active language; the way of writing numbers is Danish in both.
"""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from hoest.ui import formats

register = template.Library()


def _language() -> str:
    return get_language() or "da"


@register.filter
def number(value: formats.Number, decimals: int = 0) -> str:
    """Write a number: ``1.234,5``."""
    return formats.number(value, decimals, _language())


@register.filter
def kroner(value: formats.Number, decimals: int = 0) -> str:
    """Write an amount: ``12.345 kr.``"""
    return formats.kroner(value, decimals, _language())


@register.filter
def kroner_short(value: formats.Number) -> str:
    """Write an amount for the eye: ``4,1 mio. kr.``"""
    return formats.kroner_short(value, _language())


@register.filter
def hours(value: formats.Number) -> str:
    """Write an amount of time: ``3.100 timer``."""
    return formats.hours(value, _language())


@register.filter
def ended(text: str) -> str:
    """End a sentence somebody wrote with a full stop, unless it ends already."""
    return formats.ended(text)


@register.filter
def percent(share: formats.Number, decimals: int = 0) -> str:
    """Write a share as per cent: ``12,6 %``."""
    return formats.percent(share, decimals, _language())


@register.filter
def long_date(day: date | None) -> str:
    """Write a date: ``2. november 2026``."""
    return formats.long_date(_day(day), _language())


@register.filter
def long_date_with_weekday(day: date | None) -> str:
    """Write a date with its weekday: ``mandag den 2. november 2026``."""
    return formats.long_date(_day(day), _language(), weekday=True)


@register.filter
def short_date(day: date | None) -> str:
    """Write a date for a table: ``02.11.2026``."""
    return formats.short_date(_day(day), _language())


@register.filter
def moment(at: datetime | None) -> str:
    """Write a point in time in the local zone: ``2. november 2026 kl. 14.05``."""
    if at is not None and timezone.is_aware(at):
        at = timezone.localtime(at)
    return formats.moment(at, _language())


@register.filter
def week(day: date | None) -> str:
    """Write the ISO week: ``uge 47``."""
    return formats.week(_day(day), _language())


def _day(value: date | datetime | None) -> date | None:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value or None
