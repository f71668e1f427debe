"""Panels stand in their order, and an empty one leaves no trace."""

import pytest
from django.test import RequestFactory

from hoest.foundation import panels


@pytest.fixture
def request_(monkeypatch):
    """A request, and an empty registry for this test alone."""
    monkeypatch.setattr(panels, "_registry", {})
    return RequestFactory().get("/")


def test_panels_stand_in_their_order_whoever_came_first(request_):
    panels.register("unit", "b", lambda request, unit: f"sidst {unit}", order=20)
    panels.register("unit", "a", lambda request, unit: f"først {unit}", order=10)
    panels.register("body", "c", lambda request, body: "et andet sted")
    assert panels.rendered("unit", request_, "Plejen") == ["først Plejen", "sidst Plejen"]


def test_a_panel_with_nothing_to_show_is_left_out(request_):
    panels.register("body", "tom", lambda request, body: "")
    assert panels.rendered("body", request_, "Udvalget") == []


def test_a_panel_registered_again_under_its_name_replaces_the_former(request_):
    panels.register("initiative", "gevinster", lambda request, thing: "før")
    panels.register("initiative", "gevinster", lambda request, thing: "nu")
    assert panels.rendered("initiative", request_, None) == ["nu"]


def test_an_unknown_place_is_refused(request_):
    with pytest.raises(ValueError, match="budget"):
        panels.register("budget", "navn", lambda request, thing: "")
