"""The answer of a staggered comparison: estimate, other orders, checks, grade and verdict.

Source: docs/reference/methods/effects.md.
"""

from __future__ import annotations

import math

import numpy as np

from .asked import Cell, Checks, Effect, Method, Note, Picture, Question, doubts_of, notes_of
from .averages import Average, averaged
from .breakdown import breakdown
from .cells import ImputedCells, imputed_cells
from .checks import gap_before, leave_one_out
from .early import early_adopters
from .errors import EffectError
from .group_time import GroupTime, errors_of, group_time, influences
from .imputation import imputed
from .panel import Bools, Floats, Panel, Rollout, without
from .power import detectable, noise_of
from .randomisation import Orders, orders_of, randomised
from .shares import decomposed
from .verdict import comparison_grade, judged
from .wild import signs, wild_imputation

LONGEST_AHEAD = 12


def mean_line(table: Floats, rows: Bools) -> Floats:
    """Return the mean of some units in each period, NaN where none has a value; shape (T,).

    Formula: Σ_i y_it / number of values. `table` (n, T), `rows` (n,).
    Source: arithmetic mean of what is there.
    """
    part = table[rows]
    there = np.isfinite(part)
    counts = there.sum(0)
    sums = np.where(there, part, 0.0).sum(0)
    return np.divide(sums, counts, out=np.full(table.shape[1], np.nan), where=counts > 0)


def others_line(rollout: Rollout, table: Floats) -> tuple[Floats, float | None]:
    """Return the mean of those who never started (T,), and how it moved over the first start.

    Formula: mean after the first start - mean before it; None without values on both sides.
    Source: the comparison that a reader is told beside the effect.
    """
    line = mean_line(table, ~rollout.adopters)
    first = int(rollout.dates[0])
    before, after = line[:first], line[first:]
    if not np.isfinite(before).any() or not np.isfinite(after).any():
        return line, None
    return line, float(np.nanmean(after) - np.nanmean(before))


def compared(panel: Panel, asked: Question, method: Method) -> Effect:
    """Return the answer of a staggered comparison.

    Formula: imputation or the simple average of group-time effects; p and range from other orders
    of the starts; grade, verdict and checks of them. Raises what `imputed` and `group_time` do.
    Source: Borusyak et al. (2024); Callaway and Sant'Anna (2021); Athey and Imbens (2022).
    """
    panel, left = _complete(panel) if method is Method.GROUP_TIME else (panel, 0)
    rollout, table = panel.rollout, panel.values
    orders = orders_of(rollout, seed=asked.seed, permutations=asked.permutations)
    plain = imputed(rollout, table)
    each = imputed_cells(rollout, table)
    first, error, cells, by_start = _estimates(panel, asked, method, each)
    tried = randomised(rollout, table, orders, asked.level, by_start=by_start)
    estimate = float(tried.estimates[0])
    graded = comparison_grade(rollout, drawn=asked.drawn)
    checks = _checks(panel, asked, estimate, orders, first if method is Method.IMPUTATION else None)
    doubts = doubts_of(checks, estimate)
    judgement = judged(
        graded.grade, float(tried.p[0]), orders.smallest_p, doubts, level=asked.level
    )
    others, change = others_line(rollout, table)
    ours = mean_line(table, rollout.adopters)
    single = sum(int((rollout.starts == date).sum()) == 1 for date in rollout.dates)
    notes = notes_of(
        panel,
        (Note.UNITS_LEFT_OUT, left),
        (Note.CELLS_LEFT_OUT, plain.left_out),
        (Note.SINGLE_COHORTS, single),
        (Note.EARLY_DIFFER, _early_differ(checks, asked.level)),
    )
    return Effect(
        method,
        estimate,
        error,
        float(tried.low[0]),
        float(tried.high[0]),
        float(tried.p[0]),
        graded.grade,
        judgement,
        graded.reasons,
        cells,
        checks,
        change,
        Picture(ours, ours - _lift(rollout, table, each), others),
        notes,
        rollout,
    )


def _early_differ(checks: Checks, level: float) -> int:
    early = checks.early
    return 0 if early is None else int(min(early.level_p, early.trend_p) <= level / 2)


