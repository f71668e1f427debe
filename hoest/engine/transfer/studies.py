"""Studies: the effects others found, with their sampling variances.

Source: Hedges and Olkin (1985), Statistical Methods for Meta-Analysis.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .errors import (
    EffectNotFinite,
    NoStudies,
    StudiesDiffer,
    TooFewStudies,
    TooManyCovariates,
    VarianceNotPositive,
)

Floats = NDArray[np.float64]
STUDIES_PER_COVARIATE = 10


@dataclass(frozen=True, slots=True, eq=False)
class Studies:
    """k effects in one unit with their variances (unit squared) and a design.

    `effects`, `variances` (k,); `design` (k, p), the first column of ones.
    """

    effects: Floats
    variances: Floats
    design: Floats

    @property
    def count(self) -> int:
        """Number of studies, k."""
        return len(self.effects)

    @property
    def parameters(self) -> int:
        """Number of coefficients, p: one and the covariates."""
        return self.design.shape[1]


def studies_of(
    effects: Sequence[float] | Floats,
    variances: Sequence[float] | Floats,
    covariates: Sequence[Sequence[float]] = (),
) -> Studies:
    """Return studies, checked.

    Formula: v_i > 0, all finite, p - 1 <= k / 10 covariates and p < k with any.
    Raises NoStudies, StudiesDiffer, VarianceNotPositive, EffectNotFinite, TooManyCovariates,
    TooFewStudies. Source: one covariate per ten studies, Cochrane Handbook 6.4, section 10.11.5.1.
    """
    y, v = np.array(effects, dtype=np.float64), np.array(variances, dtype=np.float64)
    if not len(y):
        raise NoStudies()
    if len(v) != len(y):
        raise StudiesDiffer(len(y), len(v))
    for place, (effect, variance) in enumerate(zip(y, v, strict=True)):
        if not np.isfinite(effect):
            raise EffectNotFinite(place)
        if not (np.isfinite(variance) and variance > 0):
            raise VarianceNotPositive(place, float(variance))
    columns = [np.ones(len(y))]
    for covariate in covariates:
        if len(covariate) != len(y):
            raise StudiesDiffer(len(y), len(covariate))
        column = np.array(covariate, dtype=np.float64)
        if not np.isfinite(column).all():
            raise EffectNotFinite(int(np.flatnonzero(~np.isfinite(column))[0]))
        columns.append(column)
    extra = len(columns) - 1
    if extra * STUDIES_PER_COVARIATE > len(y):
        raise TooManyCovariates(extra, len(y))
    design = np.column_stack(columns)
    for array in (y, v, design):
        array.setflags(write=False)
    return Studies(y, v, design)


def check_enough(studies: Studies, needed: int) -> None:
    """Raise TooFewStudies unless there are enough.

    Formula: k >= needed.
    Source: an estimate of spread needs at least two studies, an interval from them three.
    """
    if studies.count < needed:
        raise TooFewStudies(studies.count, needed)
