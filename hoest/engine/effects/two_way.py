"""Two-way fixed effects on any pattern of values: one small system of periods, solved once.

Units are eliminated by hand (their block is diagonal), so the cost grows with n · T², never n³.

Source: Frisch and Waugh (1933); Schur complement, Golub and Van Loan (2013), 4th ed., 3.2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .errors import NothingToCompare, PeriodsNotConnected
from .panel import Bools, Floats

RANK_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class TwoWay:
    """The normal equations of unit and period effects on the used cells.

    `used` (n, T) the cells; `counts` (n,) used cells of a unit; `inverse` (T, T) the generalised
    inverse of the periods' Schur complement, zero for periods without used cells.
    """

    used: Floats
    counts: Floats
    inverse: Floats

    def solve(self, by_unit: Floats, by_period: Floats) -> tuple[Floats, Floats]:
        """Return unit effects (..., n) and period effects (..., T) of right-hand sides."""
        share = np.divide(by_unit, self.counts, out=np.zeros_like(by_unit), where=self.counts > 0)
        periods = (by_period - share @ self.used) @ self.inverse
        rest = by_unit - periods @ self.used.T
        return np.divide(rest, self.counts, out=np.zeros_like(rest), where=self.counts > 0), periods


def two_way(used: Bools) -> TwoWay:
    """Return the factorised equations of unit and period effects on the used cells.

    Formula: S = diag(c_t) - U' diag(1/c_i) U, inverted on the complement of the constant; U the
    0/1 matrix of used cells, c its row and column sums. `used` has shape (n, T).
    Raises NothingToCompare, PeriodsNotConnected.
    Source: Schur complement of the two-way normal equations; Abowd, Creecy and Kramarz (2002).
    """
    cells = used.astype(np.float64)
    counts = cells.sum(1)
    active = cells.sum(0) > 0
    if not active.any():
        raise NothingToCompare()
    shared = np.divide(cells, counts[:, None], out=np.zeros_like(cells), where=counts[:, None] > 0)
    schur = np.diag(cells.sum(0)) - cells.T @ shared
    small = schur[np.ix_(active, active)]
    roots, vectors = np.linalg.eigh(small)
    loose = int((roots <= RANK_TOLERANCE * max(roots[-1], 1.0)).sum())
    if loose > 1:
        raise PeriodsNotConnected(loose)
    kept = vectors[:, loose:]
    inverse = np.zeros_like(schur)
    inverse[np.ix_(active, active)] = (kept / roots[loose:]) @ kept.T
    return TwoWay(cells, counts, inverse)


def residuals(design: TwoWay, values: Floats) -> Floats:
    """Return what unit and period effects leave of the values, zero where a cell is not used.

    Formula: r = y - α_i - λ_t by least squares on the used cells. `values` (m, n, T), finite.
    Source: Frisch and Waugh (1933), Econometrica 1, 387-401.
    """
    kept = values * design.used
    units, periods = design.solve(kept.sum(-1), kept.sum(-2))
    left: Floats = (kept - units[..., :, None] - periods[..., None, :]) * design.used
    return left