def _complete(panel: Panel) -> tuple[Panel, int]:
    gaps: Bools = np.asarray(np.isnan(panel.values).any(axis=1), dtype=np.bool_)
    if not gaps.any():
        return panel, 0
    rollout = without(panel.rollout, gaps)
    return Panel(rollout, panel.values[~gaps], panel.started_before), int(gaps.sum())


def _estimates(
    panel: Panel, asked: Question, method: Method, each: ImputedCells
) -> tuple[tuple[float, float] | None, float, tuple[Cell, ...], Floats | None]:
    """Return the other method's estimate, the error, the cells and the weights by start."""
    rollout, table = panel.rollout, panel.values
    if method is Method.IMPUTATION:
        found = imputed(rollout, table)
        return (
            _check_estimate(panel, asked),
            float(found.standard_errors[0, 0]),
            tuple(
                Cell(int(g), int(t), float(effect), None if math.isnan(error) else float(error))
                for g, t, effect, error in zip(
                    each.groups, each.times, each.effects, each.errors, strict=True
                )
            ),
            None,
        )
    cells = group_time(rollout, table, control=asked.control)
    simple = averaged(rollout, table, cells, Average.SIMPLE)
    errors = errors_of(influences(rollout, table, cells, cells.forms))[0]
    return (
        None,
        float(simple.overall_error[0]),
        tuple(
            Cell(int(g), int(t), float(effect), float(error))
            for g, t, effect, error in zip(
                cells.groups, cells.times, cells.forms.estimates[0], errors, strict=True
            )
        ),
        simple_weights(rollout, cells),
    )


def simple_weights(rollout: Rollout, cells: GroupTime) -> Floats:
    """Return the weights by start of the simple average of group-time effects; shape (C, T).

    Formula: Σ over cells after the start of w_gt times the cell's weights, w_gt the share of the
    group among them. No value missing.
    Source: Callaway and Sant'Anna (2021), equation 3.10.
    """
    after = np.flatnonzero(cells.times >= cells.groups)
    weights = np.zeros(len(cells.times))
    mass = cells.shares[np.searchsorted(cells.cohorts, cells.groups[after])]
    weights[after] = mass / mass.sum()
    rows: Floats = cells.forms.slopes @ weights / rollout.size
    return rows


def _check_estimate(panel: Panel, asked: Question) -> tuple[float, float] | None:
    """Callaway and Sant'Anna's simple average beside imputation, on the complete units."""
    try:
        whole, _ = _complete(panel)
        cells = group_time(whole.rollout, whole.values, control=asked.control)
        simple = averaged(whole.rollout, whole.values, cells, Average.SIMPLE)
    except EffectError:
        return None
    return float(simple.overall[0]), float(simple.overall_error[0])


def _lift(rollout: Rollout, table: Floats, found: ImputedCells) -> Floats:
    """The mean effect among all adopters in each period, 0 where nobody had started."""
    lift = np.zeros(rollout.length)
    there = np.isfinite(table) & rollout.adopters[:, None]
    for time in range(int(rollout.dates[0]), rollout.length):
        here = found.times == time
        started = int((there & rollout.treated)[:, time].sum())
        if int(found.counts[here].sum()) < started:
            lift[time] = math.nan
            continue
        total = float(found.effects[here] @ found.counts[here])
        lift[time] = total / max(int(there[:, time].sum()), 1)
    return lift


def _checks(
    panel: Panel,
    asked: Question,
    estimate: float,
    orders: Orders,
    other: tuple[float, float] | None,
) -> Checks:
    rollout, table = panel.rollout, panel.values
    ahead = min(LONGEST_AHEAD, max(int(rollout.dates[0]) // 2, 1))
    flips = signs(rollout.size, seed=asked.seed)
    try:
        seen = detectable(rollout, noise_of(rollout, table), level=asked.level)
    except EffectError:
        seen = None
    return Checks(
        wild=wild_imputation(rollout, table, flips, asked.level),
        left_out=leave_one_out(rollout, table),
        gap=gap_before(rollout, table, ahead, effect=estimate, seed=asked.seed),
        anticipation=gap_before(rollout, table, 1, effect=estimate, seed=asked.seed),
        shares=None if panel.missing else decomposed(rollout, table),
        detectable=seen,
        orders=orders,
        other=other[0] if other else None,
        other_error=other[1] if other else None,
        early=early_adopters(rollout, table, orders),
        breakdown=breakdown(rollout, table, orders, level=asked.level),
    )
