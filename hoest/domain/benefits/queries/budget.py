"""The lines of the budget file: every standing decision in kroner, with its place and reference."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from hoest.domain.benefits.models import HarvestDecision
from hoest.domain.benefits.queries.seen import visible_to
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor

SINGLE = "single"


@dataclass(frozen=True)
class BudgetLine:
    """One decision's effect on the budget of one year. `budget_change` is negative for a cut."""

    account: str
    budget_place: str
    unit: str
    year: int
    budget_change: Decimal
    price_level: int
    goes_on: bool
    kind: str
    status: str
    decided_on: dt.date
    decided_by: str
    reference: str
    legal_basis: str
    benefit: str
    initiative: str
    body: str
    agreement_id: int | None
    layer: int

    @property
    def kind_label(self) -> str:
        """How it is taken home, in words."""
        return "" if self.kind == SINGLE else content.label("takeout_kind", self.kind)

    @property
    def status_label(self) -> str:
        """The status in words."""
        return content.label("takeout_status", self.status)


def budget_lines(actor: Actor) -> list[BudgetLine]:
    """Return a line per standing decision in kroner, by account, year and age; one query.

    A single decision without an agreement has no account of its own: the column is empty, and its
    place says where. The sum of the lines is what the account has as taken home, to the øre.
    """
    rows = (
        HarvestDecision.objects.filter(
            organisation_id=actor.organisation_id,
            benefit__in=visible_to(actor).order_by(),
            withdrawn_on__isnull=True,
            decided_on__lte=clock.today(),
            amount_dkk__isnull=False,
        )
        .exclude(budget_place="")
        .select_related(
            "agreement__unit",
            "agreement__body",
            "benefit__unit",
            "benefit__initiative__unit",
            "benefit__initiative__body",
        )
    )
    found = [_line(row) for row in rows.order_by("year", "pk")]
    return sorted(found, key=lambda line: (line.account, line.budget_place, line.year))


def _line(row: HarvestDecision) -> BudgetLine:
    agreed, benefit = row.agreement, row.benefit
    initiative = benefit.initiative
    body = (agreed.body if agreed else None) or initiative.body
    unit = agreed.unit if agreed else benefit.unit or initiative.unit
    return BudgetLine(
        account=agreed.account if agreed else "",
        budget_place=agreed.budget_place if agreed else row.budget_place,
        unit=unit.name,
        year=row.year,
        budget_change=-(row.amount_dkk or Decimal(0)),
        price_level=row.price_level or 0,
        goes_on=row.goes_on,
        kind=agreed.kind if agreed else SINGLE,
        status=agreed.status if agreed else "decided",
        decided_on=row.decided_on,
        decided_by=agreed.decided_by_name if agreed else row.decision,
        reference=agreed.reference if agreed else "",
        legal_basis=agreed.legal_basis if agreed else "",
        benefit=benefit.title,
        initiative=initiative.title,
        body=body.name if body else "",
        agreement_id=row.agreement_id,
        layer=agreed.number if agreed else 0,
    )
