"""The page of everything in the portfolio: only the rooms the reader may enter."""

from __future__ import annotations

import pytest
from django.urls import reverse

from hoest.foundation import rooms

PAGE = "/portefoelje/alt/"


@pytest.mark.parametrize("role", ["executive", "portfolio_manager", "employee", "security_officer"])
def test_every_room_shown_can_be_entered(client_for, role):
    client = client_for(role)
    page = client.get(PAGE).content.decode()
    shown = [
        room.url_name
        for (place, _name), room in rooms._registry.items()
        if place == "portfolio" and f'href="{reverse(room.url_name)}"' in page
    ]
    assert shown
    assert {name: client.get(reverse(name)).status_code for name in shown} == dict.fromkeys(
        shown, 200
    )


def test_the_portfolio_leads_to_it(client_for):
    assert f'href="{PAGE}"' in client_for("executive").get("/portefoelje/").content.decode()


def test_an_unknown_group_is_refused():
    with pytest.raises(ValueError, match="No such group"):
        rooms.register("portfolio", "portfolio:create", "x", "y", group="attic")
