"""Needs and experiments as the application role."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoest.domain.organisations.models import Person, Unit
from hoest.domain.portfolio.actions import experiments, ideas, needs
from hoest.domain.portfolio.models import (
    Experiment,
    ExperimentDecision,
    ExperimentExtension,
    Idea,
    Need,
    NeedTest,
)
from hoest.domain.portfolio.queries import early_questions
from hoest.domain.portfolio.queries import experiments as experiment_queries
from hoest.domain.portfolio.queries import needs as queries
from hoest.domain.portfolio.rules.needs import NeedStanding, TestOutcome
from hoest.domain.portfolio.tests.shared import text_of
from hoest.foundation import asks, clock
from hoest.foundation.faults import NotAllowed, NotFound
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import THERE, organisation_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def assumed(here):
    """The assumption of the world, tied to the training and to an idea."""
    return Need.objects.get(organisation_id=here, evidence="assumption")


@pytest.fixture
def running(here):
    """The experiment of the world, past its last day."""
    return Experiment.objects.get(organisation_id=here, state="running")


def decide(actor, running, **changes):
    """Return what every decision needs."""
    running.refresh_from_db()
    return {"actor": actor, "experiment_id": running.pk, "version": running.version, **changes}


class TestNeeds:
    """What is only believed is told as such, and blocks until it is tested."""

    def test_an_assumption_is_untested_until_a_test_is_registered(self, actor, assumed, training):
        assert queries.untested_assumptions([training.pk]) == {training.pk: [assumed]}
        needs.test_need(
            actor=actor("initiative_lead"),
            need_id=assumed.pk,
            tried="Vi ringede til tolv",
            outcome=TestOutcome.HELD,
            result="Ni sagde det samme",
            on=clock.today(),
        )
        assert queries.untested_assumptions([training.pk]) == {}
        assert [one.standing for one in queries.needs_of_initiative(training)] == [
            NeedStanding.HELD
        ]

    def test_an_assumption_of_the_idea_counts_for_the_initiative_it_became(
        self, here, assumed, actor
    ):
        idea = Idea.objects.get(organisation_id=here, state="waiting", is_shared=True)
        from hoest.domain.portfolio.actions import idea_answers

        sponsor = Person.objects.get(pk=actor("executive").person_id)
        idea_answers.answer_idea(
            actor=actor("unit_leader"),
            idea_id=idea.pk,
            version=idea.version,
            reason="Ja",
            sponsor=sponsor,
        )
        idea.refresh_from_db()
        made = ideas.adopt_idea(actor=actor("unit_leader"), idea_id=idea.pk, version=idea.version)
        assert queries.untested_assumptions([made.pk]) == {made.pk: [assumed]}

    def test_another_word_does_not_test_it(self, actor, assumed):
        fields = {
            "statement": assumed.statement,
            "evidence": "data",
            "evidence_told": "Vi synes det",
            "unit": assumed.unit,
        }
        with pytest.raises(needs.AssumptionIsUntested):
            needs.change_need(
                actor=actor("initiative_lead"), need_id=assumed.pk, version=1, fields=fields
            )

    def test_evidence_is_told_also_to_the_database(self, actor, assumed):
        with pytest.raises(needs.NeedNotWhole):
            needs.state_need(
                actor=actor("unit_leader"),
                fields={
                    "statement": "Børn vil ud",
                    "evidence": "data",
                    "evidence_told": " ",
                    "unit": assumed.unit,
                },
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            Need.objects.filter(pk=assumed.pk).update(evidence="data", evidence_told="")

    def test_a_test_has_happened_and_stays(self, actor, assumed):
        words = {"tried": "Spurgt", "outcome": TestOutcome.FELL, "result": "Nej"}
        lead = actor("initiative_lead")
        with pytest.raises(needs.TestInTheFuture):
            needs.test_need(
                actor=lead, need_id=assumed.pk, on=clock.today() + dt.timedelta(days=1), **words
            )
        made = needs.test_need(actor=lead, need_id=assumed.pk, on=clock.today(), **words)
        with pytest.raises(ProgrammingError), transaction.atomic():
            NeedTest.objects.filter(pk=made.pk).update(outcome="held")

    def test_an_employee_reads_and_does_not_write(self, actor, assumed):
        assert queries.need_of(actor("employee"), assumed.pk)
        with pytest.raises(NotAllowed):
            needs.tie_need(actor=actor("employee"), need_id=assumed.pk)

    def test_the_page_and_the_initiative_say_that_it_is_believed(
        self, client_for, assumed, training
    ):
        lead = client_for("initiative_lead")
        assert "Vi tror det" in text_of(lead.get(reverse("needs:need", args=[assumed.pk])))
        page = text_of(lead.get(reverse("portfolio:initiative", args=[training.pk])))
        assert "kun en antagelse, som ingen har afprøvet" in page

    def test_the_neighbour_sees_nothing_of_it(self, assumed, running):
        with acting_for(organisation_id(THERE)):
            assert not Need.objects.filter(pk=assumed.pk).exists()
            assert not Experiment.objects.filter(pk=running.pk).exists()


class TestExperiments:
    """Past its limit: stop, scale, or one extension; what was promised stays."""

    def test_past_its_limit_it_asks_the_responsible_and_the_sponsor(self, actor, running):
        for role in ("initiative_lead", "executive"):
            kinds = [one.kind for one in asks.asked_of(actor(role), clock.today())]
            assert "experiment_limit" in kinds
        assert experiments.remind_of_limits(actor=actor("executive"), on=clock.today()) == 1

    def test_it_is_extended_once_with_a_reason_and_the_promise_stays(self, actor, running, here):
        leader = actor("unit_leader")
        more = {
            "ends_on": clock.today() + dt.timedelta(days=14),
            "limit_dkk": Decimal(25_000),
        }
        with pytest.raises(experiments.ReasonMissing):
            experiments.extend_experiment(**decide(leader, running, reason=" ", **more))
        experiments.extend_experiment(
            **decide(leader, running, reason="Ferien kom imellem", **more)
        )
        running.refresh_from_db()
        assert running.limit_on == more["ends_on"]
        assert running.ends_on < clock.today()
        with pytest.raises(experiments.ExtendedAlready):
            experiments.extend_experiment(**decide(leader, running, reason="Igen", **more))
        with pytest.raises(IntegrityError), transaction.atomic():
            ExperimentExtension.objects.create(
                organisation_id=here,
                experiment=running,
                ends_on=more["ends_on"],
                limit_dkk=1,
                reason="uden om",
                by_name="nogen",
                at=clock.now(),
            )

    @pytest.mark.parametrize(
        "promise",
        [{"money_ceiling_dkk": 1}, {"hypothesis": "noget andet"}, {"weeks_ceiling": 9}],
    )
    def test_what_was_promised_never_changes(self, running, promise):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Experiment.objects.filter(pk=running.pk).update(**promise)

    def test_an_extension_that_gives_nothing_more_is_refused(self, actor, running):
        with pytest.raises(experiments.NothingIsExtended):
            experiments.extend_experiment(
                **decide(
                    actor("unit_leader"),
                    running,
                    ends_on=running.limit_on,
                    limit_dkk=running.limit_dkk,
                    reason="Fordi",
                )
            )

    def test_a_stop_keeps_the_lesson_and_the_idea_tells_it(self, actor, running, here):
        idea = running.idea
        experiments.stop_experiment(
            **decide(actor("executive"), running, reason="Nok", learnt="Beskeden blev ikke læst")
        )
        idea.refresh_from_db()
        assert idea.state == "learned"
        decision = ExperimentDecision.objects.get(experiment=running)
        assert decision.learnt == "Beskeden blev ikke læst"
        with pytest.raises(ProgrammingError), transaction.atomic():
            ExperimentDecision.objects.filter(pk=decision.pk).update(learnt="")
        with pytest.raises(experiments.ExperimentIsOver):
            experiments.stop_experiment(
                **decide(actor("executive"), running, reason="Nok", learnt="Igen")
            )

    def test_scaling_makes_an_initiative_with_its_lineage(self, actor, running, client_for):
        made = experiments.scale_experiment(
            **decide(actor("unit_leader"), running, reason="Det holdt", learnt="Færre opkald")
        )
        running.idea.refresh_from_db()
        assert running.idea.initiative == made.initiative
        address = reverse("portfolio:initiative", args=[made.initiative_id])
        page = text_of(client_for("unit_leader").get(address))
        assert "prøvet i forsøget" in page

    def test_the_database_scales_to_something(self, running, here):
        with pytest.raises(IntegrityError), transaction.atomic():
            ExperimentDecision.objects.create(
                organisation_id=here,
                experiment=running,
                outcome="scaled",
                reason="r",
                learnt="l",
                by_name="n",
                at=clock.now(),
            )

    def test_who_leads_it_tells_the_spending_and_does_not_decide(self, actor, running):
        lead = actor("initiative_lead")
        experiments.tell_spending(
            **decide(lead, running, spent_dkk=Decimal(21_000), on=clock.today())
        )
        running.refresh_from_db()
        assert [one.value for one in experiment_queries.breaches_of(running)] == ["time", "money"]
        with pytest.raises(NotAllowed):
            experiments.stop_experiment(**decide(lead, running, reason="r", learnt="l"))

    def test_an_idea_without_a_sponsor_is_not_tried(self, actor, here, running):
        waiting = Idea.objects.get(organisation_id=here, state="waiting", is_shared=True)
        fields = {
            "title": "T",
            "hypothesis": "H",
            "measure": "M",
            "money_ceiling_dkk": Decimal(0),
            "weeks_ceiling": 1,
            "starts_on": clock.today(),
            "owner": running.owner,
            "unit": running.unit,
        }
        with pytest.raises(experiments.IdeaIsNotReady):
            experiments.begin_experiment(actor=actor("unit_leader"), fields=fields, idea=waiting)

    def test_more_than_two_roles_are_told_to_herself_and_stop_nothing(self, actor, running, here):
        lead = actor("initiative_lead")
        carried = experiment_queries.roles_carried(here, [lead.person_id])[lead.person_id]
        fields = {
            "hypothesis": "H",
            "measure": "M",
            "money_ceiling_dkk": Decimal(0),
            "weeks_ceiling": 1,
            "starts_on": clock.today(),
            "owner": running.owner,
            "unit": running.unit,
        }
        for number in range(3):
            experiments.begin_experiment(
                actor=actor("unit_leader"), fields={**fields, "title": f"T{number}"}
            )
        assert experiment_queries.is_overloaded(here, lead.person_id) == carried + 3
        assert "champion_load" in [one.kind for one in asks.asked_of(lead, clock.today())]
        others = [one.kind for one in asks.asked_of(actor("controller"), clock.today())]
        assert "champion_load" not in others


class TestPages:
    """The lists and the pages of experiments."""

    def test_a_past_limit_is_said_with_what_may_be_done(self, client_for, running):
        page = text_of(
            client_for("unit_leader").get(reverse("experiments:experiment", args=[running.pk]))
        )
        assert "Stop, skalér eller forlæng én gang med en begrundelse." in page

    @pytest.mark.parametrize("name", ["experiments:experiments", "needs:needs"])
    def test_lists_ask_as_often_for_many_as_for_few(
        self, client_for, actor, running, assumed, name
    ):
        client = client_for("unit_leader")

        def asked():
            client.get(reverse(name))
            with CaptureQueriesContext(connection) as captured:
                assert client.get(reverse(name)).status_code == 200
            return len(captured)

        few = asked()
        for number in range(4):
            needs.state_need(
                actor=actor("unit_leader"),
                fields={
                    "statement": f"Nr. {number}",
                    "evidence": "assumption",
                    "evidence_told": "",
                    "unit": running.unit,
                },
            )
            experiments.begin_experiment(
                actor=actor("unit_leader"),
                fields={
                    "title": f"T{number}",
                    "hypothesis": "H",
                    "measure": "M",
                    "money_ceiling_dkk": Decimal(0),
                    "weeks_ceiling": 1,
                    "starts_on": clock.today(),
                    "owner": running.owner,
                    "unit": running.unit,
                },
            )
        assert asked() == few

    def test_an_experiment_begins_from_an_idea(self, client_for, actor, here, running):
        experiments.stop_experiment(
            **decide(actor("executive"), running, reason="Nok", learnt="Noget")
        )
        client = client_for("unit_leader")
        address = f"{reverse('experiments:begin')}?ide={running.idea_id}"
        assert client.get(address).status_code == 200
        shown = text_of(client.get(reverse("experiments:experiment", args=[running.pk])))
        assert "Skulle slutte senest" in shown
        idea = text_of(client.get(reverse("ideas:idea", args=[running.idea_id])))
        assert "Prøv den igen" in idea
        assert "Prøv den i et lille forsøg" not in idea
        sent = client.post(
            address,
            {
                "title": "Prøv igen",
                "hypothesis": "Det virker",
                "measure": "Opkald",
                "money_ceiling_dkk": "5.000",
                "weeks_ceiling": "4",
                "starts_on": clock.today().strftime("%d-%m-%Y"),
                "owner": running.owner_id,
                "unit": Unit.objects.get(name="Hjemmepleje").pk,
                **{f"spm_{one.code}": "no" for one in early_questions()},
            },
        )
        assert sent.status_code == 302, text_of(sent)
        again = Experiment.objects.get(title="Prøv igen")
        assert again.ends_on == clock.today() + dt.timedelta(weeks=4)

    def test_somebody_outside_the_unit_does_not_find_it(self, actor, running):
        with pytest.raises(NotFound):
            experiment_queries.experiment_of(actor("partner"), running.pk)
