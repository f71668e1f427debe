"""The list of small purchases: what is held back, what waits, who said yes."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio.actions.purchases import in_words, lacking_of
from hoest.domain.portfolio.models import Purchase
from hoest.domain.portfolio.permissions import ASK_PURCHASE, VIEW_INITIATIVES
from hoest.domain.portfolio.queries.purchases import HELD_BACK, purchases_of
from hoest.domain.portfolio.rules.purchases import PurchaseState
from hoest.domain.portfolio.web.filters import unit_choices
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.lists.columns import Column, DateColumn, NumberColumn
from hoest.foundation.lists.filters import ListFilter, SearchFilter, WordFilter
from hoest.foundation.lists.pages import Act, Empty, ListPage
from hoest.foundation.lists.tables import ListTable
from hoest.ui import formats

HELD = "holdes-tilbage"


def state_in_words(purchase: Purchase) -> str:
    """Say where a purchase stands, and why it is held back."""
    if purchase.state == PurchaseState.ASKED:
        missing = lacking_of(purchase)
        if missing:
            return gettext("Holdes tilbage: %(why)s") % {"why": in_words(missing)}
    return content.label("purchase_state", purchase.state)


class PurchaseTable(ListTable):
    """Purchases: what it solves, what it costs and where it stands."""

    title = Column(_("Køb"))
    state = Column(_("Hvor det står"))
    amount_dkk = NumberColumn(_("I alt"), unit="kr.")
    solves = Column(_("Løser"), wide=True)
    core_task = Column(_("Kerneopgave"), accessor="core_task__name", wide=True)
    unit = Column(_("Enhed"), accessor="unit__name", wide=True)
    value_for_citizens = Column(_("Bedre for borgerne"), sheet=True)
    value_for_staff = Column(_("Bedre for medarbejderne"), sheet=True)
    price_level_year = NumberColumn(_("Prisniveau"), sheet=True)
    asked_on = DateColumn(_("Bedt om"), sheet=True)
    asked_by_name = Column(_("Bedt om af"), sheet=True)
    decided_by_name = Column(_("Svaret af"), sheet=True)
    decided_on = DateColumn(_("Svaret"), sheet=True)

    def href(self, record: Purchase) -> str:
        """Return the address of the purchase."""
        return reverse("purchases:purchase", args=[record.pk])

    def render_state(self, record: Purchase) -> str:
        """Return where it stands, in words."""
        return state_in_words(record)

    def value_state(self, record: Purchase) -> str:
        """Return where it stands, in words."""
        return state_in_words(record)


def _states(actor: Actor) -> list[tuple[str, Any]]:
    return [
        (HELD, gettext("holdes tilbage")),
        (PurchaseState.ASKED.value, gettext("venter på svar")),
        (PurchaseState.APPROVED.value, gettext("har fået ja")),
        (PurchaseState.DECLINED.value, gettext("har fået nej")),
    ]


class PurchaseFilter(ListFilter):
    """Which purchases are shown."""

    sentence = _("Vis køb, der {state}, i {unit}, og som nævner {q}")
    q = SearchFilter(fields=("title", "solves", "core_task__name", "unit__name"))
    state = WordFilter(
        any_word=_("venter eller er afgjort"), label=_("Stand"), choices=_states, method="standing"
    )
    unit = WordFilter(any_word=_("hele kommunen"), label=_("Enhed"), choices=unit_choices)

    def standing(self, rows: QuerySet[Purchase], name: str, value: str) -> QuerySet[Purchase]:
        """Keep those that stand so; what is held back does not wait for an answer."""
        if value == HELD:
            return rows.filter(HELD_BACK)
        rows = rows.filter(state=value)
        return rows.exclude(HELD_BACK) if value == PurchaseState.ASKED else rows


class Purchases(ListPage):
    """All small purchases, those that wait first."""

    name, url_name = "purchases", "purchases:purchases"
    title = _("Små køb")
    permission = VIEW_INITIATIVES
    table_class, filter_class = PurchaseTable, PurchaseFilter
    empty = Empty(
        _("Her kommer de små digitale køb til at stå, og hvad hvert af dem løser."),
        example=_("12 tablets til Vej og Park: Fejl på vejen bliver meldt med billede og sted"),
        why=_("Et køb uden kerneopgave og værdi holdes tilbage, indtil nogen kan sige hvorfor."),
    )

    def rows(self, actor: Actor) -> QuerySet[Purchase]:
        """Return the purchases with unit and core task."""
        return purchases_of(actor)

    def at_first(self, actor: Actor, rows: QuerySet[Purchase]) -> QuerySet[Purchase]:
        """Put those without an answer first, the newest of them at the top."""
        waits = Case(When(state=PurchaseState.ASKED.value, then=Value(0)), default=Value(1))
        return rows.order_by(waits, "-asked_on", "-pk")

    def point(self, actor: Actor, total: int) -> str:
        """Say how many are held back and how many wait."""
        if not total:
            return gettext("Ingen små køb endnu")
        rows = self.rows(actor).select_related(None)
        held = rows.filter(HELD_BACK).count()
        waiting = rows.filter(state=PurchaseState.ASKED.value).count() - held
        said = ngettext("%(n)s køb venter på svar", "%(n)s køb venter på svar", waiting) % {
            "n": formats.number(waiting)
        }
        if not held:
            return said
        return gettext("%(said)s; %(held)s holdes tilbage") % {
            "said": said,
            "held": formats.number(held),
        }

    def act(self, actor: Actor) -> Act | None:
        """Offer to ask for one to those who may."""
        if not allowed_somewhere(actor, ASK_PURCHASE):
            return None
        return Act(_("Bed om et lille køb"), reverse("purchases:ask"))
