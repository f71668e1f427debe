"""Reads of initiatives, beginning at what the actor may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.db.models import (
    BooleanField,
    Case,
    F,
    Func,
    IntegerField,
    Max,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Substr

from hoest.domain.organisations.queries import UnitTree
from hoest.domain.portfolio.models import Initiative, LeadStatus
from hoest.domain.portfolio.permissions import VIEW_INITIATIVES
from hoest.domain.portfolio.rules import (
    ACTIVE_PHASES,
    InitiativeFacts,
    Phase,
    Reason,
    Status,
    status,
    status_reasons,
)
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where
from hoest.foundation.audit.queries import acts_about
from hoest.foundation.clock import DANISH_TIME, today
from hoest.foundation.faults import NotFound

FACT_FIELDS = (
    "phase",
    "sponsor_id",
    "lead_id",
    "in_practice",
    "starts_on",
    "live_on",
    "adoption_share",
    "agreed_adoption_share",
    "old_way_closes_on",
    "old_way_closed_on",
    "changed_at",
)


def visible_to(actor: Actor) -> QuerySet[Initiative]:
    """Return the initiatives the actor may see.

    Roles for the whole municipality see all of them; roles in a unit see those of the unit and
    below, and those they lead or sponsor themselves.
    """
    units = units_where(actor, VIEW_INITIATIVES)
    if units is None:
        return Initiative.objects.filter(organisation_id=actor.organisation_id)
    return close_to(actor, units) if units else Initiative.objects.none()


def close_to(actor: Actor, unit_ids: Collection[int]) -> QuerySet[Initiative]:
    """Return the initiatives of some units, and those the actor leads or sponsors."""
    own = Q(lead_id=actor.person_id) | Q(sponsor_id=actor.person_id)
    rows = Initiative.objects.filter(organisation_id=actor.organisation_id)
    return rows.filter(Q(unit_id__in=unit_ids) | own)


def of_visible(actor: Actor) -> Q:
    """Return the condition that a row's `initiative` is active and one the actor may see.

    The same as `initiative__in=visible_to(actor)`, on the joined table: a large municipality's
    rows are then read once and not compared with every initiative.
    """
    units = units_where(actor, VIEW_INITIATIVES)
    active = Q(initiative__phase__in=ACTIVE_PHASES)
    if units is None:
        return active
    own = Q(initiative__lead_id=actor.person_id) | Q(initiative__sponsor_id=actor.person_id)
    return active & (Q(initiative__unit_id__in=units) | own) if units else Q(pk__in=[])


def initiative_of(actor: Actor, initiative_id: int) -> Initiative:
    """Return one initiative with its unit, committee and people. Raises NotFound."""
    found = (
        visible_to(actor)
        .select_related("unit", "body", "core_task", "sponsor", "lead", "source")
        .filter(pk=initiative_id)
        .first()
    )
    if found is None:
        raise NotFound("Initiativet findes ikke, eller du kan ikke se det.")
    return found


def reasons_of(initiative: Initiative) -> tuple[Reason, ...]:
    """Return why an initiative has its status, heaviest reason first."""
    return status_reasons(status_facts_of(initiative), today())


def status_of(initiative: Initiative) -> Status:
    """Return the status of an initiative."""
    return status(reasons_of(initiative))


def is_active(initiative: Initiative) -> bool:
    """Tell whether the initiative is neither closed nor stopped; only then it has a status."""
    return initiative.phase in ACTIVE_PHASES


def status_facts_of(initiative: Initiative) -> InitiativeFacts:
    """Return the facts a status is made of. A blank agreed share is the municipality's limit."""
    return _facts(
        initiative,
        content.limit_decimal("agreed_adoption_share"),
        content.limit("status_silence_weeks"),
    )


def _facts(
    row: Initiative | SimpleNamespace, agreed: Decimal, silence_weeks: int
) -> InitiativeFacts:
    own = row.agreed_adoption_share
    return InitiativeFacts(
        phase=Phase(row.phase),
        has_sponsor=row.sponsor_id is not None,
        has_lead=row.lead_id is not None,
        has_plain_sentence=bool(row.in_practice.strip()),
        starts_on=row.starts_on,
        live_on=row.live_on,
        adoption_share=None if row.adoption_share is None else float(row.adoption_share),
        agreed_adoption_share=float(agreed if own is None else own),
        old_way_closes_on=row.old_way_closes_on,
        old_way_closed_on=row.old_way_closed_on,
        written_on=row.changed_at.astimezone(DANISH_TIME).date(),
        silence_weeks=silence_weeks,
    )


def agreed_share(initiative: Initiative) -> Decimal:
    """Return the agreed adoption (0 to 1): the initiative's own, or the municipality's limit."""
    own = initiative.agreed_adoption_share
    return content.limit_decimal("agreed_adoption_share") if own is None else own


def statuses(rows: QuerySet[Initiative]) -> Iterator[tuple[int, Status]]:
    """Yield id and status of the active rows, without making a model of each.

    The status is a rule in Python and stands nowhere else, so it is asked row by row; a long list
    has it kept by `foundation.lists.beside`.
    """
    day = today()
    agreed = content.limit_decimal("agreed_adoption_share")
    silence = content.limit("status_silence_weeks")
    active = rows.filter(phase__in=ACTIVE_PHASES).select_related(None).order_by()
    for row in active.values("id", *FACT_FIELDS).iterator(chunk_size=2000):
        facts = _facts(SimpleNamespace(**row), agreed, silence)
        yield row["id"], status(status_reasons(facts, day))


