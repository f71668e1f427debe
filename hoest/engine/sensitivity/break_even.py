"""Break-even: the value of one assumption at which the case is worth exactly nothing.

"The case holds down to 61 % use." Where the net present value is a straight line in the
assumption, the answer is a closed form. Otherwise the possible values are searched: from the
probable value outwards in 1,024 steps that widen with the distance, every crossing refined by
Brent's method. Crossings closer than a step, or a value that touches zero without crossing it, may
be missed; where a divisor is zero nothing is claimed.

Source: break-even analysis; R. P. Brent (1973), Algorithms for Minimization Without Derivatives,
ch. 4 (scipy brentq).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from scipy.optimize import brentq

from .errors import DividedByNothing
from .expressions import DIGITS, degree
from .model import Assumption, Model, derived_npv

STEPS = 512
# Without a bound the search goes this many widths away from the probable value.
WIDTHS = 100
VALUE_PLACES = Decimal("1e-10")


class Direction(StrEnum):
    """On which side of the break-even value the case is worth something."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Reason(StrEnum):
    """Why there is no break-even value."""

    NO_INFLUENCE = "no_influence"
    NEVER_CROSSES = "never_crosses"


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Where one assumption turns the case, or why it never does.

    `value` is rounded to ten decimals, in the assumption's unit; `direction` says on which side
    the case holds; `within_range` whether low <= value <= high, that is, whether the doubt already
    admitted is enough. `roots` are all crossings found, ascending; `value` is the one nearest to
    the probable value. `linear` says whether the answer is a closed form.
    """

    key: str
    npv: Decimal
    value: Decimal | None
    direction: Direction | None
    within_range: bool
    linear: bool
    roots: tuple[Decimal, ...]
    reason: Reason | None

    @property
    def holds_now(self) -> bool:
        """Whether the case is worth something, or nothing lost, at the probable value."""
        return self.npv >= 0


def break_even(model: Model, key: str) -> BreakEven:
    """Return the value of an assumption at which the net present value is zero.

    Formula: x* with NPV(x*) = 0, the others probable; straight line: x* = x_p - NPV(x_p) / slope,
    slope = NPV(x_p + 1) - NPV(x_p). Only possible values count (least <= x* <= most).
    Raises AssumptionUnknown, DividedByNothing (at the probable value).
    Source: break-even analysis; Brent (1973) through scipy.optimize.brentq.
    """
    assumption = model.assumption(key)
    now = derived_npv(model, model.probable)
    moving, most_degree = [], 0
    for line in model.lines:
        line_degree = max((degree(each, key) for each in line.amounts.values()), default=0)
        most_degree = max(most_degree, line_degree)
        if line_degree:
            moving.append(line)
    still = DIGITS.subtract(now, derived_npv(model, model.probable, moving))

    def npv_at(value: Decimal) -> Decimal:
        return DIGITS.add(still, derived_npv(model, model.at({key: value}), moving))

    if most_degree == 0:
        return _none(assumption, now, Reason.NO_INFLUENCE, linear=True)
    if most_degree == 1:
        one_more = DIGITS.add(assumption.probable, Decimal(1))
        slope = DIGITS.subtract(npv_at(one_more), now)
        return _on_a_line(assumption, now, slope)
    return _searched(assumption, now, npv_at)


def break_evens(model: Model) -> tuple[BreakEven, ...]:
    """Return the break-even value of every assumption, in the model's order.

    Formula: as `break_even`, one assumption at a time.
    Source: break-even analysis.
    """
    return tuple(break_even(model, each.key) for each in model.assumptions)


def _none(assumption: Assumption, now: Decimal, reason: Reason, *, linear: bool) -> BreakEven:
    return BreakEven(assumption.key, now, None, None, False, linear, (), reason)


def _possible(assumption: Assumption, value: Decimal) -> bool:
    above = assumption.least is None or value >= assumption.least
    return above and (assumption.most is None or value <= assumption.most)


def _found(
    assumption: Assumption,
    now: Decimal,
    crossings: list[tuple[Decimal, Direction]],
    *,
    linear: bool,
) -> BreakEven:
    kept = [
        (value.quantize(VALUE_PLACES, context=DIGITS), side)
        for value, side in crossings
        if _possible(assumption, value)
    ]
    if not kept:
        return _none(assumption, now, Reason.NEVER_CROSSES, linear=linear)
    value, side = min(kept, key=lambda found: abs(found[0] - assumption.probable))
    within = assumption.low <= value <= assumption.high
    roots = tuple(sorted({root for root, _ in kept}))
    return BreakEven(assumption.key, now, value, side, within, linear, roots, None)


def _on_a_line(assumption: Assumption, now: Decimal, slope: Decimal) -> BreakEven:
    if not slope:
        return _none(assumption, now, Reason.NO_INFLUENCE, linear=True)
    value = DIGITS.subtract(assumption.probable, DIGITS.divide(now, slope))
    side = Direction.AT_LEAST if slope > 0 else Direction.AT_MOST
    return _found(assumption, now, [(value, side)], linear=True)


def _grid(assumption: Assumption) -> list[float]:
    middle = float(assumption.probable)
    width = max(float(assumption.high - assumption.low), abs(middle), 1.0)
    lowest = middle - WIDTHS * width if assumption.least is None else float(assumption.least)
    highest = middle + WIDTHS * width if assumption.most is None else float(assumption.most)
    below = [middle - (k / STEPS) ** 3 * (middle - lowest) for k in range(STEPS, 0, -1)]
    above = [middle + (k / STEPS) ** 3 * (highest - middle) for k in range(1, STEPS + 1)]
    return sorted({*below, middle, *above})


def _searched(
    assumption: Assumption, now: Decimal, npv_at: Callable[[Decimal], Decimal]
) -> BreakEven:
    def worth(value: float) -> float:
        return float(npv_at(Decimal(value)))

    points = [(value, _or_nan(worth, value)) for value in _grid(assumption)]
    amounts = {amount for _, amount in points if not math.isnan(amount)}
    if len(amounts) == 1:
        return _none(assumption, now, Reason.NO_INFLUENCE, linear=False)
    crossings: list[tuple[Decimal, Direction]] = []
    for k, (value, amount) in enumerate(points):
        if amount == 0:
            after = points[min(k + 1, len(points) - 1)][1]
            before = points[max(k - 1, 0)][1]
            crossings.append((Decimal(value), _side(rises=after > 0 or before < 0)))
    for (left, before), (right, after) in pairwise(points):
        if before < 0 < after or after < 0 < before:
            root = _refined(worth, left, right, limit=min(abs(before), abs(after)))
            if root is not None:
                crossings.append((Decimal(root), _side(rises=after > 0)))
    return _found(assumption, now, crossings, linear=False)


def _side(*, rises: bool) -> Direction:
    return Direction.AT_LEAST if rises else Direction.AT_MOST


def _or_nan(worth: Callable[[float], float], value: float) -> float:
    try:
        return worth(value)
    except DividedByNothing:
        return math.nan


def _refined(
    worth: Callable[[float], float], left: float, right: float, *, limit: float
) -> float | None:
    """Return the root in a bracket; None where a divisor passes zero and the value runs away."""
    try:
        root = float(brentq(worth, left, right, xtol=1e-14, maxiter=500))
        return root if abs(worth(root)) <= limit else None
    except DividedByNothing:
        return None
