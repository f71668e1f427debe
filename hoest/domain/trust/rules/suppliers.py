"""How much a municipality leans on each supplier, and what a delay costs. No Django.

Source: Herfindahl–Hirschman index as competition authorities use it, the sum of squared shares:
HHI = Σ sᵢ², here from 1/n (all alike) to 1 (one supplier has it all). US Department of Justice
and FTC, Merger Guidelines 2023, guideline 1: above 0,18 (1 800 points) a market is highly
concentrated.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class ContractChoice(StrEnum):
    """What is decided about a contract that runs out."""

    EXTEND = "extend"
    TENDER = "tender"
    LEAVE = "leave"
    LATER = "later"


@dataclass(frozen=True)
class Leaning:
    """What one supplier has of the whole. Shares are from 0 to 1; None when nothing is known."""

    supplier_id: int
    systems: int
    critical: int
    yearly_dkk: Decimal | None
    critical_share: float | None
    spend_share: float | None


@dataclass(frozen=True)
class Concentration:
    """An index with how many it is about; None when there is nothing to divide."""

    index: float | None
    parties: int

    @property
    def alike(self) -> float | None:
        """The number of equal suppliers that would give the same index, 1 / HHI."""
        return 1 / self.index if self.index else None


def concentration(amounts: Iterable[Decimal | int]) -> Concentration:
    """Return the index of some amounts ≥ 0; zeros are no parties.

    HHI = Σ (amount / total)². Source: see the module.
    """
    known = [Fraction(amount) for amount in amounts if amount > 0]
    total = sum(known)
    if not total:
        return Concentration(None, 0)
    return Concentration(float(sum((one / total) ** 2 for one in known)), len(known))


def leanings(rows: Sequence[tuple[int, int, int, Decimal | None]]) -> Mapping[int, Leaning]:
    """Return each supplier's part. Rows: (supplier, systems, critical systems, kroner a year)."""
    all_critical = sum(row[2] for row in rows)
    all_kroner = sum((row[3] for row in rows if row[3]), Decimal(0))
    return {
        pk: Leaning(
            pk,
            systems,
            critical,
            kroner,
            critical / all_critical if all_critical else None,
            float(kroner / all_kroner) if kroner is not None and all_kroner else None,
        )
        for pk, systems, critical, kroner in rows
    }


@dataclass(frozen=True)
class Delay:
    """How late a change is, in whole months, and what that costs so far and in all (kroner)."""

    months: int
    cost_dkk: Decimal | None


def delay(
    planned_on: dt.date | None, expected_on: dt.date | None, dkk_month: Decimal | None
) -> Delay | None:
    """Return the delay of a change; None when it is not late or a day is missing.

    Cost = whole months from the first planned day to the day now expected × kroner a month.
    A month that is begun counts when it is whole. Never mixed with hours.
    """
    if planned_on is None or expected_on is None or expected_on <= planned_on:
        return None
    months = (expected_on.year - planned_on.year) * 12 + expected_on.month - planned_on.month
    if expected_on.day < planned_on.day:
        months -= 1
    return Delay(months, None if dkk_month is None else dkk_month * months)
