"""An ethics screening: colours ask for consequences, a stance is a criterion, a decision final."""

import pytest
from django.db import Error, transaction
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.portfolio.actions import answer_facts
from hoest.domain.portfolio.rules.facts import FactAnswer
from hoest.domain.trust import actions, queries
from hoest.domain.trust.actions.ethics import DecisionNotWhole, NoteMissing, NotReadyToDecide
from hoest.domain.trust.models import CommitteeStance, EthicsScreening
from hoest.domain.trust.rules.ethics import Colour, EthicsDecision, Outcome, outcome
from hoest.domain.trust.web.trust_asks import screening_told
from hoest.foundation import content
from hoest.foundation.faults import NotAllowed, NotFound

QUESTIONS = list(content.ethics_instrument().questions)
DECIDED = {
    "decision": EthicsDecision.GO_ON,
    "decision_text": "Vi går videre",
    "body": None,
    "published_where": "Dagsordenen",
    "unpublished_because": "",
}


@given(st.dictionaries(st.sampled_from(QUESTIONS), st.sampled_from(list(Colour))))
def test_what_the_colours_ask_for_follows_from_reds_and_yellows_alone(colours):
    asked = outcome(QUESTIONS, colours, 3)
    given_ = list(colours.values())
    if len(colours) < len(QUESTIONS):
        assert asked is Outcome.UNFINISHED
    elif Colour.RED in given_ or given_.count(Colour.YELLOW) >= 3:
        assert asked is Outcome.CONSEQUENCES
    elif Colour.YELLOW in given_:
        assert asked is Outcome.TALK
    else:
        assert asked is Outcome.NOTHING_MORE


@given(st.sampled_from(QUESTIONS))
def test_one_red_is_never_outvoted(question):
    colours = {**dict.fromkeys(QUESTIONS, Colour.GREEN), question: Colour.RED}
    assert outcome(QUESTIONS, colours, 3) is Outcome.CONSEQUENCES


def _answered(actor, initiative, colour="green", **more):
    officer = actor("security_officer")
    begun = actions.begin_screening(actor=officer, initiative_id=initiative.pk)
    return actions.answer_screening(
        actor=officer,
        initiative_id=initiative.pk,
        version=begun.version,
        answers={code: {"colour": colour, "note": "Fordi"} for code in QUESTIONS},
        affected=["older"],
        stances={one.pk: {"answer": "follows"} for one in queries.standing_stances(officer)},
        **more,
    )


def _decide(actor, initiative, screening, role="executive", **changes):
    return actions.decide_screening(
        actor=actor(role),
        initiative_id=initiative.pk,
        version=screening.version,
        decided={**DECIDED, **changes},
    )


def test_a_screening_keeps_the_version_of_the_instrument(actor, visits):
    assert _answered(actor, visits).instrument == content.ethics_instrument().version


def test_red_answers_ask_for_every_consequence_before_a_decision(actor, visits):
    red = _answered(actor, visits, "red")
    with pytest.raises(NotReadyToDecide) as refused:
        _decide(actor, visits, red)
    assert refused.value.lacks == ("consequences",)
    whole = actions.answer_screening(
        actor=actor("security_officer"),
        initiative_id=visits.pk,
        version=red.version,
        consequences={
            code: {"answer": "maybe"} for code in content.ethics_instrument().consequences
        },
    )
    assert _decide(actor, visits, whole).outcome == Outcome.CONSEQUENCES


def test_a_red_answer_without_words_is_refused(actor, visits):
    officer = actor("security_officer")
    begun = actions.begin_screening(actor=officer, initiative_id=visits.pk)
    with pytest.raises(NoteMissing):
        actions.answer_screening(
            actor=officer,
            initiative_id=visits.pk,
            version=begun.version,
            answers={"choice": {"colour": "red", "note": " "}},
        )


def test_a_stance_is_a_criterion_in_every_later_screening(actor, visits, here):
    from hoest.domain.organisations.models import Body
    from hoest.foundation.clock import today

    ready = _answered(actor, visits)
    stance = actions.write_stance(
        actor=actor("executive"),
        body=Body.objects.filter(organisation_id=here).first(),
        principle="Vi sælger ikke oplysninger",
        explanation="",
        decided_on=today(),
        reference="Punkt 3",
    )
    with pytest.raises(NotReadyToDecide) as refused:
        _decide(actor, visits, ready)
    assert refused.value.lacks == ("stances",)
    answered = actions.answer_screening(
        actor=actor("security_officer"),
        initiative_id=visits.pk,
        version=ready.version,
        stances={
            one.pk: {"answer": "follows"} for one in queries.standing_stances(actor("executive"))
        },
    )
    decided = _decide(actor, visits, answered)
    actions.retire_stance(actor=actor("executive"), stance_id=stance.pk, version=stance.version)
    decided.refresh_from_db()
    assert "Vi sælger ikke oplysninger" in [one["principle"] for one in decided.stances]


def test_a_decision_says_where_it_is_published_or_why_it_is_not(actor, visits):
    ready = _answered(actor, visits)
    with pytest.raises(DecisionNotWhole):
        _decide(actor, visits, ready, published_where="")
    _decide(actor, visits, ready, published_where="", unpublished_because="Kontrakten er åben")


def test_a_decided_screening_and_a_written_stance_are_final_in_the_database(actor, visits):
    decided = _decide(actor, visits, _answered(actor, visits))
    with pytest.raises(Error), transaction.atomic():
        EthicsScreening.objects.filter(pk=decided.pk).update(decision="stop")
    with pytest.raises(Error), transaction.atomic():
        EthicsScreening.objects.filter(pk=decided.pk).delete()
    with pytest.raises(Error), transaction.atomic():
        CommitteeStance.objects.filter(organisation_id=visits.organisation_id).update(
            principle="Noget andet"
        )


@pytest.mark.parametrize("role", ["politician", "employee", "initiative_lead", "controller"])
def test_only_those_who_answer_for_it_decide(actor, visits, role):
    ready = _answered(actor, visits)
    with pytest.raises((NotAllowed, NotFound)):
        _decide(actor, visits, ready, role=role)


def test_a_screening_in_progress_is_not_for_politicians(actor, visits):
    _answered(actor, visits)
    seen = queries.screenings_visible_to(actor("politician")).filter(initiative=visits)
    assert not seen.exists()


def test_facts_make_a_screening_advisable(actor, visits):
    assert queries.advised_by(visits) == ()
    answer_facts(
        actor=actor("portfolio_manager"),
        initiative_id=visits.pk,
        answers={"ai": FactAnswer.YES, "data_matching": FactAnswer.UNKNOWN},
    )
    assert queries.advised_by(visits) == ("ai",)


def test_every_trigger_of_the_instrument_is_a_fact_the_municipality_asks():
    assert set(content.ethics_instrument().asked_by) <= set(content.initiative_questions())


@pytest.mark.parametrize(
    ("decision", "state", "said"),
    [
        (EthicsDecision.GO_ON, "present", "er besluttet"),
        (EthicsDecision.GO_ON_IF, "present", "er besluttet"),
        (EthicsDecision.TO_COMMITTEE, "in_progress", "Læg det for udvalget"),
        (EthicsDecision.STOP, "in_progress", "Lad være"),
    ],
)
def test_a_gate_is_told_it_is_there_only_when_the_decision_lets_it_go_on(
    actor, visits, decision, state, said
):
    _decide(actor, visits, _answered(actor, visits), decision=decision)
    told = screening_told(visits.organisation_id, [visits.pk])[visits.pk]
    assert told.state == state
    assert said in told.source
