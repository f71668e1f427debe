"""Writes of data sets: write one down, change it, take it out of use, and say who uses it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypedDict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hoest.domain.trust.models import DataSet, DataSetSource, DataSetUse
from hoest.domain.trust.permissions import KEEP_DATA_SETS
from hoest.domain.trust.queries.data_sets import data_set_of, use_of
from hoest.domain.trust.queries.systems import systems_of
from hoest.domain.trust.rules.faults import NameIsTaken, NotWhole
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import today
from hoest.foundation.forms.versions import check_version


class DataSetFields(TypedDict):
    """What a person writes about a data set; `systems` are those it comes from."""

    name: str
    definition: str
    unit: Any
    quality_note: str
    documented_by: str
    documented_how: str
    systems: Any


def _may(actor: Actor) -> None:
    if not allowed_somewhere(actor, KEEP_DATA_SETS):
        require(actor, KEEP_DATA_SETS)


def _values(fields: DataSetFields) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: " ".join(str(fields[name]).split())  # type: ignore[literal-required]
        for name in ("name", "definition", "quality_note", "documented_by", "documented_how")
    }
    values["unit"] = fields["unit"]
    if not values["name"] or not values["definition"]:
        raise NotWhole(_("Et datasæt har et navn og en forklaring."))
    return values


@transaction.atomic
def write_data_set(*, actor: Actor, fields: DataSetFields) -> DataSet:
    """Write a data set down. Raises NotAllowed, NotWhole, NameIsTaken."""
    _may(actor)
    values = _values(fields)
    try:
        with transaction.atomic():
            made = DataSet.objects.create(organisation_id=actor.organisation_id, **values)
    except IntegrityError as twice:
        raise NameIsTaken(_("Kommunen har allerede et datasæt med det navn.")) from twice
    _come_from(actor, made, [system.pk for system in fields["systems"]])
    record(actor, "trust.write_data_set", made, unit=values["unit"])
    return made


@transaction.atomic
def change_data_set(
    *, actor: Actor, data_set_id: int, version: int, fields: DataSetFields
) -> DataSet:
    """Change a data set. Raises NotAllowed, ChangedMeanwhile, NotWhole, NameIsTaken."""
    data_set_of(actor, data_set_id)
    _may(actor)
    held = DataSet.objects.select_for_update().get(pk=data_set_id)
    values = _values(fields)
    check_version(held, version, values)
    for name, value in values.items():
        setattr(held, name, value)
    held.version += 1
    try:
        with transaction.atomic():
            held.save()
    except IntegrityError as twice:
        raise NameIsTaken(_("Kommunen har allerede et datasæt med det navn.")) from twice
    _come_from(actor, held, [system.pk for system in fields["systems"]])
    record(actor, "trust.change_data_set", held)
    return held


def _come_from(actor: Actor, data_set: DataSet, system_ids: Collection[int]) -> None:
    """Let a data set come from these systems and no others."""
    rows = DataSetSource.objects.filter(organisation_id=actor.organisation_id, data_set=data_set)
    rows.exclude(system_id__in=system_ids).delete()
    known = set(rows.values_list("system_id", flat=True))
    seen = systems_of(actor).filter(pk__in=set(system_ids) - known).values_list("pk", flat=True)
    DataSetSource.objects.bulk_create(
        DataSetSource(organisation_id=actor.organisation_id, data_set=data_set, system_id=pk)
        for pk in seen
    )


@transaction.atomic
def retire_data_set(*, actor: Actor, data_set_id: int, version: int) -> DataSet:
    """Take a data set out of use, or into use again. Raises NotAllowed, ChangedMeanwhile."""
    data_set_of(actor, data_set_id)
    _may(actor)
    held = DataSet.objects.select_for_update().get(pk=data_set_id)
    check_version(held, version, {})
    held.retired_on = None if held.retired_on else today()
    held.version += 1
    held.save()
    verb = "trust.retire_data_set" if held.retired_on else "trust.resume_data_set"
    record(actor, verb, held)
    return held


@transaction.atomic
def use_data_set(
    *, actor: Actor, data_set_id: int, initiative: Any, unit: Any, purpose: str
) -> DataSetUse:
    """Say that an initiative or a unit uses a data set.

    Raises NotAllowed, NotWhole, NameIsTaken.
    """
    data_set = data_set_of(actor, data_set_id)
    _may(actor)
    clean = " ".join(purpose.split())
    if not clean or (initiative is None) == (unit is None):
        raise NotWhole(_("Vælg enten et initiativ eller en enhed, og skriv, til hvad."))
    try:
        with transaction.atomic():
            made = DataSetUse.objects.create(
                organisation_id=actor.organisation_id,
                data_set=data_set,
                initiative=initiative,
                unit=unit,
                purpose=clean[:300],
                noted_by_name=actor.name[:200],
            )
    except IntegrityError as twice:
        raise NameIsTaken(_("Den brug står der allerede.")) from twice
    record(actor, "trust.use_data_set", data_set, by=str(initiative or unit), purpose=clean)
    return made


@transaction.atomic
def end_data_set_use(*, actor: Actor, use_id: int) -> DataSetUse:
    """Take a use away. Raises NotAllowed, NotFound."""
    use = use_of(actor, use_id)
    _may(actor)
    record(actor, "trust.end_data_set_use", use.data_set, purpose=use.purpose)
    use.delete()
    return use
