"""What a picture of the harvest account is drawn from: frozen records, nothing else.

Amounts are per year. ``promised_*`` is the original promise of the same benefits that stand on
the rung now, so that a picture can show it behind what is left of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from hoest.ui.formats import Number, exact
from hoest.ui.pictures.palette import LAPSED, RUNG_CODES

Measure = Literal["dkk", "hours"]


@dataclass(frozen=True)
class RungAmount:
    """One rung: its code and word, what stands on it a year, and where its rows are found."""

    code: str
    label: str
    dkk: Number = None
    hours: Number = None
    count: int = 0
    href: str = ""
    promised_dkk: Number = None
    promised_hours: Number = None

    def amount(self, measure: Measure) -> Decimal:
        """Return what stands here, in kroner or hours a year; unknown counts as nothing."""
        return exact(self.dkk if measure == "dkk" else self.hours) or Decimal(0)

    def promised(self, measure: Measure) -> Decimal:
        """Return what was promised originally for the same benefits, at least zero."""
        value = exact(self.promised_dkk if measure == "dkk" else self.promised_hours)
        return max(value or Decimal(0), Decimal(0))


@dataclass(frozen=True)
class Move:
    """What moved from one rung to another since last time."""

    from_code: str
    to_code: str
    count: int


@dataclass(frozen=True)
class HarvestAccount:
    """A whole account: its rungs in any order, what moved, and a scale when the caller fixes one.

    ``scale_dkk`` and ``scale_hours`` say what one bird is worth a year; None lets the picture
    choose from 1, 2, 5, 10, 20, 50 …
    """

    rungs: tuple[RungAmount, ...]
    moves: tuple[Move, ...] = ()
    scale_dkk: Number = None
    scale_hours: Number = None

    def rung(self, code: str) -> RungAmount:
        """Return a rung by its code; one that is not given is empty."""
        found = (rung for rung in self.rungs if rung.code == code)
        return next(found, RungAmount(code=code, label=code))

    @property
    def ladder(self) -> tuple[RungAmount, ...]:
        """Return the six rungs from the roof to the hand."""
        return tuple(self.rung(code) for code in RUNG_CODES)

    @property
    def gone(self) -> RungAmount:
        """Return what was given up."""
        return self.rung(LAPSED)

    @property
    def count(self) -> int:
        """Return how many benefits stand on the ladder, without those given up."""
        return sum(rung.count for rung in self.ladder)

    def has(self, measure: Measure) -> bool:
        """Tell whether any rung holds an amount in kroner or in hours."""
        everything = (*self.ladder, self.gone)
        return any(rung.amount(measure) or rung.promised(measure) for rung in everything)

    def scale(self, measure: Measure) -> Number:
        """Return the scale the caller fixed, or None."""
        return self.scale_dkk if measure == "dkk" else self.scale_hours
