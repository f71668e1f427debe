"""Take-out agreements as facts: kinds, statuses, models and what they propose. No Django.

A benefit becomes money only when somebody decides to take it home: how much, which years, from
which place in the budget. Kroner and hours never meet in one agreement. Amounts are whole øre.
Source: benefits-methods §3.3 (Copenhagen's investment pool, Favrskov's digitalisation bank, the
agreement model of State and KL) and requirement G-07; docs/explanation/hjemtagning.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

ZERO, ONE, OERE = Decimal(0), Decimal(1), Decimal("0.01")
Yearly = Mapping[int, Decimal]


class TakeoutKind(StrEnum):
    """How the benefit is taken home."""

    BUDGET_CUT = "budget_cut"
    MOVED = "moved"
    AVOIDED = "avoided"
    NAMED_HOURS = "named_hours"
    QUALITY_KEPT = "quality_kept"

    @property
    def measure(self) -> str:
        """The measure of its amounts: `dkk` or `hours`; empty when it takes no amount."""
        return {"named_hours": "hours", "quality_kept": ""}.get(self.value, "dkk")


class TakeoutStatus(StrEnum):
    """How far the decision has come: an own status, beside where the benefit stands."""

    UNDECIDED = "undecided"
    DISCUSSED = "discussed"
    DECIDED = "decided"
    BOOKED = "booked"


# What counts in the account, and where an agreement may go from each status.
COUNTING = (TakeoutStatus.DECIDED, TakeoutStatus.BOOKED)
NEXT: Mapping[TakeoutStatus, tuple[TakeoutStatus, ...]] = {
    TakeoutStatus.UNDECIDED: (
        TakeoutStatus.DISCUSSED,
        TakeoutStatus.DECIDED,
        TakeoutStatus.BOOKED,
    ),
    TakeoutStatus.DISCUSSED: (
        TakeoutStatus.UNDECIDED,
        TakeoutStatus.DECIDED,
        TakeoutStatus.BOOKED,
    ),
    TakeoutStatus.DECIDED: (TakeoutStatus.BOOKED,),
    TakeoutStatus.BOOKED: (),
}


class Basis(StrEnum):
    """What a model takes its share of."""

    APPROVED = "approved"
    MEASURED = "measured"
    EXPENDITURE = "expenditure"
    OWN = "own"


@dataclass(frozen=True)
class Terms:
    """The terms of a model as an agreement keeps them. Shares are 0..1.

    `take_share` of the basis is taken; `bank_share` of that goes to a bank or pool, the rest to
    the treasury; the unit carries `unit_carries_share` of a gap, the treasury the rest.
    """

    basis: Basis
    take_share: Decimal = ONE
    unit_carries_share: Decimal = ONE
    bank_share: Decimal = ZERO


@dataclass(frozen=True)
class ProposedYear:
    """What a model proposes for a year, with what it is made of; `bank` + `treasury` = `amount`."""

    year: int
    basis: Decimal
    amount: Decimal
    bank: Decimal
    treasury: Decimal


def whole_oere(amount: Decimal) -> Decimal:
    """Round to whole øre (or hundredths of an hour), halves away from zero."""
    return amount.quantize(OERE, rounding=ROUND_HALF_UP)


def divided(amount: Decimal, share: Decimal) -> tuple[Decimal, Decimal]:
    """Return a share of an amount in whole øre, and the rest: together they are the amount."""
    part = whole_oere(amount * share)
    return part, amount - part


def propose(
    terms: Terms,
    years: Iterable[int],
    *,
    approved: Yearly,
    measured_share: Decimal | None = None,
    expenditure: Decimal | None = None,
) -> tuple[ProposedYear, ...]:
    """Return the amount a model proposes for each year; years it can say nothing of are left out.

    Formula: amount = basis · take share, bank = amount · bank share, treasury = the rest. The basis
    is what is approved for the year, that times the `measured_share` of the way, or the service
    `expenditure` (digitalisation bank: cut = 0.0025 · S, half to the bank, half to the treasury).
    Source: benefits-methods §3.3.
    """
    found = []
    for year in years:
        basis = _basis(terms.basis, approved.get(year), measured_share, expenditure)
        if basis is None:
            continue
        amount = whole_oere(basis * terms.take_share)
        if amount > 0:
            found.append(ProposedYear(year, basis, amount, *divided(amount, terms.bank_share)))
    return tuple(found)


def _basis(
    basis: Basis,
    approved: Decimal | None,
    measured_share: Decimal | None,
    expenditure: Decimal | None,
) -> Decimal | None:
    if basis is Basis.EXPENDITURE:
        return expenditure
    if approved is None or basis is Basis.OWN:
        return None
    if basis is Basis.MEASURED:
        return None if measured_share is None else approved * measured_share
    return approved


@dataclass(frozen=True)
class Layer:
    """What one agreement changes in each year; a lasting one goes on with its last year.

    A layer upon another holds the difference, so it may take back: amounts may be negative.
    """

    amounts: Yearly
    is_lasting: bool

    def effect(self, year: int) -> Decimal:
        """Return the effect of a year: its amount, or the last one when that goes on."""
        if year in self.amounts:
            return self.amounts[year]
        if self.is_lasting and self.amounts and year > max(self.amounts):
            return self.amounts[max(self.amounts)]
        return ZERO


def effect_of(layers: Iterable[Layer], year: int) -> Decimal:
    """Return what layers of decisions take together in a year, in whatever order they came."""
    return sum((layer.effect(year) for layer in layers), ZERO)


def effects_of(layers: Iterable[Layer], years: Iterable[int]) -> dict[int, Decimal]:
    """Return what layers take together in each of some years."""
    rows = list(layers)
    return {year: effect_of(rows, year) for year in years}


def difference(wanted: Yearly, standing: Iterable[Layer]) -> dict[int, Decimal]:
    """Return the layer that changes what stands into what is wanted, year by year.

    Its last year is at least the last of what stands, so that what goes on is changed as well.
    """
    rows = list(standing)
    if not wanted:
        return {}
    last = max([max(wanted), *(max(row.amounts) for row in rows if row.amounts)])
    goes_on = Layer(wanted, is_lasting=any(row.is_lasting for row in rows) or not rows)
    years = range(min(wanted), last + 1)
    return {year: goes_on.effect(year) - effect_of(rows, year) for year in years}


@dataclass(frozen=True)
class Involvement:
    """When the staff were involved, and how (a code)."""

    on: dt.date
    form: str


def lacks(on: dt.date, baseline_on: dt.date | None, involved: Iterable[dt.date]) -> tuple[str, ...]:
    """Return what does not exist on the day a saving is booked: `baseline`, `involvement`.

    Source: requirement G-07: savings demanded from the beginning create resistance.
    """
    found = []
    if baseline_on is None or baseline_on > on:
        found.append("baseline")
    if not any(day <= on for day in involved):
        found.append("involvement")
    return tuple(found)
