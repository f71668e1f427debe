"""Averages of group-time effects: overall, by date of start, since the start, and by period.

The weights of an average are shares of units and thus estimated; their part of the error is kept.

Source: Callaway and Sant'Anna (2021), section 3; R did, `aggte`.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .errors import NothingToCompare, NumberOutOfRange
from .group_time import Forms, GroupTime, combined, errors_of, influences
from .panel import Floats, Ints, Rollout

NORMAL_QUARTILES = 1.3489795003921634


class Average(StrEnum):
    """How the effects are averaged."""

    SIMPLE = "simple"
    GROUP = "group"
    EVENT = "event"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True, eq=False)
class Averaged:
    """Averages and the one over them all, in the unit of the values.

    `at` (K,) the start, periods since the start or the period that each stands for, empty for the
    simple average; `estimates`, `errors` (m, K); `overall`, `overall_error` (m,); `influence`
    (m, n, K + 1), the overall last.
    """

    at: Ints
    estimates: Floats
    errors: Floats
    overall: Floats
    overall_error: Floats
    influence: Floats


def _shared(found: GroupTime, forms: Forms, groups: Ints, rows: list[Ints]) -> Forms:
    """Average cells with weights proportional to the shares of their cohorts, and their error."""
    place = {int(start): k for k, start in enumerate(found.cohorts)}
    cohort = np.array([place[int(one)] for one in groups])
    weights = np.zeros((len(rows), forms.estimates.shape[1]))
    for j, cells in enumerate(rows):
        mass = found.shares[cohort[cells]]
        weights[j, cells] = mass / mass.sum()
    result = combined(forms, weights)
    constants = result.constants.copy()
    for j, cells in enumerate(rows):
        total = found.shares[cohort[cells]].sum()
        for k in cells:
            gap = forms.estimates[:, k] - result.estimates[:, j]
            constants[:, cohort[k], j] += gap / total
    return Forms(result.estimates, result.slopes, constants)


def _stacked(parts: Forms, last: Forms) -> Forms:
    return Forms(
        np.concatenate([parts.estimates, last.estimates], 1),
        np.concatenate([parts.slopes, last.slopes], 2),
        np.concatenate([parts.constants, last.constants], 2),
    )


def _parts(found: GroupTime, kind: Average, first: int, last: int) -> tuple[Ints, Forms, Floats]:
    """Return what each average stands for, the averages, and which of them the overall counts."""
    since = found.times - found.groups
    after = np.flatnonzero(since >= 0)
    if kind is Average.EVENT:
        at = np.unique(since[(since >= first) & (since <= last)])
        rows = [np.flatnonzero(since == one) for one in at]
        counted = (at >= 0).astype(np.float64)
        return at, _shared(found, found.forms, found.groups, rows), counted
    if kind is Average.CALENDAR:
        at = np.unique(found.times[after])
        rows = [after[found.times[after] == one] for one in at]
        return at, _shared(found, found.forms, found.groups, rows), np.ones(len(at))
    at = np.unique(found.groups[after])
    weights = np.zeros((len(at), len(since)))
    for j, one in enumerate(at):
        cells = after[found.groups[after] == one]
        weights[j, cells] = 1 / len(cells)
    return at, combined(found.forms, weights), np.ones(len(at))


def averaged(
    rollout: Rollout,
    values: Floats,
    found: GroupTime,
    kind: Average,
    *,
    first: int = -(10**6),
    last: int = 10**6,
    balance: int | None = None,
) -> Averaged:
    """Return the averages of one kind, and the overall one.

    Formula: simple Σ P(g) ATT(g,t) / Σ P(g) over t >= g; by date of start the plain mean over its
    periods and overall with P(g); since the start Σ P(g) ATT(g, g+e) / Σ P(g) and overall the mean
    over e >= 0; by period the same with t. `first` and `last` bound e; `balance` keeps the starts
    that are followed so many periods, and e up to it. Raises NothingToCompare, NumberOutOfRange.
    Source: Callaway and Sant'Anna (2021), equations (3.4)-(3.11).
    """
    if balance is not None:
        if balance < 0:
            raise NumberOutOfRange("balance", balance)
        found, first, last = _followed(rollout, found, balance, first, last)
    if not (found.times >= found.groups).any():
        raise NothingToCompare()
    if kind is Average.SIMPLE:
        after = np.flatnonzero(found.times >= found.groups)
        at = np.zeros(0, np.int64)
        forms = _shared(found, found.forms, found.groups, [after])
    else:
        at, parts, counted = _parts(found, kind, first, last)
        if kind is Average.GROUP:
            whole = _shared(found, parts, at, [np.arange(len(at))])
        else:
            whole = combined(parts, (counted / counted.sum())[None])
        forms = _stacked(parts, whole)
    influence = influences(rollout, values, found, forms)
    error = errors_of(influence)
    return Averaged(
        at,
        forms.estimates[:, :-1],
        error[:, :-1],
        forms.estimates[:, -1],
        error[:, -1],
        influence,
    )


def _followed(
    rollout: Rollout, found: GroupTime, balance: int, first: int, last: int
) -> tuple[GroupTime, int, int]:
    """Keep the starts that are followed `balance` periods, over the same periods since start."""
    ends = rollout.length - 1 - found.groups
    kept = np.flatnonzero(ends >= balance)
    since = found.times - found.groups
    early = [int(since[(found.groups == date)].min()) for date in np.unique(found.groups[kept])]
    shape = found.forms
    forms = Forms(shape.estimates[:, kept], shape.slopes[:, :, kept], shape.constants[:, :, kept])
    part = GroupTime(
        found.groups[kept], found.times[kept], forms, found.cohorts, found.member, found.shares
    )
    return part, max(first, min(early, default=0)), min(last, balance)


def multiplier_bands(
    influence: Floats, *, draws: int = 999, seed: int = 0, level: float = 0.05
) -> tuple[Floats, Floats]:
    """Return bootstrapped standard errors (m, K) and the common critical value (m,) of bands.

    Formula: θ*_b = Σ_i V_bi ψ_i / n with V = ±1; SE = (q75 - q25) / 1.349; the critical value is
    the 1 - level quantile of max_k |θ*_k / SE_k|. `influence` (m, n, K). Raises NumberOutOfRange.
    Below some fifty units such bands raise too many false alarms, and must not colour points.
    Source: Callaway and Sant'Anna (2021), algorithm 1; R did, `mboot`.
    """
    if draws < 19:
        raise NumberOutOfRange("draws", draws)
    random = np.random.Generator(np.random.PCG64(seed))
    m, n, width = influence.shape
    flips = random.integers(0, 2, (draws, n)) * 2.0 - 1.0
    errors, critical = np.zeros((m, width)), np.zeros(m)

    def one(k: int) -> None:
        drawn = flips @ influence[k] / n
        np.abs(drawn, out=drawn)
        # The draws are symmetric, so the quartiles are those of their sizes: q75 - q25 = 2 median.
        middle = np.partition(drawn, draws // 2, axis=0)[draws // 2]
        errors[k] = 2 * middle / NORMAL_QUARTILES
        moved = errors[k] > 0
        if moved.any():
            largest = (drawn[:, moved] / errors[k][moved]).max(1)
            critical[k] = np.quantile(largest, 1 - level)

    # One indicator at a time keeps memory small; each is alone, so threads change no bit of it.
    with ThreadPoolExecutor(min(os.cpu_count() or 1, max(m, 1))) as threads:
        list(threads.map(one, range(m)))
    return errors, critical
