"""What is written down in trust that shows a requirement of a gate: for people to confirm.

Each read answers for many initiatives at once and begins at their municipality; what nobody has
written is left out, so that nothing is offered where nothing is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from hoest.domain.trust.models import (
    Contract,
    ContractSystem,
    DataSetUse,
    ExitPlan,
    ManagementStep,
    PublicSheet,
    ReuseCheck,
    Sheet,
    SystemTie,
)
from hoest.domain.trust.rules.register import Tie, last_day
from hoest.domain.trust.rules.security import ManagementStepKind
from hoest.domain.trust.rules.sheets import SheetState
from hoest.foundation.clock import DANISH_TIME, today

# The candidates of a reuse check that are solutions shared by more than one municipality.
SHARED_KINDS = frozenset({"solution", "block"})


@dataclass(frozen=True)
class ToldContract:
    """A contract about a system an initiative uses, and whether there is a way out of it.

    `holds` is False for one that has ended, was terminated or is not valid. Without a contract
    `contract_id` is None.
    """

    system_id: int
    system: str
    contract_id: int | None
    contract: str
    supplier: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    terminated_on: dt.date | None
    holds: bool
    data_gets_out: bool
    tested_on: dt.date | None


@dataclass(frozen=True)
class ToldPurchase:
    """What speaks of the purchase of an initiative, and its systems that have no contract."""

    speaks: ToldContract
    without: tuple[str, ...]


def contracts_for_gates(
    organisation_id: int, initiative_ids: Collection[int]
) -> dict[int, ToldPurchase]:
    """Return what is known of the contracts of each initiative's systems; three queries.

    Of a system the contract that holds longest speaks; of several systems what lacks speaks first:
    one with old contracts only, then one without a way out. A plan counts when it says how the
    data gets out.
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
    day = today()
    links: dict[int, ContractSystem] = {}
    rows = ContractSystem.objects.filter(
        **where, system_id__in=systems, contract__gone_on__isnull=True
    ).select_related("contract__supplier")
    for link in sorted(rows, key=lambda one: _by_weight(one, day)):
        links[link.system_id] = link
    plans = {
        plan.system_id: plan
        for plan in ExitPlan.objects.filter(**where, system_id__in=systems).exclude(data_out="")
    }
    told: dict[int, list[ToldContract]] = {}
    for tie in ties:
        one = _contract_of(tie, links.get(tie.system_id), plans.get(tie.system_id), day)
        told.setdefault(tie.initiative_id, []).append(one)
    return {
        pk: _purchase_of(several)
        for pk, several in told.items()
        if any(one.contract_id is not None or one.data_gets_out for one in several)
    }


def _last_day(contract: Contract) -> dt.date | None:
    return last_day(
        ends_on=contract.ends_on,
        terminated_on=contract.terminated_on,
        is_continuous=contract.is_continuous,
    )


def _holds(contract: Contract, day: dt.date) -> bool:
    last = _last_day(contract)
    return contract.is_valid is not False and (last is None or last >= day)


def _by_weight(link: ContractSystem, day: dt.date) -> tuple[bool, dt.date, int]:
    contract = link.contract
    return _holds(contract, day), _last_day(contract) or dt.date.max, link.pk


def _contract_of(
    tie: SystemTie, link: ContractSystem | None, plan: ExitPlan | None, day: dt.date
) -> ToldContract:
    contract = link.contract if link else None
    return ToldContract(
        system_id=tie.system_id,
        system=tie.system.name,
        contract_id=contract.pk if contract else None,
        contract=contract.name if contract else "",
        supplier=contract.supplier.name if contract and contract.supplier else "",
        starts_on=contract.starts_on if contract else None,
        ends_on=_last_day(contract) if contract else None,
        terminated_on=contract.terminated_on if contract else None,
        holds=contract is not None and _holds(contract, day),
        data_gets_out=plan is not None,
        tested_on=plan.tested_on if plan else None,
    )


def _purchase_of(several: list[ToldContract]) -> ToldPurchase:
    known = [one for one in several if one.contract_id is not None]
    plans = [one for one in several if one.contract_id is None and one.data_gets_out]
    first = min(known, key=lambda one: (one.holds, one.data_gets_out), default=None) or plans[0]
    without = {one.system for one in several if one.contract_id is None}
    return ToldPurchase(first, tuple(sorted(without)))


@dataclass(frozen=True)
class ToldManagement:
    """The last approval and the last course of the management body, one of them at least."""

    approval: ManagementStep | None
    course: ManagementStep | None

    @property
    def is_overdue(self) -> bool:
        """Whether the day has passed on which one of them was to be done again."""
        days = [one.next_due_on for one in (self.approval, self.course) if one is not None]
        return any(day is not None and day < today() for day in days)

    @property
    def holds(self) -> bool:
        """Whether both are written down and neither is to be done again already."""
        return self.approval is not None and self.course is not None and not self.is_overdue


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
    """The approved reassurance sheet of an initiative.

    `is_changed` when the facts say something else now: a newer version that waits says so too, as
    one is only laid forward when it differs from what stands.
    """

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
                is_changed=one.state in (SheetState.CHANGED, SheetState.WAITING),
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
    """The newest reuse check of an initiative, with the shared solutions it showed and chose.

    `listed` stood on the list and were not chosen; whether anybody examined them is not known.
    """

    choice: str
    reason: str
    chosen: tuple[str, ...]
    listed: tuple[str, ...]
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
    found = {}
    for one in rows:
        shared = [each for each in one.candidates if each.get("kind") in SHARED_KINDS]
        found[one.initiative_id] = ToldReuse(
            one.choice,
            one.reason,
            tuple(str(each["title"]) for each in shared if each.get("key") in one.chosen),
            tuple(str(each["title"]) for each in shared if each.get("key") not in one.chosen),
            one.decided_at.astimezone(DANISH_TIME).date(),
            one.decided_by_name,
        )
    return found
