"""What may be done with workbooks."""

from __future__ import annotations

from hoest.foundation.access.permissions import permission

IMPORT_WORKBOOK = permission(
    "exchange.import",
    "Indlæse et regneark og fortryde det",
    roles={"controller", "portfolio_manager", "administrator"},
)
EXPORT_WORKBOOK = permission(
    "exchange.export",
    "Hente kommunens regneark",
    roles={"controller", "portfolio_manager", "administrator", "executive"},
)
