"""Lists of gates: what waits for a decision, what deviates and until when, what waits at all."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.models import Deviation, GateRequest, Waiting
from hoest.domain.portfolio.permissions import VIEW_INITIATIVES
from hoest.domain.portfolio.queries import Deciding
from hoest.domain.portfolio.web.gates.words import asked_in_words, text
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.clock import today
from hoest.foundation.lists.columns import CodeColumn, Column, DateColumn, NumberColumn
from hoest.foundation.lists.filters import ListFilter, SearchFilter, WordFilter
from hoest.foundation.lists.pages import Empty, ListPage
from hoest.foundation.lists.tables import ListTable


def _kinds(actor: Actor) -> list[tuple[str, Any]]:
    return [
        (code, gettext("på %(kind)s") % {"kind": label[:1].lower() + label[1:]})
        for code, label in content.choices("waiting_kind")
    ]


def _due(actor: Actor) -> list[tuple[str, Any]]:
    return [("due", gettext("som skal ses på nu"))]


class WaitingTable(ListTable):
    """What waits, by age, with what it costs."""

    title = Column(_("Initiativ"), accessor="initiative__title")
    waits_for = Column(_("Venter på"))
    age = NumberColumn(_("Har ventet"), accessor="since", unit=_("dage"), said=_("på vent"))
    review_on = DateColumn(_("Ses på igen"))
    consequence = Column(_("Det koster at vente"), wide=True)
    kind = CodeColumn(_("Slags"), kind="waiting_kind", wide=True)
    trigger = Column(_("Det sætter det i gang igen"), sheet=True)
    alternatives = Column(_("Fælles løsninger og andre veje"), sheet=True)
    since = DateColumn(_("Venter siden"), sheet=True)
    reviews = NumberColumn(_("Set på igen"), unit=_("gange"), sheet=True)

    def href(self, record: Waiting) -> str:
        """Return the address where it is looked at again."""
        return reverse("gates:review", args=[record.pk])

    def render_age(self, record: Waiting) -> str:
        """Return how many days it has waited."""
        days = (today() - record.since).days
        return ngettext("%(count)s dag", "%(count)s dage", days) % {"count": days}

    def value_age(self, record: Waiting) -> int:
        """Return how many days it has waited."""
        return (today() - record.since).days

    fact_age = value_age


class WaitingFilter(ListFilter):
    """What of the waiting is shown."""

    sentence = _("Vis det, der venter {kind} {due}, og som nævner {q}")
    q = SearchFilter(fields=("initiative__title", "waits_for", "consequence", "trigger"))
    kind = WordFilter(any_word=_("på hvad som helst"), label=_("Venter på"), choices=_kinds)
    due = WordFilter(
        any_word=_("uanset hvornår"), label=_("Hvornår"), choices=_due, method="now_due"
    )

    def now_due(self, rows: QuerySet[Waiting], name: str, value: str) -> QuerySet[Waiting]:
        """Keep what has come to its day."""
        return rows.filter(review_on__lte=today())


class WaitingList(ListPage):
    """Everything that waits by decision, the oldest first."""

    name, url_name = "waiting", "gates:waiting"
    title = _("Det, der venter")
    permission = VIEW_INITIATIVES
    table_class, filter_class = WaitingTable, WaitingFilter
    default_sort = "since"
    empty = Empty(
        _("Her kommer det til at stå, som venter på noget bestemt."),
        example=_("Fælles omsorgsjournal: venter på udbuddet i KOMBIT, ses på igen 1. marts"),
        why=_("At vente er en beslutning. Alle kan se, hvad den koster, og hvornår den slutter."),
    )

    def rows(self, actor: Actor) -> QuerySet[Waiting]:
        """Return what waits, with its initiative."""
        return queries.waiting_of(actor).select_related("initiative")

    def at_first(self, actor: Actor, rows: QuerySet[Waiting]) -> QuerySet[Waiting]:
        """Put what has waited longest first."""
        return rows.order_by("since", "pk")

    def point(self, actor: Actor, total: int) -> str:
        """Say how many wait, and how many have come to their day."""
        if not total:
            return gettext("Ingenting venter")
        due = queries.waiting_of(actor).filter(review_on__lte=today()).count()
        said = ngettext("%(count)s initiativ venter", "%(count)s initiativer venter", total) % {
            "count": total
        }
        if not due:
            return said
        now = ngettext("%(count)s skal ses på nu", "%(count)s skal ses på nu", due) % {"count": due}
        return f"{said}; {now}"


def _states(actor: Actor) -> list[tuple[str, Any]]:
    return [
        ("asked", gettext("som venter på svar")),
        ("approved", gettext("som er godkendt")),
        ("refused", gettext("som er afslået")),
    ]


def _running(actor: Actor) -> list[tuple[str, Any]]:
    return [("yes", gettext("og gælder i dag")), ("no", gettext("og er sluttet"))]


class DeviationTable(ListTable):
    """Requirements that may wait: until when, who asked, who said yes."""

    title = Column(_("Initiativ"), accessor="initiative__title")
    requirement = Column(_("Krav"), accessor="code", orderable=False)
    state = CodeColumn(kind="deviation_state")
    ends_on = DateColumn(_("Til og med"))
    asked_by = Column(_("Bedt om af"), accessor="asked_by_name", wide=True)
    answered_by = Column(_("Besvaret af"), accessor="answered_by_name", wide=True)
    reason = Column(_("Begrundelse"), sheet=True)
    measures = Column(_("Det gør vi imens"), sheet=True)
    answer_reason = Column(_("Begrundelse for svaret"), sheet=True)
    law = Column(_("Grundlag"), accessor="code", orderable=False, sheet=True)

    def href(self, record: Deviation) -> str:
        """Return the address of the deviation."""
        return reverse("gates:answer_deviation", args=[record.pk])

    def render_requirement(self, record: Deviation) -> str:
        """Return what the requirement is called."""
        known = content.gate_requirements().get(record.code)
        return text(known.label) if known else record.code

    value_requirement = render_requirement

    def value_law(self, record: Deviation) -> str:
        """Return the citation of the requirement."""
        known = content.gate_requirements().get(record.code)
        return known.law if known else ""


class DeviationFilter(ListFilter):
    """Which deviations are shown."""

    sentence = _("Vis fravigelser {state} {running}, der nævner {q}")
    q = SearchFilter(fields=("initiative__title", "reason", "asked_by_name", "answered_by_name"))
    state = WordFilter(any_word=_("uanset svar"), label=_("Svar"), choices=_states)
    running = WordFilter(
        any_word=_("uanset hvornår"), label=_("Gælder"), choices=_running, method="in_force"
    )

    def in_force(self, rows: QuerySet[Deviation], name: str, value: str) -> QuerySet[Deviation]:
        """Keep those whose last day has not passed, or those whose has."""
        if value == "yes":
            return rows.filter(ends_on__gte=today())
        return rows.filter(ends_on__lt=today())


class Deviations(ListPage):
    """Every deviation, those that wait for an answer first, then by their last day."""

    name, url_name = "deviations", "gates:deviations"
    title = _("Fravigelser")
    permission = VIEW_INITIATIVES
    table_class, filter_class = DeviationTable, DeviationFilter
    default_sort = "ends_on"
    empty = Empty(
        _("Her kommer krav til at stå, som nogen har fået lov at lade vente."),
        example=_("Digital hjemmetræning: drøftelse i MED, godkendt til og med 31. januar"),
        why=_("En fravigelse har altid et navn, en grund og en slutdato. Loven gælder stadig."),
    )

    def rows(self, actor: Actor) -> QuerySet[Deviation]:
        """Return the deviations, with their initiatives."""
        return queries.deviations_of(actor).select_related("initiative")

    def at_first(self, actor: Actor, rows: QuerySet[Deviation]) -> QuerySet[Deviation]:
        """Put what waits for an answer first, then what ends first."""
        first = Case(
            When(state="asked", then=Value(0)), default=Value(1), output_field=IntegerField()
        )
        return rows.order_by(first, "ends_on", "pk")

    def point(self, actor: Actor, total: int) -> str:
        """Say how many hold today, and how many wait for an answer."""
        if not total:
            return gettext("Ingen krav er fraveget")
        rows = queries.deviations_of(actor)
        running = rows.filter(state="approved", ends_on__gte=today()).count()
        asked = rows.filter(state="asked").count()
        said = ngettext(
            "%(count)s fravigelse gælder i dag", "%(count)s fravigelser gælder i dag", running
        ) % {"count": running}
        waits = ngettext("%(count)s venter på svar", "%(count)s venter på svar", asked) % {
            "count": asked
        }
        return f"{said}; {waits}"


class RequestTable(ListTable):
    """Initiatives that wait for a decision at their gate."""

    title = Column(_("Initiativ"), accessor="initiative__title")
    asked_on = DateColumn(_("Bedt om"), accessor="asked_at")
    asked_by = Column(_("Bedt om af"), accessor="asked_by_name", wide=True)
    decides = Column(_("Afgøres af"), said=_("afgøres af"), empty_values=(), orderable=False)
    sponsor = Column(_("Sponsor"), accessor="initiative__sponsor__name", sheet=True)
    phase = CodeColumn(_("Fase"), accessor="initiative__phase", kind="phase", wide=True)
    note = Column(_("Til den, der afgør"), wide=True)

    def href(self, record: GateRequest) -> str:
        """Return the address of the gate."""
        return reverse("gates:gate", args=[record.initiative_id])

    def render_decides(self, record: GateRequest) -> str:
        """Name those who are asked to decide."""
        deciding = self._deciding.get(record.initiative_id)
        if deciding is None or not deciding.asked:
            return gettext("Ingen endnu")
        return asked_in_words(deciding)

    value_decides = fact_decides = render_decides

    @cached_property
    def _deciding(self) -> dict[int, Deciding]:
        """Who decides about each initiative that waits; a constant number of queries."""
        assert self.actor is not None
        waiting = [one.initiative for one in Requests().rows(self.actor)]
        return queries.deciding_about(self.actor.organisation_id, waiting)


class RequestFilter(ListFilter):
    """Which requests are shown."""

    sentence = _("Vis porte, der venter på en afgørelse, og som nævner {q}")
    q = SearchFilter(
        fields=("initiative__title", "asked_by_name", "note", "initiative__sponsor__name")
    )


class Requests(ListPage):
    """Initiatives somebody has asked for a decision about, the longest waiting first."""

    name, url_name = "gate_requests", "gates:requests"
    title = _("Porte, der venter på en afgørelse")
    beside = ((_("Se fravigelser"), "gates:deviations"), (_("Se fasemodeller"), "gates:models"))
    permission = VIEW_INITIATIVES
    table_class, filter_class = RequestTable, RequestFilter
    default_sort = "asked_on"
    empty = Empty(
        _("Her kommer initiativer til at stå, når nogen beder om at gå videre."),
        example=_("Digital hjemmetræning: bedt om af Maja 3. november, afgøres af Karen"),
        why=_("En port åbner med en afgørelse. Den, der leder arbejdet, afgør den ikke selv."),
    )

    def rows(self, actor: Actor) -> QuerySet[GateRequest]:
        """Return the open requests with initiative and sponsor."""
        return queries.requests_of(actor).select_related("initiative", "initiative__sponsor")

    def at_first(self, actor: Actor, rows: QuerySet[GateRequest]) -> QuerySet[GateRequest]:
        """Put what has waited longest first."""
        return rows.order_by("asked_at", "pk")

    def point(self, actor: Actor, total: int) -> str:
        """Say how many wait for a decision."""
        if not total:
            return gettext("Ingen porte venter på en afgørelse")
        return ngettext(
            "%(count)s port venter på en afgørelse", "%(count)s porte venter på en afgørelse", total
        ) % {"count": total}
