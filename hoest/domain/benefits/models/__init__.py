"""Tables of benefits."""

from hoest.domain.benefits.models.benefit_map import BenefitMap, MapArrow, MapNode, MapStep
from hoest.domain.benefits.models.facts import (
    HarvestDecision,
    LevelConfirmation,
    Measurement,
    StandingRecord,
)
from hoest.domain.benefits.models.indicators import Indicator, IndicatorValue
from hoest.domain.benefits.models.ownership import OwnershipAnswer
from hoest.domain.benefits.models.pools import OutcomePool, PoolClaim
from hoest.domain.benefits.models.portions import Profile, ProfilePortion
from hoest.domain.benefits.models.profile import Benefit
from hoest.domain.benefits.models.sources import MeasurementSource, SourceRun
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
    "Indicator",
    "IndicatorValue",
    "LevelConfirmation",
    "MapArrow",
    "MapNode",
    "MapStep",
    "Measurement",
    "MeasurementSource",
    "OutcomePool",
    "OwnershipAnswer",
    "PoolClaim",
    "Profile",
    "ProfilePortion",
    "SourceRun",
    "StaffInvolvement",
    "StandingRecord",
    "TakeoutAgreement",
    "TakeoutAmount",
    "TakeoutExperience",
    "TakeoutStep",
]
