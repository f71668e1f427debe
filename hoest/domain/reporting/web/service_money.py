"""Service and money: a calm table of two axes, with every initiative as a link in its cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from hoest.domain.benefits.rules.proof import CLAIMED
from hoest.domain.benefits.web.graded import Graded
from hoest.domain.reporting.permissions import VIEW_ACCOUNT
from hoest.domain.reporting.queries.service_money import Placed, placed
from hoest.domain.reporting.rules.service_money import Money, Net, Service
from hoest.domain.reporting.web.shown import language
from hoest.foundation import content, rooms
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.ui import formats

IN_A_CELL, ON_A_PAGE = 12, 25


def register() -> None:
    """Tell of the room below the portfolio."""
    rooms.register(
        "portfolio",
        "service_money:page",
        gettext_lazy("Service og penge"),
        gettext_lazy("Hvad initiativerne betyder for borgerne, og hvad de koster eller frigør."),
        group="decide",
        order=80,
        permission=VIEW_ACCOUNT,
    )


@dataclass(frozen=True)
class Item:
    """An initiative in a cell: its page, the amount with range and level, and its case."""

    title: str
    url: str
    amount: str
    range: str
    level: str
    case_url: str
    has_loss: bool
    without: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell with the heading of its column."""

    heading: str
    items: list[Item]
    count: int = 0
    more_url: str = ""


@dataclass(frozen=True)
class Line:
    """A row of the table: what citizens notice, and a cell for each column."""

    heading: str
    about: str
    cells: list[Cell]

    @property
    def is_bare(self) -> bool:
        """Tell whether no initiative stands in the row."""
        return not any(cell.items for cell in self.cells)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what the active initiatives are to do for citizens and to money."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_ACCOUNT):
        require(actor, VIEW_ACCOUNT)
    found = placed(actor)
    columns = _columns()
    chosen = _chosen(request)
    if chosen is not None:
        return _cell_page(request, found, *chosen)
    # A column nobody stands in says nothing, and takes the room from the names of the others.
    columns = {
        money: label for money, label in columns.items() if any(o.money is money for o in found)
    }
    context = {
        "point": _point(found),
        "shows_even": Money.EVEN in columns,
        "columns": columns.values(),
        "graded": Graded(CLAIMED),
        "lines": [_line(found, service, columns) for service in Service] if found else [],
        "even": formats.percent(content.limit_decimal("even_money_share"), 0, language()),
    }
    return render(request, "reporting/service_money.html", context)


def _columns() -> dict[Money, str]:
    return {
        Money.GIVES: _("Giver penge"),
        Money.EVEN: _("Går lige op"),
        Money.COSTS: _("Koster"),
        Money.NO_YEARLY: _("Ingen kroner hvert år"),
    }


def _chosen(request: HttpRequest) -> tuple[Service, Money] | None:
    """Return the cell an address asks for; None when it asks for none there is."""
    try:
        return Service(request.GET.get("borgere", "")), Money(request.GET.get("penge", ""))
    except ValueError:
        return None


def _cell_page(
    request: HttpRequest, found: Sequence[Placed], service: Service, money: Money
) -> HttpResponse:
    """Show all initiatives of one cell, a page at a time."""
    cell = _in_cell(found, service, money)
    page = Paginator(cell, ON_A_PAGE).get_page(request.GET.get("side"))
    context = {
        "heading": f"{_services()[service][0]} · {_columns()[money]}",
        "count": len(cell),
        "page": page,
        "items": [_item(one) for one in page],
    }
    return render(request, "reporting/service_money_cell.html", context)


def _in_cell(found: Sequence[Placed], service: Service, money: Money) -> list[Placed]:
    return [one for one in found if (one.service, one.money) == (service, money)]


def _line(found: Sequence[Placed], service: Service, columns: dict[Money, str]) -> Line:
    heading, about = _services()[service]
    cells = []
    for money, label in columns.items():
        there = _in_cell(found, service, money)
        url = f"?borgere={service.value}&penge={money.value}" if len(there) > IN_A_CELL else ""
        cells.append(Cell(label, [_item(one) for one in there[:IN_A_CELL]], len(there), url))
    return Line(heading, about, cells)


def _services() -> dict[Service, tuple[str, str]]:
    return {
        Service.BETTER: (
            _("Bedre for borgerne"),
            _("Der er en gevinst for borgerne eller for kvaliteten."),
        ),
        Service.SAME: (_("Uændret"), _("Borgerne skal hverken mærke bedre eller dårligere.")),
        Service.WORSE: (
            _("Ventes dårligere"),
            _("Der er kun en ulempe for borgerne eller for kvaliteten."),
        ),
    }


def _item(one: Placed) -> Item:
    if one.money is Money.NO_YEARLY or one.net is None:
        why = _("Kun timer eller engangsbeløb") if one.net else _("Ingen godkendt business case")
        return Item(
            title=one.title,
            url=reverse("portfolio:initiative", args=[one.initiative_id]),
            amount="",
            range="",
            level="",
            case_url=reverse("business_cases:case", args=[one.initiative_id]),
            has_loss=one.has_loss and one.service is Service.BETTER,
            without=why,
        )
    return Item(
        title=one.title,
        url=reverse("portfolio:initiative", args=[one.initiative_id]),
        amount=formats.kroner_short(one.net.amount, language()),
        range=_range(one.net),
        level=_("%(year)s-priser") % {"year": one.net.price_level},
        case_url=reverse("business_cases:case", args=[one.initiative_id]),
        has_loss=one.has_loss and one.service is Service.BETTER,
    )


def _range(net: Net) -> str:
    """Say the range of an amount; empty when it is one number."""
    if net.low == net.high:
        return ""
    return _("%(low)s til %(high)s") % {
        "low": formats.kroner_short(net.low, language()),
        "high": formats.kroner_short(net.high, language()),
    }


def _point(found: Sequence[Placed]) -> str:
    """Say how many initiatives are to give citizens more and money too."""
    if not found:
        return _("Ingen initiativer er i gang")
    both = sum(1 for o in found if (o.service, o.money) == (Service.BETTER, Money.GIVES))
    if not both:
        return _("Ingen initiativer skal give både bedre service og penge")
    return ngettext(
        "%(n)s af %(all)s initiativer skal give både bedre service og penge",
        "%(n)s af %(all)s initiativer skal give både bedre service og penge",
        both,
    ) % {"n": formats.number(both), "all": formats.number(len(found))}
