"""The file for the budget system: one line per decision and year, in Danish or for a machine.

Columns and both variants: docs/reference/budget-csv.md. A text that a spreadsheet would run as a
formula gets an apostrophe in front, in both. Source: OWASP, CSV injection; RFC 4180.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hoest.domain.benefits.permissions import VIEW_BENEFITS
from hoest.domain.benefits.queries.budget import BudgetLine, budget_lines
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.lists.columns import Plain
from hoest.foundation.lists.exports import csv_lines, harmless

DANISH = (
    *("Kontostreng", "Budgetsted", "Enhed", "År", "Beløb", "Prisniveau", "Varig", "Sådan"),
    *("Status", "Besluttet", "Besluttet af", "Reference", "Hjemmel", "Gevinst", "Initiativ"),
    *("Udvalg", "Aftale", "Lag"),
)
MACHINE = (
    *("account", "budget_place", "unit", "year", "amount_dkk", "price_level", "goes_on", "kind"),
    *("status", "decided_on", "decided_by", "reference", "legal_basis", "benefit", "initiative"),
    *("committee", "agreement_id", "layer"),
)


@require_safe
def budget(request: HttpRequest) -> HttpResponse:
    """Give the kroner that are decided, year by year, as CSV; `?form=maskine` for a machine."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_BENEFITS):
        require(actor, VIEW_BENEFITS)
    lines = budget_lines(actor)
    is_machine = request.GET.get("form") == "maskine"
    body = machine_csv(lines) if is_machine else danish_csv(lines)
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    name = f"hjemtagning-{clock.today().isoformat()}{'-maskine' if is_machine else ''}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def danish_csv(lines: Iterable[BudgetLine]) -> bytes:
    """Return the file as Danish Excel reads it: semicolons, decimal comma, byte order mark.

    Amounts are in kroner with øre; a year's cut of the budget is negative there, as in a budget.
    """
    rows: Iterator[list[Plain]] = (
        [
            *(line.account, line.budget_place, line.unit, line.year),
            *(line.budget_change, line.price_level, line.goes_on),
            *(line.kind_label, line.status_label, line.decided_on, line.decided_by),
            *(line.reference, line.legal_basis, line.benefit, line.initiative, line.body),
            *(line.agreement_id, line.layer),
        ]
        for line in lines
    )
    return b"".join(csv_lines(list(DANISH), rows))


def machine_csv(lines: Iterable[BudgetLine]) -> bytes:
    """Return the file for a machine: commas, decimal point, ISO dates, codes, no BOM."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(MACHINE)
    for line in lines:
        writer.writerow(
            [
                *(harmless(line.account), harmless(line.budget_place), harmless(line.unit)),
                *(line.year, f"{line.budget_change:.2f}", line.price_level),
                *("true" if line.goes_on else "false", line.kind, line.status),
                line.decided_on.isoformat(),
                *(harmless(line.decided_by), harmless(line.reference)),
                *(harmless(line.legal_basis), harmless(line.benefit), harmless(line.initiative)),
                *(harmless(line.body), line.agreement_id or "", line.layer),
            ]
        )
    return text.getvalue().encode()
