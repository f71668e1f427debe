"""Reads of systems with contracts, processing, initiatives and plans."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, Func, QuerySet

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
    read_on: str


def facts_for_gates(organisation_id: int, initiative_id: int) -> list[SystemFact]:
    """Return what the register says of the systems an initiative uses, for people to confirm.

    Codes: `dpia`, `risk_assessed`, `processor_agreement`, `personal_data`, `third_country`, `ai`,
    `critical`. A suggestion with its source, never a truth by itself. Two queries.
    """
    ties = SystemTie.objects.filter(
        organisation_id=organisation_id, initiative_id=initiative_id, kind=Tie.USES
    ).select_related("system")
    systems = {tie.system_id: tie.system for tie in ties if tie.system.gone_on is None}
    found: list[SystemFact] = []

    def say(system: System, code: str, holds: bool) -> None:
        on = f"{system.read_at:%Y-%m-%d}"
        found.append(SystemFact(code, holds, system.pk, system.name, system.origin, on))

    for one in systems.values():
        for code, value in (
            ("dpia", one.dpia),
            ("risk_assessed", one.risk),
            ("ai", one.has_ai),
            ("critical", one.critical),
        ):
            if value in ("yes", "no"):
                say(one, code, value == "yes")
        if one.data_levels:
            say(one, "personal_data", bool(set(one.data_levels) - {"none"}))
    for row in _processing_of(organisation_id, systems):
        for pk in row.about:  # type: ignore[attr-defined]
            if row.agreement in ("yes", "no"):
                say(systems[pk], "processor_agreement", row.agreement == "yes")
            if row.transfers in ("yes", "no"):
                say(systems[pk], "third_country", row.transfers == "yes")
    return found


def _processing_of(organisation_id: int, systems: Collection[int]) -> list[Processing]:
    rows = Processing.objects.filter(
        organisation_id=organisation_id, gone_on__isnull=True, links__system__in=list(systems)
    ).annotate(system_pk=F("links__system_id"))
    found: dict[int, Processing] = {}
    for row in rows:
        kept = found.setdefault(row.pk, row)
        kept.about = [*getattr(kept, "about", []), row.system_pk]  # type: ignore[attr-defined]
    return list(found.values())
