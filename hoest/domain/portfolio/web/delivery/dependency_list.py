"""The list of what initiatives wait for: clashing dates first, then the oldest wait."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio.models import Dependency
from hoest.domain.portfolio.permissions import VIEW_INITIATIVES
from hoest.domain.portfolio.queries.dependencies import (
    circles_of,
    clashes_of,
    clashing_first,
    dependencies_of,
    does_clash,
    wait_totals,
)
from hoest.domain.portfolio.rules.dependencies import age_days
from hoest.domain.portfolio.web.delivery.words import (
    age,
    clashes_in_words,
    number,
    waited_for,
    who_acts,
)
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.clock import today
from hoest.foundation.lists.columns import CodeColumn, Column, DateColumn
from hoest.foundation.lists.filters import ListFilter, SearchFilter, WordFilter
from hoest.foundation.lists.pages import Empty, ListPage
from hoest.foundation.lists.tables import ListTable
from hoest.ui.words import in_a_row


class DependencyTable(ListTable):
    """Dependencies: what is waited for, by whom, who can act, for how long."""

    what = Column(_("Venter på"), accessor="pk", orderable=False)
    initiative = Column(_("Initiativ"), accessor="initiative__title")
    who = Column(_("Den, der kan handle"), accessor="pk", order_by=("actor_name",))
    waited = Column(_("Ventet"), accessor="since", orderable=False)
    clash = Column(_("Datoer"), accessor="pk", orderable=False)
    response = CodeColumn(kind="dependency_response", wide=True)
    needed_by = DateColumn(_("Skal bruges"), wide=True)
    scope = CodeColumn(kind="dependency_scope", sheet=True)
    kind = CodeColumn(kind="dependency_kind", sheet=True)
    since = DateColumn(_("Siden"), sheet=True)
    ready = DateColumn(_("Ventes klar"), sheet=True, orderable=False)
    consequence = Column(_("Hvis det ikke kommer"), sheet=True)
    resolved_on = DateColumn(_("Løst"), sheet=True)

    def href(self, record: Dependency) -> str:
        """Return the address of the dependency."""
        return reverse("delivery:dependency", args=[record.pk])

    def render_what(self, record: Dependency) -> str:
        """Return what is waited for."""
        return waited_for(record)

    def value_what(self, record: Dependency) -> str:
        """Return what is waited for."""
        return waited_for(record)

    fact_what = value_what

    def render_who(self, record: Dependency) -> str:
        """Return who can act."""
        return who_acts(record)

    def value_who(self, record: Dependency) -> str:
        """Return who can act."""
        return who_acts(record)

    fact_who = value_who

    def render_waited(self, record: Dependency) -> str:
        """Return the age, or that it is resolved."""
        return gettext("løst") if record.resolved_on else age(record)

    def value_waited(self, record: Dependency) -> int:
        """Return the age in days."""
        return age_days(record.since, record.resolved_on or today())

    fact_waited = value_waited

    def render_clash(self, record: Dependency) -> str:
        """Return the heaviest way in which the dates do not fit."""
        return clashes_in_words(clashes_of(record)[:1], record)

    def value_clash(self, record: Dependency) -> str:
        """Return how the dates do not fit."""
        return clashes_in_words(clashes_of(record), record)

    def fact_clash(self, record: Dependency) -> str:
        """Return the codes of how the dates do not fit."""
        return " ".join(clashes_of(record))


def _scopes(_actor: Actor) -> list[tuple[str, Any]]:
    return [(code, label.lower()) for code, label in content.choices("dependency_scope")]


def _kinds(_actor: Actor) -> list[tuple[str, Any]]:
    return [(code, label.lower()) for code, label in content.choices("dependency_kind")]


def _responses(_actor: Actor) -> list[tuple[str, Any]]:
    return [
        (code, gettext("som vi %(response)s") % {"response": label.lower()})
        for code, label in content.choices("dependency_response")
    ]


def _states(_actor: Actor) -> list[tuple[str, Any]]:
    return [
        ("clash", gettext("med datoer, der ikke passer")),
        ("open", gettext("der er åbne")),
        ("resolved", gettext("der er løst")),
    ]


class DependencyFilter(ListFilter):
    """Which dependencies are shown."""

    sentence = _("Vis afhængigheder {state}, der kan løses {scope}, af {kind}, {response}, med {q}")
    q = SearchFilter(
        fields=("what", "actor_name", "consequence", "initiative__title", "waits_for__title")
    )
    state = WordFilter(
        any_word=_("af alle slags"), label=_("Stand"), choices=_states, method="in_state"
    )
    scope = WordFilter(any_word=_("alle steder"), label=_("Hvor"), choices=_scopes)
    kind = WordFilter(any_word=_("alt"), label=_("Slags"), choices=_kinds)
    response = WordFilter(any_word=_("uanset hvad vi gør"), label=_("Vi gør"), choices=_responses)

    def in_state(self, rows: QuerySet[Dependency], _name: str, value: str) -> QuerySet[Dependency]:
        """Keep what is open, resolved, or has dates that do not fit."""
        if value == "clash":
            return rows.filter(does_clash())
        return rows.filter(resolved_on__isnull=value == "open")


class Dependencies(ListPage):
    """All dependencies of the initiatives the actor may see."""

    name, url_name = "dependencies", "delivery:dependencies"
    title = _("Afhængigheder")
    permission = VIEW_INITIATIVES
    default_sort = "initiative"
    template_name = "portfolio/delivery/list.html"
    table_class, filter_class = DependencyTable, DependencyFilter
    beside = (
        (_("Se kortet over dem uden for kommunen"), "delivery:outside"),
        (_("Se udrulningerne"), "delivery:rollouts"),
    )
    empty = Empty(
        _("Her kommer det til at stå, som initiativerne venter på."),
        example=_("Nyt omsorgssystem: ventet i 14 måneder på udbuddet; imens tastes der dobbelt"),
        why=_("Det, man venter på, er en risiko med en alder og en følge."),
    )

    def rows(self, actor: Actor) -> QuerySet[Dependency]:
        """Return the dependencies with both initiatives."""
        return dependencies_of(actor)

    def at_first(self, actor: Actor, rows: QuerySet[Dependency]) -> QuerySet[Dependency]:
        """Put what clashes first, then the oldest wait."""
        return clashing_first(rows)

    def context(self, request: Any, actor: Actor, found: Any) -> dict[str, Any]:
        """Add the circles: initiatives that wait for each other."""
        notices = [
            gettext("%(titles)s venter på hinanden i ring. Ret én af dem, så en kan begynde.")
            % {"titles": in_a_row(f"»{title}«" for title in titles)}
            for titles in circles_of(actor)
        ]
        return {**super().context(request, actor, found), "notices": notices}

    def point(self, actor: Actor, total: int) -> str:
        """Say how much is waited for, and how many dates do not fit."""
        if not total:
            return gettext("Ingen afhængigheder skrevet ned endnu")
        found = wait_totals(self.rows(actor))
        if not found.open:
            return gettext("Ingen initiativer venter på noget")
        said = ngettext(
            "Vi venter på %(open)s ting; %(external)s kan kun løses uden for kommunen",
            "Vi venter på %(open)s ting; %(external)s kan kun løses uden for kommunen",
            found.open,
        ) % {"open": number(found.open), "external": number(found.external)}
        if not found.clashing:
            return said
        clash = ngettext(
            "%(n)s har datoer, der ikke passer",
            "%(n)s har datoer, der ikke passer",
            found.clashing,
        ) % {"n": number(found.clashing)}
        return f"{said}; {clash}"
