"""Changes one row of a versioned table, or refuses when somebody changed it meanwhile."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import F

from hoest.foundation import clock
from hoest.foundation.faults import Conflict, Fault
from hoest.foundation.tenancy.fields import VersionedModel

Row = TypeVar("Row", bound=VersionedModel)


class NameTaken(Fault):
    """Something else has that name at that place."""


def change(row: Row, version: int, **values: Any) -> Row:
    """Write values to a row that still has the version the person saw, and return it anew.

    Raises Conflict with both values when it has another one. Nothing is overwritten.
    """
    rows = type(row)._default_manager.filter(organisation_id=row.organisation_id, pk=row.pk)
    written = rows.filter(version=version).update(
        version=F("version") + 1, changed_at=clock.now(), **values
    )
    present = rows.get()
    if not written:
        raise Conflict(" ".join(_both(present, name, wanted) for name, wanted in values.items()))
    return present


def _both(present: VersionedModel, name: str, wanted: Any) -> str:
    return f"Du ville skrive »{_shown(wanted)}«. Nu står der »{_shown(getattr(present, name))}«."


def _shown(value: Any) -> str:
    return "ingenting" if value in (None, "") else str(value)


def cleaned_name(name: str, what: str) -> str:
    """Return a name without outer and double spaces. Raises Fault when nothing is left."""
    cleaned = " ".join(name.split())
    if not cleaned:
        raise Fault(f"{what} skal have et navn.")
    return cleaned
