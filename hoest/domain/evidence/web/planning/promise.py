"""What was promised and how many it is for, as far as the benefit's profile says."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hoest.domain.benefits import queries as benefits
from hoest.domain.evidence.models import Series


def promised_change(benefit: Any, series: Series) -> Decimal | None:
    """Return how far the number shall move, without sign; None unless it is in the same unit."""
    same = benefit.measure_unit.strip().casefold() == series.measure_unit.strip().casefold()
    if not same or benefit.baseline_value is None or benefit.target_value is None:
        return None
    change = abs(benefit.target_value - benefit.baseline_value)
    return Decimal(change.normalize()) if change else None


def volume_of(benefit: Any) -> Decimal | None:
    """Return how many cases or units a year the profile tells of."""
    profile = benefits.profile_of(benefit)
    said = profile.cases_a_year or profile.units_a_year
    return None if said is None else Decimal(said)
