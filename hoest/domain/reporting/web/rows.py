"""The rows behind one figure of the account, so that nobody has to take it on trust."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.utils.translation import gettext as _

from hoest.domain.benefits.rules.proof import CLAIMED
from hoest.domain.benefits.web.graded import Graded
from hoest.domain.reporting.rules import (
    COLUMNS,
    RUNGS,
    ZERO,
    Account,
    BenefitFigures,
    LineFigures,
    share,
)
from hoest.domain.reporting.web.shown import column_labels
from hoest.foundation import content


@dataclass(frozen=True)
class Written:
    """An amount as it was written, in its own price level."""

    amount: Decimal
    price_level: int


@dataclass(frozen=True)
class RowBehind:
    """One benefit's part of a figure, with where it comes from."""

    benefit: BenefitFigures
    rung_label: str
    rung_height: int
    amount: Decimal
    low: Decimal | None
    high: Decimal | None
    line: LineFigures | None
    written: tuple[Written, ...] = ()
    is_of_what_came: bool = True

    @property
    def graded(self) -> Graded:
        """How well the figure is known: what came by its proof, a promise by none."""
        return Graded(self.benefit.proof if self.is_of_what_came else CLAIMED)

    @property
    def is_lapsed(self) -> bool:
        """Tell whether the benefit was given up."""
        return self.benefit.rung == "lapsed"


@dataclass(frozen=True)
class Behind:
    """All rows of a figure, their sum, and what the figure is, in words."""

    title: str
    what: str
    rows: tuple[RowBehind, ...]
    total: Decimal
    price_level: int | None
    in_hours: bool = False


def behind(
    account: Account | None,
    accounts: Sequence[Account],
    *,
    year: str,
    column: str,
    rung: str,
    in_hours: bool = False,
) -> Behind:
    """Return the rows of a year's column, of a rung, or of the whole account."""
    if account is None:
        return Behind(_("Her er ingen gevinster"), "", (), ZERO, None)
    if column in COLUMNS and year.isascii() and year.isdigit():
        if in_hours and int(year) in account.hour_years:
            return _of_year_in_hours(account, int(year), column)
        if not in_hours and int(year) in account.years:
            return _of_year(account, accounts, int(year), column)
    if rung in RUNGS:
        label = content.label("rung", rung)
        rows = [row for row in account.rows if row.rung == rung]
        title = _("Gevinster på trinnet %(rung)s") % {"rung": label}
        if in_hours:
            return _hours_of_rung(rows, title)
        if column == "promised":
            return _promised_of_rung(account, rows, title)
        return _full_effect(account, rows, title)
    return _full_effect(account, list(account.rows), _("Alle gevinster i regnskabet"))


# The columns that say what came; the others say what was promised.
CAME = ("measured", "in_hand")

# What a row of a figure gives: its amounts by the price level they are written in.
ByLevel = dict[int, Decimal]


def _row(
    benefit: BenefitFigures,
    amount: Decimal,
    line: LineFigures | None,
    given: Callable[[BenefitFigures], ByLevel] | None = None,
    *,
    came: bool = True,
) -> RowBehind:
    """Return a row; of one that was converted, with the amounts that `given` says were written."""
    before = given(benefit.as_written) if given and benefit.as_written else {}
    was_elsewhere = any(level != benefit.price_level for level in before)
    has_range = (
        line is not None
        and not benefit.is_taken_home
        and (line.low_share is not None or line.high_share is not None)
    )
    return RowBehind(
        benefit=benefit,
        rung_label=content.label("rung", benefit.rung),
        rung_height=max(0, RUNGS.index(benefit.rung)) if benefit.rung != "lapsed" else 0,
        amount=amount,
        low=amount * share(line.low_share) if line and has_range else None,
        high=amount * share(line.high_share) if line and has_range else None,
        line=line,
        written=tuple(Written(a, level) for level, a in sorted(before.items()))
        if was_elsewhere
        else (),
        is_of_what_came=came,
    )


