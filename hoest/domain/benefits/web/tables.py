"""The table of benefits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.benefits import queries
from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.rules import Proof, Standing, next_measurement_due, proof_from, stand
from hoest.domain.benefits.web import words
from hoest.domain.benefits.web.graded import Graded
from hoest.domain.business_cases.queries import approved_lines
from hoest.domain.business_cases.rules import CaseLineFigures
from hoest.foundation import clock, content
from hoest.foundation.lists.columns import (
    CodeColumn,
    Column,
    DateColumn,
    NumberColumn,
    PersonColumn,
    RungColumn,
)
from hoest.foundation.lists.tables import ListTable, Row

LineKey = tuple[int, str, str]


class BenefitTable(ListTable):
    """Benefits: title, rung, kroner and hours on a phone; more on a wide screen, all in files.

    Rung and due day are derived from facts the queryset has read; kroner and hours are what holds
    now, a year at full effect, from the business case: of the initiatives on a page, or for a file
    of the whole municipality, in one read.
    """

    title = Column(_("Gevinst"))
    initiative = Column(_("Initiativ"), accessor="initiative__title")
    rung = RungColumn(_("Trin"), empty_values=())
    dkk = NumberColumn(
        _("Kr. om året i business casen"),
        accessor="noted_dkk",
        empty_values=(),
        order_by="noted_dkk",
    )
    price_level = NumberColumn(_("P/l"), accessor="noted_level", empty_values=(), wide=True)
    hours = NumberColumn(
        _("Timer om året i business casen"),
        accessor="noted_hours",
        empty_values=(),
    )
    verdict = CodeColumn(kind="effect_verdict", empty_values=(), orderable=False)
    method = CodeColumn(kind="method_grade", empty_values=(), orderable=False, sheet=True)
    owner = PersonColumn(_("Ejer"), accessor="owner__name", wide=True)
    due = DateColumn(_("Næste måling"), empty_values=(), orderable=False, wide=True)
    benefit_type = CodeColumn(kind="benefit_type", sheet=True)
    unit = Column(_("Enhed"), accessor="unit__name", sheet=True)
    key = Column(_("Nøgle"), sheet=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]
        self._lines: dict[LineKey, CaseLineFigures] | None = None
        self._claims: dict[tuple[int, str], int] = {}
        self._places: dict[int, tuple[Standing, dt.date | None, Proof]] = {}
        self._today, self._limits = clock.today(), queries.ladder_limits()

    def page_rows(self, records: list[Benefit], only: Collection[str] = ()) -> list[Row]:
        """Return the rows of one page, after one read of what its initiatives are to give."""
        if records:
            self._read(records[0].organisation_id, {r.initiative_id for r in records})
        return super().page_rows(records, only)

    def href(self, record: Benefit) -> str:
        """Return the address of the benefit."""
        return reverse("benefits:benefit", args=[record.pk])

    def raw(self, record: Any, name: str) -> Any:
        """Return the rung as it is derived now, and what else no field holds."""
        own: dict[str, Callable[[], Any]] = {
            "rung": lambda: str(self._place(record)[0].rung),
            "due": lambda: self._place(record)[1],
            "verdict": lambda: self.proof(record).verdict.code,
            "method": lambda: self.proof(record).grade.code,
            "dkk": lambda: self._yearly(record, "dkk"),
            "hours": lambda: self._yearly(record, "hours"),
            "price_level": lambda: self._level(record),
        }
        return own[name]() if name in own else super().raw(record, name)

    def proof(self, record: Benefit) -> Proof:
        """Return the grade and verdict of what the benefit has given."""
        return self._place(record)[2]

    def render_verdict(self, record: Benefit) -> str:
        """Return grade and verdict in one line: on a page they are never apart."""
        return format_html('<span class="graded">{}</span>', Graded(self.proof(record)).said)

    def render_rung(self, record: Benefit) -> str:
        """Return the name of the rung."""
        return words.rung_label(self.raw(record, "rung"))

    def value_rung(self, record: Benefit) -> str:
        """Return the name of the rung."""
        return self.render_rung(record)

    def fact_rung(self, record: Benefit) -> str:
        """Return the code of the rung."""
        return str(self.raw(record, "rung"))

    def render_dkk(self, record: Benefit) -> Any:
        """Return kroner a year, empty when nothing is valued."""
        return self._written(record, "dkk")

    def render_hours(self, record: Benefit) -> Any:
        """Return hours a year, empty when nothing is valued."""
        return self._written(record, "hours")

    def render_price_level(self, record: Benefit) -> Any:
        """Return the year of the price level, without a thousands mark."""
        level = self._level(record)
        return "" if level is None else str(level)

    def render_due(self, record: Benefit) -> Any:
        """Return the day of the next measurement, empty when none is due."""
        due = self._place(record)[1]
        column = self.columns["due"].column
        return column.render(due) if due else ""

    def value_dkk(self, record: Benefit) -> Decimal | None:
        """Return kroner a year."""
        return self._yearly(record, "dkk")

    def value_hours(self, record: Benefit) -> Decimal | None:
        """Return hours a year."""
        return self._yearly(record, "hours")

    def value_price_level(self, record: Benefit) -> int | None:
        """Return the price level."""
        return self._level(record)

    def value_due(self, record: Benefit) -> dt.date | None:
        """Return the day of the next measurement."""
        return self._place(record)[1]

    fact_dkk, fact_hours, fact_price_level, fact_due = (
        value_dkk,
        value_hours,
        value_price_level,
        value_due,
    )

    def _written(self, record: Benefit, measure: str) -> str:
        amount = self._yearly(record, measure)
        column = self.columns[measure].column
        return "" if amount is None else column.render(amount)

    def _place(self, record: Benefit) -> tuple[Standing, dt.date | None, Proof]:
        """Where a benefit stands, when it is measured next, how well it is known; derived once."""
        if record.pk not in self._places:
            facts = queries.facts_of(record)
            self._places[record.pk] = (
                stand(facts, self._today, self._limits),
                next_measurement_due(facts, self._today, self._limits),
                proof_from(facts, self._today),
            )
        return self._places[record.pk]

    def _read(
        self, organisation_id: int, initiative_ids: Iterable[int] | None = None
    ) -> dict[LineKey, CaseLineFigures]:
        self._claims = queries.claims_in(organisation_id, initiative_ids)
        self._lines = {
            (line.initiative_id, line.line_key, line.measure): line
            for line in approved_lines(organisation_id, "benefit", initiative_ids)
        }
        return self._lines

    def _line(self, record: Benefit, measure: str) -> CaseLineFigures | None:
        lines = self._read(record.organisation_id) if self._lines is None else self._lines
        if self._claims.get((record.initiative_id, record.line_key)) != record.pk:
            return None
        return lines.get((record.initiative_id, record.line_key, measure))

    def _yearly(self, record: Benefit, measure: str) -> Decimal | None:
        line = self._line(record, measure)
        return line.full_year_effect if line else None

    def _level(self, record: Benefit) -> int | None:
        line = self._line(record, "dkk")
        return line.price_level if line and line.is_recurring else None


class DisbenefitTable(BenefitTable):
    """Dis-benefits: what is expected and how far it is measured. They have no kroner to count."""

    title = Column(_("Ulempe"))
    measured = Column(_("Senest målt"), empty_values=(), orderable=False)
    dkk = price_level = hours = None  # type: ignore[assignment]

    def page_rows(self, records: list[Benefit], only: Collection[str] = ()) -> list[Row]:
        """Return the rows of one page, after one read of their measurements."""
        prefetch_related_objects(records, "measurements")
        return super().page_rows(records, only)

    def raw(self, record: Any, name: str) -> Any:
        """Return the last value beside the target."""
        if name == "measured":
            return self.render_measured(record)
        return super().raw(record, name)

    def render_measured(self, record: Benefit) -> str:
        """Return the last value that stands, and what was expected."""
        standing = [m for m in record.measurements.all() if m.withdrawn_at is None]
        last = max(standing, key=lambda m: (m.on, m.pk), default=None)
        if last is None:
            return ""
        return gettext("%(value)s, ventet %(target)s") % {
            "value": words.value_with_unit(last.value, record.measure_unit),
            "target": words.value_with_unit(record.target_value, record.measure_unit),
        }

    value_measured = fact_measured = render_measured


def rung_choices() -> list[tuple[str, str]]:
    """Return the rungs with their names, from the roof down to the hand and beside."""
    return content.choices("rung")
