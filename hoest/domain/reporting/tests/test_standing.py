"""How initiatives stand: what is kept says the same as if all had been read."""

from __future__ import annotations

import datetime as dt

import pytest

from hoest.domain.benefits.actions import measure
from hoest.domain.portfolio import queries as portfolio
from hoest.domain.portfolio.actions import say_status
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.rules import ACTIVE_PHASES, LeadWord
from hoest.domain.reporting.actions.kept import refresh, refresh_standings
from hoest.domain.reporting.models import KeptStanding
from hoest.domain.reporting.queries import standing
from hoest.domain.reporting.queries.standing import made_of, standings_of
from hoest.foundation import clock
from tests.support.steps import benefit_called


@pytest.fixture
def kept(here):
    """Keep everything as the worker does."""
    refresh(here)
    refresh_standings(here)
    return here


def everything(actor):
    return made_of(actor, portfolio.visible_to(actor).values_list("pk", flat=True))


def test_every_active_initiative_is_kept_and_says_what_the_rules_say(kept, actor):
    reader = actor("executive")
    active = Initiative.objects.filter(organisation_id=kept, phase__in=ACTIVE_PHASES)
    assert standings_of(reader) == everything(reader)
    assert set(standings_of(reader)) == set(active.values_list("pk", flat=True))


def test_nothing_is_read_afresh_while_nothing_has_changed(kept, actor, monkeypatch):
    read = []
    monkeypatch.setattr(standing, "made_of", lambda reader, ids: read.append(set(ids)) or {})
    standings_of(actor("executive"))
    assert read == [set()]


def test_a_change_a_word_and_a_measurement_are_seen_at_once(kept, actor, monkeypatch):
    reader, first = actor("executive"), Initiative.objects.filter(organisation_id=kept).first()
    read = []

    def noting(reader, ids):
        read.append(set(ids))
        return made_of(reader, ids)

    monkeypatch.setattr(standing, "made_of", noting)
    lead = actor("portfolio_manager")
    say_status(
        actor=lead,
        initiative_id=first.pk,
        version=first.version,
        word=LeadWord.HELP,
        sentence="Vi venter.",
    )
    assert standings_of(reader) == everything(reader)
    assert read[-1] == {first.pk}
    benefit = benefit_called("Kortere")
    measure(actor=actor("benefit_owner"), benefit_id=benefit.pk, on=clock.today(), value=1)
    assert standings_of(reader) == everything(reader)
    assert read[-1] == {first.pk, benefit.initiative_id}


def test_the_worker_takes_marks_away_without_hiding_what_they_said(kept, actor):
    benefit = benefit_called("Kortere")
    measure(actor=actor("benefit_owner"), benefit_id=benefit.pk, on=clock.today(), value=1)
    refresh(kept)
    rows = KeptStanding.objects.filter(organisation_id=kept)
    assert not rows.filter(initiative_id=benefit.initiative_id).exists()
    assert standings_of(actor("executive")) == everything(actor("executive"))
    assert refresh_standings(kept) == 1
    assert rows.filter(initiative_id=benefit.initiative_id).exists()


def test_another_day_is_another_standing(kept, actor):
    reader = actor("executive")
    with clock.frozen_at(clock.today() + dt.timedelta(days=400)):
        assert standings_of(reader) == everything(reader)
        assert refresh_standings(kept) == len(everything(reader))


def test_what_is_over_is_taken_away(kept, actor):
    first = Initiative.objects.filter(organisation_id=kept, phase__in=ACTIVE_PHASES).first()
    Initiative.objects.filter(pk=first.pk).update(phase="stopped")
    refresh_standings(kept)
    assert not KeptStanding.objects.filter(initiative_id=first.pk).exists()
    assert first.pk not in standings_of(actor("executive"))
