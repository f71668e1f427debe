"""Versions and lines: codes, transitions, what a line must be, the price index, named errors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from hoest.foundation.faults import Fault

ZERO = Decimal(0)
FIRST_YEAR, LAST_YEAR = 1990, 2100
LARGEST_AMOUNT = Decimal(10) ** 13
LONGEST_KEY = 200
LONGEST_INDEX_SOURCE = 300
# A price index moves a few per cent a year; beyond these ends somebody has slipped a comma.
SMALLEST_CHANGE, LARGEST_CHANGE = Decimal("-0.5"), Decimal(1)
AMOUNT_PLACES = Decimal("0.01")
# A share carries an end that was written in kroner; two that differ less than this are the same.
SHARE_PLACES, SAME_SHARE = Decimal("1e-10"), Decimal("0.0001")
LONGEST_BASIS, LONGEST_LIFE = 300, 40


class VersionState(StrEnum):
    """The life of a version; submitted ones wait, approved and superseded ones never change."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    SUPERSEDED = "superseded"


FINAL_STATES = (VersionState.APPROVED, VersionState.SUPERSEDED)
# At most one version of a case is open: being written, or waiting for an answer.
OPEN_STATES = (VersionState.DRAFT, VersionState.SUBMITTED)
MAY_BECOME: dict[VersionState, tuple[VersionState, ...]] = {
    # Who may approve may approve a draft as it stands: that submits and approves it at once.
    VersionState.DRAFT: (VersionState.SUBMITTED, VersionState.APPROVED),
    VersionState.SUBMITTED: (VersionState.DRAFT, VersionState.APPROVED),
    VersionState.APPROVED: (VersionState.SUPERSEDED,),
    VersionState.SUPERSEDED: (),
}


class LineKind(StrEnum):
    """What a line is; it gives the direction, amounts are positive."""

    INVESTMENT = "investment"
    OPERATION = "operation"
    BENEFIT = "benefit"


class Measure(StrEnum):
    """What a line counts. The three are never added."""

    DKK = "dkk"
    HOURS = "hours"
    # Kroner that others pay or gain: citizens, businesses, the State. Never in the treasury's sums.
    SOCIETY = "society"


class SteeringArea(StrEnum):
    """The budget's steering areas."""

    SERVICE = "service"
    CAPITAL = "capital"
    TRANSFERS = "transfers"


class CostType(StrEnum):
    """What a cost is for; the guide asks for each of them."""

    ACQUISITION = "acquisition"
    RUNNING = "running"
    INTERNAL_HOURS = "internal_hours"
    CHANGE = "change"
    TRAINING = "training"


class Duration(StrEnum):
    """One-off, or recurring: the last filled year continues."""

    ONE_OFF = "one_off"
    RECURRING = "recurring"


class VersionIsFinal(Fault):
    """An approved version cannot be changed; a new one is made beside it."""


class VersionWaits(Fault):
    """A submitted version waits for an answer and is not written in meanwhile."""


class ApprovedByItsSender(Fault):
    """Who submitted the figures does not answer them herself."""


class CaseHasNoLines(Fault):
    """A version without figures cannot be submitted or approved."""


class ReasonMissing(Fault):
    """A new version says why it differs from the promise."""


class LineIsNotWhole(Fault):
    """A line lacks its name or amounts, or has an amount or a year that cannot be."""


class LineExists(Fault):
    """The version has a line of that name, kind and measure already."""


class PriceLevelNotSensible(Fault):
    """The price level is not a year that money is counted in."""


class LevelsDiffer(Fault):
    """Amounts of two price levels were to be set against each other without an index."""


class IndexYearNotSensible(Fault):
    """A year of the price index, its change or its source is not one that can be used."""


class IndexYearExists(Fault):
    """The year is in the price index already; it is changed where it stands."""


class IndexLacksYear(Fault):
    """The years of the price index must follow each other; one is missing between."""


