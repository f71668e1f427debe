"""Write and read numbers, money, dates and weeks as Danes do.

Why: every figure on a page, in a table and in a picture is written by the same few functions, so
that a number never changes its look or its rounding between two places. Pure functions without
Django. Rounding is half away from zero, as people expect it (``ROUND_HALF_UP`` on magnitudes).

Source: Dansk Sprognævn, Retskrivningsordbogen (numbers, dates); ISO 8601 (weeks).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

Number = int | float | Decimal | None

NBSP = "\u00a0"
MINUS = "\u2212"
_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")


@dataclass(frozen=True)
class Words:
    """The few words a format needs, in one language."""

    unknown: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    week: str
    kroner: str
    million: str
    billion: str
    hours: tuple[str, str]
    day_dot: str


DANISH = Words(
    unknown="ikke kendt",
    months=(
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ),
    weekdays=("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    week="uge",
    kroner="kr.",
    million="mio. kr.",
    billion="mia. kr.",
    hours=("time", "timer"),
    day_dot=".",
)

ENGLISH = Words(
    unknown="not known",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    week="week",
    kroner="kr.",
    million="million kr.",
    billion="billion kr.",
    hours=("hour", "hours"),
    day_dot="",
)


def words(language: str | None) -> Words:
    """Return the words of a language; everything that is not English is Danish."""
    return ENGLISH if (language or "").lower().startswith("en") else DANISH


def exact(value: Number) -> Decimal | None:
    """Return the value as a finite ``Decimal``, or None when it is missing or not a number.

    A float goes through its shortest text, so ``0.1`` stays 0.1.
    """
    if value is None or value == "":
        return None
    try:
        result = value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation:
        return None
    return result if result.is_finite() else None


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Round half away from zero to a number of decimals; minus zero becomes zero."""
    result = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(result) if result == 0 else result


def _grouped(value: Decimal, decimals: int) -> str:
    amount = rounded(value, decimals)
    text = f"{abs(amount):,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    return (MINUS if amount < 0 else "") + text


def number(value: Number, decimals: int = 0, language: str = "da") -> str:
    """Write a number with dots between thousands and a decimal comma: ``1.234.567,89``."""
    amount = exact(value)
    return words(language).unknown if amount is None else _grouped(amount, decimals)


def kroner(value: Number, decimals: int = 0, language: str = "da") -> str:
    """Write an amount in whole kroner (or with øre): ``12.345 kr.``"""
    amount = exact(value)
    if amount is None:
        return words(language).unknown
    return _grouped(amount, decimals) + NBSP + words(language).kroner


def one_stop(sentence: str) -> str:
    """Return a sentence where a unit that ends in a dot ("kr.") also ends the sentence."""
    return _TWO_STOPS.sub(".", sentence)


def ended(text: str) -> str:
    """Return what somebody wrote as a sentence that ends, so that the next thing can follow."""
    clean = text.strip()
    if not clean or clean.rstrip("»«\"')”").endswith((".", "?", "!", ":", "…")):
        return clean
    return f"{clean}."


def kroner_short(value: Number, language: str = "da") -> str:
    """Write an amount for the eye: ``4,1 mio. kr.``, ``12.300 kr.``, ``252 mio. kr.``

    At least two significant figures survive: one decimal below 100 millions, none from there.
    Below one million the amount stays in kroner, rounded to hundreds from 10.000 kr. The unit is
    chosen after the rounding, so 999.960 is ``1,0 mio. kr.`` and never ``1.000.000 kr.``
    """
    amount = exact(value)
    say = words(language)
    if amount is None:
        return say.unknown
    size = abs(amount)
    if size < 10_000:
        return _grouped(amount, 0) + NBSP + say.kroner
    hundreds = rounded(amount / 100, 0) * 100
    if abs(hundreds) < 1_000_000:
        return _grouped(hundreds, 0) + NBSP + say.kroner
    millions = _one_or_none(amount / 1_000_000)
    if abs(shown := rounded(amount / 1_000_000, millions)) < 1000:
        return _grouped(shown, millions) + NBSP + say.million.replace(" ", NBSP)
    billions = amount / 1_000_000_000
    return _grouped(billions, _one_or_none(billions)) + NBSP + say.billion.replace(" ", NBSP)


def _one_or_none(scaled: Decimal) -> int:
    """Return how many decimals an amount in millions or billions is written with."""
    return 1 if abs(rounded(scaled, 1)) < 100 else 0


def hours(value: Number, language: str = "da") -> str:
    """Write an amount of time in whole hours: ``3.100 timer``, ``1 time``."""
    amount = exact(value)
    say = words(language)
    if amount is None:
        return say.unknown
    one, many = say.hours
    return _grouped(amount, 0) + NBSP + (one if abs(rounded(amount, 0)) == 1 else many)


def percent(share: Number, decimals: int = 0, language: str = "da") -> str:
    """Write a share (0.126) as per cent: ``12,6 %``."""
    amount = exact(share)
    if amount is None:
        return words(language).unknown
    return _grouped(amount * 100, decimals) + NBSP + "%"


def long_date(day: date | None, language: str = "da", weekday: bool = False) -> str:
    """Write a date: ``2. november 2026``, with the weekday ``mandag den 2. november 2026``."""
    say = words(language)
    if day is None:
        return say.unknown
    text = f"{day.day}{say.day_dot}{NBSP}{say.months[day.month - 1]} {day.year}"
    if not weekday:
        return text
    between = " den " if say is DANISH else " "
    return say.weekdays[day.weekday()] + between + text


def short_date(day: date | None, language: str = "da") -> str:
    """Write a date for a narrow table column: ``02.11.2026``."""
    return words(language).unknown if day is None else f"{day.day:02}.{day.month:02}.{day.year}"


def moment(at: datetime | None, language: str = "da") -> str:
    """Write a point in time: ``2. november 2026 kl. 14.05`` (the time zone is the caller's)."""
    if at is None:
        return words(language).unknown
    clock = f"kl. {at.hour}.{at.minute:02}" if words(language) is DANISH else f"{at:%H:%M}"
    return f"{long_date(at.date(), language)} {clock}"


def week(day: date | None, language: str = "da") -> str:
    """Write the ISO week of a date: ``uge 47``."""
    say = words(language)
    return say.unknown if day is None else f"{say.week}{NBSP}{day.isocalendar().week}"


def date_range(first: date | None, last: date | None, language: str = "da") -> str:
    """Write a period with an en dash: ``1. maj 2026 – 30. juni 2026``; one missing end is open."""
    if first is None and last is None:
        return words(language).unknown
    ends = ["" if day is None else long_date(day, language) for day in (first, last)]
    return " – ".join(ends).strip()


_DANISH_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?")


class NotANumber(ValueError):
    """The text is not a number as Danes write it."""


def parse_number(text: str) -> Decimal:
    """Read a Danish number: ``1.234,5`` and ``1234,5`` are 1234.5; units are left out.

    A full stop is a thousands mark only, so ``1.5`` is refused and never guessed at.
    Raises: NotANumber.
    """
    clean = text.strip().replace(MINUS, "-").replace("–", "-")
    clean = re.sub(r"[\s\u00a0\u202f]+", "", clean)
    clean = re.sub(r"(?:kr\.?|timer|%)$", "", clean, flags=re.IGNORECASE)
    if not _DANISH_NUMBER.fullmatch(clean):
        raise NotANumber(text)
    return Decimal(clean.replace(".", "").replace(",", "."))
