"""Writes of evidence. Each is one act: permission, change, audit."""

from hoest.domain.evidence.actions.estimating import (
    Refused,
    ask_for_run,
    cancel_run,
    carry_on,
    estimate_study,
)
from hoest.domain.evidence.actions.planning import (
    keep_plan,
    ours_to_plan,
    planned_starts,
    take_over_order,
)
from hoest.domain.evidence.actions.series import (
    GivenPoint,
    SeriesFields,
    add_points,
    change_definition,
    change_series,
    handle_break,
    mark_break,
    new_series,
)
from hoest.domain.evidence.actions.studies import (
    begin_study,
    change_study,
    choose_primary,
    keep_order,
    note_happening,
    say_place,
    withdraw_happening,
)

__all__ = [
    "GivenPoint",
    "Refused",
    "SeriesFields",
    "add_points",
    "ask_for_run",
    "begin_study",
    "cancel_run",
    "carry_on",
    "change_definition",
    "change_series",
    "change_study",
    "choose_primary",
    "estimate_study",
    "handle_break",
    "keep_order",
    "keep_plan",
    "mark_break",
    "new_series",
    "note_happening",
    "ours_to_plan",
    "planned_starts",
    "say_place",
    "take_over_order",
    "withdraw_happening",
]
