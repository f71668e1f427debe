"""Pages of systems, suppliers, data sets and reuse: what they say, who may, and the lists."""

import datetime as dt

import pytest
from django.urls import reverse

from hoest.domain.portfolio.models import Initiative
from hoest.domain.trust.actions import data_sets as data_set_acts
from hoest.domain.trust.actions.ties import decide_contract, tie_system, write_exit_plan
from hoest.domain.trust.models import (
    Contract,
    DataSet,
    ExitPlan,
    RegisterConnection,
    ReuseCheck,
    ScalingStep,
    Supplier,
    System,
)
from hoest.domain.trust.queries.candidates import candidates_for
from hoest.domain.trust.queries.data_sets import data_set_of
from hoest.domain.trust.queries.reuse import reuse_rate
from hoest.domain.trust.queries.suppliers import decisions_ahead, dependence, undecided
from hoest.domain.trust.queries.systems import facts_for_gates
from hoest.domain.trust.rules.faults import AlreadyTied, NoReason, NotWhole, PlanIsNotWhole
from hoest.domain.trust.web.data_sets.lists import DataSets
from hoest.domain.trust.web.suppliers.lists import Decisions, Suppliers
from hoest.domain.trust.web.systems.lists import Systems
from hoest.domain.trust.web.systems_registers import contracts_to_decide
from hoest.foundation import asks, clock, gate_evidence
from hoest.foundation.faults import NotAllowed
from tests.support.contracts import ListContract

pytestmark = pytest.mark.django_db


def make_system(actor, title, **more):
    return System.objects.create(
        organisation_id=actor.organisation_id,
        origin="file",
        external_id=f"prøve-{title}"[:160],
        name=title,
        read_at=clock.now(),
        **more,
    )


def make_contract(actor, title, days=100, **more):
    day = clock.today() + dt.timedelta(days=days)
    return Contract.objects.create(
        organisation_id=actor.organisation_id,
        origin="file",
        external_id=f"prøve-{title}"[:160],
        name=title,
        read_at=clock.now(),
        ends_on=day,
        leaves_on=day,
        decide_by=day,
        **more,
    )


class TestSystems(ListContract):
    page = Systems
    role_without = "employee"

    def make(self, actor, title):
        return make_system(actor, title)


class TestSuppliers(ListContract):
    page = Suppliers
    role_without = "politician"

    def make(self, actor, title):
        made = Supplier.objects.create(
            organisation_id=actor.organisation_id,
            origin="file",
            external_id=title[:160],
            name=title,
            read_at=clock.now(),
        )
        make_system(actor, f"System fra {title}", supplier=made)
        return made


class TestDecisions(ListContract):
    page = Decisions
    role_without = "partner"

    def make(self, actor, title):
        return make_contract(actor, title)


class TestDataSets(ListContract):
    page = DataSets
    role_without = "employee"

    def make(self, actor, title):
        return DataSet.objects.create(
            organisation_id=actor.organisation_id, name=title, definition="Det, der tælles"
        )


@pytest.fixture
def journal(here):
    return System.objects.get(organisation_id=here, name__startswith="Plejebog")


@pytest.fixture
def training(here):
    rows = Initiative.objects.filter(organisation_id=here)
    return rows.get(title__startswith="Digital hjemmetræning")


@pytest.fixture
def screen(here):
    """The initiative that uses a system and has decided about reuse."""
    return Initiative.objects.get(organisation_id=here, title__startswith="Fra papir")


def test_a_system_shows_the_registers_facts_and_no_form_for_them(journal, client_for):
    RegisterConnection.objects.filter(organisation_id=journal.organisation_id).delete()
    page = client_for("portfolio_manager").get(reverse("systems:system", args=[journal.pk]))
    text = page.content.decode()
    assert "Følsomme personoplysninger" in text
    assert "8 måneder" in text
    assert "320.000" in text
    assert "Leverandørens tilbud" in text
    form = client_for("portfolio_manager").get(reverse("systems:plan", args=[journal.pk]))
    assert 'name="critical"' not in form.content.decode()


