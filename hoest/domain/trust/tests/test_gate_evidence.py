"""Each requirement of a gate and the fact in trust offered for it: a table, and its edges."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.queries import gate_of
from hoest.domain.trust.actions.ties import tie_system
from hoest.domain.trust.models import (
    Contract,
    ContractSystem,
    DataSet,
    DataSetUse,
    Processing,
    ProcessingSystem,
    ReuseCheck,
    System,
)
from hoest.domain.trust.web.gates import own, register_facts
from hoest.foundation import clock, content, gate_evidence
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import MARKERS, THERE, organisation_id

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 2)

# The facts of a system that speak of a requirement: what is there, and what it then says.
OF_A_SYSTEM = {
    "dpia": ({"dpia": "yes", "dpia_on": DAY}, "Den findes for"),
    "processing_security": ({"risk": "yes", "risk_on": DAY}, "Risikoen er vurderet"),
    "erasure": ({"deletion_on": dt.date(2099, 1, 1)}, "vurderes næste gang 1. januar 2099"),
    "security_classification": (
        {"responsible_unit": "Sundhed", "critical": "yes", "data_levels": ["sensitivedata"]},
        "er Sundhed, og det er klassificeret",
    ),
    "web_accessibility": ({"web_access": "yes", "web_access_on": DAY}, "kan bruges af alle"),
    "archive": ({"archive_duty": "b"}, "er afgjort (bevares)"),
}
# What is answered with a no, or is past its day: that is told as it stands, as missing.
LACKING = {
    "dpia": {"dpia": "no"},
    "processing_security": {"risk": "no"},
    "erasure": {"deletion_on": dt.date(2020, 1, 1)},
    "web_accessibility": {"web_access": "partially"},
    "archive": {"archive_duty": "undecided"},
}
# What the register does not know says nothing at all.
UNKNOWN = {
    "dpia": {"dpia": "dontknow"},
    "processing_security": {"risk": "undecided"},
    "security_classification": {"responsible_unit": "Sundhed"},
    "web_accessibility": {"web_access": ""},
    "archive": {"archive_duty": "unknown"},
}
# What a registration of data processing says of a requirement.
OF_A_PROCESSING = {
    "record_of_processing": ({}, "Behandlingen »Drift af"),
    "processor_agreement": ({"agreement": "yes", "agreement_on": DAY}, "Den findes for"),
    "third_country_transfer": ({"transfers": "no"}, "Intet overføres til usikre"),
}
# Every requirement trust tells of; the rest are told by other subjects or by people alone.
TOLD = {*register_facts.OF_REGISTER, *own.TELLERS, *own.OF_REUSE, "ethics"}
BY_OTHERS = {"owner", "plain_purpose", "tested_assumptions", "baseline", "old_way_closing"}
BY_OTHERS |= {"approved_case"}
BY_PEOPLE = {
    *("smart_city_charter", "organisation_of_work", "change_story", "competence_plan"),
    *("staff_hearing", "legal_basis", "dpia_screening", "security_measures", "incident_route"),
    *("emergency_procedure", "ai_assessment", "administrative_law", "record_keeping"),
    *("appropriation", "principle_1", "principle_2", "principle_3", "principle_4"),
    *("principle_5", "principle_7", "principle_8"),
}


def test_every_requirement_is_told_of_by_somebody_or_only_by_people():
    assert set(content.gate_requirements()) == TOLD | BY_OTHERS | BY_PEOPLE
    assert not TOLD & BY_PEOPLE
    known = {*gate_evidence._tellers, *gate_evidence._several}
    assert known >= TOLD
    assert not BY_PEOPLE & known


@pytest.fixture
def system(actor, fresh):
    """A system of which nothing is known, that a fresh initiative uses."""
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


def told(initiative, code):
    """Return what is told of a requirement, None when nothing is."""
    found = gate_evidence.told_of([code], initiative.organisation_id, [initiative.pk])
    one = found[initiative.pk].get(code)
    return one and replace(one, source=plain(one.source))


def plain(text):
    """Return a text with ordinary spaces."""
    return " ".join(text.split())


def know(system, **facts):
    """Let the register know something of a system."""
    System.objects.filter(pk=system.pk).update(**facts)


@pytest.mark.parametrize("code", sorted({*TOLD} - {"management_approval"}))
def test_where_there_is_no_fact_nothing_is_offered(system, fresh, code):
    assert told(fresh, code) is None


@pytest.mark.parametrize("code", sorted(OF_A_SYSTEM))
def test_a_fact_of_the_system_is_offered_with_its_place_and_never_settles(system, fresh, code):
    facts, said = OF_A_SYSTEM[code]
    know(system, **facts)
    offered = told(fresh, code)
    assert offered.state == "in_progress"
    assert said in offered.source
    assert "Tryllebogen" in offered.source
    assert "KITOS" in offered.source
    assert "Bekræft" in offered.source
    assert offered.url == reverse("systems:system", args=[system.pk])
    assert offered.on == (DAY if DAY in facts.values() else None)
    assert offered.name == facts.get("responsible_unit", "")
    # One fact offers evidence for its own requirement and for no other.
    others = [other for other in OF_A_SYSTEM if other != code]
    assert [other for other in others if told(fresh, other)] == []


@pytest.mark.parametrize("code", sorted(LACKING))
def test_a_no_is_told_as_missing(system, fresh, code):
    know(system, **LACKING[code])
    assert told(fresh, code).state == "missing"


@pytest.mark.parametrize("code", sorted(UNKNOWN))
def test_what_the_register_does_not_know_is_not_told(system, fresh, code):
    know(system, **UNKNOWN[code])
    assert told(fresh, code) is None


@pytest.mark.parametrize("code", sorted(OF_A_PROCESSING))
def test_a_registration_of_processing_is_offered(system, fresh, here, code):
    facts, said = OF_A_PROCESSING[code]
    row = Processing.objects.create(
        organisation_id=here,
        origin="kitos",
        external_id="drift",
        name="Drift af Tryllebogen",
        read_at=clock.now(),
        processors=["Solsort Software"],
        **facts,
    )
    ProcessingSystem.objects.create(organisation_id=here, processing=row, system=system)
    offered = told(fresh, code)
    assert offered.state == "in_progress"
    assert said in offered.source
    assert offered.on == facts.get("agreement_on")
    with_name = {"processor_agreement", "third_country_transfer"}
    assert offered.name == ("Solsort Software" if code in with_name else "")


def test_a_transfer_to_an_unsafe_country_is_told_as_missing(system, fresh, here):
    row = Processing.objects.create(
        organisation_id=here,
        origin="kitos",
        external_id="drift",
        name="Drift",
        read_at=clock.now(),
        transfers="yes",
    )
    ProcessingSystem.objects.create(organisation_id=here, processing=row, system=system)
    assert told(fresh, "third_country_transfer").state == "missing"


def test_a_contract_and_the_way_out_of_it_are_offered_for_the_purchase(system, fresh, actor, here):
    contract = Contract.objects.create(
        organisation_id=here,
        origin="kitos",
        external_id="tryllekontrakt",
        name="Tryllekontrakten",
        read_at=clock.now(),
        starts_on=DAY,
        ends_on=dt.date(2030, 6, 1),
    )
    ContractSystem.objects.create(organisation_id=here, contract=contract, system=system)
    offered = told(fresh, "procurement")
    assert offered.state == "in_progress"
    assert "»Tryllekontrakten« for Tryllebogen står i registret (slutter 1. juni 2030)" in (
        offered.source
    )
    assert "ingen exitplan" in offered.source
    assert offered.on == DAY
    assert offered.url == reverse("suppliers:contract", args=[contract.pk])
    from hoest.domain.trust.models import ExitPlan

    ExitPlan.objects.create(organisation_id=here, system=system, data_out="Et udtræk hver nat")
    assert "siger, hvordan data kommer ud" in told(fresh, "procurement").source
    # A plan alone is something; one that does not say how the data gets out is not.
    Contract.objects.filter(pk=contract.pk).update(gone_on=clock.today())
    assert told(fresh, "procurement").url == reverse("systems:system", args=[system.pk])
    ExitPlan.objects.filter(system=system).update(data_out="")
    assert told(fresh, "procurement") is None


def test_the_approved_sheet_is_offered_to_the_duty_to_inform(training, visits):
    offered = told(training, "duty_to_inform")
    assert offered.state == "in_progress"
    assert "ligger på den åbne side" in offered.source
    assert offered.on is not None
    assert offered.name
    assert offered.url == reverse("sheets:sheet", args=[training.pk])
    # One that waits for an answer is not approved.
    assert told(visits, "duty_to_inform") is None


def test_a_data_set_that_is_used_again_is_offered_to_its_principle(here, fresh, actor):
    visits = DataSet.objects.get(organisation_id=here, name__startswith="Besøg")
    DataSetUse.objects.create(
        organisation_id=here,
        data_set=visits,
        initiative=fresh,
        purpose="Måle",
        noted_by_name="En",
    )
    offered = told(fresh, "principle_6")
    assert offered.state == "in_progress"
    assert "Skrives ned af: Medarbejderen." in offered.source
    assert offered.url == reverse("data_sets:data_set", args=[visits.pk])
    DataSet.objects.filter(pk=visits.pk).update(retired_on=clock.today())
    assert told(fresh, "principle_6") is None


def test_what_the_reuse_check_saw_of_others_is_offered_to_the_shared_alternatives(here, fresh):
    seen = [
        {"key": "solution-aula", "kind": "solution", "title": "Aula"},
        {"key": "system-1", "kind": "system", "title": "Vores eget"},
        {"key": "lesson-3", "kind": "lesson", "title": "Mødeplaner på papir"},
    ]

    def decide(candidates):
        ReuseCheck.objects.create(
            organisation_id=here,
            initiative=fresh,
            phase="idea",
            choice="new",
            reason="Intet passede",
            candidates=candidates,
            decided_by_name="Porteføljelederen",
        )

    decide(seen)
    offered = told(fresh, "shared_alternatives")
    assert offered.state == "in_progress"
    assert "så på Aula, Mødeplaner på papir." in offered.source
    assert "Vores eget" not in offered.source
    assert offered.name == "Porteføljelederen"
    decide(seen[1:2])
    assert told(fresh, "shared_alternatives") is None


def test_another_municipalitys_facts_are_never_offered(here, fresh, system):
    """A stranger asks of our initiative, and we of theirs: neither is told anything."""
    know(system, **{k: v for facts, _said in OF_A_SYSTEM.values() for k, v in facts.items()})
    there = organisation_id(THERE)
    codes = sorted(TOLD - {"management_approval"})
    with acting_for(there):
        for asked in (there, here):
            assert gate_evidence.told_of(codes, asked, [fresh.pk])[fresh.pk] == {}
        theirs = list(Initiative.objects.filter(organisation_id=there).values_list("pk", flat=True))
        assert any(gate_evidence.told_of(codes, there, theirs).values()), "they have facts"
    found = gate_evidence.told_of([*codes, "management_approval"], here, theirs)
    assert MARKERS[THERE] not in str(found)
    assert all(not {*told_here} - {"management_approval"} for told_here in found.values())


def test_it_is_read_in_as_many_queries_for_many_as_for_one(here, fresh, training, visits, system):
    codes = sorted(TOLD)
    know(system, dpia="yes")
    gate_evidence.told_of(codes, here, [fresh.pk])
    with CaptureQueriesContext(connection) as few:
        gate_evidence.told_of(codes, here, [fresh.pk])
    every = list(Initiative.objects.filter(organisation_id=here).values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as many:
        gate_evidence.told_of(codes, here, every)
    assert len(many) <= len(few) + 1
    assert len(many) <= 13


def test_what_is_offered_waits_in_the_form_to_be_confirmed(fresh, system, actor, client_for):
    from hoest.domain.portfolio.actions import answer_facts
    from hoest.domain.portfolio.rules.facts import FactAnswer

    know(system, dpia="yes", dpia_on=DAY, risk="no")
    answer_facts(
        actor=actor("portfolio_manager"),
        initiative_id=fresh.pk,
        answers={"personal_data": FactAnswer.YES, "high_risk": FactAnswer.YES},
    )
    Initiative.objects.filter(pk=fresh.pk).update(phase="analysis")
    client = client_for("portfolio_manager")
    url = reverse("gates:requirement", args=[fresh.pk, "dpia"])
    page = client.get(url)
    place = reverse("systems:system", args=[system.pk])
    initial = page.context["form"].initial
    assert initial["state"] == "in_progress"
    assert initial["link"].endswith(place)
    assert initial["dated_on"] == DAY
    assert "2. marts 2026" in plain(page.content.decode())
    fresh.refresh_from_db()
    assert gate_of(fresh).item("dpia").is_open, "nobody has confirmed"
    sent = {"state": "present", "link": initial["link"], "dated_on": "02.03.2026"}
    sent |= {"made_by": "Databeskyttelsesrådgiveren", "version": page.context["version"]}
    assert client.post(url, sent).status_code == 302
    assert not gate_of(fresh).item("dpia").is_open
