"""The shape of `shared_solutions.yaml`: national and shared solutions municipalities use.

Why here: the file is content like the others, so it is read, checked and replaced the same way.
Where a municipality stands with each is the portfolio's. Source: requirement D-06.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from . import files
from .schema import ContentFault, Text, entries_of, string_of
from .sources import day_of, link_of

FILE = "shared_solutions.yaml"
LEVELS = ("joint_municipal", "joint_public", "state")
KNOWN = {
    *("da", "en", "about_da", "about_en", "keeper", "level", "source", "link", "read_on"),
    *("words", "is_confirmed"),
}


@dataclass(frozen=True, slots=True)
class SharedSolution:
    """A solution as the file has it. `is_confirmed` is False for a fact nobody has checked.

    `words` point at it besides its name; `read_on` is the day its source was read, if known.
    """

    code: str
    label: Text
    about: Text
    keeper: str
    level: str
    source: str
    link: str
    is_confirmed: bool
    words: tuple[str, ...] = ()
    read_on: dt.date | None = None


def read_shared_solutions(file: str, raw: Any) -> dict[str, SharedSolution]:
    """Check and build the solutions, in the order of the file.

    Errors: `ContentFault` for an unknown field or level, a missing text, an address that is none.
    """
    return {code: _solution(file, code, entry) for code, entry in entries_of(file, raw)}


def _solution(file: str, code: str, entry: dict[str, Any]) -> SharedSolution:
    for name in entry:
        if name not in KNOWN:
            raise ContentFault(f"{file}: kender ikke feltet '{name}' i '{code}'.")
    level = string_of(file, code, entry, "level")
    if level not in LEVELS:
        raise ContentFault(
            f"{file}: 'level: {level}' i '{code}' findes ikke. Vælg {', '.join(LEVELS)}."
        )
    if len(code) > 60 or not code.replace("_", "").isalnum():
        raise ContentFault(f"{file}: navnet '{code}' skal være bogstaver, tal og _, højst 60.")
    return SharedSolution(
        code=code,
        label=Text(string_of(file, code, entry, "da"), string_of(file, code, entry, "en")),
        about=Text(
            string_of(file, code, entry, "about_da"), string_of(file, code, entry, "about_en")
        ),
        keeper=string_of(file, code, entry, "keeper"),
        level=level,
        source=string_of(file, code, entry, "source"),
        link=link_of(file, code, entry),
        is_confirmed=entry.get("is_confirmed", True) is True,
        words=tuple(str(entry.get("words", "")).lower().split()),
        read_on=day_of(file, code, entry, "read_on"),
    )


def shared_solutions() -> Mapping[str, SharedSolution]:
    """Return the national and shared solutions by code, in the order of the file."""
    return _read(files.own_folder())


@lru_cache(maxsize=8)
def _read(folder: str | None) -> Mapping[str, SharedSolution]:
    path = files.locate(FILE, folder)
    return read_shared_solutions(path.name, files.read_yaml(path))


READERS = (_read,)
