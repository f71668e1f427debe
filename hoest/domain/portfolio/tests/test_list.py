"""The list of initiatives keeps every promise of a list."""

from hoest.domain.organisations.models import Unit
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.queries import next_key
from hoest.domain.portfolio.web.lists import Initiatives
from tests.support.contracts import ListContract


class TestInitiatives(ListContract):
    """The contract, with initiatives."""

    page = Initiatives
    role_without = "partner"

    def make(self, actor, title):
        unit = Unit.objects.filter(organisation_id=actor.organisation_id).first()
        return Initiative.objects.create(
            organisation_id=actor.organisation_id,
            key=next_key(actor.organisation_id),
            title=title,
            unit=unit,
        )
