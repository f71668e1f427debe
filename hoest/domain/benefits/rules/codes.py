"""The coded values of benefits."""

from __future__ import annotations

from enum import StrEnum


class BenefitType(StrEnum):
    """What kind of benefit it is. Types are never added together silently."""

    BUDGET = "budget"
    FREED_TIME = "freed_time"
    AVOIDED_COST = "avoided_cost"
    CITIZEN = "citizen"
    QUALITY = "quality"
    WORK_ENVIRONMENT = "work_environment"
    RISK = "risk"


CASHABLE_TYPES = (BenefitType.BUDGET,)
# Benefits that are a level, not an amount: in hand when owner and controller confirm it twice.
LEVEL_TYPES = (
    BenefitType.CITIZEN,
    BenefitType.QUALITY,
    BenefitType.WORK_ENVIRONMENT,
    BenefitType.RISK,
)


class Frequency(StrEnum):
    """How often the indicator is measured."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


MONTHS_BETWEEN = {
    Frequency.MONTH: 1,
    Frequency.QUARTER: 3,
    Frequency.HALF_YEAR: 6,
    Frequency.YEAR: 12,
}


class Rung(StrEnum):
    """The rungs of the harvest ladder, lowest first; lapsed stands beside it."""

    PROMISED = "promised"
    OWNED = "owned"
    IN_USE = "in_use"
    MEASURED = "measured"
    PROVEN = "proven"
    IN_HAND = "in_hand"
    LAPSED = "lapsed"

    @property
    def height(self) -> int:
        """The height on the ladder: 0 for promised … 5 for in hand, -1 for lapsed."""
        return -1 if self is Rung.LAPSED else list(Rung).index(self)
