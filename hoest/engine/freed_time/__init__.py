"""Freed time (frigjort tid): hours a year, their range, their worth, and OS2autoproces' formula.

Hours and kroner are two measures and are never added; proceeds need a take-out agreement. Method
page: docs/reference/methods/freed-time.md.

Source: KL, gevinstrealisering & metodevejledning; OS2autoproces; engine convention 4.
"""

from hoest.engine.cash_flow import cash_of_hours, freed_hours

from .errors import AdoptionLacksYear, FreedTimeError, YearsNotPositive
from .hours import (
    HoursRange,
    TimeEstimate,
    hours_a_year,
    hours_range,
    net_per_hour,
    value_of_hours,
    value_range,
    yearly_hours,
)
from .os2autoproces import Rounding, manual_hours, potential_hours

__all__ = [
    "AdoptionLacksYear",
    "FreedTimeError",
    "HoursRange",
    "Rounding",
    "TimeEstimate",
    "YearsNotPositive",
    "cash_of_hours",
    "freed_hours",
    "hours_a_year",
    "hours_range",
    "manual_hours",
    "net_per_hour",
    "potential_hours",
    "value_of_hours",
    "value_range",
    "yearly_hours",
]
