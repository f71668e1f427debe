"""The page of rows behind a figure: which rows in the database, their figures for one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.http import HttpRequest

from hoest.domain.reporting import queries
from hoest.domain.reporting.rules import COLUMNS, RUNGS, ZERO, Account, BenefitFigures
from hoest.domain.reporting.rules import in_one_level as row_in_one_level
from hoest.domain.reporting.web.reading import KeptReading, Reading
from hoest.domain.reporting.web.rows import Behind, behind


@dataclass(frozen=True)
class Asked:
    """The figure an address asks for."""

    year: str = ""
    column: str = ""
    rung: str = ""
    in_hours: bool = False

    @classmethod
    def of(cls, request: HttpRequest) -> Asked:
        """Read what is asked from the address."""
        given = request.GET
        return cls(
            year=given.get("aar", ""),
            column=given.get("kolonne", ""),
            rung=given.get("trin", ""),
            in_hours=given.get("maal") == "timer",
        )

    def of_year(self, account: Account) -> int:
        """Return the year whose column is asked for; 0 when it is not a year of the account."""
        if self.column not in COLUMNS or not (self.year.isascii() and self.year.isdigit()):
            return 0
        years = account.hour_years if self.in_hours else account.years
        return int(self.year) if int(self.year) in years else 0


def _behind(read: Reading, asked: Asked, rows: Sequence[BenefitFigures] | None) -> Behind:
    """Return what is behind a figure, of all rows or of some that stand for the accounts' own."""
    present, counted = read.present, read.counted
    if rows is not None and present is not None:
        present = replace(present, rows=_in(read, present, rows))
        counted = (
            [present]
            if read.choice.joined
            else [replace(one, rows=_in(read, one, rows)) for one in counted]
        )
    return behind(
        present,
        counted,
        year=asked.year,
        column=asked.column,
        rung=asked.rung,
        in_hours=asked.in_hours,
    )


def _in(
    read: Reading, account: Account, rows: Sequence[BenefitFigures]
) -> tuple[BenefitFigures, ...]:
    """Return the rows that stand in one of the accounts."""
    level, newest = account.price_level, read.accounts[0].price_level if read.accounts else None
    if read.choice.joined:
        return tuple(rows)
    return tuple(
        row
        for row in rows
        if level is None
        or row.price_level == level
        or (row.price_level is None and level == newest)
    )


def ids_behind(read: Reading, asked: Asked) -> list[int]:
    """Return the benefits behind a figure, by number."""
    present = read.present
    if not isinstance(read, KeptReading) or present is None:
        return [row.benefit.benefit_id for row in _behind(read, asked, None).rows]
    fresh = read.ground.fresh_rows(read.wanted, read.choice.benefit_type)
    year = asked.of_year(present)
    is_rung = not year and asked.rung in RUNGS
    wanted = queries.Wanted(
        benefit_type=read.choice.benefit_type,
        part=asked.column if year or (is_rung and asked.column == "promised") else "",
        year=year,
        rung=asked.rung if is_rung else "",
        in_hours=asked.in_hours and bool(year or is_rung),
        price_level=present.price_level,
        is_joined=read.choice.joined,
        takes_unplaced=present.price_level == read.accounts[0].price_level,
    )
    kept = queries.ids_behind(read.ground, read.wanted, wanted)
    changed = [row.benefit.benefit_id for row in _behind(read, asked, _carried(read, fresh)).rows]
    return sorted({*kept, *changed})


def _carried(read: Reading, rows: Sequence[BenefitFigures]) -> list[BenefitFigures]:
    """Return rows in the price level that all are joined in, when they are."""
    if not (read.choice.joined and read.joined and read.joined.convert):
        return list(rows)
    level = read.joined.price_level
    return [row_in_one_level(row, level, read.joined.convert) for row in rows]


def behind_page(read: Reading, asked: Asked, benefit_ids: Sequence[int]) -> Behind:
    """Return the rows of a page with the whole figure as their total."""
    if not isinstance(read, KeptReading) or read.present is None:
        found = _behind(read, asked, None)
        wanted = set(benefit_ids)
        of_page = tuple(row for row in found.rows if row.benefit.benefit_id in wanted)
        return replace(found, rows=of_page)
    rows = _carried(read, queries.figures_behind(read.ground, benefit_ids))
    found = _behind(read, asked, rows)
    return replace(found, total=_total(read.present, asked))


def _total(account: Account, asked: Asked) -> Decimal:
    """Return the figure itself, which is the sum of all the rows behind it."""
    year = asked.of_year(account)
    if year:
        years = account.hour_years if asked.in_hours else account.years
        return years[year][asked.column]
    if asked.rung in RUNGS:
        line = account.rung(asked.rung)
        if asked.in_hours:
            return line.hours
        return line.promised_dkk if asked.column == "promised" else line.dkk
    return sum((line.dkk for line in account.rungs), ZERO)