def _year_of(row: BenefitFigures, column: str, year: int, last: int) -> ByLevel:
    """Return what a benefit gives a column of a year, by price level."""
    line = row.promised if column == "promised" else row.approved
    if column == "in_hand":
        return {lv: years[year] for lv, years in row.harvested_dkk.items() if year in years}
    if line is None or (column != "promised" and row.rung == "lapsed"):
        return {}
    amounts = row.measured_over(last) if column == "measured" else line.over(last)
    return {line.price_level: amounts[year]} if year in amounts else {}


def _full_of(row: BenefitFigures) -> ByLevel:
    """Return what a benefit gives a year at full effect, by price level."""
    if row.approved is not None and not row.approved.is_recurring:
        return {}
    if row.is_taken_home:
        years = {year for amounts in row.harvested_dkk.values() for year in amounts}
        return _year_of(row, "in_hand", max(years), 0) if years else {}
    return _promise_of(row.approved)


def _promise_of(line: LineFigures | None) -> ByLevel:
    full = line.full_effect if line else None
    return {line.price_level: full} if line and full is not None else {}


def _of_year(account: Account, accounts: Sequence[Account], year: int, column: str) -> Behind:
    last = max(account.years)
    every_row = [row for one in accounts for row in one.rows]
    rows = []
    for row in every_row:
        # A promise and a decision count in their own level, whatever level the benefit is in now.
        if column in ("approved", "measured") and row.price_level != account.price_level:
            continue
        amount = _year_of(row, column, year, last).get(account.price_level or 0)
        line = {"promised": row.promised, "in_hand": None}.get(column, row.approved)
        if amount is not None:
            given = partial(_year_of, column=column, year=year, last=last)
            rows.append(_row(row, amount, line, given, came=column in CAME))
    title = _("%(column)s for %(year)s") % {"column": column_labels()[column], "year": year}
    return Behind(
        title, column, tuple(rows), sum((r.amount for r in rows), ZERO), account.price_level
    )


def _of_year_in_hours(account: Account, year: int, column: str) -> Behind:
    last = max(account.hour_years)
    rows = []
    for row in account.rows:
        line = row.promised_hours if column == "promised" else row.approved_hours
        hours: Decimal | None = None
        if column == "in_hand":
            hours, line = row.harvested_hours.get(year), None
        elif column == "measured" and row.rung != "lapsed":
            hours = row.measured_hours_over(last).get(year)
        elif line is not None and (column == "promised" or row.rung != "lapsed"):
            hours = line.over(last).get(year)
        if hours is not None:
            rows.append(_row(row, hours, line, came=column in CAME))
    title = _("%(column)s for %(year)s") % {"column": column_labels()[column], "year": year}
    return Behind(
        title, column, tuple(rows), sum((r.amount for r in rows), ZERO), None, in_hours=True
    )


def _full_effect(account: Account, benefits: Sequence[BenefitFigures], title: str) -> Behind:
    rows = [_row(row, row.worth_dkk, row.approved, _full_of) for row in benefits]
    return Behind(
        title, "full_effect", tuple(rows), sum((r.amount for r in rows), ZERO), account.price_level
    )


def _promised_of_rung(account: Account, benefits: Sequence[BenefitFigures], title: str) -> Behind:
    """Return what the benefits of a rung were promised to give a year, in the account's level."""
    rows = tuple(
        _row(row, amount, row.promised, lambda one: _promise_of(one.promised), came=False)
        for row in benefits
        if row.promised
        and row.promised.price_level == row.price_level
        and (amount := row.promised.full_effect)
    )
    title = _("%(rung)s, lovet oprindeligt om året") % {"rung": title}
    return Behind(title, "promised", rows, sum((r.amount for r in rows), ZERO), account.price_level)


def _hours_of_rung(benefits: Sequence[BenefitFigures], title: str) -> Behind:
    """Return the hours a year of the benefits of a rung."""
    rows = tuple(
        _row(row, row.worth_hours, row.approved_hours) for row in benefits if row.worth_hours
    )
    title = _("%(rung)s, timer om året") % {"rung": title}
    return Behind(
        title, "full_effect", rows, sum((r.amount for r in rows), ZERO), None, in_hours=True
    )
