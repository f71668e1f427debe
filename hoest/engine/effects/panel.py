"""The ground of every estimate: which units, which periods, who started when, and the values.

Shapes: n units, T periods, m indicators. A start is the index of the first period in which a unit
works in the new way; a unit that has not started within the periods has the start T. A missing
value is NaN; nothing is filled in.

Source: Roth, Sant'Anna, Bilinski and Poe (2023), Journal of Econometrics 235, 2218-2244 (terms).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .errors import CellRepeats, NobodyStarted, ShapesDiffer, StartChanges

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Rollout:
    """Who started when.

    `starts` (n,) index of the first treated period, T when not within the periods; `weights` (n,)
    positive weights of the units (population; one each when all count alike); `strata` (n,) the
    group within which the order could as well have been another.
    """

    units: tuple[str, ...]
    periods: tuple[Hashable, ...]
    starts: Ints
    weights: Floats
    strata: Ints

    @property
    def size(self) -> int:
        """Number of units, n."""
        return len(self.units)

    @property
    def length(self) -> int:
        """Number of periods, T."""
        return len(self.periods)

    @property
    def treated(self) -> Bools:
        """Whether a unit works in the new way in a period; shape (n, T)."""
        return np.arange(self.length)[None, :] >= self.starts[:, None]

    @property
    def adopters(self) -> Bools:
        """Whether a unit starts within the periods; shape (n,)."""
        return self.starts < self.length

    @property
    def dates(self) -> Ints:
        """The different starts, ascending; not-started left out."""
        return np.unique(self.starts[self.adopters])


class Row(NamedTuple):
    """One line of a long table; `start` is None for a unit that never started."""

    unit: str
    period: Hashable
    value: float
    start: Hashable | None


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """A roll-out with the values of one indicator, and what was left out to make it.

    `values` (n, T), NaN when missing; `started_before` the units that had started by the first
    period, which can be compared with nothing and were left out.
    """

    rollout: Rollout
    values: Floats
    started_before: tuple[str, ...]

    @property
    def missing(self) -> int:
        """Number of missing values."""
        return int(np.isnan(self.values).sum())


def _held(array: NDArray[np.generic]) -> NDArray[np.generic]:
    array.setflags(write=False)
    return array


def rollout_of(
    units: Sequence[str],
    periods: Sequence[Hashable],
    starts: Sequence[int],
    *,
    weights: Sequence[float] | Floats | None = None,
    strata: Sequence[int] | Ints | None = None,
) -> Rollout:
    """Return a roll-out from starts given as period indices.

    Formula: start_i = min(start_i, T), weights divided by their mean. Raises ShapesDiffer.
    Source: a start after the last period cannot be told from none (Callaway and Sant'Anna 2021).
    """
    n, length = len(units), len(periods)
    begun = np.minimum(np.array(starts, dtype=np.int64), length)
    heavy = np.ones(n) if weights is None else np.array(weights, dtype=np.float64)
    layers = np.zeros(n, np.int64) if strata is None else np.array(strata, dtype=np.int64)
    for name, array in (("starts", begun), ("weights", heavy), ("strata", layers)):
        if array.shape != (n,):
            raise ShapesDiffer(name, array.shape, (n,))
    heavy = heavy / heavy.mean() if n else heavy
    return Rollout(tuple(units), tuple(periods), _held(begun), _held(heavy), _held(layers))  # type: ignore[arg-type]


def _starts(rows: Sequence[Row]) -> dict[str, Hashable | None]:
    found: dict[str, Hashable | None] = {}
    for row in rows:
        if found.setdefault(row.unit, row.start) != row.start:
            raise StartChanges(row.unit)
    return found


def panel_of(rows: Iterable[Row]) -> Panel:
    """Return the panel of a long table.

    Formula: values[i, t] = the value of unit i in period t, start_i = the first period >= its
    start. Periods are the different ones met, ascending; a period nobody has is not made up.
    Raises CellRepeats, StartChanges, NobodyStarted.
    Source: long tables as in the R packages did and didimputation.
    """
    panel = history_of(rows)
    if not panel.rollout.adopters.any():
        raise NobodyStarted()
    return panel


def history_of(rows: Iterable[Row]) -> Panel:
    """Return the panel of a long table in which nobody need have started.

    Formula: as in `panel_of`. Raises CellRepeats, StartChanges.
    Source: the time before go-live, from which the noise is learnt.
    """
    kept = list(rows)
    begun = _starts(kept)
    periods = sorted({row.period for row in kept})  # type: ignore[type-var]
    where = {period: index for index, period in enumerate(periods)}
    starts = {
        unit: len(periods)
        if start is None
        else next((where[one] for one in periods if one >= start), len(periods))  # type: ignore[operator]
        for unit, start in begun.items()
    }
    before = tuple(sorted(unit for unit, start in starts.items() if start == 0))
    units = sorted(unit for unit, start in starts.items() if start > 0)
    place = {unit: index for index, unit in enumerate(units)}
    values = np.full((len(units), len(periods)), math.nan)
    seen: set[tuple[str, Hashable]] = set()
    for row in kept:
        if (row.unit, row.period) in seen:
            raise CellRepeats(row.unit, row.period)
        seen.add((row.unit, row.period))
        if row.unit in place:
            values[place[row.unit], where[row.period]] = row.value
    rollout = rollout_of(units, periods, [starts[unit] for unit in units])
    return Panel(rollout, _held(values), before)  # type: ignore[arg-type]


def in_strata(panel: Panel, strata: Sequence[int] | Ints) -> Panel:
    """Return the panel with its units in groups within which the order could have been another.

    Formula: strata_i as given, in the order of the units. Raises ShapesDiffer.
    Source: blocked randomisation, Fisher (1935), The Design of Experiments, chapter IV.
    """
    old = panel.rollout
    rollout = rollout_of(
        old.units, old.periods, old.starts.tolist(), weights=old.weights, strata=strata
    )
    return Panel(rollout, panel.values, panel.started_before)


def without(rollout: Rollout, left_out: Bools) -> Rollout:
    """Return the roll-out without some units.

    Formula: the rows i with left_out_i = false, in their order; weights divided by their mean.
    Source: leave-one-out, Tukey (1958), Annals of Mathematical Statistics 29, 614.
    """
    keep = ~left_out
    return rollout_of(
        [unit for unit, stays in zip(rollout.units, keep, strict=True) if stays],
        rollout.periods,
        rollout.starts[keep].tolist(),
        weights=rollout.weights[keep],
        strata=rollout.strata[keep],
    )


def as_batch(rollout: Rollout, values: Floats) -> Floats:
    """Return values as a batch of indicators.

    Formula: shape (n, T) = (1, n, T); (m, n, T) stays. Raises ShapesDiffer.
    Source: one factorisation of the design serves every indicator (weights times values).
    """
    batch = np.asarray(values, dtype=np.float64)
    batch = batch[None] if batch.ndim == 2 else batch
    if batch.ndim != 3 or batch.shape[1:] != (rollout.size, rollout.length):
        raise ShapesDiffer("values", batch.shape, (rollout.size, rollout.length))
    return batch
