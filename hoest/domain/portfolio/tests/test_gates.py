"""Acts at a gate: refused with the list, deviated by somebody else, decided with a frozen basis."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from hoest.domain.portfolio import actions, queries
from hoest.domain.portfolio.models import (
    GateDecision,
    GateRequest,
    Initiative,
)
from hoest.domain.portfolio.rules import FactAnswer, Outcome, Phase, RequirementState, Stance
from hoest.domain.portfolio.rules.frozen import basis_hash, canonical
from hoest.domain.portfolio.tests.gating import (
    PAPER,
    SOON,
    answer,
    decide,
    organise,
    told,
    wait,
    write,
)
from hoest.foundation import content, gate_evidence
from hoest.foundation.clock import today
from hoest.foundation.faults import NotAllowed, NotFound
from hoest.foundation.forms.versions import ChangedMeanwhile
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import THERE, actor_with_role, organisation_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowing")]


class TestPassage:
    """What refuses, and what passes."""

    def test_it_is_refused_with_the_list_and_passes_when_all_is_there(self, actor, robots):
        executive, manager = actor("executive"), actor("portfolio_manager")
        answer(manager, robots, personal_data="yes", high_risk="yes")
        organise(manager, robots)
        with pytest.raises(actions.GateRefused, match="4 krav mangler") as refused:
            decide(executive, robots)
        assert set(refused.value.missing.requirements) == {
            "record_of_processing",
            "legal_basis",
            "dpia_screening",
            "dpia",
        }
        for code in refused.value.missing.requirements:
            write(actor("security_officer"), robots, code, **PAPER)
        decision = decide(executive, robots)
        robots.refresh_from_db()
        assert robots.phase == Phase.EXECUTION
        assert (decision.from_phase, decision.to_phase) == ("analysis", "execution")
        assert decision.decided_by_name == executive.name

    def test_a_fact_nobody_has_answered_refuses(self, actor, robots):
        manager = actor("portfolio_manager")
        organise(manager, robots)
        answer(manager, robots, ai="unknown")
        with pytest.raises(actions.GateRefused, match="Svar på 1 spørgsmål mangler") as refused:
            decide(actor("executive"), robots)
        assert refused.value.missing.facts == ("ai",)

    def test_stop_and_wait_need_nothing_but_their_reason(self, actor, robots):
        executive = actor("executive")
        with pytest.raises(actions.DecisionNotWhole):
            decide(executive, robots, Outcome.STOP)
        decide(executive, robots, Outcome.STOP, reason="Behovet er væk")
        robots.refresh_from_db()
        assert robots.phase == Phase.STOPPED
        assert queries.stop_reason(robots) == "Behovet er væk"

    def test_conditions_are_written(self, actor, robots):
        organise(actor("portfolio_manager"), robots)
        with pytest.raises(actions.DecisionNotWhole):
            decide(actor("executive"), robots, Outcome.GO_WITH_CONDITIONS, reason="Ja")
        made = decide(
            actor("executive"),
            robots,
            Outcome.GO_WITH_CONDITIONS,
            reason="Ja",
            conditions="Oplæring før 1. marts",
        )
        assert made.conditions == "Oplæring før 1. marts"

    def test_the_last_phase_has_no_gate_ahead(self, actor, training):
        with pytest.raises(actions.NoGateAhead):
            decide(actor("executive"), training)

    def test_an_older_copy_is_refused(self, actor, robots):
        with pytest.raises(ChangedMeanwhile):
            actions.decide_gate(
                actor=actor("executive"), initiative_id=robots.pk, version=99, outcome=Outcome.GO
            )


class TestWhoDecides:
    """The sponsor and the board; never the lead; above a mandate only its roles."""

    @pytest.mark.parametrize("role", ["employee", "controller", "unit_leader", "politician"])
    def test_others_do_not(self, actor, robots, role):
        organise(actor("portfolio_manager"), robots)
        with pytest.raises((NotAllowed, NotFound)):
            decide(actor(role), robots)

    def test_the_lead_does_not_although_she_is_the_manager(self, actor, robots):
        manager = actor("portfolio_manager")
        organise(manager, robots)
        Initiative.objects.filter(pk=robots.pk).update(lead_id=manager.person_id)
        with pytest.raises(NotAllowed, match="leder selv"):
            decide(manager, robots)

    def test_a_case_above_the_threshold_is_not_decided_by_a_lower_board(self, actor, robots):
        from decimal import Decimal

        first = content.mandate_entries()[0].up_to_dkk
        manager = actor("portfolio_manager")
        organise(manager, robots)
        gate_evidence.register_amount(lambda _o, ids: dict.fromkeys(ids, first + Decimal(1)))
        with pytest.raises(NotAllowed, match="Det afgør direktionen"):
            decide(manager, robots)
        assert not GateDecision.objects.filter(initiative=robots).exists()
        assert decide(actor("executive"), robots).basis["amount_dkk"] == str(first + 1)

    def test_within_the_first_mandate_the_portfolio_lead_decides(self, actor, robots):
        manager = actor("portfolio_manager")
        organise(manager, robots)
        first = content.mandate_entries()[0].up_to_dkk
        gate_evidence.register_amount(lambda _o, ids: dict.fromkeys(ids, first))
        assert decide(manager, robots).outcome == "go"


class TestFrozenBasis:
    """What was decided on stays as it was."""

    def test_the_basis_holds_facts_states_model_and_its_hash(self, actor, robots):
        manager = actor("portfolio_manager")
        organise(manager, robots)
        made = decide(actor("executive"), robots)
        basis = GateDecision.objects.get(pk=made.pk).basis
        assert basis_hash(basis) == made.basis_hash
        facts = {one["code"]: (one["answer"], one["by"]) for one in basis["facts"]}
        assert facts["ai"] == ("no", manager.name)
        known = {one["code"]: one for one in basis["requirements"]}
        assert known["organisation_of_work"]["answer"]["reason"] == "Ét sted med øvelse"
        assert known["baseline"]["told"]["source"] == "prøven"
        assert basis["model"]["code"] == "four_phase"
        answer(manager, robots, ai="yes")
        assert GateDecision.objects.get(pk=made.pk).basis == basis

    def test_a_word_changed_is_another_hash(self):
        assert basis_hash({"a": 1, "b": "æ"}) == basis_hash({"b": "æ", "a": 1})
        assert basis_hash({"a": 1}) != basis_hash({"a": 2})
        assert canonical({"b": "æ", "a": 1}) == '{"a":1,"b":"æ"}'

    def test_a_decision_is_never_changed_nor_removed(self, actor, robots):
        organise(actor("portfolio_manager"), robots)
        rows = GateDecision.objects.filter(pk=decide(actor("executive"), robots).pk)
        for change in (lambda: rows.update(reason="andet"), rows.delete):
            with pytest.raises(ProgrammingError, match="pgtrigger"), transaction.atomic():
                change()


class TestRequirements:
    """What is written is shown with what proves it."""

    def test_a_paper_is_there_with_place_date_and_name(self, actor, robots):
        who = actor("security_officer")
        answer(who, robots, personal_data="yes", high_risk="no")
        for lacking in ("link", "dated_on", "made_by"):
            half = {k: v for k, v in PAPER.items() if k != lacking}
            with pytest.raises(actions.NotShown):
                write(who, robots, "legal_basis", **half)
        made = write(who, robots, "legal_basis", **PAPER)
        assert made.written_by_name == who.name
        assert queries.gate_of(robots).item("legal_basis").state is RequirementState.PRESENT

    def test_not_relevant_has_its_reason(self, actor, robots):
        with pytest.raises(actions.NotShown):
            write(
                actor("portfolio_manager"),
                robots,
                "organisation_of_work",
                state=RequirementState.NOT_RELEVANT,
            )

    def test_what_follows_from_law_is_never_beside_the_point(self, actor, robots):
        who = actor("security_officer")
        answer(who, robots, personal_data="yes", high_risk="yes")
        with pytest.raises(actions.AlwaysRelevant, match="bed om en fravigelse"):
            write(
                who,
                robots,
                "dpia",
                state=RequirementState.NOT_RELEVANT,
                reason="Vi mener ikke, den er nødvendig",
            )
        assert queries.gate_of(robots).item("dpia").is_open

    def test_what_is_told_elsewhere_is_not_written(self, actor, robots):
        told("baseline", "missing")
        with pytest.raises(actions.ToldElsewhere):
            write(actor("controller"), robots, "baseline", **PAPER)
        assert queries.gate_of(robots).item("baseline").is_open

    def test_a_principle_is_followed_or_deviated_with_a_reason(self, actor, robots):
        who = actor("portfolio_manager")
        answer(who, robots, it_operation="yes")
        write(who, robots, "principle_1", stance=Stance.FOLLOWS)
        with pytest.raises(actions.NotShown):
            write(who, robots, "principle_2", stance=Stance.DEVIATES)
        write(who, robots, "principle_2", stance=Stance.DEVIATES, reason="Midlertidig snitflade")
        write(who, robots, "principle_3", stance=Stance.NOT_RELEVANT, reason="Ingen regler her")
        gate = queries.gate_of(robots)
        states = [gate.item(f"principle_{n}").state.value for n in (1, 2, 3, 4)]
        assert states == ["present", "present", "not_relevant", "missing"]

    def test_the_four_questions_are_all_answered(self, actor, robots):
        who = actor("executive")
        answer(actor("portfolio_manager"), robots, smart_city="yes")
        with pytest.raises(actions.NotShown):
            write(
                who,
                robots,
                "smart_city_charter",
                state=RequirementState.PRESENT,
                answers=("a", "b", "c", " "),
            )
        four = ("Åbenhed", "Med fra start", "Fælles møder", "Data")
        made = write(
            who, robots, "smart_city_charter", state=RequirementState.PRESENT, answers=four
        )
        assert made.answers == list(four)

    def test_two_who_write_at_once_are_told(self, actor, robots):
        who = actor("portfolio_manager")
        organise(who, robots)
        with pytest.raises(ChangedMeanwhile):
            actions.write_requirement(
                actor=who,
                initiative_id=robots.pk,
                code="organisation_of_work",
                version=0,
                fields=actions.RequirementFields(reason="x"),
            )


class TestReads:
    """Only one's own municipality, in a constant number of queries."""

    def test_another_municipality_is_not_there(self, actor, robots):
        asked = actions.ask_deviation(
            actor=actor("portfolio_manager"),
            initiative_id=robots.pk,
            code="baseline",
            reason="Vi måler i januar",
            ends_on=today() + SOON,
        )
        wait(actor("executive"), robots)
        with acting_for(organisation_id(THERE)):
            stranger = actor_with_role(organisation_id(THERE), "executive")
            with pytest.raises(NotFound):
                queries.deviation_of(stranger, asked.pk)
            assert robots.pk not in {one.initiative_id for one in queries.waiting_of(stranger)}
            with pytest.raises(NotFound):
                actions.decide_gate(
                    actor=stranger, initiative_id=robots.pk, version=1, outcome=Outcome.GO
                )

    def test_a_gate_is_read_in_few_queries_however_much_it_asks(self, actor, robots):
        def asked_for():
            with CaptureQueriesContext(connection) as asked:
                queries.gate_of(robots)
            return len(asked)

        few = asked_for()
        answer(actor("portfolio_manager"), robots, rest=FactAnswer.YES)
        assert len(queries.gate_of(robots).items) > 20
        # Each teller of a requirement that is asked reads in a constant number of queries.
        assert asked_for() <= few + 2 * len(gate_evidence._tellers)

    def test_one_asks_for_a_decision_once_until_it_is_made(self, actor, robots):
        manager = actor("portfolio_manager")
        actions.ask_decision(actor=manager, initiative_id=robots.pk, note="Alt er på plads")
        with pytest.raises(actions.RequestOpen):
            actions.ask_decision(actor=manager, initiative_id=robots.pk)
        organise(manager, robots)
        decide(actor("executive"), robots)
        assert not GateRequest.objects.filter(initiative=robots, closed_at=None).exists()
