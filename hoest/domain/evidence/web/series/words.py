"""Series in words: values with their unit, periods, and the point of a page from the data."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.evidence.rules import BreakHandling, Origin, Step, Wanted
from hoest.ui import formats

STEPS: dict[str, Any] = {
    Step.MONTH: _("måned"),
    Step.QUARTER: _("kvartal"),
    Step.YEAR: _("år"),
}
WANTED: dict[str, Any] = {Wanted.LOWER: _("lavere"), Wanted.HIGHER: _("højere")}
ORIGINS: dict[str, Any] = {
    Origin.TYPED: _("Indsat i Høst"),
    Origin.FILE: _("Fra en fil"),
    Origin.MEASURED: _("Målt på en gevinst"),
    Origin.STATBANK: _("Danmarks Statistik"),
    Origin.SHARED: _("Delt af en anden kommune"),
}
HANDLING: dict[str, Any] = {
    BreakHandling.NOT_DECIDED: _("Ikke afgjort endnu"),
    BreakHandling.AFTER: _("Kun tallene efter bruddet bruges"),
    BreakHandling.BEFORE: _("Kun tallene før bruddet bruges"),
}
_MONTHS = (
    _("januar"), _("februar"), _("marts"), _("april"), _("maj"), _("juni"), _("juli"),
    _("august"), _("september"), _("oktober"), _("november"), _("december"),
)  # fmt: skip


def language() -> str:
    """Return the reader's language."""
    return get_language() or "da"


def decimals_of(value: Decimal | float) -> int:
    """Return how many decimals say something of a value, at most two."""
    exponent = formats.rounded(Decimal(str(value)), 2).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def number(value: Decimal | float | None, decimals: int | None = None) -> str:
    """Write a value with at most two decimals and none that say nothing, or with so many."""
    if value is None:
        return "–"
    wanted = decimals_of(value) if decimals is None else decimals
    return formats.number(formats.rounded(Decimal(str(value)), 2), wanted, language())


def with_unit(value: Decimal | float | None, unit: str) -> str:
    """Write a value with its unit."""
    return f"{number(value)} {unit}".strip()


def period(on: dt.date | None, step: str) -> str:
    """Name a period by its first day: oktober 2026, 2. kvartal 2026, 2026."""
    if on is None:
        return "–"
    if step == Step.YEAR:
        return str(on.year)
    if step == Step.QUARTER:
        return gettext("%(quarter)s. kvartal %(year)s") % {
            "quarter": (on.month + 2) // 3,
            "year": on.year,
        }
    return f"{_MONTHS[on.month - 1]} {on.year}"


def short_period(on: dt.date, step: str) -> str:
    """Name a period where there is little room: okt 26, 2K26, 2026."""
    if step == Step.YEAR:
        return str(on.year)
    if step == Step.QUARTER:
        return f"{on.year} K{(on.month + 2) // 3}"
    return f"{str(_MONTHS[on.month - 1])[:3]} {on.year}"


def point(unit: str, step: str, last: dt.date | None, mean: Decimal | None, change: Any) -> str:
    """Say the page's point: the last value over our places, and how it has moved in a year.

    `change` is the mean difference from the same period a year before among the places that have
    both, in the unit of the series; None when nobody has both.
    """
    if last is None or mean is None:
        return gettext("Serien har ingen værdier endnu")
    facts = {"value": with_unit(mean, unit), "period": period(last, step)}
    told = gettext("%(value)s i %(period)s") % facts
    if change is None:
        return told
    if change == 0:
        return told + gettext(", det samme som et år før")
    way = (
        gettext("%(by)s lavere end et år før")
        if change < 0
        else gettext("%(by)s højere end et år før")
    )
    return f"{told}, {way % {'by': number(abs(change))}}"


def counts(new: int, corrected: int, same: int) -> str:
    """Say what a load did, leaving out what it did nothing of."""
    found = [
        (new, ngettext("%(n)s ny", "%(n)s nye", new)),
        (corrected, ngettext("%(n)s rettet", "%(n)s rettede", corrected)),
        (same, gettext("%(n)s stod der allerede")),
    ]
    said = [told % {"n": formats.number(count, 0, language())} for count, told in found if count]
    return ", ".join(said) or gettext("intet nyt")
