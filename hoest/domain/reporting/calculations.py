"""The only door from reporting to the engine: the track record of a group of cases.

Money and hours are exact `Decimal` here; they become float inside the engine, once, as a ratio.
Source: docs/reference/methods/track-record.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hoest.domain.reporting.rules.track_record import LAPSED, Case, counted
from hoest.engine import track_record as engine


@dataclass(frozen=True)
class Middle:
    """The middle one of some values and the interval of the middle, as plain numbers."""

    median: float
    low: float
    high: float


@dataclass(frozen=True)
class Hits:
    """How many lay in the promised range, of how many that had one, and the share's interval."""

    hits: int
    tries: int
    low: float
    high: float


@dataclass(frozen=True)
class Record:
    """The track record of some cases of one measure; None where there are too few to say.

    `share` is what came of what was promised (1 = as promised); `late` is in months, of those that
    `reached` the target. `counted` are the cases with a known answer, `needed` how many it takes.
    """

    counted: int
    needed: int
    share: Middle | None
    late: Middle | None
    in_range: Hits | None
    with_range: int
    reached: int
    not_reached: int
    lapsed: int

    @property
    def too_few(self) -> bool:
        """Tell whether there are too few cases to say what the promises gave."""
        return self.share is None


def needed_cases(least: int) -> int:
    """Return how many cases it takes to say anything: the limit, and never below an interval."""
    return max(least, engine.fewest_for_interval())


def record_of(cases: Sequence[Case], least: int) -> Record:
    """Return the track record of some cases of one measure; `least` is the named limit.

    Formula and source: `hoest.engine.track_record.track_record`.
    """
    answered = counted(cases)
    found = engine.track_record([_promise(case) for case in answered], least=least)
    return Record(
        counted=found.cases,
        needed=found.needed,
        share=_middle(found.realised_share),
        late=_middle(found.months_late),
        in_range=_hits(found.in_range),
        with_range=found.with_range,
        reached=found.with_dates,
        not_reached=sum(case.is_not_reached for case in answered),
        lapsed=sum(case.state == LAPSED for case in answered),
    )


def _promise(case: Case) -> engine.Promise:
    assert case.realised is not None, "a counted case has an answer"
    return engine.Promise(
        promised=case.promised,
        actual=case.realised,
        promised_low=case.low,
        promised_high=case.high,
        promised_by=case.promised_by,
        came_on=case.reached_on,
    )


def share_of(case: Case) -> float | None:
    """Return how much of its promise one case gave; None while nothing is known."""
    return engine.realised_share(_promise(case)) if case.is_answered else None


def months_late_of(case: Case) -> int | None:
    """Return how many months after its day one case reached its target; None when it has not."""
    if case.reached_on is None:
        return None
    return engine.months_late(case.promised_by, case.reached_on)


def _middle(found: engine.MedianInterval | None) -> Middle | None:
    if found is None or found.low is None or found.high is None:
        return None
    return Middle(found.median, found.low, found.high)


def _hits(found: engine.ShareInterval | None) -> Hits | None:
    return Hits(found.hits, found.tries, found.low, found.high) if found else None
