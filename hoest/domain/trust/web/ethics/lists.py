"""The list of ethics screenings."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.queries import UnitTree
from hoest.domain.portfolio.web.filters import unit_choices
from hoest.domain.trust import queries
from hoest.domain.trust.models import EthicsScreening
from hoest.domain.trust.permissions import VIEW_ETHICS
from hoest.domain.trust.rules.ethics import ScreeningState
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.lists.columns import CodeColumn, Column, DateColumn
from hoest.foundation.lists.filters import ListFilter, SearchFilter, WordFilter
from hoest.foundation.lists.pages import Empty, ListPage
from hoest.foundation.lists.tables import ListTable
from hoest.ui import formats


class ScreeningTable(ListTable):
    """Screenings: initiative and state on a phone; the rest on a wide screen and in files."""

    title = Column(_("Initiativ"), accessor="initiative__title")
    state = CodeColumn(_("Status"), kind="ethics_state")
    decision = CodeColumn(_("Beslutning"), kind="ethics_decision", wide=True)
    decided_on = DateColumn(_("Besluttet"), wide=True)
    body = Column(_("Drøftet i"), accessor="body__name", wide=True)
    instrument = Column(_("Skemaets udgave"), sheet=True)
    decision_text = Column(_("Beslutningen med ord"), sheet=True)
    published_where = Column(_("Offentliggjort"), sheet=True)

    def href(self, record: EthicsScreening) -> str:
        """Return the address of the screening."""
        address = reverse("ethics:screening", args=[record.initiative_id])
        return f"{address}?nr={record.number}"


def _with_the_state(actor: Actor) -> list[tuple[str, Any]]:
    return [
        (code, gettext("der er %(status)s") % {"status": label.lower()})
        for code, label in content.choices("ethics_state")
    ]


def _with_the_decision(actor: Actor) -> list[tuple[str, Any]]:
    return [
        (code, gettext("med beslutningen %(decision)s") % {"decision": label.lower()})
        for code, label in content.choices("ethics_decision")
    ]


class ScreeningFilter(ListFilter):
    """Which screenings are shown."""

    sentence = _("Vis vurderinger {state} i {unit}, {decision}, der nævner {q}")
    q = SearchFilter(fields=("initiative__title", "dilemma", "decision_text"))
    state = WordFilter(any_word=_("uanset status"), label=_("Status"), choices=_with_the_state)
    decision = WordFilter(
        any_word=_("uanset beslutning"), label=_("Beslutning"), choices=_with_the_decision
    )
    unit = WordFilter(
        any_word=_("hele kommunen"), label=_("Enhed"), choices=unit_choices, method="in_unit"
    )

    def in_unit(
        self, rows: QuerySet[EthicsScreening], name: str, value: str
    ) -> QuerySet[EthicsScreening]:
        """Keep the screenings of a unit and all units below it."""
        below = UnitTree.of(self.actor.organisation_id).below(int(value))
        return rows.filter(initiative__unit_id__in=below)


class Screenings(ListPage):
    """All ethics screenings the actor may see."""

    name, url_name = "screenings", "ethics:screenings"
    title = _("Dataetiske vurderinger")
    permission = VIEW_ETHICS
    table_class, filter_class = ScreeningTable, ScreeningFilter
    beside = ((_("Se udvalgenes holdninger"), "ethics:stances"),)
    default_sort = "title"
    template_name = "trust/list.html"
    empty = Empty(
        _("Her kommer vurderinger af, om vi bør bruge oplysninger på en ny måde."),
        example=_("Sensorer i plejeboliger: gå videre på vilkår, drøftet i udvalget"),
        why=_("Så kan alle se, hvad der er tænkt over, og hvem der besluttede hvad."),
    )

    def rows(self, actor: Actor) -> QuerySet[EthicsScreening]:
        """Return the visible screenings with initiative and committee."""
        return queries.screenings_visible_to(actor).select_related("initiative", "body")

    def point(self, actor: Actor, total: int) -> str:
        """Say how many are decided and how many are in progress."""
        if not total:
            return gettext("Ingen dataetiske vurderinger endnu")
        counts = queries.screenings_visible_to(actor).aggregate(
            decided=Count("pk", filter=Q(state=ScreeningState.DECIDED)),
            draft=Count("pk", filter=Q(state=ScreeningState.DRAFT)),
        )
        decided = ngettext(
            "%(count)s vurdering er besluttet",
            "%(count)s vurderinger er besluttet",
            counts["decided"],
        ) % {"count": formats.number(counts["decided"])}
        if not counts["draft"]:
            return decided
        return gettext("%(decided)s; %(count)s er i gang") % {
            "decided": decided,
            "count": formats.number(counts["draft"]),
        }