def test_a_row_from_kitos_leads_there(journal, client_for):
    System.objects.filter(pk=journal.pk).update(origin="kitos", external_id="abc-1")
    page = client_for("controller").get(reverse("systems:system", args=[journal.pk]))
    assert "https://kitos.example/ui/it-systems/it-system-usages/abc-1/" in page.content.decode()


def test_a_delay_needs_its_source_and_price_level(journal, actor, screen):
    plan = ExitPlan.objects.get(system=journal)
    fields = {
        name: getattr(plan, name)
        for name in (
            *("criticality_note", "data_out", "replacement", "replacement_initiative"),
            *("tested_on", "planned_on", "expected_on", "delay_dkk_month", "price_level"),
        )
    }
    with pytest.raises(PlanIsNotWhole):
        write_exit_plan(
            actor=actor("security_officer"),
            system_id=journal.pk,
            version=plan.version,
            fields={**fields, "delay_source": " "},
        )
    with pytest.raises(NotAllowed):
        write_exit_plan(
            actor=actor("unit_leader"),
            system_id=journal.pk,
            version=plan.version,
            fields={**fields, "delay_source": "Tilbud"},
        )
    with pytest.raises(AlreadyTied):
        tie_system(
            actor=actor("portfolio_manager"),
            system_id=journal.pk,
            initiative_id=screen.pk,
            kind="replaces",
        )


def test_dependence_counts_what_is_known_and_what_is_not(here, actor):
    whole = dependence(actor("controller"))
    solsort = Supplier.objects.get(organisation_id=here, name__startswith="Solsort")
    assert (whole.systems, whole.systems_without, whole.critical) == (3, 1, 1)
    assert whole.by_supplier[solsort.pk].critical_share == 1
    assert whole.of_critical.index == 1
    assert whole.of_spend.index == pytest.approx((1_250_000**2 + 90_000**2) / 1_340_000**2)


def test_a_decision_lets_the_ask_go_until_the_contract_has_a_new_end(here, actor):
    manager = actor("portfolio_manager")
    made = make_contract(manager, "Prøveaftale", 60)
    today = clock.today()
    found = [ask for ask in contracts_to_decide(manager, today) if ask.subject_id == made.pk]
    assert [ask.due_on for ask in found] == [made.decide_by]
    assert "contract_decision" in asks.kinds()
    assert not list(contracts_to_decide(actor("unit_leader"), today))
    with pytest.raises(NoReason):
        decide_contract(actor=manager, contract_id=made.pk, choice="tender", reason=" ")
    decide_contract(actor=manager, contract_id=made.pk, choice="tender", reason="Ny ramme")
    assert made.pk not in [ask.subject_id for ask in contracts_to_decide(manager, today)]
    later = made.leaves_on + dt.timedelta(days=30)
    Contract.objects.filter(pk=made.pk).update(leaves_on=later, decide_by=later)
    assert made in undecided(manager)
    assert decisions_ahead(manager).get(pk=made.pk).choice is None


def test_the_register_is_a_suggestion_for_a_gate_with_its_source(here, screen):
    said = {one.code: one for one in facts_for_gates(here, [screen.pk])[screen.pk]}
    assert said["dpia"].holds
    assert said["processor_agreement"].holds
    assert said["personal_data"].holds
    assert said["critical"].origin == "file"
    assert said["dpia"].read_on
    told = gate_evidence.told_of(("dpia", "processor_agreement", "reuse_check"), here, [screen.pk])
    # The register does not answer for the initiative: somebody has to confirm.
    assert told[screen.pk]["dpia"].state == "in_progress"
    assert "fil" in told[screen.pk]["dpia"].source
    assert told[screen.pk]["processor_agreement"].state == "in_progress"
    # Reuse is decided here, so that is a fact.
    assert told[screen.pk]["reuse_check"].state == "present"
    System.objects.filter(organisation_id=here, name__startswith="Plejebog").update(dpia="no")
    told = gate_evidence.told_of(("dpia",), here, [screen.pk])
    assert told[screen.pk]["dpia"].state == "missing"


