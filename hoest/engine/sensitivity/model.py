"""A model: assumptions, and the lines of a case derived from them, over years at a rate.

The yearly amounts follow the same rules as typed ones (`cash_flow.yearly_amounts`), but may be
negative: when minutes rise instead of falling, a benefit becomes a loss, and a sensitivity must
show that. `as_lines` gives ordinary lines for `cash_flow.value` and refuses negative amounts.

Source: Statens business case-model: assumption diagram, benefits +, costs -, one price level.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from hoest.engine.cash_flow import Kind, Line, RateSchedule, View, discount_factors
from hoest.engine.cash_flow.errors import (
    AmountOutsideYears,
    PriceLevelsMixed,
    ViewsMixed,
)
from hoest.engine.cash_flow.lines import check_years

from .errors import AssumptionOutOfOrder, AssumptionTwice, AssumptionUnknown, ModelWithoutLines
from .expressions import DIGITS, Expression, Values, evaluated, keys_of


@dataclass(frozen=True, slots=True)
class Assumption:
    """One assumption: a key, its probable value and its low and high value, in its own unit.

    `least` and `most` bound what is possible at all (a share lies within 0-1); None: unbounded.
    least <= low <= probable <= high <= most. Raises AssumptionOutOfOrder.
    """

    key: str
    low: Decimal
    probable: Decimal
    high: Decimal
    least: Decimal | None = Decimal(0)
    most: Decimal | None = None

    def __post_init__(self) -> None:
        """Refuse values that are not finite or not in order."""
        ends = (self.least, self.low, self.probable, self.high, self.most)
        values = tuple(value for value in ends if value is not None)
        finite = all(value.is_finite() for value in values)
        if not finite or list(values) != sorted(values):
            raise AssumptionOutOfOrder(self.key, values)


@dataclass(frozen=True, slots=True)
class DerivedLine:
    """One line whose amounts are expressions: year -> expression; else as `cash_flow.Line`."""

    name: str
    kind: Kind
    recurring: bool
    amounts: Mapping[int, Expression]
    price_level: int
    view: View = View.TREASURY

    def __post_init__(self) -> None:
        """Keep the amounts read-only and by year."""
        object.__setattr__(self, "amounts", MappingProxyType(dict(sorted(self.amounts.items()))))


@dataclass(frozen=True, slots=True)
class Model:
    """A case that rests on assumptions, from base_year to horizon at one rate.

    Raises ModelWithoutLines, AssumptionTwice, AssumptionUnknown, ViewsMixed, PriceLevelsMixed,
    YearsOutOfRange, AmountOutsideYears.
    """

    assumptions: tuple[Assumption, ...]
    lines: tuple[DerivedLine, ...]
    base_year: int
    horizon: int
    rate: RateSchedule
    by_key: Mapping[str, Assumption] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse a model that cannot be added up; keep the assumptions by key."""
        if not self.lines:
            raise ModelWithoutLines("a model needs at least one line")
        by_key: dict[str, Assumption] = {}
        for assumption in self.assumptions:
            if assumption.key in by_key:
                raise AssumptionTwice(assumption.key)
            by_key[assumption.key] = assumption
        object.__setattr__(self, "by_key", MappingProxyType(by_key))
        check_years(self.base_year, self.horizon)
        if len(views := sorted({line.view for line in self.lines})) > 1:
            raise ViewsMixed(tuple(views))
        if len(levels := sorted({line.price_level for line in self.lines})) > 1:
            raise PriceLevelsMixed(tuple(levels))
        for line in self.lines:
            for year, expression in line.amounts.items():
                if not self.base_year <= year <= self.horizon:
                    raise AmountOutsideYears(line.name, year, self.base_year, self.horizon)
                for key in sorted(keys_of(expression) - by_key.keys()):
                    raise AssumptionUnknown(key, tuple(by_key))

    @property
    def probable(self) -> dict[str, Decimal]:
        """The probable value of every assumption."""
        return {assumption.key: assumption.probable for assumption in self.assumptions}

    def at(self, changed: Values) -> dict[str, Decimal]:
        """The probable values with some replaced. Raises AssumptionUnknown."""
        for key in changed:
            self.assumption(key)
        return {**self.probable, **changed}

    def assumption(self, key: str) -> Assumption:
        """The assumption with a key. Raises AssumptionUnknown."""
        if key not in self.by_key:
            raise AssumptionUnknown(key, tuple(self.by_key))
        return self.by_key[key]


