"""What the municipality says of a system: ties to initiatives, exit plan, contract decisions."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, TypedDict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hoest.domain.portfolio import queries as portfolio
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES
from hoest.domain.trust.models import ContractDecision, ExitPlan, SystemTie
from hoest.domain.trust.permissions import PLAN_EXIT
from hoest.domain.trust.queries.suppliers import contract_of
from hoest.domain.trust.queries.systems import plan_of, system_of, tie_of
from hoest.domain.trust.rules.faults import AlreadyTied, NoReason, NothingToDecide, PlanIsNotWhole
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import today
from hoest.foundation.forms.versions import check_version


class PlanFields(TypedDict):
    """What a person writes about the way out of a system."""

    criticality_note: str
    data_out: str
    replacement: str
    replacement_initiative: Any
    tested_on: dt.date | None
    planned_on: dt.date | None
    expected_on: dt.date | None
    delay_dkk_month: Decimal | None
    delay_source: str
    price_level: int | None


@transaction.atomic
def tie_system(*, actor: Actor, system_id: int, initiative_id: int, kind: str) -> SystemTie:
    """Say that an initiative uses or replaces a system. Raises NotAllowed, AlreadyTied."""
    system = system_of(actor, system_id)
    initiative = portfolio.initiative_of(actor, initiative_id)
    require(actor, CHANGE_INITIATIVES, initiative.unit_id)
    try:
        with transaction.atomic():
            made = SystemTie.objects.create(
                organisation_id=actor.organisation_id,
                system=system,
                initiative=initiative,
                kind=kind,
                made_by_name=actor.name[:200],
            )
    except IntegrityError as twice:
        raise AlreadyTied(_("Initiativet er allerede knyttet til systemet.")) from twice
    record(actor, "trust.tie_system", system, initiative=initiative.title, kind=kind)
    return made


@transaction.atomic
def untie_system(*, actor: Actor, tie_id: int) -> SystemTie:
    """Take a tie away. Raises NotAllowed, NotFound."""
    tie = tie_of(actor, tie_id)
    require(actor, CHANGE_INITIATIVES, tie.initiative.unit_id)
    record(actor, "trust.untie_system", tie.system, initiative=tie.initiative.title)
    tie.delete()
    return tie


@transaction.atomic
def write_exit_plan(*, actor: Actor, system_id: int, version: int, fields: PlanFields) -> ExitPlan:
    """Write how the municipality gets out of a system. Raises NotAllowed, PlanIsNotWhole."""
    system = system_of(actor, system_id)
    require(actor, PLAN_EXIT)
    values = dict(fields)
    for name in ("criticality_note", "data_out", "replacement", "delay_source"):
        values[name] = str(values[name]).strip()
    _refuse_half(values)
    found = plan_of(actor, system.pk)
    if found is None:
        found = ExitPlan(organisation_id=actor.organisation_id, system=system, **values)
    else:
        found = ExitPlan.objects.select_for_update(of=("self",)).get(pk=found.pk)
        check_version(found, version, values)
        for name, value in values.items():
            setattr(found, name, value)
        found.version += 1
    found.save()
    record(actor, "trust.write_exit_plan", system, expected=found.expected_on)
    return found


def _refuse_half(values: dict[str, Any]) -> None:
    if values["delay_dkk_month"] is not None and not (
        values["delay_source"] and values["price_level"]
    ):
        raise PlanIsNotWhole(_("Skriv, hvor beløbet kommer fra, og hvilket prisniveau det er i."))
    if values["tested_on"] and values["tested_on"] > today():
        raise PlanIsNotWhole(_("Planen kan ikke være prøvet i fremtiden."))


@transaction.atomic
def decide_contract(
    *, actor: Actor, contract_id: int, choice: str, reason: str
) -> ContractDecision:
    """Write down what was decided about a contract.

    Raises NotAllowed, NoReason, NothingToDecide.
    """
    contract = contract_of(actor, contract_id)
    require(actor, PLAN_EXIT)
    clean = " ".join(reason.split())
    if not clean:
        raise NoReason(_("Skriv, hvorfor I har besluttet det."))
    if contract.leaves_on is None:
        raise NothingToDecide(_("Kontrakten har ingen slutdato at tage stilling til."))
    made = ContractDecision.objects.create(
        organisation_id=actor.organisation_id,
        contract=contract,
        choice=choice,
        reason=clean[:400],
        ends_on=contract.leaves_on,
        decided_by_name=actor.name[:200],
    )
    record(actor, "trust.decide_contract", contract, choice=choice, reason=clean)
    return made
