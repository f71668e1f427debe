"""The list of needs."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.queries import UnitTree, units_of
from hoest.domain.portfolio.models import Need
from hoest.domain.portfolio.permissions import VIEW_INITIATIVES, WRITE_NEEDS
from hoest.domain.portfolio.queries import needs as queries
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.lists.columns import CodeColumn, Column, DateColumn
from hoest.foundation.lists.filters import ListFilter, SearchFilter, WordFilter
from hoest.foundation.lists.pages import Act, Empty, ListPage
from hoest.foundation.lists.tables import ListTable
from hoest.ui import formats

UNTESTED = "ikke-afproevet"


class NeedTable(ListTable):
    """Needs: who needs what, and how well we know it."""

    statement = Column(_("Behov"))
    standing = Column(_("Stand"), accessor="pk", orderable=False)
    evidence = CodeColumn(kind="need_evidence", wide=True)
    unit = Column(_("Enhed"), accessor="unit__name", wide=True)
    evidence_told = Column(_("Grundlag"), sheet=True)
    written_by_name = Column(_("Skrevet af"), sheet=True)
    written = DateColumn(_("Skrevet"), accessor="created_at", sheet=True)

    def href(self, record: Need) -> str:
        """Return the address of the need."""
        return reverse("needs:need", args=[record.pk])

    def render_standing(self, record: Need) -> str:
        """Return how the need stands."""
        return content.label("need_standing", queries.standing_of(record))

    def value_standing(self, record: Need) -> str:
        """Return how the need stands."""
        return self.render_standing(record)

    def fact_standing(self, record: Need) -> str:
        """Return the code of how the need stands."""
        return str(queries.standing_of(record))


def _resting_on(actor: Actor) -> list[tuple[str, Any]]:
    return [
        (code, gettext("fra %(evidence)s") % {"evidence": label.lower()})
        for code, label in content.choices("need_evidence")
    ]


def _standing(actor: Actor) -> list[tuple[str, Any]]:
    return [(UNTESTED, gettext("der er antaget og ikke afprøvet"))]


def _units(actor: Actor) -> list[tuple[str, Any]]:
    return [(str(pk), name) for pk, name in units_of(actor).values_list("pk", "name")]


class NeedFilter(ListFilter):
    """Which needs are shown."""

    sentence = _("Vis behov {evidence}, {standing}, i {unit}, der nævner {q}")
    q = SearchFilter(fields=("statement", "evidence_told", "unit__name"))
    evidence = WordFilter(
        any_word=_("uanset kilde"), label=_("Det ved vi fra"), choices=_resting_on
    )
    standing = WordFilter(
        any_word=_("uanset stand"), label=_("Stand"), choices=_standing, method="as_it_stands"
    )
    unit = WordFilter(
        any_word=_("hele kommunen"), label=_("Enhed"), choices=_units, method="in_unit"
    )

    def as_it_stands(self, rows: QuerySet[Need], name: str, value: str) -> QuerySet[Need]:
        """Keep the untested assumptions."""
        return queries.untested(rows)

    def in_unit(self, rows: QuerySet[Need], name: str, value: str) -> QuerySet[Need]:
        """Keep the needs of a unit and all units below it."""
        return rows.filter(unit_id__in=UnitTree.of(self.actor.organisation_id).below(int(value)))


class Needs(ListPage):
    """The needs the actor may see, the newest first."""

    name, url_name = "needs", "needs:needs"
    title = _("Behov")
    beside = ((_("Se idéerne"), "ideas:ideas"),)
    permission = VIEW_INITIATIVES
    table_class, filter_class = NeedTable, NeedFilter
    default_sort = "statement"
    empty = Empty(
        _("Her kommer de behov til at stå, som idéer og initiativer bygger på."),
        example=_("Pårørende har brug for at vide, hvornår hjælpen kommer: 42 klager i 2025"),
        why=_("En antagelse skal være afprøvet, før et initiativ kan gå langt."),
    )

    def rows(self, actor: Actor) -> QuerySet[Need]:
        """Return the visible needs with unit and tests."""
        return queries.with_tests(queries.needs_visible_to(actor))

    def at_first(self, actor: Actor, rows: QuerySet[Need]) -> QuerySet[Need]:
        """Put the newest first."""
        return rows.order_by("-pk")

    def point(self, actor: Actor, total: int) -> str:
        """Say how many there are, and how many are only believed."""
        if not total:
            return gettext("Ingen behov er skrevet ned endnu")
        said = ngettext("%(count)s behov", "%(count)s behov", total) % {
            "count": formats.number(total)
        }
        believed = queries.untested(queries.needs_visible_to(actor)).count()
        if not believed:
            return gettext("%(said)s; ingen er antagelser, der mangler at blive afprøvet") % {
                "said": said
            }
        waits = ngettext(
            "%(count)s er en antagelse, ingen har afprøvet",
            "%(count)s er antagelser, ingen har afprøvet",
            believed,
        ) % {"count": formats.number(believed)}
        return f"{said}; {waits}"

    def act(self, actor: Actor) -> Act | None:
        """Offer to write one to those who may."""
        if not allowed_somewhere(actor, WRITE_NEEDS):
            return None
        return Act(_("Skriv et behov ned"), reverse("needs:state"))
