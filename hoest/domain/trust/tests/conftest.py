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
