"""Min uge with what other subjects ask for: shown in their words, put aside, not passed on."""

from __future__ import annotations

import datetime as dt

import pytest

from hoest.domain.reporting import actions
from hoest.domain.reporting.queries.week import passable_of, week_of
from hoest.foundation import asks, clock
from hoest.foundation.asks import Ask
from hoest.foundation.faults import NotFound

KIND = "greeting_due"


@pytest.fixture
def greeting(monkeypatch):
    """Let one subject ask the employee for something whose day has passed."""

    def teller(actor, today):
        if not any(grant.role == "employee" for grant in actor.grants):
            return
        yield Ask(
            KIND,
            7,
            "Sig velkommen til en ny kollega",
            "Hun begyndte i går.",
            "/kommunen/?vis=alle#mennesker",
            "Sig velkommen",
            "/kommunen/",
            because="Du er den, der sidder nærmest.",
            why=("Ingen andre har sagt det.",),
            due_on=today - dt.timedelta(days=1),
            in_sheet=True,
            is_quick=True,
        )

    monkeypatch.setattr(asks, "_registry", {})
    asks.register(KIND, teller)


@pytest.mark.usefixtures("here", "greeting")
def test_it_is_hers_and_can_be_put_aside_but_not_passed_on(actor):
    me = actor("employee")
    assert [item.key for item in week_of(me).items] == [(KIND, 7)]
    assert KIND not in [item.key[0] for item in week_of(actor("controller")).items]
    with pytest.raises(NotFound, match="kan ikke sendes videre"):
        passable_of(me, KIND, 7)
    until = clock.today() + dt.timedelta(days=3)
    actions.set_aside(actor=me, need=KIND, subject_id=7, until=until)
    week = week_of(me)
    assert week.items == ()
    assert [(item.key, day) for item, day in week.set_aside] == [((KIND, 7), until)]
    actions.take_up(actor=me, need=KIND, subject_id=7)
    assert week_of(me).count == 1


@pytest.mark.usefixtures("greeting")
def test_the_page_shows_its_words_why_and_the_way_back(client_for):
    client = client_for("employee")
    page = client.get("/").content.decode()
    assert "Én ting venter på dig. Den tager et minut." in page
    assert "Sig velkommen til en ny kollega" in page
    assert "Hun begyndte i går." in page
    assert "Du er den, der sidder nærmest." in page
    assert "Ingen andre har sagt det." in page
    assert 'href="/kommunen/?vis=alle&amp;tilbage=%2F#mennesker" data-sheet' in page
    assert "Send videre" not in page
    later = client.get(f"/min-uge/{KIND}/7/senere/")
    assert later.status_code == 200
    assert "Sig velkommen til en ny kollega" in later.content.decode()
    assert client.get(f"/min-uge/{KIND}/7/videre/").status_code == 404


def test_a_kind_has_a_short_name():
    with pytest.raises(ValueError, match="1 to 24"):
        asks.register("x" * 25, lambda actor, today: ())
