"""Panels stand in their order, and an empty one leaves no trace."""

import pytest
from django.test import RequestFactory
from django.utils.safestring import SafeString

from hoest.foundation import panels


@pytest.fixture
def registry(monkeypatch):
    """An empty registry for this test alone."""
    monkeypatch.setattr(panels, "_registry", {"unit": [], "body": [], "initiative": []})


def test_panels_stand_in_their_order_whoever_came_first(registry):
    panels.register("unit", 20, lambda request, unit: SafeString(f"sidst {unit}"))
    panels.register("unit", 10, lambda request, unit: SafeString(f"først {unit}"))
    assert panels.render("unit", RequestFactory().get("/"), "Plejen") == [
        "først Plejen",
        "sidst Plejen",
    ]


def test_a_panel_with_nothing_to_show_is_left_out(registry):
    panels.register("body", 1, lambda request, body: None)
    assert panels.render("body", RequestFactory().get("/"), "Udvalget") == []


def test_a_panel_registered_twice_is_shown_once(registry):
    def show(request, thing):
        return SafeString("en gang")

    panels.register("initiative", 1, show)
    panels.register("initiative", 1, show)
    assert panels.render("initiative", RequestFactory().get("/"), None) == ["en gang"]


def test_an_unknown_kind_is_refused(registry):
    with pytest.raises(KeyError):
        panels.register("budget", 1, lambda request, thing: None)
