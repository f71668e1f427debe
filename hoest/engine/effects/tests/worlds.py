"""Made-up worlds: autocorrelated series of units with common movements, without or with an effect.

Source: the error model of the measured false-alarm rates, AR(1) noise of unit variance per step.
"""

from __future__ import annotations

import numpy as np

from hoest.engine.effects import Panel, Rollout, rollout_of

STARTS = {
    6: [24, 24, 36, 36, 60, 60],
    12: [24, 24, 30, 30, 36, 36, 42, 42, 60, 60, 60, 60],
    98: [24] * 15 + [30] * 15 + [36] * 15 + [42] * 15 + [60] * 38,
}


def noise(random: np.random.Generator, worlds: int, size: int, length: int = 60) -> np.ndarray:
    """Return autocorrelated noise (worlds, size, length) with carried 0.6, and common months."""
    carried = 0.6
    shocks = random.standard_normal((worlds, size, length))
    series = np.empty_like(shocks)
    series[:, :, 0] = shocks[:, :, 0] / np.sqrt(1 - carried**2)
    for period in range(1, length):
        series[:, :, period] = carried * series[:, :, period - 1] + shocks[:, :, period]
    months = random.standard_normal((worlds, 1, length))
    levels = 5 * random.standard_normal((worlds, size, 1))
    return series + months + levels


def staggered(size: int) -> Rollout:
    """Return a staggered roll-out of 6, 12 or 98 units over 60 periods."""
    return rollout_of([f"k{k:02}" for k in range(size)], range(60), STARTS[size])


def together(size: int, adopters: int = 1) -> Rollout:
    """Return a roll-out of the first ones in the 37th of 60 periods; the others never start."""
    starts = [36] * adopters + [60] * (size - adopters)
    return rollout_of([f"k{k:02}" for k in range(size)], range(60), starts)


def panel(rollout: Rollout, table: np.ndarray) -> Panel:
    """Return a panel of one indicator."""
    return Panel(rollout, table, ())
