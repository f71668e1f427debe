"""The questions of the first day at an idea: answered before it is tried, and carried along."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoest.domain.organisations.models import Person, Unit
from hoest.domain.portfolio import actions as portfolio
from hoest.domain.portfolio import queries
from hoest.domain.portfolio.actions import experiments, idea_answers, idea_facts, ideas
from hoest.domain.portfolio.models import Experiment, Idea, IdeaFact, InitiativeFact
from hoest.domain.portfolio.queries import asked_of_idea, early_questions
from hoest.domain.portfolio.rules import FactAnswer
from hoest.domain.portfolio.rules.facts import goes_along, open_questions
from hoest.domain.portfolio.tests.shared import text_of
from hoest.foundation import clock
from hoest.foundation.clock import frozen_at, today
from hoest.foundation.faults import NotAllowed, NotFound
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import THERE, organisation_id

YES, NO, UNKNOWN = FactAnswer.YES, FactAnswer.NO, FactAnswer.UNKNOWN
EARLIER = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
LATER = EARLIER + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("answers", "still"),
    [
        ({}, ("a", "b")),
        ({"a": YES}, ("b",)),
        ({"a": YES, "b": UNKNOWN}, ("b",)),
        ({"a": NO, "b": YES}, ()),
        ({"a": NO, "b": YES, "c": UNKNOWN}, ()),
    ],
)
def test_a_question_is_open_until_it_has_a_yes_or_a_no(answers, still):
    assert open_questions(("a", "b"), answers) == still


@pytest.mark.parametrize(
    ("told", "own", "along"),
    [
        ((YES, LATER), None, True),
        ((UNKNOWN, LATER), None, True),
        ((YES, LATER), (NO, EARLIER), False),
        ((YES, LATER), (UNKNOWN, EARLIER), True),
        ((YES, EARLIER), (UNKNOWN, LATER), False),
    ],
)
def test_what_the_initiative_has_answered_itself_stands(told, own, along):
    assert goes_along(told, own) is along


@pytest.mark.parametrize(
    ("told", "carried", "along"),
    [
        (YES, NO, True),
        (YES, UNKNOWN, True),
        (UNKNOWN, NO, True),
        (NO, YES, False),
        (NO, UNKNOWN, False),
        (UNKNOWN, YES, False),
        (YES, YES, False),
        (NO, NO, False),
    ],
)
@pytest.mark.parametrize("when", [EARLIER, LATER])
def test_where_ideas_disagree_the_more_careful_answer_holds(told, carried, along, when):
    own = (carried, EARLIER + dt.timedelta(hours=1))
    assert goes_along((told, when), own, was_carried=True) is along


pytestmark = pytest.mark.django_db


@pytest.fixture
def sponsored(here, actor):
    """An idea with a sponsor that nobody has answered questions for."""
    idea = Idea.objects.get(organisation_id=here, state="waiting", is_shared=True)
    idea_answers.answer_idea(
        actor=actor("unit_leader"),
        idea_id=idea.pk,
        version=idea.version,
        reason="Ja",
        sponsor=Person.objects.get(pk=actor("executive").person_id),
    )
    idea.refresh_from_db()
    return idea


def every(answer, **others):
    said = dict.fromkeys((one.code for one in early_questions()), answer)
    return said | {code: FactAnswer(word) for code, word in others.items()}


def fields_of(idea, actor):
    return {
        "title": "Prøv den",
        "hypothesis": "Det virker",
        "measure": "Opkald",
        "money_ceiling_dkk": Decimal(5_000),
        "weeks_ceiling": 4,
        "starts_on": today(),
        "owner": Person.objects.get(pk=actor("unit_leader").person_id),
        "unit": idea.unit,
    }


def begin(actor, idea, **more):
    return experiments.begin_experiment(
        actor=actor("unit_leader"), fields=fields_of(idea, actor), idea=idea, **more
    )


def answer(who, idea, answers):
    return idea_facts.answer_idea_facts(actor=who, idea_id=idea.pk, answers=answers)


def held(idea):
    return {one.question.code: one.answer for one in asked_of_idea(idea)}


class TestBeginning:
    """An experiment from an idea waits for the answers."""

    def test_it_is_refused_kindly_with_the_names_of_what_is_open(self, actor, sponsored):
        with pytest.raises(idea_facts.QuestionsAreOpen) as refused:
            begin(actor, sponsored)
        said = str(refused.value)
        assert "Personoplysninger" in said
        assert "Ny udgift" in said
        assert "Idéen venter så længe." in said
        assert len(refused.value.codes) == len(early_questions()) == 5
        sponsored.refresh_from_db()
        assert sponsored.state == "sponsored"

    def test_what_nobody_knows_is_no_answer_and_nothing_is_half_kept(self, actor, sponsored):
        with pytest.raises(idea_facts.QuestionsAreOpen) as refused, transaction.atomic():
            begin(actor, sponsored, answers=every(NO, ai="unknown"))
        assert refused.value.codes == ("ai",)
        assert not IdeaFact.objects.filter(idea=sponsored).exists()
        assert not Experiment.objects.filter(idea=sponsored).exists()

    def test_answers_given_with_it_stay_at_the_idea(self, actor, sponsored):
        begin(actor, sponsored, answers=every(NO, personal_data="yes"))
        assert held(sponsored) == every(NO, personal_data="yes")

    def test_what_was_answered_at_the_idea_is_not_asked_again(self, actor, sponsored):
        giver = actor("employee")
        Idea.objects.filter(pk=sponsored.pk).update(giver_id=giver.person_id)
        answer(giver, sponsored, every(NO))
        assert begin(actor, sponsored).idea_id == sponsored.pk
        names = {one.last.said_by_name for one in asked_of_idea(sponsored)}
        assert names == {giver.name}

    def test_one_that_tries_no_idea_is_not_asked(self, actor, sponsored):
        made = experiments.begin_experiment(
            actor=actor("unit_leader"), fields=fields_of(sponsored, actor)
        )
        assert made.idea_id is None


class TestAnswering:
    """Who may, what stays, and when it is over."""

    def test_an_answer_stays_and_the_last_one_holds(self, actor, sponsored):
        leader = actor("unit_leader")
        answer(leader, sponsored, {"ai": NO})
        assert answer(leader, sponsored, {"ai": NO}) == []
        answer(leader, sponsored, {"ai": YES})
        assert held(sponsored)["ai"] is YES
        assert IdeaFact.objects.filter(idea=sponsored).count() == 2
        rows = IdeaFact.objects.filter(idea=sponsored)
        for change in (lambda: rows.update(answer="no"), rows.delete):
            with pytest.raises(Error, match="pgtrigger"), transaction.atomic():
                change()

    def test_the_giver_the_sponsor_and_who_answers_such_questions_there_may(self, actor, sponsored):
        Idea.objects.filter(pk=sponsored.pk).update(giver_id=actor("employee").person_id)
        for role in ("employee", "executive", "unit_leader", "security_officer"):
            answer(actor(role), sponsored, {"ai": YES if role != "executive" else NO})
        for role in ("benefit_owner", "politician", "partner"):
            with pytest.raises((NotAllowed, NotFound)):
                answer(actor(role), sponsored, {"ai": YES})

    def test_whoever_is_responsible_for_trying_it_may_answer_too(self, actor, sponsored):
        owner = actor("benefit_owner")
        with pytest.raises(NotAllowed):
            answer(owner, sponsored, {"ai": YES})
        made = begin(actor, sponsored, answers=every(NO))
        Experiment.objects.filter(pk=made.pk).update(owner_id=owner.person_id)
        answer(owner, sponsored, {"ai": YES})
        assert held(sponsored)["ai"] is YES

    def test_only_the_questions_of_the_first_day_are_asked_of_an_idea(self, actor, sponsored):
        with pytest.raises(idea_facts.NoEarlyQuestion):
            answer(actor("unit_leader"), sponsored, {"processor": YES})

    def test_an_idea_that_has_gone_on_is_answered_for_no_more(self, actor, sponsored):
        ideas.adopt_idea(
            actor=actor("unit_leader"), idea_id=sponsored.pk, version=sponsored.version
        )
        with pytest.raises(idea_facts.IdeaHasGoneOn):
            answer(actor("unit_leader"), sponsored, {"ai": YES})

    def test_the_state_is_read_when_the_idea_is_held(self, actor, sponsored, monkeypatch):
        """Somebody adopts the idea after it was read and before it was held."""
        read = idea_facts.require_answering

        def meanwhile(who, idea):
            read(who, idea)
            Idea.objects.filter(pk=idea.pk).update(state="declined")

        monkeypatch.setattr(idea_facts, "require_answering", meanwhile)
        with pytest.raises(idea_facts.IdeaHasGoneOn):
            answer(actor("unit_leader"), sponsored, {"ai": YES})
        assert not IdeaFact.objects.filter(idea=sponsored).exists()

    def test_the_neighbour_sees_none_of_it(self, actor, sponsored):
        (made,) = answer(actor("unit_leader"), sponsored, {"ai": NO})
        with acting_for(organisation_id(THERE)):
            assert not IdeaFact.objects.filter(pk=made.pk).exists()


class TestGoingAlong:
    """The answers follow to the initiative the idea becomes."""

    def test_a_scaled_experiment_takes_them_along_as_given_by_whom_and_when(self, actor, sponsored):
        leader = actor("unit_leader")
        made = begin(actor, sponsored, answers=every(NO, personal_data="yes"))
        experiments.scale_experiment(
            actor=actor("executive"),
            experiment_id=made.pk,
            version=made.version,
            reason="Det virkede",
            learnt="Færre opkald",
        )
        made.refresh_from_db()
        told = {one.question.code: one for one in queries.asked_facts(made.initiative)}
        assert told["personal_data"].answer is YES
        assert told["ai"].answer is NO
        assert told["ai"].last.said_by_name == leader.name
        assert "Svaret ved idéen" in told["ai"].last.note
        before = {one.question.code: one.last.said_at for one in asked_of_idea(sponsored)}
        assert told["ai"].last.said_at == before["ai"]
        early = {one.code for one in early_questions()}
        assert not early & set(queries.gate_of(made.initiative).questions.needed)

    def test_what_the_initiative_has_answered_stands(self, actor, sponsored):
        manager, leader = actor("portfolio_manager"), actor("unit_leader")
        own = portfolio.create_initiative(
            actor=manager, fields={"title": "Vores eget", "unit": sponsored.unit}
        )
        with frozen_at(clock.now() - dt.timedelta(days=9)):
            portfolio.answer_facts(
                actor=manager, initiative_id=own.pk, answers={"ai": YES, "critical": UNKNOWN}
            )
        answer(leader, sponsored, every(NO))
        ideas.adopt_idea(
            actor=manager,
            idea_id=sponsored.pk,
            version=sponsored.version,
            initiative=own,
        )
        told = {one.question.code: one.answer for one in queries.asked_facts(own)}
        assert told["ai"] is YES
        assert told["critical"] is NO
        assert InitiativeFact.objects.filter(initiative=own, code="ai").count() == 1

    def test_an_idea_nobody_answered_for_brings_nothing(self, actor, sponsored):
        made = ideas.adopt_idea(
            actor=actor("unit_leader"), idea_id=sponsored.pk, version=sponsored.version
        )
        assert not InitiativeFact.objects.filter(initiative=made).exists()


class TestPages:
    """Asked where the experiment begins, shown at the idea and at the experiment."""

    def form_of(self, idea, actor):
        return {
            "title": "Prøv den",
            "hypothesis": "Det virker",
            "measure": "Opkald",
            "money_ceiling_dkk": "5.000",
            "weeks_ceiling": "4",
            "starts_on": today().strftime("%d-%m-%Y"),
            "owner": actor("unit_leader").person_id,
            "unit": Unit.objects.get(name="Hjemmepleje").pk,
        }

    def test_the_page_asks_the_five_and_says_what_is_missing(self, client_for, actor, sponsored):
        client = client_for("unit_leader")
        address = f"{reverse('experiments:begin')}?ide={sponsored.pk}"
        page = client.get(address)
        assert "Bruger det oplysninger om mennesker?" in text_of(page)
        said = self.form_of(sponsored, actor)
        refused = client.post(address, said)
        assert refused.status_code == 422
        assert "Svar ja eller nej." in text_of(refused)
        answers = {f"spm_{one.code}": "no" for one in early_questions()}
        unknown = client.post(address, {**said, **answers, "spm_ai": "unknown"})
        assert unknown.status_code == 422
        assert client.post(address, {**said, **answers}).status_code == 302
        made = Experiment.objects.get(idea=sponsored)
        shown = text_of(client.get(reverse("experiments:experiment", args=[made.pk])))
        assert "Alle 5 spørgsmål er besvaret" in shown
        assert actor("unit_leader").name in shown

    def test_what_is_answered_already_is_kept_shown_and_may_be_mended(
        self, client_for, actor, sponsored
    ):
        answer(actor("unit_leader"), sponsored, every(NO, ai="yes"))
        client = client_for("unit_leader")
        address = f"{reverse('experiments:begin')}?ide={sponsored.pk}"
        page = client.get(address)
        assert "Spørgsmålene er besvaret ved idéen." in text_of(page)
        assert page.context["form"]["spm_ai"].value() == "yes"
        said = self.form_of(sponsored, actor)
        kept = {f"spm_{one.code}": "no" for one in early_questions()}
        assert client.post(address, {**said, **kept}).status_code == 302
        assert held(sponsored) == every(NO)

    def test_nothing_chosen_is_not_praised_and_the_heading_says_what_is_open(
        self, client_for, sponsored
    ):
        client = client_for("unit_leader")
        address = reverse("ideas:questions", args=[sponsored.pk])
        assert "5 spørgsmål, før idéen kan prøves; 5 mangler et svar" in text_of(
            client.get(address)
        )
        empty = client.post(address, {})
        assert empty.status_code == 422
        assert "Intet svar er valgt Vælg mindst ét svar." in text_of(empty)
        same = {"ai": "no"}
        assert "1 svar er gemt." in text_of(client.post(address, same, follow=True))
        again = text_of(client.post(address, same, follow=True))
        assert "Svarene er de samme som før." in again

    def test_an_experiment_of_its_own_is_asked_nothing_of_it(self, client_for):
        page = client_for("unit_leader").get(reverse("experiments:begin"))
        assert not page.context["form"].asked_fields()

    def test_the_idea_shows_the_answers_and_where_to_give_them(self, client_for, actor, sponsored):
        client = client_for("unit_leader")
        idea = reverse("ideas:idea", args=[sponsored.pk])
        assert "5 af 5 spørgsmål mangler et ja eller et nej" in text_of(client.get(idea))
        address = reverse("ideas:questions", args=[sponsored.pk])
        assert client.get(address).status_code == 200
        assert client.post(address, {"ai": "unknown", "critical": "no"}).status_code == 302
        shown = text_of(client.get(idea))
        assert "4 af 5 spørgsmål mangler" in shown
        assert "Ved ikke" in shown
        assert client_for("politician").get(address).status_code in (403, 404)
        other = client_for("benefit_owner").get(idea)
        assert "Svar på spørgsmålene" not in text_of(other)

    def test_the_page_asks_as_often_whatever_is_answered(self, client_for, actor, sponsored):
        client = client_for("unit_leader")
        address = reverse("ideas:idea", args=[sponsored.pk])

        def asked():
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            return len(captured)

        few = asked()
        answer(actor("unit_leader"), sponsored, every(NO))
        answer(actor("unit_leader"), sponsored, every(YES))
        assert asked() == few
