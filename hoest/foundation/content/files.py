"""Where the content files lie and how they are read: the operator's copy first, then ours.

`HOEST_CONTENT` names a folder; a file in it replaces the file of the same name that ships with
Høst. YAML is read safely, and a key written twice is a fault instead of a silent choice.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from .schema import MUNICIPALITY_COLUMNS, ContentFault

SHIPPED = Path(__file__).resolve().parents[2] / "content"
VARIABLE = "HOEST_CONTENT"
REPLACEABLE = (
    "glossary.yaml",
    "vocabulary.yaml",
    "limits.yaml",
    "first_steps.yaml",
    "benefit_maps.yaml",
    "building_blocks.yaml",
    "facts.yaml",
    "requirements.yaml",
    "phase_models.yaml",
    "messages.yaml",
    "takeout_models.yaml",
    "capacity.yaml",
    "first_year.yaml",
    "idea_scales.yaml",
    "shared_solutions.yaml",
    "mandates.yaml",
    "search_words.yaml",
    "municipalities.csv",
    "reassurance_sheet.yaml",
    "ethics_screening.yaml",
)

_BaseLoader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def own_folder() -> str | None:
    """Return the folder named by HOEST_CONTENT, or None when it is not set."""
    return os.environ.get(VARIABLE) or None


def locate(name: str, folder: str | None) -> Path:
    """Return the path of a content file: in the own folder when it is there, else the shipped.

    Errors: `ContentFault` when the own folder is named and does not exist.
    """
    if folder is not None:
        if not Path(folder).is_dir():
            raise ContentFault(f"Mappen '{folder}', som {VARIABLE} peger på, findes ikke.")
        own = Path(folder) / name
        if own.is_file():
            return own
    return SHIPPED / name


def read_yaml(path: Path) -> Any:
    """Read one YAML file. Errors: `ContentFault` with file and line."""
    try:
        return yaml.load(_read(path), Loader=_StrictLoader)  # noqa: S506 - a safe loader, made strict
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f", linje {mark.line + 1}" if mark else ""
        why = "to gange samme navn" if isinstance(error, _TwiceError) else "ikke gyldig YAML"
        raise ContentFault(f"{path.name}{place}: {why}.") from error
    except yaml.YAMLError as error:
        raise ContentFault(f"{path.name}: ikke gyldig YAML.") from error


def read_csv(path: Path) -> list[dict[str, str]]:
    """Read the rows of the municipalities file. Errors: `ContentFault` when columns are missing."""
    rows = csv.DictReader(_read(path).splitlines())
    missing = [name for name in MUNICIPALITY_COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise ContentFault(f"{path.name}: mangler kolonnen '{missing[0]}'.")
    return list(rows)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentFault(f"{path.name}: filen skal være gemt som UTF-8.") from error
    except OSError as error:
        raise ContentFault(f"{path.name}: filen kan ikke læses.") from error


class _TwiceError(yaml.constructor.ConstructorError):
    """The same key stands twice in one mapping."""


class _StrictLoader(_BaseLoader):
    """A safe loader that refuses a key written twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Build the mapping after looking for keys that occur twice."""
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable) and key in seen:
                raise _TwiceError(None, None, f"{key}", key_node.start_mark)
            seen.add(key if isinstance(key, Hashable) else id(key))
        built: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return built
