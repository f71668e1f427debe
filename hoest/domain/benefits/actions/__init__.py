"""Writes of benefits. Each is one act: permission, change, audit, standing."""

from hoest.domain.benefits.actions.adopt import (
    Taken,
    adopt_benefit,
    adopt_harvest,
    adopt_measurement,
    adopt_measurements,
)
from hoest.domain.benefits.actions.effect import note_effect
from hoest.domain.benefits.actions.follow_up import publish_follow_up
from hoest.domain.benefits.actions.harvest import (
    confirm_level,
    decide_harvest,
    lapse,
    unlapse,
    withdraw_harvest,
)
from hoest.domain.benefits.actions.measuring import measure, withdraw_measurement
from hoest.domain.benefits.actions.ownership import (
    accept_ownership,
    name_owner,
    refuse_ownership,
)
from hoest.domain.benefits.actions.pools import (
    PoolFields,
    change_pool,
    claim_of_pool,
    make_pool,
    release_claim,
)
from hoest.domain.benefits.actions.portions import ask_portion, fill_portion, take_back_portion
from hoest.domain.benefits.actions.profile import BenefitFields, change_benefit, create_benefit
from hoest.domain.benefits.actions.series import Recorded, record_series
from hoest.domain.benefits.actions.standing import note_benefits_of_initiative, record_standing
from hoest.domain.benefits.actions.takeout import (
    add_layer,
    change_takeout,
    withdraw_takeout,
    write_takeout,
)
from hoest.domain.benefits.actions.takeout_fields import TakeoutFields
from hoest.domain.benefits.actions.takeout_steps import (
    involve_staff,
    log_experience,
    move_takeout,
    withdraw_experience,
    withdraw_involvement,
)

__all__ = [
    "BenefitFields",
    "PoolFields",
    "Recorded",
    "Taken",
    "TakeoutFields",
    "accept_ownership",
    "add_layer",
    "adopt_benefit",
    "adopt_harvest",
    "adopt_measurement",
    "adopt_measurements",
    "ask_portion",
    "change_benefit",
    "change_pool",
    "change_takeout",
    "claim_of_pool",
    "confirm_level",
    "create_benefit",
    "decide_harvest",
    "fill_portion",
    "involve_staff",
    "lapse",
    "log_experience",
    "make_pool",
    "measure",
    "move_takeout",
    "name_owner",
    "note_benefits_of_initiative",
    "note_effect",
    "publish_follow_up",
    "record_series",
    "record_standing",
    "refuse_ownership",
    "release_claim",
    "take_back_portion",
    "unlapse",
    "withdraw_experience",
    "withdraw_harvest",
    "withdraw_involvement",
    "withdraw_measurement",
    "withdraw_takeout",
    "write_takeout",
]
