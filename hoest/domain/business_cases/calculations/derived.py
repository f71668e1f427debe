"""Amounts that derive from assumptions: a product of leaves, phased in year by year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from hoest.domain.business_cases.rules.assumptions import (
    AssumptionNotWhole,
    Tree,
    Used,
    check_factors,
    check_ramp,
)
from hoest.engine import cash_flow as engine


def full_amount(tree: Tree, used: Sequence[Used]) -> Decimal:
    """Return what some factors make at full effect, in the unit their units make.

    Formula: the product of all leaves, divided by those divided by; rounded once, to twelve
    decimals. Raises AssumptionNotWhole, NothingToDivideBy.
    """
    leaves = tree.leaves(used)
    try:
        return engine.product_of(
            (node.value or Decimal(0) for node in leaves.over),
            (node.value or Decimal(0) for node in leaves.under),
        )
    except engine.AmountOutOfRange as fault:
        raise AssumptionNotWhole(
            "Udregningen giver et tal, der er for stort at regne med. Se forudsætningerne efter."
        ) from fault


def derived_amounts(
    tree: Tree, used: Sequence[Used], ramp: Mapping[int, Decimal]
) -> dict[int, Decimal]:
    """Return the amount of each year of a derived line, in whole øre or hundredths of an hour.

    Formula: a_t = full · share_t, rounded as the engine rounds to øre: once, half to even.
    Raises AssumptionNotWhole, RampNotWhole, NothingToDivideBy.
    """
    check_factors(tree, used)
    check_ramp(ramp)
    phased = engine.ramped_amounts(full_amount(tree, used), ramp)
    return {year: engine.in_oere(amount) for year, amount in phased.items()}
