"""Keeps the account of an import: what was made, changed or left, and what stood there before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models

from hoest.domain.exchange.models import ImportedRow, ImportRun
from hoest.foundation.imports.adoption import Adoption

SHOWN_CHANGES = 500


@dataclass(frozen=True)
class Change:
    """One thing of the import: its kind, its name, where it stands, and which fields changed."""

    kind: str
    what: str
    label: str
    place: str
    fields: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass
class Recorder:
    """Collects changes and the rows that undo them."""

    run: ImportRun
    progress: Callable[[int, str], None] = lambda percent, step: None
    changes: list[Change] = field(default_factory=list)
    left: dict[str, int] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    _rows: list[ImportedRow] = field(default_factory=list)

    def note_made(self, thing: models.Model, kind: str, place: str) -> None:
        """Note a row that the import made."""
        self.made[kind] = self.made.get(kind, 0) + 1
        self._show(Change(kind, "made", str(thing), place))
        self._keep(thing, was_made=True)

    def note_left(self, kind: str) -> None:
        """Note a row that stood already as the file says."""
        self.left[kind] = self.left.get(kind, 0) + 1

    def note(self, adoption: Adoption[Any], kind: str, place: str) -> None:
        """Note what became of an adopted row."""
        thing = adoption.thing
        for other in adoption.also:
            self._keep(other.thing, was_made=False, before=other.before)
        if adoption.was_left:
            self.note_left(kind)
            return
        if adoption.was_made:
            self.note_made(thing, kind, place)
            return
        self.changed[kind] = self.changed.get(kind, 0) + 1
        shown = {
            str(thing._meta.get_field(name).verbose_name): (
                _text(thing, name, old),
                _text(thing, name, getattr(thing, name)),
            )
            for name, old in adoption.before.items()
            if name not in ("version", "extra")
        }
        self._show(Change(kind, "changed", str(thing), place, shown))
        self._keep(thing, was_made=False, before=adoption.before)

    def _show(self, change: Change) -> None:
        if len(self.changes) < SHOWN_CHANGES:
            self.changes.append(change)

    def _keep(
        self, thing: models.Model, *, was_made: bool, before: dict[str, Any] | None = None
    ) -> None:
        names = list(before or ())
        self._rows.append(
            ImportedRow(
                organisation_id=self.run.organisation_id,
                run=self.run,
                object_kind=thing._meta.label_lower,
                object_id=thing.pk,
                was_made=was_made,
                before={name: as_json(value) for name, value in (before or {}).items()},
                after={name: as_json(getattr(thing, name)) for name in names},
            )
        )

    def save(self) -> None:
        """Write the rows that undo the import."""
        ImportedRow.objects.bulk_create(self._rows, batch_size=1000)

    @property
    def is_empty(self) -> bool:
        """Tell whether the file changed nothing."""
        return not self.made and not self.changed

    def summary(self) -> dict[str, Any]:
        """Return the counts and the first changes, fit for JSON."""
        return {
            "made": self.made,
            "changed": self.changed,
            "left": self.left,
            "changes": [
                {
                    "kind": c.kind,
                    "what": c.what,
                    "label": c.label,
                    "place": c.place,
                    "fields": {k: list(v) for k, v in c.fields.items()},
                }
                for c in self.changes
            ],
        }


def as_json(value: Any) -> Any:
    """Return a value as JSON keeps it; foreign keys as their id."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def _text(thing: models.Model, name: str, value: Any) -> str:
    field = thing._meta.get_field(name)
    if value is None or value == "":
        return "ikke kendt"
    if isinstance(field, models.ForeignKey):
        return str(field.related_model._default_manager.filter(pk=value).first() or value)
    if isinstance(value, dt.date):
        return value.strftime("%d.%m.%Y")
    return str(value)
