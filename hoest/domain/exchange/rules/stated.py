"""Totals that a source states itself: in the sheet Om, or in the file that ships with Høst.

In Om a key `oplyst total 2021` with a number in the file's unit says what the source adds up to.
They are never added to anything; the account shows them beside the sum of the rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hoest.domain.exchange.rules.workbook import Workbook

KEY = re.compile(r"oplyst total (\d{4})", re.IGNORECASE)


@dataclass(frozen=True)
class Stated:
    """What a source states: kroner per year, and the unit it rounds to, in kroner."""

    price_level: int
    totals_dkk: Mapping[int, Decimal]
    rounding_unit_dkk: Decimal


def stated_in(workbook: Workbook) -> Stated | None:
    """Return the totals the sheet Om states, or None without any."""
    unit = Decimal(workbook.multiplier)
    totals = {}
    for key, value in workbook.extra.items():
        found = KEY.fullmatch(key.strip())
        if found and isinstance(value, int | float) and not isinstance(value, bool):
            totals[int(found.group(1))] = Decimal(repr(value)) * unit
    return Stated(workbook.price_level, totals, unit) if totals else None


def stated_beside(entry: Mapping[str, Any]) -> Stated:
    """Return the totals that an entry of `stated_totals.yaml` states."""
    unit = Decimal(entry["unit_dkk"])
    totals = {int(year): Decimal(str(total)) * unit for year, total in entry["totals"].items()}
    return Stated(int(entry["price_level"]), totals, unit)
