"""Tables of trust."""

from hoest.domain.trust.models.data_sets import DataSet, DataSetSource, DataSetUse
from hoest.domain.trust.models.ethics import CommitteeStance, EthicsScreening
from hoest.domain.trust.models.public import PublicPage, PublicSheet
from hoest.domain.trust.models.reading import RegisterConnection, SyncChange, SyncCursor, SyncRun
from hoest.domain.trust.models.register import (
    Contract,
    ContractSystem,
    Processing,
    ProcessingSystem,
    Supplier,
    System,
)
from hoest.domain.trust.models.reuse import ReuseCheck, ScalingStep
from hoest.domain.trust.models.security import (
    IncidentCount,
    ManagementStep,
    SecurityReport,
    SecurityRisk,
)
from hoest.domain.trust.models.sheet import Sheet, SheetFact, SheetVersion
from hoest.domain.trust.models.ties import ContractDecision, ExitPlan, SystemTie

__all__ = [
    "CommitteeStance",
    "Contract",
    "ContractDecision",
    "ContractSystem",
    "DataSet",
    "DataSetSource",
    "DataSetUse",
    "EthicsScreening",
    "ExitPlan",
    "IncidentCount",
    "ManagementStep",
    "Processing",
    "ProcessingSystem",
    "PublicPage",
    "PublicSheet",
    "RegisterConnection",
    "ReuseCheck",
    "ScalingStep",
    "SecurityReport",
    "SecurityRisk",
    "Sheet",
    "SheetFact",
    "SheetVersion",
    "Supplier",
    "SyncChange",
    "SyncCursor",
    "SyncRun",
    "System",
    "SystemTie",
]