def derived_amounts(model: Model, line: DerivedLine, values: Values) -> tuple[Decimal, ...]:
    """Return a line's amounts for the model's years, at given values; may be negative.

    Formula: a_t = expression_t(values); one-off and recurring as `cash_flow.yearly_amounts`.
    Shape (n_years,). Raises DividedByNothing.
    Source: workbook convention `varighed`; forudsætningsdiagram of the State's model.
    """
    amounts: list[Decimal] = []
    latest = Decimal(0)
    for year in range(model.base_year, model.horizon + 1):
        filled = line.amounts.get(year)
        if filled is not None:
            latest = evaluated(filled, values)
        amounts.append(latest if line.recurring or filled is not None else Decimal(0))
    return tuple(amounts)


def derived_net(
    model: Model, values: Values, lines: Sequence[DerivedLine] | None = None
) -> tuple[Decimal, ...]:
    """Return the net benefits of the model's years, at given values.

    Formula: N_t = Σ benefits_t - Σ investments_t - Σ operations_t, of `lines` or of all the
    model's. Shape (n_years,).
    Source: Statens business case-model; sign convention benefits +, costs -.
    """
    net = [Decimal(0)] * (model.horizon - model.base_year + 1)
    for line in model.lines if lines is None else lines:
        join = DIGITS.add if line.kind is Kind.BENEFIT else DIGITS.subtract
        net = list(map(join, net, derived_amounts(model, line, values)))
    return tuple(net)


def derived_npv(
    model: Model, values: Values, lines: Sequence[DerivedLine] | None = None
) -> Decimal:
    """Return the net present value at given values, to 60 digits; of all lines or of some.

    Formula: NPV = Σ N_t · DF(t), each DF(t) taken as the exact value of its binary number, so that
    a straight line stays straight. Unit as the lines.
    Source: Statens business case-model; `cash_flow.npv` gives the same as a float.
    """
    net = derived_net(model, values, lines)
    total = Decimal(0)
    for amount, factor in zip(net, discount_factors(model.rate, len(net)).tolist(), strict=True):
        total = DIGITS.add(total, DIGITS.multiply(amount, Decimal(factor)))
    return total


def full_effect_year(model: Model) -> int | None:
    """Return the year in which everything is phased in, at the probable values.

    Formula: the last year whose benefits are not zero; recurring benefits only, when there are
    any. None without benefits. Held fixed when assumptions vary.
    Source: engine convention 3, as `cash_flow.annual_full_effect`.
    """
    chosen = _effect_lines(model)
    for t in range(model.horizon - model.base_year, -1, -1):
        if sum(derived_amounts(model, line, model.probable)[t] for line in chosen):
            return model.base_year + t
    return None


def full_effect(model: Model, values: Values) -> Decimal:
    """Return the net effect of a year when everything is phased in, at given values.

    Formula: E = B_y - D_y in the full-effect year y (benefits as there, all operations,
    investments left out); 0 without benefits. Unit as the lines, a year.
    Source: engine convention 3, "annual full effect".
    """
    year = full_effect_year(model)
    effect = Decimal(0)
    if year is None:
        return effect
    t = year - model.base_year
    for line in _effect_lines(model):
        effect = DIGITS.add(effect, derived_amounts(model, line, values)[t])
    for line in model.lines:
        if line.kind is Kind.OPERATION:
            effect = DIGITS.subtract(effect, derived_amounts(model, line, values)[t])
    return effect


def _effect_lines(model: Model) -> tuple[DerivedLine, ...]:
    benefits = tuple(line for line in model.lines if line.kind is Kind.BENEFIT)
    lasting = tuple(line for line in benefits if line.recurring)
    moves = any(any(derived_amounts(model, line, model.probable)) for line in lasting)
    return lasting if moves else benefits


def as_lines(model: Model, values: Values) -> tuple[Line, ...]:
    """Return ordinary lines with the derived amounts, for `cash_flow.value`.

    Formula: amount_t = expression_t(values) in every filled year.
    Raises AmountOutOfRange when an amount is negative, or has more than 60 decimals.
    Source: Statens business case-model: amounts are derived from the assumptions.
    """
    return tuple(
        Line(
            name=line.name,
            kind=line.kind,
            recurring=line.recurring,
            amounts={year: evaluated(each, values) for year, each in line.amounts.items()},
            price_level=line.price_level,
            view=line.view,
        )
        for line in model.lines
    )


def unused_assumptions(model: Model) -> tuple[str, ...]:
    """Return the keys of the assumptions that no line rests on, in the model's order.

    Formula: keys of the model minus the keys of its expressions.
    Source: the State's quality check for a business case (2014), point 7: the assumption diagram
    is found again in the calculation.
    """
    used = frozenset[str]().union(
        *(keys_of(each) for line in model.lines for each in line.amounts.values())
    )
    return tuple(each.key for each in model.assumptions if each.key not in used)
