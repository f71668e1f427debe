"""How capacity is said: quarters, hours, loads, months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hoest.domain.portfolio.rules.capacity import Booking, quarter_of
from hoest.domain.portfolio.rules.changes import Window
from hoest.ui import formats


def quarter_words(quarter: dt.date) -> str:
    """Return a quarter as it is written: 2. kvartal 2027."""
    return _("%(number)s. kvartal %(year)s") % {
        "number": _number(quarter),
        "year": quarter.year,
    }


def quarter_column(quarter: dt.date) -> str:
    """Return a quarter as the heading of a column: 2. kvt. 2027."""
    return _("%(number)s. kvt. %(year)s") % {"number": _number(quarter), "year": quarter.year}


def quarter_short(quarter: dt.date) -> str:
    """Return a quarter in a narrow column: K2 27."""
    return _("K%(number)s %(year)s") % {
        "number": _number(quarter),
        "year": f"{quarter.year % 100:02}",
    }


def quarter_code(quarter: dt.date) -> str:
    """Return a quarter as it stands in an address and a file: 2027-2."""
    return f"{quarter.year}-{_number(quarter)}"


def quarter_from(code: str) -> dt.date | None:
    """Return the quarter of a code, or None for nonsense."""
    year, _dash, number = code.partition("-")
    if len(year) != 4 or not (year.isascii() and year.isdigit()) or number not in "1234":
        return None
    if not number or not 1970 <= int(year) <= 2200:
        return None
    return dt.date(int(year), int(number) * 3 - 2, 1)


def _number(quarter: dt.date) -> int:
    return (quarter_of(quarter).month + 2) // 3


def hours_words(hours: int) -> str:
    """Return hours with their unit."""
    return formats.hours(hours, language())


def load_short(booking: Booking | None) -> str:
    """Return a load in a narrow cell; a question mark when nobody has written the supply."""
    if booking is None or (not booking.asked_hours and booking.offered_hours is None):
        return ""
    if booking.offered_hours is None:
        return "?"
    if not booking.asked_hours:
        return ""
    if booking.load_share is None:
        return _("ingen")
    return formats.percent(booking.load_share, 0, language())


def load_words(booking: Booking) -> str:
    """Say how full a role is in a quarter."""
    facts = {"asked": hours_words(booking.asked_hours)}
    if booking.offered_hours is None:
        return _("Der er brug for %(asked)s, og ingen har skrevet, hvor mange der er") % facts
    if not booking.offered_hours:
        return _("Der er brug for %(asked)s, og der er ingen") % facts
    facts["offered"] = formats.number(booking.offered_hours, 0, language())
    if booking.over_hours and booking.over_share is not None:
        facts["over"] = formats.number(booking.over_hours, 0, language())
        facts["share"] = formats.percent(booking.over_share, 0, language())
        return (
            _(
                "Der er brug for %(asked)s, og der er %(offered)s: %(over)s for få. Behovet er "
                "%(share)s over det, der er"
            )
            % facts
        )
    return _("Der er brug for %(asked)s, og der er %(offered)s") % facts


def waits_words(booking: Booking, freed: int) -> str:
    """Say how many hours would lack in a quarter if something waited."""
    over = booking.over_hours or 0
    if freed >= over:
        return _("Venter det, mangler der ingen timer.")
    return _("Venter det, mangler der %(left)s i stedet for %(over)s.") % {
        "left": hours_words(over - freed),
        "over": formats.number(over, 0, language()),
    }


def months_words(months: Iterable[int]) -> str:
    """Return months as words: juli, august."""
    names = formats.words(language()).months
    return ", ".join(names[month - 1] for month in months)


def window_words(windows: Iterable[Window]) -> list[str]:
    """Return busy times with their months."""
    return [f"{one.name} ({months_words(one.months)})" for one in windows]


def language() -> str:
    """Return the reader's language as the formats name it."""
    return "en" if (get_language() or "da").startswith("en") else "da"
