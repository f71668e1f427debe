"""The frame around every page: navigation, person, municipality, search."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hoest import __version__
from hoest.foundation import content
from hoest.foundation.clock import today
from hoest.foundation.offline.small_forms import person_key
from hoest.ui.keyboard import shortcuts

# The first words of the navigation; a word appears when its subject exists.
MAIN = (
    ("week:mine", _("Min uge"), "calendar"),
    ("reporting:account", _("Høstregnskab"), "harvest"),
    ("portfolio:initiatives", _("Portefølje"), "portfolio"),
)
MORE = (
    ("ideas:ideas", _("Idéer"), "idea"),
    ("benefits:benefits", _("Gevinster"), "benefit"),
    ("organisations:overview", _("Kommunen"), "organisation"),
    ("exchange:imports", _("Indlæs regneark"), "import"),
    ("access:me", _("Min konto"), "account"),
    ("help:help", _("Hjælp"), "info"),
)

# The letter that goes to a place after `g`.
LETTERS = {
    "ideas:ideas": "e",
    "week:mine": "u",
    "reporting:account": "h",
    "portfolio:initiatives": "p",
    "benefits:benefits": "g",
    "organisations:overview": "k",
    "exchange:imports": "i",
    "access:me": "m",
    "help:help": "j",
}

# Where a word's pages lie when it is not below its own address.
BELOW = {"week:mine": "/min-uge/"}


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give templates `frame` with items, more, person, organisation and search_url."""
    actor = getattr(request, "actor", None)
    if actor is None:
        nobody: dict[str, Any] = {"items": [], "more": [], "person": None, "organisation": None}
        return {"frame": {**nobody, "shortcuts": shortcuts()}}
    items = [_item(request, *entry) for entry in MAIN]
    more = [_item(request, *entry) for entry in MORE]
    return {
        "frame": {
            "items": items,
            "more": more,
            "shortcuts": shortcuts(
                (one["letter"], one["label"], one["url"]) for one in items + more
            ),
            "layout": "layout/base.html",
            "person": actor.name,
            "organisation": actor.organisation_name,
            "is_demo": actor.is_demo,
            "account_url": reverse("access:me"),
            "switch_url": reverse("organisations:choose") if actor.reaches_several else "",
            "search_url": reverse("search:search"),
            "search_text": request.GET.get("q", "")
            if request.path == reverse("search:search")
            else "",
            "today": today(),
            "version": __version__,
            "person_key": person_key(actor),
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
        "letter": LETTERS[name],
        "current": request.path == url or request.path.startswith(BELOW.get(name, url)),
    }
