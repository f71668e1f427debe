"""Reads of business cases."""

from hoest.domain.business_cases.queries.guide import (
    Parts,
    Written,
    answers_by_version,
    derived_lines,
    parts_of,
    step_version,
    tree_of,
)
from hoest.domain.business_cases.queries.mandates import (
    mandate_of,
)
from hoest.domain.business_cases.queries.told import (
    benefits_told,
    tell_of_benefits,
)
from hoest.domain.business_cases.queries.uncertainty import (
    cost_keys,
    grounds_of,
    risks_by_version,
    risks_of,
)
from hoest.domain.business_cases.queries.versions import (
    CasePage,
    WaitingCase,
    all_promises,
    approved_lines,
    authors_of,
    case_of,
    case_of_seen,
    figures_by_version,
    figures_of,
    index_years,
    inputs_of,
    is_after_live,
    last_number,
    lines_of_initiatives,
    price_levels,
    promised_lines,
    valued_years,
    version_of,
    visible_to,
    waiting_cases,
)
from hoest.domain.business_cases.queries.yearly import (
    YearlyKroner,
    kroner_a_year,
)

__all__ = [
    "CasePage",
    "Parts",
    "WaitingCase",
    "Written",
    "YearlyKroner",
    "all_promises",
    "answers_by_version",
    "approved_lines",
    "authors_of",
    "benefits_told",
    "case_of",
    "case_of_seen",
    "cost_keys",
    "derived_lines",
    "figures_by_version",
    "figures_of",
    "grounds_of",
    "index_years",
    "inputs_of",
    "is_after_live",
    "kroner_a_year",
    "last_number",
    "lines_of_initiatives",
    "mandate_of",
    "parts_of",
    "price_levels",
    "promised_lines",
    "risks_by_version",
    "risks_of",
    "step_version",
    "tell_of_benefits",
    "tree_of",
    "valued_years",
    "version_of",
    "visible_to",
    "waiting_cases",
]
