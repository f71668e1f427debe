"""OS2autoproces' two formulas, for reading a municipality's register of automations.

The register asks how many times a year, how long each time, and how large a part a robot takes
(in per cent). Its screen shows two decimals, its server keeps whole hours: the same process may be
stated with either figure, so the rounding is named. How its screen rounds a tie is not written
in what was read; half up is used.

Source: OS2autoproces, frontend TimeAndProcessForm and backend (antal · minutter / 60, times degree
/ 100; two decimals against whole hours), benefits method note 3.5.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum

from hoest.engine.cash_flow import freed_hours
from hoest.engine.cash_flow.errors import ShareOutOfRange
from hoest.engine.cash_flow.freed_time import HOURS

HUNDREDTH = Decimal("0.01")
WHOLE = Decimal(1)


class Rounding(StrEnum):
    """Whose figure: the screen's (two decimals), the server's (whole hours, cut off), or exact."""

    SCREEN = "screen"
    SERVER = "server"
    EXACT = "exact"


def manual_hours(
    times_a_year: Decimal, minutes: Decimal, rounding: Rounding = Rounding.EXACT
) -> Decimal:
    """Return the manual time (h a year) of a process.

    Formula: manuelt tidsforbrug = antal · minutter / 60. Raises AmountOutOfRange.
    Source: OS2autoproces, TimeAndProcessForm.
    """
    return potential_hours(times_a_year, minutes, Decimal(100), rounding)


def potential_hours(
    times_a_year: Decimal,
    minutes: Decimal,
    degree_percent: Decimal,
    rounding: Rounding = Rounding.EXACT,
) -> Decimal:
    """Return the expected yearly saving (h a year) of a process.

    Formula: potentiale = antal · minutter / 60 · grad / 100, grad from 0 to 100: freed hours with
    minutes after = 0 and adoption = the degree. Raises AmountOutOfRange, ShareOutOfRange.
    Source: OS2autoproces, frontend and backend.
    """
    if not degree_percent.is_finite() or not 0 <= degree_percent <= 100:
        raise ShareOutOfRange("degree_percent", degree_percent)
    share = HOURS.divide(degree_percent, Decimal(100))
    hours = freed_hours(times_a_year, minutes, Decimal(0), share)
    if rounding is Rounding.SCREEN:
        return hours.quantize(HUNDREDTH, rounding=ROUND_HALF_UP, context=HOURS)
    if rounding is Rounding.SERVER:
        return hours.quantize(WHOLE, rounding=ROUND_DOWN, context=HOURS)
    return hours
