"""The list of reassurance sheets with where each stands."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.queries import UnitTree
from hoest.domain.portfolio.web.filters import unit_choices
from hoest.domain.trust import queries
from hoest.domain.trust.models import Sheet
from hoest.domain.trust.permissions import APPROVE_SHEETS, OPEN_PAGE, VIEW_SHEETS, WRITE_SHEETS
from hoest.domain.trust.rules.sheets import SheetState
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere
from hoest.foundation.lists.columns import CodeColumn, Column, DateColumn, NumberColumn
from hoest.foundation.lists.filters import ListFilter, SearchFilter, WordFilter
from hoest.foundation.lists.pages import Act, Empty, ListPage
from hoest.foundation.lists.tables import ListTable
from hoest.ui import formats


class SheetTable(ListTable):
    """Sheets: initiative and state on a phone; the rest on a wide screen and in files."""

    title = Column(_("Initiativ"), accessor="initiative__title")
    state = CodeColumn(_("Status"), kind="sheet_state")
    unit = Column(_("Enhed"), accessor="initiative__unit__name", wide=True)
    missing = NumberColumn(_("Ubesvarede spørgsmål"), wide=True)
    approved_on = DateColumn(_("Godkendt"), accessor="standing__decided_at", wide=True)
    written_on = DateColumn(_("Lagt frem"), accessor="waiting__written_at", sheet=True)

    def href(self, record: Sheet) -> str:
        """Return the address of the sheet."""
        return reverse("sheets:sheet", args=[record.initiative_id])


def _with_the_state(actor: Actor) -> list[tuple[str, Any]]:
    return [
        (code, gettext("med status %(status)s") % {"status": label.lower()})
        for code, label in content.choices("sheet_state")
    ]


class SheetFilter(ListFilter):
    """Which sheets are shown."""

    sentence = _("Vis tryghedsblade {state} i {unit}, der nævner {q}")
    q = SearchFilter(fields=("initiative__title", "initiative__unit__name"))
    state = WordFilter(any_word=_("uanset status"), label=_("Status"), choices=_with_the_state)
    unit = WordFilter(
        any_word=_("hele kommunen"), label=_("Enhed"), choices=unit_choices, method="in_unit"
    )

    def in_unit(self, rows: QuerySet[Sheet], name: str, value: str) -> QuerySet[Sheet]:
        """Keep the sheets of a unit and all units below it."""
        below = UnitTree.of(self.actor.organisation_id).below(int(value))
        return rows.filter(initiative__unit_id__in=below)


class Sheets(ListPage):
    """All sheets the actor may see."""

    name, url_name = "sheets", "sheets:sheets"
    title = _("Tryghedsblade")
    permission = VIEW_SHEETS
    table_class, filter_class = SheetTable, SheetFilter
    template_name = "trust/sheets/list.html"
    empty = Empty(
        _("Her kommer initiativernes tryghedsblade til at stå."),
        example=_(
            "Skærmbesøg: Vi bruger oplysninger om helbred. Medarbejderne logger ind i to trin"
        ),
        why=_("Så kan alle se, hvad vi bruger oplysninger til, og hvem de kan spørge."),
    )

    def rows(self, actor: Actor) -> QuerySet[Sheet]:
        """Return the visible sheets with initiative and unit."""
        return queries.sheets_visible_to(actor).select_related(
            "initiative", "initiative__unit", "standing", "waiting"
        )

    def point(self, actor: Actor, total: int) -> str:
        """Say how many are approved, and how many wait for somebody."""
        if not total:
            return gettext("Ingen tryghedsblade endnu")
        counts = queries.sheets_visible_to(actor).aggregate(
            standing=Count("pk", filter=Q(standing__isnull=False)),
            waiting=Count("pk", filter=Q(state=SheetState.WAITING)),
            changed=Count("pk", filter=Q(state=SheetState.CHANGED)),
        )
        said = gettext("%(count)s af %(all)s tryghedsblade er godkendt") % {
            "count": formats.number(counts["standing"]),
            "all": formats.number(total),
        }
        asks = counts["waiting"] + counts["changed"]
        may_act = allowed_somewhere(actor, APPROVE_SHEETS) or allowed_somewhere(actor, WRITE_SHEETS)
        if not asks or not may_act:
            return said
        return (
            said
            + "; "
            + ngettext(
                "%(count)s skal godkendes eller lægges frem igen",
                "%(count)s skal godkendes eller lægges frem igen",
                asks,
            )
            % {"count": formats.number(asks)}
        )

    def at_first(self, actor: Actor, rows: QuerySet[Sheet]) -> QuerySet[Sheet]:
        """Put what asks for action first."""
        order = [SheetState.WAITING, SheetState.CHANGED, SheetState.BEGUN, SheetState.APPROVED]
        return rows.order_by(_place_in(order), "initiative__title", "pk")

    def act(self, actor: Actor) -> Act | None:
        """Offer to open the page to those who may, while it is closed."""
        if not allowed(actor, OPEN_PAGE) or queries.public_page(actor.organisation_id):
            return None
        return Act(_("Åbn siden for alle"), reverse("sheets:open_page"))

    def context(self, request: Any, actor: Actor, found: Any) -> dict[str, Any]:
        """Add the open page to what the template needs."""
        page = queries.public_page(actor.organisation_id)
        return {
            **super().context(request, actor, found),
            "public": page,
            "public_url": reverse("open:page", args=[page.slug]) if page else "",
            "may_open": allowed(actor, OPEN_PAGE),
        }


def _place_in(order: list[SheetState]) -> Any:
    return Case(
        *(When(state=state, then=Value(place)) for place, state in enumerate(order)),
        default=Value(len(order)),
        output_field=IntegerField(),
    )
