"""The list of systems: what another register has, with what is worth asking about."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.organisations.queries import UnitTree, units_of
from hoest.domain.trust.models import System
from hoest.domain.trust.permissions import READ_REGISTER, VIEW_SYSTEMS
from hoest.domain.trust.queries.reading import last_read
from hoest.domain.trust.queries.suppliers import suppliers_of
from hoest.domain.trust.queries.systems import present_systems, systems_in_units, systems_of
from hoest.domain.trust.web import words
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed
from hoest.foundation.lists.columns import Column, DateColumn
from hoest.foundation.lists.filters import ListFilter, SearchFilter, WordFilter
from hoest.foundation.lists.pages import Act, Empty, ListPage
from hoest.foundation.lists.tables import ListTable
from hoest.ui import formats

SEARCHED = ("name", "local_name", "local_id", "purpose", "responsible_unit", "supplier__name")


class SystemTable(ListTable):
    """Systems: name, supplier and whether the day stands still without it; the rest in files."""

    name = Column(_("System"))
    supplier = Column(_("Leverandør"), accessor="supplier__name")
    critical = Column(_("Kritisk for driften"))
    life = Column(_("Livscyklus"), wide=True)
    data_levels = Column(_("Personoplysninger"), wide=True, orderable=False)
    dpia = Column(_("Konsekvensanalyse"), wide=True)
    local_name = Column(_("Kaldes her"), sheet=True)
    local_id = Column(_("Lokalt nummer"), sheet=True)
    responsible_unit = Column(_("Ansvarlig enhed"), sheet=True)
    using_units = Column(_("Bruges af"), sheet=True, orderable=False)
    hosting = Column(_("Drift"), sheet=True)
    has_ai = Column(_("Kunstig intelligens"), sheet=True)
    web_access = Column(_("Webtilgængelighed"), sheet=True)
    archive_duty = Column(_("Arkivpligt"), sheet=True)
    risk_on = DateColumn(_("Risikovurderet"), sheet=True)
    dpia_on = DateColumn(_("Konsekvensanalyse lavet"), sheet=True)
    kle = Column(_("KLE"), sheet=True, orderable=False)
    origin = Column(_("Kilde"), sheet=True)
    read_at = DateColumn(_("Sidst læst"), sheet=True)

    def href(self, record: System) -> str:
        """Return the address of the system."""
        return reverse("systems:system", args=[record.pk])

    def render_critical(self, record: System) -> str:
        """Say whether the day stands still without it."""
        return words.word(words.CRITICAL, record.critical)

    value_critical = render_critical

    def render_life(self, record: System) -> str:
        """Say where it is in its life."""
        return words.word(words.LIFE, record.life)

    value_life = render_life

    def render_data_levels(self, record: System) -> str:
        """Say what it knows of people."""
        return words.listed(words.LEVELS, record.data_levels)

    value_data_levels = render_data_levels

    def fact_data_levels(self, record: System) -> str:
        """Return the codes."""
        return ", ".join(record.data_levels)

    def render_dpia(self, record: System) -> str:
        """Say whether its consequences for people are looked at."""
        return words.word(words.YES_NO, record.dpia)

    value_dpia = render_dpia

    def value_hosting(self, record: System) -> str:
        """Say where it runs."""
        return words.word(words.HOSTING, record.hosting)

    def value_has_ai(self, record: System) -> str:
        """Say whether it has artificial intelligence."""
        return words.word(words.YES_NO, record.has_ai)

    def value_web_access(self, record: System) -> str:
        """Say whether everybody can use it on the web."""
        return words.word(words.YES_NO, record.web_access)

    def value_archive_duty(self, record: System) -> str:
        """Say whether it is to be kept."""
        return words.word(words.ARCHIVE, record.archive_duty)

    def value_kle(self, record: System) -> str:
        """Return the numbers."""
        return ", ".join(record.kle)

    fact_kle = value_kle

    def value_using_units(self, record: System) -> str:
        """Return the names of the units that use it, as a file of systems takes them."""
        return "; ".join(record.using_units)

    fact_using_units = value_using_units

    def value_read_at(self, record: System) -> Any:
        """Return the day it was last read."""
        return record.read_at.date()

    def fact_read_at(self, record: System) -> str:
        """Return the moment it was last read."""
        return record.read_at.isoformat()


def _suppliers(actor: Actor) -> list[tuple[str, Any]]:
    used = present_systems(actor).order_by().values("supplier")
    rows = suppliers_of(actor).filter(pk__in=used)
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def _units(actor: Actor) -> list[tuple[str, Any]]:
    return [
        (str(pk), gettext("i %(unit)s") % {"unit": name})
        for pk, name in units_of(actor).values_list("pk", "name")
    ]


class SystemFilter(ListFilter):
    """Which systems are shown."""

    sentence = _(
        "Vis systemer {critical} fra {supplier}, {unit}, {asks} og {there}, der nævner {q}"
    )
    q = SearchFilter(fields=SEARCHED)
    critical = WordFilter(
        any_word=_("uanset hvor vigtige de er"),
        label=_("Kritisk for driften"),
        choices=lambda _actor: [
            ("yes", gettext("der er kritiske for driften")),
            ("no", gettext("der ikke er kritiske")),
            ("dontknow", gettext("der ikke er vurderet")),
        ],
    )
    supplier = WordFilter(
        any_word=_("alle leverandører"),
        label=_("Leverandør"),
        choices=_suppliers,
        method="from_one",
    )
    unit = WordFilter(any_word=_("uanset hvor"), label=_("Enhed"), choices=_units, method="used_in")
    asks = WordFilter(
        any_word=_("uanset hvad der mangler"),
        label=_("Det mangler"),
        choices=lambda _actor: [
            ("dpia", gettext("hvor konsekvensanalysen mangler")),
            ("agreement", gettext("hvor databehandleraftalen mangler")),
            ("risk", gettext("hvor risikovurderingen mangler")),
            ("plan", gettext("hvor exitplanen mangler")),
        ],
        method="that_asks",
    )
    there = WordFilter(
        any_word=_("som er i brug"),
        label=_("I registret"),
        choices=lambda _actor: [("gone", gettext("som er væk fra registret"))],
        method="that_are",
    )

    @property
    def qs(self) -> Any:
        """Show what is in the register, unless what is gone is asked for."""
        rows = super().qs
        return rows if self.data.get("there") == "gone" else rows.filter(gone_on__isnull=True)

    def from_one(self, rows: QuerySet[System], name: str, value: str) -> QuerySet[System]:
        """Keep the systems of a supplier."""
        return rows.filter(supplier_id=int(value))

    def used_in(self, rows: QuerySet[System], name: str, value: str) -> QuerySet[System]:
        """Keep the systems that initiatives of a unit, or of those below it, use or replace."""
        units = UnitTree.of(self.actor.organisation_id).below(int(value))
        return systems_in_units(rows, self.actor, units)

    def that_asks(self, rows: QuerySet[System], name: str, value: str) -> QuerySet[System]:
        """Keep the systems that know of people and lack a fact, or critical ones without a plan."""
        if value == "plan":
            return rows.filter(critical="yes", plans__isnull=True)
        personal = rows.exclude(data_levels=[]).exclude(data_levels=["none"])
        if value == "agreement":
            agreed = System.objects.filter(
                organisation_id=self.actor.organisation_id,
                processings__agreement__in=("yes", "irrelevant"),
                processings__gone_on__isnull=True,
            )
            return personal.exclude(pk__in=agreed.values("pk"))
        return personal.exclude(**{value: "yes"})

    def that_are(self, rows: QuerySet[System], name: str, value: str) -> QuerySet[System]:
        """Keep what is gone."""
        return rows.filter(gone_on__isnull=False)


class Systems(ListPage):
    """All systems the municipality uses."""

    name, url_name = "systems", "systems:systems"
    title = _("Systemer")
    beside = (
        (_("Se leverandørerne"), "suppliers:suppliers"),
        (_("Se, hvornår der sidst blev hentet"), "systems:readings"),
    )
    permission = VIEW_SYSTEMS
    table_class, filter_class = SystemTable, SystemFilter
    empty = Empty(
        _("Her kommer kommunens it-systemer til at stå. De hentes fra KITOS eller en fil."),
        example=_("Omsorgsjournalen: kritisk for driften, følsomme personoplysninger"),
        why=_("Så ser alle, hvad der findes, før nogen køber noget nyt."),
    )

    def rows(self, actor: Actor) -> QuerySet[System]:
        """Return the systems with their suppliers."""
        return systems_of(actor).select_related("supplier")

    def point(self, actor: Actor, total: int) -> str:
        """Say how many there are, how many are critical, and how fresh it is."""
        if not total:
            return gettext("Ingen systemer endnu")
        rows = present_systems(actor)
        there, critical = rows.count(), rows.filter(critical="yes").count()
        said = ngettext(
            "%(count)s system er i brug, %(critical)s er kritiske for driften",
            "%(count)s systemer er i brug, %(critical)s er kritiske for driften",
            there,
        ) % {"count": formats.number(there), "critical": formats.number(critical)}
        read = last_read(actor)
        if read is None or read.ended_at is None:
            return said
        return gettext("%(said)s; hentet %(day)s") % {
            "said": said,
            "day": formats.long_date(read.ended_at.date()),
        }

    def act(self, actor: Actor) -> Act | None:
        """Offer to read them."""
        if not allowed(actor, READ_REGISTER):
            return None
        return Act(_("Hent systemer"), reverse("systems:readings"))
