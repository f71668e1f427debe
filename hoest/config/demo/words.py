"""The words of a story, and the fault of one that means nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hoest.foundation.faults import Fault


class DemoFault(Fault):
    """The demo's files cannot be read as a story."""


def words(text: str) -> frozenset[str]:
    """Return the words of a text: the ones a story may use."""
    return frozenset(text.split())


def refuse_unknown(told: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    """Raise DemoFault when a story has a word nobody reads, so that no slip is silent."""
    unknown = sorted(set(told) - known)
    if unknown:
        raise DemoFault(f"Demoen har ordet '{unknown[0]}' i {where}, og det betyder ingenting.")
