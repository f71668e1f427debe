"""What a test municipality knows of its benefits beyond the ladder: a profile, a pool, a loss."""

from __future__ import annotations

from decimal import Decimal

from hoest.foundation import clock


def add_profiles(organisation: int, marker: str) -> None:
    """Fill one profile, give one benefit its part of a pool, and write one dis-benefit down."""
    from hoest.domain.benefits import actions
    from hoest.domain.benefits.models import Benefit
    from hoest.domain.portfolio.models import Initiative
    from tests.support.world import actor_with_role

    manager = actor_with_role(organisation, "portfolio_manager")
    rows = Benefit.objects.filter(organisation_id=organisation)
    bought = rows.get(title__startswith="Lavere indkøb")
    fill = {"actor": manager, "benefit_id": bought.pk, "seen": None}
    actions.fill_portion(
        **fill,
        portion="hvad",
        fields={
            "beneficiaries": ["service_users", "estate_agents", "municipality"],
            "citizen_effect": f"Borgerne får de samme varer som før {marker}",
        },
    )
    actions.fill_portion(
        **fill,
        portion="vaerdi",
        fields={
            "unit_word": "bestilling",
            "units_a_year": Decimal(1_400),
            "unit_price_dkk": Decimal("500"),
            "price_level": clock.today().year - 2,
            "price_source": f"Rammeaftalen {marker}",
            "cost_base_dkk": Decimal(4_000_000),
        },
    )
    pool = actions.make_pool(
        actor=actor_with_role(organisation, "controller"),
        fields={
            "name": f"Aftentimer i hjemmeplejen {marker}",
            "unit": None,
            "measure": "hours",
            "total": Decimal(10_000),
            "price_level": None,
            "source_text": "Vagtplanen",
            "source_on": clock.today(),
        },
    )
    actions.claim_of_pool(
        actor=manager,
        pool_id=pool.pk,
        benefit_id=rows.get(title__startswith="Frigjorte aftentimer").pk,
        amount=Decimal(3_100),
    )
    idea = Initiative.objects.get(organisation_id=organisation, title__startswith="Fra papir")
    actions.create_benefit(
        actor=manager,
        initiative_id=idea.pk,
        fields={
            "title": f"Telefoner skal lades op {marker}",
            "benefit_type": "work_environment",
            "is_disbenefit": True,
        },
    )
