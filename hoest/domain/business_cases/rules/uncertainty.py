"""What is uncertain in a business case: ranges of lines, risks of the pool, duty and continuity.

Why: a cost that comes for certain but is of unknown size has a range on its line; one that may come
or not is a risk and stands in the pool. What is done against a risk is an ordinary cost. Hygiene is
judged by what it protects, so the ground for it is written beside the money, never instead of it.
No Django. Source: Statens business case-model (usikkerhed apart from risiko; at most twelve risks).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from hoest.domain.business_cases.rules.versions import (
    AMOUNT_PLACES,
    LARGEST_AMOUNT,
    LONGEST_BASIS,
    SHARE_PLACES,
    ZERO,
    LineIsNotWhole,
    LineKind,
)
from hoest.foundation.faults import Fault

LONGEST_TITLE = 200
LONGEST_SAID = 400
PROBABILITY_PLACES = Decimal("0.0001")
LARGEST_SHARE = Decimal(100)


class Aspect(StrEnum):
    """What a must-do case is judged on instead of its present value."""

    DUTY = "duty"
    RISK = "risk"
    CONTINUITY = "continuity"
    LOAD = "load"


# How bad it is, from nothing to speak of to what stops the work. Words are in the vocabulary.
LOWEST_LEVEL, HIGHEST_LEVEL = 1, 4


class RiskIsNotWhole(Fault):
    """A risk lacks something or has a probability or a consequence that cannot be."""


class RiskExists(Fault):
    """The version has a risk of that name already."""


class PoolIsFull(Fault):
    """The pool holds as many risks as it may."""


class MitigationUnknown(Fault):
    """What is done against a risk is not a cost of the case."""


class GroundIsNotWhole(Fault):
    """The ground of a case lacks its words or has levels that cannot be."""


@dataclass(frozen=True)
class RiskInput:
    """A risk as somebody writes it: probability a share, consequence in kroner, three points.

    `mitigation_key` names the cost line of the case that is done against it; empty for none.
    """

    title: str
    probability: Decimal
    low_dkk: Decimal
    likely_dkk: Decimal
    high_dkk: Decimal
    probability_because: str = ""
    if_it_happens: str = ""
    mitigation_key: str = ""


@dataclass(frozen=True)
class RiskFigures(RiskInput):
    """A risk of a version, with who wrote it and when."""

    risk_id: int = 0
    written_by_name: str = ""
    written_at: dt.datetime | None = None


@dataclass(frozen=True)
class RangeInput:
    """How far a line can go: shares of its likely amount, and what the estimate rests on.

    A line that is certain has both shares 1; one that nobody has judged has none.
    """

    line_id: int
    low_share: Decimal | None
    high_share: Decimal | None
    basis: str = ""


@dataclass(frozen=True)
class Ground:
    """What a case protects in one aspect: how bad it is now, how bad afterwards, and why."""

    aspect: str
    now_level: int | None
    after_level: int | None
    said: str
    written_by_name: str = ""
    written_at: dt.datetime | None = None

    @property
    def improves(self) -> bool:
        """Tell whether it gets better; a duty has no levels."""
        levels = (self.now_level, self.after_level)
        return None not in levels and levels[0] > levels[1]  # type: ignore[operator]


def risk_as_kept(risk: RiskInput) -> RiskInput:
    """Return the risk as it is kept: kroner to the øre, probability to four decimals."""
    return replace(
        risk,
        title=" ".join(risk.title.split()),
        probability=risk.probability.quantize(PROBABILITY_PLACES, ROUND_HALF_UP),
        low_dkk=risk.low_dkk.quantize(AMOUNT_PLACES, ROUND_HALF_UP),
        likely_dkk=risk.likely_dkk.quantize(AMOUNT_PLACES, ROUND_HALF_UP),
        high_dkk=risk.high_dkk.quantize(AMOUNT_PLACES, ROUND_HALF_UP),
        probability_because=" ".join(risk.probability_because.split()),
        if_it_happens=" ".join(risk.if_it_happens.split()),
        mitigation_key=risk.mitigation_key.strip(),
    )


def check_risk(risk: RiskInput, cost_keys: Collection[str]) -> None:
    """Raise RiskIsNotWhole or MitigationUnknown with one sentence for the first thing wrong."""
    if not risk.title:
        raise RiskIsNotWhole("Skriv, hvad der kan ske.")
    said = (
        (risk.title, LONGEST_TITLE),
        (risk.probability_because, LONGEST_SAID),
        (risk.if_it_happens, LONGEST_SAID),
    )
    for text, most in said:
        if len(text) > most:
            raise RiskIsNotWhole(f"Teksten er for lang. Den må fylde {most} tegn.")
    if not risk.probability.is_finite() or not ZERO < risk.probability < 1:
        raise RiskIsNotWhole(
            "Sandsynligheden skal ligge over 0 og under 100 %. Er det sikkert, er det en udgift: "
            "skriv den som en post."
        )
    points = (risk.low_dkk, risk.likely_dkk, risk.high_dkk)
    if not all(point.is_finite() and ZERO <= point < LARGEST_AMOUNT for point in points):
        raise RiskIsNotWhole("Skriv konsekvensen i kroner uden minus.")
    if not risk.low_dkk <= risk.likely_dkk <= risk.high_dkk:
        raise RiskIsNotWhole("Konsekvensen skal stige: mindst, sandsynlig, højst. Ret rækkefølgen.")
    if risk.high_dkk == ZERO:
        raise RiskIsNotWhole("En risiko uden konsekvens i kroner hører ikke hjemme i puljen.")
    if risk.mitigation_key and risk.mitigation_key not in cost_keys:
        raise MitigationUnknown(
            f"Posten »{risk.mitigation_key}« er ikke en udgift i casen. Det, I gør ved risikoen, "
            "er en almindelig udgift."
        )


def check_room(count: int, most: int) -> None:
    """Raise PoolIsFull when another risk would be one too many."""
    if count >= most:
        raise PoolIsFull(
            f"Puljen rummer højst {most} risici. Behold de største, og fjern en, der fylder lidt."
        )


def range_as_kept(one: RangeInput) -> RangeInput:
    """Return the range with shares as they are kept."""
    low, high = (
        None if share is None else share.quantize(SHARE_PLACES, ROUND_HALF_UP)
        for share in (one.low_share, one.high_share)
    )
    return replace(one, low_share=low, high_share=high, basis=" ".join(one.basis.split()))


def check_range(one: RangeInput) -> None:
    """Raise LineIsNotWhole unless low <= 1 <= high, both or none."""
    if (one.low_share is None) != (one.high_share is None):
        raise LineIsNotWhole("Skriv begge ender, både den pessimistiske og den optimistiske.")
    for share, least, most in (
        (one.low_share, ZERO, Decimal(1)),
        (one.high_share, Decimal(1), LARGEST_SHARE),
    ):
        if share is not None and not (share.is_finite() and least <= share <= most):
            raise LineIsNotWhole(
                "Det sandsynlige beløb skal ligge mellem det pessimistiske og det optimistiske."
            )
    if len(one.basis) > LONGEST_BASIS:
        raise LineIsNotWhole(f"Teksten er for lang. Den må fylde {LONGEST_BASIS} tegn.")


def ends_of(kind: str, low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """Return (pessimistic, optimistic): for a cost the high end is the bad one."""
    return (low, high) if kind == LineKind.BENEFIT else (high, low)


def check_ground(ground: Ground) -> None:
    """Raise GroundIsNotWhole with one sentence for the first thing that cannot be."""
    if not ground.said:
        raise GroundIsNotWhole("Skriv med egne ord, hvad det betyder.")
    if len(ground.said) > LONGEST_SAID:
        raise GroundIsNotWhole(f"Teksten er for lang. Den må fylde {LONGEST_SAID} tegn.")
    levels = (ground.now_level, ground.after_level)
    if ground.aspect == Aspect.DUTY:
        if levels != (None, None):
            raise GroundIsNotWhole("En pligt har ingen grad.")
        return
    for level in levels:
        if level is None or not LOWEST_LEVEL <= level <= HIGHEST_LEVEL:
            raise GroundIsNotWhole("Vælg, hvor slemt det er nu, og hvor slemt det er bagefter.")
