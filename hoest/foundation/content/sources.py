"""Where the facts of a content file come from: the address of the source and the day it was read.

Why here: several files name their sources, and are refused in the same words.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from .schema import ContentFault


def link_of(file: str, code: str, entry: dict[str, Any]) -> str:
    """Return the address of a source, empty when none is given. Errors: `ContentFault`."""
    link = str(entry.get("link", ""))
    if link and not link.startswith("https://"):
        raise ContentFault(f"{file}: 'link' i '{code}' skal begynde med https://.")
    return link


def day_of(file: str, code: str, entry: dict[str, Any], name: str) -> dt.date | None:
    """Return the day in a field, None when none is given. Errors: `ContentFault`."""
    said = str(entry.get(name, ""))
    if not said:
        return None
    try:
        return dt.date.fromisoformat(said)
    except ValueError as no_day:
        raise ContentFault(
            f"{file}: '{name}: {said}' i '{code}' skal være en dag som 2026-11-23."
        ) from no_day
