"""Reads the stories in content/demo: the municipalities, one main and its neighbours.

A file with the same name in the folder `demo` of HOEST_CONTENT stands in for ours.
"""

from __future__ import annotations

from typing import Any

from hoest.config.demo.neighbours import tell_neighbours
from hoest.foundation import content
from hoest.foundation.content.files import read_yaml


def towns() -> list[dict[str, Any]]:
    """Return every demo municipality with its initiatives, the main one first."""
    found = []
    for town in _read("municipalities.yaml"):
        told = dict(town)
        told["initiatives"] = [one for name in told.pop("stories") for one in _read(name)]
        if "profiles" in told:
            told["profiles"] = _read(told["profiles"])
        if "core_tasks" in told:
            told["core_tasks"] = _read(told["core_tasks"])
        found.append(told)
    near = _read("neighbours.yaml")
    return [*found, *tell_neighbours(near["common"], _read("subjects.yaml"), near["neighbours"])]


def _read(name: str) -> Any:
    return read_yaml(content.path(f"demo/{name}"))
