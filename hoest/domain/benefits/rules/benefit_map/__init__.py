"""The benefit map (gevinstdiagram): its kinds of nodes, the flow from left to right, its rules.

A deliverable gives a capability, which gives a changed behaviour, which gives an effect, which
gives a benefit, which serves a purpose. No Django. Source: the State's Drejebog til
gevinstrealisering (2018), workshops 1-4; Ward, Peppard and Daniel, MISQE 6(1) 2007.
"""

from hoest.domain.benefits.rules.benefit_map.columns import columns_of
from hoest.domain.benefits.rules.benefit_map.findings import Finding, findings_of
from hoest.domain.benefits.rules.benefit_map.flow import Refusal, circle_through, refusal_of
from hoest.domain.benefits.rules.benefit_map.kinds import (
    FLOW,
    OWNED_KINDS,
    MapFacts,
    NodeFacts,
    NodeKind,
)

__all__ = [
    "FLOW",
    "OWNED_KINDS",
    "Finding",
    "MapFacts",
    "NodeFacts",
    "NodeKind",
    "Refusal",
    "circle_through",
    "columns_of",
    "findings_of",
    "refusal_of",
]
