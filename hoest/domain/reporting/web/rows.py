"""The rows behind one figure of the account, so that nobody has to take it on trust."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

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
class RowBehind:
    """One benefit's part of a figure, with where it comes from."""

    benefit: BenefitFigures
    rung_label: str
    rung_height: int
    amount: Decimal
    low: Decimal | None
    high: Decimal | None
    line: LineFigures | None

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


def _row(benefit: BenefitFigures, amount: Decimal, line: LineFigures | None) -> RowBehind:
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
    )


def _of_year(account: Account, accounts: Sequence[Account], year: int, column: str) -> Behind:
    last = max(account.years)
    every_row = [row for one in accounts for row in one.rows]
    rows = []
    for row in every_row:
        here = row.price_level == account.price_level
        line: LineFigures | None = None
        amount: Any = None
        if column == "promised" and row.promised:
            if row.promised.price_level == account.price_level:
                line, amount = row.promised, row.promised.over(last).get(year)
        elif column == "in_hand":
            amount = row.harvested_dkk.get(account.price_level or 0, {}).get(year)
        elif here and row.rung != "lapsed" and row.approved:
            line = row.approved
            if column == "approved":
                amount = line.over(last).get(year)
            else:
                amount = row.measured_over(last).get(year)
        if amount is not None:
            rows.append(_row(row, amount, line))
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
            rows.append(_row(row, hours, line))
    title = _("%(column)s for %(year)s") % {"column": column_labels()[column], "year": year}
    return Behind(
        title, column, tuple(rows), sum((r.amount for r in rows), ZERO), None, in_hours=True
    )


def _full_effect(account: Account, benefits: Sequence[BenefitFigures], title: str) -> Behind:
    rows = [_row(row, row.worth_dkk, row.approved) for row in benefits]
    return Behind(
        title, "full_effect", tuple(rows), sum((r.amount for r in rows), ZERO), account.price_level
    )


def _promised_of_rung(account: Account, benefits: Sequence[BenefitFigures], title: str) -> Behind:
    """Return what the benefits of a rung were promised to give a year, in the account's level."""
    rows = tuple(
        _row(row, amount, row.promised)
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
