"""Tables of trust."""

from hoest.domain.trust.models.data_sets import DataSet, DataSetSource, DataSetUse
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
from hoest.domain.trust.models.ties import ContractDecision, ExitPlan, SystemTie

__all__ = [
    "Contract",
    "ContractDecision",
    "ContractSystem",
    "DataSet",
    "DataSetSource",
    "DataSetUse",
    "ExitPlan",
    "Processing",
    "ProcessingSystem",
    "RegisterConnection",
    "ReuseCheck",
    "ScalingStep",
    "Supplier",
    "SyncChange",
    "SyncCursor",
    "SyncRun",
    "System",
    "SystemTie",
]
