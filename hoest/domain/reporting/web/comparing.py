"""Two days of the harvest account side by side: what stood where, and what differs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hoest.domain.reporting import queries
from hoest.domain.reporting.permissions import VIEW_ACCOUNT
from hoest.domain.reporting.rules import RUNGS, ZERO, Account, RungLine
from hoest.domain.reporting.web import shown
from hoest.domain.reporting.web.choices import Choice, choice_of, day_gone_by
from hoest.domain.reporting.web.reading import KeptReading, Reading, RowsReading
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require

NOTHING = RungLine("", 0, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO)


@dataclass(frozen=True)
class Beside:
    """An amount on two days, and what it went up or down by."""

    before: Decimal | int
    after: Decimal | int

    @property
    def change(self) -> Decimal | int:
        """The later less the earlier."""
        return self.after - self.before


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show the account on two days, rung by rung; the later one is today without another."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_ACCOUNT):
        require(actor, VIEW_ACCOUNT)
    choice = choice_of(request)
    later = _read(actor, replace(choice, as_of=day_gone_by(request.GET.get("til"))))
    later.settle()
    found = later.choice
    first = queries.first_record_day(actor.organisation_id)
    earlier_day = choice.as_of or first
    before = None
    if earlier_day is not None:
        wanted = replace(found, as_of=earlier_day)
        earlier = _read(actor, wanted)
        earlier.settle()
        before = _same_level(earlier, found)
    after = later.present
    return render(
        request,
        "reporting/compare.html",
        {
            "choice": found,
            "earlier": earlier_day,
            "later": found.as_of or clock.today(),
            "today": clock.today(),
            "first_record": first,
            "tabs": shown.type_tabs(later.counts, replace(found, as_of=earlier_day)),
            "price_level": after.price_level if after else None,
            "lines": _lines(before, after) if before and after else [],
            "point": _point(before, after) if before and after else "",
            "has_hours": any(a.hours for a in (*_rungs(before), *_rungs(after))),
            "back": found.url(),
        },
    )


def _read(actor: Actor, choice: Choice) -> Reading:
    if choice.as_of is None:
        return KeptReading(actor, choice)
    rows = queries.recorded_figures(actor, choice.as_of, choice.filter(actor))
    return RowsReading(actor, choice, rows)


def _same_level(read: Reading, choice: Choice) -> Account | None:
    """Return the earlier account in the price level of the later one, and of the same type."""
    if read.choice.benefit_type != choice.benefit_type:
        return None
    if choice.joined and read.joined and read.joined.account:
        return read.joined.account
    return next((a for a in read.accounts if a.price_level == choice.price_level), None)


def _rungs(account: Account | None) -> tuple[RungLine, ...]:
    return account.rungs if account else ()


def _lines(before: Account, after: Account) -> list[dict[str, Any]]:
    rows = []
    for rung in RUNGS:
        a, b = before.rung(rung), after.rung(rung)
        if rung == "lapsed" and not (a.count or b.count):
            continue
        rows.append(
            {
                "rung": rung,
                "label": content.label("rung", rung),
                "count": Beside(a.count, b.count),
                "dkk": Beside(a.dkk, b.dkk),
                "hours": Beside(a.hours, b.hours),
            }
        )
    return rows


def _point(before: Account, after: Account) -> str:
    """Say how many benefits are in hand on the two days."""
    counts = Beside(before.rung("in_hand").count, after.rung("in_hand").count)
    if counts.change > 0:
        words = _("%(after)s gevinster er i hånden mod %(before)s før.")
    elif counts.change < 0:
        words = _("%(after)s gevinster er i hånden. Før var det %(before)s.")
    else:
        words = _("%(after)s gevinster er i hånden, lige så mange som før.")
    return words % {"before": counts.before, "after": counts.after}
