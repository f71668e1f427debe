"""The frame around every page: navigation, person, municipality, search."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hoest import __version__
from hoest.foundation import content
from hoest.foundation.clock import today

# The first words of the navigation; a word appears when its subject exists.
MAIN = (
    ("reporting:account", _("Høstregnskab"), "harvest"),
    ("portfolio:initiatives", _("Portefølje"), "portfolio"),
)
MORE = (
    ("benefits:benefits", _("Gevinster"), "benefit"),
    ("organisations:overview", _("Kommunen"), "organisation"),
    ("exchange:imports", _("Indlæs regneark"), "import"),
    ("access:me", _("Min konto"), "account"),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give templates `frame` with items, more, person, organisation and search_url."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"frame": {"items": [], "more": [], "person": None, "organisation": None}}
    return {
        "frame": {
            "items": [_item(request, *entry) for entry in MAIN],
            "more": [_item(request, *entry) for entry in MORE],
            "person": actor.name,
            "organisation": actor.organisation_name,
            "account_url": reverse("access:me"),
            "switch_url": reverse("organisations:choose") if actor.reaches_several else "",
            "search_url": reverse("portfolio:initiatives"),
            "today": today(),
            "version": __version__,
            "undo_seconds": content.limit("undo_seconds"),
        },
        "actor": actor,
    }


def _item(request: HttpRequest, name: str, label: Any, icon: str) -> dict[str, Any]:
    url = reverse(name)
    return {
        "url": url,
        "label": label,
        "icon": icon,
        "current": request.path == url or (url != "/" and request.path.startswith(url)),
    }
