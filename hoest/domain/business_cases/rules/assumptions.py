"""Assumptions: numbers with unit, source and date, and the products made of them. No Django.

A line that derives from assumptions has the amount a year `full × ramp share`, where `full` is the
product of its leaves. A product may be made of products; every product is spelled out to its leaves
before anything is multiplied, so neither order nor nesting changes an øre.
Source: the assumption diagram (forudsætningsdiagram) of the State's business case model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from hoest.domain.business_cases.rules.versions import FIRST_YEAR, LAST_YEAR
from hoest.foundation.faults import Fault

MOST_FACTORS = 12
MOST_LEAVES = 40
LARGEST_VALUE = Decimal(10) ** 13
LARGEST_SHARE = Decimal(10)
VALUE_PLACES = 6


class AssumptionNotWhole(Fault):
    """An assumption lacks its name or value, or a product has nothing to multiply."""


class AssumptionExists(Fault):
    """The version has an assumption of that name already."""


class AssumptionInUse(Fault):
    """A line or a product is made of the assumption, so it cannot be taken out."""


class AssumptionsGoInCircle(Fault):
    """A product would be made of itself."""


class NothingToDivideBy(Fault):
    """A factor that something is divided by is zero."""


class RampNotWhole(Fault):
    """A derived line lacks a year, or a share of it cannot be."""


@dataclass(frozen=True)
class Used:
    """An assumption as a factor: multiplied by, or divided by."""

    assumption_id: int
    divides: bool = False


@dataclass(frozen=True)
class Node:
    """An assumption in the tree: a leaf with a value, or a product without one."""

    pk: int
    name: str
    unit: str
    value: Decimal | None

    @property
    def is_leaf(self) -> bool:
        """Tell whether it has a value of its own."""
        return self.value is not None


@dataclass(frozen=True)
class Leaves:
    """What a product comes down to: the values multiplied, and those divided by."""

    over: tuple[Node, ...]
    under: tuple[Node, ...]


@dataclass(frozen=True)
class Tree:
    """The assumptions of a version, what its products and its lines are made of."""

    nodes: Mapping[int, Node] = field(default_factory=dict)
    products: Mapping[int, tuple[Used, ...]] = field(default_factory=dict)
    lines: Mapping[int, tuple[Used, ...]] = field(default_factory=dict)

    def used_by_lines(self, assumption_id: int) -> tuple[int, ...]:
        """Return the lines that rest on an assumption, directly or through products."""
        return tuple(
            line for line, used in self.lines.items() if self.rests_on(used, assumption_id)
        )

    def rests_on(self, used: Sequence[Used], assumption_id: int) -> bool:
        """Tell whether some factors rest on an assumption, however deep."""
        return any(
            one.assumption_id == assumption_id
            or self.rests_on(self.products.get(one.assumption_id, ()), assumption_id)
            for one in used
        )

    def leaves(self, used: Sequence[Used]) -> Leaves:
        """Return the leaves some factors come down to. Raises AssumptionNotWhole.

        What a divisor is divided by is multiplied again.
        """
        over: list[Node] = []
        under: list[Node] = []
        for one in used:
            node = self.nodes[one.assumption_id]
            if node.is_leaf:
                (under if one.divides else over).append(node)
                continue
            inner = self.leaves(self.products.get(node.pk, ()))
            over.extend(inner.under if one.divides else inner.over)
            under.extend(inner.over if one.divides else inner.under)
        if not over and not under:
            raise AssumptionNotWhole("En udregning skal bygge på mindst ét tal.")
        if len(over) + len(under) > MOST_LEAVES:
            raise AssumptionNotWhole("Udregningen er for stor. Del den i flere poster.")
        if any(node.value == 0 for node in under):
            raise NothingToDivideBy("Der kan ikke divideres med nul. Ret forudsætningen først.")
        return Leaves(tuple(over), tuple(under))


def check_circle(tree: Tree, product_id: int, used: Sequence[Used]) -> None:
    """Raise AssumptionsGoInCircle when a product would rest on itself."""
    if tree.rests_on(used, product_id):
        raise AssumptionsGoInCircle(
            "En udregning kan ikke bygge på sig selv. Vælg en anden forudsætning."
        )


def check_factors(tree: Tree, used: Sequence[Used]) -> None:
    """Raise AssumptionNotWhole unless the factors are there, known and few enough to read."""
    if not used or all(one.divides for one in used):
        raise AssumptionNotWhole("Vælg mindst én forudsætning at gange med.")
    if len(used) > MOST_FACTORS:
        raise AssumptionNotWhole(f"Højst {MOST_FACTORS} forudsætninger kan ganges sammen her.")
    if any(one.assumption_id not in tree.nodes for one in used):
        raise AssumptionNotWhole("Forudsætningen findes ikke længere. Vælg en anden.")


def check_value(value: Decimal) -> None:
    """Raise AssumptionNotWhole unless the value is a number that can be reckoned with."""
    if not value.is_finite() or not 0 <= value < LARGEST_VALUE:
        raise AssumptionNotWhole("Skriv et positivt tal. Arten af posten giver retningen.")


def check_ramp(ramp: Mapping[int, Decimal]) -> None:
    """Raise RampNotWhole unless there is a year and every share can be."""
    if not ramp:
        raise RampNotWhole("Skriv for mindst ét år, hvor stor en del der er indfaset.")
    for year, share in ramp.items():
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise RampNotWhole(f"{year} er ikke et år, en business case kan regne med.")
        if not share.is_finite() or not 0 <= share <= LARGEST_SHARE:
            raise RampNotWhole(f"Andelen for {year} skal ligge mellem 0 og 1.000 procent.")
