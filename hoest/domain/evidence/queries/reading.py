"""What a pasted table would do to a series: new, corrected, the same, faults, unknown places.

Nothing is written here; the same look is taken again when somebody says yes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from hoest.domain.evidence.models import Place, Point, Series
from hoest.domain.evidence.rules import Step
from hoest.domain.evidence.rules.reading import (
    GivenValue,
    LineFault,
    one_for_each_place,
    read_values,
)
from hoest.domain.organisations.queries import units_of
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor

ELSEWHERE, NEW, OWN_UNIT = "elsewhere", "new", "unit:"
SUFFIXES = (" kommune", " kommunen")


@dataclass(frozen=True)
class NamedPlace:
    """A name of the table and what it means here; `is_asked` when somebody must say.

    `guess` is what Høst believes of a name that is not known: elsewhere, new or "unit:4"; `line`
    and `sheet` say where it stands first.
    """

    name: str
    lines: int
    place_id: int | None = None
    unit_id: int | None = None
    is_elsewhere: bool = False
    is_asked: bool = False
    guess: str = ""
    line: int = 0
    sheet: str = ""

    @property
    def means(self) -> tuple[str, int | str]:
        """What tells it from other places: two names may mean one unit, or one known place."""
        if self.unit_id is not None:
            return "unit", self.unit_id
        if self.place_id is not None:
            return "place", self.place_id
        return "name", self.name.casefold()


@dataclass(frozen=True)
class Corrected:
    """A value that would be corrected: where, when, what stands and what it would become."""

    place: str
    on: dt.date
    standing: Decimal
    value: Decimal


@dataclass(frozen=True)
class Look:
    """What a table would do. `seen` names the corrections, so that a yes is to what was shown."""

    values: tuple[GivenValue, ...]
    faults: tuple[LineFault, ...]
    places: tuple[NamedPlace, ...]
    corrected: tuple[Corrected, ...]
    new: int
    same: int
    missing: int
    seen: str

    @property
    def unknown(self) -> tuple[NamedPlace, ...]:
        """The names nobody has explained yet."""
        return tuple(one for one in self.places if one.is_asked)

    @property
    def is_whole(self) -> bool:
        """Whether it can be written as it is."""
        return bool(self.values) and not self.faults and not self.unknown


def look_at(actor: Actor, series: Series, text: str, answers: Mapping[str, str]) -> Look:
    """Read a table for a series. `answers` says what unknown names mean, by name in small letters.

    Four queries, whatever the number of lines.
    """
    reading = read_values(text, Step(series.step), clock.today())
    places = named_places(actor, reading.values, answers)
    values, twice = once_for_each(reading.values, places)
    corrected, new, same = compared(series, values, places)
    return Look(
        values=values,
        faults=tuple(sorted((*reading.faults, *twice), key=lambda one: one.line)),
        places=places,
        corrected=corrected,
        new=new,
        same=same,
        missing=reading.missing,
        seen=hashlib.sha256(told_of(corrected).encode()).hexdigest(),
    )


def once_for_each(
    values: Iterable[GivenValue], places: Iterable[NamedPlace]
) -> tuple[tuple[GivenValue, ...], tuple[LineFault, ...]]:
    """Return values once for each place and period, and the names that do not agree of one."""
    return one_for_each_place(values, {one.name.casefold(): one.means for one in places})


def told_of(corrected: Iterable[Corrected]) -> str:
    """Write corrections as a text, the same for the same."""
    return "\n".join(f"{one.place}|{one.on}|{one.standing}|{one.value}" for one in corrected)


def compared(
    series: Series, values: Iterable[GivenValue], places: Iterable[NamedPlace]
) -> tuple[tuple[Corrected, ...], int, int]:
    """Return what values would correct in a series, how many are new and how many stand already.

    One query.
    """
    ids = {one.name.casefold(): one.place_id for one in places}
    standing = {
        (place_id, period): value
        for place_id, period, value in Point.objects.filter(
            organisation_id=series.organisation_id, series=series
        ).values_list("place_id", "period", "value")
    }
    corrected, new, same = [], 0, 0
    for one in values:
        place_id = ids[one.place.casefold()]
        stands = standing.get((place_id, one.on)) if place_id is not None else None
        if stands is None:
            new += 1
        elif stands == one.value:
            same += 1
        else:
            corrected.append(Corrected(one.place, one.on, stands, one.value))
    return tuple(corrected), new, same


def named_places(
    actor: Actor, values: Iterable[GivenValue], answers: Mapping[str, str]
) -> tuple[NamedPlace, ...]:
    """Return what each place's name means here; `answers` by name in small letters.

    Two queries.
    """
    names: dict[str, GivenValue] = {}
    counts: dict[str, int] = {}
    for one in values:
        key = one.place.casefold()
        names.setdefault(key, one)
        counts[key] = counts.get(key, 0) + 1
    known = {
        place.name.casefold(): place
        for place in Place.objects.filter(organisation_id=actor.organisation_id)
    }
    of_unit = {place.unit_id: place.pk for place in known.values() if place.unit_id}
    units: dict[str, list[int]] = {}
    for pk, name in units_of(actor).values_list("pk", "name"):
        units.setdefault(name.casefold(), []).append(pk)
    mine = {pk for those in units.values() for pk in those}
    municipalities = {one.name.casefold() for one in content.municipalities()}
    found = []
    for key, first in names.items():
        name = first.place
        place = known.get(key)
        if place is not None:
            found.append(NamedPlace(name, counts[key], place.pk, place.unit_id, place.is_elsewhere))
            continue
        alike = units.get(key, [])
        answer = answers.get(key, "")
        unit_id = _unit_in(answer, mine) or (alike[0] if len(alike) == 1 else None)
        if unit_id is not None:
            found.append(NamedPlace(name, counts[key], of_unit.get(unit_id), unit_id))
        elif answer in (ELSEWHERE, NEW):
            found.append(NamedPlace(name, counts[key], is_elsewhere=answer == ELSEWHERE))
        else:
            guess = ELSEWHERE if _bare(key) in municipalities else ""
            found.append(
                NamedPlace(
                    name,
                    counts[key],
                    is_asked=True,
                    guess=guess,
                    line=first.line,
                    sheet=first.sheet,
                )
            )
    return tuple(found)


def _unit_in(answer: str, mine: set[int]) -> int | None:
    number = answer.removeprefix(OWN_UNIT)
    if number == answer or not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    return int(number) if int(number) in mine else None


def _bare(name: str) -> str:
    for suffix in SUFFIXES:
        name = name.removesuffix(suffix)
    return name
