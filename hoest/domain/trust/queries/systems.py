"""Reads of systems with contracts, processing, initiatives and plans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

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
    """A suggestion for a gate: what the register says of a system an initiative uses."""

    code: str
    holds: bool
    system_id: int
    system: str
    origin: str
    read_on: dt.date
    on: dt.date | None = None


def facts_for_gates(
    organisation_id: int, initiative_ids: Collection[int]
) -> dict[int, list[SystemFact]]:
    """Return what the register says of the systems some initiatives use, for people to confirm.

    Codes: `dpia`, `risk_assessed`, `processor_agreement`, `personal_data`, `third_country`, `ai`,
    `critical`. A suggestion with its source, never a truth by itself. Two queries.
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


def _facts_of(system: System, processings: Iterable[Processing]) -> Iterator[SystemFact]:
    def fact(code: str, holds: bool, on: dt.date | None = None) -> SystemFact:
        return SystemFact(
            code, holds, system.pk, system.name, system.origin, system.read_at.date(), on
        )

    for code, value, on in (
        ("dpia", system.dpia, system.dpia_on),
        ("risk_assessed", system.risk, system.risk_on),
        ("ai", system.has_ai, None),
        ("critical", system.critical, None),
    ):
        if value in ("yes", "no"):
            yield fact(code, value == "yes", on)
    if system.data_levels:
        yield fact("personal_data", bool(set(system.data_levels) - {"none"}))
    for row in processings:
        if row.agreement in ("yes", "no"):
            yield fact("processor_agreement", row.agreement == "yes", row.agreement_on)
        if row.transfers in ("yes", "no"):
            yield fact("third_country", row.transfers == "yes")


def _processing_of(organisation_id: int, systems: Collection[int]) -> dict[int, list[Processing]]:
    """Return the processings of some systems, by system."""
    rows = Processing.objects.filter(
        organisation_id=organisation_id, gone_on__isnull=True, links__system__in=list(systems)
    ).annotate(about=F("links__system_id"))
    found: dict[int, list[Processing]] = {}
    for row in rows:
        found.setdefault(row.about, []).append(row)  # type: ignore[attr-defined]
    return found
