"""The lists of lessons: our own, and those other municipalities have shared."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio.models import Lesson, SharedLesson
from hoest.domain.portfolio.permissions import VIEW_INITIATIVES, WRITE_LESSONS
from hoest.domain.portfolio.queries.lessons import lessons_of, shared_by_others, shared_url
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.lists.columns import Column, DateColumn
from hoest.foundation.lists.filters import ListFilter, SearchFilter, WordFilter
from hoest.foundation.lists.pages import Act, Empty, ListPage
from hoest.foundation.lists.tables import ListTable
from hoest.ui import formats

TEXTS = ("title", "promised", "came", "why", "again")
SHARED, OWN = "delt", "ikke-delt"


def sharing_label(record: Lesson) -> str:
    """Return whether the others may read a lesson."""
    return gettext("Delt") if record.is_shared else gettext("Ikke delt")  # type: ignore[attr-defined]


class LessonTable(ListTable):
    """Lessons with what came of it."""

    title = Column(_("Sidst vi gjorde …"))
    came = Column(_("Det kom der"))
    sharing = Column(_("Delt"), accessor="pk", orderable=False)
    learnt_on = DateColumn(_("Dato"), wide=True)
    promised = Column(_("Det lovede vi"), sheet=True)
    why = Column(_("Derfor blev det sådan"), sheet=True)
    again = Column(_("Det ville vi gøre igen"), sheet=True)

    def href(self, record: Lesson) -> str:
        """Return the address of the lesson."""
        return reverse("lessons:lesson", args=[record.pk])

    def render_sharing(self, record: Lesson) -> str:
        """Return whether it is shared, in words."""
        return sharing_label(record)

    def value_sharing(self, record: Lesson) -> str:
        """Return whether it is shared, in words."""
        return sharing_label(record)

    def fact_sharing(self, record: Lesson) -> bool:
        """Return whether it is shared."""
        return bool(record.is_shared)  # type: ignore[attr-defined]


def _sharing(actor: Actor) -> list[tuple[str, Any]]:
    return [(SHARED, gettext("er delt")), (OWN, gettext("ikke er delt"))]


class LessonFilter(ListFilter):
    """Which lessons are shown."""

    sentence = _("Vis erfaringer, der {sharing}, og som nævner {q}")
    q = SearchFilter(fields=TEXTS)
    sharing = WordFilter(
        any_word=_("er delt eller ej"), label=_("Deling"), choices=_sharing, method="shared"
    )

    def shared(self, rows: QuerySet[Lesson], name: str, value: str) -> QuerySet[Lesson]:
        """Keep those that are shared, or those that are not."""
        return rows.filter(Q(is_shared=value == SHARED))


class Lessons(ListPage):
    """What we learnt, the newest first."""

    name, url_name = "lessons", "lessons:lessons"
    title = _("Erfaringer")
    permission = VIEW_INITIATIVES
    table_class, filter_class = LessonTable, LessonFilter
    beside = ((_("Se, hvad andre kommuner har lært"), "lessons:others"),)
    empty = Empty(
        _("Her kommer det til at stå, som I har lært af det, I gjorde sidst."),
        example=_(
            "Skærmbesøg: Vi lovede 4.000 timer, og der kom 2.600, fordi aftenholdet manglede"
        ),
        why=_("Når noget lignende begynder, viser Høst erfaringen, mens der skrives."),
    )

    def rows(self, actor: Actor) -> QuerySet[Lesson]:
        """Return the municipality's own lessons."""
        return lessons_of(actor)

    def at_first(self, actor: Actor, rows: QuerySet[Lesson]) -> QuerySet[Lesson]:
        """Put the newest first."""
        return rows.order_by("-learnt_on", "-pk")

    def point(self, actor: Actor, total: int) -> str:
        """Say how many there are, and how many the others may read."""
        if not total:
            return gettext("Ingen erfaringer endnu")
        shared = self.rows(actor).filter(Q(is_shared=True)).count()
        return ngettext(
            "%(n)s erfaring er skrevet ned; %(shared)s er delt med andre kommuner",
            "%(n)s erfaringer er skrevet ned; %(shared)s er delt med andre kommuner",
            total,
        ) % {"n": formats.number(total), "shared": formats.number(shared)}

    def act(self, actor: Actor) -> Act | None:
        """Offer to write one to those who may."""
        if not allowed_somewhere(actor, WRITE_LESSONS):
            return None
        return Act(_("Skriv en erfaring ned"), reverse("lessons:write"))


class SharedTable(ListTable):
    """What the others have shared; the row leads to its whole text on a page of its own."""

    title = Column(_("Sidst de gjorde …"))
    municipality_name = Column(_("Kommune"))
    came = Column(_("Det kom der"), wide=True)
    shared_on = DateColumn(_("Delt"), wide=True)
    promised = Column(_("Det lovede de"), sheet=True)
    why = Column(_("Derfor blev det sådan"), sheet=True)
    again = Column(_("Det ville de gøre igen"), sheet=True)

    def href(self, record: SharedLesson) -> str:
        """Return the address of the shared lesson."""
        return shared_url(record.pk)


def _from_municipality(actor: Actor) -> list[tuple[str, Any]]:
    names = shared_by_others(actor).order_by("municipality_name")
    return [(name, name) for name in names.values_list("municipality_name", flat=True).distinct()]


class SharedFilter(ListFilter):
    """Which shared lessons are shown."""

    sentence = _("Vis erfaringer fra {municipality_name}, der nævner {q}")
    q = SearchFilter(fields=(*TEXTS, "municipality_name"))
    municipality_name = WordFilter(
        any_word=_("alle kommuner"), label=_("Kommune"), choices=_from_municipality
    )


class SharedLessons(ListPage):
    """What other municipalities have decided to share."""

    name, url_name = "shared_lessons", "lessons:others"
    title = _("Andres erfaringer")
    permission = VIEW_INITIATIVES
    table_class, filter_class = SharedTable, SharedFilter
    beside = ((_("Se jeres egne erfaringer"), "lessons:lessons"),)
    empty = Empty(
        _("Her kommer det til at stå, som andre kommuner har lært og valgt at dele."),
        example=_("Digital post: Portoen faldt det første år, men telefonerne ringede mere"),
        why=_("Kun det, en kommune selv har delt, kan læses her."),
    )

    def rows(self, actor: Actor) -> QuerySet[SharedLesson]:
        """Return the copies the others have shared."""
        return shared_by_others(actor)

    def at_first(self, actor: Actor, rows: QuerySet[SharedLesson]) -> QuerySet[SharedLesson]:
        """Put the newest first."""
        return rows.order_by("-shared_on", "-pk")

    def point(self, actor: Actor, total: int) -> str:
        """Say how many lessons come from how many municipalities."""
        if not total:
            return gettext("Ingen andre har delt en erfaring endnu")
        places = self.rows(actor).order_by().values("organisation_id").distinct().count()
        return ngettext(
            "%(n)s erfaring fra andre kommuner",
            "%(n)s erfaringer fra %(places)s andre kommuner",
            total,
        ) % {"n": formats.number(total), "places": formats.number(places)}
