"""The table of initiatives."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.web.words import status_mark
from hoest.foundation import content
from hoest.foundation.lists.columns import CodeColumn, Column, DateColumn, ShareColumn
from hoest.foundation.lists.tables import ListTable


class InitiativeTable(ListTable):
    """Initiatives: title, status and phase on a phone; the rest on a wide screen and in files."""

    title = Column(_("Initiativ"))
    status = Column(_("Status"), accessor="pk", orderable=False)
    phase = CodeColumn(kind="phase")
    unit = Column(_("Enhed"), accessor="unit__name", wide=True)
    body = Column(_("Udvalg"), accessor="body__name", wide=True)
    lead = Column(_("Leder"), accessor="lead__name", wide=True)
    live_on = DateColumn(_("I drift"), wide=True)
    adoption = ShareColumn(_("Ibrugtagning"), accessor="adoption_share", wide=True)

    def href(self, record: Initiative) -> str:
        """Return the address of the initiative."""
        return reverse("portfolio:initiative", args=[record.pk])

    def render_status(self, record: Initiative) -> Any:
        """Return the status as a mark with its word."""
        return status_mark(queries.status_of(record))

    def value_status(self, record: Initiative) -> str:
        """Return the word of the status."""
        return content.label("status", queries.status_of(record))

    def fact_status(self, record: Initiative) -> str:
        """Return the code of the status."""
        return str(queries.status_of(record))
