"""Outcome pools: how much is claimed, and why a claim does not fit. No Django.

Claims of one pool add to at most the whole of it, so that the same hours are not promised twice.
Source: peers 3.5 (double-count guard), issue of the profile; the database holds the same rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

ZERO = Decimal(0)
PLACES = Decimal("0.01")


class PoolMeasure(StrEnum):
    """What a pool counts a year. Kroner and hours have pools of their own."""

    HOURS = "hours"
    DKK = "dkk"


@dataclass(frozen=True)
class Claim:
    """What one benefit takes of a pool a year, in the pool's measure."""

    benefit_id: int
    title: str
    amount: Decimal


@dataclass(frozen=True)
class PoolStanding:
    """A pool with its standing claims, the largest first."""

    total: Decimal
    claims: tuple[Claim, ...] = ()

    @property
    def claimed(self) -> Decimal:
        """What is promised away."""
        return sum((claim.amount for claim in self.claims), ZERO)

    @property
    def left(self) -> Decimal:
        """What is left to claim."""
        return self.total - self.claimed

    @property
    def claimed_share(self) -> Decimal:
        """The share that is promised away, 0..1."""
        return self.claimed / self.total

    def without(self, benefit_id: int) -> PoolStanding:
        """Return the pool as it stands for the others."""
        others = tuple(claim for claim in self.claims if claim.benefit_id != benefit_id)
        return PoolStanding(self.total, others)


def standing(total: Decimal, claims: Iterable[Claim]) -> PoolStanding:
    """Return a pool with its claims in the order they are shown: the largest first."""
    order = sorted(claims, key=lambda claim: (-claim.amount, claim.benefit_id))
    return PoolStanding(total, tuple(order))


def fits(pool: PoolStanding, benefit_id: int, amount: Decimal) -> bool:
    """Tell whether a benefit's claim leaves the sum within the pool; its former claim is let go."""
    return ZERO < amount <= pool.without(benefit_id).left


def amount_of_share(total: Decimal, share: Decimal) -> Decimal:
    """Return the amount of a share of a pool, cut to hundredths.

    Cut, not rounded, so that shares that add to 100 % never claim more than the pool.
    """
    return (total * share).quantize(PLACES, rounding=ROUND_DOWN)
