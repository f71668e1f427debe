"""Tornado: each assumption at its low and its high value, the others at their probable one.

Which three assumptions carry the result? The bars are ordered by how far they move it. One at a
time: assumptions that move together, or that only matter together, are not seen (see the two-way
table).

Source: T. G. Eschenbach (1992), Interfaces 22(6), 40-46 (spiderplots versus tornado diagrams);
the State's quality check (2014), point 3: the weight of the largest single item.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .expressions import DIGITS
from .model import Model, derived_npv, full_effect, full_effect_year


class Outcome(StrEnum):
    """What the bars are ordered by."""

    NPV = "npv"
    FULL_EFFECT = "full_effect"


@dataclass(frozen=True, slots=True)
class Swing:
    """One bar: what the case is worth at an assumption's low and high value.

    Values are exact to 60 digits, in the unit of the lines. A swing is |at high - at low|.
    """

    key: str
    low: Decimal
    high: Decimal
    npv_at_low: Decimal
    npv_at_high: Decimal
    effect_at_low: Decimal
    effect_at_high: Decimal

    @property
    def npv_swing(self) -> Decimal:
        """How far the net present value moves: |NPV(high) - NPV(low)|."""
        return abs(DIGITS.subtract(self.npv_at_high, self.npv_at_low))

    @property
    def effect_swing(self) -> Decimal:
        """How far the yearly full effect moves: |E(high) - E(low)|."""
        return abs(DIGITS.subtract(self.effect_at_high, self.effect_at_low))

    @property
    def turns_sign(self) -> bool:
        """Whether the case is worth something at one end and costs at the other."""
        return (self.npv_at_low < 0) != (self.npv_at_high < 0)


@dataclass(frozen=True, slots=True)
class Tornado:
    """The case at probable values and its bars, the longest first."""

    npv: Decimal
    full_effect: Decimal
    full_effect_year: int | None
    swings: tuple[Swing, ...]


def tornado(model: Model, by: Outcome = Outcome.NPV) -> Tornado:
    """Return how far each assumption alone moves the net present value and the full effect.

    Formula: NPV(x_k = low_k, others probable) and NPV(x_k = high_k, others probable); ordered by
    the swing of `by` downwards, equal swings in the model's order. Raises DividedByNothing.
    Source: Eschenbach (1992), Interfaces 22(6), 40-46.
    """
    swings = []
    for each in model.assumptions:
        low, high = model.at({each.key: each.low}), model.at({each.key: each.high})
        swings.append(
            Swing(
                key=each.key,
                low=each.low,
                high=each.high,
                npv_at_low=derived_npv(model, low),
                npv_at_high=derived_npv(model, high),
                effect_at_low=full_effect(model, low),
                effect_at_high=full_effect(model, high),
            )
        )
    if by is Outcome.NPV:
        swings.sort(key=lambda swing: -swing.npv_swing)
    else:
        swings.sort(key=lambda swing: -swing.effect_swing)
    return Tornado(
        npv=derived_npv(model, model.probable),
        full_effect=full_effect(model, model.probable),
        full_effect_year=full_effect_year(model),
        swings=tuple(swings),
    )
