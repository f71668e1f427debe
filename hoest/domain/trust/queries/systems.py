"""Reads of systems with contracts, processing, initiatives and plans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Func, Q, QuerySet

from hoest.domain.portfolio import queries as portfolio
from hoest.domain.trust.models import (
    Contract,
    DataSet,
    ExitPlan,
    Processing,
    System,
    SystemTie,
)
from hoest.domain.trust.permissions import VIEW_SYSTEMS
from hoest.domain.trust.rules.register import Tie
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.clock import today
from hoest.foundation.faults import NotFound


def systems_of(actor: Actor) -> QuerySet[System]:
    """Return every system that was ever read, gone ones too; none for who may not see them."""
    rows = System.objects.filter(organisation_id=actor.organisation_id)
    return rows if allowed_somewhere(actor, VIEW_SYSTEMS) else rows.none()


def present_systems(actor: Actor) -> QuerySet[System]:
    """Return the systems that are in the register now, in Danish order."""
    rows = systems_of(actor).filter(gone_on__isnull=True)
    return rows.order_by(Func(F("name"), function="da_key"), "pk")


def systems_in_units(
    rows: QuerySet[System], actor: Actor, units: Collection[int]
) -> QuerySet[System]:
    """Keep the systems that visible initiatives of some units use or replace."""
    theirs = portfolio.visible_to(actor).filter(unit_id__in=units)
    ties = SystemTie.objects.filter(
        organisation_id=actor.organisation_id, initiative__in=theirs.values("pk")
    )
    return rows.filter(pk__in=ties.values("system_id"))


def count_in_units(actor: Actor, units: Collection[int]) -> tuple[int, int]:
    """Return (systems the initiatives of some units use or replace, critical ones); one query."""
    rows = systems_in_units(systems_of(actor).filter(gone_on__isnull=True), actor, units)
    found = rows.aggregate(all=Count("pk"), critical=Count("pk", filter=Q(critical="yes")))
    return found["all"], found["critical"]


def system_of(actor: Actor, system_id: int) -> System:
    """Return one system with its supplier. Raises NotFound."""
    found = systems_of(actor).select_related("supplier").filter(pk=system_id).first()
    if found is None:
        raise NotFound("Systemet findes ikke, eller du kan ikke se det.")
    return found


@dataclass(frozen=True)
class Around:
    """Everything that stands around a system."""

    contracts: list[Contract]
    processings: list[Processing]
    ties: list[SystemTie]
    plan: ExitPlan | None
    data_sets: list[DataSet]


def around(actor: Actor, system: System) -> Around:
    """Return what stands around a system; ties only to initiatives the actor may see."""
    seen = portfolio.visible_to(actor)
    where = {"organisation_id": actor.organisation_id}
    return Around(
        contracts=list(
            Contract.objects.filter(**where, links__system=system, gone_on__isnull=True)
            .select_related("supplier")
            .order_by("leaves_on", "pk")
        ),
        processings=list(
            Processing.objects.filter(**where, links__system=system, gone_on__isnull=True)
        ),
        ties=list(
            SystemTie.objects.filter(**where, system=system, initiative__in=seen).select_related(
                "initiative"
            )
        ),
        plan=plan_of(actor, system.pk),
        data_sets=list(DataSet.objects.filter(**where, sources__system=system)),
    )


def plan_of(actor: Actor, system_id: int) -> ExitPlan | None:
    """Return the exit plan of a system, if there is one."""
    return (
        ExitPlan.objects.filter(organisation_id=actor.organisation_id, system_id=system_id)
        .select_related("replacement_initiative")
        .first()
    )


def tie_of(actor: Actor, tie_id: int) -> SystemTie:
    """Return a tie of a visible system to a visible initiative. Raises NotFound."""
    found = (
        SystemTie.objects.filter(
            organisation_id=actor.organisation_id,
            pk=tie_id,
            system__in=systems_of(actor),
            initiative__in=portfolio.visible_to(actor),
        )
        .select_related("system", "initiative")
        .first()
    )
    if found is None:
        raise NotFound("Forbindelsen findes ikke, eller du kan ikke se den.")
    return found


def systems_of_initiative(actor: Actor, initiative_id: int) -> list[SystemTie]:
    """Return the ties of an initiative to systems, with system and supplier."""
    return list(
        SystemTie.objects.filter(
            organisation_id=actor.organisation_id,
            initiative_id=initiative_id,
            system__in=systems_of(actor),
        ).select_related("system__supplier")
    )


@dataclass(frozen=True)
class SystemFact:
    """A suggestion for a gate: what the register says of a system an initiative uses.

    `on` is the day of what is there and `name` who stands behind it; `detail` is a name or a code
    of the register, and `due_on` the next day something is to be looked at.
    """

    code: str
    holds: bool
    system_id: int
    system: str
    origin: str
    read_on: dt.date
    on: dt.date | None = None
    name: str = ""
    detail: str = ""
    due_on: dt.date | None = None


def facts_for_gates(
    organisation_id: int, initiative_ids: Collection[int]
) -> dict[int, list[SystemFact]]:
    """Return what the register says of the systems some initiatives use, for people to confirm.

    Codes: `dpia`, `risk_assessed`, `processor_agreement`, `processing`, `personal_data`,
    `third_country`, `safe_transfer`, `ai`, `critical`, `classified`, `erasure_reviewed`,
    `web_access`, `archive_settled`. A suggestion with its source, never a truth by itself.
    Two queries.
    """
    ties = list(
        SystemTie.objects.filter(
            organisation_id=organisation_id,
            initiative_id__in=list(initiative_ids),
            kind=Tie.USES,
            system__gone_on__isnull=True,
        ).select_related("system")
    )
    said: dict[int, list[SystemFact]] = {}
    systems = {tie.system_id: tie.system for tie in ties}
    processing = _processing_of(organisation_id, systems) if systems else {}
    for system in systems.values():
        said[system.pk] = list(_facts_of(system, processing.get(system.pk, [])))
    found: dict[int, list[SystemFact]] = {}
    for tie in ties:
        found.setdefault(tie.initiative_id, []).extend(said[tie.system_id])
    return found


# What the register calls a decided question of preserving, and an open one.
ARCHIVE_SETTLED = ("b", "k", "preservedatacandiscarddocuments")
ARCHIVE_OPEN = "undecided"


def _facts_of(system: System, processings: Iterable[Processing]) -> Iterator[SystemFact]:
    yield from _answered(system)
    yield from _kept(system)
    rows = list(processings)
    standing = [row for row in rows if row.is_valid is not False]
    # An old registration speaks only where there is no other.
    for row in standing or rows:
        yield from _of_processing(system, row)


def _fact(system: System, code: str, holds: bool, **more: Any) -> SystemFact:
    return SystemFact(
        code, holds, system.pk, system.name, system.origin, system.read_at.date(), **more
    )


def _answered(system: System) -> Iterator[SystemFact]:
    """What the register answers with yes or no."""
    for code, value, on in (
        ("dpia", system.dpia, system.dpia_on),
        ("risk_assessed", system.risk, system.risk_on),
        ("ai", system.has_ai, None),
        ("critical", system.critical, None),
        ("web_access", system.web_access, system.web_access_on),
    ):
        if value in ("yes", "no") or (value, code) == ("partially", "web_access"):
            yield _fact(system, code, value == "yes", on=on)


def _kept(system: System) -> Iterator[SystemFact]:
    """What the register says of data and who answers for it."""
    if system.data_levels:
        yield _fact(system, "personal_data", bool(set(system.data_levels) - {"none"}))
    if system.responsible_unit and system.critical in ("yes", "no") and system.data_levels:
        yield _fact(system, "classified", True, name=system.responsible_unit)
    if system.deletion_on is not None:
        is_ahead = system.deletion_on >= today()
        yield _fact(system, "erasure_reviewed", is_ahead, due_on=system.deletion_on)
    if system.archive_duty in (*ARCHIVE_SETTLED, ARCHIVE_OPEN):
        is_settled = system.archive_duty != ARCHIVE_OPEN
        yield _fact(system, "archive_settled", is_settled, detail=system.archive_duty)


def _of_processing(system: System, row: Processing) -> Iterator[SystemFact]:
    """What a registration says; one that is not valid shows nothing, only what lacks."""
    by = ", ".join(row.processors)
    holds = row.is_valid is not False
    yield _fact(system, "processing", holds, detail=row.name)
    if row.agreement == "no" or (row.agreement == "yes" and holds):
        has_one = row.agreement == "yes"
        yield _fact(system, "processor_agreement", has_one, on=row.agreement_on, name=by)
    if row.transfers == "yes" or (row.transfers == "no" and holds):
        yield _fact(system, "third_country", row.transfers == "yes")
        yield _fact(system, "safe_transfer", row.transfers == "no", name=by)


def _processing_of(organisation_id: int, systems: Collection[int]) -> dict[int, list[Processing]]:
    """Return the processings of some systems, by system."""
    rows = Processing.objects.filter(
        organisation_id=organisation_id, gone_on__isnull=True, links__system__in=list(systems)
    ).annotate(about=F("links__system_id"))
    found: dict[int, list[Processing]] = {}
    for row in rows:
        found.setdefault(row.about, []).append(row)  # type: ignore[attr-defined]
    return found
