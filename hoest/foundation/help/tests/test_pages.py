"""The help pages answer everybody in a municipality, and the example is what the rules say."""

from __future__ import annotations

import pytest

from hoest.domain.benefits.rules import Rung
from hoest.domain.benefits.web.example import stages
from hoest.foundation import content
from hoest.foundation.access.roles import ROLES


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("page", ["", "stigen/", "tal/"])
def test_everybody_may_read_help(role, page, client_for):
    assert client_for(role).get(f"/hjaelp/{page}").status_code == 200


def test_the_example_goes_up_every_rung_one_by_one():
    assert [stage.standing.rung for stage in stages()] == [r for r in Rung if r is not Rung.LAPSED]
    assert [stage.number for stage in stages()] == [0, 1, 2, 3, 4, 5]


def test_the_example_says_what_lacks_until_the_top():
    told = stages()
    assert all(stage.lacks for stage in told[:-1])
    assert told[-1].lacks == ""


def test_the_ladder_page_tells_every_rung_and_shows_the_example(client_for):
    text = client_for("executive").get("/hjaelp/stigen/").content.decode()
    for code in content.codes("rung"):
        assert content.label("rung", code) in text
    assert "Én gevinst, hele vejen op" in text
    assert 'aria-current="step"' in text


def test_help_leads_to_the_words_the_roles_and_the_steps(client_for):
    text = client_for("employee").get("/hjaelp/").content.decode()
    for way in ("/kommunen/ordbog/", "/kommunen/roller/", "/hjaelp/foerste-skridt/", "/genveje/"):
        assert f'"{way}"' in text
    assert 'name="q"' in text


def test_every_page_leads_to_help(client_for):
    text = client_for("politician").get("/hoestregnskab/").content.decode()
    assert text.count('href="/hjaelp/"') == 2, "on the left and below on a phone"
