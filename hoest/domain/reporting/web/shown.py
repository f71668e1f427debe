"""The account as the page shows it: tables whose every figure opens the rows behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hoest.domain.reporting.queries import Moved
from hoest.domain.reporting.rules import (
    RUNGS,
    ZERO,
    Account,
    BenefitFigures,
    accounts_of,
)
from hoest.domain.reporting.web.choices import Choice
from hoest.foundation import content
from hoest.ui.pictures.harvest import HarvestAccount, Move, RungAmount


def column_labels() -> dict[str, str]:
    """Return the heading of each column of the account."""
    return {
        "promised": _("Lovet oprindeligt"),
        "approved": _("Senest godkendt"),
        "measured": _("Målt"),
        "in_hand": _("Taget hjem"),
    }


@dataclass(frozen=True)
class Cell:
    """A figure under its heading, with the address of the rows behind it."""

    value: Decimal
    href: str
    label: str


def years_table(account: Account, choice: Choice) -> list[dict[str, Any]]:
    """Return a row per year: its four figures, each opening its rows."""
    return [
        {
            "year": year,
            "cells": [
                Cell(amounts[code], choice.url("reporting:rows", aar=year, kolonne=code), label)
                for code, label in column_labels().items()
            ],
        }
        for year, amounts in account.years.items()
    ]


def hours_table(account: Account, choice: Choice) -> list[dict[str, Any]]:
    """Return a row per year in hours, each figure opening its rows."""
    return [
        {
            "year": year,
            "cells": [
                Cell(
                    amounts[code],
                    choice.url("reporting:rows", aar=year, kolonne=code, maal="timer"),
                    label,
                )
                for code, label in column_labels().items()
            ],
        }
        for year, amounts in account.hour_years.items()
    ]


def rungs_table(account: Account, choice: Choice) -> list[dict[str, Any]]:
    """Return a row per rung, the hand last, and lapsed beside when there is any."""
    rows = []
    for line in account.rungs:
        if line.rung == "lapsed" and not line.count:
            continue
        rows.append(
            {
                "rung": line.rung,
                "height": RUNGS.index(line.rung) if line.rung != "lapsed" else 0,
                "label": content.label("rung", line.rung),
                "holds": content.explanation("rung", line.rung),
                "line": line,
                "has_range": line.low_dkk != line.dkk or line.high_dkk != line.dkk,
                "href": choice.url("reporting:rows", trin=line.rung),
                "promised_href": choice.url("reporting:rows", trin=line.rung, kolonne="promised"),
                "hours_href": choice.url("reporting:rows", trin=line.rung, maal="timer"),
            }
        )
    return rows


def picture_of(account: Account, choice: Choice, moved: Iterable[Moved]) -> HarvestAccount:
    """Return what the picture is drawn from."""
    shown = {row.benefit_id for row in account.rows}
    moves: dict[tuple[str, str], int] = {}
    for move in moved:
        if move.from_rung and move.benefit_id in shown:
            pair = (move.from_rung, move.to_rung)
            moves[pair] = moves.get(pair, 0) + 1
    return HarvestAccount(
        rungs=tuple(
            RungAmount(
                code=line.rung,
                label=content.label("rung", line.rung),
                dkk=line.dkk,
                hours=line.hours,
                count=line.count,
                href=choice.url("reporting:rows", trin=line.rung),
                promised_dkk=line.promised_dkk,
            )
            for line in account.rungs
        ),
        moves=tuple(Move(a, b, count) for (a, b), count in moves.items()),
    )


def type_tabs(rows: list[BenefitFigures], choice: Choice) -> list[dict[str, Any]]:
    """Return a tab per benefit type; types are never mixed in one picture."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.benefit_type] = counts.get(row.benefit_type, 0) + 1
    return [
        {
            "url": choice.url(benefit_type=code),
            "label": content.label("benefit_type", code),
            "count": counts[code],
            "current": code == choice.benefit_type,
            "code": code,
        }
        for code in content.codes("benefit_type")
        if code in counts
    ]


def groups_table(account: Account, choice: Choice) -> list[dict[str, Any]]:
    """Return the account divided by unit, committee or purpose type, largest promise first."""
    groups: dict[Any, list[BenefitFigures]] = {}
    names: dict[Any, str] = {}
    for row in account.rows:
        key, name = _group_of(row, choice.grouped_by)
        groups.setdefault(key, []).append(row)
        names[key] = name
    table = []
    for key, rows in groups.items():
        part = next((a for a in accounts_of(rows) if a.price_level == account.price_level), None)
        if part is None:
            continue
        field = {"enhed": "unit_id", "udvalg": "body_id", "formaal": "purpose"}[choice.grouped_by]
        standing = [line for line in part.rungs if line.rung != "lapsed"]
        table.append(
            {
                "name": names[key] or _("Ikke angivet"),
                "href": choice.url(**{field: key}) if key else "",
                "count": part.count,
                "full": sum((line.dkk for line in standing), ZERO),
                "hours": sum((line.hours for line in standing), ZERO),
                "roof": part.rung("promised").dkk,
                "in_hand": part.rung("in_hand").dkk,
            }
        )
    return sorted(table, key=lambda group: (-group["full"], group["name"]))


def _group_of(row: BenefitFigures, grouped_by: str) -> tuple[Any, str]:
    if grouped_by == "udvalg":
        return row.body_id, row.body_name
    if grouped_by == "formaal":
        label = content.label("purpose_type", row.purpose_type) if row.purpose_type else ""
        return row.purpose_type, label
    return row.unit_id, row.unit_name


def language() -> str:
    """Return the language the numbers are written in."""
    return (get_language() or "da")[:2]
