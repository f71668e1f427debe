"""The harvest account as sums that can be added: what each benefit adds, and the account of them.

A municipality may have 50,000 benefits. What one of them adds to an account does not depend on the
others, so it can be kept beside the benefit, added in the database and added again to what has
changed since. `account_from(sums_of(rows))` is the same as `accounts_of(rows)`; a test holds them
to it. No Django.

A recurring line is kept as steps: the change against the year before in each year that is filled.
Added up, steps give the years up to any last year, whatever benefits are in the account.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from hoest.domain.reporting.rules.account import (
    COLUMNS,
    RUNGS,
    ZERO,
    Account,
    BenefitFigures,
    LineFigures,
    RungLine,
    share,
)
from hoest.domain.reporting.rules.joined import Convert

# What stands beside the four columns: decided but not measured, without a place, without a use.
LOOSE = ("waiting", "unplaced", "unused")
# A promise in another price level than its benefit: counted on its rung when levels are joined.
OTHER = "other:"


class YearKey(NamedTuple):
    """Where a yearly amount is added: `is_step` amounts go on in the years after."""

    part: str
    in_hours: bool
    is_step: bool
    price_level: int | None
    year: int


class RungKey(NamedTuple):
    """Where a benefit is counted: its type, the price level of its account and its rung."""

    benefit_type: str
    price_level: int | None
    rung: str


class RungAmounts(NamedTuple):
    """What stands on a rung; the promised are of the same price level."""

    count: int = 0  # type: ignore[assignment]
    dkk: Decimal = ZERO
    low_dkk: Decimal = ZERO
    high_dkk: Decimal = ZERO
    once_dkk: Decimal = ZERO
    hours: Decimal = ZERO
    promised_dkk: Decimal = ZERO

    def plus(self, other: RungAmounts) -> RungAmounts:
        """Return both, each amount added to its own kind."""
        return RungAmounts(*(a + b for a, b in zip(self, other, strict=True)))  # type: ignore[operator]


@dataclass
class Sums:
    """What some benefits add up to, before it is known which years and levels the account has."""

    rungs: dict[RungKey, RungAmounts] = field(default_factory=dict)
    years: dict[YearKey, Decimal] = field(default_factory=dict)
    count_kroner: bool = False

    def add_rung(self, key: RungKey, amounts: RungAmounts) -> None:
        """Count what stands on a rung."""
        self.rungs[key] = self.rungs.get(key, RungAmounts()).plus(amounts)

    def add_year(self, key: YearKey, amount: Decimal) -> None:
        """Add a yearly amount; a zero tells that the year is filled."""
        self.years[key] = self.years.get(key, ZERO) + amount

    def add(self, other: Sums) -> Sums:
        """Add other sums to these, and return these."""
        for rung_key, amounts in other.rungs.items():
            self.add_rung(rung_key, amounts)
        for year_key, amount in other.years.items():
            self.add_year(year_key, amount)
        self.count_kroner = self.count_kroner or other.count_kroner
        return self


def sums_of(rows: Iterable[BenefitFigures]) -> Sums:
    """Return what some benefits add up to."""
    found = Sums()
    for row in rows:
        found.add_rung(RungKey(row.benefit_type, row.price_level, row.rung), rung_amounts(row))
        for key, amount in year_amounts(row):
            found.add_year(key, amount)
        found.count_kroner = found.count_kroner or row.counts_kroner
    return found


def rung_amounts(row: BenefitFigures) -> RungAmounts:
    """Return what a benefit adds to its rung."""
    # What a decision has taken is certain; a promise has its range.
    ranged = None if row.is_taken_home else row.approved
    dkk = row.worth_dkk
    same_level = row.promised is not None and row.promised.price_level == row.price_level
    promised = row.promised.full_effect if row.promised and same_level else None
    return RungAmounts(
        1,
        dkk,
        dkk * (share(ranged.low_share) if ranged else 1),
        dkk * (share(ranged.high_share) if ranged else 1),
        row.worth_once_dkk,
        row.worth_hours,
        promised or ZERO,
    )


def year_amounts(row: BenefitFigures) -> Iterable[tuple[YearKey, Decimal]]:
    """Yield what a benefit adds to the years of the account, and to what stands beside them."""
    level = row.price_level
    stands = row.rung != "lapsed"
    yield from _line("promised", row.promised, False)
    yield from _line("promised", row.promised_hours, True, level)
    if stands:
        yield from _line("approved", row.approved, False)
    for key, amount in _line("approved", row.approved_hours, True, level):
        yield key, amount if stands else ZERO
    if stands:
        for in_hours, line in ((False, row.approved), (True, row.approved_hours)):
            for year, amount in _measured(line, row.achieved_by_year).items():
                yield YearKey("measured", in_hours, False, level, year), amount
    if row.promised and row.promised.price_level != level:
        full = row.promised.full_effect or ZERO
        yield YearKey(OTHER + row.rung, False, False, row.promised.price_level, 0), full
    for of_level, taken in row.harvested_dkk.items():
        for year, amount in taken.items():
            yield YearKey("in_hand", False, False, of_level, year), amount
        if row.rung != "in_hand":
            yield YearKey("waiting", False, False, of_level, 0), sum(taken.values(), ZERO)
    for year, hours in row.harvested_hours.items():
        yield YearKey("in_hand", True, False, level, year), hours
    for of_level, unplaced in row.unplaced_dkk.items():
        yield YearKey("unplaced", False, False, of_level, 0), sum(unplaced.values(), ZERO)
    if row.unplaced_hours:
        unused = sum(row.unplaced_hours.values(), ZERO)
        yield YearKey("unused", True, False, level, 0), unused


def _line(
    part: str, line: LineFigures | None, in_hours: bool, level: int | None = None
) -> Iterable[tuple[YearKey, Decimal]]:
    """Yield the filled years of a line: steps of a recurring one, amounts of a one-off."""
    if line is None:
        return
    of_level = level if in_hours else line.price_level
    before = ZERO
    for year in sorted(line.amounts):
        amount = line.amounts[year]
        key = YearKey(part, in_hours, line.is_recurring, of_level, year)
        yield key, amount - before if line.is_recurring else amount
        before = amount


def _measured(line: LineFigures | None, achieved: Mapping[int, Decimal]) -> dict[int, Decimal]:
    if line is None or not achieved:
        return {}
    approved = line.over(max(achieved))
    return {year: approved[year] * part for year, part in achieved.items() if year in approved}


def accounts_from(sums: Sums) -> list[Account]:
    """Return the accounts of some sums, one per price level, newest first; as `accounts_of`.

    They have no rows: those are asked for when somebody wants to see what is behind a figure.
    """
    if not sums.rungs:
        return []
    levels = {key.price_level for key in sums.rungs}
    levels |= {key.price_level for key in sums.years if not key.in_hours}
    known = sorted((level for level in levels if level is not None), reverse=True)
    if not sums.count_kroner or not known:
        return [_account(sums, None, frozenset(levels))]
    newest = known[0]
    return [
        _account(sums, level, frozenset({level, None} if level == newest else {level}))
        for level in known
    ]


def is_odd(row: BenefitFigures) -> bool:
    """Tell whether a benefit must be carried to another price level by itself.

    What is taken home in several price levels is worth the last year of all of them, which cannot
    be told from sums.
    """
    return row.is_taken_home and bool(set(row.harvested_dkk) - {row.price_level})


def in_one_level(sums: Sums, to_level: int, convert: Convert) -> Sums:
    """Return sums with every amount in one price level; benefits that are odd are not among them.

    The same as adding the benefits after each has been carried (`rules.joined`).
    """
    found = Sums(count_kroner=sums.count_kroner)
    for key, a in sums.rungs.items():
        level = key.price_level
        if level is None:
            found.add_rung(key, a)
            continue
        dkk, low, high, once, promised = (
            convert(amount, level, to_level)
            for amount in (a.dkk, a.low_dkk, a.high_dkk, a.once_dkk, a.promised_dkk)
        )
        carried = RungAmounts(a.count, dkk, low, high, once, a.hours, promised)
        found.add_rung(key._replace(price_level=to_level), carried)
    for year_key, amount in sums.years.items():
        level = year_key.price_level
        if level is None:
            found.add_year(year_key, amount)
            continue
        carried_amount = amount if year_key.in_hours else convert(amount, level, to_level)
        if year_key.part.startswith(OTHER):
            rung = year_key.part.removeprefix(OTHER)
            found.add_rung(RungKey("", to_level, rung), RungAmounts(promised_dkk=carried_amount))
        else:
            found.add_year(year_key._replace(price_level=to_level), carried_amount)
    return found


def _account(sums: Sums, level: int | None, counted: frozenset[int | None]) -> Account:
    """Return one account; `counted` are the levels whose benefits stand in it."""
    rungs = {rung: RungAmounts() for rung in RUNGS}
    types = []
    for key, amounts in sums.rungs.items():
        if key.price_level in counted:
            types += [key.benefit_type] if key.benefit_type else []
            rungs[key.rung] = rungs[key.rung].plus(amounts)
    loose = dict.fromkeys(LOOSE, ZERO)
    for year_key, amount in sums.years.items():
        if year_key.part in loose and _belongs(year_key, level, counted):
            loose[year_key.part] += amount
    return Account(
        price_level=level,
        years=_table(sums, level, counted, in_hours=False),
        rungs=tuple(
            RungLine(
                rung,
                found.count,
                found.dkk,
                found.hours,
                found.once_dkk,
                found.low_dkk,
                found.high_dkk,
                found.promised_dkk,
            )
            for rung, found in rungs.items()
        ),
        rows=(),
        hour_years=_table(sums, level, counted, in_hours=True),
        decided_not_in_hand=loose["waiting"],
        decided_without_place=loose["unplaced"],
        hours_without_use=loose["unused"],
        types_found=tuple(dict.fromkeys(types)),
    )


def _belongs(key: YearKey, level: int | None, counted: frozenset[int | None]) -> bool:
    """Kroner belong to the account of their own level, hours to that of their benefit."""
    return key.price_level in counted if key.in_hours else key.price_level == level


def _table(
    sums: Sums, level: int | None, counted: frozenset[int | None], *, in_hours: bool
) -> dict[int, dict[str, Decimal]]:
    found = {
        key: amount
        for key, amount in sums.years.items()
        if key.part in COLUMNS and key.in_hours == in_hours and _belongs(key, level, counted)
    }
    # What was measured fills no year: it goes on with the years of what was promised.
    filled = {key.year for key in found if key.part != "measured"}
    if not filled:
        return {}
    table = {y: dict.fromkeys(COLUMNS, ZERO) for y in range(min(filled), max(filled) + 1)}
    for key, amount in found.items():
        last = max(filled) if key.is_step else key.year
        for year in range(key.year, last + 1):
            if year in table:
                table[year][key.part] += amount
    return table
