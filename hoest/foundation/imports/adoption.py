"""Adopting a row from a file: make it, fill in what differs, or leave it.

A None, an empty text or an empty mapping means "not known" and leaves what stands. Subjects use
this in their `adopt_…` actions; the importer notes the outcome for its undo.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)
NOT_KNOWN: tuple[Any, ...] = (None, "", {})


@dataclass(frozen=True)
class Adoption(Generic[Row]):
    """What became of one row: made, changed (with what stood before) or left."""

    thing: Row
    was_made: bool = False
    before: dict[str, Any] = field(default_factory=dict)
    also: tuple[Adoption[Any], ...] = ()
    """Other rows this one changed, so that the undo can put them back."""

    @property
    def was_left(self) -> bool:
        """Tell whether the row stood already as the file says."""
        return not self.was_made and not self.before


def fill(thing: Row, values: dict[str, Any]) -> Adoption[Row]:
    """Change the fields of a saved row that differ from the file's known values.

    A row with a `version` grows it by one. A row that is to change is locked and read anew first,
    so that what a person writes in the same moment is not overwritten with what stood before.
    Returns what stood before, by field name.
    """
    before = _differing(thing, values)
    if before:
        thing = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
        before = _differing(thing, values)
    if before:
        for name in before:
            setattr(thing, name, values[name])
        if hasattr(thing, "version"):
            before["version"] = thing.version
            thing.version += 1
        thing.save()
    return Adoption(thing, before=before)


def _differing(thing: models.Model, values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: getattr(thing, name)
        for name, value in values.items()
        if value not in NOT_KNOWN and getattr(thing, name) != value
    }


def known(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values that are known, for making a new row."""
    return {name: value for name, value in values.items() if value not in NOT_KNOWN}
