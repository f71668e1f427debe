"""When a table of Statistics Denmark was read, in words."""

from __future__ import annotations

from django.utils.translation import gettext

from hoest.domain.evidence.models import StatbankTable
from hoest.ui import formats


def read_in_words(table: StatbankTable) -> str:
    """Say when a table was read and updated there, and what went wrong the last time."""
    told = gettext("Tabel %(code)s er ikke hentet endnu.") % {"code": table.table}
    if table.read_at is not None:
        told = gettext("Tabel %(code)s er hentet %(day)s.") % {
            "code": table.table,
            "day": formats.short_date(table.read_at.date()),
        }
    if table.updated_there_on is not None:
        told += " " + gettext("Opdateret hos Danmarks Statistik %(day)s.") % {
            "day": formats.short_date(table.updated_there_on)
        }
    if table.fault:
        told += " " + gettext("Den seneste hentning gik ikke: %(fault)s Det gamle står.") % {
            "fault": table.fault
        }
    return told
