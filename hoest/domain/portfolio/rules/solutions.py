"""Facts about national and shared solutions as they are used here. No Django.

Source: requirement D-06 (catalogue with local status and degree of implementation).
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum


class LocalStatus(StrEnum):
    """Where a shared solution stands in the municipality."""

    NOT_USED = "not_used"
    CONSIDERED = "considered"
    PLANNED = "planned"
    ROLLING_OUT = "rolling_out"
    IN_USE = "in_use"
    LEAVING = "leaving"


def use_share(users_in_use: int | None, planned_users: int | None) -> Decimal | None:
    """Return the share of the planned users that use it, 0 to 1; None before a count."""
    if users_in_use is None or not planned_users:
        return None
    return min(Decimal(1), Decimal(users_in_use) / Decimal(planned_users))
