"""Facts of an initiative: three answers, history kept, and triggers that never guess."""

import pytest
from django.db import ProgrammingError, transaction
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.portfolio import actions, queries
from hoest.domain.portfolio.models import InitiativeFact
from hoest.domain.portfolio.rules import FactAnswer, Trigger, TriggerFault, read_trigger
from hoest.foundation import content
from hoest.foundation.audit.models import Act
from hoest.foundation.content.initiative_facts import read_facts
from hoest.foundation.faults import NotAllowed, NotFound
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import THERE, actor_with_role, organisation_id

YES, NO, UNKNOWN = FactAnswer.YES, FactAnswer.NO, FactAnswer.UNKNOWN
FACTS = ("a", "b", "c")
leaves = st.sampled_from(FACTS)
triggers = st.recursive(
    leaves,
    lambda part: st.builds(
        Trigger, st.sampled_from(("all", "any")), st.lists(part, min_size=1, max_size=3).map(tuple)
    ),
    max_leaves=8,
).filter(lambda made: isinstance(made, Trigger))
answered = st.fixed_dictionaries(dict.fromkeys(FACTS, st.sampled_from(tuple(FactAnswer))))


class TestTriggers:
    """The small language over facts."""

    @pytest.mark.parametrize(
        ("raw", "facts", "expected"),
        [
            ("always", {}, YES),
            ({"any": ["a", "b"]}, {"a": YES}, YES),
            ({"any": ["a", "b"]}, {"a": NO}, UNKNOWN),
            ({"any": ["a", "b"]}, {"a": NO, "b": NO}, NO),
            ({"all": ["a", "b"]}, {"a": YES}, UNKNOWN),
            ({"all": ["a", "b"]}, {"a": NO}, NO),
            ({"all": ["a", {"any": ["b", "c"]}]}, {"a": YES, "c": YES}, YES),
            ({"all": ["a", {"any": ["b", "c"]}]}, {"a": YES, "b": NO}, UNKNOWN),
        ],
    )
    def test_what_is_not_answered_is_never_taken_for_no(self, raw, facts, expected):
        assert read_trigger(raw, FACTS).holds(facts) is expected

    @given(triggers, answered)
    def test_an_answer_more_never_turns_a_known_result(self, trigger, facts):
        known = trigger.holds(facts)
        for answer in (YES, NO):
            filled = {code: answer if one is UNKNOWN else one for code, one in facts.items()}
            assert known in (UNKNOWN, trigger.holds(filled))

    @given(triggers, answered)
    def test_it_waits_only_for_facts_nobody_has_answered(self, trigger, facts):
        waiting = trigger.waits_for(facts)
        assert bool(waiting) == (trigger.holds(facts) is UNKNOWN)
        assert all(facts[code] is UNKNOWN for code in waiting)

    @pytest.mark.parametrize(
        ("raw", "said"),
        [
            (None, "'when' skal være 'always'"),
            ({"none": ["a"]}, "'all' og 'any'"),
            ({"all": ["a"], "any": ["b"]}, "ét af ordene"),
            ({"all": []}, "mindst ét forhold"),
            ({"any": ["personal_date"]}, "'personal_date' findes ikke"),
        ],
    )
    def test_a_trigger_that_is_not_one_is_refused_in_words(self, raw, said):
        with pytest.raises(TriggerFault, match=said):
            read_trigger(raw, FACTS)


