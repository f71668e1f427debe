"""Outcome pools: make one, change it, claim a part of it, let the part go.

The database holds the sum of claims within the pool; here the claimant is told, under the pool's
lock, who holds the rest. Source: peers 3.5 (double-count guard).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, TypedDict

from django.db import connection, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hoest.domain.benefits.actions.held import held, refuse_lapsed, require_there, with_reason
from hoest.domain.benefits.models import Benefit, OutcomePool, PoolClaim
from hoest.domain.benefits.permissions import CHANGE_BENEFITS, KEEP_POOLS
from hoest.domain.benefits.queries import pool_of, pool_standing
from hoest.domain.benefits.rules.faults import (
    ClaimDoesNotFit,
    ClaimIsReleased,
    DisbenefitIsNotHarvested,
    PoolIsPromised,
    PoolNameTaken,
    PoolNotWhole,
)
from hoest.domain.benefits.rules.pools import PoolMeasure, PoolStanding, fits
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import NotFound
from hoest.foundation.forms.versions import check_version
from hoest.ui import formats

LARGEST = Decimal(10) ** 13


class PoolFields(TypedDict):
    """What a person writes about a pool. `total` is hours or kroner a year, by `measure`."""

    name: str
    unit: Any
    measure: str
    total: Decimal
    price_level: int | None
    source_text: str
    source_on: dt.date


@transaction.atomic
def make_pool(*, actor: Actor, fields: PoolFields) -> OutcomePool:
    """Write down what there is to take from, with its source."""
    require(actor, KEEP_POOLS)
    values = _sound(fields)
    _one_name_at_a_time(actor)
    _refuse_name(actor, values["name"], values["measure"])
    pool = OutcomePool.objects.create(organisation_id=actor.organisation_id, **values)
    record(actor, "benefits.make_pool", pool, total=pool.total, measure=pool.measure)
    return pool


@transaction.atomic
def change_pool(*, actor: Actor, pool_id: int, version: int, fields: PoolFields) -> OutcomePool:
    """Change a pool. Raises PoolIsPromised when it would be smaller than its claims."""
    require(actor, KEEP_POOLS)
    pool = _held(actor, pool_id)
    values = _sound(fields)
    changes = {name: value for name, value in values.items() if getattr(pool, name) != value}
    check_version(pool, version, changes)
    if not changes:
        return pool
    stands = pool_standing(pool)
    if values["total"] < stands.claimed:
        raise PoolIsPromised(
            _("%(claimed)s er allerede lovet væk af puljen. Den kan ikke blive mindre end det.")
            % {"claimed": said(stands.claimed, pool.measure)}
        )
    if "measure" in changes and stands.claims:
        raise PoolIsPromised(_("Puljen er lovet væk i sin egen enhed og kan ikke skifte den."))
    if {"name", "measure"} & set(changes):
        _one_name_at_a_time(actor)
        _refuse_name(actor, values["name"], values["measure"], but=pool.pk)
    before = {name: getattr(pool, name) for name in changes}
    for name, value in changes.items():
        setattr(pool, name, value)
    pool.version += 1
    pool.save(update_fields=[*changes, "version", "changed_at"])
    record(actor, "benefits.change_pool", pool, before=before, after=changes)
    return pool


@transaction.atomic
def claim_of_pool(*, actor: Actor, pool_id: int, benefit_id: int, amount: Decimal) -> PoolClaim:
    """Claim an amount a year of a pool for a benefit; a second claim takes the first one's place.

    Raises ClaimDoesNotFit with those who hold the rest, DisbenefitIsNotHarvested.
    """
    benefit = held(actor, benefit_id)
    require_there(actor, CHANGE_BENEFITS, benefit)
    refuse_lapsed(benefit)
    if benefit.is_disbenefit:
        raise DisbenefitIsNotHarvested(_("En ulempe tager intet af en pulje."))
    pool = _held(actor, pool_id)
    stands = pool_standing(pool)
    if not 0 < amount < LARGEST:
        raise ClaimDoesNotFit(_("Skriv, hvor meget gevinsten tager af puljen om året."))
    if not fits(stands, benefit.pk, amount):
        raise ClaimDoesNotFit(_who_holds_the_rest(pool, stands.without(benefit.pk), amount))
    former = _standing(actor, pool, benefit)
    if former is not None and former.amount == amount:
        return former
    if former is None:
        claim = PoolClaim.objects.create(
            organisation_id=actor.organisation_id,
            pool=pool,
            benefit=benefit,
            amount=amount,
            claimed_on=clock.today(),
            claimed_by_name=actor.name[:160],
        )
    else:
        claim = former
        claim.amount, claim.claimed_on, claim.claimed_by_name = (
            amount,
            clock.today(),
            actor.name[:160],
        )
        claim.version += 1
        claim.save(
            update_fields=["amount", "claimed_on", "claimed_by_name", "version", "changed_at"]
        )
    record(actor, "benefits.claim_of_pool", benefit, pool=pool, amount=amount)
    return claim


@transaction.atomic
def release_claim(*, actor: Actor, claim_id: int, reason: str) -> PoolClaim:
    """Let a claim go with a reason, so that others may take it; it stays readable."""
    found = (
        PoolClaim.objects.select_related("pool")
        .filter(organisation_id=actor.organisation_id, pk=claim_id)
        .first()
    )
    if found is None:
        raise NotFound("Andelen findes ikke.")
    benefit = held(actor, found.benefit_id)
    require_there(actor, CHANGE_BENEFITS, benefit)
    claim = PoolClaim.objects.select_for_update().get(pk=found.pk)
    if claim.released_on is not None:
        raise ClaimIsReleased(_("Andelen er allerede givet fri."))
    _release(claim, with_reason(reason))
    record(actor, "benefits.release_claim", benefit, pool=found.pool, reason=claim.released_reason)
    return claim


def release_all(benefit: Benefit, reason: str) -> int:
    """Let every claim of a benefit go: one that was given up takes nothing of a pool."""
    claims = list(
        PoolClaim.objects.select_for_update()
        .filter(organisation_id=benefit.organisation_id, benefit=benefit, released_on__isnull=True)
        .order_by("pool_id")
    )
    for claim in claims:
        _release(claim, reason)
    return len(claims)


def said(amount: Decimal, measure: str) -> str:
    """Write an amount of a pool with its unit."""
    language = get_language() or "da"
    if measure == PoolMeasure.HOURS:
        return formats.hours(amount, language)
    return formats.kroner(amount, 0, language)


def _release(claim: PoolClaim, reason: str) -> None:
    claim.released_on, claim.released_reason = clock.today(), reason
    claim.version += 1
    claim.save(update_fields=["released_on", "released_reason", "version", "changed_at"])


def _who_holds_the_rest(pool: OutcomePool, others: PoolStanding, amount: Decimal) -> str:
    holders = ", ".join(
        f"»{claim.title}« ({said(claim.amount, pool.measure)})" for claim in others.claims
    )
    wanted = {
        "wanted": said(amount, pool.measure),
        "left": said(others.left, pool.measure),
        "total": said(pool.total, pool.measure),
        "holders": holders,
    }
    if not holders:
        return formats.one_stop(_("%(wanted)s er mere end hele puljen på %(total)s.") % wanted)
    return (
        _(
            "%(wanted)s kan ikke være i puljen. Der er %(left)s tilbage af %(total)s. Resten er "
            "lovet væk: %(holders)s."
        )
        % wanted
    )


def _held(actor: Actor, pool_id: int) -> OutcomePool:
    """Return a pool, locked, so that one claim at a time is weighed. Raises NotFound."""
    found = pool_of(actor, pool_id)
    return OutcomePool.objects.select_for_update().get(pk=found.pk)


def _standing(actor: Actor, pool: OutcomePool, benefit: Benefit) -> PoolClaim | None:
    return (
        PoolClaim.objects.select_for_update()
        .filter(
            organisation_id=actor.organisation_id,
            pool=pool,
            benefit=benefit,
            released_on__isnull=True,
        )
        .first()
    )


def _one_name_at_a_time(actor: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('benefits.pools'), %s)", [actor.organisation_id]
        )


def _refuse_name(actor: Actor, name: str, measure: str, but: int | None = None) -> None:
    taken = OutcomePool.objects.filter(
        organisation_id=actor.organisation_id, name=name, measure=measure
    )
    if but is not None:
        taken = taken.exclude(pk=but)
    if taken.exists():
        raise PoolNameTaken(_("Der er allerede en pulje med det navn. Giv den et andet."))


def _sound(fields: PoolFields) -> dict[str, Any]:
    """Return the fields of a pool without outer spaces. Raises PoolNotWhole."""
    values: dict[str, Any] = {**fields}
    values["name"] = " ".join(fields["name"].split())[:160]
    values["source_text"] = " ".join(fields["source_text"].split())[:300]
    is_dkk = fields["measure"] == PoolMeasure.DKK
    if not is_dkk:
        values["price_level"] = None
    faults = [
        (not values["name"], _("Skriv, hvad puljen hedder.")),
        (not 0 < fields["total"] < LARGEST, _("Skriv, hvor meget der er i puljen om året.")),
        (not values["source_text"], _("Skriv, hvor tallet kommer fra.")),
        (
            is_dkk and values["price_level"] is None,
            _("Skriv, hvilket års priser kronerne står i."),
        ),
        (
            fields["source_on"] > clock.today(),
            _("Puljen er gjort op på en dag, der er gået. Ret datoen."),
        ),
    ]
    for is_wrong, sentence in faults:
        if is_wrong:
            raise PoolNotWhole(sentence)
    return values
