"""Writes of reporting: totals that sources state, and what a person does with her week."""

from hoest.domain.reporting.actions.account import note_stated_totals

__all__ = ["note_stated_totals"]
