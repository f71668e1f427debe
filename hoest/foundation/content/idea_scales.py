"""The shape of `idea_scales.yaml`: anchored scales that ideas are put on.

Why here: the file is content like the others, so it is read, checked and replaced the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .schema import ContentFault, Text, entries_of, mapping_of, string_of

FILE = "idea_scales.yaml"
AXES = ("benefit", "doing")
STEPS = (1, 2, 3, 4)
KNOWN = {"da", "en", "about_da", "about_en", "axis", "anchors"}


@dataclass(frozen=True, slots=True)
class IdeaScale:
    """A scale: what it is called, its question, its axis and the words of each step."""

    code: str
    label: Text
    about: Text
    axis: str
    anchors: Mapping[int, Text]


def read_idea_scales(file: str, raw: Any) -> dict[str, IdeaScale]:
    """Check and build the scales, in the order of the file; each axis needs at least one.

    Errors: `ContentFault` for an unknown field or axis, a step without an anchor.
    """
    found = {code: _scale(file, code, entry) for code, entry in entries_of(file, raw)}
    for axis in AXES:
        if not any(one.axis == axis for one in found.values()):
            raise ContentFault(f"{file}: der skal være mindst en skala med 'axis: {axis}'.")
    return found


def _scale(file: str, code: str, entry: dict[str, Any]) -> IdeaScale:
    for name in entry:
        if name not in KNOWN:
            raise ContentFault(f"{file}: kender ikke feltet '{name}' i '{code}'.")
    if len(code) > 40:
        raise ContentFault(f"{file}: navnet '{code}' må højst være på 40 tegn.")
    axis = string_of(file, code, entry, "axis")
    if axis not in AXES:
        raise ContentFault(
            f"{file}: 'axis: {axis}' i '{code}' findes ikke. Vælg {', '.join(AXES)}."
        )
    written = entry.get("anchors")
    if not isinstance(written, list) or len(written) != len(STEPS):
        raise ContentFault(f"{file}: '{code}' skal have ord til fire trin under 'anchors'.")
    anchors = {}
    for step, raw in zip(STEPS, written, strict=True):
        words = mapping_of(file, f"{code}.{step}", raw)
        anchors[step] = Text(string_of(file, code, words, "da"), string_of(file, code, words, "en"))
    return IdeaScale(
        code=code,
        label=Text(string_of(file, code, entry, "da"), string_of(file, code, entry, "en")),
        about=Text(
            string_of(file, code, entry, "about_da"), string_of(file, code, entry, "about_en")
        ),
        axis=axis,
        anchors=anchors,
    )
