"""The lists of organisations: people, and the log of acts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.models import Membership, Person, RoleAssignment
from hoest.domain.organisations.permissions import CHANGE_PEOPLE, VIEW_ACTS, VIEW_PEOPLE
from hoest.domain.organisations.queries import UnitTree, open_units_of
from hoest.domain.organisations.queries.people import all_people_of
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed
from hoest.foundation.access.roles import ROLES
from hoest.foundation.audit.models import Act as AuditAct
from hoest.foundation.audit.queries import acts_of
from hoest.foundation.audit.words import say, subjects
from hoest.foundation.lists.columns import Column, NumberColumn
from hoest.foundation.lists.filters import ListFilter, SearchFilter, WordFilter
from hoest.foundation.lists.pages import Act, Empty, ListPage
from hoest.foundation.lists.tables import ListTable
from hoest.ui import formats


class PersonTable(ListTable):
    """People: name and roles on a phone; the rest on a wide screen and in files."""

    name = Column(_("Navn"))
    roles = Column(_("Roller"), accessor="pk", orderable=False)
    title = Column(_("Stilling"), wide=True)
    unit = Column(_("Enhed"), accessor="unit__name", wide=True)
    email = Column(_("E-mail"), wide=True)
    sign_in = Column(_("Log-ind"), accessor="pk", orderable=False, wide=True)

    def href(self, record: Person) -> str:
        """Return the address of the person."""
        return reverse("organisations:person", args=[record.pk])

    def render_roles(self, record: Person) -> str:
        """Return the roles, each with its unit."""
        return self.value_roles(record)

    def value_roles(self, record: Person) -> str:
        """Return the roles in words."""
        given = sorted(
            record.assignments.all(),  # type: ignore[attr-defined]
            key=lambda one: list(ROLES).index(one.role),
        )
        words = [
            f"{ROLES[one.role].label} ({one.unit.name})" if one.unit else ROLES[one.role].label
            for one in given
        ]
        return ", ".join(words) or gettext("Ingen rolle")

    def fact_roles(self, record: Person) -> str:
        """Return the codes of the roles."""
        return ",".join(sorted({one.role for one in record.assignments.all()}))  # type: ignore[attr-defined]

    def render_sign_in(self, record: Person) -> str:
        """Return whether the person can sign in."""
        return self.value_sign_in(record)

    def value_sign_in(self, record: Any) -> str:
        """Return whether the person can sign in, in words."""
        if record.left_on:
            day = formats.short_date(record.left_on, "da")
            return gettext("Fratrådt %(day)s") % {"day": day}
        return (
            gettext("Kan logge ind") if record.can_sign_in else gettext("Kan ikke logge ind endnu")
        )

    def fact_sign_in(self, record: Any) -> bool:
        """Return whether the person can sign in."""
        return bool(record.can_sign_in and not record.left_on)


def _inside_a_sentence(label: str) -> str:
    """Return the label in lower case, unless it is an abbreviation."""
    return label if label.isupper() else label.lower()


def _with_the_role(actor: Actor) -> list[tuple[str, Any]]:
    return [
        (code, gettext("med rollen %(role)s") % {"role": _inside_a_sentence(role.label)})
        for code, role in ROLES.items()
    ]


def _in_the_unit(actor: Actor) -> list[tuple[str, Any]]:
    return [(str(pk), name) for pk, name in open_units_of(actor).values_list("pk", "name")]


def _at_work(actor: Actor) -> list[tuple[str, Any]]:
    return [("left", gettext("der er fratrådt")), ("all", gettext("der er her eller fratrådt"))]


class PersonFilter(ListFilter):
    """Which people are shown."""

    sentence = _("Vis personer {role} i {unit}, {left}, og som nævner {q}")
    q = SearchFilter(fields=("name", "email", "title", "unit__name"))
    role = WordFilter(
        any_word=_("uanset rolle"), label=_("Rolle"), choices=_with_the_role, method="with_role"
    )
    unit = WordFilter(
        any_word=_("hele kommunen"), label=_("Enhed"), choices=_in_the_unit, method="in_unit"
    )
    left = WordFilter(
        any_word=_("der er her nu"), label=_("Her nu"), choices=_at_work, method="who_left"
    )

    def __init__(self, data: Any, rows: QuerySet[Person], actor: Actor) -> None:
        super().__init__(data, rows, actor)
        if not self.data.get("left"):
            self.queryset = rows.filter(left_on__isnull=True)

    def with_role(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """Keep the people who have a role somewhere."""
        having = RoleAssignment.objects.filter(
            organisation_id=self.actor.organisation_id, role=value
        )
        return rows.filter(pk__in=having.values("person_id"))

    def in_unit(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """Keep the people of a unit and all units below it."""
        return rows.filter(unit_id__in=UnitTree.of(self.actor.organisation_id).below(int(value)))

    def who_left(self, rows: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """Keep those who have left, or everybody."""
        return rows.filter(left_on__isnull=False) if value == "left" else rows


class People(ListPage):
    """Everybody in the municipality, with roles and sign-in."""

    name, url_name = "people", "organisations:people"
    title = _("Personer og roller")
    permission = VIEW_PEOPLE
    table_class, filter_class = PersonTable, PersonFilter
    empty = Empty(
        _("Her kommer de personer til at stå, der har med gevinster at gøre."),
        example=_("Leder af hjemmeplejen, gevinstejer"),
        why=_("En person får en rolle og en invitation og kan så logge ind."),
    )

    def rows(self, actor: Actor) -> QuerySet[Person]:
        """Return the people with unit, roles and whether they can sign in."""
        members = Membership.objects.filter(
            organisation_id=actor.organisation_id, person_id=OuterRef("pk")
        )
        return (
            all_people_of(actor)
            .select_related("unit")
            .prefetch_related("assignments__unit")
            .annotate(can_sign_in=Exists(members))
        )

    def point(self, actor: Actor, total: int) -> str:
        """Say how many are here and how many cannot sign in yet."""
        here = self.rows(actor).filter(left_on__isnull=True)
        count = here.count()
        waiting = here.filter(can_sign_in=False).count()  # type: ignore[misc]
        people = ngettext("%(count)s person", "%(count)s personer", count) % {
            "count": formats.number(count)
        }
        if not waiting and count == 1:
            return gettext("Én person, som kan logge ind")
        if not waiting:
            return gettext("%(people)s, og alle kan logge ind") % {"people": people}
        return gettext("%(people)s, og %(waiting)s kan ikke logge ind endnu") % {
            "people": people,
            "waiting": formats.number(waiting),
        }

    def act(self, actor: Actor) -> Act | None:
        """Offer to invite somebody to those who may."""
        if not allowed(actor, CHANGE_PEOPLE):
            return None
        return Act(_("Inviter en person"), reverse("organisations:invite"))


class MomentColumn(NumberColumn):
    """A point in time, to the minute; on a phone it needs no word after it."""

    number = False

    def render(self, value: dt.datetime) -> str:
        """Return the Danish moment."""
        return formats.moment(_local(value), "da")

    def value(self, value: dt.datetime) -> Any:
        """Return the moment without a zone, as sheets want it."""
        return _local(value).replace(tzinfo=None)

    def fact(self, value: dt.datetime) -> str:
        """Return the moment with its zone."""
        return _local(value).isoformat()


def _local(value: dt.datetime) -> dt.datetime:
    from django.utils import timezone

    return timezone.localtime(value)


class ActTable(ListTable):
    """Acts: to what and what was done on a phone; who and when beside it."""

    object_label = Column(_("Hvad det handler om"))
    verb = Column(_("Hvad der skete"))
    actor_name = Column(_("Hvem"))
    at = MomentColumn(_("Hvornår"))

    def href(self, record: AuditAct) -> str:
        """Return the address of the act."""
        return reverse("organisations:act", args=[record.pk])

    def render_verb(self, record: AuditAct) -> str:
        """Return the act in words."""
        return say(record.verb)

    def value_verb(self, record: AuditAct) -> str:
        """Return the act in words."""
        return say(record.verb)


def _by_subject(actor: Actor) -> list[tuple[str, Any]]:
    return [(code, gettext("om %(subject)s") % {"subject": word}) for code, word in subjects()]


def _by_person(actor: Actor) -> list[tuple[str, Any]]:
    people = all_people_of(actor).values_list("pk", "name")
    return [(str(pk), gettext("gjort af %(name)s") % {"name": name}) for pk, name in people]


class ActFilter(ListFilter):
    """Which acts are shown."""

    sentence = _("Vis handlinger {subject}, {person}, der nævner {q}")
    q = SearchFilter(fields=("object_label", "actor_name"))
    subject = WordFilter(
        any_word=_("om alt"), label=_("Emne"), choices=_by_subject, method="in_subject"
    )
    person = WordFilter(
        any_word=_("gjort af alle"), label=_("Person"), choices=_by_person, method="by_person"
    )

    def in_subject(self, rows: QuerySet[AuditAct], name: str, value: str) -> QuerySet[AuditAct]:
        """Keep the acts of one subject."""
        return rows.filter(verb__startswith=f"{value}.")

    def by_person(self, rows: QuerySet[AuditAct], name: str, value: str) -> QuerySet[AuditAct]:
        """Keep the acts of one person."""
        return rows.filter(person_id=int(value))


class Acts(ListPage):
    """Who did what, newest first; it can be exported for one person."""

    name, url_name = "acts", "organisations:acts"
    title = _("Kommunens log")
    permission = VIEW_ACTS
    table_class, filter_class = ActTable, ActFilter
    default_sort = "-at"
    empty = Empty(
        _("Her kommer det til at stå, hver gang nogen ændrer noget."),
        example=_("Ældre og Sundhed: enhed oprettet af Administrator"),
        why=_("Ingen kan rette i loggen, heller ikke den, der passer Høst."),
    )

    def rows(self, actor: Actor) -> QuerySet[AuditAct]:
        """Return the acts of the municipality."""
        return acts_of(actor)

    def point(self, actor: Actor, total: int) -> str:
        """Say how much the log holds."""
        return ngettext(
            "Loggen har %(count)s handling", "Loggen har %(count)s handlinger", total
        ) % {"count": formats.number(total)}
