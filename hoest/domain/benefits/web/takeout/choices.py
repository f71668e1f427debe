"""What a reader has chosen to see of what was taken home: measure, price level, year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.benefits.queries.taken import TakenRows
from hoest.domain.benefits.rules.gap import Taken
from hoest.foundation import clock

JOINED, HOURS = "samlet", "timer"
LAST_YEAR = 2100


@dataclass(frozen=True)
class Choice:
    """One table of figures that may be added: kroner of one level, all joined, or hours."""

    level: str
    year: int
    unit_id: int | None = None

    @property
    def in_hours(self) -> bool:
        """Tell whether the figures are hours."""
        return self.level == HOURS

    def url(self, name: str = "", **changes: Any) -> str:
        """Return an address with this choice and some changes."""
        chosen = replace(self, **{k: v for k, v in changes.items() if hasattr(self, k)})
        extra = {k: v for k, v in changes.items() if not hasattr(self, k)}
        values = {"pl": chosen.level, "aar": chosen.year, "enhed": chosen.unit_id, **extra}
        query = urlencode({k: v for k, v in values.items() if v not in (None, "")})
        return (reverse(name) if name else "") + f"?{query}"


def choice_of(request: HttpRequest, taken: TakenRows) -> Choice:
    """Read the choice from the address; what does not exist counts as not chosen."""
    levels = level_codes(taken)
    wanted = request.GET.get("pl", "")
    level = wanted if wanted in levels else next(iter(levels), str(clock.today().year))
    return Choice(
        level,
        min(_number(request.GET.get("aar")) or clock.today().year, LAST_YEAR),
        _number(request.GET.get("enhed")),
    )


def level_codes(taken: TakenRows) -> list[str]:
    """Return the tables there are: joined where it can be, each price level, hours."""
    found = [JOINED] if taken.can_join else []
    found += [str(level) for level in taken.price_levels]
    if any(row.measure == "hours" for row in taken.rows):
        found.append(HOURS)
    return found


def rows_of(taken: TakenRows, choice: Choice) -> list[Taken]:
    """Return the rows of the table that was chosen."""
    if choice.in_hours:
        return [row for row in taken.rows if row.measure == "hours"]
    rows = taken.joined() if choice.level == JOINED else taken
    level = taken.price_levels[0] if choice.level == JOINED and taken.price_levels else None
    wanted = str(level) if level else choice.level
    return [r for r in rows.rows if r.measure == "dkk" and str(r.price_level) == wanted]


def price_level_of(taken: TakenRows, choice: Choice) -> int | None:
    """Return the price level of the table, None for hours."""
    if choice.in_hours:
        return None
    if choice.level == JOINED:
        return taken.price_levels[0]
    return int(choice.level)


def level_tabs(taken: TakenRows, choice: Choice) -> list[dict[str, Any]]:
    """Return a tab per table."""
    labels = {JOINED: _("Samlet"), HOURS: _("Timer")}
    return [
        {
            "label": labels.get(code) or _("%(year)s-priser") % {"year": code},
            "url": choice.url(level=code),
            "current": code == choice.level,
        }
        for code in level_codes(taken)
    ]


def year_tabs(rows: list[Taken], choice: Choice) -> list[dict[str, Any]]:
    """Return a tab per year there is something in."""
    years = sorted({row.year for row in rows} | {choice.year})
    return [
        {"label": str(year), "url": choice.url(year=year), "current": year == choice.year}
        for year in years
    ]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
