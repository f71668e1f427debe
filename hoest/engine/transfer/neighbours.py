"""What the neighbours' results mean for us: the range, our own drawn towards it, the promise.

The headline is where the next place may land, not where the mean is: with few places the two are
far apart. Below three studies there is no interval, only what they found.

Source: Higgins, Thompson and Spiegelhalter (2009); Röver et al. (2021); measured coverage of the
next place with 3 to 12 studies is 92-99 % with a half-normal prior, 55-76 % with the mean's own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .errors import NumberOutOfRange
from .hierarchical import Posterior, credible, posterior_of, predictive, probability_of
from .pooled import Pooled, pooled
from .studies import Floats, Studies

FEWEST_STUDIES = 3
LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Shrunk:
    """One place's own effect, what it is drawn to, and how much the others weigh in it (0-1)."""

    own: float
    drawn_to: float
    error: float
    others_share: float


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The predictive interval under another scale of the prior of τ."""

    scale: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Transfer:
    """What k studies say of a new place, in the unit of the effects.

    Below three studies only `reference` (least and greatest effect) is there. `mean` and `interval`
    of the mean effect, `middle` and `prediction` of a new place's true effect; `scale` of the prior
    of τ; `sensitivity` at half and double that scale; `reaches` the probability of the promise.
    """

    count: int
    reference: tuple[float, float]
    scale: float | None
    mean: float | None
    error: float | None
    interval: tuple[float, float] | None
    middle: float | None
    prediction: tuple[float, float] | None
    reaches: float | None
    sensitivity: tuple[Sensitivity, ...]
    shrunken: tuple[Shrunk, ...]
    pooled: Pooled | None


@dataclass(frozen=True, slots=True)
class Scaled:
    """A predicted effect times our volume, in the unit of the effect times that of the volume."""

    low: float
    middle: float
    high: float


def prior_scale(studies: Studies) -> float:
    """Return the scale of the half-normal prior of τ, from the indicator itself.

    Formula: s = max(median |y|, median √v) / 2: a typical place differs from the mean by up to
    about half a typical effect. Unit of the effects.
    Source: Röver et al. (2021), section 4: weakly informative scales tied to the effect's size.
    """
    typical = float(np.median(np.abs(studies.effects)))
    noise = float(np.median(np.sqrt(studies.variances)))
    return max(typical, noise) / 2


def _shrunk(studies: Studies, found: Posterior) -> tuple[Shrunk, ...]:
    hold = found.nodes[:, None] ** 2 / (studies.variances[None, :] + found.nodes[:, None] ** 2)
    others: Floats = 1 - found.masses @ hold
    return tuple(
        Shrunk(float(own), float(to), float(error), float(share))
        for own, to, error, share in zip(
            studies.effects, found.shrunken, found.shrunken_errors, others, strict=True
        )
    )


def transferred(
    studies: Studies,
    *,
    scale: float | None = None,
    promised: float | None = None,
    level: float = LEVEL,
) -> Transfer:
    """Return what the studies say of a new place.

    Formula: hierarchical model with τ ~ half-normal(scale); prediction = quantiles of the new
    place's true effect; shrinkage share 1 - E[τ²/(τ² + v)]; REML with Hartung-Knapp beside it.
    `scale` and `promised` in the unit of the effects. Raises NumberOutOfRange.
    Source: Higgins et al. (2009); Röver et al. (2021); Hartung and Knapp (2001).
    """
    if not 0 < level < 1:
        raise NumberOutOfRange("level", level)
    reference = (float(studies.effects.min()), float(studies.effects.max()))
    if studies.count < FEWEST_STUDIES:
        return Transfer(
            studies.count, reference, None, None, None, None, None, None, None, (), (), None
        )
    width = prior_scale(studies) if scale is None else scale
    found = posterior_of(studies, scale=width)
    low, middle, high = predictive(found, level=level)
    others = []
    for factor in (0.5, 2.0):
        other = posterior_of(studies, scale=width * factor)
        ends = predictive(other, level=level)
        others.append(Sensitivity(width * factor, ends[0], ends[2]))
    return Transfer(
        studies.count,
        reference,
        width,
        found.mean,
        found.error,
        credible(found, level=level),
        middle,
        (low, high),
        None if promised is None else probability_of(found, promised),
        tuple(others),
        _shrunk(studies, found),
        pooled(studies, level=level),
    )


def scaled(found: Transfer, volume: float) -> Scaled | None:
    """Return the prediction times our volume, or None when there is no prediction.

    Formula: volume · (low, middle, high), the ends exchanged when the volume is negative.
    Source: unit effects times units; the interval scales with them.
    """
    if found.prediction is None or found.middle is None:
        return None
    low, high = sorted((found.prediction[0] * volume, found.prediction[1] * volume))
    return Scaled(low, found.middle * volume, high)
