"""Internal rate of return: the rate at which a cash flow is worth nothing.

The bracket for 1 + r is 1e-10 to 1e4 (from -99.99999999 % to 999,900 % a year). With one change
of sign there is exactly one rate (Descartes), found by Brent's method. With several changes the
bracket is scanned in 8,192 equal steps of ln(1 + r) and every crossing is refined; the rate
nearest to zero is reported and all are told. Two rates closer than one step (0.4 % of 1 + r), or
a rate where the value touches zero without crossing it, may be missed: hence the caveat.

Source: R. P. Brent (1973), Algorithms for Minimization Without Derivatives, ch. 4 (scipy brentq);
Descartes' rule of signs; numpy-financial irr (no sign change: no rate; the root nearest to zero).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from .caveats import Caveat, CaveatCode, Fact
from .present_value import Flow

LOWEST_GROWTH = 1e-10
HIGHEST_GROWTH = 1e4
SCAN_STEPS = 8192


@dataclass(frozen=True, slots=True)
class InternalRate:
    """The internal rate as a share a year (None when there is none), and every rate found."""

    rate: float | None
    roots: tuple[float, ...]
    sign_changes: int
    caveats: tuple[Caveat, ...]


def sign_changes(net: Flow) -> int:
    """Return how often the sign turns in a flow, zeros passed over.

    Formula: #{consecutive non-zero N_s, N_t : N_s · N_t < 0}.
    Source: Descartes' rule of signs.
    """
    signs = [math.copysign(1.0, amount) for amount in net if amount != 0]
    return sum(before != after for before, after in pairwise(signs))


def _value(log_growth: float, flow: NDArray[np.float64], t: NDArray[np.float64]) -> float:
    """Value of the flow at ln(1 + r), scaled by a positive factor so that it cannot overflow."""
    shift = 0.0 if log_growth >= 0 else float(t[-1])
    return math.fsum((flow * np.exp((shift - t) * log_growth)).tolist())


def _crossings(flow: NDArray[np.float64], t: NDArray[np.float64], steps: int) -> list[float]:
    grid = np.linspace(math.log(LOWEST_GROWTH), math.log(HIGHEST_GROWTH), steps + 1)
    values = [_value(float(point), flow, t) for point in grid]
    roots: list[float] = []
    for k, (left, right) in enumerate(pairwise(values)):
        if left == 0:
            roots.append(float(grid[k]))
        elif left < 0 < right or right < 0 < left:
            found = brentq(_value, grid[k], grid[k + 1], args=(flow, t), xtol=1e-15, maxiter=500)
            roots.append(float(found))
    return [math.expm1(root) for root in roots]


def irr(net: Flow) -> InternalRate:
    """Return the internal rate (intern rente) of a yearly flow.

    Formula: r such that Σ_t N_t · (1 + r)^-t = 0, with 1 + r in [1e-10, 1e4]. `net` has shape
    (n_years,), finite, any unit. The rate is a share a year (0.528 = 52.8 %).
    No rate and a caveat when the sign never changes; a caveat when it changes several times (the
    rate nearest to zero is reported, all are in `roots`), when income comes before spending (a
    high rate is then costly), or when no rate lies in the bracket.
    Source: Brent (1973) through scipy.optimize.brentq; numpy-financial irr.
    """
    amounts = np.asarray(net, dtype=np.float64)
    filled = np.flatnonzero(amounts)
    changes = sign_changes(amounts.tolist())
    if changes == 0:
        return InternalRate(None, (), 0, (Caveat(CaveatCode.IRR_NO_SIGN_CHANGE),))
    amounts = amounts[filled[0] : filled[-1] + 1]
    amounts = amounts / np.abs(amounts).max()
    t = np.arange(amounts.size, dtype=np.float64)
    roots = tuple(_crossings(amounts, t, 1 if changes == 1 else SCAN_STEPS))
    rate = min(roots, key=lambda root: (abs(root), -root), default=None)
    caveats: list[Caveat] = []
    if changes > 1:
        several = CaveatCode.IRR_SEVERAL_SIGN_CHANGES
        caveats.append(Caveat(several, {"sign_changes": changes, "roots": roots}))
    elif amounts[0] > 0:
        caveats.append(Caveat(CaveatCode.IRR_INCOME_FIRST))
    if rate is None:
        facts: dict[str, Fact] = {"lowest": LOWEST_GROWTH - 1, "highest": HIGHEST_GROWTH - 1}
        caveats.append(Caveat(CaveatCode.IRR_NOT_FOUND, facts))
    return InternalRate(rate, roots, changes, tuple(caveats))
