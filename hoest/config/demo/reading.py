"""Reads the stories in content/demo: the municipalities, one main and its neighbours."""

from __future__ import annotations

from typing import Any

from hoest.config.demo.neighbours import tell_neighbours
from hoest.foundation import content
from hoest.foundation.content.files import read_yaml


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
    near = read_yaml(folder / "neighbours.yaml")
    subjects = read_yaml(folder / "subjects.yaml")
    return [*found, *tell_neighbours(near["common"], subjects, near["neighbours"])]
