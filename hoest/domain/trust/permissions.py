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

# --- Reassurance sheets and the open page
VIEW_SHEETS = permission("trust.view_sheets", "Se tryghedsblade", roles=INSIDE)
WRITE_SHEETS = permission(
    "trust.write_sheets",
    "Skrive tryghedsblade",
    roles={"portfolio_manager", "unit_leader", "initiative_lead", "security_officer"},
)
APPROVE_SHEETS = permission(
    "trust.approve_sheets", "Godkende tryghedsblade", roles={"security_officer"}
)
OPEN_PAGE = permission(
    "trust.open_page", "Åbne og lukke den åbne side", roles={"executive", "portfolio_manager"}
)

# --- Ethics
VIEW_ETHICS = permission("trust.view_ethics", "Se dataetiske vurderinger", roles=INSIDE)
SCREEN_ETHICS = permission(
    "trust.screen_ethics",
    "Lave dataetiske vurderinger",
    roles={"portfolio_manager", "unit_leader", "initiative_lead", "security_officer"},
)
DECIDE_ETHICS = permission(
    "trust.decide_ethics",
    "Afgøre dataetiske vurderinger",
    roles={"executive", "portfolio_manager", "security_officer"},
)
KEEP_STANCES = permission(
    "trust.keep_stances",
    "Skrive udvalgenes holdninger ned",
    roles={"executive", "portfolio_manager", "security_officer"},
)

# --- The security report
KEEP_SECURITY = permission(
    "trust.keep_security", "Føre sikkerhedsrapporten", roles={"security_officer"}
)
VIEW_SECURITY = permission(
    "trust.view_security",
    "Se sikkerhedsrapportens grundlag",
    roles={"security_officer", "executive"},
)
APPROVE_REPORTS = permission(
    "trust.approve_reports", "Godkende sikkerhedsrapporten", roles={"executive"}
)
READ_REPORTS = permission(
    "trust.read_reports",
    "Læse godkendte sikkerhedsrapporter",
    roles={"security_officer", "executive", "politician"},
)
