"""Sensitivity: which lines and assumptions carry a case, and the value at which it breaks even.

Every line is a factor of its own amount (1 = as it is written); a line that derives from
assumptions is the product of them, so that the assumption itself is moved, in its own unit.
Source: docs/reference/methods/sensitivity.md (tornado, break-even).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hoest.domain.business_cases.calculations.key_figures import (
    engine_kind,
    key_figures,
    rate_on,
)
from hoest.domain.business_cases.rules import CaseLineFigures, Measure
from hoest.engine import sensitivity as engine

ZERO, ONE = Decimal(0), Decimal(1)
CARRYING = 3


@dataclass(frozen=True)
class MovedAssumption:
    """An assumption that lines derive from: its value, how far it can go, and its bounds.

    `most` is 1 for a share, None when there is no upper bound.
    """

    key: str
    name: str
    unit: str
    low: Decimal
    probable: Decimal
    high: Decimal
    has_range: bool
    most: Decimal | None = None


@dataclass(frozen=True)
class Derived:
    """How a line derives from assumptions: amount of a year = ramp share times Π of powers.

    `factors` holds (key of the assumption, whether it divides).
    """

    factors: tuple[tuple[str, bool], ...]
    ramp: Mapping[int, Decimal]


@dataclass(frozen=True)
class Bar:
    """One assumption or line of the tornado, with its break-even value.

    `low` and `high` are the ends it is tried at; shares of its amount for a line, else in `unit`.
    `npv_at_low` and `npv_at_high` are whole kroner. `break_even` is None with a `reason`:
    `no_influence` or `never_crosses`; `side` is `at_least` or `at_most`. `is_tried` tells that
    nobody gave a range, and a standard one was tried.
    """

    key: str
    name: str
    unit: str
    line: CaseLineFigures | None
    low: Decimal
    probable: Decimal
    high: Decimal
    npv_at_low: Decimal
    npv_at_high: Decimal
    is_tried: bool
    break_even: Decimal | None
    side: str
    reason: str

    @property
    def swing(self) -> Decimal:
        """How far the present value moves, in kroner."""
        return abs(self.npv_at_high - self.npv_at_low)

    @property
    def breaks_in_range(self) -> bool:
        """Tell whether the case turns within the doubt already admitted."""
        return self.break_even is not None and self.low <= self.break_even <= self.high


@dataclass(frozen=True)
class Sensitivity:
    """The bars of a case, the longest first; `npv` at the probable values, whole kroner."""

    npv: Decimal
    bars: tuple[Bar, ...]

    @property
    def carrying(self) -> tuple[Bar, ...]:
        """The three that carry the result; those that move nothing carry nothing."""
        return tuple(bar for bar in self.bars if bar.swing)[:CARRYING]


def sensitivity_of(
    lines: Sequence[CaseLineFigures],
    *,
    valued_on: dt.date,
    test_share: Decimal,
    horizon: int | None = None,
    assumptions: Sequence[MovedAssumption] = (),
    derived: Mapping[int, Derived] | None = None,
) -> Sensitivity | None:
    """Return which lines and assumptions carry the present value; None without kroner lines.

    An assumption nobody gave a range is tried `test_share` down and up, and so is every line when
    none has a range; else a line without one stands still, with its break-even value all the same.
    `derived` says, by line id, how a line follows from the assumptions. Raises LevelsDiffer.
    """
    figures = key_figures(lines, valued_on=valued_on, horizon=horizon)
    if figures is None:
        return None
    kroner = sorted(
        (line for line in lines if line.measure == Measure.DKK and line.amounts),
        key=lambda line: (line.line_key, line.kind),
    )
    tried = not any(_is_ranged(line) for line in kroner) and not any(
        one.has_range for one in assumptions
    )
    found = dict(derived or {})
    moved, names = _moved(kroner, assumptions, found, test_share, lines_are_tried=tried)
    model = engine.Model(
        assumptions=tuple(moved),
        lines=tuple(
            _derived_line(line, place, found.get(line.line_id)) for place, line in enumerate(kroner)
        ),
        base_year=figures.base_year,
        horizon=figures.horizon,
        rate=rate_on(valued_on),
    )
    return Sensitivity(figures.npv, _bars(model, names))


Named = tuple[str, str, CaseLineFigures | None, bool]


def _is_ranged(line: CaseLineFigures) -> bool:
    shares = (line.low_share, line.high_share)
    return any(share not in (None, ONE) for share in shares)


def _moved(
    lines: Sequence[CaseLineFigures],
    assumptions: Sequence[MovedAssumption],
    derived: Mapping[int, Derived],
    standard: Decimal,
    *,
    lines_are_tried: bool,
) -> tuple[list[engine.Assumption], dict[str, Named]]:
    used = {key for one in derived.values() for key, _divides in one.factors}
    moved: list[engine.Assumption] = []
    names: dict[str, Named] = {}
    for one in assumptions:
        if one.key not in used:
            continue
        low, high = one.low, one.high
        if not one.has_range:
            low, high = one.probable * (ONE - standard), one.probable * (ONE + standard)
        if one.most is not None:
            high = min(high, max(one.most, one.probable))
        most = one.most if one.most is not None and one.probable <= one.most else None
        moved.append(engine.Assumption(one.key, low, one.probable, high, ZERO, most))
        names[one.key] = (one.name, one.unit, None, one.has_range)
    for place, line in enumerate(lines):
        # A derived line moves through its assumptions, and by itself only where it has a range.
        if line.line_id in derived and not _is_ranged(line):
            continue
        low = ONE if line.low_share is None else line.low_share
        high = ONE if line.high_share is None else line.high_share
        if lines_are_tried:
            low, high = ONE - standard, ONE + standard
        key = _line_key(place)
        moved.append(engine.Assumption(key, low, ONE, high, ZERO, None))
        names[key] = (line.line_key, "", line, _is_ranged(line))
    return moved, names


def _line_key(place: int) -> str:
    return f"line:{place:03}"


def _derived_line(line: CaseLineFigures, place: int, how: Derived | None) -> engine.DerivedLine:
    own: tuple[engine.Expression, ...] = ()
    if how is None or _is_ranged(line):
        own = (engine.Ref(_line_key(place)),)
    if how is None:
        amounts = {
            year: engine.Product((engine.Known(amount), *own))
            for year, amount in line.amounts.items()
        }
    else:
        amounts = {
            year: engine.Product((_of_factors(how, share), *own))
            for year, share in how.ramp.items()
        }
    return engine.DerivedLine(
        name=f"{place:03} {line.line_key}",
        kind=engine_kind(line.kind),
        recurring=line.is_recurring,
        amounts=amounts,
        price_level=line.price_level,
    )


def _of_factors(how: Derived, share: Decimal) -> engine.Expression:
    above: list[engine.Expression] = [engine.Known(share)]
    above += [engine.Ref(key) for key, divides in how.factors if not divides]
    below = tuple(engine.Ref(key) for key, divides in how.factors if divides)
    product = engine.Product(tuple(above))
    return engine.Quotient(product, engine.Product(below)) if below else product


def _bars(model: engine.Model, names: Mapping[str, Named]) -> tuple[Bar, ...]:
    turns = {one.key: one for one in engine.break_evens(model)}
    bars = []
    for swing in engine.tornado(model).swings:
        name, unit, line, ranged = names[swing.key]
        turn = turns[swing.key]
        bars.append(
            Bar(
                key=swing.key,
                name=name,
                unit=unit,
                line=line,
                low=swing.low,
                probable=model.assumption(swing.key).probable,
                high=swing.high,
                npv_at_low=swing.npv_at_low.quantize(ONE),
                npv_at_high=swing.npv_at_high.quantize(ONE),
                is_tried=not ranged and swing.low != swing.high,
                break_even=turn.value,
                side=str(turn.direction.value) if turn.direction else "",
                reason=str(turn.reason.value) if turn.reason else "",
            )
        )
    return tuple(bars)


def break_even_amount(bar: Bar) -> Decimal | None:
    """Return the break-even value of a line in kroner: of a full year, or of a one-off in all."""
    if bar.break_even is None or bar.line is None:
        return None
    size = bar.line.full_year_effect
    if size is None:
        size = bar.line.one_off_total
    return (size * bar.break_even).quantize(ONE)