class TestContent:
    """The file of questions."""

    def test_five_questions_are_asked_from_the_first_day(self):
        early = [one.code for one in content.initiative_questions().values() if one.early]
        assert early == ["personal_data", "ai", "critical", "affects_work", "new_expenditure"]

    def test_every_question_is_one_and_has_examples_in_both_languages(self):
        for one in content.initiative_questions().values():
            assert one.ask.da.endswith("?")
            assert one.ask.en.endswith("?")
            assert len(one.examples("da")) == len(one.examples("en")) >= 2

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"early": False}, "early: true"),
            ({"asks": "x"}, "kender ikke feltet 'asks'"),
            ({"ask_da": ""}, "'ask_da'"),
            ({"examples_en": []}, "mindst ét eksempel"),
        ],
    )
    def test_a_fault_names_entry_and_field(self, changed, said):
        entry = {
            **{f"{name}{lang}": "x" for name in ("", "ask_", "about_") for lang in ("da", "en")},
            "examples_da": ["x"],
            "examples_en": ["x"],
            "early": True,
        }
        assert list(read_facts("f.yaml", {"own": dict(entry)})) == ["own"]
        with pytest.raises(content.ContentFault, match=said):
            read_facts("f.yaml", {"own": {**entry, **changed}})

    def test_a_code_that_cannot_stand_in_the_table_is_refused(self):
        with pytest.raises(content.ContentFault, match="små bogstaver"):
            read_facts("f.yaml", {"Æble": {"early": True}})


@pytest.mark.django_db
class TestAnswers:
    """Who answers what, and that nothing is forgotten."""

    def test_every_fact_is_unknown_until_somebody_answers(self, here, training):
        found = queries.facts_of(here, [training.pk])[training.pk]
        known = set(content.initiative_questions())
        assert set(found) == known
        actions.answer_facts(
            actor=_system(here), initiative_id=training.pk, answers={"third_country": NO}
        )
        found = queries.facts_of(here, [training.pk])[training.pk]
        assert found["third_country"] is NO

    def test_the_last_answer_holds_and_the_former_stay(self, here, actor, training):
        lead = actor("initiative_lead")
        for answer in (UNKNOWN, YES, YES, NO):
            actions.answer_facts(
                actor=lead, initiative_id=training.pk, answers={"smart_city": answer}
            )
        told = [o for o in queries.answers_before(training) if o.code == "smart_city"]
        assert [one.answer for one in told] == ["no", "yes", "unknown"]
        assert told[0].said_by_name == lead.name
        assert Act.objects.filter(verb="portfolio.answer_facts").count() >= 3

    def test_an_answer_is_never_changed_afterwards(self, here, actor, training):
        made = actions.answer_facts(
            actor=actor("security_officer"),
            initiative_id=training.pk,
            answers={"ai": UNKNOWN},
            notes={"ai": "Leverandøren er spurgt"},
        )
        with pytest.raises(ProgrammingError), transaction.atomic():
            InitiativeFact.objects.filter(pk=made[0].pk).update(answer="yes")
        with pytest.raises(ProgrammingError), transaction.atomic():
            InitiativeFact.objects.filter(pk=made[0].pk).delete()

    def test_a_question_nobody_asks_is_refused(self, actor, training):
        with pytest.raises(actions.NoSuchFact):
            actions.answer_facts(
                actor=actor("portfolio_manager"), initiative_id=training.pk, answers={"x": YES}
            )

    @pytest.mark.parametrize("role", ["employee", "politician", "benefit_owner"])
    def test_some_only_read(self, actor, training, role):
        with pytest.raises(NotAllowed):
            actions.answer_facts(actor=actor(role), initiative_id=training.pk, answers={"ai": YES})

    def test_another_municipality_is_not_there(self, training):
        with acting_for(organisation_id(THERE)):
            stranger = actor_with_role(organisation_id(THERE), "portfolio_manager")
            with pytest.raises(NotFound):
                actions.answer_facts(actor=stranger, initiative_id=training.pk, answers={"ai": YES})

    def test_the_facts_of_many_are_one_query(self, here, django_assert_num_queries):
        from hoest.domain.portfolio.models import Initiative

        ids = list(Initiative.objects.values_list("pk", flat=True))
        with django_assert_num_queries(1):
            assert set(queries.facts_of(here, ids)) == set(ids)


def _system(organisation):
    from hoest.domain.organisations.queries import system_actor

    return system_actor(organisation, "Opsætning", "test")
