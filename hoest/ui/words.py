"""Words put together as in a sentence, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _


def in_a_row(words: Iterable[str]) -> str:
    """Return words one after the other: "a", "a og b", "a, b og c"."""
    several = list(words)
    if len(several) < 2:
        return "".join(several)
    return _("%(first)s og %(last)s") % {"first": ", ".join(several[:-1]), "last": several[-1]}
