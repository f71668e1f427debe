"""The list of initiatives over several departments, and naming who owns the whole (O-08)."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hoest.domain.portfolio import queries as portfolio_queries
from hoest.domain.portfolio.actions import crossing as actions
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.permissions import NAME_SHARED_OWNERS, VIEW_INITIATIVES
from hoest.domain.portfolio.queries.crossing import (
    CrossingsOf,
    crossings_of,
    shared_owner_of,
)
from hoest.domain.portfolio.web.delivery.forms import SharedOwnerForm
from hoest.domain.portfolio.web.delivery.pages import form_page
from hoest.domain.portfolio.web.delivery.words import (
    crossing_reasons,
    departments_in_words,
    number,
)
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, require
from hoest.foundation.forms.posting import posted, posted_version
from hoest.foundation.lists.columns import Column, NumberColumn
from hoest.foundation.lists.filters import ListFilter, SearchFilter, WordFilter
from hoest.foundation.lists.pages import Empty, ListPage
from hoest.foundation.lists.tables import ListTable


def _read(holder: Any, actor: Actor) -> CrossingsOf:
    """Read what crosses once for a table, a filter or a page."""
    if getattr(holder, "crossings", None) is None:
        holder.crossings = crossings_of(actor)
    found: CrossingsOf = holder.crossings
    return found


class CrossingTable(ListTable):
    """Initiatives over several departments: which, who owns the whole, and why."""

    title = Column(_("Initiativ"))
    owner = Column(_("Fælles ejer"), accessor="pk", orderable=False)
    departments = Column(_("Forvaltninger"), accessor="pk", orderable=False)
    because = Column(_("Fordi"), accessor="pk", orderable=False, wide=True)
    count = NumberColumn(_("Antal forvaltninger"), accessor="pk", orderable=False, sheet=True)
    sponsor = Column(_("Sponsor"), accessor="sponsor__name", sheet=True)
    lead = Column(_("Leder"), accessor="lead__name", sheet=True)

    def href(self, record: Initiative) -> str:
        """Return the address where a shared owner is named, or the initiative."""
        if self.actor is not None and allowed(self.actor, NAME_SHARED_OWNERS):
            return reverse("delivery:shared_owner", args=[record.pk])
        return reverse("portfolio:initiative", args=[record.pk])

    def _crossings(self) -> CrossingsOf:
        assert self.actor is not None
        return _read(self, self.actor)

    def value_owner(self, record: Initiative) -> str:
        """Return who owns the whole."""
        return owner_in_words(self._crossings(), record)

    render_owner = fact_owner = value_owner

    def value_departments(self, record: Initiative) -> str:
        """Return the names of the departments."""
        found = self._crossings()
        return departments_in_words(found.found[record.pk], found.names)

    render_departments = fact_departments = value_departments

    def value_because(self, record: Initiative) -> str:
        """Return how each department is touched."""
        found = self._crossings()
        return "; ".join(crossing_reasons(found.found[record.pk], found.names))

    render_because = fact_because = value_because

    def value_count(self, record: Initiative) -> int:
        """Return how many departments are touched."""
        return self._crossings().found[record.pk].departments

    fact_count = value_count


def _states(_actor: Actor) -> list[tuple[str, Any]]:
    return [
        ("uden", gettext("uden en fælles ejer")),
        ("med", gettext("med en fælles ejer")),
    ]


class CrossingFilter(ListFilter):
    """Which initiatives are shown."""

    sentence = _("Vis initiativer på tværs {owner}, der nævner {q}")
    q = SearchFilter(fields=("title", "unit__name", "sponsor__name", "lead__name"))
    owner = WordFilter(
        any_word=_("med og uden fælles ejer"),
        label=_("Fælles ejer"),
        choices=_states,
        method="with_owner",
    )

    def with_owner(
        self, rows: QuerySet[Initiative], _name: str, value: str
    ) -> QuerySet[Initiative]:
        """Keep those with, or without, somebody who owns the whole."""
        found = _read(self, self.actor).found.values()
        wanted = value == "med"
        return rows.filter(
            pk__in=[one.initiative_id for one in found if one.has_shared_owner == wanted]
        )


class Crossings(ListPage):
    """All initiatives the actor may see that several departments are part of."""

    name, url_name = "crossings", "delivery:crossings"
    title = _("På tværs af forvaltninger")
    permission = VIEW_INITIATIVES
    template_name = "portfolio/delivery/list.html"
    table_class, filter_class = CrossingTable, CrossingFilter
    beside = ((_("Se borgerforløbene"), "delivery:journeys"),)
    empty = Empty(
        _("Her kommer de initiativer til at stå, som flere forvaltninger er en del af."),
        example=_("Skærmbesøg i hjemmeplejen og i jobcentret, med én der ejer det hele"),
        why=_("Borgeren skal ikke kunne mærke, hvilken dør hun kom ind ad."),
    )

    def find(self, actor: Actor, query: Any) -> Any:
        """Let the table use what the page has read."""
        found = super().find(actor, query)
        found.table.crossings = _read(self, actor)  # type: ignore[attr-defined]
        return found

    def rows(self, actor: Actor) -> QuerySet[Initiative]:
        """Return the initiatives that cross departments."""
        return (
            portfolio_queries.visible_to(actor)
            .filter(pk__in=list(_read(self, actor).found))
            .select_related("unit", "sponsor", "lead")
        )

    def at_first(self, actor: Actor, rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
        """Put those without a shared owner first."""
        found = _read(self, actor).found.values()
        without = [one.initiative_id for one in found if not one.has_shared_owner]
        order = Case(
            When(pk__in=without, then=Value(0)), default=Value(1), output_field=IntegerField()
        )
        return rows.order_by(order, "title", "pk")

    def point(self, actor: Actor, total: int) -> str:
        """Say how many cross departments, and how many have nobody who owns the whole."""
        found = _read(self, actor).found.values()
        without = sum(not one.has_shared_owner for one in found)
        if not found:
            return gettext("Ingen initiativer går på tværs af forvaltninger")
        said = ngettext(
            "%(n)s initiativ går på tværs af forvaltninger",
            "%(n)s initiativer går på tværs af forvaltninger",
            len(found),
        ) % {"n": number(len(found))}
        if not without:
            return gettext("%(said)s, og alle har en fælles ejer") % {"said": said}
        missing = ngettext(
            "%(n)s mangler en fælles ejer", "%(n)s mangler en fælles ejer", without
        ) % {"n": number(without)}
        return f"{said}; {missing}"


@require_http_methods(["GET", "POST"])
def shared_owner(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Show why an initiative crosses departments, and name who owns the whole."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = portfolio_queries.initiative_of(actor, initiative_id)
    require(actor, NAME_SHARED_OWNERS)
    standing = shared_owner_of(found)
    told = crossings_of(actor, found.pk)

    def write(cleaned: dict[str, Any]) -> str:
        named = actions.name_shared_owner(
            actor=actor, initiative_id=found.pk, version=posted_version(request), **cleaned
        )
        return gettext("%(person)s er nu fælles ejer.") % {"person": named.person}

    initial = {"person": standing.person_id, "mandate": standing.mandate} if standing else {}
    crossing = told.found.get(found.pk)
    return form_page(
        request,
        SharedOwnerForm(posted(request), actor=actor, initial=initial),
        write,
        title=gettext("Hvem ejer »%(title)s« på tværs?") % {"title": found.title},
        submit=gettext("Vælg fælles ejer"),
        leave_url=reverse("delivery:crossings"),
        crumbs=(
            (gettext("På tværs af forvaltninger"), reverse("delivery:crossings")),
            (found.title, reverse("portfolio:initiative", args=[found.pk])),
        ),
        lead=gettext("Når flere er en del af det, skal én kunne afgøre det, de ikke er enige om."),
        facts=crossing_reasons(crossing, told.names) if crossing else (),
        version=standing.version if standing else 0,
    )


def owner_in_words(told: CrossingsOf, record: Initiative) -> str:
    """Say who owns the whole, and whether she was named or stands above by her place."""
    named = told.owners.get(record.pk)
    if named is not None:
        return str(named.person)
    if told.found[record.pk].has_shared_owner:
        return gettext("Sponsor eller leder står over dem alle")
    return gettext("ingen fælles ejer endnu")
