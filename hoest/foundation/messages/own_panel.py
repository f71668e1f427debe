"""The way from "Min konto" to one's own messages."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from hoest.foundation import panels
from hoest.foundation.access.actor import Actor
from hoest.foundation.messages.queries import waiting_count


def register() -> None:
    """Stand on "Min konto", after one's roles."""
    panels.register("me", "messages", _render, order=200)


def _render(request: HttpRequest, actor: Actor) -> str:
    if actor.person_id is None:
        return ""
    return render_to_string("messages/me_panel.html", {"count": waiting_count(actor)}, request)
