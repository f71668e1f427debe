"""Tables of the portfolio."""

from hoest.domain.portfolio.models.core_task import CoreTask
from hoest.domain.portfolio.models.initiative import Initiative, LeadStatus
from hoest.domain.portfolio.models.rollout import ClosingDecision, Rollout

__all__ = ["ClosingDecision", "CoreTask", "Initiative", "LeadStatus", "Rollout"]
