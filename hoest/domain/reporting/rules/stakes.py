"""What is at stake, kind by kind, and how heavy it is beside what is usual. No Django.

Kroner, one-off kroner and hours are never added: each is weighed against its own kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True)
class Stake:
    """What is not in hand yet: kroner a year, kroner once, hours a year, and how many benefits.

    The four are never added; `price_levels` are those of the kroner.
    """

    dkk: Decimal = ZERO
    once_dkk: Decimal = ZERO
    hours: Decimal = ZERO
    benefits: int = 0
    price_levels: frozenset[int] = frozenset()

    @property
    def is_without_amount(self) -> bool:
        """Tell whether nothing but the benefits themselves can be counted."""
        return not (self.dkk or self.once_dkk or self.hours)


def together(stakes: Iterable[Stake]) -> Stake:
    """Return the stakes of several benefits, each kind added to its own kind."""
    found = list(stakes)
    return Stake(
        sum((s.dkk for s in found), ZERO),
        sum((s.once_dkk for s in found), ZERO),
        sum((s.hours for s in found), ZERO),
        sum(s.benefits for s in found),
        frozenset().union(*(s.price_levels for s in found)) if found else frozenset(),
    )


@dataclass(frozen=True)
class Typical:
    """The mean of each kind over the benefits that have it and are not in hand."""

    dkk: Decimal = ZERO
    once_dkk: Decimal = ZERO
    hours: Decimal = ZERO


def typical_of(stakes: Iterable[Stake]) -> Typical:
    """Return what a typical benefit outside the hand is worth, kind by kind."""
    found = list(stakes)

    def mean(amounts: Sequence[Decimal]) -> Decimal:
        filled = [amount for amount in amounts if amount > 0]
        return sum(filled, ZERO) / len(filled) if filled else ZERO

    return Typical(
        mean([s.dkk for s in found]),
        mean([s.once_dkk for s in found]),
        mean([s.hours for s in found]),
    )


def weight(stake: Stake, typical: Typical) -> Decimal:
    """Return how many typical benefits of the same kind are at stake.

    Kroner are weighed against kroner and hours against hours, so nothing has to be converted; the
    heaviest kind counts. A benefit without an amount weighs as one typical benefit.
    """
    if stake.is_without_amount:
        return Decimal(stake.benefits)
    pairs = (
        (stake.dkk, typical.dkk),
        (stake.once_dkk, typical.once_dkk),
        (stake.hours, typical.hours),
    )
    return max((amount / usual for amount, usual in pairs if usual > 0), default=ZERO)