def test_candidates_are_systems_blocks_and_other_units_work(here, actor, training):
    manager = actor("portfolio_manager")
    make_system(manager, "Træningsportalen", purpose="Hjemmetræning på skærm")
    Initiative.objects.filter(organisation_id=here, title__startswith="Fælles skærmbesøg").update(
        in_practice="borgere kan træne hjemme med vejledning"
    )
    found = candidates_for(manager, training)
    assert {one.kind for one in found} >= {"system", "block", "initiative"}
    portal = next(one for one in found if one.title == "Træningsportalen")
    assert portal.words
    block = next(one for one in found if one.kind == "block")
    assert "kl.dk" in block.source
    # A partner inside sees no systems, so none are candidates.
    assert all(one.kind != "system" for one in candidates_for(actor("employee"), training))


def test_who_uses_a_system_stands_on_its_page_its_sheet_and_beside_the_candidate(
    actor, training, client_for
):
    manager = actor("portfolio_manager")
    system = make_system(manager, "Træningsportalen", purpose="Hjemmetræning på skærm")
    client = client_for("portfolio_manager")
    assert "Bruges af" in client.get(reverse("systems:system", args=[system.pk])).content.decode()
    units = ["Bo Nord", "Hjemmeplejen", "Skoler", "Visitation"]
    System.objects.filter(pk=system.pk).update(responsible_unit="Sundhed", using_units=units)
    said = client.get(reverse("systems:system", args=[system.pk])).content.decode()
    assert "<dd>Sundhed</dd>" in said
    assert "<dd>Bo Nord, Hjemmeplejen, Skoler, Visitation</dd>" in said
    (portal,) = (
        one for one in candidates_for(manager, training) if one.title == "Træningsportalen"
    )
    assert portal.about == "Bruges af Bo Nord, Hjemmeplejen, Skoler …"
    rows = client.get(reverse("systems:systems"), {"q": "Sundhed", "format": "json"}).json()["rows"]
    assert [one["using_units"] for one in rows] == ["; ".join(units)]


def test_who_answers_for_a_system_is_not_said_to_use_it(actor, training):
    manager = actor("portfolio_manager")
    supplier = Supplier.objects.create(
        organisation_id=manager.organisation_id,
        origin="file",
        external_id="navn:solsort",
        name="Solsort Software",
        read_at=clock.now(),
    )
    system = make_system(
        manager, "Træningsportalen", purpose="Hjemmetræning på skærm", supplier=supplier
    )

    def about() -> str:
        found = candidates_for(manager, training)
        return next(one for one in found if one.title == "Træningsportalen").about

    assert about() == "Solsort Software"
    System.objects.filter(pk=system.pk).update(responsible_unit="Sundhed")
    assert about() == "Ansvarlig: Sundhed · Solsort Software"
    System.objects.filter(pk=system.pk).update(using_units=["Bo Nord"])
    assert about() == "Bruges af Bo Nord · Solsort Software"


def test_a_choice_to_reuse_names_what_is_reused_and_is_kept_as_it_stood(
    here, actor, training, client_for
):
    manager = actor("portfolio_manager")
    make_system(manager, "Træningsportalen", purpose="Hjemmetræning på skærm")
    url = reverse("reuse:check", args=[training.pk])
    client = client_for("portfolio_manager")
    before = reuse_rate(manager)
    page = client.post(url, {"choice": "adapt", "reason": "Vi bygger videre"})
    assert page.status_code == 422
    key = next(one.key for one in candidates_for(manager, training) if one.kind == "system")
    sent = {"choice": "adapt", "reason": "Vi bygger videre", "chosen": [key]}
    assert client.post(url, sent).status_code == 302
    check = ReuseCheck.objects.filter(initiative=training).first()
    assert check.chosen == [key]
    assert len(check.candidates) >= 2
    after = reuse_rate(manager)
    assert (after.adapted, after.new) == (before.adapted + 1, before.new)
    # A later decision stands beside the former and counts instead of it.
    sent["choice"] = "reuse"
    assert client.post(url, sent).status_code == 302
    latest = reuse_rate(manager)
    assert (latest.reused, latest.adapted) == (before.reused + 1, before.adapted)
    assert latest.decided == after.decided == before.decided + 1
    assert "1 af 2" in client.get(reverse("reuse:overview")).content.decode()


