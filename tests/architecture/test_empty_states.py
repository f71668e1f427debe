"""An empty list teaches: what will stand here, one example, and one button.

Read from the templates: every empty state has the first two, and a button or a form of its own,
unless the page's one button is the same act and stands above.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.texts import source, templates
from tests.architecture.trees import ROOT, place, plant

EMPTY = re.compile(r"<c-empty\b(?P<says>[^>]*?)(?P<alone>/)?>(?P<holds>.*?)(?:</c-empty>|$)", re.S)
# Where the page's one button is the act itself, and stands above.
BUTTON_ABOVE = {
    "mfa/webauthn/authenticator_list.html": "»Tilføj en adgangsnøgle« is the page's button",
    "search/search.html": "the field to search in is the act",
    "reporting/week_all.html": "nothing is to be done, and that is the point",
}
LESSON = ("what", "example")


def lessons_missing(root: Path) -> list[str]:
    """Find empty states that lack what will stand here, the example or the button."""
    found = []
    for path in templates(root):
        name = path.as_posix().rpartition("/templates/")[2]
        for empty in EMPTY.finditer(source(path)):
            given = set(re.findall(r"[:\s](\w+)=", empty["says"]))
            found += [f"{place(root, path)}: no {part}" for part in LESSON if part not in given]
            acts = "action_url" in given or (not empty["alone"] and "<form" in empty["holds"])
            if not acts and name not in BUTTON_ABOVE:
                found.append(f"{place(root, path)}: no button")
    return found


def test_every_empty_state_teaches() -> None:
    assert lessons_missing(ROOT) == []


def test_an_exception_is_still_there() -> None:
    names = {path.as_posix().rpartition("/templates/")[2] for path in templates(ROOT)}
    assert set(BUTTON_ABOVE) <= names


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ('<c-empty what="a" example="b" action_url="/c/" />', []),
        ('<c-empty :what="a" :example="b" :action_url="c" />', []),
        ('<c-empty what="a" example="b"><form></form></c-empty>', []),
        ('<c-empty what="a" example="b" />', ["no button"]),
        ('<c-empty what="a" action_url="/c/" />', ["no example"]),
        ('<c-empty example="b" action_url="/c/" />', ["no what"]),
    ],
)
def test_a_state_that_teaches_too_little_is_found(text, lacks, tmp_path: Path) -> None:
    plant(tmp_path, "hoest/ui/templates/a.html", text)
    assert [one.rpartition(": ")[2] for one in lessons_missing(tmp_path)] == lacks


EMPTY_PAGES = [
    "portfolio:initiatives",
    "benefits:benefits",
    "exchange:imports",
    "reporting:account",
]


@pytest.mark.parametrize("name", EMPTY_PAGES)
def test_a_municipality_on_its_first_day_is_taught(name, db) -> None:
    from django.test import Client
    from django.urls import reverse

    from hoest.foundation.access.models import Account
    from tests.support.empty import build_empty, email_of_empty

    build_empty()
    client = Client()
    account = Account.objects.get(email=email_of_empty("portfolio_manager"))
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    text = client.get(reverse(name)).content.decode()
    lesson = text[text.index('class="empty"') :]
    assert "For eksempel" in lesson
    assert "button" in lesson[:2000]
