"""Callaway and Sant'Anna: the effect of each date of start in each period, without covariates.

Every cell compares the change since before the start with the change of units that were not
treated. A cell is linear in the cohorts' mean values, so its estimate and each unit's influence
are a few small matrices that serve all indicators at once.

Source: Callaway and Sant'Anna (2021), Journal of Econometrics 225, 200-230; R did 2.5.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .errors import NobodyStarted, NothingToCompare, NumberOutOfRange, ValuesMissing
from .panel import Bools, Floats, Ints, Rollout, as_batch


class Control(StrEnum):
    """Whom the adopters are compared with."""

    NEVER = "never"
    NOT_YET = "notyet"


class Base(StrEnum):
    """Which period a change is counted from: the last untreated, or the one before it."""

    UNIVERSAL = "universal"
    VARYING = "varying"


@dataclass(frozen=True, slots=True, eq=False)
class Forms:
    """K quantities that are linear in the values: estimates and every unit's influence.

    `estimates` (m, K); `slopes` (C, T, K) and `constants` (m, C, K) per cohort of start: unit i of
    cohort c has the influence weight_i · (values_i · slopes_c + constants_c), whose mean square
    divided by n is the variance.
    """

    estimates: Floats
    slopes: Floats
    constants: Floats


@dataclass(frozen=True, slots=True, eq=False)
class GroupTime:
    """Effects by date of start and period, in the unit of the values.

    `groups`, `times` (K,) indices of periods; `forms` their estimates and influences; `cohorts`
    (C,) the different starts, last T when some never start; `member` (n,) each unit's cohort;
    `shares` (C,) their weighted shares.
    """

    groups: Ints
    times: Ints
    forms: Forms
    cohorts: Ints
    member: Ints
    shares: Floats


def _cells(
    rollout: Rollout, control: Control, base: Base, anticipation: int
) -> list[tuple[int, int, int, Bools]]:
    """List date, period, base period and the cohorts to compare with, cell by cell."""
    cohorts = np.unique(rollout.starts)
    found = []
    for date in rollout.dates.tolist():
        before = date - anticipation - 1
        if before < 0:
            continue
        for time in range(rollout.length):
            since = before
            if base is Base.VARYING and time < date - anticipation:
                if time == 0:
                    continue
                since = time - 1
            if control is Control.NEVER:
                fit = cohorts >= rollout.length
            else:
                fit = (cohorts > max(time, since) + anticipation) & (cohorts != date)
            if fit.any():
                found.append((date, time, since, fit))
    return found


def group_time(
    rollout: Rollout,
    values: Floats,
    *,
    control: Control = Control.NOT_YET,
    base: Base = Base.VARYING,
    anticipation: int = 0,
) -> GroupTime:
    """Return the effects by date of start and period.

    Formula: ATT(g, t) = E[Y_t - Y_b | G = g] - E[Y_t - Y_b | control], b = g - anticipation - 1,
    or t - 1 before the start with a varying base; influence of unit i:
    1{G=g} (d - E[d|g]) / P(g) - 1{control} (d - E[d|control]) / P(control). `values` (n, T) or
    (m, n, T), none missing. Unit of the values.
    Raises ValuesMissing, NobodyStarted, NothingToCompare, NumberOutOfRange.
    Source: Callaway and Sant'Anna (2021), equations (2.4)-(2.7); weights as in R did.
    """
    if anticipation < 0:
        raise NumberOutOfRange("anticipation", anticipation)
    batch = as_batch(rollout, values)
    if not np.isfinite(batch).all():
        raise ValuesMissing(int((~np.isfinite(batch)).sum()))
    if not rollout.adopters.any():
        raise NobodyStarted()
    cohorts, member = np.unique(rollout.starts, return_inverse=True)
    picked = (member[None, :] == np.arange(len(cohorts))[:, None]) * rollout.weights
    masses = picked.sum(1)
    means = np.matmul(picked / masses[:, None], batch)
    shares = masses / rollout.size
    cells = _cells(rollout, control, base, anticipation)
    if not any(time >= date for date, time, _, _ in cells):
        raise NothingToCompare()
    count, width = len(cells), len(cohorts)
    slopes = np.zeros((width, rollout.length, count))
    constants = np.zeros((len(batch), width, count))
    estimates = np.zeros((len(batch), count))
    for k, (date, time, since, fit) in enumerate(cells):
        own = int(np.flatnonzero(cohorts == date)[0])
        other = np.flatnonzero(fit)
        part = shares[other] / shares[other].sum()
        change = means[:, :, time] - means[:, :, since]
        against = change[:, other] @ part
        estimates[:, k] = change[:, own] - against
        if time == since:
            continue
        slopes[own, time, k] += 1 / shares[own]
        slopes[own, since, k] -= 1 / shares[own]
        constants[:, own, k] -= change[:, own] / shares[own]
        slopes[other, time, k] -= 1 / shares[other].sum()
        slopes[other, since, k] += 1 / shares[other].sum()
        constants[:, other, k] += against[:, None] / shares[other].sum()
    forms = Forms(estimates, slopes, constants)
    dates, times = (np.array([cell[j] for cell in cells], np.int64) for j in (0, 1))
    return GroupTime(dates, times, forms, cohorts, member, shares)


def combined(forms: Forms, weights: Floats) -> Forms:
    """Return linear combinations of quantities, with known weights.

    Formula: f_j = Σ_k w_jk f_k. `weights` (J, K).
    Source: an influence function is linear; Callaway and Sant'Anna (2021), corollary 1.
    """
    return Forms(forms.estimates @ weights.T, forms.slopes @ weights.T, forms.constants @ weights.T)


def influences(rollout: Rollout, values: Floats, found: GroupTime, forms: Forms) -> Floats:
    """Return the influence of every unit on every quantity; shape (m, n, K).

    Formula: ψ_i = w_i (y_i · slopes_c + constants_c), c the cohort of unit i. Unit of the values.
    Source: Callaway and Sant'Anna (2021), theorem 2.
    """
    batch = as_batch(rollout, values)
    result = np.empty((len(batch), rollout.size, forms.estimates.shape[1]))
    for cohort in range(len(found.cohorts)):
        rows = np.flatnonzero(found.member == cohort)
        part = np.matmul(batch[:, rows], forms.slopes[cohort])
        part += forms.constants[:, cohort][:, None, :]
        result[:, rows] = part * rollout.weights[rows][None, :, None]
    return result


def errors_of(influence: Floats) -> Floats:
    """Return the standard errors of quantities from their influences; shape (m, K).

    Formula: SE = √(Σ_i ψ_i²) / n. `influence` (m, n, K).
    Source: Callaway and Sant'Anna (2021), section 4.1.
    """
    found: Floats = np.sqrt((influence**2).sum(1)) / influence.shape[1]
    return found


def pretest(rollout: Rollout, values: Floats, found: GroupTime) -> tuple[float, int, float]:
    """Return the Wald test of no effects before the starts: statistic, cells and p.

    Formula: W = n θ' Σ⁻¹ θ over the cells with t < g, chi-squared with as many degrees. One
    indicator. A test that cannot be made (too few units) gives NaN as p.
    Source: R did, `att_gt`, pre-test of the parallel trends assumption.
    """
    from scipy.stats import chi2

    early = np.flatnonzero(found.times < found.groups)
    influence = influences(rollout, values, found, found.forms)[0][:, early]
    effects = found.forms.estimates[0][early]
    moved = (influence**2).sum(0) > 0
    influence, effects = influence[:, moved], effects[moved]
    count = len(effects)
    if count == 0 or np.linalg.matrix_rank(influence) < count:
        return float("nan"), count, float("nan")
    spread = influence.T @ influence / rollout.size
    statistic = float(rollout.size * effects @ np.linalg.solve(spread, effects))
    return statistic, count, float(chi2.sf(statistic, count))
