"""The lists of suppliers and of contracts that ask for a decision."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any

from django.db.models import F, Func, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.trust.models import Contract, Supplier
from hoest.domain.trust.permissions import VIEW_SYSTEMS
from hoest.domain.trust.queries.suppliers import (
    Dependence,
    decisions_ahead,
    dependence,
    undecided,
    with_figures,
)
from hoest.domain.trust.web import words
from hoest.domain.trust.web.suppliers.point import dependence_point
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.clock import today
from hoest.foundation.lists.columns import Column, DateColumn, NumberColumn, ShareColumn
from hoest.foundation.lists.filters import ListFilter, SearchFilter, WordFilter
from hoest.foundation.lists.pages import Empty, ListPage
from hoest.foundation.lists.tables import ListTable
from hoest.ui import formats


class SupplierTable(ListTable):
    """Suppliers: what leans on each, in systems and in kroner beside each other."""

    name = Column(_("Leverandør"))
    critical_count = NumberColumn(_("Kritiske systemer"))
    critical_share = ShareColumn(
        _("Andel af de kritiske"), accessor="critical_count", wide=True, decimals=0
    )
    yearly_dkk = NumberColumn(_("Om året"), unit="kr.")
    spend_share = ShareColumn(_("Andel af udgiften"), accessor="yearly_dkk", wide=True, decimals=0)
    systems_count = NumberColumn(_("Systemer"), wide=True)
    next_on = DateColumn(_("Næste beslutning"), wide=True)
    contracts_count = NumberColumn(_("Kontrakter"), sheet=True)
    cvr = Column(_("CVR"), sheet=True)

    def href(self, record: Supplier) -> str:
        """Return the address of the supplier."""
        return reverse("suppliers:supplier", args=[record.pk])

    @cached_property
    def whole(self) -> Dependence | None:
        """The whole that each is a part of; read once for the table and its page."""
        return dependence(self.actor) if self.actor else None

    def _share(self, record: Supplier, name: str) -> float | None:
        leaning = self.whole.by_supplier.get(record.pk) if self.whole else None
        return getattr(leaning, name) if leaning else None

    def render_critical_share(self, record: Supplier) -> str:
        """Return its part of the critical systems in per cent."""
        share = self._share(record, "critical_share")
        return "—" if share is None else formats.number(share * 100)

    def value_critical_share(self, record: Supplier) -> float | None:
        """Return its part of the critical systems in per cent."""
        share = self._share(record, "critical_share")
        return None if share is None else round(share * 100, 1)

    def fact_critical_share(self, record: Supplier) -> float | None:
        """Return its part of the critical systems."""
        return self._share(record, "critical_share")

    def render_spend_share(self, record: Supplier) -> str:
        """Return its part of the yearly kroner in per cent."""
        share = self._share(record, "spend_share")
        return "—" if share is None else formats.number(share * 100)

    def value_spend_share(self, record: Supplier) -> float | None:
        """Return its part of the yearly kroner in per cent."""
        share = self._share(record, "spend_share")
        return None if share is None else round(share * 100, 1)

    def fact_spend_share(self, record: Supplier) -> float | None:
        """Return its part of the yearly kroner."""
        return self._share(record, "spend_share")


class SupplierFilter(ListFilter):
    """Which suppliers are shown."""

    sentence = _("Vis leverandører {critical}, der nævner {q}")
    q = SearchFilter(fields=("name", "cvr"))
    critical = WordFilter(
        any_word=_("uanset hvad de leverer"),
        label=_("Det leverer de"),
        choices=lambda _actor: [("yes", gettext("med kritiske systemer"))],
        method="with_critical",
    )

    def with_critical(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep the suppliers of critical systems."""
        return rows.filter(critical_count__gt=0)


class Suppliers(ListPage):
    """All suppliers the municipality leans on."""

    name, url_name = "suppliers", "suppliers:suppliers"
    title = _("Leverandører")
    beside = (
        (_("Se de kommende beslutninger"), "suppliers:decisions"),
        (_("Se systemerne"), "systems:systems"),
    )
    permission = VIEW_SYSTEMS
    table_class, filter_class = SupplierTable, SupplierFilter
    _table: SupplierTable
    template_name = "trust/suppliers.html"
    default_sort = "-critical_count"
    empty = Empty(
        _("Her kommer de leverandører til at stå, som kommunen læner sig op ad."),
        example=_("Solsort Software: 6 af 22 kritiske systemer og 31 % af den årlige udgift"),
        why=_("Så ser ledelsen, hvor det gør ondt, hvis en leverandør siger stop."),
    )

    def rows(self, actor: Actor) -> QuerySet[Supplier]:
        """Return the suppliers with their figures."""
        return with_figures(actor)

    def find(self, actor: Actor, query: Any) -> Any:
        """Let the page's sentence use what the table reads."""
        found = super().find(actor, query)
        self._table = found.table
        return found

    def point(self, actor: Actor, total: int) -> str:
        """Say how much leans on the largest."""
        whole = self._table.whole if total else None
        return dependence_point(actor, whole) if whole else gettext("Ingen leverandører")

    def context(self, request: Any, actor: Actor, found: Any) -> dict[str, Any]:
        """Add how the dependence is spread, and how far the figures reach."""
        shown = super().context(request, actor, found)
        high = content.limit_decimal("concentration_high_share")
        return {**shown, "whole": found.table.whole, "high": high}


