"""Roll-up: does a stated total agree with the sum of its rounded rows?

Published tables round every row; their total is rounded on its own and may differ by a unit. The
sum shown is always our own; a stated total is compared, never copied.

Source: Copenhagen, Effektiviseringsstrategi 2019, appendix 5: the stated totals of 2021 and 2022
differ from the sum of the rows by one unit (1,000 kr.).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .lines import EXACT, exact_sum

HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class RollUp:
    """A sum beside the total that was stated for it, all in the rows' unit.

    `difference` = total - stated; `agrees` when it is within `tolerance`.
    """

    total: Decimal
    stated: Decimal
    difference: Decimal
    tolerance: Decimal
    agrees: bool


def roll_up(rows: Sequence[Decimal], stated: Decimal, unit: Decimal = Decimal(1)) -> RollUp:
    """Compare a stated total with the exact sum of its rounded rows.

    Formula: total = Σ rows; tolerance = 0.5 · unit · n rows; agrees when |total - stated| is at
    most the tolerance. `unit` is what one row is rounded to.
    Source: engine convention 11 (±0.5 unit per line).
    """
    total = exact_sum(rows)
    difference = EXACT.subtract(total, stated)
    tolerance = EXACT.multiply(EXACT.multiply(HALF, unit), Decimal(len(rows)))
    return RollUp(total, stated, difference, tolerance, abs(difference) <= tolerance)
