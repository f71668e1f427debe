"""What is asked of the data, and the answer with everything that belongs to it.

A figure, its grade and its verdict are one thing here, so that none can be shown alone.

Source: the ladder of methods, docs/reference/methods/effects.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .breakdown import Breakdown
from .checks import Gap, LeftOut, Pretended, false_effect
from .early import Early
from .group_time import Control
from .panel import Floats, Panel, Rollout
from .randomisation import PERMUTATIONS, Orders
from .shares import Decomposition
from .verdict import Doubts, Grade, Judgement, Reason
from .wild import WildTest

LEVEL = 0.05


class Method(StrEnum):
    """How the effect is estimated."""

    AUTO = "auto"
    IMPUTATION = "did"
    GROUP_TIME = "cs"
    SYNTHETIC = "sdid"
    INTERRUPTED = "its"
    STRUCTURAL = "bsts"


class Note(StrEnum):
    """What a reader must know of the data."""

    STARTED_BEFORE = "started_before"
    MISSING_VALUES = "missing_values"
    UNITS_LEFT_OUT = "units_left_out"
    CELLS_LEFT_OUT = "cells_left_out"
    SINGLE_COHORTS = "single_cohorts"
    COMPARISONS_IGNORED = "comparisons_ignored"
    NO_SEASON = "no_season"
    EARLY_DIFFER = "early_differ"


@dataclass(frozen=True, slots=True)
class Question:
    """How to look: method, comparison, seed, whether the order was drawn by lot, level."""

    method: Method = Method.AUTO
    control: Control = Control.NOT_YET
    seed: int = 0
    drawn: bool = False
    permutations: int = PERMUTATIONS
    level: float = LEVEL
    season: int = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """The effect of one date of start in one period (indices); `error` None when it has none."""

    group: int
    time: int
    effect: float
    error: float | None


@dataclass(frozen=True, slots=True)
class Checks:
    """The checks that were made; None where there was no ground for one."""

    wild: WildTest | None = None
    left_out: LeftOut | None = None
    gap: Gap | None = None
    anticipation: Gap | None = None
    shares: Decomposition | None = None
    detectable: float | None = None
    orders: Orders | None = None
    other: float | None = None
    other_error: float | None = None
    early: Early | None = None
    breakdown: Breakdown | None = None
    pretended: tuple[Pretended, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """The picture: mean of the adopters, what they would have had, and the others; (T,) each."""

    ours: Floats
    without: Floats
    others: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """An effect that cannot be parted from its grade and verdict; unit of the values.

    `low` and `high` may be infinite; `others_change` how much those who had not started moved from
    before the first start to after it, None without any.
    """

    method: Method
    estimate: float
    error: float
    low: float
    high: float
    p: float
    grade: Grade
    judgement: Judgement
    step_down: tuple[Reason, ...]
    cells: tuple[Cell, ...]
    checks: Checks
    others_change: float | None
    picture: Picture
    notes: tuple[tuple[Note, int], ...]
    rollout: Rollout


def notes_of(panel: Panel, *more: tuple[Note, int]) -> tuple[tuple[Note, int], ...]:
    """Return what a reader must know of the data, with how many it concerns.

    Formula: the notes whose count is not 0.
    Source: docs/reference/methods/effects.md.
    """
    given = (
        (Note.STARTED_BEFORE, len(panel.started_before)),
        (Note.MISSING_VALUES, panel.missing),
        *more,
    )
    return tuple((note, count) for note, count in given if count)


def doubts_of(checks: Checks, estimate: float) -> Doubts:
    """Return what the checks give to doubt about an estimate.

    Formula: p of the wild bootstrap, whether the sign holds without each unit, p of the gap before,
    the effect that could have been seen, and the largest that shows when nobody had begun; None
    where there was no ground for a check.
    Source: docs/reference/methods/effects.md.
    """
    return Doubts(
        checks.wild.p if checks.wild else None,
        checks.left_out.sign_holds if checks.left_out else None,
        checks.gap.p if checks.gap else None,
        estimate,
        checks.detectable,
        false_effect(checks.pretended),
    )
