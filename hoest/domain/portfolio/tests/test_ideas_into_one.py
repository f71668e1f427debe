"""Two ideas become one initiative: what they answered differently, and which answer holds."""

import datetime as dt

import pytest
from django.urls import reverse

from hoest.domain.organisations.models import Unit
from hoest.domain.portfolio import actions as portfolio
from hoest.domain.portfolio import queries
from hoest.domain.portfolio.actions import idea_facts, ideas
from hoest.domain.portfolio.models import Idea, InitiativeFact
from hoest.domain.portfolio.queries import early_questions
from hoest.domain.portfolio.rules import FactAnswer
from hoest.domain.portfolio.tests.shared import text_of
from hoest.foundation import clock
from hoest.foundation.clock import frozen_at

pytestmark = pytest.mark.django_db

YES, NO = FactAnswer.YES, FactAnswer.NO
DAY = dt.timedelta(days=1)


@pytest.fixture
def give(actor, here):
    """Return what gives an idea that a leader has said yes to."""

    def given(problem):
        made = ideas.give_idea(
            actor=actor("employee"),
            fields={
                "problem": problem,
                "for_whom": "Os alle",
                "how_often": "daily",
                "suggestion": "",
                "unit": Unit.objects.get(organisation_id=here, name="Hjemmepleje"),
                "is_shared": True,
            },
        )
        Idea.objects.filter(pk=made.pk).update(
            state="sponsored", sponsor_id=actor("executive").person_id
        )
        made.refresh_from_db()
        return made

    return given


@pytest.fixture
def answer(actor):
    """Return what answers for an idea, some days ago."""

    def answered(idea, days_ago, **others):
        said = dict.fromkeys((one.code for one in early_questions()), NO) | others
        with frozen_at(clock.now() - days_ago * DAY):
            idea_facts.answer_idea_facts(actor=actor("unit_leader"), idea_id=idea.pk, answers=said)

    return answered


def told(initiative):
    return {one.question.code: one for one in queries.asked_facts(initiative)}


def adopt(actor, idea, into=None):
    return ideas.adopt_idea(
        actor=actor("portfolio_manager"), idea_id=idea.pk, version=idea.version, initiative=into
    )


@pytest.mark.parametrize("days_ago", [1, 3])
def test_a_yes_of_the_second_idea_is_not_lost_to_the_no_of_the_first(
    actor, give, answer, days_ago, client_for
):
    first, second = give("Liften er væk."), give("Badet er koldt.")
    answer(first, 2, ai=YES)
    answer(second, days_ago, personal_data=YES)
    into = adopt(actor, first)
    assert told(into)["personal_data"].answer is NO
    adopt(actor, second, into)
    yes = told(into)["personal_data"]
    assert yes.answer is YES
    assert yes.last.said_by_name == actor("unit_leader").name
    page = text_of(client_for("controller").get(reverse("gates:facts", args=[into.pk])))
    assert all(idea.title in page for idea in (first, second))
    assert " ".join(yes.last.note.split()) in page
    assert f"Svaret ved idéen »{second.title}«" in yes.last.note
    assert f"Ved idéen »{first.title}« var svaret nej." in yes.last.note
    # What the first idea said yes to stands; what both agree on is not written again.
    assert told(into)["ai"].answer is YES
    assert InitiativeFact.objects.filter(initiative=into, code="critical").count() == 1


def test_what_nobody_knew_of_the_second_idea_is_asked_again(actor, give, answer):
    first, second = give("Liften er væk."), give("Badet er koldt.")
    answer(first, 2)
    answer(second, 1, ai=FactAnswer.UNKNOWN)
    into = adopt(actor, first)
    adopt(actor, second, into)
    assert told(into)["ai"].answer is FactAnswer.UNKNOWN
    assert told(into)["personal_data"].answer is NO


def test_an_answer_the_initiative_gave_itself_stands_before_a_later_idea(actor, give, answer):
    first, second = give("Liften er væk."), give("Badet er koldt.")
    answer(first, 2)
    answer(second, 1, ai=YES, personal_data=YES)
    into = adopt(actor, first)
    portfolio.answer_facts(
        actor=actor("portfolio_manager"), initiative_id=into.pk, answers={"ai": NO}
    )
    adopt(actor, second, into)
    assert told(into)["ai"].answer is NO
    assert told(into)["personal_data"].answer is YES
