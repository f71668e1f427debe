"""Transfer: what the results of others mean here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hoest.domain.evidence.calculations.estimating import CannotEstimate
from hoest.engine.transfer import (
    Transfer,
    TransferError,
    own_range,
    own_reaches,
    scaled,
    studies_of,
    transferred,
)


@dataclass(frozen=True)
class Neighbour:
    """One result: its effect and standard error, in the unit of the series."""

    estimate: float
    error: float


@dataclass(frozen=True)
class Drawn:
    """One's own effect and what it is drawn to, with its range; the others' part of it (0-1)."""

    own: float
    drawn_to: float
    low: float
    high: float
    others_share: float


@dataclass(frozen=True)
class Found:
    """Where a new place may land, and what the spread is made of. Unit of the series.

    `i2` in percent; `tau` the standard deviation of the true effects between places.
    """

    low: float
    middle: float
    high: float
    mean: float
    mean_low: float
    mean_high: float
    i2: float
    tau: float
    reml: tuple[float, float, float]
    other_priors: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True)
class Weighed:
    """The answer: how many results, the least and the greatest, and from three on the rest.

    `ours` the range here: our own drawn figure where there is one, else where a new place may
    land. `reaches` the probability (0-1) that the true effect here reaches what was promised;
    `in_all` the range times our volume (low, middle, high).
    """

    count: int
    least: float
    greatest: float
    found: Found | None
    own: Drawn | None
    ours: tuple[float, float, float] | None
    reaches: float | None
    in_all: tuple[float, float, float] | None


def weighed(
    neighbours: Sequence[Neighbour],
    own: Neighbour | None,
    *,
    promised: float | None,
    volume: float | None,
) -> Weighed:
    """Return what the neighbours' results, and our own where there is one, say of us.

    `promised` with the sign of the wished direction. Raises CannotEstimate.
    """
    rows = [*neighbours, *([own] if own else [])]
    try:
        found = transferred(
            studies_of([one.estimate for one in rows], [one.error**2 for one in rows]),
            promised=promised,
        )
    except TransferError as fault:
        raise CannotEstimate(type(fault).__name__, dict(vars(fault))) from fault
    least, greatest = found.reference
    if found.prediction is None or found.middle is None:
        return Weighed(found.count, least, greatest, None, None, None, None, None)
    low, high = found.prediction
    ours, reaches, drawn = (low, found.middle, high), found.reaches, None
    in_all = None
    if volume is not None and (all_of_it := scaled(found, volume)) is not None:
        in_all = (all_of_it.low, all_of_it.middle, all_of_it.high)
    if own is not None:
        mine = found.shrunken[-1]
        low, high = own_range(mine)
        drawn = Drawn(mine.own, mine.drawn_to, low, high, mine.others_share)
        ours = (low, mine.drawn_to, high)
        reaches = None if promised is None else own_reaches(mine, promised)
        if volume is not None:
            low, middle, high = (one * volume for one in ours)
            in_all = (low, middle, high)
    return Weighed(found.count, least, greatest, _found(found), drawn, ours, reaches, in_all)


def _found(found: Transfer) -> Found:
    assert found.prediction is not None
    assert found.interval is not None
    assert found.pooled is not None
    assert found.middle is not None
    assert found.mean is not None
    pooled = found.pooled
    return Found(
        *(found.prediction[0], found.middle, found.prediction[1]),
        found.mean,
        *found.interval,
        i2=pooled.i2,
        tau=pooled.tau2**0.5,
        reml=(float(pooled.low[0]), pooled.mean, float(pooled.high[0])),
        other_priors=tuple((one.scale, one.low, one.high) for one in found.sensitivity),
    )
