"""Sensitivity: a case as a tree of assumptions, and which of them carry the result.

Amounts are derived from prices and quantities; each assumption is moved alone (tornado), solved
for (break-even) or moved with another (two-way table). Method page:
docs/reference/methods/sensitivity.md.

Source: Statens business case-model (forudsætningsdiagram); Eschenbach (1992); break-even analysis.
"""

from .break_even import BreakEven, Direction, Reason, break_even, break_evens
from .errors import (
    AssumptionOutOfOrder,
    AssumptionTwice,
    AssumptionUnknown,
    DividedByNothing,
    ModelWithoutLines,
    SensitivityError,
)
from .expressions import (
    Difference,
    Expression,
    Known,
    Product,
    Quotient,
    Ref,
    Sum,
    degree,
    evaluated,
    keys_of,
)
from .model import (
    Assumption,
    DerivedLine,
    Model,
    as_lines,
    derived_amounts,
    derived_net,
    derived_npv,
    full_effect,
    full_effect_year,
    unused_assumptions,
)
from .tornado import Outcome, Swing, Tornado, tornado
from .two_way import TwoWayTable, two_way_table

__all__ = [
    "Assumption",
    "AssumptionOutOfOrder",
    "AssumptionTwice",
    "AssumptionUnknown",
    "BreakEven",
    "DerivedLine",
    "Difference",
    "Direction",
    "DividedByNothing",
    "Expression",
    "Known",
    "Model",
    "ModelWithoutLines",
    "Outcome",
    "Product",
    "Quotient",
    "Reason",
    "Ref",
    "SensitivityError",
    "Sum",
    "Swing",
    "Tornado",
    "TwoWayTable",
    "as_lines",
    "break_even",
    "break_evens",
    "degree",
    "derived_amounts",
    "derived_net",
    "derived_npv",
    "evaluated",
    "full_effect",
    "full_effect_year",
    "keys_of",
    "tornado",
    "two_way_table",
    "unused_assumptions",
]
