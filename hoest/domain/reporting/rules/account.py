"""The harvest account as facts: figures per benefit, accounts per price level. No Django.

Kroner and hours are never added. Amounts of different price levels are never added without an
index, so each price level has an account of its own. Source: product notes, the harvest ladder;
benefits-methods section 7, items 9 and 11.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from hoest.domain.benefits.rules.proof import CLAIMED, Proof

ZERO = Decimal(0)
RUNGS = ("promised", "owned", "in_use", "measured", "proven", "in_hand", "lapsed")
COLUMNS = ("promised", "approved", "measured", "in_hand")

Yearly = Mapping[int, Decimal]


@dataclass(frozen=True)
class LineFigures:
    """One version of what a benefit is to give: kroner (or hours) per filled year.

    `is_recurring`: the last filled year continues. Shares are of the amount (0.9 = 90 %).
    """

    amounts: Yearly
    is_recurring: bool
    price_level: int
    low_share: Decimal | None = None
    high_share: Decimal | None = None
    version: int = 1
    approved_on: dt.date | None = None
    approved_by: str = ""
    source_title: str = ""
    source_place: str = ""
    source_id: int | None = None

    @property
    def full_effect(self) -> Decimal | None:
        """The amount per year at full effect: the last filled year of a recurring line."""
        if not self.is_recurring or not self.amounts:
            return None
        return self.amounts[max(self.amounts)]

    @property
    def one_off(self) -> Decimal:
        """The sum of a one-off line; zero for a recurring one."""
        return ZERO if self.is_recurring else sum(self.amounts.values(), ZERO)

    def over(self, last_year: int) -> dict[int, Decimal]:
        """Return the yearly amounts up to a year, a recurring line continuing its last one."""
        years = dict(sorted(self.amounts.items()))
        if not self.is_recurring or not years:
            return years
        present = ZERO
        for year in range(min(years), max(last_year, max(years)) + 1):
            present = years.get(year, present)
            years[year] = present
        return dict(sorted(years.items()))


@dataclass(frozen=True)
class BenefitFigures:
    """Everything the account says of one benefit, with where it belongs and where it stands."""

    benefit_id: int
    title: str
    benefit_type: str
    rung: str
    initiative_id: int
    initiative_title: str
    unit_id: int | None = None
    unit_name: str = ""
    body_id: int | None = None
    body_name: str = ""
    purpose_type: str = ""
    promised: LineFigures | None = None
    approved: LineFigures | None = None
    promised_hours: LineFigures | None = None
    approved_hours: LineFigures | None = None
    achieved_by_year: Mapping[int, Decimal] = field(default_factory=dict)
    harvested_dkk: Mapping[int, Yearly] = field(default_factory=dict)
    harvested_hours: Yearly = field(default_factory=dict)
    unplaced_dkk: Mapping[int, Yearly] = field(default_factory=dict)
    """Kroner that were decided without a budget place, as `harvested_dkk`: not in hand."""
    unplaced_hours: Yearly = field(default_factory=dict)
    """Hours that were decided without a named use: not in hand."""
    fallback_price_level: int | None = None
    proof: Proof = CLAIMED
    """The grade and verdict of what came, which go wherever a measured or taken amount goes."""
    as_written: BenefitFigures | None = None
    """The figures before they were carried to another price level; None when they were not."""

    @property
    def price_level(self) -> int | None:
        """The price level of the account in which the benefit is counted."""
        for line in (self.approved, self.promised):
            if line is not None:
                return line.price_level
        if self.harvested_dkk:
            return max(self.harvested_dkk)
        return self.fallback_price_level

    @property
    def counts_kroner(self) -> bool:
        """Tell whether kroner were promised, approved or decided for it."""
        lines = (self.promised, self.approved)
        return any(lines) or bool(self.harvested_dkk or self.unplaced_dkk)

    @property
    def is_taken_home(self) -> bool:
        """Tell whether a decision put it in hand; a confirmed level has none."""
        return self.rung == "in_hand" and bool(self.harvested_dkk or self.harvested_hours)

    @property
    def worth_dkk(self) -> Decimal:
        """Kroner a year on its rung: what was decided when it is in hand, else the full effect."""
        if self.approved is not None and not self.approved.is_recurring:
            return ZERO
        if self.is_taken_home:
            return latest(self.harvested_dkk.get(self.price_level or 0, {}))
        return (self.approved.full_effect if self.approved else None) or ZERO

    @property
    def worth_once_dkk(self) -> Decimal:
        """One-off kroner on its rung: what was decided when it is in hand, else the whole line."""
        if self.approved is None or self.approved.is_recurring:
            return ZERO
        if self.is_taken_home:
            return sum(self.harvested_dkk.get(self.price_level or 0, {}).values(), ZERO)
        return self.approved.one_off

    @property
    def worth_hours(self) -> Decimal:
        """Hours a year on its rung: what got a named use when it is in hand, else all of them."""
        if self.is_taken_home:
            return latest(self.harvested_hours)
        return (self.approved_hours.full_effect if self.approved_hours else None) or ZERO

    def measured_hours_over(self, last_year: int) -> dict[int, Decimal]:
        """Return approved hours times the achieved share, for the years that were measured."""
        approved = self.approved_hours.over(last_year) if self.approved_hours else {}
        return {y: approved[y] * s for y, s in self.achieved_by_year.items() if y in approved}

    def measured_over(self, last_year: int) -> dict[int, Decimal]:
        """Return approved kroner times the achieved share, for the years that were measured."""
        if self.approved is None:
            return {}
        approved = self.approved.over(last_year)
        return {
            year: approved[year] * share
            for year, share in self.achieved_by_year.items()
            if year in approved
        }


@dataclass(frozen=True)
class RungLine:
    """One rung of an account. `dkk` is per year at full effect; one-off kroner stand apart."""

    rung: str
    count: int
    dkk: Decimal
    hours: Decimal
    one_off_dkk: Decimal
    low_dkk: Decimal
    high_dkk: Decimal
    promised_dkk: Decimal


@dataclass(frozen=True)
class Account:
    """The harvest account of one price level: years × four columns, and the rungs."""

    price_level: int | None
    years: dict[int, dict[str, Decimal]]
    rungs: tuple[RungLine, ...]
    rows: tuple[BenefitFigures, ...]
    hour_years: dict[int, dict[str, Decimal]] = field(default_factory=dict)
    decided_not_in_hand: Decimal = ZERO
    """Kroner that decisions took although the benefit has not been measured, in this level."""
    decided_without_place: Decimal = ZERO
    """Kroner that decisions took without saying from which budget place, in this level."""
    hours_without_use: Decimal = ZERO
    """Hours that decisions took without saying what they are used for."""
    types_found: tuple[str, ...] = ()
    """The benefit types, where the account was added from sums and holds no rows."""

    @property
    def count(self) -> int:
        """How many benefits stand on the ladder; lapsed ones stand beside it."""
        return sum(line.count for line in self.rungs if line.rung != "lapsed")

    def rung(self, code: str) -> RungLine:
        """Return the line of one rung."""
        return next(line for line in self.rungs if line.rung == code)

    @property
    def types(self) -> tuple[str, ...]:
        """The benefit types in the account, in the order they are met."""
        if self.types_found:
            return self.types_found
        return tuple(dict.fromkeys(row.benefit_type for row in self.rows))


@dataclass(frozen=True)
class StatedCheck:
    """A total that the source states, beside the sum of its rows."""

    year: int
    stated: Decimal
    summed: Decimal
    rounding_unit: Decimal
    rows: int
    source_title: str
    tolerance: Decimal = Decimal("0.5")

    @property
    def difference(self) -> Decimal:
        """Sum of the rows minus the stated total."""
        return self.summed - self.stated

    @property
    def distance(self) -> Decimal:
        """How far the two are apart, whichever is larger."""
        return abs(self.difference)

    @property
    def is_rounding(self) -> bool:
        """Tell whether half a unit per row explains the difference."""
        return abs(self.difference) <= self.rounding_unit * self.rows * self.tolerance


def whole_kroner(amount: Decimal) -> int:
    """Round to whole kroner, halves away from zero."""
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def accounts_of(rows: Sequence[BenefitFigures]) -> list[Account]:
    """Divide the benefits into one account per price level, newest price level first."""
    if rows and not any(row.counts_kroner for row in rows):
        return [_account(None, rows)]  # hours and levels have no price level
    levels = {row.price_level for row in rows}
    levels |= {row.promised.price_level for row in rows if row.promised}
    levels |= {level for row in rows for level in (*row.harvested_dkk, *row.unplaced_dkk)}
    known = sorted((level for level in levels if level is not None), reverse=True)
    if not known:
        return [_account(None, rows)] if rows else []
    newest = known[0]
    return [_account(level, rows, takes_unplaced=level == newest) for level in known]


def _account(
    level: int | None, rows: Sequence[BenefitFigures], *, takes_unplaced: bool = True
) -> Account:
    counted = [
        row
        for row in rows
        if level is None or row.price_level == level or (row.price_level is None and takes_unplaced)
    ]
    with_promise = [r for r in rows if r.promised and r.promised.price_level == level]
    harvested = [r for r in rows if level in r.harvested_dkk]
    years = _years(level, counted, with_promise, harvested)
    return Account(
        price_level=level,
        years=years,
        rungs=tuple(_rung_line(rung, counted) for rung in RUNGS),
        rows=tuple(counted),
        hour_years=_hour_years(counted),
        decided_not_in_hand=sum(
            (a for r in harvested if r.rung != "in_hand" for a in r.harvested_dkk[level].values()),
            ZERO,
        )
        if level is not None
        else ZERO,
        decided_without_place=sum(
            (a for r in rows for a in r.unplaced_dkk.get(level or 0, {}).values()), ZERO
        ),
        hours_without_use=sum((h for r in counted for h in r.unplaced_hours.values()), ZERO),
    )


def _hour_years(counted: Sequence[BenefitFigures]) -> dict[int, dict[str, Decimal]]:
    lines = [x for r in counted for x in (r.promised_hours, r.approved_hours) if x]
    filled = {year for line in lines for year in line.amounts}
    filled |= {year for row in counted for year in row.harvested_hours}
    if not filled:
        return {}
    last = max(filled)
    table = {year: dict.fromkeys(COLUMNS, ZERO) for year in range(min(filled), last + 1)}
    for row in counted:
        if row.promised_hours:
            _add(table, "promised", row.promised_hours.over(last))
        _add(table, "in_hand", row.harvested_hours)
        if row.rung != "lapsed":
            if row.approved_hours:
                _add(table, "approved", row.approved_hours.over(last))
            _add(table, "measured", row.measured_hours_over(last))
    return table


def latest(amounts: Yearly) -> Decimal:
    """Return the amount of the last year, zero without any."""
    return amounts[max(amounts)] if amounts else ZERO


def _years(
    level: int | None,
    counted: Iterable[BenefitFigures],
    with_promise: Iterable[BenefitFigures],
    harvested: Iterable[BenefitFigures],
) -> dict[int, dict[str, Decimal]]:
    standing = [row for row in counted if row.rung != "lapsed"]
    lines = [row.promised for row in with_promise if row.promised]
    lines += [row.approved for row in standing if row.approved]
    filled = {year for line in lines for year in line.amounts}
    taken = {y for row in harvested for y in row.harvested_dkk.get(level or 0, {})}
    if not filled | taken:
        return {}
    last = max(filled | taken)
    table = {year: dict.fromkeys(COLUMNS, ZERO) for year in range(min(filled | taken), last + 1)}
    for row in with_promise:
        if row.promised:
            _add(table, "promised", row.promised.over(last))
    for row in standing:
        if row.approved:
            _add(table, "approved", row.approved.over(last))
        _add(table, "measured", row.measured_over(last))
    for row in harvested:
        _add(table, "in_hand", row.harvested_dkk.get(level or 0, {}))
    return table


def _add(table: dict[int, dict[str, Decimal]], column: str, amounts: Yearly) -> None:
    for year, amount in amounts.items():
        if year in table:
            table[year][column] += amount


def _rung_line(rung: str, rows: Iterable[BenefitFigures]) -> RungLine:
    on_it = [row for row in rows if row.rung == rung]
    dkk = low = high = hours = one_off = promised = ZERO
    for row in on_it:
        dkk += row.worth_dkk
        # What a decision has taken is certain; a promise has its range.
        ranged = None if row.is_taken_home else row.approved
        low += row.worth_dkk * (share(ranged.low_share) if ranged else 1)
        high += row.worth_dkk * (share(ranged.high_share) if ranged else 1)
        one_off += row.worth_once_dkk
        hours += row.worth_hours
        if row.promised and row.promised.price_level == row.price_level:
            promised += row.promised.full_effect or ZERO
    return RungLine(rung, len(on_it), dkk, hours, one_off, low, high, promised)


def share(known: Decimal | None) -> Decimal:
    """Return a share of an amount; an unknown one is the whole."""
    return Decimal(1) if known is None else known
