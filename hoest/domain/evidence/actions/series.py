"""Writes of series: begin one, add values, say that it is counted in another way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.evidence.models import (
    Place,
    Point,
    PointCorrection,
    Series,
    SeriesBreak,
    SeriesLoad,
)
from hoest.domain.evidence.permissions import KEEP_SERIES
from hoest.domain.evidence.queries.series import series_of
from hoest.domain.evidence.rules import BreakHandling, Origin, Step, first_day
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Fault
from hoest.foundation.forms.versions import check_version


class SeriesFields(TypedDict, total=False):
    """What a person writes about a series; `unit` is a row or None."""

    name: str
    measure_unit: str
    step: str
    wanted: str
    definition: str
    indicator_type: str
    unit: Any


@dataclass(frozen=True)
class GivenPoint:
    """A value as it came: the place's name, any day of the period, the value."""

    place: str
    on: dt.date
    value: Decimal
    unit_id: int | None = None
    is_elsewhere: bool = False


class PeriodHasNotCome(Fault):
    """A value of a period that has not begun."""


class SeriesNameTaken(Fault):
    """Another series has the name."""


@transaction.atomic
def new_series(*, actor: Actor, fields: SeriesFields) -> Series:
    """Begin a series. Raises NotAllowed, SeriesNameTaken."""
    _require(actor, fields.get("unit"))
    _refuse_taken(actor, fields["name"])
    made = Series.objects.create(
        organisation_id=actor.organisation_id, kept_by_name=actor.name[:160], **fields
    )
    record(actor, "evidence.new_series", made, name=made.name)
    return made


@transaction.atomic
def change_series(*, actor: Actor, series_id: int, version: int, fields: SeriesFields) -> Series:
    """Change what a series is called; its definition is changed by `change_definition`."""
    held = _held(actor, series_id)
    changes = {
        name: value
        for name, value in fields.items()
        if name not in ("definition", "step") and getattr(held, name) != value
    }
    check_version(held, version, changes)
    if not changes:
        return held
    if "name" in changes:
        _refuse_taken(actor, str(changes["name"]))
    before = {name: getattr(held, name) for name in changes}
    for name, value in changes.items():
        setattr(held, name, value)
    held.version += 1
    held.save(update_fields=[*changes, "version", "changed_at"])
    record(actor, "evidence.change_series", held, before=before, after=changes)
    return held


@transaction.atomic
def change_definition(
    *, actor: Actor, series_id: int, version: int, definition: str, on: dt.date, why: str
) -> Series:
    """Count the series in another way from a day: a new definition and a break that is marked."""
    held = _held(actor, series_id)
    check_version(held, version, {"definition": definition})
    before = held.definition
    held.definition, held.definition_number = definition, held.definition_number + 1
    held.version += 1
    held.save(update_fields=["definition", "definition_number", "version", "changed_at"])
    _break(held, on, why, held.definition_number)
    record(
        actor,
        "evidence.change_definition",
        held,
        before={"definition": before},
        after={"definition": definition, "on": on},
    )
    return held


@transaction.atomic
def mark_break(*, actor: Actor, series_id: int, on: dt.date, what: str) -> SeriesBreak:
    """Say that the series is counted in another way from a day."""
    held = _held(actor, series_id)
    made = _break(held, on, what, None)
    record(actor, "evidence.mark_break", held, on=on, what=what)
    return made


@transaction.atomic
def handle_break(
    *, actor: Actor, series_id: int, break_id: int, version: int, handling: BreakHandling
) -> SeriesBreak:
    """Say which side of a break is used; nothing is joined across it."""
    held = _held(actor, series_id)
    row = SeriesBreak.objects.select_for_update().get(
        organisation_id=actor.organisation_id, series=held, pk=break_id
    )
    check_version(row, version, {"handling": handling})
    row.handling, row.handled_by_name = handling, actor.name[:160]
    row.version += 1
    row.save(update_fields=["handling", "handled_by_name", "version", "changed_at"])
    record(actor, "evidence.handle_break", held, on=row.on, handling=str(handling))
    return row


