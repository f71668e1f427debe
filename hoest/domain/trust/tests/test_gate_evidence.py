"""Each requirement of a gate and the fact in trust offered for it: a table, and its edges."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.queries import gate_of
from hoest.domain.trust import actions
from hoest.domain.trust.models import (
    DataSet,
    DataSetUse,
    Processing,
    ProcessingSystem,
    ReuseCheck,
    Sheet,
    System,
)
from hoest.domain.trust.rules.sheets import SheetFactCode, SheetState
from hoest.domain.trust.tests.offered import plain, told
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


def test_a_registration_that_is_not_valid_shows_nothing(system, fresh, here):
    facts = {"agreement": "yes", "agreement_on": DAY, "transfers": "no"}

    def register(code, **more):
        row = Processing.objects.create(
            organisation_id=here,
            origin="kitos",
            external_id=code,
            name=code,
            read_at=clock.now(),
            **facts,
            **more,
        )
        ProcessingSystem.objects.create(organisation_id=here, processing=row, system=system)

    register("Gammel", is_valid=False)
    old = told(fresh, "record_of_processing")
    assert old.state == "missing"
    assert "»Gammel« for Tryllebogen er ikke gyldig" in old.source
    assert told(fresh, "processor_agreement") is None
    assert told(fresh, "third_country_transfer") is None
    # Where a valid one stands, the old one says nothing.
    register("Ny", is_valid=True)
    assert "»Ny«" in told(fresh, "record_of_processing").source
    for code in ("record_of_processing", "processor_agreement", "third_country_transfer"):
        assert told(fresh, code).state == "in_progress"


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


def test_the_approved_sheet_is_offered_to_the_duty_to_inform(training, visits):
    offered = told(training, "duty_to_inform")
    assert offered.state == "in_progress"
    assert "ligger på den åbne side" in offered.source
    assert offered.on is not None
    assert offered.name
    assert offered.url == reverse("sheets:sheet", args=[training.pk])
    # One that waits for an answer is not approved.
    assert told(visits, "duty_to_inform") is None


def test_a_sheet_whose_source_has_changed_says_so_also_while_a_newer_version_waits(training, actor):
    assert "Kilden er ændret" not in told(training, "duty_to_inform").source
    writer = actor("portfolio_manager")
    actions.tell_for_sheet(
        actor=writer,
        initiative_id=training.pk,
        told={SheetFactCode.IF_WRONG: ["Så skriver vi til dig."]},
    )
    sheet = Sheet.objects.get(initiative=training)
    assert sheet.state == SheetState.CHANGED
    assert "Kilden er ændret siden." in told(training, "duty_to_inform").source
    actions.lay_forward(actor=writer, initiative_id=training.pk)
    sheet.refresh_from_db()
    assert sheet.state == SheetState.WAITING
    assert "Kilden er ændret siden." in told(training, "duty_to_inform").source


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


def test_the_shared_solutions_of_the_reuse_check_are_offered_as_chosen_or_only_listed(here, fresh):
    seen = [
        {"key": "solution-aula", "kind": "solution", "title": "Aula"},
        {"key": "block-signatur", "kind": "block", "title": "Underskrift"},
        {"key": "system-1", "kind": "system", "title": "Vores eget"},
        {"key": "lesson-3", "kind": "lesson", "title": "Mødeplaner på papir"},
        {"key": "initiative-4", "kind": "shared", "title": "Naboens arbejde"},
    ]

    def decide(candidates, chosen=()):
        ReuseCheck.objects.create(
            organisation_id=here,
            initiative=fresh,
            phase="idea",
            choice="adapt" if chosen else "new",
            reason="Sådan blev det",
            candidates=candidates,
            chosen=list(chosen),
            decided_by_name="Porteføljelederen",
        )

    decide(seen)
    offered = told(fresh, "shared_alternatives")
    assert offered.state == "in_progress"
    assert offered.name == "Porteføljelederen"
    # What only stood on a list is never called examined, and a lesson is no shared solution.
    assert "liste stod Aula, Underskrift. Skriv, hvad I har undersøgt" in offered.source
    assert "valgte" not in offered.source
    for other in ("Vores eget", "Mødeplaner", "Naboens"):
        assert other not in offered.source
    decide(seen, ["solution-aula", "system-1"])
    said = told(fresh, "shared_alternatives").source
    assert "valgte I at bygge på Aula. På genbrugstjekkets liste stod Underskrift." in said
    decide(seen[2:], ["system-1"])
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
