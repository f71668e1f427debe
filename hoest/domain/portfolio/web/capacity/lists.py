"""The registers of capacity as lists: what is asked for, what is offered, who helps, the plans."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.queries import UnitTree, units_of
from hoest.domain.portfolio.models import Cooperation, GroupPlan, RoleDemand, RoleSupply
from hoest.domain.portfolio.permissions import KEEP_CAPACITY, VIEW_CAPACITY
from hoest.domain.portfolio.queries import capacity, changes
from hoest.domain.portfolio.web.capacity import words
from hoest.domain.portfolio.web.capacity.forms import role_choices
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.clock import today
from hoest.foundation.lists.columns import Column, DateColumn, NumberColumn, PersonColumn, Plain
from hoest.foundation.lists.filters import ListFilter, SearchFilter, WordFilter
from hoest.foundation.lists.pages import Act, Empty, ListPage
from hoest.foundation.lists.tables import ListTable
from hoest.ui import formats


class RoleColumn(Column):
    """A role by its label."""

    def render(self, value: Any) -> Any:
        """Return the label."""
        return changes.role_label(value)

    def value(self, value: Any) -> Plain:
        """Return the label."""
        return changes.role_label(value) if value else None

    def sort_key(self, path: str) -> Any:
        """Sort by the code, so that equal roles stand together."""
        return F(path)


class GroupColumn(RoleColumn):
    """A professional group by its label."""

    def render(self, value: Any) -> Any:
        """Return the label."""
        return changes.group_label(value)

    def value(self, value: Any) -> Plain:
        """Return the label."""
        return changes.group_label(value) if value else None


class QuarterColumn(Column):
    """A quarter, written out on the page and as 2027-2 in files."""

    def render(self, value: dt.date) -> Any:
        """Return the quarter in words."""
        return words.quarter_words(value)

    def value(self, value: dt.date) -> Plain:
        """Return the quarter as a code that sorts."""
        return words.quarter_code(value) if value else None

    def fact(self, value: dt.date) -> Plain:
        """Return the quarter as a code that sorts."""
        return words.quarter_code(value) if value else None

    def sort_key(self, path: str) -> Any:
        """Sort by the day."""
        return F(path)


def _roles(actor: Actor) -> list[tuple[str, Any]]:
    return [(code, gettext("af rollen %(role)s") % {"role": name}) for code, name in role_choices()]


def _groups(actor: Actor) -> list[tuple[str, Any]]:
    return [(code, changes.group_label(code)) for code in content.professional_groups()]


def _quarters(actor: Actor) -> list[tuple[str, Any]]:
    return [
        (words.quarter_code(one), gettext("i %(quarter)s") % {"quarter": words.quarter_words(one)})
        for one in capacity.shown_quarters()
    ]


def _units(actor: Actor) -> list[tuple[str, Any]]:
    return [(str(pk), name) for pk, name in units_of(actor).values_list("pk", "name")]


class _QuarterFilter(ListFilter):
    """What the filters over quarters share."""

    def in_quarter(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep the rows of a quarter."""
        return rows.filter(quarter=words.quarter_from(value))

    def below(self, unit: str) -> frozenset[int]:
        """Return a unit and those below it."""
        return UnitTree.of(self.actor.organisation_id).below(int(unit))


