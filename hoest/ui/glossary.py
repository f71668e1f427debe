"""The word list a page explains its terms from; the words themselves live above.

Why: every domain term on a page carries its explanation, but the list is content that a
municipality may replace, and ``ui`` may not import it. Whoever owns the list calls ``set_lookup``
once at start-up with a function from a term's code to its explanation.
"""

from __future__ import annotations

from collections.abc import Callable

Lookup = Callable[[str], str | None]

_lookup: Lookup | None = None


def set_lookup(lookup: Lookup | None) -> None:
    """Say where explanations are found; None forgets it again."""
    global _lookup
    _lookup = lookup


def explain(code: str) -> str | None:
    """Return the explanation of a term, or None when nobody has written one."""
    return _lookup(code) if _lookup is not None else None
