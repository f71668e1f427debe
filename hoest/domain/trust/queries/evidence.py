"""What is written down in trust that shows a requirement of a gate: for people to confirm.

Each read answers for many initiatives at once and begins at their municipality; what nobody has
written is left out, so that nothing is offered where nothing is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from hoest.domain.trust.models import (
    ContractSystem,
    DataSetUse,
    ExitPlan,
    ManagementStep,
    PublicSheet,
    ReuseCheck,
    Sheet,
    SystemTie,
)
from hoest.domain.trust.rules.register import Tie
from hoest.domain.trust.rules.security import ManagementStepKind
from hoest.domain.trust.rules.sheets import SheetState
from hoest.foundation.clock import DANISH_TIME

# The candidates of a reuse check that are shared by more than one municipality.
SHARED_KINDS = frozenset({"solution", "block", "shared", "lesson"})


@dataclass(frozen=True)
class ToldContract:
    """A contract about a system an initiative uses, and whether there is a way out of it."""

    system_id: int
    system: str
    contract_id: int | None
    contract: str
    supplier: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    data_gets_out: bool
    tested_on: dt.date | None


def contracts_for_gates(
    organisation_id: int, initiative_ids: Collection[int]
) -> dict[int, ToldContract]:
    """Return one contract or exit plan of each initiative's systems; three queries.

    The contract that lasts longest speaks; a plan counts when it says how the data gets out.
    """
    where = {"organisation_id": organisation_id}
    ties = list(
        SystemTie.objects.filter(
            **where,
            initiative_id__in=list(initiative_ids),
            kind=Tie.USES,
            system__gone_on__isnull=True,
        ).select_related("system")
    )
    systems = {tie.system_id for tie in ties}
    if not systems:
        return {}
    links: dict[int, ContractSystem] = {}
    rows = ContractSystem.objects.filter(
        **where, system_id__in=systems, contract__gone_on__isnull=True
    ).select_related("contract__supplier")
    for link in sorted(rows, key=lambda one: (one.contract.ends_on or dt.date.max, one.pk)):
        links[link.system_id] = link
    plans = {
        plan.system_id: plan
        for plan in ExitPlan.objects.filter(**where, system_id__in=systems).exclude(data_out="")
    }
    found: dict[int, ToldContract] = {}
    for tie in ties:
        told = _contract_of(tie, links.get(tie.system_id), plans.get(tie.system_id))
        if told is not None and (tie.initiative_id not in found or told.contract_id):
            found[tie.initiative_id] = told
    return found


def _contract_of(
    tie: SystemTie, link: ContractSystem | None, plan: ExitPlan | None
) -> ToldContract | None:
    if link is None and plan is None:
        return None
    contract = link.contract if link else None
    return ToldContract(
        system_id=tie.system_id,
        system=tie.system.name,
        contract_id=contract.pk if contract else None,
        contract=contract.name if contract else "",
        supplier=contract.supplier.name if contract and contract.supplier else "",
        starts_on=contract.starts_on if contract else None,
        ends_on=contract.ends_on if contract else None,
        data_gets_out=plan is not None,
        tested_on=plan.tested_on if plan else None,
    )


@dataclass(frozen=True)
class ToldManagement:
    """The last approval and the last course of the management body, one of them at least."""

    approval: ManagementStep | None
    course: ManagementStep | None

    @property
    def due_on(self) -> dt.date | None:
        """The first day one of them is due again, if one is agreed."""
        days = [one.next_due_on for one in (self.approval, self.course) if one is not None]
        return min((day for day in days if day is not None), default=None)


def management_for_gates(organisation_id: int) -> ToldManagement | None:
    """Return what the management body has approved and learnt; one query."""
    kinds = (ManagementStepKind.APPROVAL, ManagementStepKind.COURSE)
    rows = (
        ManagementStep.objects.filter(organisation_id=organisation_id, kind__in=kinds)
        .order_by("kind", "-on", "-pk")
        .distinct("kind")
    )
    last = {one.kind: one for one in rows}
    if not last:
        return None
    return ToldManagement(
        last.get(ManagementStepKind.APPROVAL), last.get(ManagementStepKind.COURSE)
    )


@dataclass(frozen=True)
class ToldSheet:
    """The approved reassurance sheet of an initiative."""

    on: dt.date
    name: str
    is_public: bool
    is_changed: bool


def sheets_for_gates(organisation_id: int, initiative_ids: Collection[int]) -> dict[int, ToldSheet]:
    """Return the approved sheet of each initiative that has one; two queries."""
    sheets = list(
        Sheet.objects.filter(
            organisation_id=organisation_id,
            initiative_id__in=list(initiative_ids),
            standing__isnull=False,
        ).select_related("standing")
    )
    public = set(
        PublicSheet.objects.filter(
            organisation_id=organisation_id, version_id__in=[one.standing_id for one in sheets]
        ).values_list("version_id", flat=True)
    )
    found = {}
    for one in sheets:
        version = one.standing
        if version is not None and version.decided_at is not None:
            found[one.initiative_id] = ToldSheet(
                on=version.decided_at.astimezone(DANISH_TIME).date(),
                name=version.decided_by_name,
                is_public=version.pk in public,
                is_changed=one.state == SheetState.CHANGED,
            )
    return found


@dataclass(frozen=True)
class ToldDataSet:
    """A data set an initiative uses again, who owns it and who writes it down."""

    data_set_id: int
    name: str
    owner: str
    documented_by: str
    on: dt.date
    more: int = 0


def data_sets_for_gates(
    organisation_id: int, initiative_ids: Collection[int]
) -> dict[int, ToldDataSet]:
    """Return the first data set each initiative uses, and how many more; one query."""
    rows = DataSetUse.objects.filter(
        organisation_id=organisation_id,
        initiative_id__in=list(initiative_ids),
        data_set__retired_on__isnull=True,
    ).select_related("data_set__unit")
    uses: dict[int, list[DataSetUse]] = {}
    for one in rows:
        if one.initiative_id is not None:
            uses.setdefault(one.initiative_id, []).append(one)
    return {pk: _data_set_of(several) for pk, several in uses.items()}


def _data_set_of(uses: list[DataSetUse]) -> ToldDataSet:
    one = uses[0]
    return ToldDataSet(
        data_set_id=one.data_set_id,
        name=one.data_set.name,
        owner=one.data_set.unit.name if one.data_set.unit else "",
        documented_by=one.data_set.documented_by,
        on=one.noted_at.astimezone(DANISH_TIME).date(),
        more=len(uses) - 1,
    )


@dataclass(frozen=True)
class ToldReuse:
    """The newest reuse check of an initiative, and the shared things it looked at."""

    choice: str
    reason: str
    shared: tuple[str, ...]
    on: dt.date
    name: str


def reuse_for_gates(organisation_id: int, initiative_ids: Collection[int]) -> dict[int, ToldReuse]:
    """Return the newest decision about reuse of each initiative that has one; one query."""
    rows = (
        ReuseCheck.objects.filter(
            organisation_id=organisation_id, initiative_id__in=list(initiative_ids)
        )
        .order_by("initiative_id", "-decided_at", "-pk")
        .distinct("initiative_id")
    )
    return {
        one.initiative_id: ToldReuse(
            one.choice,
            one.reason,
            tuple(_titles(one.candidates)),
            one.decided_at.astimezone(DANISH_TIME).date(),
            one.decided_by_name,
        )
        for one in rows
    }


def _titles(candidates: Iterable[dict[str, object]]) -> list[str]:
    return [str(one["title"]) for one in candidates if one.get("kind") in SHARED_KINDS]
