"""Two-way table: what the case is worth when two assumptions move at once.

Source: two-way data table, as in the annexes of Danish efficiency cases; the companion of a
one-at-a-time tornado.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .errors import AssumptionTwice
from .model import Model, derived_npv, full_effect

Row = tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class TwoWayTable:
    """Values of two assumptions and the case at each pair.

    `rows` and `columns` are in the assumptions' units; `npv` and `effect` have shape
    (n_rows, n_columns), in the unit of the lines.
    """

    row_key: str
    column_key: str
    rows: Row
    columns: Row
    npv: tuple[Row, ...]
    effect: tuple[Row, ...]


def two_way_table(
    model: Model,
    row_key: str,
    column_key: str,
    *,
    rows: Sequence[Decimal] = (),
    columns: Sequence[Decimal] = (),
) -> TwoWayTable:
    """Return net present value and full effect at every pair of values of two assumptions.

    Formula: NPV(x_r = rows[i], x_c = columns[j], others probable). Without values given a side
    shows low, probable and high (equal ones once).
    Raises AssumptionUnknown, AssumptionTwice, DividedByNothing.
    Source: two-way sensitivity table.
    """
    if row_key == column_key:
        raise AssumptionTwice(row_key)
    down, across = _values(model, row_key, rows), _values(model, column_key, columns)
    cases = [[model.at({row_key: r, column_key: c}) for c in across] for r in down]
    return TwoWayTable(
        row_key=row_key,
        column_key=column_key,
        rows=down,
        columns=across,
        npv=tuple(tuple(derived_npv(model, case) for case in row) for row in cases),
        effect=tuple(tuple(full_effect(model, case) for case in row) for row in cases),
    )


def _values(model: Model, key: str, given: Sequence[Decimal]) -> Row:
    each = model.assumption(key)
    if given:
        return tuple(given)
    return tuple(dict.fromkeys((each.low, each.probable, each.high)))
