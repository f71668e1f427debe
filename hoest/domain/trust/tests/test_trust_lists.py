"""The lists of sheets, screenings and risks keep every promise of a list."""

from hoest.domain.organisations.models import Unit
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.queries import next_key
from hoest.domain.trust import actions
from hoest.domain.trust.models import EthicsScreening, SecurityRisk
from hoest.domain.trust.rules.sheets import SheetFactCode
from hoest.domain.trust.web.ethics.lists import Screenings
from hoest.domain.trust.web.security.registers import Risks
from hoest.domain.trust.web.sheets.lists import Sheets
from hoest.foundation.clock import now, today
from tests.support.contracts import ListContract


def _initiative(actor, title):
    return Initiative.objects.create(
        organisation_id=actor.organisation_id,
        key=next_key(actor.organisation_id),
        title=title,
        unit=Unit.objects.filter(organisation_id=actor.organisation_id).first(),
    )


class TestSheets(ListContract):
    """The contract, with sheets."""

    page = Sheets
    role_without = "partner"

    def make(self, actor, title):
        made = _initiative(actor, title)
        actions.tell_for_sheet(
            actor=actor, initiative_id=made.pk, told={SheetFactCode.WHY: ["Så går det lettere"]}
        )
        return made


class TestScreenings(ListContract):
    """The contract, with screenings."""

    page = Screenings
    role_without = "partner"

    def make(self, actor, title):
        return EthicsScreening.objects.create(
            organisation_id=actor.organisation_id,
            initiative=_initiative(actor, title),
            number=1,
            instrument="test",
            begun_by_name="x",
            begun_at=now(),
        )


class TestRisks(ListContract):
    """The contract, with risks."""

    page = Risks
    role = "security_officer"
    role_without = "politician"

    def make(self, actor, title):
        return SecurityRisk.objects.create(
            organisation_id=actor.organisation_id,
            what_may_happen=title,
            consequence="Noget mærkes",
            consequence_word="serious",
            likelihood="rare",
            measure="Vi gør noget",
            owner_function="It",
            ends_on=today(),
        )
