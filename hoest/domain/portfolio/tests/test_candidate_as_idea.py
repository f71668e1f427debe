"""A candidate given as an idea: the sum follows, the answer is an idea's, and both end as one."""

from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.organisations.models import Person
from hoest.domain.portfolio.actions import candidates as acts
from hoest.domain.portfolio.actions import idea_answers, ideas
from hoest.domain.portfolio.models import Candidate, Idea
from hoest.domain.portfolio.rules.candidates import frequency_of
from hoest.domain.portfolio.rules.ideas import Frequency
from hoest.domain.portfolio.tests.shared import text_of

SUM = "4.200 gange × 6 minutter × 80 % ÷ 60 = 336 timer"


@pytest.fixture
def addresses(here):
    """The candidate that 4.200 times a year takes six minutes."""
    return Candidate.objects.get(organisation_id=here, title__startswith="Adresseskift")


def give(client, one, **changes):
    page = client.get(reverse("candidates:as_idea", args=[one.pk]))
    form = page.context["form"]
    fields = {name: form[name].value() or "" for name in form.fields}
    fields |= {"for_whom": "Borgere, der flytter", "version": one.version, **changes}
    return client.post(reverse("candidates:as_idea", args=[one.pk]), fields)


def test_the_words_of_ideas_are_the_steps_of_the_calendar():
    told = {0: "rarely", 11: "rarely", 12: "monthly", 51: "monthly", 52: "weekly", 249: "weekly"}
    told |= {250: "daily", 729: "daily", 730: "several_a_day", 4200: "several_a_day"}
    assert {n: frequency_of(Decimal(n)) for n in told} == {n: Frequency(w) for n, w in told.items()}
    assert frequency_of(None) is None


@given(st.decimals(0, 100_000, places=2), st.decimals(0, 100_000, places=2))
def test_what_happens_more_is_never_said_to_happen_less(one, other):
    order = list(Frequency)
    few, many = sorted((one, other))
    assert order.index(frequency_of(many)) <= order.index(frequency_of(few))


@pytest.mark.django_db
class TestIdea:
    def test_the_form_knows_what_is_known_and_the_sum_follows(self, client_for, addresses):
        client = client_for("portfolio_manager")
        page = text_of(client.get(reverse("candidates:as_idea", args=[addresses.pk])))
        assert f"Summen følger med: {SUM}." in page
        made = give(client, addresses, unit=addresses.unit_id or "")
        assert made.status_code == 302, text_of(made)
        idea = Idea.objects.get(candidate_rows(addresses))
        assert (idea.problem[:12], idea.how_often) == (addresses.title[:12], "several_a_day")
        assert idea.is_shared
        for role in ("executive", "employee"):
            told = text_of(client_for(role).get(reverse("ideas:idea", args=[idea.pk])))
            assert f"{SUM} om året." in told
        told = text_of(client.get(reverse("candidates:candidate", args=[addresses.pk])))
        assert "Er givet som idéen" in told
        assert "Giv den som en idé" not in told
        assert "Gør den til et initiativ" not in told

    def test_on_its_way_it_is_neither_given_nor_chosen_again(self, client_for, actor, addresses):
        give(client_for("portfolio_manager"), addresses)
        addresses.refresh_from_db()
        manager = actor("portfolio_manager")
        with pytest.raises(acts.CandidateIsSettled):
            acts.choose_candidate(
                actor=manager,
                candidate_id=addresses.pk,
                version=addresses.version,
                unit=addresses.unit,
                title="Uden om idéen",
            )
        again = give(client_for("portfolio_manager"), addresses)
        assert again.status_code == 422
        assert "Den går videre derfra." in text_of(again)

    def test_an_idea_that_becomes_an_initiative_takes_its_candidate_along(
        self, client_for, actor, addresses
    ):
        give(client_for("portfolio_manager"), addresses)
        idea = Idea.objects.get(candidate_rows(addresses))
        chief = actor("executive")
        sponsor = Person.objects.get(organisation_id=idea.organisation_id, pk=chief.person_id)
        idea_answers.answer_idea(
            actor=chief, idea_id=idea.pk, version=idea.version, sponsor=sponsor, reason="Den er god"
        )
        idea.refresh_from_db()
        into = ideas.adopt_idea(
            actor=actor("portfolio_manager"), idea_id=idea.pk, version=idea.version
        )
        addresses.refresh_from_db()
        assert (addresses.state, addresses.initiative_id) == ("chosen", into.pk)

    def test_a_no_leaves_the_candidate_open(self, client_for, actor, addresses):
        give(client_for("portfolio_manager"), addresses)
        idea = Idea.objects.get(candidate_rows(addresses))
        idea_answers.answer_idea(
            actor=actor("executive"), idea_id=idea.pk, version=idea.version, reason="Ikke i år"
        )
        told = text_of(
            client_for("portfolio_manager").get(
                reverse("candidates:candidate", args=[addresses.pk])
            )
        )
        assert "Giv den som en idé" in told
        assert "Gør den til et initiativ" in told


def candidate_rows(one):
    """Return the condition of the idea a candidate was given as."""
    from django.db.models import Q

    return Q(pk=Candidate.objects.get(pk=one.pk).idea_id)