@transaction.atomic
def add_points(
    *,
    actor: Actor,
    series_id: int,
    given: Iterable[GivenPoint],
    origin: Origin,
    source: str,
    source_on: dt.date | None = None,
    sha256: str = "",
) -> SeriesLoad:
    """Put values into a series, whole or not at all; a correction keeps what stood.

    Places that are new by name are made. Raises NotAllowed, NotFound, PeriodHasNotCome.
    """
    held = _held(actor, series_id)
    rows = list(given)
    step = Step(held.step)
    _refuse_late(rows, step)
    places = _places(actor, rows)
    standing = {
        (place_id, period): (pk, value)
        for pk, place_id, period, value in Point.objects.filter(
            organisation_id=actor.organisation_id, series=held
        ).values_list("pk", "place_id", "period", "value")
    }
    fresh: dict[tuple[int, dt.date], Decimal] = {}
    for one in rows:
        fresh[places[one.place.casefold()].pk, first_day(one.on, step)] = one.value
    new = {key: value for key, value in fresh.items() if key not in standing}
    corrected = {
        key: value for key, value in fresh.items() if key in standing and standing[key][1] != value
    }
    load = SeriesLoad.objects.create(
        organisation_id=actor.organisation_id,
        series=held,
        at=clock.now(),
        by_name=actor.name[:160],
        origin=origin,
        source=source[:300],
        source_on=source_on,
        sha256=sha256,
        definition_number=held.definition_number,
        new=len(new),
        corrected=len(corrected),
        same=len(fresh) - len(new) - len(corrected),
    )
    _write(held, load, new, corrected, standing)
    record(
        actor,
        "evidence.add_points",
        held,
        source=source,
        new=len(new),
        corrected=len(corrected),
    )
    return load


def _refuse_late(rows: list[GivenPoint], step: Step) -> None:
    late = [one for one in rows if first_day(one.on, step) > clock.today()]
    if late:
        raise PeriodHasNotCome(
            _("%(place)s har en værdi for %(on)s, som ikke er kommet endnu.")
            % {"place": late[0].place, "on": late[0].on.isoformat()}
        )


def _write(
    series: Series,
    load: SeriesLoad,
    new: dict[tuple[int, dt.date], Decimal],
    corrected: dict[tuple[int, dt.date], Decimal],
    standing: dict[tuple[int, dt.date], tuple[int, Decimal]],
) -> None:
    own: dict[str, Any] = {"organisation_id": series.organisation_id, "series": series}
    Point.objects.bulk_create(
        [
            Point(**own, place_id=place, period=period, value=value, load=load)
            for (place, period), value in new.items()
        ],
        batch_size=2000,
    )
    PointCorrection.objects.bulk_create(
        [
            PointCorrection(
                **own,
                place_id=place,
                period=period,
                old_value=standing[place, period][1],
                new_value=value,
                load=load,
            )
            for (place, period), value in corrected.items()
        ]
    )
    Point.objects.bulk_update(
        [Point(pk=standing[key][0], value=value, load=load) for key, value in corrected.items()],
        ["value", "load"],
        batch_size=1000,
    )


def _places(actor: Actor, rows: list[GivenPoint]) -> dict[str, Place]:
    found = {
        place.name.casefold(): place
        for place in Place.objects.filter(organisation_id=actor.organisation_id)
    }
    by_unit = {place.unit_id: place for place in found.values() if place.unit_id}
    for one in rows:
        key = one.place.casefold()
        if key in found:
            continue
        if one.unit_id is not None and one.unit_id in by_unit:
            found[key] = by_unit[one.unit_id]
            continue
        made = found[key] = Place.objects.create(
            organisation_id=actor.organisation_id,
            name=one.place[:160],
            unit_id=one.unit_id,
            is_elsewhere=one.is_elsewhere,
        )
        if one.unit_id is not None:
            by_unit[one.unit_id] = made
    return found


def _break(series: Series, on: dt.date, what: str, number: int | None) -> SeriesBreak:
    first = first_day(on, Step(series.step))
    made, _new = SeriesBreak.objects.update_or_create(
        organisation_id=series.organisation_id,
        series=series,
        on=first,
        defaults={
            "what": what[:300],
            "definition_number": number,
            "handling": BreakHandling.NOT_DECIDED.value,
            "handled_by_name": "",
        },
    )
    return made


def _held(actor: Actor, series_id: int) -> Series:
    found = series_of(actor, series_id)
    _require(actor, found.unit)
    return Series.objects.select_for_update(of=("self",)).select_related("unit").get(pk=found.pk)


def _require(actor: Actor, unit: Any) -> None:
    if unit is not None:
        require(actor, KEEP_SERIES, unit.pk)
    elif not allowed_somewhere(actor, KEEP_SERIES):
        require(actor, KEEP_SERIES)


def _refuse_taken(actor: Actor, name: str) -> None:
    if Series.objects.filter(organisation_id=actor.organisation_id, name__iexact=name).exists():
        raise SeriesNameTaken(
            _("Der er allerede en serie, der hedder »%(name)s«.") % {"name": name}
        )
