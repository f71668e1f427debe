"""The list of series."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.evidence.permissions import KEEP_SERIES, VIEW_EVIDENCE
from hoest.domain.evidence.queries.series import listed_series
from hoest.domain.evidence.rules import Origin
from hoest.domain.evidence.web.series import words
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.lists.columns import Column, NumberColumn
from hoest.foundation.lists.filters import ListFilter, SearchFilter, WordFilter
from hoest.foundation.lists.pages import Act, Empty, ListPage
from hoest.foundation.lists.tables import ListTable
from hoest.ui import formats

WAITING, SETTLED = "venter", "afgjort"


class SeriesTable(ListTable):
    """Series with their last value and where it comes from."""

    name = Column(_("Serie"))
    last_value = Column(_("Seneste gennemsnit"), orderable=False)
    place_count = NumberColumn(_("Steder"))
    last_period = Column(_("Seneste periode"))
    period_count = NumberColumn(_("Perioder"), wide=True)
    breaks_waiting = Column(_("Brud"), orderable=False)
    origin = Column(_("Kilde"), wide=True, orderable=False)
    measure_unit = Column(_("Måleenhed"), sheet=True)
    definition = Column(_("Sådan opgøres det"), sheet=True)

    def href(self, record: Any) -> str:
        """Return the address of the series."""
        return reverse("series:series", args=[record.pk])

    def render_last_value(self, record: Any) -> str:
        """Return the mean over our places in the last period, with its unit."""
        return words.with_unit(record.last_value, record.measure_unit)

    def value_last_value(self, record: Any) -> Any:
        """Return the mean alone; the unit has a column of its own."""
        return record.last_value

    fact_last_value = value_last_value

    def render_last_period(self, record: Any) -> str:
        """Return the period in words."""
        return words.period(record.last_period, record.step)

    def render_breaks_waiting(self, record: Any) -> str:
        """Say how many breaks wait for a decision."""
        if not record.breaks_waiting:
            return ""
        return gettext("%(n)s venter") % {"n": record.breaks_waiting}

    def value_breaks_waiting(self, record: Any) -> int:
        """Return how many breaks wait."""
        return int(record.breaks_waiting)

    fact_breaks_waiting = value_breaks_waiting

    def render_origin(self, record: Any) -> str:
        """Return where the last values came from, in words."""
        return str(words.ORIGINS.get(record.origin, ""))

    def value_origin(self, record: Any) -> str:
        """Return where the last values came from, in words."""
        return str(words.ORIGINS.get(record.origin, ""))

    def fact_origin(self, record: Any) -> str:
        """Return the code of the origin."""
        return str(record.origin or "")


def _origins(actor: Actor) -> list[tuple[str, Any]]:
    return [(one.value, words.ORIGINS[one]) for one in Origin]


def _kinds(actor: Actor) -> list[tuple[str, Any]]:
    return [
        (code, one.label.in_language(content.active_language()))
        for code, one in content.effect_indicators().items()
    ]


class SeriesFilter(ListFilter):
    """Which series are shown."""

    sentence = _("Vis serier af {indicator_type}, {origin}, {breaks}, der nævner {q}")
    q = SearchFilter(fields=("name", "definition", "measure_unit"))
    indicator_type = WordFilter(any_word=_("enhver slags"), label=_("Slags"), choices=_kinds)
    origin = WordFilter(any_word=_("uanset kilde"), label=_("Kilde"), choices=_origins)
    breaks = WordFilter(
        any_word=_("med og uden brud"),
        label=_("Brud"),
        choices=lambda _actor: [
            (WAITING, gettext("hvor et brud venter")),
            (SETTLED, gettext("hvor intet brud venter")),
        ],
        method="by_breaks",
    )

    def by_breaks(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep the series where a break waits for a decision, or where none does."""
        return (
            rows.filter(breaks_waiting__gt=0) if value == WAITING else rows.filter(breaks_waiting=0)
        )


class SeriesList(ListPage):
    """What is measured in several places over time."""

    name, url_name = "series", "series:list"
    title = _("Serier")
    permission = VIEW_EVIDENCE
    beside = ((_("Se, hvad andre kommuner deler"), "series:others"),)
    table_class, filter_class = SeriesTable, SeriesFilter
    empty = Empty(
        _("Her kommer det til at stå, som måles flere steder over tid."),
        example=_("Minutter pr. besøg i seks distrikter, måned for måned siden 2024"),
        why=_("Med flere steder og perioder kan I se, om det var jer, der gjorde forskellen."),
    )

    def rows(self, actor: Actor) -> QuerySet[Any]:
        """Return the series with their counts and last value."""
        return listed_series(actor)

    def at_first(self, actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Put those where a break waits first, then by name."""
        return rows.order_by("-breaks_waiting", "name", "pk")

    def point(self, actor: Actor, total: int) -> str:
        """Say how many there are, and where a break waits."""
        if not total:
            return gettext("Ingen serier endnu")
        waiting = self.rows(actor).filter(breaks_waiting__gt=0).count()
        told = ngettext("%(n)s serie", "%(n)s serier", total) % {"n": formats.number(total)}
        if not waiting:
            return told
        more = ngettext(
            "%(n)s har et brud, nogen skal tage stilling til",
            "%(n)s har et brud, nogen skal tage stilling til",
            waiting,
        ) % {"n": formats.number(waiting)}
        return f"{told}; {more}"

    def pages_beside(self, actor: Actor) -> tuple[tuple[Any, str], ...]:
        """Offer a file of many to those who may put values in."""
        if not allowed_somewhere(actor, KEEP_SERIES):
            return self.beside
        return ((_("Indlæs mange serier fra en fil"), "series:many"), *self.beside)

    def act(self, actor: Actor) -> Act | None:
        """Offer to begin one to those who may."""
        if not allowed_somewhere(actor, KEEP_SERIES):
            return None
        return Act(_("Begynd en serie"), reverse("series:new"))
