"""The filter of initiatives: one sentence."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.queries import UnitTree, bodies_of, units_of
from hoest.domain.portfolio import queries
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.permissions import VIEW_INITIATIVES
from hoest.domain.portfolio.queries.marks import with_mark
from hoest.domain.portfolio.web.standings import standings_of
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where
from hoest.foundation.lists.beside import beside
from hoest.foundation.lists.filters import Choices, ListFilter, SearchFilter, WordFilter

SEARCHED = (
    "title",
    "key",
    "in_practice",
    "theme",
    "reference",
    "unit__name",
    "body__name",
    "sponsor__name",
    "lead__name",
)


def unit_choices(actor: Actor) -> list[tuple[str, Any]]:
    """Return the units in which the actor may see initiatives."""
    reached = units_where(actor, VIEW_INITIATIVES)
    units = units_of(actor).values_list("pk", "name")
    return [(str(pk), name) for pk, name in units if reached is None or pk in reached]


def body_choices(actor: Actor) -> list[tuple[str, Any]]:
    """Return the committees and boards of the municipality."""
    return [(str(pk), name) for pk, name in bodies_of(actor).values_list("pk", "name")]


def _in_the_phase(actor: Actor) -> list[tuple[str, Any]]:
    return [
        (code, gettext("i fasen %(phase)s") % {"phase": label.lower()})
        for code, label in content.choices("phase")
    ]


def _with_the_purpose(actor: Actor) -> list[tuple[str, Any]]:
    return [
        (code, gettext("med formålet %(purpose)s") % {"purpose": label.lower()})
        for code, label in content.choices("purpose_type")
    ]


def _with_the_status(actor: Actor) -> list[tuple[str, Any]]:
    return [
        (code, gettext("med status %(status)s") % {"status": label.lower()})
        for code, label in content.choices("status")
    ]


def _at_the_core_task(actor: Actor) -> list[tuple[str, Any]]:
    tasks = queries.core_tasks_of(actor).values_list("pk", "name")
    return [
        (WITHOUT, gettext("i gang uden kerneopgave")),
        *((str(pk), gettext("med kerneopgaven %(name)s") % {"name": name}) for pk, name in tasks),
    ]


def _marked(kind: str) -> Choices:
    def choices(actor: Actor) -> list[tuple[str, Any]]:
        return [
            *(
                (code, f"{content.kind_label(kind).lower()}: {words.lower()}")
                for code, words in content.choices(kind)
            ),
            (
                WITHOUT,
                gettext("%(kind)s: ikke skrevet") % {"kind": content.kind_label(kind).lower()},
            ),
        ]

    return choices


def _where_the_facts(actor: Actor) -> list[tuple[str, Any]]:
    said = beside("initiatives")
    return said.choices(actor) if said else []


WITHOUT = "uden"
"""The choice of the core task that is none."""


class InitiativeFilter(ListFilter):
    """Which initiatives are shown."""

    sentence = _(
        "Vis initiativer {phase} i {unit} under {body} {purpose_type}, {core_task}, "
        "{reach}, {automation}, {status} og {facts_say}, der nævner {q}"
    )
    q = SearchFilter(fields=SEARCHED)
    phase = WordFilter(any_word=_("i alle faser"), label=_("Fase"), choices=_in_the_phase)
    unit = WordFilter(
        any_word=_("hele kommunen"), label=_("Enhed"), choices=unit_choices, method="in_unit"
    )
    body = WordFilter(
        any_word=_("alle udvalg"), label=_("Udvalg"), choices=body_choices, method="in_body"
    )
    purpose_type = WordFilter(
        any_word=_("uanset formål"), label=_("Formål"), choices=_with_the_purpose
    )
    core_task = WordFilter(
        any_word=_("uanset kerneopgave"),
        label=_("Kerneopgave"),
        choices=_at_the_core_task,
        method="at_the_core_task",
    )
    reach = WordFilter(
        any_word=_("uanset hvem der deler løsningen"),
        label=_("Hvem løsningen er fælles for"),
        choices=_marked("solution_reach"),
        method="marked",
    )
    automation = WordFilter(
        any_word=_("uanset automatik"),
        label=_("Hvor meget der sker af sig selv"),
        choices=_marked("automation_degree"),
        method="marked",
    )
    status = WordFilter(
        any_word=_("uanset status"),
        label=_("Status"),
        choices=_with_the_status,
        method="with_status",
    )

    facts_say = WordFilter(
        any_word=_("uanset hvad tallene siger"),
        label=_("Det siger tallene"),
        choices=_where_the_facts,
        method="where_the_facts",
    )

    def in_unit(self, rows: QuerySet[Initiative], name: str, value: str) -> QuerySet[Initiative]:
        """Keep the initiatives of a unit and all units below it."""
        return rows.filter(unit_id__in=UnitTree.of(self.actor.organisation_id).below(int(value)))

    def in_body(self, rows: QuerySet[Initiative], name: str, value: str) -> QuerySet[Initiative]:
        """Keep the initiatives of a committee."""
        return rows.filter(body_id=int(value))

    def marked(self, rows: QuerySet[Initiative], name: str, value: str) -> QuerySet[Initiative]:
        """Keep the initiatives whose solution has the mark, or has none."""
        return with_mark(rows, name, "" if value == WITHOUT else value)

    def at_the_core_task(
        self, rows: QuerySet[Initiative], name: str, value: str
    ) -> QuerySet[Initiative]:
        """Keep the initiatives of a core task, or the active ones that point at none."""
        if value == WITHOUT:
            return queries.without_core_task(rows)
        return rows.filter(core_task_id=int(value))

    def with_status(
        self, rows: QuerySet[Initiative], name: str, value: str
    ) -> QuerySet[Initiative]:
        """Keep the initiatives with a status; it is a rule, so it is read for all of them."""
        standings = standings_of(self.actor)
        return rows.filter(pk__in=[pk for pk, one in standings.items() if one.status == value])

    def where_the_facts(
        self, rows: QuerySet[Initiative], name: str, value: str
    ) -> QuerySet[Initiative]:
        """Keep the initiatives of which the facts say it."""
        said = beside("initiatives")
        return rows.filter(pk__in=said.ids(self.actor, value)) if said else rows
