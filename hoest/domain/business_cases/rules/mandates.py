"""Who may approve a business case of a size, and why. No Django.

Why: a case is approved by the body whose mandate covers the amount. Until a municipality's bodies
and mandates are kept in Høst, a role stands for the body, and the amounts are content.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hoest.domain.business_cases.rules.versions import (
    ZERO,
    CaseLineFigures,
    LineKind,
    Measure,
)
from hoest.foundation.faults import NotAllowed


class OutsideMandate(NotAllowed):
    """The amount of a case is larger than the person's role may approve."""


@dataclass(frozen=True)
class Mandate:
    """Up to which amount (None: any) which roles may approve, with the reason in words."""

    up_to_dkk: Decimal | None
    roles: tuple[str, ...]
    reason: str

    def covers(self, amount: Decimal) -> bool:
        """Tell whether an amount is within the mandate; its end is included."""
        return self.up_to_dkk is None or amount <= self.up_to_dkk

    def allows(self, roles: Collection[str]) -> bool:
        """Tell whether somebody with these roles may approve."""
        return any(role in self.roles for role in roles)


def mandate_for(amount: Decimal, mandates: Sequence[Mandate]) -> Mandate:
    """Return the first mandate that covers an amount; the last covers all."""
    return next((one for one in mandates if one.covers(amount)), mandates[-1])


def amount_to_approve(lines: Iterable[CaseLineFigures]) -> Decimal:
    """Return all expenditure that is written in a case, in kroner of its price level.

    The years filled in count, not those a recurring line goes on through: a running cost is decided
    again in every budget. Costs of others and hours are no part of it.
    """
    return sum(
        (
            amount
            for line in lines
            if line.measure == Measure.DKK and line.kind != LineKind.BENEFIT
            for amount in line.amounts.values()
        ),
        ZERO,
    )
