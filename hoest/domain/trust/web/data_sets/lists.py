"""The list of data sets: who owns each, and how often it is used again."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.queries import UnitTree, units_of
from hoest.domain.trust.models import DataSet
from hoest.domain.trust.permissions import KEEP_DATA_SETS, VIEW_SYSTEMS
from hoest.domain.trust.queries.data_sets import data_sets_of
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.lists.columns import Column, DateColumn, NumberColumn
from hoest.foundation.lists.filters import ListFilter, SearchFilter, WordFilter
from hoest.foundation.lists.pages import Act, Empty, ListPage
from hoest.foundation.lists.tables import ListTable
from hoest.ui import formats


class DataSetTable(ListTable):
    """Data sets: name, owner and how many use it again."""

    name = Column(_("Datasæt"))
    reuse_count = NumberColumn(_("Bruges også af"))
    unit = Column(_("Ejer"), accessor="unit__name")
    source_count = NumberColumn(_("Systemer"), wide=True)
    quality_note = Column(_("Hvor gode er data"), wide=True)
    definition = Column(_("Hvad dækker det"), sheet=True)
    documented_by = Column(_("Hvem skriver ned"), sheet=True)
    documented_how = Column(_("Sådan skrives de ned"), sheet=True)
    retired_on = DateColumn(_("Taget ud af brug"), sheet=True)

    def href(self, record: DataSet) -> str:
        """Return the address of the data set."""
        return reverse("data_sets:data_set", args=[record.pk])


class DataSetFilter(ListFilter):
    """Which data sets are shown."""

    sentence = _("Vis datasæt, ejet af {unit}, {reuse}, der nævner {q}")
    q = SearchFilter(fields=("name", "definition", "quality_note", "documented_how"))
    unit = WordFilter(
        any_word=_("hele kommunen"),
        label=_("Ejer"),
        choices=lambda actor: [(str(one.pk), one.name) for one in units_of(actor)],
        method="owned_in",
    )
    reuse = WordFilter(
        any_word=_("uanset brug"),
        label=_("Brug"),
        choices=lambda _actor: [
            ("some", gettext("som andre også bruger")),
            ("none", gettext("som ingen andre bruger endnu")),
            ("retired", gettext("som er taget ud af brug")),
        ],
        method="used",
    )

    def owned_in(self, rows: QuerySet[DataSet], name: str, value: str) -> QuerySet[DataSet]:
        """Keep the data sets of a unit and all units below it."""
        return rows.filter(unit_id__in=UnitTree.of(self.actor.organisation_id).below(int(value)))

    def used(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep those that others use, that none uses, or that are out of use."""
        if value == "retired":
            return rows.filter(retired_on__isnull=False)
        return rows.filter(reuse_count__gt=0) if value == "some" else rows.filter(reuse_count=0)

    @property
    def qs(self) -> Any:
        """Show what is in use, unless what is not is asked for."""
        rows = super().qs
        is_asked = self.data.get("reuse") == "retired"
        return rows if is_asked else rows.filter(retired_on__isnull=True)


class DataSets(ListPage):
    """All data sets somebody has written down."""

    name, url_name = "data_sets", "data_sets:data_sets"
    title = _("Datasæt")
    beside = ((_("Se systemerne"), "systems:systems"),)
    permission = VIEW_SYSTEMS
    table_class, filter_class = DataSetTable, DataSetFilter
    empty = Empty(
        _("Her kommer de data til at stå, som flere kan have glæde af."),
        example=_("Besøg i hjemmeplejen: skrives ned i journalen, bruges også af træningen"),
        why=_("Data, der er skrevet ned ens, kan bruges igen af andre."),
    )

    def rows(self, actor: Actor) -> QuerySet[DataSet]:
        """Return the data sets with owner and counts."""
        return data_sets_of(actor)

    def point(self, actor: Actor, total: int) -> str:
        """Say how many of them others use too."""
        rows = data_sets_of(actor).filter(retired_on__isnull=True)
        there, shared = rows.count(), rows.filter(reuse_count__gt=0).count()
        if not there:
            return gettext("Ingen datasæt endnu")
        return ngettext(
            "%(shared)s af %(count)s datasæt bruges af andre end ejeren",
            "%(shared)s af %(count)s datasæt bruges af andre end ejeren",
            there,
        ) % {"shared": formats.number(shared), "count": formats.number(there)}

    def act(self, actor: Actor) -> Act | None:
        """Offer to write one down."""
        if not allowed_somewhere(actor, KEEP_DATA_SETS):
            return None
        return Act(_("Skriv et datasæt ned"), reverse("data_sets:create"))
