"""What may be done with series, studies and estimates."""

from __future__ import annotations

from hoest.foundation.access.permissions import permission
from hoest.foundation.access.roles import INSIDE

VIEW_EVIDENCE = permission("evidence.view", "Se serier og effektmålinger", roles=INSIDE)
KEEP_SERIES = permission(
    "evidence.keep_series",
    "Hente og rette serier",
    roles={"portfolio_manager", "controller", "unit_leader", "initiative_lead", "benefit_owner"},
)
PLAN_STUDY = permission(
    "evidence.plan_study",
    "Planlægge effektmålinger",
    roles={"portfolio_manager", "controller", "unit_leader", "initiative_lead"},
)
ESTIMATE = permission(
    "evidence.estimate",
    "Regne effekter",
    roles={
        "portfolio_manager",
        "controller",
        "unit_leader",
        "initiative_lead",
        "benefit_owner",
    },
)
SHARE_SERIES = permission(
    "evidence.share",
    "Dele serier og resultater med andre kommuner",
    roles={"portfolio_manager", "executive"},
)
GIVE_PULSE = permission(
    "evidence.give_pulse",
    "Svare på, hvor svært det er at høste",
    roles={"executive", "unit_leader", "benefit_owner"},
)
