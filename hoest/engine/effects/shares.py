"""Goodman-Bacon: which comparisons carry the weight of the plain two-way regression.

Shown so that a reader sees how much an ordinary regression would have leaned on units that were
already treated. The estimates of this engine lean on none of them.

Source: Goodman-Bacon (2021), Journal of Econometrics 225, 254-277, theorem 1; R bacondecomp.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .errors import NothingToCompare, ValuesMissing
from .panel import Floats, Rollout, as_batch


class Pairing(StrEnum):
    """Whom a cohort is compared with."""

    NEVER = "never"
    NOT_YET = "not_yet"
    ALREADY = "already"


@dataclass(frozen=True, slots=True)
class Comparison2x2:
    """One two-by-two comparison: cohorts (indices of start), its estimate and its weight (0-1)."""

    pairing: Pairing
    treated: int
    against: int
    estimate: float
    weight: float


@dataclass(frozen=True, slots=True)
class Decomposition:
    """All comparisons; their weighted sum `estimate` is the two-way regression's coefficient."""

    comparisons: tuple[Comparison2x2, ...]
    estimate: float

    def share(self, pairing: Pairing) -> float:
        """Return the weight of one kind of comparison, 0-1."""
        return sum(one.weight for one in self.comparisons if one.pairing is pairing)


def _change(mean: Floats, before: slice, after: slice) -> float:
    return float(mean[after].mean() - mean[before].mean())


def decomposed(rollout: Rollout, values: Floats) -> Decomposition:
    """Return the two-by-two comparisons behind the two-way regression, with their weights.

    Formula: weights ∝ (n_k + n_u)² n_ku (1 - n_ku) D_k (1 - D_k) against the never treated,
    ((n_k + n_l)(1 - D_l))² n_kl (1 - n_kl) (D_k - D_l)(1 - D_k) / (1 - D_l)² for the earlier k and
    ((n_k + n_l) D_k)² n_kl (1 - n_kl) D_l (D_k - D_l) / D_k² for the later l; n shares of units, D
    share of time treated. `values` (n, T) of one indicator, none missing.
    Raises ValuesMissing, NothingToCompare.
    Source: Goodman-Bacon (2021), equations 7-10.
    """
    table = as_batch(rollout, values)[0]
    if not np.isfinite(table).all():
        raise ValuesMissing(int((~np.isfinite(table)).sum()))
    length = rollout.length
    cohorts, sizes = np.unique(rollout.starts, return_counts=True)
    means = {int(c): table[rollout.starts == c].mean(0) for c in cohorts}
    share = {int(c): size / rollout.size for c, size in zip(cohorts, sizes, strict=True)}
    found: list[Comparison2x2] = []
    dates = [int(c) for c in cohorts if c < length]
    for k in dates:
        if length in means:
            n, d = share[k] + share[length], (length - k) / length
            part = share[k] / n
            gap = means[k] - means[length]
            weight = n**2 * part * (1 - part) * d * (1 - d)
            effect = _change(gap, slice(0, k), slice(k, None))
            found.append(Comparison2x2(Pairing.NEVER, k, length, effect, weight))
        for later in (one for one in dates if one > k):
            n, part = share[k] + share[later], share[k] / (share[k] + share[later])
            d, e = (length - k) / length, (length - later) / length
            gap = means[k] - means[later]
            spread = n**2 * part * (1 - part) * (d - e)
            effect = _change(gap, slice(0, k), slice(k, later))
            found.append(Comparison2x2(Pairing.NOT_YET, k, later, effect, spread * (1 - d)))
            effect = _change(-gap, slice(k, later), slice(later, None))
            found.append(Comparison2x2(Pairing.ALREADY, later, k, effect, spread * e))
    total = sum(one.weight for one in found)
    if total <= 0:
        raise NothingToCompare()
    scaled = tuple(
        Comparison2x2(one.pairing, one.treated, one.against, one.estimate, one.weight / total)
        for one in found
    )
    return Decomposition(scaled, sum(one.estimate * one.weight for one in scaled))
