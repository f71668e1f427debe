"""Tables of benefits."""

from hoest.domain.benefits.models.benefit_map import BenefitMap, MapArrow, MapNode, MapStep
from hoest.domain.benefits.models.facts import (
    HarvestDecision,
    LevelConfirmation,
    Measurement,
    StandingRecord,
)
from hoest.domain.benefits.models.ownership import OwnershipEvent
from hoest.domain.benefits.models.pools import OutcomePool, PoolClaim
from hoest.domain.benefits.models.portions import Profile, ProfilePortion
from hoest.domain.benefits.models.profile import Benefit
from hoest.domain.benefits.models.takeout import TakeoutAgreement, TakeoutAmount, TakeoutStep
from hoest.domain.benefits.models.takeout_facts import (
    FollowUpReport,
    StaffInvolvement,
    TakeoutExperience,
)

__all__ = [
    "Benefit",
    "BenefitMap",
    "FollowUpReport",
    "HarvestDecision",
    "LevelConfirmation",
    "MapArrow",
    "MapNode",
    "MapStep",
    "Measurement",
    "OutcomePool",
    "OwnershipEvent",
    "PoolClaim",
    "Profile",
    "ProfilePortion",
    "StaffInvolvement",
    "StandingRecord",
    "TakeoutAgreement",
    "TakeoutAmount",
    "TakeoutExperience",
    "TakeoutStep",
]
