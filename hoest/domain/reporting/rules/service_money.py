"""What an initiative does for citizens and to money: two axes side by side, never one score.

Money is kroner a year at full effect by the approved business case: recurring benefits less
recurring costs. Hours, society's kroner and what comes once are not in it. No Django.
Source: requirement G-10, very good service for the fewest possible kroner.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from hoest.domain.benefits.rules import BenefitType
from hoest.domain.business_cases.rules import CaseLineFigures, LineKind, Measure
from hoest.domain.reporting.rules.account import ZERO, share

# The types of benefits that citizens notice.
NOTICED = (BenefitType.CITIZEN, BenefitType.QUALITY)


class Service(StrEnum):
    """What citizens are to notice."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


class Money(StrEnum):
    """What it does to money a year at full effect."""

    GIVES = "gives"
    EVEN = "even"
    COSTS = "costs"
    NO_YEARLY = "no_yearly"


@dataclass(frozen=True)
class Net:
    """Kroner a year at full effect, with the range of the lines, in one price level."""

    price_level: int
    gained: Decimal = ZERO
    spent: Decimal = ZERO
    low: Decimal = ZERO
    high: Decimal = ZERO

    @property
    def amount(self) -> Decimal:
        """What is gained less what is spent."""
        return self.gained - self.spent

    def plus(self, line: CaseLineFigures) -> Net:
        """Return the net with one line more; a line that is not kroner every year adds nothing."""
        full = line.full_year_effect
        if line.measure != Measure.DKK or full is None:
            return self
        low, high = full * share(line.low_share), full * share(line.high_share)
        if line.kind == LineKind.BENEFIT:
            return Net(
                self.price_level, self.gained + full, self.spent, self.low + low, self.high + high
            )
        return Net(
            self.price_level, self.gained, self.spent + full, self.low - high, self.high - low
        )


def nets_of(lines: Iterable[CaseLineFigures]) -> dict[int, Net]:
    """Return the net of each initiative that has an approved case, by initiative."""
    found: dict[int, Net] = {}
    for line in lines:
        net = found.get(line.initiative_id, Net(line.price_level))
        found[line.initiative_id] = net.plus(line)
    return found


def money_of(net: Net | None, even_share: Decimal) -> Money:
    """Return what it does to money; even when the difference is within a share of the larger.

    Without an approved case, or with only hours or what comes once, nothing is said of a year.
    """
    if net is None or not (net.gained or net.spent):
        return Money.NO_YEARLY
    if abs(net.amount) <= even_share * max(net.gained, net.spent):
        return Money.EVEN
    return Money.GIVES if net.amount > 0 else Money.COSTS


def service_of(gains: int, losses: int) -> Service:
    """Return what citizens are to notice, from live benefits and dis-benefits they notice."""
    if gains:
        return Service.BETTER
    return Service.WORSE if losses else Service.SAME