class DemandFilter(_QuarterFilter):
    """Which demands are shown."""

    sentence = _("Vis behov {role} {quarter} i {unit}, der nævner {q}")
    q = SearchFilter(fields=("initiative__title", "initiative__key"))
    role = WordFilter(any_word=_("af alle roller"), label=_("Rolle"), choices=_roles)
    quarter = WordFilter(
        any_word=_("i alle kvartaler"), label=_("Kvartal"), choices=_quarters, method="in_quarter"
    )
    unit = WordFilter(
        any_word=_("hele kommunen"), label=_("Enhed"), choices=_units, method="in_unit"
    )

    def in_unit(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep the demands of the initiatives of a unit and those below."""
        return rows.filter(initiative__unit_id__in=self.below(value))


class DemandTable(ListTable):
    """Demands: initiative, role, quarter and hours."""

    title = Column(_("Initiativ"), accessor="initiative__title")
    role = RoleColumn(_("Rolle"))
    quarter = QuarterColumn(_("Kvartal"))
    hours = NumberColumn(_("Timer"), unit="timer")
    unit = Column(_("Enhed"), accessor="initiative__unit__name", wide=True)
    key = Column(_("Nøgle"), accessor="initiative__key", sheet=True)

    def href(self, record: RoleDemand) -> str:
        """Return the address of the initiative."""
        return reverse("portfolio:initiative", args=[record.initiative_id])


class Demands(ListPage):
    """Every hour that is asked for."""

    name, url_name = "role_demands", "capacity:demands"
    title = _("Behov for timer")
    permission = VIEW_CAPACITY
    table_class, filter_class = DemandTable, DemandFilter
    default_sort = "quarter"
    beside = ((_("Se kapaciteten"), "capacity:ledger"),)
    empty = Empty(
        _("Her kommer de timer til at stå, initiativerne har brug for."),
        example=_("Digital hjemmetræning: 120 timer i rollen underviser i 2. kvartal 2027"),
        why=_("Så kan alle se, hvor der bliver trængsel."),
    )

    def rows(self, actor: Actor) -> QuerySet[RoleDemand]:
        """Return the demands of the active initiatives the actor may see."""
        return capacity.demands_of(actor).select_related("initiative", "initiative__unit")

    def point(self, actor: Actor, total: int) -> str:
        """Say how many lines there are."""
        if not total:
            return gettext("Ingen har skrevet, hvor mange timer der skal bruges")
        return ngettext(
            "%(n)s linje fortæller, hvor mange timer der skal bruges",
            "%(n)s linjer fortæller, hvor mange timer der skal bruges",
            total,
        ) % {"n": formats.number(total)}


class SupplyFilter(_QuarterFilter):
    """Which supplies are shown."""

    sentence = _("Vis timer {role} {quarter} i {unit}, der nævner {q}")
    q = SearchFilter(fields=("unit__name", "role"))
    role = WordFilter(any_word=_("af alle roller"), label=_("Rolle"), choices=_roles)
    quarter = WordFilter(
        any_word=_("i alle kvartaler"), label=_("Kvartal"), choices=_quarters, method="in_quarter"
    )
    unit = WordFilter(
        any_word=_("hele kommunen"), label=_("Enhed"), choices=_units, method="in_unit"
    )

    def in_unit(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep the supplies of a unit and those below."""
        return rows.filter(unit_id__in=self.below(value))


class SupplyTable(ListTable):
    """Supplies: role, unit, quarter and hours."""

    role = RoleColumn(_("Rolle"))
    unit = Column(_("Enhed"), accessor="unit__name", default=_("Hele kommunen sammen"))
    quarter = QuarterColumn(_("Kvartal"))
    hours = NumberColumn(_("Timer"), unit="timer")

    def href(self, record: RoleSupply) -> str:
        """Return the address where the hours are written."""
        if self.actor is None or not allowed_somewhere(self.actor, KEEP_CAPACITY):
            return f"{reverse('capacity:ledger')}?rolle={record.role}"
        unit = f"&enhed={record.unit_id}" if record.unit_id else ""
        return f"{reverse('capacity:offer')}?rolle={record.role}{unit}"


class Supplies(ListPage):
    """Every hour that is offered."""

    name, url_name = "role_supplies", "capacity:supplies"
    title = _("Timer til rådighed")
    permission = VIEW_CAPACITY
    table_class, filter_class = SupplyTable, SupplyFilter
    default_sort = "quarter"
    beside = ((_("Se kapaciteten"), "capacity:ledger"),)
    empty = Empty(
        _("Her kommer de timer til at stå, enhederne kan bruge på forandring."),
        example=_("Digitalisering og It: 600 timer i rollen it-arkitekt i 2. kvartal 2027"),
        why=_("Uden dem kan ingen sige, om I har taget for meget på."),
    )

    def rows(self, actor: Actor) -> QuerySet[RoleSupply]:
        """Return the supplies."""
        return capacity.supplies_of(actor)

    def point(self, actor: Actor, total: int) -> str:
        """Say how many lines there are."""
        if not total:
            return gettext("Ingen har skrevet, hvor mange timer der er")
        return ngettext(
            "%(n)s linje fortæller, hvor mange timer der er",
            "%(n)s linjer fortæller, hvor mange timer der er",
            total,
        ) % {"n": formats.number(total)}

    def act(self, actor: Actor) -> Act | None:
        """Offer to write hours to those who may."""
        if not allowed_somewhere(actor, KEEP_CAPACITY):
            return None
        return Act(_("Skriv timer ind"), reverse("capacity:offer"))


def _endings(actor: Actor) -> list[tuple[str, Any]]:
    return [
        ("i-gang", gettext("der er i gang")),
        ("paa-plads", gettext("der er på plads")),
        ("opgivet", gettext("der er opgivet")),
    ]


class CooperationFilter(_QuarterFilter):
    """Which cooperations are shown."""

    sentence = _("Vis samarbejder {role}, {state}, der nævner {q}")
    q = SearchFilter(fields=("partner", "about", "outcome"))
    role = WordFilter(any_word=_("om alle roller"), label=_("Rolle"), choices=_roles)
    state = WordFilter(
        any_word=_("uanset stand"), label=_("Stand"), choices=_endings, method="that_stand"
    )

    def that_stand(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep those under way, in place, or given up."""
        if value == "paa-plads":
            return rows.filter(kept_on__isnull=False)
        if value == "opgivet":
            return rows.filter(dropped_on__isnull=False)
        return rows.filter(kept_on=None, dropped_on=None)


class CooperationTable(ListTable):
    """Cooperations: with whom, about what, by when, and how it went."""

    partner = Column(_("Sammen med"))
    about = Column(_("Det deler vi"))
    role = RoleColumn(_("Rolle"), wide=True)
    quarter = QuarterColumn(_("Kvartal"), wide=True)
    ready_on = DateColumn(_("Klar senest"))
    hours = NumberColumn(_("Timer"), unit="timer", wide=True)
    owner = PersonColumn(_("Ansvarlig"), accessor="owner__name", wide=True)
    state = Column(_("Stand"), accessor="pk", orderable=False)
    outcome = Column(_("Sådan gik det"), sheet=True)

    def href(self, record: Cooperation) -> str:
        """Return the address of the cooperation."""
        return reverse("capacity:cooperation", args=[record.pk])

    def render_state(self, record: Cooperation) -> str:
        """Return where it stands."""
        if record.kept_on:
            return gettext("På plads")
        if record.dropped_on:
            return gettext("Opgivet")
        return gettext("Skulle være klar") if record.ready_on < today() else gettext("I gang")

    def value_state(self, record: Cooperation) -> str:
        """Return where it stands."""
        return self.render_state(record)

    def fact_state(self, record: Cooperation) -> str:
        """Return where it stands as a code."""
        if record.kept_on or record.dropped_on:
            return "kept" if record.kept_on else "dropped"
        return "open"


class Cooperations(ListPage):
    """Every answer "samarbejd"."""

    name, url_name = "cooperations", "capacity:cooperations"
    title = _("Samarbejder om en mangel")
    permission = VIEW_CAPACITY
    table_class, filter_class = CooperationTable, CooperationFilter
    default_sort = "ready_on"
    beside = ((_("Se kapaciteten"), "capacity:ledger"),)
    empty = Empty(
        _("Her kommer det til at stå, når I løser en mangel sammen med andre."),
        example=_("Nabokommunen: Vi deler en it-arkitekt fra 2. kvartal 2027"),
        why=_("Det, én kommune ikke har hænder til, kan flere have sammen."),
    )

    def rows(self, actor: Actor) -> QuerySet[Cooperation]:
        """Return the cooperations."""
        return capacity.cooperations_of(actor)

    def point(self, actor: Actor, total: int) -> str:
        """Say how many are under way."""
        if not total:
            return gettext("Ingen samarbejder endnu")
        open_ones = capacity.open_cooperations_of(actor).count()
        return ngettext(
            "%(n)s samarbejde om en mangel er i gang",
            "%(n)s samarbejder om en mangel er i gang",
            open_ones,
        ) % {"n": formats.number(open_ones)}

    def act(self, actor: Actor) -> Act | None:
        """Offer to agree one to those who may."""
        if not allowed_somewhere(actor, KEEP_CAPACITY):
            return None
        return Act(_("Samarbejd om en mangel"), reverse("capacity:agree"))


class PlanFilter(ListFilter):
    """Which plans are shown."""

    sentence = _("Vis planer for {group} i {unit}, der nævner {q}")
    q = SearchFilter(fields=("initiative__title", "message", "training"))
    group = WordFilter(any_word=_("alle faggrupper"), label=_("Faggruppe"), choices=_groups)
    unit = WordFilter(
        any_word=_("hele kommunen"), label=_("Enhed"), choices=_units, method="in_unit"
    )

    def in_unit(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep the plans of the initiatives of a unit and those below."""
        below = UnitTree.of(self.actor.organisation_id).below(int(value))
        return rows.filter(initiative__unit_id__in=below)


class PlanTable(ListTable):
    """Plans: initiative, group, when and how many; the words in files."""

    title = Column(_("Initiativ"), accessor="initiative__title")
    group = GroupColumn(_("Faggruppe"))
    starts_on = DateColumn(_("Begynder"))
    people = NumberColumn(_("Berøres"), unit="medarbejdere", wide=True)
    message = Column(_("Det siger vi"), wide=True)
    training = Column(_("Sådan lærer de det"), sheet=True)
    unit = Column(_("Enhed"), accessor="initiative__unit__name", sheet=True)

    def href(self, record: GroupPlan) -> str:
        """Return the address of the initiative's plans."""
        return reverse("capacity:plans", args=[record.initiative_id])


class Plans(ListPage):
    """Every plan for a professional group."""

    name, url_name = "group_plans", "capacity:all_plans"
    title = _("Planer for faggrupper")
    permission = VIEW_CAPACITY
    table_class, filter_class = PlanTable, PlanFilter
    default_sort = "starts_on"
    beside = ((_("Se faggrupperne"), "capacity:profiles"),)
    empty = Empty(
        _("Her kommer planerne for, hvordan det nye kommer til hver faggruppe."),
        example=_("Digital hjemmetræning for SOSU-medarbejdere: begynder 1. oktober"),
        why=_("Det samme initiativ skal fortælles og læres på flere måder."),
    )

    def rows(self, actor: Actor) -> QuerySet[GroupPlan]:
        """Return the plans of the active initiatives the actor may see."""
        return changes.plans_of(actor)
