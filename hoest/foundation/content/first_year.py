"""The shape of `first_year.yaml`: the milestones of a municipality that begins at zero.

Why here: the file is content like the others, so it is read, checked and replaced the same way.
What a fact *is* belongs to the subject that knows it (`foundation/milestones.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .schema import ContentFault, Text, mapping_of, string_of

FILE = "first_year.yaml"
LONGEST, MOST_MONTHS = 40, 24
KNOWN = {"stage", "month", "da", "en", "about_da", "about_en", "fact"}


@dataclass(frozen=True, slots=True)
class PlannedMilestone:
    """A milestone of the template: due so many months after the start; `fact` may be empty."""

    code: str
    stage: str
    month: int
    title: Text
    about: Text
    fact: str


@dataclass(frozen=True, slots=True)
class FirstYear:
    """The template: the stages by their code, and the milestones in the order of the file."""

    stages: Mapping[str, Text]
    milestones: Mapping[str, PlannedMilestone]


def read_first_year(file: str, raw: Any) -> FirstYear:
    """Check and build the template.

    Errors: `ContentFault` for an unknown stage or field, a month outside 0 to 24, a missing text.
    """
    top = mapping_of(file, "", raw)
    if set(top) != {"stages", "milestones"}:
        raise ContentFault(f"{file}: filen skal have afsnittene stages og milestones.")
    stages = {
        code: _text(file, f"stages.{code}", mapping_of(file, f"stages.{code}", entry))
        for code, entry in mapping_of(file, "stages", top["stages"]).items()
    }
    milestones = {
        code: _milestone(file, code, mapping_of(file, code, entry), stages)
        for code, entry in mapping_of(file, "milestones", top["milestones"]).items()
    }
    if not milestones:
        raise ContentFault(f"{file}: der skal være mindst én milepæl.")
    return FirstYear(stages, milestones)


def _milestone(
    file: str, code: str, entry: dict[str, Any], stages: Mapping[str, Text]
) -> PlannedMilestone:
    for name in entry:
        if name not in KNOWN:
            raise ContentFault(f"{file}: kender ikke feltet '{name}' i '{code}'.")
    stage = string_of(file, code, entry, "stage")
    if stage not in stages:
        raise ContentFault(f"{file}: '{code}' nævner trinnet '{stage}', som ikke findes.")
    month = entry.get("month")
    if not isinstance(month, int) or isinstance(month, bool) or not 0 <= month <= MOST_MONTHS:
        raise ContentFault(f"{file}: 'month' i '{code}' skal være fra 0 til {MOST_MONTHS}.")
    if len(code) > LONGEST:
        raise ContentFault(f"{file}: navnet '{code}' må højst være på {LONGEST} tegn.")
    return PlannedMilestone(
        code=code,
        stage=stage,
        month=month,
        title=_text(file, code, entry),
        about=_text(file, code, entry, "about_"),
        fact=string_of(file, code, entry, "fact") if "fact" in entry else "",
    )


def _text(file: str, where: str, entry: dict[str, Any], prefix: str = "") -> Text:
    return Text(
        string_of(file, where, entry, f"{prefix}da"), string_of(file, where, entry, f"{prefix}en")
    )
