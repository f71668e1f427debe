"""Facts beside the status over the database: page, list, Min uge, and who sees it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from hoest.domain.benefits import actions as benefits
from hoest.domain.benefits.models import Benefit
from hoest.domain.portfolio import actions
from hoest.domain.portfolio.models import Initiative, LeadStatus
from hoest.domain.portfolio.rules import LeadWord
from hoest.domain.reporting.actions.kept import refresh
from hoest.domain.reporting.models import KeptEvidence
from hoest.domain.reporting.queries.evidence import beside_of
from hoest.domain.reporting.queries.week import week_of
from hoest.domain.reporting.rules.evidence import Code, Verdict
from hoest.foundation import clock
from hoest.foundation.lists.beside import beside
from tests.support.steps import benefit_called


@pytest.fixture
def training(here: int) -> Initiative:
    return Initiative.objects.get(title__startswith="Digital hjemmetræning")


def say(actor: Any, training: Initiative, word: LeadWord, sentence: str = "") -> None:
    training.refresh_from_db()
    actions.say_status(
        actor=actor("initiative_lead"),
        initiative_id=training.pk,
        version=training.version,
        word=word,
        sentence=sentence,
    )


def test_the_facts_of_the_world_are_found_with_their_benefit(here, actor, training):
    found = beside_of(actor("executive"), [training.pk])[training.pk]
    downwards = next(f for f in found.findings if f.code is Code.ESTIMATED_DOWN)
    assert downwards.benefit_id == benefit_called("Lavere indkøb").pk
    assert (downwards.other_amount, downwards.amount) == (900_000, 700_000)
    assert (found.word, found.sentence[:12]) == (LeadWord.WATCH, "Vi mangler s")
    assert found.verdict is not Verdict.ON_THE_WAY


def test_a_bright_word_against_the_facts_is_told_to_lead_and_sponsor_until_it_changes(
    here, actor, training
):
    def told(role: str) -> list[str]:
        week = week_of(actor(role))
        everything = (*week.items, *week.waiting)
        return [one.key[0] for one in everything if one.key[0] == "status_disputed"]

    assert told("initiative_lead") == told("executive") == []
    say(actor, training, LeadWord.GOING_WELL)
    assert told("initiative_lead") == told("executive") == ["status_disputed"]
    assert told("benefit_owner") == told("controller") == []
    say(actor, training, LeadWord.HELP)
    assert told("initiative_lead") == told("executive") == []


def test_the_lead_writes_a_new_status_and_the_sponsor_asks(client_for, here, actor, training):
    say(actor, training, LeadWord.GOING_WELL)
    lead = client_for("initiative_lead").get("/").content.decode()
    assert "Status og tal er ikke enige" in lead
    assert reverse("portfolio:say_status", args=[training.pk]) in lead
    sponsor = client_for("executive").get("/").content.decode()
    assert "Spørg til status" in sponsor


def test_the_page_shows_both_and_what_to_look_at(client_for, here, actor, training):
    say(actor, training, LeadWord.GOING_WELL, "Det kører")
    page = client_for("executive").get(reverse("portfolio:initiative", args=[training.pk]))
    text = page.content.decode()
    assert "Lederen skriver »Går som aftalt«" in text
    assert "<q>Det kører</q>" in text
    assert "Skønnet er sat ned fra 900.000" in text
    assert reverse("benefits:benefit", args=[benefit_called("Lavere indkøb").pk]) in text


def test_the_list_shows_sorts_and_filters_by_disagreement(client_for, here, actor, training):
    say(actor, training, LeadWord.GOING_WELL)
    client = client_for("portfolio_manager")
    page = client.get(reverse("portfolio:initiatives"))
    titles = [row.title.split(" ")[0] for row in page.context["rows"]]
    # What needs action stands first, then the one of which status and facts disagree.
    assert titles[:2] == ["Fælles", "Digital"]
    assert "men lederen siger: går som aftalt" in page.content.decode()
    some = client.get(reverse("portfolio:initiatives"), {"facts_say": "uenig"})
    assert [row.title.split(" ")[0] for row in some.context["rows"]] == ["Digital"]


def test_what_was_said_stays(here, actor, training):
    say(actor, training, LeadWord.GOING_WELL)
    for statement in ("update portfolio_leadstatus set word = 'help'",
                      "delete from portfolio_leadstatus"):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert LeadStatus.objects.filter(initiative=training).count() == 2


def test_nobody_reads_a_neighbours_facts(here, actor, training):
    from hoest.foundation.tenancy.context import acting_for
    from tests.support.world import THERE, actor_with_role, organisation_id

    with acting_for(organisation_id(THERE)):
        stranger = actor_with_role(organisation_id(THERE), "executive")
        assert beside_of(stranger, [training.pk]) == {}


def test_one_read_serves_any_number_of_initiatives(
    here, actor, training, django_assert_max_num_queries
):
    executive = actor("executive")
    ids = list(Initiative.objects.values_list("pk", flat=True))
    said = beside("initiatives")
    assert said is not None
    with django_assert_max_num_queries(18):
        read = said.read(executive, ids)
    refresh(here)
    with django_assert_max_num_queries(7):
        kept = said.read(executive, ids)
    assert {pk: word.text for pk, word in kept.items()} == {
        pk: word.text for pk, word in read.items()
    }


def test_kept_facts_are_the_facts_of_the_rows(here, actor):
    read = beside_of(actor("executive"))
    assert any(said.findings for said in read.values())
    refresh(here)
    assert KeptEvidence.objects.exists()
    assert beside_of(actor("executive")) == read


def test_a_benefit_changed_since_it_was_kept_is_read_again(here, actor, training):
    refresh(here)
    row = Benefit.objects.filter(initiative=training, lapsed_on__isnull=True).order_by("pk")[0]
    kept = KeptEvidence.objects.get(benefit_id=row.pk).evidence
    before = beside_of(actor("executive"))
    benefits.lapse(actor=actor("portfolio_manager"), benefit_id=row.pk, reason="Faldet væk")
    after = beside_of(actor("executive"))
    refresh(here)
    assert KeptEvidence.objects.get(benefit_id=row.pk).evidence != kept
    assert beside_of(actor("executive")) == after
    assert after.keys() == before.keys()


def test_a_go_live_that_moved_is_held_against_the_first_one_written(here, actor, training):
    later = clock.today() + dt.timedelta(days=10)
    actions.change_initiative(
        actor=actor("initiative_lead"),
        initiative_id=training.pk,
        version=training.version,
        fields={"live_on": later},
    )
    found = beside_of(actor("executive"), [training.pk])[training.pk]
    moved = next(f for f in found.findings if f.code is Code.GO_LIVE_MOVED)
    assert (moved.other_day, moved.day) == (training.live_on, later)
