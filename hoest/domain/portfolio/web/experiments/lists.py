"""The list of experiments."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.queries import UnitTree, units_of
from hoest.domain.portfolio.models import Experiment
from hoest.domain.portfolio.permissions import RUN_EXPERIMENTS, VIEW_INITIATIVES
from hoest.domain.portfolio.queries import experiments as queries
from hoest.domain.portfolio.web.experiments.words import limit_in_words
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.clock import today
from hoest.foundation.lists.columns import CodeColumn, Column, DateColumn, NumberColumn
from hoest.foundation.lists.filters import ListFilter, SearchFilter, WordFilter
from hoest.foundation.lists.pages import Act, Empty, ListPage
from hoest.foundation.lists.tables import ListTable
from hoest.ui import formats

PAST = "over-graensen"


class ExperimentTable(ListTable):
    """Experiments: where each stands against its limit."""

    title = Column(_("Forsøg"))
    limit = Column(_("Grænse"), accessor="pk", orderable=False)
    state = CodeColumn(kind="experiment_state", wide=True)
    limit_on = DateColumn(_("Slutter senest"), wide=True)
    owner = Column(_("Har ansvaret"), accessor="owner__name", wide=True)
    unit = Column(_("Enhed"), accessor="unit__name", wide=True)
    hypothesis = Column(_("Vi tror, at"), sheet=True)
    measure = Column(_("Det ser vi på"), sheet=True)
    limit_dkk = NumberColumn(_("Må højst koste"), unit="kr.", sheet=True)
    spent_dkk = NumberColumn(_("Brugt"), unit="kr.", sheet=True)
    starts_on = DateColumn(_("Begynder"), sheet=True)
    idea = Column(_("Idé"), accessor="idea__title", sheet=True)
    initiative = Column(_("Initiativ"), accessor="initiative__title", sheet=True)

    def href(self, record: Experiment) -> str:
        """Return the address of the experiment."""
        return reverse("experiments:experiment", args=[record.pk])

    def render_limit(self, record: Experiment) -> str:
        """Return how the experiment stands against its limit."""
        return limit_in_words(record)

    def value_limit(self, record: Experiment) -> str:
        """Return how the experiment stands against its limit."""
        return limit_in_words(record)

    def fact_limit(self, record: Experiment) -> str:
        """Return the limits it has gone past."""
        return " ".join(one.value for one in queries.breaches_of(record))


def _in_the_state(actor: Actor) -> list[tuple[str, Any]]:
    return [
        *(
            (code, gettext("der er %(state)s") % {"state": label.lower()})
            for code, label in content.choices("experiment_state")
        ),
        (PAST, gettext("der er over grænsen")),
    ]


def _units(actor: Actor) -> list[tuple[str, Any]]:
    return [(str(pk), name) for pk, name in units_of(actor).values_list("pk", "name")]


class ExperimentFilter(ListFilter):
    """Which experiments are shown."""

    sentence = _("Vis forsøg {state} i {unit}, der nævner {q}")
    q = SearchFilter(fields=("title", "hypothesis", "measure", "owner__name", "unit__name"))
    state = WordFilter(
        any_word=_("uanset stand"), label=_("Stand"), choices=_in_the_state, method="as_it_stands"
    )
    unit = WordFilter(
        any_word=_("hele kommunen"), label=_("Enhed"), choices=_units, method="in_unit"
    )

    def as_it_stands(
        self, rows: QuerySet[Experiment], name: str, value: str
    ) -> QuerySet[Experiment]:
        """Keep those in a state, or those past their limit."""
        return queries.past_limit(rows, today()) if value == PAST else rows.filter(state=value)

    def in_unit(self, rows: QuerySet[Experiment], name: str, value: str) -> QuerySet[Experiment]:
        """Keep the experiments of a unit and all units below it."""
        return rows.filter(unit_id__in=UnitTree.of(self.actor.organisation_id).below(int(value)))


class Experiments(ListPage):
    """The experiments the actor may see: running ones by their limit, then those that are over."""

    name, url_name = "experiments", "experiments:experiments"
    title = _("Forsøg")
    beside = ((_("Se idéerne"), "ideas:ideas"),)
    permission = VIEW_INITIATIVES
    table_class, filter_class = ExperimentTable, ExperimentFilter
    default_sort = "title"
    empty = Empty(
        _("Her kommer små forsøg til at stå, hvert med en grænse for penge og uger."),
        example=_("Én besked i stedet for tre opkald: højst 20.000 kr. og seks uger"),
        why=_("Et lille forsøg viser, om en idé holder, før den koster meget."),
    )

    def rows(self, actor: Actor) -> QuerySet[Experiment]:
        """Return the visible experiments with their people, idea and initiative."""
        return queries.experiments_visible_to(actor).select_related(
            "owner", "unit", "idea", "initiative"
        )

    def at_first(self, actor: Actor, rows: QuerySet[Experiment]) -> QuerySet[Experiment]:
        """Put running ones first, the nearest limit first."""
        return rows.order_by("state", "limit_on", "pk")

    def point(self, actor: Actor, total: int) -> str:
        """Say how many run, and how many are past their limit."""
        if not total:
            return gettext("Ingen forsøg endnu")
        rows = queries.experiments_visible_to(actor)
        running = rows.filter(state="running").count()
        said = ngettext("%(count)s forsøg er i gang", "%(count)s forsøg er i gang", running) % {
            "count": formats.number(running)
        }
        past = queries.past_limit(rows, today()).count()
        if not past:
            return gettext("%(said)s, alle inden for grænsen") % {"said": said} if running else said
        over = ngettext("%(count)s er over sin grænse", "%(count)s er over deres grænse", past) % {
            "count": formats.number(past)
        }
        return f"{said}; {over}"

    def act(self, actor: Actor) -> Act | None:
        """Offer to begin one to those who may."""
        if not allowed_somewhere(actor, RUN_EXPERIMENTS):
            return None
        return Act(_("Begynd et forsøg"), reverse("experiments:begin"))
