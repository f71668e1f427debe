"""What looks like a text: found in the database, said why, kept to what one may see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoest.domain.portfolio import actions
from hoest.domain.portfolio.models import Idea, Initiative
from hoest.domain.portfolio.tests.shared import text_of
from hoest.foundation.search import similar
from tests.support.world import MARKERS, THERE

pytestmark = pytest.mark.django_db
PAGE = "similar:similar"

FOUND = [
    ("kørelisterne i hjemmeplejen", "Ruteplanlægning for hjemmeplejen"),
    ("planlægning af ruter", "Ruteplanlægning for hjemmeplejen"),
    ("rutepl", "Ruteplanlægning for hjemmeplejen"),
    ("samtalerobot", "Chatbotten på hjemmesiden"),
    ("fakturaer", "Fakturahåndtering uden papir"),
    ("aeldre traener", "Træning for ældre"),
    ("nøglebokse", "Elektroniske dørlåse"),
]


@pytest.fixture
def several(actor, training):
    """Initiatives about different things, in the unit of the training."""
    titles = dict.fromkeys(title for _text, title in FOUND)
    for title in titles:
        actions.create_initiative(
            actor=actor("portfolio_manager"), fields={"title": title, "unit": training.unit}
        )


@pytest.mark.parametrize(("text", "title"), FOUND)
def test_the_first_found_is_about_the_same(actor, several, text, title):
    found = similar.find(actor("executive"), text)
    assert [like.thing.title for like in found[:1]] == [title]


def test_it_says_which_words_both_have(client_for, several):
    page = client_for("executive").get(reverse(PAGE), {"tekst": "kørelister for hjemmeplejen"})
    said = text_of(page)
    assert "Ligner, fordi begge handler om" in said
    assert "hjemmeplejen" in said
    assert "kørelister (her »ruteplanlægning«)" in said


def test_a_form_gets_the_list_alone_and_not_the_thing_itself(client_for, training):
    client = client_for("executive")
    own = reverse("portfolio:initiative", args=[training.pk])
    asked = {"title": training.title}
    part = client.get(reverse(PAGE), asked, headers={"HX-Request": "true"})
    assert own in part.content.decode()
    assert "<html" not in part.content.decode()
    without = client.get(reverse(PAGE), {**asked, "fra": own}, headers={"HX-Request": "true"})
    assert own not in without.content.decode()


def test_the_neighbours_initiatives_are_never_offered(client_for):
    page = client_for("executive").get(reverse(PAGE), {"tekst": "Digital hjemmetræning"})
    assert MARKERS[THERE] not in text_of(page)


def test_a_unit_leader_is_offered_only_what_she_may_see(actor, training):
    hidden = actions.create_initiative(
        actor=actor("portfolio_manager"),
        fields={"title": "Asfaltlogbogen", "unit": other_unit(training)},
    )
    assert not similar.find(actor("unit_leader"), hidden.title)
    assert similar.find(actor("executive"), hidden.title)


def other_unit(training):
    """Return a unit the leader of Hjemmepleje does not lead."""
    from hoest.domain.organisations.models import Unit

    return Unit.objects.get(organisation_id=training.organisation_id, name__startswith="Teknik")


def test_signs_and_long_texts_are_harmless(client_for):
    client = client_for("executive")
    for text in ("' | !:* \\ &", "x" * 5000, "a\x00b", "ord " * 900):
        assert client.get(reverse(PAGE), {"tekst": text}).status_code == 200


def test_one_query_for_each_who_offers(actor, several):
    reader = actor("executive")
    similar.find(reader, "opvarmning")
    with CaptureQueriesContext(connection) as few:
        similar.find(reader, "hjemmetræning")
    with CaptureQueriesContext(connection) as many:
        similar.find(reader, "ruteplanlægning for hjemmeplejen, chatbot og fakturaer til ældre")
    assert len(few) == len(many)


def test_postgresql_keeps_the_words_when_a_title_changes(actor, training):
    reader = actor("executive")
    Initiative.objects.filter(pk=training.pk).update(title="Solcelletage")
    assert [like.thing.title for like in similar.find(reader, "solceller")] == ["Solcelletage"]


def test_ideas_are_offered_to_those_who_may_see_them(actor, here):
    from hoest.domain.portfolio.models import Idea

    Idea.objects.filter(organisation_id=here).update(title="Solcelletage på skolerne")
    found = similar.find(actor("portfolio_manager"), "solceller")
    assert found
    assert {like.thing.title for like in found} == {"Solcelletage på skolerne"}


def test_who_reads_an_open_idea_sees_what_is_there_already(client_for, several, here):
    waiting = Idea.objects.get(organisation_id=here, is_shared=True, state="waiting")
    rows, client = Idea.objects.filter(pk=waiting.pk), client_for("portfolio_manager")
    rows.update(problem="Kørelisterne i hjemmeplejen lægges i hånden", suggestion="")
    page = text_of(client.get(reverse("ideas:idea", args=[waiting.pk])))
    assert "Findes det allerede?" in page
    assert "Ruteplanlægning for hjemmeplejen" in page
    rows.update(problem="Zzyzx kvarkblomst", suggestion="")
    page = text_of(client.get(reverse("ideas:idea", args=[waiting.pk])))
    assert "Høst fandt intet, der ligner" in page
    assert "systemer" in page.partition("Der er ledt blandt")[2].partition(".")[0]
    page = text_of(client_for("politician").get(reverse("ideas:idea", args=[waiting.pk])))
    searched = page.partition("Der er ledt blandt")[2].partition(".")[0]
    assert "initiativer" in searched
    assert "systemer" not in searched, "who may not see systems is not told they were searched"
