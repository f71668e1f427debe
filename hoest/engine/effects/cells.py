"""The imputed effect of each date of start in each period.

Source: Borusyak, Jaravel and Spiess (2024), section 2.2 (effects of chosen cells).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .imputation import imputed
from .panel import Floats, Ints, Rollout, as_batch

AT_ONCE = 64


@dataclass(frozen=True, slots=True, eq=False)
class ImputedCells:
    """K cells: date of start and period (indices), how many units, effect and error.

    An error is NaN where a cell has one unit: nothing is left to see its spread from.
    """

    groups: Ints
    times: Ints
    counts: Ints
    effects: Floats
    errors: Floats


def imputed_cells(rollout: Rollout, values: Floats) -> ImputedCells:
    """Return the mean imputed effect of each date of start in each period that can be compared.

    Formula: τ_gt = mean over units i with start g of y_it - α_i - λ_t. `values` (n, T) of one
    indicator, NaN missing. Unit of the values. Raises what `imputed` does.
    Source: Borusyak, Jaravel and Spiess (2024), section 2.2.
    """
    table = as_batch(rollout, values)[0]
    observed = np.isfinite(table)
    untreated = observed & ~rollout.treated
    reach = (untreated.sum(1) > 0)[:, None] & (untreated.sum(0) > 0)[None, :]
    usable = observed & rollout.treated & reach
    found = [
        (date, time, np.flatnonzero((rollout.starts == date) & usable[:, time]))
        for date in rollout.dates.tolist()
        for time in range(date, rollout.length)
    ]
    found = [cell for cell in found if len(cell[2])]
    effects, errors = np.empty(len(found)), np.empty(len(found))
    for begin in range(0, len(found), AT_ONCE):
        part = found[begin : begin + AT_ONCE]
        averages = np.zeros((len(part), rollout.size, rollout.length))
        for place, (_, time, rows) in enumerate(part):
            averages[place, rows, time] = 1
        one = imputed(rollout, table, averages)
        effects[begin : begin + len(part)] = one.estimates[0]
        errors[begin : begin + len(part)] = one.standard_errors[0]
    counts = np.array([len(rows) for _, _, rows in found], np.int64)
    return ImputedCells(
        np.array([date for date, _, _ in found], np.int64),
        np.array([time for _, time, _ in found], np.int64),
        counts,
        effects,
        np.where(counts > 1, errors, np.nan),
    )
