"""Randomisation inference: could another order of the same units have looked as good?

The starts are exchanged between units, within strata where the first ones were not random, and the
estimate is made again for each order. With few distinct orders all of them are tried, so p can
never be smaller than one over their number: with one adopter among twelve, 0.083. The interval
holds every constant effect that the orders do not reject.

Source: Fisher (1935), The Design of Experiments; Athey and Imbens (2022), Journal of Econometrics
226, 62-79; Young (2019), Quarterly Journal of Economics 134, 557-598.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from .errors import EffectError, MissingDiffers, NumberOutOfRange
from .imputation import imputation_weights
from .panel import Bools, Floats, Ints, Rollout, as_batch, rollout_of

PERMUTATIONS = 999
LEVEL = 0.05
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Orders:
    """Other orders of the starts: `starts` (B, n); `exact` when they are all there are.

    `distinct` is the number of different orders; the drawn ones leave out the real order, all of
    them contain it.
    """

    starts: Ints
    exact: bool
    distinct: int

    @property
    def smallest_p(self) -> float:
        """The smallest p that these orders can give."""
        count = len(self.starts)
        return 1 / count if self.exact else 1 / (count + 1)


@dataclass(frozen=True, slots=True, eq=False)
class Randomisation:
    """What the orders say of m indicators, in the unit of the values.

    `estimates`, `p`, `low`, `high` (m,); an end is infinite when no constant effect that far out is
    rejected. `placebos` (B, m) the estimates of the other orders under no effect.
    """

    estimates: Floats
    p: Floats
    low: Floats
    high: Floats
    placebos: Floats
    orders: Orders


def distinct_orders(rollout: Rollout) -> int:
    """Return how many different orders there are.

    Formula: ∏ over strata of n_s! / ∏_g n_sg!, n_sg the units of the stratum with start g.
    Source: multinomial coefficient.
    """
    count = 1
    for stratum in np.unique(rollout.strata):
        starts = rollout.starts[rollout.strata == stratum]
        count *= math.factorial(len(starts))
        for size in np.unique(starts, return_counts=True)[1]:
            count //= math.factorial(int(size))
    return count


def _arrangements(left: dict[int, int], length: int) -> Iterator[tuple[int, ...]]:
    if length == 0:
        yield ()
        return
    for value in sorted(left):
        if left[value]:
            left[value] -= 1
            for rest in _arrangements(left, length - 1):
                yield (value, *rest)
            left[value] += 1


def _all_orders(rollout: Rollout) -> Ints:
    places, choices = [], []
    for stratum in np.unique(rollout.strata):
        rows = np.flatnonzero(rollout.strata == stratum)
        values, sizes = np.unique(rollout.starts[rows], return_counts=True)
        left = dict(zip(values.tolist(), sizes.tolist(), strict=True))
        places.append(rows)
        choices.append(list(_arrangements(left, len(rows))))
    orders = np.empty((math.prod(len(one) for one in choices), rollout.size), np.int64)
    for index, parts in enumerate(product(*choices)):
        for rows, part in zip(places, parts, strict=True):
            orders[index, rows] = part
    return orders


def orders_of(rollout: Rollout, *, seed: int, permutations: int = PERMUTATIONS) -> Orders:
    """Return all orders of the starts when they are few, else drawn ones.

    Formula: all when distinct <= permutations + 1, else `permutations` orders drawn uniformly
    within each stratum (PCG64 of the seed). Shape (B, n). Raises NumberOutOfRange.
    Source: Phipson and Smyth (2010), Statistical Applications in Genetics 9(1), 39.
    """
    if permutations < 19:
        raise NumberOutOfRange("permutations", permutations)
    if seed < 0:
        raise NumberOutOfRange("seed", seed)
    distinct = distinct_orders(rollout)
    if distinct <= permutations + 1:
        return Orders(_all_orders(rollout), True, distinct)
    random = np.random.Generator(np.random.PCG64(seed))
    starts = np.tile(rollout.starts, (permutations, 1))
    for stratum in np.unique(rollout.strata):
        rows = np.flatnonzero(rollout.strata == stratum)
        starts[:, rows] = random.permuted(starts[:, rows], axis=1)
    return Orders(starts, False, distinct)


def by_start_weights(rollout: Rollout) -> Floats:
    """Return the imputation weights of a unit of each start, when no value is missing.

    Formula: v_c = the row of v of any unit with start c; shape (C, T), starts ascending.
    Source: with all values there, v depends on a unit through its start only.
    """
    observed = np.ones((rollout.size, rollout.length), dtype=np.bool_)
    weights = imputation_weights(rollout, observed).weights[0]
    rows: Floats = weights[np.unique(rollout.starts, return_index=True)[1]]
    return rows


def _balanced(
    rollout: Rollout, batch: Floats, orders: Ints, by_start: Floats
) -> tuple[Floats, Floats]:
    """Every unit of one start has the same weights, so an order only picks ready sums."""
    starts = np.unique(rollout.starts)
    sums = batch @ by_start.T
    begun = np.arange(rollout.length)[None, :] >= rollout.starts[:, None]
    shares = begun.astype(np.float64) @ by_start.T
    placebos = np.zeros((len(orders), len(batch)))
    carried = np.zeros(len(orders))
    for column, start in enumerate(starts):
        picked = (orders == start).astype(np.float64)
        placebos += picked @ sums[:, :, column].T
        carried += picked @ shares[:, column]
    return placebos, carried


def _unbalanced(
    rollout: Rollout, batch: Floats, observed: Bools, orders: Ints
) -> tuple[Floats, Floats]:
    filled = np.where(observed, batch, 0.0).reshape(len(batch), -1)
    begun = (rollout.treated & observed).astype(np.float64).ravel()
    placebos = np.full((len(orders), len(batch)), np.nan)
    carried = np.zeros(len(orders))
    for row, starts in enumerate(orders):
        other = rollout_of(rollout.units, rollout.periods, starts.tolist())
        try:
            weights = imputation_weights(other, observed).weights[0].ravel()
        except EffectError:
            continue
        placebos[row] = filled @ weights
        carried[row] = begun @ weights
    return placebos, carried


def _ends(estimate: float, placebos: Floats, carried: Floats, level: float, extra: int) -> Floats:
    """The ends of the constant effects around the estimate that are not rejected.

    An order is as extreme at effect x when |P - x c| >= |e - x|: the inside of the two roots
    (e - P) / (1 - c) and (e + P) / (1 + c). An order with |c| >= 1 never lets go.
    """
    total = len(placebos) + extra
    moved = np.abs(carried) < 1 - ROUNDING
    always = int((~moved).sum()) + extra
    parts, share = placebos[moved], carried[moved]
    roots = np.stack([(estimate - parts) / (1 - share), (estimate + parts) / (1 + share)])
    roots = np.sort(roots, axis=0)
    allowed = math.floor(level * total + ROUNDING) - always
    if allowed < 0:
        return np.array([-np.inf, np.inf])
    low, high = np.sort(roots[0]), np.sort(roots[1])[::-1]
    # x is kept while more orders than allowed hold it: every pair of roots holds the estimate.
    return np.array([low[allowed], high[allowed]])


def randomised(
    rollout: Rollout,
    values: Floats,
    orders: Orders,
    level: float = LEVEL,
    *,
    by_start: Floats | None = None,
) -> Randomisation:
    """Return p and interval of an estimate from other orders of the starts.

    Formula: p = #{b : |τ_b| >= |τ|} / B with all orders, (1 + #) / (B + 1) with drawn ones; the
    interval holds each x with p(y - x D) > level, found exactly because |P_b - x c_b| >= |τ - x|
    holds between two roots. `values` (n, T) or (m, n, T), NaN missing, the same ones in each
    indicator. The estimate is imputation, or that of the weights `by_start` (C, T) when no value is
    missing. Unit of the values. Raises NumberOutOfRange, MissingDiffers and what `imputed` does.
    Source: Fisher (1935); Rosenbaum (2002), Statistical Science 17, 286-327 (inverting the test).
    """
    if not 0 < level < 1:
        raise NumberOutOfRange("level", level)
    batch = as_batch(rollout, values)
    observed = np.isfinite(batch)
    if not (observed == observed[0]).all():
        raise MissingDiffers()
    filled = np.where(observed[0], batch, 0.0)
    if observed[0].all():
        rows = by_start_weights(rollout) if by_start is None else by_start
        estimates = _balanced(rollout, batch, rollout.starts[None], rows)[0][0]
        placebos, carried = _balanced(rollout, batch, orders.starts, rows)
    else:
        own = imputation_weights(rollout, observed[0]).weights[0].ravel()
        estimates = filled.reshape(len(filled), -1) @ own
        placebos, carried = _unbalanced(rollout, batch, observed[0], orders.starts)
    possible = np.isfinite(placebos).all(1)
    placebos, carried = placebos[possible], carried[possible]
    extra = 0 if orders.exact else 1
    scale = np.maximum(np.abs(filled).max((1, 2)), 1e-300) * ROUNDING
    extreme = (np.abs(placebos) >= np.abs(estimates) - scale).sum(0)
    p = np.minimum((extreme + extra) / (len(placebos) + extra), 1.0)
    ends = np.array(
        [
            _ends(float(one), placebos[:, k], carried, level, extra)
            for k, one in enumerate(estimates)
        ]
    )
    return Randomisation(estimates, p, ends[:, 0], ends[:, 1], placebos, orders)
