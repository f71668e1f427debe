"""What may be done with business cases."""

from __future__ import annotations

from hoest.foundation.access.permissions import permission
from hoest.foundation.access.roles import INSIDE

VIEW_CASES = permission("business_cases.view", "Se business cases", roles=INSIDE)
CHANGE_CASES = permission(
    "business_cases.change",
    "Skrive udkast til business cases",
    roles={"portfolio_manager", "controller", "initiative_lead", "unit_leader"},
)
APPROVE_CASES = permission(
    "business_cases.approve",
    "Godkende business cases",
    roles={"executive", "controller"},
)
# The same roles as may import a workbook; what a public source approved is approved by it.
ADOPT_CASES = permission(
    "business_cases.adopt",
    "Overtage godkendte business cases fra et regneark",
    roles={"portfolio_manager", "controller", "administrator"},
)
# Whoever sees business cases sees the index: a figure that was converted can be checked.
KEEP_INDEX = permission(
    "business_cases.keep_index",
    "Føre kommunens prisindeks",
    roles={"controller"},
)
