"""Expressions: how an amount follows from assumptions (price · quantity, sums, differences).

An amount of a business case is derived, never typed twice: the assumption diagram breaks it into
prices and quantities. An expression is a tree of known numbers, assumptions by key, sums, products,
differences and quotients. Arithmetic is decimal with 60 digits; only a quotient can round.

Source: Statens business case-model v1.2 (2012), forudsætningsdiagram: every amount breaks down
into price · quantity; amounts are derived.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, DivisionByZero, InvalidOperation

from .errors import AssumptionUnknown, DividedByNothing

DIGITS = Context(prec=60, traps=[InvalidOperation, DivisionByZero])
NOT_LINEAR = 99


@dataclass(frozen=True, slots=True)
class Known:
    """A number that is no assumption, such as 60 minutes an hour."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Ref:
    """The value of the assumption with this key."""

    key: str


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of its terms; without terms 0."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """The product of its factors; without factors 1."""

    factors: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """The first minus the second."""

    minuend: Expression
    subtrahend: Expression


@dataclass(frozen=True, slots=True)
class Quotient:
    """The first divided by the second."""

    dividend: Expression
    divisor: Expression


Expression = Known | Ref | Sum | Product | Difference | Quotient
Values = Mapping[str, Decimal]


def evaluated(expression: Expression, values: Values) -> Decimal:
    """Return the value of an expression at given values of the assumptions.

    Formula: Σ terms, Π factors, a - b, a / b, to 60 digits. The unit follows from the tree.
    Raises AssumptionUnknown, DividedByNothing.
    Source: forudsætningsdiagram of the State's model.
    """
    match expression:
        case Known(value):
            return value
        case Ref(key):
            if key not in values:
                raise AssumptionUnknown(key, tuple(sorted(values)))
            return values[key]
        case Sum(terms):
            total = Decimal(0)
            for term in terms:
                total = DIGITS.add(total, evaluated(term, values))
            return total
        case Product(factors):
            product = Decimal(1)
            for factor in factors:
                product = DIGITS.multiply(product, evaluated(factor, values))
            return product
        case Difference(minuend, subtrahend):
            return DIGITS.subtract(evaluated(minuend, values), evaluated(subtrahend, values))
        case Quotient(dividend, divisor):
            below = evaluated(divisor, values)
            if not below:
                raise DividedByNothing("an expression divides by zero")
            return DIGITS.divide(evaluated(dividend, values), below)


def keys_of(expression: Expression) -> frozenset[str]:
    """Return the keys of the assumptions an expression rests on.

    Formula: the union of the keys of its parts.
    Source: State's quality check, point 7: the assumption diagram is found again in the sums.
    """
    match expression:
        case Known():
            return frozenset()
        case Ref(key):
            return frozenset({key})
        case Sum(parts) | Product(parts):
            return frozenset().union(*(keys_of(part) for part in parts))
        case Difference(one, other) | Quotient(one, other):
            return keys_of(one) | keys_of(other)


def degree(expression: Expression, key: str) -> int:
    """Return the degree of an expression in one assumption; 99 when it stands in a divisor.

    Formula: deg(known) = 0, deg(ref) = 1, deg(Σ) = max, deg(Π) = Σ deg, deg(a / b) = deg(a) when b
    is free of the assumption. Degree 0 or 1 means a straight line.
    Source: degree of a polynomial.
    """
    match expression:
        case Known():
            return 0
        case Ref(named):
            return 1 if named == key else 0
        case Sum(parts):
            return max((degree(part, key) for part in parts), default=0)
        case Product(parts):
            return min(NOT_LINEAR, sum(degree(part, key) for part in parts))
        case Difference(one, other):
            return max(degree(one, key), degree(other, key))
        case Quotient(one, other):
            return NOT_LINEAR if degree(other, key) else degree(one, key)
