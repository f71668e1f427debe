"""Reads of suppliers: how much leans on each, and which contracts ask for a decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, Func, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from hoest.domain.trust.models import (
    Contract,
    ContractDecision,
    ContractSystem,
    ExitPlan,
    Supplier,
    System,
)
from hoest.domain.trust.permissions import VIEW_SYSTEMS
from hoest.domain.trust.rules.suppliers import (
    Concentration,
    Leaning,
    concentration,
    leanings,
)
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.clock import today
from hoest.foundation.faults import NotFound


def suppliers_of(actor: Actor) -> QuerySet[Supplier]:
    """Return the suppliers that were ever read."""
    rows = Supplier.objects.filter(organisation_id=actor.organisation_id)
    return rows if allowed_somewhere(actor, VIEW_SYSTEMS) else rows.none()


def with_figures(actor: Actor) -> QuerySet[Any]:
    """Return the suppliers in use with systems, critical ones, kroner a year and next decision.

    Each figure is a subquery over its own table, so that nothing is counted twice.
    """
    systems = (
        System.objects.filter(
            organisation_id=actor.organisation_id, supplier=OuterRef("pk"), gone_on__isnull=True
        )
        .order_by()
        .values("supplier")
    )
    contracts = (
        standing_contracts(actor).filter(supplier=OuterRef("pk")).order_by().values("supplier")
    )
    return (
        suppliers_of(actor)
        .annotate(
            systems_count=Coalesce(Subquery(systems.annotate(n=Count("pk")).values("n")), 0),
            critical_count=Coalesce(
                Subquery(systems.filter(critical="yes").annotate(n=Count("pk")).values("n")), 0
            ),
            contracts_count=Coalesce(Subquery(contracts.annotate(n=Count("pk")).values("n")), 0),
            yearly_dkk=Subquery(contracts.annotate(n=Sum("yearly_dkk")).values("n")),
            next_on=Subquery(
                contracts.filter(decide_by__gte=today()).annotate(n=Min("decide_by")).values("n")
            ),
        )
        .filter(
            Exists(systems.values("pk"))
            | Exists(standing_contracts(actor).filter(supplier=OuterRef("pk")))
        )
    )


def standing_contracts(actor: Actor) -> QuerySet[Contract]:
    """Return the contracts that are in the register and have not run out."""
    rows = Contract.objects.filter(organisation_id=actor.organisation_id, gone_on__isnull=True)
    if not allowed_somewhere(actor, VIEW_SYSTEMS):
        return rows.none()
    return rows.filter(
        Q(terminated_on__isnull=True) | Q(terminated_on__gte=today()),
        Q(ends_on__isnull=True) | Q(ends_on__gte=today()) | Q(is_continuous=True),
    )


def supplier_of(actor: Actor, supplier_id: int) -> Supplier:
    """Return one supplier. Raises NotFound."""
    found = suppliers_of(actor).filter(pk=supplier_id).first()
    if found is None:
        raise NotFound("Leverandøren findes ikke, eller du kan ikke se den.")
    return found


def contract_of(actor: Actor, contract_id: int) -> Contract:
    """Return one contract with its supplier. Raises NotFound."""
    rows = Contract.objects.filter(organisation_id=actor.organisation_id, pk=contract_id)
    found = rows.select_related("supplier").first()
    if found is None or not allowed_somewhere(actor, VIEW_SYSTEMS):
        raise NotFound("Kontrakten findes ikke, eller du kan ikke se den.")
    return found


@dataclass(frozen=True)
class Dependence:
    """How the municipality leans on its suppliers, and how far the figures reach."""

    by_supplier: Mapping[int, Leaning]
    of_critical: Concentration
    of_spend: Concentration
    systems: int
    systems_without: int
    critical: int
    critical_without: int
    contracts: int
    contracts_without_price: int
    yearly_dkk: Decimal


def dependence(actor: Actor) -> Dependence:
    """Return the dependence on every supplier; four queries whatever there is."""
    systems = System.objects.filter(organisation_id=actor.organisation_id, gone_on__isnull=True)
    rows = _by_supplier(actor, systems)
    counts = systems.aggregate(
        n=Count("pk"),
        without=Count("pk", filter=Q(supplier__isnull=True)),
        n_critical=Count("pk", filter=Q(critical="yes")),
        critical_without=Count("pk", filter=Q(critical="yes", supplier__isnull=True)),
    )
    contracts = standing_contracts(actor).aggregate(
        n=Count("pk"), without=Count("pk", filter=Q(yearly_dkk__isnull=True)), kr=Sum("yearly_dkk")
    )
    return Dependence(
        by_supplier=leanings(rows),
        of_critical=concentration(row[2] for row in rows),
        of_spend=concentration(row[3] or 0 for row in rows),
        systems=counts["n"],
        systems_without=counts["without"],
        critical=counts["n_critical"],
        critical_without=counts["critical_without"],
        contracts=contracts["n"],
        contracts_without_price=contracts["without"],
        yearly_dkk=contracts["kr"] or Decimal(0),
    )


def _by_supplier(
    actor: Actor, systems: QuerySet[System]
) -> list[tuple[int, int, int, Decimal | None]]:
    """Return (supplier, systems, critical systems, kroner a year) in one pass over each table."""
    known = systems.filter(supplier__isnull=False).order_by()
    counted = {
        pk: (count, critical)
        for pk, count, critical in known.values_list("supplier").annotate(
            n=Count("pk"), n_critical=Count("pk", filter=Q(critical="yes"))
        )
    }
    contracts = standing_contracts(actor).filter(supplier__isnull=False).order_by()
    paid = dict(contracts.values_list("supplier").annotate(kr=Sum("yearly_dkk")))
    return [(pk, *counted.get(pk, (0, 0)), paid.get(pk)) for pk in sorted({*counted, *paid})]


def decisions_ahead(actor: Actor) -> QuerySet[Any]:
    """Return the contracts that ask for a decision within sight, the nearest first.

    One that was decided about after its present end was set is shown with what was decided.
    """
    until = today() + dt.timedelta(days=content.limit("contract_ahead_days"))
    decided = ContractDecision.objects.filter(
        organisation_id=actor.organisation_id, contract=OuterRef("pk")
    ).filter(Q(ends_on=OuterRef("leaves_on")) | Q(ends_on__isnull=True))
    return (
        standing_contracts(actor)
        .filter(decide_by__isnull=False, decide_by__lte=until)
        .annotate(
            choice=Subquery(decided.order_by("-decided_at", "-pk").values("choice")[:1]),
            systems_count=Coalesce(
                Subquery(
                    ContractSystem.objects.filter(
                        organisation_id=actor.organisation_id, contract=OuterRef("pk")
                    )
                    .order_by()
                    .values("contract")
                    .annotate(n=Count("pk"))
                    .values("n")
                ),
                0,
            ),
        )
        .select_related("supplier")
        .order_by("decide_by", Func(F("name"), function="da_key"), "pk")
    )


def undecided(actor: Actor) -> QuerySet[Any]:
    """Keep those nobody has decided about, or only put off."""
    return decisions_ahead(actor).filter(Q(choice__isnull=True) | Q(choice="later"))


def decisions_of(actor: Actor, contract: Contract) -> list[ContractDecision]:
    """Return what was decided about a contract, the newest first."""
    rows = ContractDecision.objects.filter(organisation_id=actor.organisation_id, contract=contract)
    return list(rows)


def plans_of(actor: Actor, supplier: Supplier) -> dict[int, ExitPlan]:
    """Return the exit plans of a supplier's systems, by system."""
    rows = ExitPlan.objects.filter(
        organisation_id=actor.organisation_id, system__supplier=supplier
    ).select_related("replacement_initiative")
    return {plan.system_id: plan for plan in rows}
