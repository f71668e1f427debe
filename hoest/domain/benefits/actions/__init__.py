"""Writes of benefits. Each is one act: permission, change, audit, standing."""

from hoest.domain.benefits.actions.adopt import adopt_benefit, adopt_harvest, adopt_measurement
from hoest.domain.benefits.actions.standing import record_standing

__all__ = [
    "adopt_benefit",
    "adopt_harvest",
    "adopt_measurement",
    "record_standing",
]
