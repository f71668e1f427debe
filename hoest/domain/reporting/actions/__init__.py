"""Writes of reporting: totals that sources state, and what a person does with her week."""

from hoest.domain.reporting.actions.account import note_stated_totals
from hoest.domain.reporting.actions.kept import refresh
from hoest.domain.reporting.actions.records import record_day
from hoest.domain.reporting.actions.week import pass_on, send_back, set_aside, take_back, take_up

__all__ = [
    "note_stated_totals",
    "pass_on",
    "record_day",
    "refresh",
    "send_back",
    "set_aside",
    "take_back",
    "take_up",
]
