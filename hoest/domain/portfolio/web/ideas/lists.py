"""The list of ideas: table, filter and page."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.queries import UnitTree, units_of
from hoest.domain.portfolio.models import Idea
from hoest.domain.portfolio.permissions import GIVE_IDEAS
from hoest.domain.portfolio.queries import ideas as queries
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.lists.columns import CodeColumn, Column, DateColumn
from hoest.foundation.lists.filters import ListFilter, SearchFilter, WordFilter
from hoest.foundation.lists.pages import Act, Empty, ListPage
from hoest.foundation.lists.tables import ListTable
from hoest.ui import formats

SEARCHED = ("title", "problem", "for_whom", "suggestion", "giver_name", "unit__name")
MINE, LATE, STUCK = "mine", "for-sent", "staar-i-stampe"


class IdeaTable(ListTable):
    """Ideas: what it is and where it stands on a phone; the rest on a desk and in files."""

    title = Column(_("Idé"))
    state = CodeColumn(_("Stand"), kind="idea_state")
    due_on = DateColumn(_("Svar senest"))
    how_often = CodeColumn(_("Hvor tit"), kind="idea_frequency", wide=True)
    unit = Column(_("Enhed"), accessor="unit__name", wide=True)
    giver = Column(_("Givet af"), accessor="giver_name", wide=True)
    given_on = DateColumn(_("Givet"), wide=True)
    problem = Column(_("Problem"), sheet=True)
    for_whom = Column(_("For hvem"), sheet=True)
    suggestion = Column(_("Forslag"), sheet=True)
    sponsor = Column(_("Sponsor"), accessor="sponsor__name", sheet=True)
    initiative = Column(_("Initiativ"), accessor="initiative__title", sheet=True)

    def href(self, record: Idea) -> str:
        """Return the address of the idea."""
        return reverse("ideas:idea", args=[record.pk])


def _in_the_state(actor: Actor) -> list[tuple[str, Any]]:
    return [
        (code, gettext("der står som »%(state)s«") % {"state": label.lower()})
        for code, label in content.choices("idea_state")
    ]


def _met(actor: Actor) -> list[tuple[str, Any]]:
    return [
        (code, gettext("der sker %(often)s") % {"often": label.lower()})
        for code, label in content.choices("idea_frequency")
    ]


def _units(actor: Actor) -> list[tuple[str, Any]]:
    return [(str(pk), name) for pk, name in units_of(actor).values_list("pk", "name")]


def _whose(actor: Actor) -> list[tuple[str, Any]]:
    return [
        (MINE, gettext("som jeg selv har givet")),
        ("svar", gettext("som venter på mit svar")),
        (LATE, gettext("der skulle have haft svar")),
        (STUCK, gettext("som flere siger står i stampe")),
    ]


class IdeaFilter(ListFilter):
    """Which ideas are shown."""

    sentence = _("Vis idéer {which}, {state}, {how_often} i {unit}, der nævner {q}")
    q = SearchFilter(fields=SEARCHED)
    which = WordFilter(
        any_word=_("uanset hvis"), label=_("Hvilke"), choices=_whose, method="of_these"
    )
    state = WordFilter(any_word=_("uanset stand"), label=_("Stand"), choices=_in_the_state)
    how_often = WordFilter(any_word=_("uanset hvor tit"), label=_("Hvor tit"), choices=_met)
    unit = WordFilter(
        any_word=_("hele kommunen"), label=_("Enhed"), choices=_units, method="in_unit"
    )

    def of_these(self, rows: QuerySet[Idea], name: str, value: str) -> QuerySet[Idea]:
        """Keep one's own, those to answer, those that wait too long or stand still."""
        if value == LATE:
            return queries.late_ideas(rows)
        if value == STUCK:
            return rows.filter(pk__in=queries.stuck_ids(self.actor.organisation_id))
        if value == MINE:
            return rows.filter(giver_id=self.actor.person_id or 0)
        return rows.filter(asked_id=self.actor.person_id or 0, state="waiting")

    def in_unit(self, rows: QuerySet[Idea], name: str, value: str) -> QuerySet[Idea]:
        """Keep the ideas of a unit and all units below it."""
        return rows.filter(unit_id__in=UnitTree.of(self.actor.organisation_id).below(int(value)))


class Ideas(ListPage):
    """The ideas the actor may see, the newest first."""

    name, url_name = "ideas", "ideas:ideas"
    title = _("Idéer")
    beside = (
        (_("Se idéerne på to akser"), "ideas:picture"),
        (_("Se forsøgene"), "experiments:experiments"),
        (_("Se behovene"), "needs:needs"),
        (_("Se svarfristerne"), "ideas:answer_days"),
    )
    permission = GIVE_IDEAS
    table_class, filter_class = IdeaTable, IdeaFilter
    default_sort = "-given_on"
    empty = Empty(
        _("Her kommer de idéer til at stå, som du selv og dine kolleger giver."),
        example=_("Vi skriver det samme i to systemer efter hvert besøg"),
        why=_("Den, der giver en idé, får svar med en begrundelse inden fristen."),
    )

    def rows(self, actor: Actor) -> QuerySet[Idea]:
        """Return the visible ideas with unit, sponsor and initiative."""
        return queries.ideas_visible_to(actor).select_related("unit", "sponsor", "initiative")

    def at_first(self, actor: Actor, rows: QuerySet[Idea]) -> QuerySet[Idea]:
        """Put the newest first."""
        return rows.order_by("-given_on", "-pk")

    def point(self, actor: Actor, total: int) -> str:
        """Say how many there are, how many wait and how many wait too long."""
        if not total:
            return gettext("Ingen idéer endnu")
        counts = queries.counts_of(actor)
        said = ngettext("%(count)s idé", "%(count)s idéer", counts.all) % {
            "count": formats.number(counts.all)
        }
        if counts.late:
            late = ngettext(
                "%(count)s skulle have haft svar", "%(count)s skulle have haft svar", counts.late
            ) % {"count": formats.number(counts.late)}
            return f"{said}; {late}"
        if counts.waiting:
            return gettext("%(said)s; %(count)s venter på svar, alle inden for fristen") % {
                "said": said,
                "count": formats.number(counts.waiting),
            }
        return gettext("%(said)s; alle har fået svar") % {"said": said}

    def act(self, actor: Actor) -> Act | None:
        """Offer everybody to give one."""
        return Act(_("Giv en idé"), reverse("ideas:give"))
