"""Claims of a pool add to at most the whole of it: in the rules, the acts and the database."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from hoest.domain.benefits import actions, queries
from hoest.domain.benefits.models import Benefit, OutcomePool, PoolClaim
from hoest.domain.benefits.rules.faults import (
    ClaimDoesNotFit,
    ClaimIsReleased,
    DisbenefitIsNotHarvested,
    PoolIsPromised,
    PoolNameTaken,
    PoolNotWhole,
)
from hoest.domain.benefits.rules.pools import Claim, amount_of_share, fits, standing
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.faults import NotAllowed
from hoest.foundation.tenancy.context import acting_for
from tests.support.harvest import title_of
from tests.support.world import HERE, MARKERS, actor_with_role, organisation_id

D = Decimal
Actors = Callable[[str], Actor]
WORDS = ("Frigjorte aftentimer", "Færre møder", "Færre opkald", "Tryg træning")


def _fields(**changes: Any) -> Any:
    return {
        "name": "Aftentimer i hjemmeplejen",
        "unit": None,
        "measure": "hours",
        "total": D(10_000),
        "price_level": None,
        "source_text": "Vagtplanen",
        "source_on": clock.today(),
        **changes,
    }


def _benefit(word: str) -> Benefit:
    return Benefit.objects.get(title=title_of(word, MARKERS[HERE]))


@pytest.fixture
def pool(actor: Actors) -> OutcomePool:
    """A pool of 10.000 hours."""
    return actions.make_pool(actor=actor("controller"), fields=_fields())


@given(
    total=st.decimals(1, 10**6, places=2),
    claims=st.lists(st.tuples(st.integers(1, 5), st.decimals(0, 10**6, places=2)), max_size=12),
)
def test_whatever_the_order_of_claims_their_sum_stays_within(
    total: Decimal, claims: list[tuple[int, Decimal]]
) -> None:
    held: dict[int, Decimal] = {}
    for benefit, amount in claims:
        now = standing(total, (Claim(b, "", a) for b, a in held.items()))
        if fits(now, benefit, amount):
            held[benefit] = amount
        after = standing(total, (Claim(b, "", a) for b, a in held.items()))
        assert after.claimed <= total
        assert after.left >= 0
        assert 0 <= after.claimed_share <= 1


@given(
    total=st.decimals(D("0.01"), 10**9, places=2),
    cuts=st.lists(st.integers(0, 10**6), min_size=1, max_size=8),
)
def test_shares_that_add_to_the_whole_never_claim_more(total: Decimal, cuts: list[int]) -> None:
    points = [0, *sorted(cuts), 10**6]
    shares = [D(b - a) / 10**6 for a, b in itertools.pairwise(points)]
    assert sum(shares) == 1
    assert sum(amount_of_share(total, share) for share in shares) <= total


def test_a_pool_has_a_total_and_a_source(actor: Actors) -> None:
    controller = actor("controller")
    for wrong in (
        {"name": " "},
        {"total": D(0)},
        {"source_text": ""},
        {"measure": "dkk"},
    ):
        with pytest.raises(PoolNotWhole):
            actions.make_pool(actor=controller, fields=_fields(**wrong))
    with pytest.raises(NotAllowed):
        actions.make_pool(actor=actor("initiative_lead"), fields=_fields())
    actions.make_pool(actor=controller, fields=_fields())
    with pytest.raises(PoolNameTaken):
        actions.make_pool(actor=controller, fields=_fields(total=D(5)))
    actions.make_pool(actor=controller, fields=_fields(measure="dkk", price_level=2026))


def test_a_claim_beyond_the_pool_is_told_who_holds_the_rest(
    actor: Actors, pool: OutcomePool
) -> None:
    lead = actor("portfolio_manager")
    first, second = _benefit("Frigjorte aftentimer"), _benefit("Færre møder")
    actions.claim_of_pool(actor=lead, pool_id=pool.pk, benefit_id=first.pk, amount=D(9_200))
    with pytest.raises(ClaimDoesNotFit) as refused:
        actions.claim_of_pool(actor=lead, pool_id=pool.pk, benefit_id=second.pk, amount=D(801))
    said = str(refused.value).replace("\xa0", " ")
    assert "Der er 800 timer tilbage af 10.000 timer" in said
    assert f"»{first.title}« (9.200 timer)" in said
    actions.claim_of_pool(actor=lead, pool_id=pool.pk, benefit_id=second.pk, amount=D(800))
    pool.refresh_from_db()
    assert pool.claimed == pool.total
    assert queries.pool_standing(pool).claimed_share == 1


def test_a_second_claim_takes_the_place_of_the_first(actor: Actors, pool: OutcomePool) -> None:
    lead, benefit = actor("portfolio_manager"), _benefit("Frigjorte aftentimer")
    for amount in (D(6_000), D(10_000), D(4_000)):
        actions.claim_of_pool(actor=lead, pool_id=pool.pk, benefit_id=benefit.pk, amount=amount)
        pool.refresh_from_db()
        assert pool.claimed == amount
    assert PoolClaim.objects.filter(pool=pool).count() == 1


def test_what_is_let_go_is_free_for_others_and_stays_readable(
    actor: Actors, pool: OutcomePool
) -> None:
    lead = actor("portfolio_manager")
    first, second = _benefit("Frigjorte aftentimer"), _benefit("Færre møder")
    claim = actions.claim_of_pool(
        actor=lead, pool_id=pool.pk, benefit_id=first.pk, amount=D(10_000)
    )
    actions.release_claim(actor=lead, claim_id=claim.pk, reason="Vagtplanen er ændret")
    with pytest.raises(ClaimIsReleased):
        actions.release_claim(actor=lead, claim_id=claim.pk, reason="Igen")
    actions.claim_of_pool(actor=lead, pool_id=pool.pk, benefit_id=second.pk, amount=D(10_000))
    assert {c.released_reason for c in queries.claims_on([pool])[pool.pk]} == {
        "",
        "Vagtplanen er ændret",
    }


def test_a_benefit_that_is_given_up_lets_its_part_go(actor: Actors, pool: OutcomePool) -> None:
    controller, benefit = actor("controller"), _benefit("Færre møder")
    actions.claim_of_pool(
        actor=actor("portfolio_manager"), pool_id=pool.pk, benefit_id=benefit.pk, amount=D(900)
    )
    actions.lapse(actor=controller, benefit_id=benefit.pk, reason="Møderne er afskaffet")
    pool.refresh_from_db()
    assert pool.claimed == 0


def test_a_pool_never_gets_smaller_than_its_claims(actor: Actors, pool: OutcomePool) -> None:
    controller = actor("controller")
    actions.claim_of_pool(
        actor=actor("portfolio_manager"),
        pool_id=pool.pk,
        benefit_id=_benefit("Færre møder").pk,
        amount=D(900),
    )
    pool.refresh_from_db()
    for wrong in ({"total": D(899)}, {"measure": "dkk", "price_level": 2026}):
        with pytest.raises(PoolIsPromised):
            actions.change_pool(
                actor=controller, pool_id=pool.pk, version=pool.version, fields=_fields(**wrong)
            )
    changed = actions.change_pool(
        actor=controller, pool_id=pool.pk, version=pool.version, fields=_fields(total=D(900))
    )
    assert changed.total == 900


def test_a_disbenefit_takes_nothing_of_a_pool(actor: Actors, pool: OutcomePool) -> None:
    lead = actor("portfolio_manager")
    initiative = _benefit("Færre møder").initiative
    made = actions.create_benefit(
        actor=lead,
        initiative_id=initiative.pk,
        fields={"title": "Mere", "benefit_type": "freed_time", "is_disbenefit": True},
    )
    with pytest.raises(DisbenefitIsNotHarvested):
        actions.claim_of_pool(actor=lead, pool_id=pool.pk, benefit_id=made.pk, amount=D(1))


@pytest.mark.parametrize(
    "statement",
    [
        "update benefits_outcomepool set claimed = 5 where id = %(pool)s",
        "update benefits_outcomepool set total = 1 where id = %(pool)s",
        "update benefits_poolclaim set amount = 10001 where pool_id = %(pool)s",
        "update benefits_poolclaim set amount = 0 where pool_id = %(pool)s",
        "update benefits_poolclaim set benefit_id = %(other)s where pool_id = %(pool)s",
        "delete from benefits_poolclaim where pool_id = %(pool)s",
        "update benefits_poolclaim set released_on = now() where pool_id = %(pool)s",
        "insert into benefits_outcomepool (organisation_id, version, created_at, changed_at, name,"
        " measure, total, source_text, source_on, claimed) select organisation_id, 1, now(), now(),"
        " 'Ny', 'hours', 5, 'x', now(), 5 from benefits_outcomepool where id = %(pool)s",
        "update benefits_outcomepool set measure = 'dkk', price_level = 2026 where id = %(pool)s",
    ],
)
def test_the_database_itself_refuses(actor: Actors, pool: OutcomePool, statement: str) -> None:
    actions.claim_of_pool(
        actor=actor("portfolio_manager"),
        pool_id=pool.pk,
        benefit_id=_benefit("Færre møder").pk,
        amount=D(900),
    )
    facts = {"pool": pool.pk, "other": _benefit("Tryg træning").pk}
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, facts)
    pool.refresh_from_db()
    assert (pool.claimed, pool.total) == (900, 10_000)


@settings(max_examples=25)
@given(
    steps=st.lists(
        st.tuples(st.integers(0, 3), st.one_of(st.none(), st.integers(1, 12_000))), max_size=10
    )
)
def test_claims_made_behind_the_acts_add_to_at_most_the_pool(
    django_db_blocker: Any, world_template: str, django_db_setup: None, steps: Any
) -> None:
    with django_db_blocker.unblock(), acting_for(organisation_id(HERE)), transaction.atomic():
        _walk(organisation_id(HERE), steps)
        transaction.set_rollback(True)


def _walk(organisation: int, steps: list[tuple[int, int | None]]) -> None:
    """Claim, change and release straight in the tables; whatever is refused leaves no trace."""
    benefits = [_benefit(word).pk for word in WORDS]
    pool = OutcomePool.objects.create(organisation_id=organisation, **_fields(name="Prøve"))
    for place, amount in steps:
        own = {"organisation_id": organisation, "pool": pool, "benefit_id": benefits[place]}
        stands = PoolClaim.objects.filter(**own, released_on__isnull=True)
        try:
            with transaction.atomic():
                if amount is None:
                    stands.update(released_on=clock.today(), released_reason="Prøve")
                elif not stands.update(amount=amount):
                    PoolClaim.objects.create(
                        **own, amount=amount, claimed_on=clock.today(), claimed_by_name="Prøve"
                    )
        except IntegrityError:
            pass
        pool.refresh_from_db()
        counted = sum(
            c.amount for c in PoolClaim.objects.filter(pool=pool, released_on__isnull=True)
        )
        assert pool.claimed == counted <= pool.total


def test_two_who_claim_at_once_never_take_more_than_there_is(own_database: str) -> None:
    organisation = organisation_id(HERE)
    with acting_for(organisation), transaction.atomic():
        manager = actor_with_role(organisation, "portfolio_manager")
        pool = actions.make_pool(
            actor=actor_with_role(organisation, "controller"), fields=_fields()
        ).pk
        ids = [_benefit(word).pk for word in WORDS]
    start, outcomes = threading.Barrier(len(ids)), []

    def claim(benefit: int, through_the_act: bool) -> None:
        try:
            with acting_for(organisation):
                start.wait()
                with transaction.atomic():
                    if through_the_act:
                        actions.claim_of_pool(
                            actor=manager, pool_id=pool, benefit_id=benefit, amount=D(6_000)
                        )
                    else:
                        PoolClaim.objects.create(
                            organisation_id=organisation,
                            pool_id=pool,
                            benefit_id=benefit,
                            amount=6_000,
                            claimed_on=clock.today(),
                            claimed_by_name="Prøve",
                        )
            outcomes.append("taken")
        except (ClaimDoesNotFit, IntegrityError):
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=claim, args=(pk, place % 2 == 0)) for place, pk in enumerate(ids)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(outcomes) == ["refused", "refused", "refused", "taken"]
    with acting_for(organisation), transaction.atomic():
        assert OutcomePool.objects.get(pk=pool).claimed == 6_000
