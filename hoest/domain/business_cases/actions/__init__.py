"""Writes of business cases: draft, lines, guide, approval, versions from a file, price index.

Every action on a case locks it, so two people cannot make the same version number or approve at
once.
"""

from hoest.domain.business_cases.actions.adopting import adopt_version
from hoest.domain.business_cases.actions.approval import approve, send_back, submit, take_back
from hoest.domain.business_cases.actions.drafts import (
    discard_draft,
    remove_line,
    set_line,
    set_price_level,
    start_draft,
)
from hoest.domain.business_cases.actions.guide import (
    AlternativeInput,
    put_off_step,
    remove_alternative,
    set_alternative,
    set_horizon,
    write_answers,
)
from hoest.domain.business_cases.actions.guide_assumptions import (
    AssumptionInput,
    remove_assumption,
    set_assumption,
    set_derived_line,
)
from hoest.domain.business_cases.actions.indexing import remove_index_year, set_index_year
from hoest.domain.business_cases.actions.uncertainty import (
    remove_risk,
    set_ground,
    set_ranges,
    set_risk,
)
from hoest.domain.business_cases.rules import Ground, LineInput, RangeInput, RiskInput

__all__ = [
    "AlternativeInput",
    "AssumptionInput",
    "Ground",
    "LineInput",
    "RangeInput",
    "RiskInput",
    "adopt_version",
    "approve",
    "discard_draft",
    "put_off_step",
    "remove_alternative",
    "remove_assumption",
    "remove_index_year",
    "remove_line",
    "remove_risk",
    "send_back",
    "set_alternative",
    "set_assumption",
    "set_derived_line",
    "set_ground",
    "set_horizon",
    "set_index_year",
    "set_line",
    "set_price_level",
    "set_ranges",
    "set_risk",
    "start_draft",
    "submit",
    "take_back",
    "write_answers",
]
