"""The list of roll-outs across the portfolio: the late ones first, each with its reason."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.queries import UnitTree
from hoest.domain.portfolio.models import Rollout
from hoest.domain.portfolio.permissions import VIEW_INITIATIVES
from hoest.domain.portfolio.queries.stages import (
    is_late,
    is_live,
    late_first,
    late_totals,
    rollouts_of,
)
from hoest.domain.portfolio.rules.solutions import use_share
from hoest.domain.portfolio.web.delivery.words import late_in_words, number, why_late
from hoest.domain.portfolio.web.filters import unit_choices
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.lists.columns import CodeColumn, Column, DateColumn, NumberColumn, ShareColumn
from hoest.foundation.lists.filters import ListFilter, SearchFilter, WordFilter
from hoest.foundation.lists.pages import Empty, ListPage
from hoest.foundation.lists.tables import ListTable

UNEXPLAINED = "uforklaret"


class RolloutTable(ListTable):
    """Roll-outs: which initiative, where, how it stands, and why it is late."""

    title = Column(_("Initiativ"), accessor="initiative__title")
    place = Column(_("Sted"), accessor="pk", orderable=False)
    state = Column(_("Stand"), accessor="pk", orderable=False)
    because = Column(_("Årsag"), accessor="pk", orderable=False)
    planned_on = DateColumn(_("Planlagt"), wide=True)
    expected_on = DateColumn(_("Ny dato"), wide=True)
    use = ShareColumn(_("Bruger det"), accessor="pk", wide=True, orderable=False)
    live_on = DateColumn(_("Gik i drift"), sheet=True)
    stage = Column(_("Etape"), accessor="stage__name", sheet=True)
    planned_users = NumberColumn(_("Skal bruge det"), sheet=True)
    users_in_use = NumberColumn(_("Antal, der bruger det"), sheet=True)
    counted_on = DateColumn(_("Talt"), sheet=True)
    late_cause = CodeColumn(kind="late_cause", sheet=True)

    def href(self, record: Rollout) -> str:
        """Return the address of the initiative's roll-out."""
        return reverse("portfolio:rollouts", args=[record.initiative_id])

    def render_place(self, record: Rollout) -> str:
        """Return the unit or the other municipality."""
        return str(record)

    def value_place(self, record: Rollout) -> str:
        """Return the unit or the other municipality."""
        return str(record)

    fact_place = value_place

    def render_state(self, record: Rollout) -> str:
        """Return where it stands, and by how much it is late."""
        return late_in_words(record)

    def value_state(self, record: Rollout) -> str:
        """Return where it stands, and by how much it is late."""
        return late_in_words(record)

    fact_state = value_state

    def render_because(self, record: Rollout) -> str:
        """Return why it is late."""
        return why_late(record)

    def value_because(self, record: Rollout) -> str:
        """Return why it is late."""
        return why_late(record)

    fact_because = value_because

    def render_use(self, record: Rollout) -> str:
        """Return the per cent of the planned users that use it."""
        share = self.fact_use(record)
        return "–" if share is None else number(share * 100)

    def value_use(self, record: Rollout) -> Decimal | None:
        """Return the per cent of the planned users that use it."""
        share = self.fact_use(record)
        return None if share is None else share * 100

    def fact_use(self, record: Rollout) -> Decimal | None:
        """Return the share of the planned users that use it."""
        return use_share(record.users_in_use, record.planned_users)


def _that_are(_actor: Actor) -> list[tuple[str, Any]]:
    return [
        ("late", gettext("der er forsinkede")),
        (UNEXPLAINED, gettext("der er forsinkede uden forklaring")),
        ("planned", gettext("der er planlagt")),
        ("live", gettext("der er i drift")),
    ]


def _because(_actor: Actor) -> list[tuple[str, Any]]:
    return [
        (code, gettext("fordi: %(cause)s") % {"cause": label.lower()})
        for code, label in content.choices("late_cause")
    ]


class RolloutFilter(ListFilter):
    """Which roll-outs are shown."""

    sentence = _("Vis udrulninger {state} i {unit}, {cause}, der nævner {q}")
    q = SearchFilter(fields=("initiative__title", "unit__name", "place_name", "late_note"))
    state = WordFilter(
        any_word=_("i alle stande"), label=_("Stand"), choices=_that_are, method="that_are"
    )
    unit = WordFilter(
        any_word=_("hele kommunen"), label=_("Enhed"), choices=unit_choices, method="in_unit"
    )
    cause = WordFilter(
        any_word=_("uanset årsag"),
        label=_("Årsag"),
        choices=_because,
        field_name="late_cause",
    )

    def that_are(self, rows: QuerySet[Rollout], _name: str, value: str) -> QuerySet[Rollout]:
        """Keep the roll-outs that stand so."""
        wanted = {
            "late": is_late(),
            UNEXPLAINED: is_late(),
            "planned": ~is_late() & ~is_live(),
            "live": is_live(),
        }[value]
        rows = rows.filter(wanted)
        return rows.filter(late_cause="") if value == UNEXPLAINED else rows

    def in_unit(self, rows: QuerySet[Rollout], _name: str, value: str) -> QuerySet[Rollout]:
        """Keep the roll-outs in a unit and all units below it."""
        return rows.filter(unit_id__in=UnitTree.of(self.actor.organisation_id).below(int(value)))


class Rollouts(ListPage):
    """All roll-outs of the initiatives the actor may see."""

    name, url_name = "rollouts", "delivery:rollouts"
    title = _("Udrulninger")
    permission = VIEW_INITIATIVES
    template_name = "portfolio/delivery/list.html"
    table_class, filter_class = RolloutTable, RolloutFilter
    beside = (
        (_("Se alt, der er leveret, men ikke indarbejdet"), "portfolio:not_embedded"),
        (_("Se, hvad initiativerne venter på"), "delivery:dependencies"),
    )
    empty = Empty(
        _("Her kommer alle udrulninger til at stå, de forsinkede først."),
        example=_("Skærmbesøg i Hjemmepleje Syd: forsinket to måneder, fordi netværket mangler"),
        why=_("En forsinkelse med en grund kan man handle på."),
    )

    def rows(self, actor: Actor) -> QuerySet[Rollout]:
        """Return the roll-outs with initiative, place and stage."""
        return rollouts_of(actor)

    def at_first(self, actor: Actor, rows: QuerySet[Rollout]) -> QuerySet[Rollout]:
        """Put the late ones first, unexplained before explained."""
        return late_first(rows)

    def point(self, actor: Actor, total: int) -> str:
        """Say how many are late, and how many of them nobody explained."""
        if not total:
            return gettext("Ingen udrulninger endnu")
        found = late_totals(self.rows(actor))
        if not found.late:
            return ngettext(
                "%(all)s udrulning, og den er ikke forsinket",
                "%(all)s udrulninger, og ingen er forsinket",
                found.planned,
            ) % {"all": number(found.planned)}
        late = ngettext(
            "%(late)s af %(all)s udrulninger er forsinket",
            "%(late)s af %(all)s udrulninger er forsinket",
            found.late,
        ) % {"late": number(found.late), "all": number(found.planned)}
        if not found.unexplained:
            return gettext("%(late)s; alle har en forklaring") % {"late": late}
        missing = ngettext(
            "%(n)s mangler en forklaring", "%(n)s mangler en forklaring", found.unexplained
        ) % {"n": number(found.unexplained)}
        return f"{late}; {missing}"
