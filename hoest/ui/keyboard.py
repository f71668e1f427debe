"""Shortcuts on the keyboard: one declaration, listed for the reader and bound by the page.

The dialog that `?` opens and the page /genveje/ list what stands here; shortcuts.js binds exactly
the rows of the dialog. Whoever uses speech or has an unsteady hand can turn single keys off on her
own device. Source: WCAG 2.2, 2.1.4 (character key shortcuts).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

GO = "g"


@dataclass(frozen=True)
class Shortcut:
    """Keys pressed one after another, what they do, and how: a known act, or an address.

    `act` is `search`, `help` or empty; what has neither act nor address the browser does itself.
    """

    keys: tuple[str | Promise, ...]
    does: str | Promise
    act: str = ""
    url: str = ""

    @property
    def is_bound(self) -> bool:
        """Whether the page binds it, so that it can be turned off."""
        return bool(self.act or self.url)


ALWAYS = (
    Shortcut(("/",), _("Gå til søgefeltet"), act="search"),
    Shortcut(("?",), _("Vis genvejene"), act="help"),
    Shortcut(("Esc",), _("Luk det, der ligger over siden")),
    Shortcut(("Tab",), _("Gå til det næste, du kan vælge")),
)


# Keys that count only where the focus is on a part of one page: its name, and the keys.
_local: dict[str | Promise, tuple[Shortcut, ...]] = {}


def explain(part: str | Promise, keys: tuple[Shortcut, ...]) -> None:
    """Let the page of shortcuts tell the keys of a part of a page, which binds them itself."""
    _local[part] = keys


def shortcuts(places: Iterable[tuple[str, str | Promise, str]] = ()) -> list[Shortcut]:
    """Return all shortcuts: the ones of every page, and `g` and a letter for each place.

    A place is its letter, its name and its address. Raises ValueError when two share a letter.
    """
    goes: dict[str, Shortcut] = {}
    for letter, name, url in places:
        if letter in goes:
            raise ValueError(f"Two places have the letter {letter}")
        does = _("Gå til %(place)s") % {"place": name}
        goes[letter] = Shortcut((GO, letter), does, url=url)
    return [*ALWAYS, *goes.values()]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the shortcuts as a page: the same list as the dialog's."""
    return render(request, "ui/shortcuts.html", {"parts": _local.items()})
