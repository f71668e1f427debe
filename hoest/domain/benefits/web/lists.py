"""The list of benefits, and the list of dis-benefits beside it: never in one sum."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.benefits import queries
from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.permissions import CHANGE_BENEFITS, VIEW_BENEFITS
from hoest.domain.benefits.rules import Rung
from hoest.domain.benefits.web.filters import BenefitFilter, DisbenefitFilter
from hoest.domain.benefits.web.tables import BenefitTable, DisbenefitTable
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.lists.beside import counts_of
from hoest.foundation.lists.pages import Act, Empty, ListPage
from hoest.ui import formats


class Benefits(ListPage):
    """All benefits the actor may see."""

    name, url_name = "benefits", "benefits:benefits"
    title = _("Gevinster")
    beside = (
        (_("Se alle ulemper"), "benefits:disbenefits"),
        (_("Se puljerne"), "benefits:pools"),
    )
    permission = VIEW_BENEFITS
    table_class, filter_class = BenefitTable, BenefitFilter
    empty = Empty(
        _("Her kommer kommunens gevinster til at stå, hver på sit trin."),
        example=_("Mindre vikarforbrug: 1.200.000 kr. om året, målt og venter på en beslutning"),
        why=_("En gevinst skrives ned på det initiativ, der skal give den."),
    )

    def rows(self, actor: Actor) -> QuerySet[Benefit]:
        """Return the visible benefits with all a standing is made of, and what was last noted."""
        return queries.with_noted(queries.with_rows(queries.gains_of(actor)))

    def point(self, actor: Actor, total: int) -> str:
        """Say how many are in hand, and how many still on the roof."""
        if not total:
            return gettext("Ingen gevinster endnu")
        kept = counts_of(self.name, actor)
        if kept is None:
            counts = queries.count_by_rung(queries.gains_of(actor))
        else:
            counts = {rung: kept.get(rung.value, 0) for rung in Rung}
        alive = sum(count for rung, count in counts.items() if rung is not Rung.LAPSED)
        said = ngettext(
            "%(in_hand)s af %(alive)s gevinst er i hånden",
            "%(in_hand)s af %(alive)s gevinster er i hånden",
            alive,
        ) % {
            "in_hand": formats.number(counts[Rung.IN_HAND]),
            "alive": formats.number(alive),
        }
        roof = counts[Rung.PROMISED]
        if not roof:
            return said + _lapsed(counts[Rung.LAPSED])
        sits = ngettext(
            "%(roof)s sidder stadig på taget", "%(roof)s sidder stadig på taget", roof
        ) % {"roof": formats.number(roof)}
        return f"{said}; {sits}" + _lapsed(counts[Rung.LAPSED])

    def act(self, actor: Actor) -> Act | None:
        """Offer to write one down to those who may."""
        if not allowed_somewhere(actor, CHANGE_BENEFITS):
            return None
        return Act(_("Skriv en gevinst ned"), reverse("benefits:create"))


def _lapsed(count: int) -> str:
    """Say how many stand in the list beside the ladder; empty for none."""
    if not count:
        return ""
    said = ngettext("%(n)s er bortfaldet", "%(n)s er bortfaldet", count)
    return "; " + said % {"n": formats.number(count)}


class Disbenefits(ListPage):
    """The dis-benefits the actor may see, in a list of their own."""

    name, url_name = "disbenefits", "benefits:disbenefits"
    title = _("Ulemper")
    beside = ((_("Se alle gevinster"), "benefits:benefits"),)
    permission = VIEW_BENEFITS
    table_class, filter_class = DisbenefitTable, DisbenefitFilter
    empty = Empty(
        _("Her kommer de ulemper til at stå, som I har valgt at tage med."),
        example=_("Mere tid til opladning af skærme: 6 minutter om dagen for hver medarbejder"),
        why=_("En ulempe har en ejer og måles, så den ikke bliver større end ventet."),
    )

    def rows(self, actor: Actor) -> QuerySet[Benefit]:
        """Return the visible dis-benefits with all a standing is made of."""
        return queries.with_noted(queries.with_rows(queries.disbenefits_of(actor)))

    def point(self, actor: Actor, total: int) -> str:
        """Say how many are followed by measurements."""
        if not total:
            return gettext("Ingen ulemper skrevet ned")
        counts = queries.count_by_rung(queries.disbenefits_of(actor))
        measured = counts[Rung.MEASURED] + counts[Rung.PROVEN]
        alive = sum(count for rung, count in counts.items() if rung is not Rung.LAPSED)
        return ngettext(
            "%(measured)s af %(alive)s ulempe er målt",
            "%(measured)s af %(alive)s ulemper er målt",
            alive,
        ) % {"measured": formats.number(measured), "alive": formats.number(alive)}

    def act(self, actor: Actor) -> Act | None:
        """Offer to write one down to those who may."""
        if not allowed_somewhere(actor, CHANGE_BENEFITS):
            return None
        return Act(_("Skriv en ulempe ned"), reverse("benefits:create") + "?ulempe")
