"""The whole answer: estimate, range, grade, verdict and checks in one, never apart.

`auto` takes the highest rung the data can carry: a comparison between units where there is one
(synthetic for a single adopter, imputation otherwise), else the unit's own line.

Source: the ladder of methods, docs/reference/methods/effects.md.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from .alone import (
    own_line_without,
    pretended_dates,
    synthetic_gap,
    synthetic_left_out,
    untouched_without,
)
from .asked import Cell, Checks, Effect, Method, Note, Picture, Question, doubts_of, notes_of
from .checks import range_without
from .compared import LONGEST_AHEAD, compared, mean_line, others_line
from .errors import NumberOutOfRange, StartsDiffer
from .interrupted import FEWEST_BEFORE, Interrupted, interrupted
from .panel import Floats, Panel
from .structural import Structural, structural
from .synthetic import Synthetic, synthetic
from .verdict import Grade, Reason, comparison_grade, judged

SEASON_PAIRS = 2
FEWEST_FOR_SYNTHETIC = 2


def chosen_method(panel: Panel) -> Method:
    """Return the method that `auto` takes.

    Formula: its when nobody starts later than the first date or never; sdid when there is one
    adopter, >= 2 others, >= 3 periods before and no missing value; else did.
    Source: docs/reference/methods/effects.md.
    """
    rollout = panel.rollout
    first = int(rollout.dates[0])
    if not (rollout.starts > first).any():
        return Method.INTERRUPTED
    others = int((~rollout.adopters).sum())
    alone = int(rollout.adopters.sum()) == 1 and others >= FEWEST_FOR_SYNTHETIC
    return Method.SYNTHETIC if alone and first >= 3 and not panel.missing else Method.IMPUTATION


def effect_of(panel: Panel, question: Question | None = None) -> Effect:
    """Return the effect with everything that belongs to it.

    Formula: that of the method; p and range from other orders of the starts (did, cs), from all
    placebos (sdid) or from HAC errors (its). Raises NumberOutOfRange and the method's own errors.
    Source: docs/reference/methods/effects.md.
    """
    asked = question or Question()
    if not 0 < asked.level < 1:
        raise NumberOutOfRange("level", asked.level)
    method = chosen_method(panel) if asked.method is Method.AUTO else asked.method
    match method:
        case Method.INTERRUPTED:
            return _own_line(panel, asked)
        case Method.STRUCTURAL:
            return _with_untouched(panel, asked)
        case Method.SYNTHETIC:
            return _synthetic(panel, asked)
        case _:
            return compared(panel, asked, method)


def _synthetic(panel: Panel, asked: Question) -> Effect:
    rollout, table = panel.rollout, panel.values
    found = synthetic(rollout, table, seed=asked.seed)
    graded = comparison_grade(rollout, drawn=asked.drawn)
    reach = found.reach(asked.level)
    checks = _synthetic_checks(panel, asked, found)
    doubts = doubts_of(checks, found.estimate)
    judgement = judged(graded.grade, found.p, found.smallest_p, doubts, level=asked.level)
    others, change = others_line(rollout, table)
    ours = table[found.adopters].mean(0)
    start = int(rollout.dates[0])
    line = found.unit_weights @ table[found.controls]
    line = line + (ours[:start] - line[:start]) @ found.period_weights
    gaps = (ours - line)[start:]
    cells = tuple(Cell(start, start + k, float(gap), None) for k, gap in enumerate(gaps))
    return Effect(
        Method.SYNTHETIC,
        found.estimate,
        found.placebo_error,
        found.estimate - reach,
        found.estimate + reach,
        found.p,
        graded.grade,
        judgement,
        graded.reasons,
        cells,
        checks,
        change,
        Picture(ours, line, others),
        notes_of(panel),
        rollout,
    )


def _synthetic_checks(panel: Panel, asked: Question, found: Synthetic) -> Checks:
    rollout, table = panel.rollout, panel.values
    start = int(rollout.dates[0])
    ahead = min(LONGEST_AHEAD, max(start // 2, 1))
    before = partial(synthetic_gap, rollout, table, effect=found.estimate, seed=asked.seed)
    return Checks(
        left_out=synthetic_left_out(rollout, table),
        gap=before(ahead),
        anticipation=before(1),
    )


def _own_line(panel: Panel, asked: Question) -> Effect:
    rollout, table = panel.rollout, panel.values
    if len(rollout.dates) != 1:
        raise StartsDiffer(len(rollout.dates))
    start = int(rollout.dates[0])
    ours = mean_line(table, rollout.adopters)
    seasonal = start >= max(FEWEST_BEFORE, 2 * asked.season)
    pairs = min(SEASON_PAIRS, asked.season // 2) if seasonal else 0

    def again(series: Floats, when: int) -> Interrupted:
        return interrupted(series, when, season=asked.season, pairs=pairs, level=asked.level)

    def then(series: Floats, when: int) -> tuple[float, float, float]:
        early = again(series, when)
        return early.level, early.standard_error, early.p

    found = again(ours, start)
    checks = Checks(
        left_out=range_without(
            own_line_without(rollout, table, lambda line: again(line, start).level)
        ),
        pretended=pretended_dates(ours, start, then),
    )
    long = start >= FEWEST_BEFORE
    grade = Grade.DETRENDED if long else Grade.COUNTED
    doubts = doubts_of(checks, found.level)
    judgement = judged(grade, found.p, 0.0, doubts, level=asked.level)
    reasons = (Reason.ONE_SERIES,) if long else (Reason.ONE_SERIES, Reason.SHORT_BEFORE)
    line, change = others_line(rollout, table)
    notes = notes_of(
        panel,
        (Note.COMPARISONS_IGNORED, int((~rollout.adopters).sum())),
        (Note.NO_SEASON, int(not pairs)),
    )
    return Effect(
        Method.INTERRUPTED,
        found.level,
        found.standard_error,
        found.low,
        found.high,
        found.p,
        grade,
        judgement,
        reasons,
        (),
        checks,
        change,
        Picture(ours, found.carried_on, line),
        notes,
        rollout,
    )


def _with_untouched(panel: Panel, asked: Question) -> Effect:
    """The structural time series, with those that never start beside it."""
    rollout, table = panel.rollout, panel.values
    if len(rollout.dates) != 1:
        raise StartsDiffer(len(rollout.dates))
    start = int(rollout.dates[0])
    ours = mean_line(table, rollout.adopters)
    pairs = min(SEASON_PAIRS, asked.season // 2) if start >= 2 * asked.season else 0
    untouched = table[~rollout.adopters]
    found = structural(ours, untouched, start, season=asked.season, pairs=pairs, level=asked.level)
    checks = _structural_checks(panel, asked, found, pairs)
    long = start >= FEWEST_BEFORE
    grade = Grade.DETRENDED if long else Grade.COUNTED
    line, change = others_line(rollout, table)
    notes = notes_of(
        panel,
        (Note.UNITS_LEFT_OUT, len(untouched) - found.controls),
        (Note.NO_SEASON, int(not pairs)),
    )
    return Effect(
        Method.STRUCTURAL,
        found.estimate,
        found.error,
        found.low,
        found.high,
        found.p,
        grade,
        judged(grade, found.p, 0.0, doubts_of(checks, found.estimate), level=asked.level),
        (Reason.ONE_SERIES,) if long else (Reason.ONE_SERIES, Reason.SHORT_BEFORE),
        (),
        checks,
        change,
        Picture(ours, found.without, line),
        notes,
        rollout,
    )


def _structural_checks(panel: Panel, asked: Question, found: Structural, pairs: int) -> Checks:
    rollout, table = panel.rollout, panel.values
    start = int(rollout.dates[0])
    ours, untouched = mean_line(table, rollout.adopters), table[~rollout.adopters]
    names = tuple(
        unit for unit, mine in zip(rollout.units, rollout.adopters, strict=True) if not mine
    )

    def again(series: Floats, others: Floats, when: int) -> Structural:
        season, level = asked.season, asked.level
        return structural(series, others, when, season=season, pairs=pairs, level=level, fewest=0)

    def then(both: Floats, when: int) -> tuple[float, float, float]:
        early = again(both[0], both[1:], when)
        return early.estimate, early.error, early.p

    left = untouched_without(names, untouched, found, lambda rest: again(ours, rest, start))
    left |= own_line_without(rollout, table, lambda line: again(line, untouched, start).estimate)
    dates = pretended_dates(np.vstack([ours, untouched]), start, then)
    return Checks(left_out=range_without(left), pretended=dates)
