"""Writes of exchange: read, preview, apply and undo a workbook. One transaction each."""

from hoest.domain.exchange.actions.apply import (
    apply_workbook,
    preview_workbook,
    start_import,
)
from hoest.domain.exchange.actions.steps import (
    ImportIsElsewhere,
    confirm_import,
    discard_import,
)
from hoest.domain.exchange.actions.undo import CannotUndo, undo_import

__all__ = [
    "CannotUndo",
    "ImportIsElsewhere",
    "apply_workbook",
    "confirm_import",
    "discard_import",
    "preview_workbook",
    "start_import",
    "undo_import",
]
