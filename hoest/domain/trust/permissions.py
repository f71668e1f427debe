"""What may be done with systems, suppliers, data sets, ethics and sheets."""

from __future__ import annotations

from hoest.foundation.access.permissions import permission
from hoest.foundation.access.roles import INSIDE

VIEW_SYSTEMS = permission(
    "trust.view_systems",
    "Se systemer, leverandører og datasæt",
    roles=INSIDE - {"politician", "employee"},
)
CONNECT_REGISTER = permission(
    "trust.connect_register",
    "Bestemme, hvor systemer hentes fra",
    roles={"portfolio_manager", "administrator"},
)
READ_REGISTER = permission(
    "trust.read_register",
    "Hente systemer fra KITOS eller en fil",
    roles={"portfolio_manager", "security_officer", "administrator"},
)
PLAN_EXIT = permission(
    "trust.plan_exit",
    "Skrive exitplaner og kontraktbeslutninger ned",
    roles={"portfolio_manager", "security_officer", "controller"},
)
KEEP_DATA_SETS = permission(
    "trust.keep_data_sets",
    "Skrive datasæt ned",
    roles={"portfolio_manager", "security_officer", "unit_leader"},
)
CHECK_REUSE = permission(
    "trust.check_reuse",
    "Afgøre genbrug og planlægge skalering",
    roles={"portfolio_manager", "unit_leader", "initiative_lead"},
)
