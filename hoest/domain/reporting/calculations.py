"""The only door from reporting to the engine: the track record of a group of cases.

Money and hours are exact `Decimal` here; they become float inside the engine, once, as a ratio.
Source: docs/reference/methods/track-record.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from hoest.domain.reporting.rules.track_record import LAPSED, Case, GroupValues, Values, counted
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


def values_of(cases: Sequence[Case]) -> Values:
    """Return what the track record of some cases is made of."""
    answered = counted(cases)
    late = [late for case in answered if (late := months_late_of(case)) is not None]
    hits = [hit for case in answered if (hit := in_range_of(case)) is not None]
    return Values(
        shares=[share for case in answered if (share := share_of(case)) is not None],
        late=[float(one) for one in late],
        hits=sum(hits),
        with_range=len(hits),
        not_reached=sum(case.is_not_reached for case in answered),
        lapsed=sum(case.state == LAPSED for case in answered),
    )


def completed(groups: Iterable[GroupValues]) -> list[GroupValues]:
    """Return groups whose values hold those of their cases as well."""
    return [replace(one, values=one.values.plus(values_of(one.cases)), cases=[]) for one in groups]


def record_of(cases: Sequence[Case], least: int) -> Record:
    """Return the track record of some cases of one measure; `least` is the named limit."""
    return record_from(values_of(cases), least)


def record_from(values: Values, least: int) -> Record:
    """Return the track record of some values; `least` is the named limit.

    As `hoest.engine.track_record.track_record`, from values that may have been kept.
    """
    needed = needed_cases(least)
    shares, late = values.shares, values.late
    in_range = (
        engine.share_interval(values.hits, values.with_range)
        if values.with_range >= needed
        else None
    )
    return Record(
        counted=len(shares),
        needed=needed,
        share=_middle(engine.median_interval(shares)) if len(shares) >= needed else None,
        late=_middle(engine.median_interval(late)) if len(late) >= needed else None,
        in_range=_hits(in_range),
        with_range=values.with_range,
        reached=len(late),
        not_reached=values.not_reached,
        lapsed=values.lapsed,
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


def in_range_of(case: Case) -> bool | None:
    """Tell whether what one case gave lies in the promised range; None without range or answer."""
    return engine.was_in_range(_promise(case)) if case.is_answered else None


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
