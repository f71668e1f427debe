"""What the list of shortcuts says is what the page binds, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from hoest.config.frame import LETTERS, MAIN, MORE
from hoest.ui.keyboard import GO, shortcuts

ROW = re.compile(r'<div data-shortcut-keys="([^"]+)"(?: data-shortcut-act="(\w+)")?([^>]*)>')


def test_two_places_cannot_have_the_same_letter() -> None:
    with pytest.raises(ValueError, match="letter x"):
        shortcuts([("x", "Her", "/her/"), ("x", "Der", "/der/")])


def test_every_word_of_the_navigation_has_a_letter_of_its_own() -> None:
    names = [name for name, _label, _icon in (*MAIN, *MORE)]
    assert set(names) <= set(LETTERS)
    assert len({LETTERS[name] for name in names}) == len(names)
    assert GO not in "/?"


def test_the_page_lists_what_the_dialog_binds(client_for: Callable[..., Client]) -> None:
    page = client_for("executive").get(reverse("shortcuts")).content.decode()
    rows = ROW.findall(page)
    # Once on the page, once in the dialog of the same page.
    assert rows[: len(rows) // 2] == rows[len(rows) // 2 :]
    bound = {keys for keys, _act, _url in rows}
    assert {"/", "?", "g u", "g h"} <= bound
    assert len(bound) == 2 + len(MAIN) + len(MORE)
    assert {act for _keys, act, _url in rows if act} == {"search", "help"}


def test_who_has_not_signed_in_has_the_shortcuts_of_every_page(client: Client) -> None:
    rows = ROW.findall(client.get(reverse("account_login")).content.decode())
    assert {keys for keys, _act, _url in rows} == {"/", "?"}
