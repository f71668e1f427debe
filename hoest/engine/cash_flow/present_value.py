"""Net present value: yearly net amounts counted in the value of the base year.

Source: Finansministeriet, vejledning i samfundsøkonomiske konsekvensvurderinger; numpy-financial
`npv` (t = 0 undiscounted, unlike the spreadsheet function of the same name).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .rates import RateSchedule, discount_factors

Flow = Sequence[float] | NDArray[np.float64]


def present_values(net: Flow, rate: RateSchedule) -> NDArray[np.float64]:
    """Return each year's net amount in base-year value.

    Formula: PV_t = N_t · DF(t). Shape: (n_years,), unit as `net`.
    Source: ft.dk FIU 2017-18 answer 418 (step schedule); t = 0 undiscounted.
    """
    flow = np.asarray(net, dtype=np.float64)
    return flow * discount_factors(rate, flow.size)


def npv(net: Flow, rate: RateSchedule) -> float:
    """Return the net present value (nettonutidsværdi) at the base year.

    Formula: NPV = Σ_{t=0..T} N_t · DF(t), summed without accumulated rounding.
    `net` has shape (n_years,), any unit; the answer has the same unit.
    Source: Statens business case-model; numpy-financial npv.
    """
    return math.fsum(present_values(net, rate).tolist()) + 0.0
