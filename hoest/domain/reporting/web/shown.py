"""The account as the page shows it: tables whose every figure opens the rows behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
)
from hoest.domain.reporting.web.choices import Choice
from hoest.foundation import clock, content
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
    is_unknown: bool = False


# What is known of a year only once it has begun; before that a zero would be a guess.
KNOWN_WHEN_IT_COMES = ("measured", "in_hand")


def _cell(amounts: Mapping[str, Decimal], code: str, year: int, href: str, label: str) -> Cell:
    is_ahead = code in KNOWN_WHEN_IT_COMES and year > clock.today().year
    return Cell(amounts[code], href, label, is_unknown=is_ahead and not amounts[code])


def years_table(account: Account, choice: Choice) -> list[dict[str, Any]]:
    """Return a row per year: its four figures, each opening its rows."""
    return [
        {
            "year": year,
            "cells": [
                _cell(
                    amounts, code, year, choice.url("reporting:rows", aar=year, kolonne=code), label
                )
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
                _cell(
                    amounts,
                    code,
                    year,
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
    """Return what the picture is drawn from; `moved` are the benefits of the account."""
    moves: dict[tuple[str, str], int] = {}
    for move in moved:
        if move.from_rung:
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


def type_tabs(counts: Mapping[str, int], choice: Choice) -> list[dict[str, Any]]:
    """Return a tab per benefit type; types are never mixed in one picture."""
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


def groups_table(parts: Mapping[tuple[Any, ...], Account], choice: Choice) -> list[dict[str, Any]]:
    """Return the account divided by unit, committee or purpose type, largest promise first."""
    field = {"enhed": "unit_id", "udvalg": "body_id", "formaal": "purpose"}[choice.grouped_by]
    table = []
    for group, part in parts.items():
        key, name = group[0], group[-1]
        if choice.grouped_by == "formaal" and key:
            name = content.label("purpose_type", key)
        standing = [line for line in part.rungs if line.rung != "lapsed"]
        table.append(
            {
                "name": name or _("Ikke angivet"),
                "href": choice.url(**{field: key}) if key else "",
                "count": part.count,
                "full": sum((line.dkk for line in standing), ZERO),
                "hours": sum((line.hours for line in standing), ZERO),
                "roof": part.rung("promised").dkk,
                "in_hand": part.rung("in_hand").dkk,
            }
        )
    return sorted(table, key=lambda group: (-group["full"], group["name"]))


def language() -> str:
    """Return the language the numbers are written in."""
    return (get_language() or "da")[:2]
