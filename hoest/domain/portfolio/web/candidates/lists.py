"""The list of candidates for automation."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.queries import UnitTree
from hoest.domain.portfolio.models import Candidate
from hoest.domain.portfolio.permissions import KEEP_CANDIDATES, VIEW_INITIATIVES
from hoest.domain.portfolio.queries.candidates import candidates_of, open_hours
from hoest.domain.portfolio.web.filters import unit_choices
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.lists.columns import CodeColumn, Column, NumberColumn, ShareColumn
from hoest.foundation.lists.filters import ListFilter, SearchFilter, WordFilter
from hoest.foundation.lists.pages import Act, Empty, ListPage
from hoest.foundation.lists.tables import ListTable
from hoest.ui import formats

SEARCHED = ("title", "description", "kle", "source_note", "unit__name")


class CandidateTable(ListTable):
    """Candidates with their hours a year; what the hours are made of on a wide screen."""

    title = Column(_("Opgave"))
    hours = NumberColumn(_("Timer om året"))
    state = CodeColumn(kind="candidate_state")
    times_per_year = NumberColumn(_("Gange om året"), wide=True)
    minutes_each = NumberColumn(_("Minutter hver gang"), decimals=1, wide=True)
    automation_share = ShareColumn(_("Af sig selv"), wide=True)
    unit = Column(_("Enhed"), accessor="unit__name", wide=True, default="")
    source = CodeColumn(kind="candidate_source", wide=True)
    source_note = Column(_("Hvor det står"), sheet=True)
    kle = Column(_("KLE-nummer"), sheet=True)
    description = Column(_("Sådan gøres den i dag"), sheet=True)
    idea = Column(_("Idé"), accessor="idea__title", sheet=True)
    measured_how = Column(_("Sådan er det talt"), sheet=True)
    outside_id = NumberColumn(_("Nummer i OS2autoproces"), sheet=True)
    outside_phase = Column(_("Fase i OS2autoproces"), sheet=True)

    def href(self, record: Candidate) -> str:
        """Return the address of the candidate."""
        return reverse("candidates:candidate", args=[record.pk])


def _in_state(actor: Actor) -> list[tuple[str, Any]]:
    return [(code, words.lower()) for code, words in content.choices("candidate_state")]


def _from_source(actor: Actor) -> list[tuple[str, Any]]:
    return [
        (code, gettext("fra %(source)s") % {"source": words})
        for code, words in content.choices("candidate_source")
    ]


class CandidateFilter(ListFilter):
    """Which candidates are shown."""

    sentence = _("Vis kandidater, der er {state}, i {unit}, {source}, der nævner {q}")
    q = SearchFilter(fields=SEARCHED)
    state = WordFilter(any_word=_("uanset stand"), label=_("Stand"), choices=_in_state)
    unit = WordFilter(
        any_word=_("hele kommunen"), label=_("Enhed"), choices=unit_choices, method="in_unit"
    )
    source = WordFilter(any_word=_("uanset kilde"), label=_("Kilde"), choices=_from_source)

    def in_unit(self, rows: QuerySet[Candidate], name: str, value: str) -> QuerySet[Candidate]:
        """Keep the candidates of a unit and all units below it."""
        return rows.filter(unit_id__in=UnitTree.of(self.actor.organisation_id).below(int(value)))


class Candidates(ListPage):
    """All candidates, those with most hours first."""

    name, url_name = "candidates", "candidates:candidates"
    title = _("Automatisering")
    permission = VIEW_INITIATIVES
    table_class, filter_class = CandidateTable, CandidateFilter
    beside = ((_("Hent fra OS2autoproces"), "candidates:files"),)
    empty = Empty(
        _("Her kommer de opgaver til at stå, der måske kan gøre sig selv."),
        example=_("Adresseskift tastes i tre systemer, 4.200 gange om året i 6 minutter"),
        why=_("Gange, minutter og andel giver timer om året, som alle kan regne efter."),
    )

    def rows(self, actor: Actor) -> QuerySet[Candidate]:
        """Return the candidates with unit and hours."""
        return candidates_of(actor)

    def at_first(self, actor: Actor, rows: QuerySet[Candidate]) -> QuerySet[Candidate]:
        """Put the most hours first; those nobody has counted last."""
        return rows.order_by(F("hours").desc(nulls_last=True), "pk")

    def point(self, actor: Actor, total: int) -> str:
        """Say how many are not settled and what they would free together."""
        if not total:
            return gettext("Ingen kandidater endnu")
        count, hours = open_hours(actor)
        if not count:
            return gettext("Der er taget stilling til alle kandidater")
        return ngettext(
            "%(n)s kandidat er ikke afgjort; den rummer %(hours)s timer om året",
            "%(n)s kandidater er ikke afgjort; de rummer %(hours)s timer om året",
            count,
        ) % {"n": formats.number(count), "hours": formats.number(hours)}

    def act(self, actor: Actor) -> Act | None:
        """Offer to write one down to those who may."""
        if not allowed_somewhere(actor, KEEP_CANDIDATES):
            return None
        return Act(_("Skriv en kandidat ned"), reverse("candidates:create"))
