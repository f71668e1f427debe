"""What a file with many indicators would do: for each, new, corrected, the same, and why not.

Nothing is written here; the same look is taken again when somebody says yes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import Count, Q, QuerySet

from hoest.domain.evidence.models import Series, SeriesFile
from hoest.domain.evidence.permissions import KEEP_SERIES
from hoest.domain.evidence.queries.reading import (
    Corrected,
    NamedPlace,
    compared,
    named_places,
    once_for_each,
    told_of,
)
from hoest.domain.evidence.rules import Step
from hoest.domain.evidence.rules.many import (
    GivenFacts,
    GivenIndicator,
    ManyFault,
    ManyReading,
    of_line,
)
from hoest.domain.evidence.rules.naming import read_period
from hoest.domain.evidence.rules.reading import GivenValue, read_cells
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, units_where
from hoest.foundation.faults import NotFound

NEEDED = ("measure_unit", "wanted", "definition")
Progress = Callable[[int], None]
"""Called with how far it is, in whole per cent."""


def quiet(_percent: int) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True)
class LookedAt:
    """One indicator of a file and what it would do.

    `series` is None when one would be begun with `facts`; `facts.since` is set when the series
    would be counted in another way from that day. `waiting` counts breaks nobody has decided.
    """

    name: str
    series: Series | None
    facts: GivenFacts
    values: tuple[GivenValue, ...]
    corrected: tuple[Corrected, ...]
    new: int
    same: int
    missing: int
    waiting: int = 0

    @property
    def is_redefined(self) -> bool:
        """Whether the series would be counted in another way."""
        return self.series is not None and self.facts.since is not None


@dataclass(frozen=True)
class ManyLook:
    """What a file would do. `seen` names it, so that a yes is to what was shown."""

    indicators: tuple[LookedAt, ...]
    faults: tuple[ManyFault, ...]
    places: tuple[NamedPlace, ...]
    ignored: tuple[str, ...]
    seen: str

    @property
    def unknown(self) -> tuple[NamedPlace, ...]:
        """The names nobody has explained yet."""
        return tuple(one for one in self.places if one.is_asked)

    @property
    def changes(self) -> int:
        """How many values are new or corrected."""
        return sum(one.new + len(one.corrected) for one in self.indicators)


def files_here(actor: Actor) -> QuerySet[SeriesFile]:
    """Return the files with many indicators, the newest first, without what they hold."""
    rows = SeriesFile.objects.filter(organisation_id=actor.organisation_id)
    return rows.defer("content") if allowed_somewhere(actor, KEEP_SERIES) else rows.none()


def file_of(actor: Actor, file_id: int) -> SeriesFile:
    """Return one file. Raises NotFound."""
    found = files_here(actor).filter(pk=file_id).first()
    if found is None:
        raise NotFound("Filen findes ikke, eller du kan ikke se den.")
    return found


def may_decide(actor: Actor, file: SeriesFile) -> bool:
    """Tell whether somebody may explain, save or throw away a file; more may see it.

    The one who put it up, and those who keep series in the whole municipality.
    """
    # Files from before `put_by` was kept have only `by`.
    owner = file.put_by_id or file.by_id
    return allowed(actor, KEEP_SERIES) or (owner is not None and owner == actor.person_id)


def series_named(actor: Actor, reading: ManyReading) -> list[int]:
    """Return the series a file names that stand already, by number."""
    names = {given.name.casefold() for given in reading.indicators}
    rows = Series.objects.filter(organisation_id=actor.organisation_id).values_list("pk", "name")
    return sorted(pk for pk, name in rows if name.casefold() in names)


def look_at_many(
    actor: Actor, reading: ManyReading, answers: Mapping[str, str], progress: Progress = quiet
) -> ManyLook:
    """Look at a file of many indicators. `answers` says what unknown places mean, by small letters.

    One query for each known series, and a few for all of them.
    """
    faults = list(reading.faults)
    known = _known(actor)
    mine = units_where(actor, KEEP_SERIES)
    read: list[LookedAt] = []
    for turn, given in enumerate(reading.indicators):
        series = known.get(given.name.casefold())
        facts, found = _facts(given, series, mine)
        faults += found
        step = Step(series.step) if series else facts.step or _step_in(given)
        values = read_cells(given.cells, (), step, clock.today())
        faults += [of_line(one, given.name) for one in values.faults]
        read.append(
            LookedAt(
                series.name if series else given.name,
                series,
                replace(facts, step=step),
                values.values,
                (),
                len(values.values),
                0,
                values.missing,
                getattr(series, "waiting", 0),
            )
        )
        progress(40 * turn // len(reading.indicators))
    places = named_places(actor, (value for one in read for value in one.values), answers)
    once = []
    for one in read:
        kept, twice = once_for_each(one.values, places)
        faults += [of_line(fault, one.name) for fault in twice]
        once.append(replace(one, values=kept, new=len(kept)))
    read = once
    if faults:
        return ManyLook(tuple(read), tuple(faults), places, reading.ignored, "")
    looked = []
    for turn, one in enumerate(read):
        looked.append(_against(one, places))
        progress(40 + 60 * turn // len(read))
    return ManyLook(tuple(looked), (), places, reading.ignored, _seen(looked))


def _known(actor: Actor) -> dict[str, Series]:
    rows = (
        Series.objects.filter(organisation_id=actor.organisation_id)
        .select_related("unit")
        .annotate(waiting=Count("breaks", filter=Q(breaks__handling="")))
    )
    return {one.name.casefold(): one for one in rows}


def _step_in(given: GivenIndicator) -> Step:
    """Return how long the periods of an indicator are by the first that says so; else a month."""
    for cell in given.cells:
        period = read_period(cell.period)
        if period is not None and period.step is not None:
            return period.step
    return Step.MONTH


def _facts(
    given: GivenIndicator, series: Series | None, mine: frozenset[int] | None
) -> tuple[GivenFacts, list[ManyFault]]:
    """Return what holds of an indicator, and what the file and Høst do not agree on."""

    def fault(text: str, code: str, standing: str = "") -> ManyFault:
        return ManyFault(given.sheet, given.line, given.name, text, code, standing)

    said = given.facts
    if series is None:
        if said.measure_unit and said.wanted and said.definition:
            return replace(said, since=None), []
        missing = tuple(name for name in NEEDED if not getattr(said, name))
        if missing == NEEDED:
            return said, [fault(given.name, "not_a_series")]
        # What is written but not read is a fault already.
        lacks = tuple(name for name in missing if name not in given.unread)
        return said, [replace(fault("", "new_lacks"), missing=lacks)] if lacks else []
    found = []
    if series.unit is not None and mine is not None and series.unit_id not in mine:
        found.append(fault(given.name, "not_yours", series.unit.name))
    if said.measure_unit and said.measure_unit.casefold() != _plain(series.measure_unit):
        found.append(fault(said.measure_unit, "other_unit", series.measure_unit))
    if said.step and said.step != series.step:
        found.append(fault(said.step.value, "other_step", series.step))
    if said.wanted and said.wanted != series.wanted:
        found.append(fault(said.wanted.value, "other_way", series.wanted))
    if not said.definition or said.definition.casefold() == _plain(series.definition):
        return replace(said, since=None), found
    if said.since is None:
        found.append(fault(said.definition, "other_definition", series.definition))
    return said, found


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _against(one: LookedAt, places: tuple[NamedPlace, ...]) -> LookedAt:
    """Return an indicator with what its values do to the series that stands."""
    if one.series is None:
        return one
    corrected, new, same = compared(one.series, one.values, places)
    return replace(one, corrected=corrected, new=new, same=same)


def _seen(looked: Iterable[LookedAt]) -> str:
    told = hashlib.sha256()
    for one in looked:
        number = one.series.definition_number if one.series else 0
        head = f"{one.name}|{number}|{one.facts.since if one.is_redefined else ''}"
        told.update(f"{head}\n{told_of(one.corrected)}\n".encode())
    return told.hexdigest()