@dataclass(frozen=True)
class IndexYear:
    """A year of the municipality's price index: the change from the year before, as a share."""

    year: int
    change_share: Decimal
    source_text: str
    recorded_by_name: str
    recorded_at: dt.datetime
    version: int = 1


@dataclass(frozen=True)
class LineInput:
    """A line as somebody writes it. Amounts per year are positive; shares are of the amount."""

    key: str
    kind: str
    measure: str = Measure.DKK
    steering_area: str = ""
    duration: str = Duration.ONE_OFF
    low_share: Decimal | None = None
    high_share: Decimal | None = None
    amounts: Mapping[int, Decimal] = field(default_factory=dict)
    source_place: str = ""
    basis: str = ""
    life_years: int | None = None
    cost_type: str = ""

    @property
    def identity(self) -> tuple[str, str, str]:
        """What makes it the same line from version to version."""
        return self.key, str(self.kind), str(self.measure)

    @property
    def content(self) -> tuple[object, ...]:
        """Everything that would make another promise of it; places, order and sorting do not."""
        return (
            *self.identity,
            str(self.steering_area),
            str(self.duration),
            _rounded(self.low_share, SAME_SHARE),
            _rounded(self.high_share, SAME_SHARE),
            tuple(sorted(self.amounts.items())),
        )


@dataclass(frozen=True)
class CaseLineFigures:
    """A line of a version with where it comes from; what other subjects read of a business case.

    `amounts` holds year → amount as written (kroner or hours, by `measure`), not continued.
    """

    initiative_id: int
    line_key: str
    kind: str
    measure: str
    duration: str
    price_level: int
    amounts: dict[int, Decimal]
    low_share: Decimal | None
    high_share: Decimal | None
    number: int
    steering_area: str = ""
    source_title: str = ""
    source_place: str = ""
    source_id: int | None = None
    approved_on: dt.date | None = None
    approved_by_name: str = ""
    line_id: int = 0
    basis: str = ""
    life_years: int | None = None
    is_from_file: bool = False
    cost_type: str = ""

    @property
    def is_recurring(self) -> bool:
        """Tell whether the last filled year continues."""
        return self.duration == Duration.RECURRING

    @property
    def full_year_effect(self) -> Decimal | None:
        """The amount a year when fully phased in: a recurring line's last filled year."""
        if not self.is_recurring or not self.amounts:
            return None
        return self.amounts[max(self.amounts)]

    @property
    def one_off_total(self) -> Decimal:
        """The sum of a one-off line; zero for a recurring one."""
        return ZERO if self.is_recurring else sum(self.amounts.values(), ZERO)


def as_kept(line: LineInput) -> LineInput:
    """Return the line as it is kept: amounts to the øre, shares to a hundredth of a per cent."""
    return replace(
        line,
        key=line.key.strip(),
        kind=str(line.kind),
        measure=str(line.measure),
        steering_area=str(line.steering_area),
        duration=str(line.duration),
        cost_type=str(line.cost_type) if line.kind != LineKind.BENEFIT else "",
        low_share=_rounded(line.low_share, SHARE_PLACES),
        high_share=_rounded(line.high_share, SHARE_PLACES),
        basis=" ".join(line.basis.split()),
        life_years=line.life_years if line.kind == LineKind.INVESTMENT else None,
        amounts={
            year: amount.quantize(AMOUNT_PLACES, ROUND_HALF_UP)
            for year, amount in sorted(line.amounts.items())
        },
    )


def _rounded(share: Decimal | None, places: Decimal) -> Decimal | None:
    return None if share is None else share.quantize(places, ROUND_HALF_UP)


def same_lines(these: Iterable[LineInput], those: Iterable[LineInput]) -> bool:
    """Tell whether two sets of lines promise the same, whatever their order."""
    return _contents(these) == _contents(those)


