"""Reads of benefits: what the actor may see, where each stands, what it is to give and gives."""

from hoest.domain.benefits.queries.figures import (
    Achievement,
    Promise,
    achievement_of,
    due_among,
    due_of,
    measured_dkk,
    promises_of,
)
from hoest.domain.benefits.queries.seen import (
    benefit_of,
    decision_of,
    measurement_of,
    next_key,
    visible_to,
    with_rows,
)
from hoest.domain.benefits.queries.standings import (
    count_by_rung,
    facts_in,
    facts_of,
    ids_on_rung,
    ladder_limits,
    rungs_at,
    standing_of,
    standings_in,
    standings_of,
    with_noted,
)

__all__ = [
    "Achievement",
    "Promise",
    "achievement_of",
    "benefit_of",
    "count_by_rung",
    "decision_of",
    "due_among",
    "due_of",
    "facts_in",
    "facts_of",
    "ids_on_rung",
    "ladder_limits",
    "measured_dkk",
    "measurement_of",
    "next_key",
    "promises_of",
    "rungs_at",
    "standing_of",
    "standings_in",
    "standings_of",
    "visible_to",
    "with_noted",
    "with_rows",
]
