"""The list of initiatives."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.permissions import CREATE_INITIATIVES, VIEW_INITIATIVES
from hoest.domain.portfolio.rules import Status
from hoest.domain.portfolio.web.filters import InitiativeFilter
from hoest.domain.portfolio.web.standings import standings_of
from hoest.domain.portfolio.web.tables import InitiativeTable
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.lists.beside import Standing
from hoest.foundation.lists.pages import Act, Empty, ListPage
from hoest.ui import formats


class Initiatives(ListPage):
    """All initiatives the actor may see."""

    name, url_name = "initiatives", "portfolio:initiatives"
    title = _("Portefølje")
    beside = ((_("Se alt i porteføljen"), "portfolio:rooms"),)
    permission = VIEW_INITIATIVES
    table_class, filter_class = InitiativeTable, InitiativeFilter
    _known: Mapping[int, Standing] | None = None
    empty = Empty(
        _("Her kommer kommunens initiativer til at stå."),
        example=_("Digital hjemmetræning: Det betyder i praksis, at borgere træner derhjemme"),
        why=_("Et initiativ samler formål, mennesker og gevinster ét sted."),
    )

    def rows(self, actor: Actor) -> QuerySet[Initiative]:
        """Return the visible initiatives with unit, committee and lead."""
        return queries.visible_to(actor).select_related(
            "unit", "body", "core_task", "lead", "sponsor"
        )

    def _standings(self, actor: Actor) -> Mapping[int, Standing]:
        """Return how each active initiative stands, read once a request."""
        if self._known is None:
            self._known = standings_of(actor)
        return self._known

    def at_first(self, actor: Actor, rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
        """Put what asks for action first: the status, then what the facts say against it."""
        standings = self._standings(actor)
        return queries.most_urgent_first(
            rows,
            {pk: Status(one.status) for pk, one in standings.items()},
            [pk for pk, one in standings.items() if one.is_disputed],
        )

    def point(self, actor: Actor, total: int) -> str:
        """Say how many are alive and how many ask for action."""
        if not total:
            return gettext("Ingen initiativer endnu")
        standings = self._standings(actor)
        active = len(standings)
        alive = ngettext(
            "%(count)s initiativ er i gang", "%(count)s initiativer er i gang", active
        ) % {"count": formats.number(active)}
        urgent = sum(one.status == Status.ACTION_NEEDED for one in standings.values())
        if not active:
            return alive
        if not urgent:
            return gettext("%(alive)s; ingen kræver handling") % {"alive": alive}
        asks = ngettext("%(count)s kræver handling", "%(count)s kræver handling", urgent) % {
            "count": formats.number(urgent)
        }
        return f"{alive}; {asks}"

    def act(self, actor: Actor) -> Act | None:
        """Offer to create one to those who may."""
        if not allowed_somewhere(actor, CREATE_INITIATIVES):
            return None
        return Act(_("Opret initiativ"), reverse("portfolio:create"))
