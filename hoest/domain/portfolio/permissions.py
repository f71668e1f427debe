"""What may be done with initiatives."""

from __future__ import annotations

from hoest.foundation.access.permissions import permission
from hoest.foundation.access.roles import INSIDE

VIEW_INITIATIVES = permission("portfolio.view", "Se initiativer", roles=INSIDE)
GIVE_IDEAS = permission("portfolio.give_ideas", "Give idéer og se sine egne", roles=INSIDE)
REVIEW_IDEAS = permission(
    "portfolio.review_ideas",
    "Se alle idéer i sin del af kommunen",
    roles={
        "executive",
        "portfolio_manager",
        "unit_leader",
        "initiative_lead",
        "security_officer",
        "people_partner",
    },
)
ANSWER_IDEAS = permission(
    "portfolio.answer_ideas",
    "Svare på idéer og beslutte om forsøg",
    roles={"executive", "portfolio_manager", "unit_leader"},
)
ASSESS_IDEAS = permission(
    "portfolio.assess_ideas",
    "Vurdere idéer",
    roles={"portfolio_manager", "unit_leader", "initiative_lead"},
)
WRITE_NEEDS = permission(
    "portfolio.write_needs",
    "Skrive behov ned og afprøve antagelser",
    roles={"portfolio_manager", "unit_leader", "initiative_lead", "benefit_owner"},
)
RUN_EXPERIMENTS = permission(
    "portfolio.run_experiments",
    "Begynde forsøg",
    roles={"portfolio_manager", "unit_leader", "initiative_lead", "executive"},
)
KEEP_CORE_TASKS = permission(
    "portfolio.keep_core_tasks",
    "Skrive kerneopgaver ned",
    roles={"portfolio_manager", "executive"},
)
KEEP_CANDIDATES = permission(
    "portfolio.keep_candidates",
    "Skrive kandidater til automatisering ned",
    roles={"portfolio_manager", "executive", "unit_leader", "initiative_lead"},
)
READ_CANDIDATES = permission(
    "portfolio.read_candidates",
    "Hente kandidater fra et regneark fra OS2autoproces",
    roles={"portfolio_manager", "executive"},
)
WRITE_LESSONS = permission(
    "portfolio.write_lessons",
    "Skrive erfaringer ned",
    roles={"portfolio_manager", "executive", "unit_leader", "initiative_lead"},
)
SHARE_LESSONS = permission(
    "portfolio.share_lessons",
    "Dele erfaringer med andre kommuner",
    roles={"portfolio_manager", "executive"},
)
ASK_PURCHASE = permission(
    "portfolio.ask_purchase",
    "Bede om et lille køb",
    roles={
        "portfolio_manager",
        "executive",
        "unit_leader",
        "initiative_lead",
        "benefit_owner",
        "people_partner",
        "security_officer",
        "controller",
        "employee",
    },
)
DECIDE_PURCHASE = permission(
    "portfolio.decide_purchase",
    "Sige ja eller nej til et lille køb",
    roles={"portfolio_manager", "executive", "unit_leader"},
)
KEEP_JOURNEYS = permission(
    "portfolio.keep_journeys",
    "Skrive borgerforløb ned",
    roles={"portfolio_manager", "executive"},
)
NAME_SHARED_OWNERS = permission(
    "portfolio.name_shared_owners",
    "Vælge en fælles ejer på tværs af forvaltninger",
    roles={"portfolio_manager", "executive"},
)
KEEP_SOLUTIONS = permission(
    "portfolio.keep_solutions",
    "Skrive, hvor langt kommunen er med de fælles løsninger",
    roles={"portfolio_manager", "executive"},
)
CREATE_INITIATIVES = permission(
    "portfolio.create",
    "Oprette initiativer",
    roles={"portfolio_manager", "unit_leader", "initiative_lead", "executive"},
)
CHANGE_INITIATIVES = permission(
    "portfolio.change",
    "Rette initiativer",
    roles={"portfolio_manager", "unit_leader", "initiative_lead"},
)
ANSWER_FACTS = permission(
    "portfolio.answer_facts",
    "Svare på forhold ved et initiativ",
    roles={
        "portfolio_manager",
        "executive",
        "unit_leader",
        "initiative_lead",
        "security_officer",
        "controller",
        "people_partner",
    },
)
VIEW_CAPACITY = permission(
    "portfolio.view_capacity",
    "Se kapacitet og forandringer",
    roles={
        "executive",
        "portfolio_manager",
        "unit_leader",
        "initiative_lead",
        "benefit_owner",
        "controller",
        "security_officer",
        "people_partner",
    },
)
KEEP_CAPACITY = permission(
    "portfolio.keep_capacity",
    "Skrive timer, grænser og samarbejder ned",
    roles={"portfolio_manager", "executive", "unit_leader"},
)
KEEP_PROFILES = permission(
    "portfolio.keep_profiles",
    "Rette faggruppernes profiler",
    roles={"portfolio_manager", "unit_leader", "people_partner"},
)
LEAD_FIRST_YEAR = permission(
    "portfolio.lead_first_year",
    "Lægge planen for at komme i gang",
    roles={"portfolio_manager", "executive"},
)
KEEP_REQUIREMENTS = permission(
    "portfolio.keep_requirements",
    "Skrive, hvor langt et krav er",
    roles={
        "portfolio_manager",
        "executive",
        "unit_leader",
        "initiative_lead",
        "security_officer",
        "controller",
        "people_partner",
    },
)
DECIDE_GATES = permission(
    "portfolio.decide_gates",
    "Afgøre, om et initiativ går videre",
    roles={"executive", "portfolio_manager"},
)
ANSWER_DEVIATIONS = permission(
    "portfolio.answer_deviations",
    "Svare på fravigelser",
    roles={"executive", "portfolio_manager"},
)
KEEP_PHASE_MODELS = permission(
    "portfolio.keep_phase_models",
    "Skrive kommunens fasemodeller",
    roles={"portfolio_manager"},
)
