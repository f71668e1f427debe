"""Periods as people write them: marts 2025, 2025M03, 2. kvartal 2025, 2025K2, 2025. No Django."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from hoest.domain.evidence.rules.codes import Step

_NAMES = (
    ("januar", "jan"), ("februar", "feb"), ("marts", "mar"), ("april", "apr"), ("maj",),
    ("juni", "jun"), ("juli", "jul"), ("august", "aug"), ("september", "sep", "sept"),
    ("oktober", "okt"), ("november", "nov"), ("december", "dec"),
)  # fmt: skip
MONTHS = {name: place for place, names in enumerate(_NAMES, 1) for name in names}
LONGEST = 40
# Whole years from 1900 on: what is written as 1234 is no year.
_YEAR = r"((?:19|20|21)\d{2})"


@dataclass(frozen=True)
class NamedPeriod:
    """A period by its first day, and how long it is; a plain day has no length."""

    on: dt.date
    step: Step | None


@lru_cache(maxsize=4096)
def read_period(text: str) -> NamedPeriod | None:
    """Return the period a text names, or None. A plain day is a day in its period."""
    clean = re.sub(r"\s+", " ", text[: LONGEST + 1].strip().lower()).rstrip(":")
    if not clean or len(clean) > LONGEST or not clean[0].isalnum():
        return None
    return _year(clean) or _quarter(clean) or _month(clean) or _day(clean)


def _match(pattern: str, text: str) -> re.Match[str] | None:
    return re.fullmatch(pattern, text, re.ASCII if "æ" not in pattern else 0)


def _year(clean: str) -> NamedPeriod | None:
    found = _match(_YEAR, clean)
    return NamedPeriod(dt.date(int(found[1]), 1, 1), Step.YEAR) if found else None


_QUARTERS = (
    # The pattern, and which of its groups is the year and which the quarter.
    (_YEAR + r"[ -]?(?:k|q|kv|kvt)\.?0?([1-4])", 1, 2),
    (r"([1-4])\.? ?(?:k|q|kv|kvt|kvartal)\.?,? ?" + _YEAR, 2, 1),
    (r"(?:k|q|kv\.?|kvartal) ?([1-4]),?[ -]?" + _YEAR, 2, 1),
    (_YEAR + r",? ([1-4])\.? ?(?:kv\.?|kvt\.?|kvartal)", 1, 2),
)


def _quarter(clean: str) -> NamedPeriod | None:
    for pattern, year, turn in _QUARTERS:
        if found := _match(pattern, clean):
            return NamedPeriod(dt.date(int(found[year]), int(found[turn]) * 3 - 2, 1), Step.QUARTER)
    return None


def _month(clean: str) -> NamedPeriod | None:
    year, month = 0, 0
    if found := _match(_YEAR + r"(?:-|/|\.|m|-m| m)(\d{1,2})", clean) or _match(
        _YEAR + r"(0[1-9]|1[0-2])", clean
    ):
        year, month = int(found[1]), int(found[2])
    elif found := _match(r"(\d{1,2})[-/.]" + _YEAR, clean):
        year, month = int(found[2]), int(found[1])
    elif found := _match(r"([a-zæøå]{3,9})\.?,?[ -]?" + _YEAR, clean):
        year, month = int(found[2]), MONTHS.get(found[1], 0)
    elif found := _match(_YEAR + r"[ -]([a-zæøå]{3,9})\.?", clean):
        year, month = int(found[1]), MONTHS.get(found[2], 0)
    elif found := _match(r"([a-zæøå]{3,9})\.?[ -]'?(\d{2})", clean):
        year, month = 2000 + int(found[2]), MONTHS.get(found[1], 0)
    return NamedPeriod(dt.date(year, month, 1), Step.MONTH) if 1 <= month <= 12 else None


def _day(clean: str) -> NamedPeriod | None:
    year, month, day = "", "", ""
    if found := _match(_YEAR + r"-(\d{1,2})-(\d{1,2})(?:[t ]0{1,2}:00(?::00)?)?", clean):
        year, month, day = found[1], found[2], found[3]
    elif found := _match(r"(\d{1,2})[-./](\d{1,2})[-./]" + _YEAR, clean):
        year, month, day = found[3], found[2], found[1]
    if not year:
        return None
    try:
        return NamedPeriod(dt.date(int(year), int(month), int(day)), None)
    except ValueError:
        return None
