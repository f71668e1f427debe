"""The shape of `building_blocks.yaml`: shared blocks that may spare a municipality something new.

Why here: the file is content like the others, so it is read, checked and replaced the same way.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from .schema import ContentFault, Text, entries_of, string_of
from .sources import day_of, link_of

FILE = "building_blocks.yaml"
KNOWN = {
    *("da", "en", "about_da", "about_en", "words", "owner", "source", "link", "read_on"),
    "solution",
}


@dataclass(frozen=True, slots=True)
class BuildingBlock:
    """A shared block: its name, what it is in plain words, and the words that point at it.

    `solution` is its code in the catalogue of shared solutions, empty when it is not there;
    `read_on` is the day its source was read, if known.
    """

    code: str
    label: Text
    about: Text
    words: tuple[str, ...]
    owner: str
    source: str
    link: str = ""
    read_on: dt.date | None = None
    solution: str = ""


def read_building_blocks(file: str, raw: Any) -> dict[str, BuildingBlock]:
    """Check and build the blocks, in the order of the file. Errors: `ContentFault`."""
    return {code: _block(file, code, entry) for code, entry in entries_of(file, raw)}


def _block(file: str, code: str, entry: dict[str, Any]) -> BuildingBlock:
    for name in entry:
        if name not in KNOWN:
            raise ContentFault(f"{file}: kender ikke feltet '{name}' i '{code}'.")
    return BuildingBlock(
        code=code,
        label=Text(string_of(file, code, entry, "da"), string_of(file, code, entry, "en")),
        about=Text(
            string_of(file, code, entry, "about_da"), string_of(file, code, entry, "about_en")
        ),
        words=tuple(string_of(file, code, entry, "words").lower().split()),
        owner=string_of(file, code, entry, "owner"),
        source=string_of(file, code, entry, "source"),
        link=link_of(file, code, entry),
        read_on=day_of(file, code, entry, "read_on"),
        solution=str(entry.get("solution", "")),
    )
