"""Tell the person what was just done, with a way back where there is one.

Why: no act is silent, and what can be undone carries its undo for ten seconds. Django's own
messages carry the text over a redirect; the way back travels in the tags.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

_UNDO = "undo="

LEVELS = {
    "success": messages.SUCCESS,
    "info": messages.INFO,
    "warning": messages.WARNING,
    "error": messages.ERROR,
}


def tell(request: HttpRequest, text: str, *, level: str = "success", undo_url: str = "") -> None:
    """Leave a message for the next page; ``undo_url`` is posted to when it is taken back."""
    messages.add_message(
        request, LEVELS[level], text, extra_tags=_UNDO + undo_url if undo_url else ""
    )


def undo_url_of(message: Message) -> str:
    """Return where the act of a message is taken back, or an empty text."""
    tags = message.extra_tags or ""
    return tags.removeprefix(_UNDO) if tags.startswith(_UNDO) else ""


def level_of(message: Message) -> str:
    """Return the level of a message as the components name it."""
    return {number: name for name, number in LEVELS.items()}.get(message.level, "info")
