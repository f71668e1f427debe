"""The shape of `benefit_maps.yaml`: maps to begin from, each a small whole chain in both languages.

Why here: the file is content like the others, so it is read, checked and replaced the same way.
The kinds of nodes are the codes of `map_node` in the vocabulary. A template holds no benefits: the
initiative's own take the place of `benefits`, and its own sentence the place of `purpose`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .schema import ContentFault, Text, entries_of, mapping_of, string_of

FILE = "benefit_maps.yaml"
BENEFITS, PURPOSE = "benefits", "purpose"
KINDS = (
    "deliverable",
    "activity",
    "capability",
    "behaviour",
    "effect",
    "disbenefit",
    "assumption",
    "benefit",
    "purpose",
)


@dataclass(frozen=True, slots=True)
class TemplateNode:
    """A node of a template: its name in the file, its kind and its title."""

    name: str
    kind: str
    title: Text


@dataclass(frozen=True, slots=True)
class MapTemplate:
    """A map to begin from. `examples` are shown where the initiative's own benefits would stand."""

    code: str
    title: Text
    about: Text
    nodes: tuple[TemplateNode, ...]
    arrows: tuple[tuple[str, str], ...]
    examples: tuple[TemplateNode, ...]
    purpose: Text


def read_benefit_maps(file: str, raw: Any) -> dict[str, MapTemplate]:
    """Check and build the templates in the order of the file.

    Errors: `ContentFault` for an unknown kind, a text that is missing, or an arrow to nothing.
    """
    return {code: _template(file, code, entry) for code, entry in entries_of(file, raw)}


def _template(file: str, code: str, entry: dict[str, Any]) -> MapTemplate:
    nodes = _nodes(file, f"{code}.nodes", entry.get("nodes"))
    examples = _nodes(file, f"{code}.examples", entry.get("examples"))
    known = {one.name for one in nodes} | {BENEFITS, PURPOSE}
    arrows = []
    for arrow in entry.get("arrows", ()):
        if not isinstance(arrow, list) or len(arrow) != 2 or not set(arrow) <= known:
            raise ContentFault(f"{file}: pilen {arrow} i '{code}' peger på noget, der ikke findes.")
        arrows.append((arrow[0], arrow[1]))
    return MapTemplate(
        code=code,
        title=_text(file, code, entry, "title"),
        about=_text(file, code, entry, "about"),
        nodes=nodes,
        arrows=tuple(arrows),
        examples=examples,
        purpose=_text(file, code, entry, "purpose"),
    )


def _nodes(file: str, where: str, raw: Any) -> tuple[TemplateNode, ...]:
    found = []
    fields: Mapping[str, Any]
    for name, fields in mapping_of(file, where, raw).items():
        entry = mapping_of(file, f"{where}.{name}", fields)
        if set(entry) != {"kind", "da", "en"}:
            raise ContentFault(
                f"{file}: '{where}.{name}' skal have kind, da og en. En tekst med komma skal stå i "
                "anførselstegn."
            )
        kind = string_of(file, f"{where}.{name}", entry, "kind")
        if kind not in KINDS:
            raise ContentFault(f"{file}: kender ikke slagsen '{kind}' i '{where}.{name}'.")
        title = Text(
            string_of(file, f"{where}.{name}", entry, "da"),
            string_of(file, f"{where}.{name}", entry, "en"),
        )
        found.append(TemplateNode(name, kind, title))
    return tuple(found)


def _text(file: str, where: str, entry: dict[str, Any], name: str) -> Text:
    return Text(
        string_of(file, where, entry, f"{name}_da"), string_of(file, where, entry, f"{name}_en")
    )
