"""Reads the stories in content/demo: one file per part, checked for words that mean nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hoest.foundation import content
from hoest.foundation.content.files import read_yaml
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


def towns() -> list[dict[str, Any]]:
    """Return every demo municipality with its initiatives, the main one first."""
    folder = content.path("demo")
    found = []
    for town in read_yaml(folder / "municipalities.yaml"):
        told = dict(town)
        told["initiatives"] = [
            one for name in told.pop("stories") for one in read_yaml(folder / name)
        ]
        found.append(told)
    return [*found, *_neighbours(folder)]


def _neighbours(folder: Any) -> Iterable[dict[str, Any]]:
    return []
