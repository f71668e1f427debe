"""The page of a unit in one sentence each: its systems, its hours and its candidates."""

import pytest
from django.urls import reverse

from hoest.domain.organisations.models import Unit
from hoest.domain.portfolio.models import Candidate, Initiative
from hoest.domain.portfolio.tests.shared import text_of
from hoest.domain.trust.actions.ties import tie_system
from hoest.domain.trust.models import System
from hoest.domain.trust.queries.systems import count_in_units

pytestmark = pytest.mark.django_db


def page_of(client, unit):
    return text_of(client.get(reverse("organisations:unit", args=[unit.pk])))


def test_a_unit_tells_of_the_systems_below_it_and_leads_to_them(client_for, actor, here):
    manager, client = actor("portfolio_manager"), client_for("portfolio_manager")
    paper = Initiative.objects.get(organisation_id=here, title__startswith="Fra papir")
    said = "Initiativerne her bruger eller erstatter 1 system; 1 er kritisk for driften."
    assert said in page_of(client, paper.unit)
    board = System.objects.get(organisation_id=here, name__startswith="Vejtavle")
    tie_system(actor=manager, system_id=board.pk, initiative_id=paper.pk, kind="replaces")
    assert "erstatter 2 systemer; 1 er kritisk" in page_of(client, paper.unit)
    found = text_of(client.get(reverse("systems:systems"), {"unit": paper.unit_id}))
    assert board.name in found
    assert "Tidsskema" not in found


def test_a_system_counts_once_however_many_initiatives_use_it(actor, here):
    manager = actor("portfolio_manager")
    journal = System.objects.get(organisation_id=here, name__startswith="Plejebog")
    units = list(Unit.objects.filter(organisation_id=here).values_list("pk", flat=True))
    before = count_in_units(manager, units)
    other = Initiative.objects.filter(organisation_id=here).exclude(title__startswith="Fra papir")
    tie_system(actor=manager, system_id=journal.pk, initiative_id=other[0].pk, kind="uses")
    assert count_in_units(manager, units) == before == (1, 1)


def test_a_unit_tells_what_might_do_itself_below_it_and_leads_to_it(client_for, here):
    client = client_for("portfolio_manager")
    one = Candidate.objects.get(organisation_id=here, title__startswith="Adresseskift")
    said = "1 opgave kan måske gøre sig selv; den rummer 336 timer om året."
    assert said in page_of(client, one.unit)
    assert said in page_of(client, one.unit.parent)
    listed = client.get(reverse("candidates:candidates"), {"unit": one.unit.parent_id})
    assert one.title in text_of(listed)
    empty = Unit.objects.filter(organisation_id=here, name__startswith="Teknik").first()
    assert "gøre sig selv" not in page_of(client, empty)


def test_a_unit_tells_where_hours_lack_and_leads_to_them(client_for, here):
    from hoest.domain.portfolio.models import RoleDemand

    client = client_for("portfolio_manager")
    demand = RoleDemand.objects.filter(organisation_id=here).select_related("initiative__unit")[0]
    page = client.get(reverse("organisations:unit", args=[demand.initiative.unit_id]))
    address = f"{reverse('capacity:ledger')}?enhed={demand.initiative.unit_id}"
    assert address in page.content.decode()
    there = client.get(address).context["point"]
    assert f"{there}." in text_of(page)
