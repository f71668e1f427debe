"""All effects in one list: the latest answer of each benefit's primary series."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.benefits.rules import Verdict
from hoest.domain.evidence import queries
from hoest.domain.evidence.models import Estimate
from hoest.domain.evidence.permissions import ESTIMATE, VIEW_EVIDENCE
from hoest.domain.evidence.web import words
from hoest.domain.evidence.web.effect.tables import EffectTable
from hoest.domain.organisations.queries import UnitTree, units_of
from hoest.foundation import rooms
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, units_where
from hoest.foundation.lists.filters import ListFilter, SearchFilter, WordFilter
from hoest.foundation.lists.pages import Act, Empty, ListPage
from hoest.ui import formats

SEARCHED = (
    "study__benefit__title",
    "study__benefit__initiative__title",
    "study__series__name",
)
VERDICTS = ("vist", "antydet", "ikke vist", "kan ikke vises")
GRADES = range(6)


def register() -> None:
    """Put the list among the rooms of the portfolio."""
    rooms.register(
        "portfolio",
        "evidence:effects",
        _("Effekter"),
        _("Virkede det? Hver effekt med sit spænd, og hvor sikkert det er."),
        group="deliver",
        order=60,
        permission=VIEW_EVIDENCE,
    )


def _units(actor: Actor) -> list[tuple[str, str]]:
    reached = units_where(actor, VIEW_EVIDENCE)
    rows = units_of(actor).values_list("pk", "name")
    return [(str(pk), name) for pk, name in rows if reached is None or pk in reached]


class EffectFilter(ListFilter):
    """Which effects are shown."""

    sentence = _("Vis effekter, {verdict}, {grade}, i {unit}, der nævner {q}")
    q = SearchFilter(fields=SEARCHED)
    verdict = WordFilter(
        any_word=_("påvist eller ej"),
        label=_("Påvist"),
        choices=lambda actor: [(one, words.verdict_label(one)) for one in VERDICTS],
    )
    grade = WordFilter(
        any_word=_("uanset metode"),
        label=_("Metodegrad"),
        choices=lambda actor: [(str(one), f"{one}: {words.grade_label(one)}") for one in GRADES],
    )
    unit = WordFilter(
        any_word=_("hele kommunen"), label=_("Enhed"), choices=_units, method="in_unit"
    )

    def in_unit(self, rows: QuerySet[Estimate], name: str, value: str) -> QuerySet[Estimate]:
        """Keep the effects of a unit and all below: the benefit's unit, else the initiative's."""
        below = UnitTree.of(self.actor.organisation_id).below(int(value))
        return rows.filter(
            Q(study__benefit__unit_id__in=below)
            | Q(
                study__benefit__unit__isnull=True,
                study__benefit__initiative__unit_id__in=below,
            )
        )


class Effects(ListPage):
    """The effects of all benefits the actor may see."""

    name, url_name = "effects", "evidence:effects"
    title = _("Effekter")
    permission = VIEW_EVIDENCE
    table_class, filter_class = EffectTable, EffectFilter
    beside = (
        (_("Se beregningerne"), "evidence:runs"),
        (_("Se, hvad andre kommuner fandt"), "evidence:others"),
    )
    empty = Empty(
        _("Her kommer effekterne til at stå, hver med sit spænd, og hvor sikkert det er."),
        example=_("Skærmbesøg sparede 3,1 minutter pr. besøg (sikkert mellem 1,2 og 5,0)"),
        why=_("En effekt undersøges fra gevinstens egen side."),
    )

    def rows(self, actor: Actor) -> QuerySet[Estimate]:
        """Return the latest answer of each primary study, with what a row says."""
        return queries.latest_shown_to(actor)

    def point(self, actor: Actor, total: int) -> str:
        """Say how many are shown, and what the others are."""
        if not total:
            return gettext("Ingen effekter er regnet endnu")
        counts = queries.verdicts_shown_to(actor)
        said = ngettext(
            "%(shown)s af %(total)s effekt er vist",
            "%(shown)s af %(total)s effekter er vist",
            total,
        ) % {"shown": formats.number(counts[""]), "total": formats.number(total)}
        told = {
            Verdict.SHOWN: gettext("%(n)s går den forkerte vej"),
            Verdict.INDICATED: gettext("%(n)s er antydet"),
            Verdict.NOT_SHOWN: gettext("%(n)s er ikke vist"),
            Verdict.CANNOT: gettext("%(n)s kan ikke vises"),
        }
        others = [
            words_of % {"n": formats.number(counts[verdict])}
            for verdict, words_of in told.items()
            if counts[verdict]
        ]
        return f"{said}; {', '.join(others)}" if others else said

    def act(self, actor: Actor) -> Act | None:
        """Offer to calculate all again to those who may."""
        if not allowed_somewhere(actor, ESTIMATE):
            return None
        return Act(_("Regn alle igen"), reverse("evidence:runs"))
