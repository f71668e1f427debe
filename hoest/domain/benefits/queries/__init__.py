"""Reads of benefits: what the actor may see, where each stands on the ladder, and since when."""

from hoest.domain.benefits.queries.seen import benefit_of, visible_to
from hoest.domain.benefits.queries.standings import (
    facts_of,
    ladder_limits,
    rungs_at,
    standings_of,
)

__all__ = [
    "benefit_of",
    "facts_of",
    "ladder_limits",
    "rungs_at",
    "standings_of",
    "visible_to",
]
