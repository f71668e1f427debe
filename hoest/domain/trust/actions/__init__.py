"""Writes of trust. Each is one act: permission, change, audit."""

from hoest.domain.trust.actions.ethics import (
    answer_screening,
    begin_screening,
    decide_screening,
    retire_stance,
    write_stance,
)
from hoest.domain.trust.actions.publishing import close_public_page, open_public_page
from hoest.domain.trust.actions.security import (
    approve_report,
    change_report,
    change_risk,
    close_risk,
    count_incidents,
    note_management_step,
    send_report,
    write_report,
    write_risk,
)
from hoest.domain.trust.actions.sheets import (
    approve_sheet,
    lay_forward,
    note_sheet,
    return_sheet,
    tell_for_sheet,
    withdraw_sheet,
)

__all__ = [
    "answer_screening",
    "approve_report",
    "approve_sheet",
    "begin_screening",
    "change_report",
    "change_risk",
    "close_public_page",
    "close_risk",
    "count_incidents",
    "decide_screening",
    "lay_forward",
    "note_management_step",
    "note_sheet",
    "open_public_page",
    "retire_stance",
    "return_sheet",
    "send_report",
    "tell_for_sheet",
    "withdraw_sheet",
    "write_report",
    "write_risk",
    "write_stance",
]
