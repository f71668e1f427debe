"""The table of initiatives."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.web.words import status_mark
from hoest.foundation import content
from hoest.foundation.lists.beside import Word, beside
from hoest.foundation.lists.columns import CodeColumn, Column, DateColumn, ShareColumn
from hoest.foundation.lists.tables import ListTable, Row


class InitiativeTable(ListTable):
    """Initiatives: title, status and phase on a phone; the rest on a wide screen and in files."""

    title = Column(_("Initiativ"))
    status = Column(_("Status"), accessor="pk", orderable=False)
    facts_say = Column(_("Det siger tallene"), accessor="pk", orderable=False)
    phase = CodeColumn(kind="phase", wide=True)
    unit = Column(_("Enhed"), accessor="unit__name", wide=True)
    body = Column(_("Udvalg"), accessor="body__name", sheet=True)
    live_on = DateColumn(_("I drift"), wide=True)
    adoption = ShareColumn(_("I brug hos"), accessor="adoption_share", wide=True)
    key = Column(_("Nøgle"), sheet=True)
    in_practice = Column(_("Det betyder i praksis, at …"), sheet=True)
    purpose_type = CodeColumn(kind="purpose_type", sheet=True)
    initiative_type = CodeColumn(kind="initiative_type", sheet=True)
    core_task = Column(_("Kerneopgave"), accessor="core_task__name", sheet=True)
    theme = Column(_("Tema"), sheet=True)
    sponsor = Column(_("Sponsor"), accessor="sponsor__name", sheet=True)
    lead = Column(_("Leder"), accessor="lead__name", sheet=True)
    starts_on = DateColumn(_("Starter"), sheet=True)
    adoption_on = DateColumn(_("I brug, opgjort"), sheet=True)
    agreed_adoption = ShareColumn(
        _("Aftalt i brug"), accessor="agreed_adoption_share", sheet=True, orderable=False
    )
    old_way_closes_on = DateColumn(_("Gammel arbejdsgang lukker"), sheet=True)
    old_way_closed_on = DateColumn(_("Gammel arbejdsgang lukket"), sheet=True)
    reference = Column(_("Reference"), sheet=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]
        self._said: Mapping[int, Word] | None = None

    def page_rows(self, records: list[Initiative], only: Collection[str] = ()) -> list[Row]:
        """Return the rows of one page, after one read of what the facts say of them."""
        if self.actor is not None:
            self._said = self._read([record.pk for record in records])
        return super().page_rows(records, only)

    def _read(self, ids: Collection[int] | None) -> Mapping[int, Word]:
        said = beside("initiatives")
        return said.read(self.actor, ids) if said and self.actor else {}

    def _word(self, record: Initiative) -> Word | None:
        if self._said is None:
            self._said = self._read(None)
        return self._said.get(record.pk)

    def render_facts_say(self, record: Initiative) -> Any:
        """Return what the facts say, and that the lead says something else."""
        word = self._word(record)
        return word.shown if word else "—"

    def value_facts_say(self, record: Initiative) -> str | None:
        """Return what the facts say in words."""
        word = self._word(record)
        return word.text if word else None

    def fact_facts_say(self, record: Initiative) -> str | None:
        """Return the code of what the facts say."""
        word = self._word(record)
        return word.code if word else None

    def href(self, record: Initiative) -> str:
        """Return the address of the initiative."""
        return reverse("portfolio:initiative", args=[record.pk])

    def render_status(self, record: Initiative) -> Any:
        """Return the status as a mark with its word; what is over has none."""
        return status_mark(queries.status_of(record)) if queries.is_active(record) else "—"

    def value_status(self, record: Initiative) -> str | None:
        """Return the word of the status."""
        if not queries.is_active(record):
            return None
        return content.label("status", queries.status_of(record))

    def fact_status(self, record: Initiative) -> str | None:
        """Return the code of the status."""
        return str(queries.status_of(record)) if queries.is_active(record) else None

    def value_agreed_adoption(self, record: Initiative) -> Decimal:
        """Return the agreed per cent, the municipality's own where none is written."""
        return queries.agreed_share(record) * 100

    def fact_agreed_adoption(self, record: Initiative) -> Decimal:
        """Return the agreed share, the municipality's own where none is written."""
        return queries.agreed_share(record)