def most_urgent_first(
    rows: QuerySet[Initiative], standing: Mapping[int, Status], disputed: Collection[int]
) -> QuerySet[Initiative]:
    """Return the rows by what asks for action, then in Danish order.

    `standing` is the status of each active one. First a status that needs action, then the
    `disputed` (the facts say something else), then what needs attention, what is not known, what
    is on track, and at last what is over.
    """
    groups: dict[Status, list[int]] = {}
    for pk, found in standing.items():
        groups.setdefault(found, []).append(pk)
    order = (
        groups.get(Status.ACTION_NEEDED, []),
        list(disputed),
        groups.get(Status.ATTENTION, []),
        groups.get(Status.UNKNOWN, []),
        groups.get(Status.ON_TRACK, []),
    )
    # The most numerous need not be named one by one: they are those that are left.
    most = max(range(len(order)), key=lambda place: len(order[place]))
    places = [
        When(_is_among(ids), then=Value(place))
        for place, ids in enumerate(order)
        if ids and place != most
    ]
    over = When(~Q(phase__in=ACTIVE_PHASES), then=Value(len(order)))
    urgency = Case(over, *places, default=Value(most), output_field=IntegerField())
    return rows.order_by(urgency, _danish("title"), "pk")


def _is_among(ids: Collection[int]) -> RawSQL:
    """Tell whether an initiative is one of many, asked with one array.

    A thousand parameters of their own take longer to write and to plan than the rows to read.
    """
    asked = '"portfolio_initiative"."id" = any(%s)'
    return RawSQL(asked, [list(ids)], output_field=BooleanField())  # noqa: S611


def change_marks_of(actor: Actor) -> list[tuple[int, str]]:
    """Return (id, a text that is another after every change) of the visible active initiatives."""
    rows = visible_to(actor).filter(phase__in=ACTIVE_PHASES).order_by()
    return list(rows.values_list("pk", Cast("changed_at", TextField())))


def changed_at_of(actor: Actor) -> list[tuple[int, dt.datetime]]:
    """Return (id, when it was changed last) of the active initiatives the actor may see."""
    rows = visible_to(actor).filter(phase__in=ACTIVE_PHASES).order_by()
    return list(rows.values_list("pk", "changed_at"))


def last_word_ids(organisation_id: int) -> dict[int, int]:
    """Return the id of the last thing a lead said of each initiative; one query."""
    rows = LeadStatus.objects.filter(organisation_id=organisation_id).order_by()
    return dict(rows.values_list("initiative_id").annotate(last=Max("pk")))


def in_unit(actor: Actor, unit_id: int) -> QuerySet[Initiative]:
    """Return the visible initiatives of a unit and all units below it, in Danish order."""
    units = UnitTree.of(actor.organisation_id).below(unit_id)
    return visible_to(actor).filter(unit_id__in=units).order_by(_danish("title"), "pk")


def in_body(actor: Actor, body_id: int) -> QuerySet[Initiative]:
    """Return the visible initiatives of a committee, in Danish order."""
    return visible_to(actor).filter(body_id=body_id).order_by(_danish("title"), "pk")


def last_words(organisation_id: int, initiative_ids: Iterable[int] | None = None) -> dict[int, Any]:
    """Return the last thing a lead said of each initiative, by initiative; one query."""
    rows = LeadStatus.objects.filter(organisation_id=organisation_id)
    if initiative_ids is not None:
        rows = rows.filter(initiative_id__in=list(initiative_ids))
    last = rows.order_by("initiative_id", "-said_at", "-pk").distinct("initiative_id")
    return {row.initiative_id: row for row in last}


def stop_reason(initiative: Initiative) -> str:
    """Return why a stopped initiative was stopped, as it was written then; else nothing."""
    if initiative.phase != Phase.STOPPED:
        return ""
    act = acts_about(initiative).filter(verb="portfolio.change_phase").first()
    return str(act.facts.get("reason", "")) if act else ""


def stopped_in(initiative: Initiative) -> Phase | None:
    """Return the phase a stopped initiative was stopped in; None where nobody wrote it down."""
    act = acts_about(initiative).filter(verb="portfolio.change_phase").first()
    before = str(act.facts.get("before", "")) if act else ""
    return Phase(before) if before in ACTIVE_PHASES else None


def furthest_phase(initiative: Initiative) -> Phase:
    """Return the phase an initiative has come to; for a stopped one, where it was stopped."""
    standing = Phase(initiative.phase)
    if standing is not Phase.STOPPED:
        return standing
    return stopped_in(initiative) or Phase.REALISATION


def fields_at(initiative: Initiative, version: int) -> dict[str, Any] | None:
    """Return the fields as they stood in an earlier version, foreign keys as numbers; or None."""
    history = apps.get_model("portfolio", "InitiativeEvent")._default_manager
    row = (
        history.filter(
            organisation_id=initiative.organisation_id,
            pgh_obj_id=initiative.pk,
            version=version,
        )
        .order_by("-pgh_id")
        .values()
        .first()
    )
    return {name.removesuffix("_id"): value for name, value in row.items()} if row else None


def next_key(organisation_id: int) -> str:
    """Return the next free key, such as INIT-014; the caller holds the lock of the keys."""
    numbers = (
        Initiative.objects.filter(organisation_id=organisation_id, key__regex=r"^INIT-[0-9]{1,9}$")
        .annotate(number=Cast(Substr("key", 6), IntegerField()))
        .aggregate(last=Max("number"))
    )
    return f"INIT-{(numbers['last'] or 0) + 1:03}"


def _danish(field: str) -> Func:
    return Func(F(field), function="da_key")
