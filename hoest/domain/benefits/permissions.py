"""What may be done with benefits."""

from __future__ import annotations

from hoest.foundation.access.permissions import permission
from hoest.foundation.access.roles import INSIDE

VIEW_BENEFITS = permission("benefits.view", "Se gevinster", roles=INSIDE)
CHANGE_BENEFITS = permission(
    "benefits.change",
    "Oprette og rette gevinster",
    roles={"portfolio_manager", "controller", "unit_leader", "initiative_lead"},
)
NAME_OWNER = permission(
    "benefits.name_owner",
    "Spørge en leder, om hun vil eje en gevinst",
    roles={"executive", "portfolio_manager", "controller", "unit_leader", "initiative_lead"},
)
ACCEPT_OWNERSHIP = permission(
    "benefits.accept",
    "Sige ja til at eje en gevinst",
    roles={"benefit_owner", "unit_leader", "executive"},
)
MEASURE = permission(
    "benefits.measure",
    "Registrere målinger",
    roles={
        "benefit_owner",
        "executive",
        "unit_leader",
        "portfolio_manager",
        "controller",
        "initiative_lead",
    },
)
KEEP_SOURCES = permission(
    "benefits.sources",
    "Bestemme, hvor målinger hentes fra",
    roles={"portfolio_manager", "controller"},
)
ESTIMATE_EFFECT = permission(
    "benefits.estimate_effect",
    "Vurdere, om gevinsten skyldes det, I har gjort",
    roles={"portfolio_manager", "controller"},
)
HARVEST = permission(
    "benefits.harvest",
    "Tage en gevinst hjem ved beslutning",
    roles={"controller", "executive"},
)
CONFIRM_LEVEL = permission(
    "benefits.confirm",
    "Bekræfte et opnået niveau",
    roles={"benefit_owner", "executive", "unit_leader", "controller"},
)
LAPSE = permission(
    "benefits.lapse",
    "Lade en gevinst bortfalde med begrundelse",
    roles={"portfolio_manager", "controller", "executive"},
)
PREPARE_TAKEOUT = permission(
    "benefits.prepare_takeout",
    "Forberede en aftale om at tage en gevinst hjem",
    roles={"controller", "executive", "portfolio_manager", "unit_leader"},
)
INVOLVE_STAFF = permission(
    "benefits.involve_staff",
    "Skrive ned, hvordan medarbejderne er inddraget",
    roles={
        "controller",
        "executive",
        "portfolio_manager",
        "unit_leader",
        "benefit_owner",
        "initiative_lead",
        "people_partner",
    },
)
PUBLISH_FOLLOW_UP = permission(
    "benefits.publish_follow_up",
    "Offentliggøre kvartalets opfølgning",
    roles={"controller", "portfolio_manager"},
)
KEEP_POOLS = permission(
    "benefits.keep_pools",
    "Skrive puljer af timer og kroner ned",
    roles={"controller", "portfolio_manager"},
)
VIEW_FOLLOW_UP = permission(
    "benefits.view_follow_up",
    "Se kvartalets opfølgning for hele kommunen",
    roles={
        "administrator",
        "controller",
        "executive",
        "people_partner",
        "politician",
        "portfolio_manager",
        "security_officer",
    },
)