def _contents(lines: Iterable[LineInput]) -> list[str]:
    return sorted(repr(as_kept(line).content) for line in lines)


def one_price_level(lines: Iterable[CaseLineFigures]) -> int:
    """Return the price level all lines share. Raises LevelsDiffer; nothing is converted."""
    levels = {line.price_level for line in lines}
    if len(levels) != 1:
        found = " og ".join(str(level) for level in sorted(levels))
        raise LevelsDiffer(
            f"Beløbene står i forskellige prisniveauer ({found}). Uden et indeks kan de ikke "
            "lægges sammen."
        )
    return levels.pop()


def check_line(line: LineInput) -> None:
    """Raise LineIsNotWhole with one sentence for the first thing that cannot be."""
    if not line.key.strip():
        raise LineIsNotWhole("Giv posten et navn, så den kan kendes igen i næste version.")
    if len(line.key) > LONGEST_KEY:
        raise LineIsNotWhole(f"Postens navn er for langt. Det må fylde {LONGEST_KEY} tegn.")
    if not line.amounts:
        raise LineIsNotWhole(f"Posten »{line.key}« har ingen beløb. Skriv mindst ét år.")
    for year, amount in line.amounts.items():
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise LineIsNotWhole(f"{year} er ikke et år, en business case kan regne med.")
        if not amount.is_finite() or not ZERO <= amount < LARGEST_AMOUNT:
            raise LineIsNotWhole(
                f"Beløbet for {year} kan ikke bruges. Skriv et positivt tal; arten giver retningen."
            )
    for share, least, most in ((line.low_share, 0, 1), (line.high_share, 1, 100)):
        if share is not None and not (share.is_finite() and least <= share <= most):
            raise LineIsNotWhole(
                "Det laveste skal være højst 100 % og det højeste mindst 100 % af beløbet."
            )
    if len(line.basis) > LONGEST_BASIS:
        raise LineIsNotWhole(f"Teksten er for lang. Den må fylde {LONGEST_BASIS} tegn.")
    if line.life_years is not None and not 1 <= line.life_years <= LONGEST_LIFE:
        raise LineIsNotWhole(f"Levetiden skal være mellem 1 og {LONGEST_LIFE} år.")


def check_price_level(year: int) -> None:
    """Raise PriceLevelNotSensible unless the year can be a price level."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PriceLevelNotSensible(f"{year} er ikke et prisniveau. Skriv et år som 2026.")


def check_index_year(year: int, change_share: Decimal, source_text: str) -> None:
    """Raise IndexYearNotSensible with one sentence for the first thing that cannot be."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise IndexYearNotSensible(f"{year} kan ikke stå i et prisindeks. Skriv et år som 2026.")
    if not change_share.is_finite() or not SMALLEST_CHANGE <= change_share <= LARGEST_CHANGE:
        raise IndexYearNotSensible("Ændringen skal ligge mellem -50 og 100 procent.")
    if not source_text.strip() or len(source_text) > LONGEST_INDEX_SOURCE:
        raise IndexYearNotSensible("Skriv, hvor tallet kommer fra, så andre kan slå det efter.")


def missing_index_years(years: Iterable[int], levels: Iterable[int] = ()) -> tuple[int, ...]:
    """Return the years an index lacks to be whole and to reach every price level given.

    `years` have a change from the year before, so an index also holds the year before its first.
    """
    known = set(years)
    needed = {*known, *(level + 1 for level in levels)}
    if not needed:
        return ()
    last = max([*known, *(year - 1 for year in needed)])
    return tuple(year for year in range(min(needed), last + 1) if year not in known)


def check_whole_index(years: Iterable[int]) -> None:
    """Raise IndexLacksYear naming the first missing year unless the years follow each other."""
    missing = missing_index_years(years)
    if missing:
        raise IndexLacksYear(
            f"Årene i prisindekset skal følge hinanden. {missing[0]} mangler: skriv det år først."
        )
