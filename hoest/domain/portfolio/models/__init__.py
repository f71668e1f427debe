"""Tables of the portfolio."""

from hoest.domain.portfolio.models.initiative import Initiative, LeadStatus
from hoest.domain.portfolio.models.rollout import ClosingDecision, Rollout

__all__ = ["ClosingDecision", "Initiative", "LeadStatus", "Rollout"]
