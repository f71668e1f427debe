"""The initiatives most tests of trust are about."""

import pytest


@pytest.fixture
def training(here):
    """The initiative in Hjemmepleje that is in use."""
    from hoest.domain.portfolio.models import Initiative

    return Initiative.objects.get(organisation_id=here, title__startswith="Digital hjemmetræning")


@pytest.fixture
def visits(here):
    """An initiative whose sheet waits for an answer."""
    from hoest.domain.portfolio.models import Initiative

    return Initiative.objects.get(organisation_id=here, title__startswith="Fælles skærmbesøg")


@pytest.fixture
def fresh(actor, visits):
    """An initiative of the same unit that nobody has told or answered anything about."""
    from hoest.domain.portfolio.actions import create_initiative

    return create_initiative(
        actor=actor("portfolio_manager"),
        fields={"title": "Et helt nyt initiativ", "unit": visits.unit},
    )


@pytest.fixture
def system(actor, fresh):
    """A system of which nothing is known, that a fresh initiative uses."""
    from hoest.domain.trust.actions.ties import tie_system
    from hoest.domain.trust.models import System
    from hoest.foundation import clock

    manager = actor("portfolio_manager")
    made = System.objects.create(
        organisation_id=manager.organisation_id,
        origin="kitos",
        external_id="tryllebog",
        name="Tryllebogen",
        read_at=clock.now(),
    )
    tie_system(actor=manager, system_id=made.pk, initiative_id=fresh.pk, kind="uses")
    return made
