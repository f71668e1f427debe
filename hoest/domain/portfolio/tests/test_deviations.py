"""What may wait and until when: deviations, decisions to wait, and the models one keeps."""

import datetime as dt

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from hoest.domain.portfolio import actions, queries
from hoest.domain.portfolio.models import (
    Deviation,
    Waiting,
)
from hoest.domain.portfolio.rules import Outcome, Phase, RequirementState
from hoest.domain.portfolio.tests.gating import (
    SOON,
    answer,
    decide,
    organise,
    wait,
)
from hoest.foundation import content
from hoest.foundation.audit.models import Act
from hoest.foundation.clock import today
from hoest.foundation.faults import NotAllowed, NotFound

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowing")]


class TestDeviations:
    """A requirement may wait, by somebody else's yes, until a day."""

    def ask(self, who, robots, code="staff_hearing", **said):
        values = {"reason": "MED mødes først i januar", "ends_on": today() + SOON, **said}
        return actions.ask_deviation(actor=who, initiative_id=robots.pk, code=code, **values)

    def test_it_covers_the_requirement_to_its_last_day_and_then_it_is_back(self, actor, robots):
        manager, executive = actor("portfolio_manager"), actor("executive")
        organise(manager, robots)
        answer(manager, robots, monitors_staff="yes")
        asked = self.ask(manager, robots)
        with pytest.raises(actions.GateRefused):
            decide(executive, robots)
        actions.answer_deviation(
            actor=executive, deviation_id=asked.pk, version=1, approve=True, reason="Godt varslet"
        )
        item = queries.gate_of(robots).item("staff_hearing")
        assert item.state is RequirementState.DEVIATED
        from hoest.foundation.clock import frozen_at

        with frozen_at(asked.ends_on + dt.timedelta(days=1)):
            item = queries.gate_of(robots).item("staff_hearing")
            assert (item.state, item.ended.pk) == (RequirementState.MISSING, asked.pk)
        made = decide(executive, robots)
        frozen = {one["code"]: one for one in made.basis["requirements"]}["staff_hearing"]
        assert frozen["deviation"]["approved_by"] == executive.name

    def test_the_one_who_asks_never_approves_her_own(self, actor, robots):
        executive = actor("executive")
        asked = self.ask(executive, robots)
        with pytest.raises(actions.OwnDeviation):
            actions.answer_deviation(
                actor=executive, deviation_id=asked.pk, version=1, approve=True, reason="Jo"
            )
        with pytest.raises(IntegrityError, match="nobody_approves_her_own"), transaction.atomic():
            Deviation.objects.filter(pk=asked.pk).update(
                state="approved", answered_by=executive.person_id, answered_at=asked.asked_at
            )

    @pytest.mark.parametrize("role", ["portfolio_manager", "security_officer", "initiative_lead"])
    def test_a_statutory_one_is_answered_only_by_those_who_may(self, actor, robots, role):
        asked = self.ask(actor("controller"), robots)
        with pytest.raises((NotAllowed, NotFound)):
            actions.answer_deviation(
                actor=actor(role), deviation_id=asked.pk, version=1, approve=True, reason="Jo"
            )

    def test_it_has_a_reason_and_an_end_within_a_year(self, actor, robots):
        who = actor("portfolio_manager")
        for bad in (
            {"reason": " "},
            {"ends_on": today()},
            {"ends_on": today() + dt.timedelta(days=366)},
        ):
            with pytest.raises(actions.DeviationNotWhole):
                self.ask(who, robots, **bad)
        self.ask(who, robots)
        with pytest.raises(actions.DeviationAsked):
            self.ask(who, robots)

    def test_an_answer_is_final(self, actor, robots):
        asked = self.ask(actor("portfolio_manager"), robots)
        actions.answer_deviation(
            actor=actor("executive"), deviation_id=asked.pk, version=1, approve=False, reason="Nej"
        )
        with pytest.raises(actions.DeviationAnswered):
            actions.answer_deviation(
                actor=actor("executive"), deviation_id=asked.pk, version=2, approve=True, reason="J"
            )
        with pytest.raises(ProgrammingError, match="pgtrigger"), transaction.atomic():
            Deviation.objects.filter(pk=asked.pk).update(ends_on=today() + SOON)