class DecisionTable(ListTable):
    """Contracts that ask for a decision: by when, and what was decided."""

    name = Column(_("Kontrakt"))
    decide_by = DateColumn(_("Beslut senest"))
    choice = Column(_("Besluttet"), orderable=False)
    supplier = Column(_("Leverandør"), accessor="supplier__name", wide=True)
    leaves_on = DateColumn(_("Kan forlades"), wide=True)
    yearly_dkk = NumberColumn(_("Om året"), unit="kr.", wide=True)
    notice_months = NumberColumn(_("Varsel"), unit=_("måneder"), sheet=True)
    systems_count = NumberColumn(_("Systemer"), sheet=True, orderable=False)

    def href(self, record: Contract) -> str:
        """Return the address of the contract."""
        return reverse("suppliers:contract", args=[record.pk])

    def render_choice(self, record: Any) -> str:
        """Say what was decided, or that it waits."""
        return words.word(words.CHOICES, record.choice) if record.choice else gettext("Venter")

    value_choice = render_choice


class DecisionFilter(ListFilter):
    """Which coming decisions are shown."""

    sentence = _("Vis beslutninger {within}, {state}, der nævner {q}")
    q = SearchFilter(fields=("name", "supplier__name"))
    within = WordFilter(
        any_word=_("så langt der kan ses"),
        label=_("Hvornår"),
        choices=lambda _actor: [
            ("90", gettext("inden for tre måneder")),
            ("180", gettext("inden for et halvt år")),
            ("365", gettext("inden for et år")),
        ],
        method="before",
    )
    state = WordFilter(
        any_word=_("både ventende og besluttede"),
        label=_("Besluttet"),
        choices=lambda _actor: [("waits", gettext("som venter på en beslutning"))],
        method="that_wait",
    )

    def before(self, rows: QuerySet[Contract], name: str, value: str) -> QuerySet[Contract]:
        """Keep those due within some days."""
        return rows.filter(decide_by__lte=today() + dt.timedelta(days=int(value)))

    def that_wait(self, rows: QuerySet[Contract], name: str, value: str) -> QuerySet[Contract]:
        """Keep those nobody has decided."""
        return rows.filter(pk__in=undecided(self.actor).values("pk"))


class Decisions(ListPage):
    """Contracts that run out or can be left soon."""

    name, url_name = "contract_decisions", "suppliers:decisions"
    title = _("Kommende beslutninger om kontrakter")
    beside = ((_("Se leverandørerne"), "suppliers:suppliers"),)
    permission = VIEW_SYSTEMS
    table_class, filter_class = DecisionTable, DecisionFilter
    default_sort = "decide_by"
    empty = Empty(
        _("Her kommer kontrakter til at stå, når det er tid at tage stilling."),
        example=_("Journal i skyen: beslut senest 30. juni, kan forlades 31. december"),
        why=_("En kontrakt, ingen så udløbe, bliver forlænget af sig selv."),
    )

    def rows(self, actor: Actor) -> QuerySet[Contract]:
        """Return the contracts within sight."""
        return decisions_ahead(actor)

    def at_first(self, actor: Actor, rows: QuerySet[Contract]) -> QuerySet[Contract]:
        """Put the nearest first, in the order in which the next is named."""
        return rows.order_by("decide_by", Func(F("name"), function="da_key"), "pk")

    def point(self, actor: Actor, total: int) -> str:
        """Say how many wait, and which is the next."""
        waiting = undecided(actor)
        count = waiting.count()
        if not count:
            return gettext("Ingen kontrakter venter på en beslutning")
        first = waiting[0]
        said = ngettext(
            "%(count)s kontrakt venter på en beslutning",
            "%(count)s kontrakter venter på en beslutning",
            count,
        ) % {"count": formats.number(count)}
        when = formats.long_date(first.decide_by)
        if first.decide_by and first.decide_by < today():
            return gettext("%(said)s; for %(name)s gik fristen %(day)s") % {
                "said": said,
                "name": first.name,
                "day": when,
            }
        return gettext("%(said)s; den næste er %(name)s, senest %(day)s") % {
            "said": said,
            "name": first.name,
            "day": when,
        }