def test_where_nothing_is_like_it_only_something_new_is_offered(training, client_for):
    Initiative.objects.filter(pk=training.pk).update(title="Zzyzx kvarkblomst", in_practice="")
    url, client = reverse("reuse:check", args=[training.pk]), client_for("portfolio_manager")
    form = client.get(url).context["form"]
    assert [code for code, _label in form.fields["choice"].choices] == ["new"]
    assert "chosen" not in form.fields
    reason = {"reason": "Vi har også spurgt nabokommunen"}
    refused = client.post(url, {"choice": "reuse", **reason})
    assert refused.status_code == 422
    assert "på listen" not in refused.content.decode()
    assert client.post(url, {"choice": "new", **reason}).status_code == 302


def test_a_use_by_the_owner_is_no_reuse(here, actor):
    manager = actor("portfolio_manager")
    visits = DataSet.objects.get(organisation_id=here, name__startswith="Besøg")
    assert data_set_of(manager, visits.pk).reuse_count == 1
    data_set_acts.use_data_set(
        actor=manager, data_set_id=visits.pk, initiative=None, unit=visits.unit, purpose="Drift"
    )
    assert data_set_of(manager, visits.pk).reuse_count == 1
    with pytest.raises(NotWhole):
        data_set_acts.use_data_set(
            actor=manager, data_set_id=visits.pk, initiative=None, unit=None, purpose="Alt"
        )


def test_a_step_of_the_scaling_plan_is_reached(here, client_for):
    step = ScalingStep.objects.get(organisation_id=here)
    sent = {
        "version": step.version,
        "place": step.place,
        "on": "01.06.2027",
        "owner": step.owner_id,
        "done_on": clock.today().strftime("%d.%m.%Y"),
    }
    client = client_for("portfolio_manager")
    assert client.post(reverse("reuse:change_step", args=[step.pk]), sent).status_code == 302
    step.refresh_from_db()
    assert step.done_on == clock.today()


def test_the_connection_keeps_its_password_and_loses_it_with_the_address(
    here, client_for, settings
):
    settings.SOURCE_HOSTS = ["kitos.example", "andet.example"]
    client = client_for("administrator")
    url = reverse("systems:connect")
    sent = {
        "base_url": "https://kitos.example",
        "organisation_uuid": "0f6a4c5e-0000-4000-8000-000000000001",
        "email": "api@kommunen.example",
        "password": "en hemmelig kode",
        "version": 1,
    }
    assert client.post(url, sent).status_code == 302
    kept = RegisterConnection.objects.get(organisation_id=here)
    assert kept.sealed_password
    assert "hemmelig" not in kept.sealed_password
    assert "hemmelig" not in client.get(url).content.decode()
    moved = {**sent, "base_url": "https://andet.example", "password": "", "version": kept.version}
    assert client.post(url, moved).status_code == 302
    kept.refresh_from_db()
    assert kept.sealed_password == ""
    inside = {**moved, "base_url": "https://127.0.0.1", "version": kept.version}
    assert client.post(url, inside).status_code == 422


def test_the_contract_that_is_named_as_the_next_stands_first(client_for, actor):
    for name in ("Aftale om Ørn", "Aftale om Agerhøne"):
        make_contract(actor("portfolio_manager"), name, days=1)
    page = client_for("portfolio_manager").get(reverse("suppliers:decisions"))
    assert "den næste er Aftale om Agerhøne" in page.context["point"]
    assert page.context["rows"][0].title == "Aftale om Agerhøne"