class TestWaiting:
    """Afvent is a decision that comes back by itself."""

    def test_it_says_for_what_at_what_cost_and_until_when(self, actor, robots):
        for bad in (
            {"waits_for": " "},
            {"trigger": ""},
            {"consequence": ""},
            {"alternatives": ""},
            {"review_on": today()},
            {"review_on": today() + dt.timedelta(days=800)},
        ):
            with pytest.raises(actions.DecisionNotWhole):
                wait(actor("executive"), robots, **bad)
        wait(actor("executive"), robots)
        robots.refresh_from_db()
        assert robots.phase == Phase.ANALYSIS
        assert queries.open_waiting(robots).since == today()

    def test_a_review_moves_the_day_or_ends_it(self, actor, robots):
        wait(actor("executive"), robots)
        row = queries.open_waiting(robots)
        lead = actor("portfolio_manager")
        with pytest.raises(actions.DecisionNotWhole):
            actions.review_waiting(
                actor=lead, waiting_id=row.pk, version=1, review_on=None, because=" "
            )
        later = today() + 2 * SOON
        moved = actions.review_waiting(
            actor=lead, waiting_id=row.pk, version=1, review_on=later, because="Udbuddet er udsat"
        )
        assert (moved.review_on, moved.reviews) == (later, 1)
        actions.review_waiting(
            actor=lead, waiting_id=row.pk, version=2, review_on=None, because="Udbuddet er afgjort"
        )
        assert queries.open_waiting(robots) is None
        assert Act.objects.filter(verb="portfolio.review_waiting").count() == 2

    def test_a_new_decision_ends_the_former_waiting(self, actor, robots):
        wait(actor("executive"), robots)
        wait(actor("executive"), robots, waits_for="Loven")
        assert Waiting.objects.filter(initiative=robots, ended_on=None).count() == 1
        decide(actor("executive"), robots, Outcome.STOP, reason="Nok")
        assert not Waiting.objects.filter(initiative=robots, ended_on=None).exists()


class TestPhaseModels:
    """A municipality writes its own; what runs keeps what it started with."""

    text = content.phase_model_text("five_phase").replace("code: five_phase", "code: byens")

    def taken(self, actor, for_all_new=True, text=None):
        manager = actor("portfolio_manager")
        draft = actions.write_phase_model(actor=manager, text=text or self.text)
        return actions.take_phase_model(
            actor=manager, version_id=draft.pk, version=draft.version, for_all_new=for_all_new
        )

    def test_what_runs_keeps_its_own_and_what_is_new_takes_the_current(self, actor, robots, here):
        self.taken(actor)
        assert queries.place_of(robots).used.model.code == "four_phase"
        new = actions.create_initiative(
            actor=actor("portfolio_manager"), fields={"title": "Ny", "unit": robots.unit}
        )
        place = queries.place_of(new)
        assert (place.used.model.code, place.next.code) == ("byens", "analysis")
        self.taken(actor, text=self.text.replace("da: Anskaffelse", "da: Køb"))
        labels = [one.label.da for one in queries.place_of(new).used.model.phases]
        assert "Anskaffelse" in labels
        assert queries.models_in_use(here)[0].model.phases[2].label.da == "Køb"

    def test_two_phases_of_one_stage_are_two_gates(self, actor, robots):
        actions.choose_phase_model(
            actor=actor("portfolio_manager"), initiative_id=robots.pk, code="five_phase"
        )
        organise(actor("portfolio_manager"), robots)
        decide(actor("executive"), robots)
        robots.refresh_from_db()
        place = queries.place_of(robots)
        assert (robots.phase, place.now.code, place.next.code) == (
            "analysis",
            "acquisition",
            "execution",
        )
        with pytest.raises(actions.CourseIsSet):
            actions.choose_phase_model(
                actor=actor("portfolio_manager"), initiative_id=robots.pk, code="four_phase"
            )

    def test_a_version_in_use_is_final_and_a_draft_is_not(self, actor):
        manager = actor("portfolio_manager")
        draft = actions.write_phase_model(actor=manager, text=self.text)
        again = actions.write_phase_model(actor=manager, text=self.text + "# rettet\n")
        assert (again.pk, again.version) == (draft.pk, 2)
        taken = actions.take_phase_model(
            actor=manager, version_id=again.pk, version=2, for_all_new=False
        )
        with pytest.raises(actions.ModelInUseAlready):
            actions.take_phase_model(
                actor=manager, version_id=taken.pk, version=3, for_all_new=True
            )
        rows = type(taken).objects.filter(pk=taken.pk)
        for change in (lambda: rows.update(text="x"), rows.delete):
            with pytest.raises(ProgrammingError, match="pgtrigger"), transaction.atomic():
                change()
        assert actions.write_phase_model(actor=manager, text=self.text).number == 2

    def test_only_the_portfolio_lead_writes_and_faults_are_by_line(self, actor):
        with pytest.raises(NotAllowed):
            actions.write_phase_model(actor=actor("executive"), text=self.text)
        with pytest.raises(content.PhaseModelFault) as fault:
            actions.write_phase_model(actor=actor("portfolio_manager"), text="code: a\nda: b\n")
        assert fault.value.faults[0].line == 1
        with pytest.raises(actions.TextTooLong):
            actions.write_phase_model(actor=actor("portfolio_manager"), text="#" * 30000)
