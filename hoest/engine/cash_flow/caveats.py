"""Caveats: what a reader must know beside a figure, as facts without words.

The engine says which caveat holds and with which years, roots or names; the Danish sentence is
made where it is shown. A caveat never changes a figure and never hides one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

Fact = int | float | str | tuple[int, ...] | tuple[float, ...] | tuple[str, ...]


class CaveatCode(StrEnum):
    """Every caveat the engine can give; the values are part of the answer's format."""

    GAP_CONTINUED = "gap_continued"
    LINE_WITHOUT_AMOUNTS = "line_without_amounts"
    RATE_STEP_UNCONFIRMED = "rate_step_unconfirmed"
    RATE_NOT_GENERAL = "rate_not_general"
    IRR_NO_SIGN_CHANGE = "irr_no_sign_change"
    IRR_SEVERAL_SIGN_CHANGES = "irr_several_sign_changes"
    IRR_NOT_FOUND = "irr_not_found"
    IRR_INCOME_FIRST = "irr_income_first"
    NOTHING_TO_PAY_BACK = "nothing_to_pay_back"
    NOT_PAID_BACK = "not_paid_back"
    PAYBACK_LOST_AGAIN = "payback_lost_again"
    NO_SIMPLE_PAYBACK = "no_simple_payback"


@dataclass(frozen=True, slots=True)
class Caveat:
    """One caveat: its code and the facts it rests on (read-only)."""

    code: CaveatCode
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the facts read-only."""
        object.__setattr__(self, "facts", MappingProxyType(dict(self.facts)))
