"""Lost updates are refused: the version a person read must be the one that stands.

    initiative = Initiative.objects.select_for_update().get(...)
    check_version(initiative, version, {"title": title})      # raises ChangedMeanwhile

The fault carries what the person wrote and what stands now, so a page can show both and let her
choose. Without a page of its own it is shown by the general one (409).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hoest.foundation.faults import Conflict
from hoest.foundation.tenancy.fields import VersionedModel


@dataclass(frozen=True)
class Difference:
    """One field that two people disagree on."""

    field: str
    mine: Any
    theirs: Any


class ChangedMeanwhile(Conflict):
    """Somebody changed the row since it was read. Carries both versions."""

    def __init__(self, thing: VersionedModel, differences: list[Difference]) -> None:
        super().__init__("En anden har rettet imens. Din rettelse er ikke gemt endnu.")
        self.thing = thing
        self.version = thing.version
        self.differences = differences


def check_version(thing: VersionedModel, version: int, mine: Mapping[str, Any]) -> None:
    """Raise ChangedMeanwhile unless `version` is the one that stands.

    `mine` is what the person wants to write; only what differs from the row is shown.
    The caller holds the row (`select_for_update`).
    """
    if thing.version == version:
        return
    differences = [
        Difference(field, value, getattr(thing, field))
        for field, value in mine.items()
        if getattr(thing, field) != value
    ]
    raise ChangedMeanwhile(thing, differences)
