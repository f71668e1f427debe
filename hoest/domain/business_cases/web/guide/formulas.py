"""A derived line said as a formula: 10.000 breve × 60 kr. = 600.000 kr. om året."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hoest.domain.business_cases.calculations import full_amount
from hoest.domain.business_cases.queries import Parts
from hoest.domain.business_cases.rules.assumptions import Tree, Used
from hoest.domain.business_cases.web import words
from hoest.foundation.faults import Fault
from hoest.ui import formats


@dataclass(frozen=True)
class Formula:
    """What a line or a product is made of, as it is read."""

    text: str
    names: str
    result: str


def plain(number: Decimal) -> str:
    """Write a number with the decimals it has: 12,5 and 10.000."""
    kept = number.normalize()
    exponent = kept.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return formats.number(kept, min(decimals, 6), words.language())


def formula(tree: Tree, used: Sequence[Used], unit: str = "") -> Formula:
    """Say some factors as a formula of their values, of their names, and what they make."""
    values, names = [], []
    for place, one in enumerate(used):
        node = tree.nodes[one.assumption_id]
        sign = "÷ " if one.divides else "× " if place else ""
        value = node.value if node.value is not None else _full(tree, tree.products.get(node.pk))
        shown = plain(value) if value is not None else node.name
        values.append(f"{sign}{shown}{f' {node.unit}' if node.unit else ''}")
        names.append(f"{sign}{node.name}")
    full = _full(tree, used)
    result = "" if full is None else f"{plain(full.quantize(Decimal('0.01')))} {unit}".strip()
    return Formula(" ".join(values), " ".join(names), result)


def _full(tree: Tree, used: Sequence[Used] | None) -> Decimal | None:
    try:
        return full_amount(tree, used or ())
    except Fault:
        return None


def of_line(parts: Parts, line_id: int, measure: str) -> Formula | None:
    """Return the formula of a line; None for a typed one."""
    used = parts.tree.lines.get(line_id)
    if not used:
        return None
    return formula(parts.tree, used, "timer" if measure == "hours" else "kr.")


def rows(parts: Parts) -> list[dict[str, Any]]:
    """Return the assumptions as a list reads them: value or formula, source, what rests on them."""
    keys = {line.line_id: line.line_key for line in parts.lines}
    found = []
    for one in parts.assumptions:
        is_leaf = one.value is not None
        made = (
            None if is_leaf else formula(parts.tree, parts.tree.products.get(one.pk, ()), one.unit)
        )
        found.append(
            {
                "row": one,
                "is_leaf": is_leaf,
                "value": plain(one.value) if one.value is not None else "",
                "formula": made,
                "used_by": [keys[pk] for pk in parts.tree.used_by_lines(one.pk) if pk in keys],
            }
        )
    return found
