"""Tell the person what was just done, with a way back where there is one.

Why: no act is silent, and what can be undone carries its undo for ten seconds. Django's own
messages carry the text over a redirect; the ways on travel in the tags.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

_WAYS = "ways="

LEVELS = {
    "success": messages.SUCCESS,
    "info": messages.INFO,
    "warning": messages.WARNING,
    "error": messages.ERROR,
}


def tell(
    request: HttpRequest,
    text: str,
    *,
    level: str = "success",
    undo_url: str = "",
    next_url: str = "",
    next_label: str = "",
) -> None:
    """Leave a message for the next page.

    ``undo_url`` is posted to when the act is taken back; ``next_url`` opens the next small task as
    a sheet, under the words ``next_label``.
    """
    ways = {"undo": undo_url, "next": next_url, "label": next_label}
    kept = {name: value for name, value in ways.items() if value}
    tags = _WAYS + urlencode(kept) if kept else ""
    messages.add_message(request, LEVELS[level], text, extra_tags=tags)


def ways_of(message: Message) -> dict[str, str]:
    """Return the ways on from a message: ``undo``, and ``next`` with its ``label``."""
    tags = message.extra_tags or ""
    return dict(parse_qsl(tags.removeprefix(_WAYS))) if tags.startswith(_WAYS) else {}


def level_of(message: Message) -> str:
    """Return the level of a message as the components name it."""
    return {number: name for name, number in LEVELS.items()}.get(message.level, "info")
