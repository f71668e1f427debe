"""The initiative most tests are about."""

import pytest


@pytest.fixture
def training(here):
    """The initiative in Hjemmepleje that is in use."""
    from hoest.domain.portfolio.models import Initiative

    return Initiative.objects.get(organisation_id=here, title__startswith="Digital hjemmetræning")
