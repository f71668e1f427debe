"""Outcome pools with their standing claims, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import QuerySet

from hoest.domain.benefits.models import Benefit, OutcomePool, PoolClaim
from hoest.domain.benefits.permissions import VIEW_BENEFITS
from hoest.domain.benefits.rules.pools import Claim, PoolStanding, standing
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.faults import NotFound


def pools_of(actor: Actor) -> QuerySet[OutcomePool]:
    """Return the pools of the municipality; whoever sees benefits sees what they are taken from."""
    rows = OutcomePool.objects.filter(organisation_id=actor.organisation_id)
    return rows.select_related("unit") if allowed_somewhere(actor, VIEW_BENEFITS) else rows.none()


def pool_of(actor: Actor, pool_id: int) -> OutcomePool:
    """Return one pool. Raises NotFound."""
    found = pools_of(actor).filter(pk=pool_id).first()
    if found is None:
        raise NotFound("Puljen findes ikke, eller du kan ikke se den.")
    return found


def claim_of(actor: Actor, claim_id: int) -> PoolClaim:
    """Return one claim with its pool and benefit. Raises NotFound."""
    found = (
        PoolClaim.objects.select_related("pool", "benefit__initiative")
        .filter(organisation_id=actor.organisation_id, pk=claim_id, pool__in=pools_of(actor))
        .first()
    )
    if found is None:
        raise NotFound("Andelen findes ikke, eller du kan ikke se den.")
    return found


def claims_on(pools: Iterable[OutcomePool]) -> dict[int, list[PoolClaim]]:
    """Return every claim on some pools with its benefit, also those let go; one query."""
    rows = list(pools)
    found: dict[int, list[PoolClaim]] = {pool.pk: [] for pool in rows}
    if not rows:
        return found
    for claim in (
        PoolClaim.objects.select_related("benefit", "benefit__initiative", "benefit__unit")
        .filter(organisation_id=rows[0].organisation_id, pool_id__in=list(found))
        .order_by("-amount", "pk")
    ):
        found[claim.pool_id].append(claim)
    return found


def standing_from(pool: OutcomePool, claims: Iterable[PoolClaim]) -> PoolStanding:
    """Return how much of a pool is claimed, from claims that are read already."""
    return standing(
        pool.total,
        (
            Claim(claim.benefit_id, claim.benefit.title, claim.amount)
            for claim in claims
            if claim.released_on is None
        ),
    )


def pool_standing(pool: OutcomePool) -> PoolStanding:
    """Return how much of a pool is claimed, and by whom; one query."""
    return standing_from(pool, claims_on([pool])[pool.pk])


def claims_of(benefit: Benefit) -> list[PoolClaim]:
    """Return the standing claims of a benefit with their pools."""
    return list(
        PoolClaim.objects.select_related("pool", "pool__unit")
        .filter(organisation_id=benefit.organisation_id, benefit=benefit, released_on__isnull=True)
        .order_by("pool__name")
    )


def claimed_by(claims: Iterable[PoolClaim], measure: str) -> Decimal | None:
    """Return what a benefit claims in a measure, over all pools; None without any claim in it."""
    amounts = [claim.amount for claim in claims if claim.pool.measure == measure]
    return sum(amounts, Decimal(0)) if amounts else None
