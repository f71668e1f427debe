"""The contracts of the systems an initiative uses, offered for the purchase while they hold."""

import datetime as dt

import pytest
from django.urls import reverse

from hoest.domain.trust.actions.ties import tie_system
from hoest.domain.trust.models import Contract, ContractSystem, ExitPlan, System
from hoest.domain.trust.rules.register import last_day
from hoest.domain.trust.tests.offered import told
from hoest.foundation import clock

DAY = dt.date(2026, 3, 2)
LONG_AGO = dt.date(2019, 1, 1)
AHEAD = dt.date(2099, 6, 1)


@pytest.mark.parametrize(
    ("ends_on", "terminated_on", "is_continuous", "last"),
    [
        (None, None, None, None),
        (AHEAD, None, None, AHEAD),
        (AHEAD, LONG_AGO, None, LONG_AGO),
        (LONG_AGO, None, True, None),
        (LONG_AGO, AHEAD, True, AHEAD),
    ],
)
def test_the_last_day_of_a_contract(ends_on, terminated_on, is_continuous, last):
    found = last_day(ends_on=ends_on, terminated_on=terminated_on, is_continuous=is_continuous)
    assert found == last


pytestmark = pytest.mark.django_db


@pytest.fixture
def other(actor, fresh, here):
    """Another system the fresh initiative uses."""
    made = System.objects.create(
        organisation_id=here,
        origin="kitos",
        external_id="kedel",
        name="Kedlen",
        read_at=clock.now(),
    )
    tie_system(
        actor=actor("portfolio_manager"), system_id=made.pk, initiative_id=fresh.pk, kind="uses"
    )
    return made


def contract(system, name, **facts):
    """Let the register know of a contract about a system."""
    made = Contract.objects.create(
        organisation_id=system.organisation_id,
        origin="kitos",
        external_id=name,
        name=name,
        read_at=clock.now(),
        starts_on=DAY,
        **facts,
    )
    ContractSystem.objects.create(
        organisation_id=system.organisation_id, contract=made, system=system
    )
    return made


def test_a_contract_and_the_way_out_of_it_are_offered_for_the_purchase(system, fresh, here):
    made = contract(system, "Tryllekontrakten", ends_on=dt.date(2030, 6, 1))
    offered = told(fresh, "procurement")
    assert offered.state == "in_progress"
    assert "»Tryllekontrakten« for Tryllebogen står i registret (slutter 1. juni 2030)" in (
        offered.source
    )
    assert "ingen exitplan" in offered.source
    assert offered.on == DAY
    assert offered.url == reverse("suppliers:contract", args=[made.pk])
    ExitPlan.objects.create(organisation_id=here, system=system, data_out="Et udtræk hver nat")
    assert "siger, hvordan data kommer ud" in told(fresh, "procurement").source
    # A plan alone is something; one that does not say how the data gets out is not.
    Contract.objects.filter(pk=made.pk).update(gone_on=clock.today())
    alone = told(fresh, "procurement")
    assert alone.url == reverse("systems:system", args=[system.pk])
    assert "ingen kontrakt for Tryllebogen" in alone.source
    ExitPlan.objects.filter(system=system).update(data_out="")
    assert told(fresh, "procurement") is None


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"ends_on": LONG_AGO}, "»Gammel« for Tryllebogen sluttede 1. januar 2019."),
        (
            {"ends_on": AHEAD, "terminated_on": LONG_AGO},
            "»Gammel« for Tryllebogen er opsagt og sluttede 1. januar 2019.",
        ),
        ({"is_valid": False}, "»Gammel« for Tryllebogen er ikke gyldig, siger registret."),
    ],
)
def test_a_contract_that_holds_no_longer_is_told_as_missing(system, fresh, facts, said):
    old = contract(system, "Gammel", **facts)
    found = told(fresh, "procurement")
    assert (found.state, found.source) == ("missing", f"Kontrakten {said}")
    assert found.url == reverse("suppliers:contract", args=[old.pk])
    # One that holds speaks before the old ones of the same system.
    contract(system, "Ny", ends_on=clock.today())
    found = told(fresh, "procurement")
    assert found.state == "in_progress"
    assert "»Ny«" in found.source


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"ends_on": LONG_AGO, "is_continuous": True}, "står i registret."),
        ({"ends_on": AHEAD, "terminated_on": AHEAD}, "(opsagt til 1. juni 2099)"),
        ({"is_valid": True}, "står i registret."),
    ],
)
def test_what_goes_on_or_has_not_ended_yet_is_offered(system, fresh, facts, said):
    contract(system, "Løbende", **facts)
    found = told(fresh, "procurement")
    assert found.state == "in_progress"
    assert said in found.source


def test_of_several_systems_what_lacks_speaks_first(system, other, fresh, here):
    contract(system, "Tryllekontrakten", ends_on=AHEAD)
    found = told(fresh, "procurement")
    assert found.state == "in_progress"
    assert "Der står ingen kontrakt for Kedlen i registret." in found.source
    ExitPlan.objects.create(organisation_id=here, system=system, data_out="Et udtræk hver nat")
    kettle = contract(other, "Kedelaftalen", ends_on=AHEAD)
    assert "ingen exitplan for Kedlen" in told(fresh, "procurement").source
    Contract.objects.filter(pk=kettle.pk).update(ends_on=LONG_AGO)
    found = told(fresh, "procurement")
    assert (found.state, found.url) == ("missing", reverse("suppliers:contract", args=[kettle.pk]))
    assert "»Kedelaftalen«" in found.source
