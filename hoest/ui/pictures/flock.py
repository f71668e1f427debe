"""How many birds an amount is: one scale for the whole picture, the last bird in part.

A bird is worth 1, 2 or 5 times a power of ten, the finest of them that draws at most forty birds
(and at most eighty places with those that only the original promise fills).
The part of a bird is the part of the amount; nothing is rounded up to look like more.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from hoest.ui.formats import exact
from hoest.ui.pictures.account import HarvestAccount, Measure, RungAmount

MOST_BIRDS = 40
MOST_PLACES = 80
MOST_PLACES_WITH_A_GIVEN_SCALE = 160


@dataclass(frozen=True)
class Flock:
    """The birds of one rung: whole ones, the part of the last (0 to 1), and outlined ones behind.

    ``outlined`` counts the places that only the original promise fills.
    """

    whole: int
    part: Decimal
    outlined: int

    @property
    def drawn(self) -> int:
        """Return how many places with a bird in them."""
        return self.whole + (1 if self.part else 0)

    @property
    def places(self) -> int:
        """Return how many places the rung needs."""
        return self.drawn + self.outlined


def flock(rung: RungAmount, measure: Measure, scale: Decimal) -> Flock:
    """Return the birds of a rung; a negative amount has none."""
    amount = max(rung.amount(measure), Decimal(0)) / scale
    whole = int(amount)
    part = amount - whole
    drawn = whole + (1 if part else 0)
    promised = int((rung.promised(measure) / scale).to_integral_value(ROUND_CEILING))
    return Flock(whole, part, max(promised - drawn, 0))


def places(account: HarvestAccount, measure: Measure, scale: Decimal) -> tuple[int, int]:
    """Return how many birds, and how many places with the outlined ones, a scale gives."""
    flocks = [flock(rung, measure, scale) for rung in (*account.ladder, account.gone)]
    return sum(birds.drawn for birds in flocks), sum(birds.places for birds in flocks)


def bird_scale(account: HarvestAccount, measure: Measure) -> Decimal:
    """Return what one bird is worth a year, in kroner or hours.

    A scale the caller fixed is kept while the picture stays readable.
    """
    given = exact(account.scale(measure))
    if given and given > 0 and places(account, measure, given)[1] <= MOST_PLACES_WITH_A_GIVEN_SCALE:
        return given
    power = Decimal(1)
    while True:
        for step in (1, 2, 5):
            birds, needed = places(account, measure, step * power)
            if birds <= MOST_BIRDS and needed <= MOST_PLACES:
                return step * power
        power *= 10
