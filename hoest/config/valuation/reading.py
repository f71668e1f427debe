"""Read a case for `hoest value`: every field known, every amount understood, or one fault.

The format is documented in docs/reference/methods/cash-flow.md. Amounts are JSON numbers or text.
Text with a comma is read as Danish ("1.234,5"); text without is read as a JSON number ("1234.5");
text that could be both ("1.234") is refused rather than guessed at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from hoest.engine.cash_flow import (
    MOST_YEARS,
    RATE_SCHEDULES,
    Kind,
    Line,
    RateSchedule,
    View,
    flat_rate,
    schedule_named,
)

from .strict_json import (
    CaseNotUnderstood,
    check_fields,
    parsed,
    place,
    quoted,
    refuse,
    truth,
    whole_number,
)

CASE_FIELDS = ("base_year", "price_level", "rate", "lines", "horizon", "unit")
LINE_FIELDS = ("name", "kind", "recurring", "amounts")
LINE_OPTIONS = ("price_level", "view", "low_share", "high_share")
UNITS = ("kr", "t", "m")
FIRST_YEAR, LAST_YEAR = 1900, 2200
LONGEST_NAME = 200
MOST_LINES = 10_000
LARGEST_AMOUNT = Decimal(10) ** 15
MOST_DECIMALS = 30
MOST_SHARE_DECIMALS = 10
LARGEST_SHARE = Decimal(100)
HIGHEST_RATE = Decimal(1)

_JSON_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_DANISH_NUMBER = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+),[0-9]+")
_BOTH = re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Case:
    """A case as the file states it; amounts of `lines` are in `unit`."""

    base_year: int
    horizon: int
    price_level: int
    unit: str
    rate: RateSchedule
    lines: tuple[Line, ...]


def read_case(raw: bytes, source: str) -> Case:
    """Return the case of a file, or raise CaseNotUnderstood with one Danish sentence.

    `source` names the file in the sentence.
    """
    found = parsed(raw, source)
    check_fields(found, "", CASE_FIELDS, ())
    base_year = _year(found["base_year"], "base_year")
    price_level = _year(found["price_level"], "price_level")
    horizon = _year(found["horizon"], "horizon")
    if horizon < base_year:
        raise refuse("horizon", horizon, f"basisåret {base_year} eller et senere år")
    if horizon - base_year > MOST_YEARS:
        raise refuse("horizon", horizon, f"højst {MOST_YEARS} år efter basisåret {base_year}")
    unit = _choice(found["unit"], "unit", UNITS)
    rate = _rate(found["rate"])
    lines = _lines(found["lines"], base_year, horizon, price_level)
    return Case(base_year, horizon, price_level, unit, rate, lines)


def _year(value: object, where: str) -> int:
    expected = f"et årstal mellem {FIRST_YEAR} og {LAST_YEAR} som helt tal"
    return whole_number(value, where, FIRST_YEAR, LAST_YEAR, expected)


def _choice(value: object, where: str, known: tuple[str, ...]) -> str:
    if isinstance(value, str) and value in known:
        return value
    names = [f'"{name}"' for name in known]
    raise refuse(where, value, f"{', '.join(names[:-1])} eller {names[-1]}")


def _rate(value: object) -> RateSchedule:
    names = tuple(schedule.name for schedule in RATE_SCHEDULES)
    expected = f"{', '.join(names)} eller en andel fra 0 til {HIGHEST_RATE} (3,5 % skrives 0.035)"
    if isinstance(value, str) and value in names:
        return schedule_named(value)
    if isinstance(value, Decimal) and 0 <= value <= HIGHEST_RATE:
        return flat_rate(float(value))
    raise refuse("rate", value, expected)


def _lines(value: object, base_year: int, horizon: int, price_level: int) -> tuple[Line, ...]:
    if not isinstance(value, list) or not value:
        raise refuse("lines", value, "en liste med mindst én linje")
    if len(value) > MOST_LINES:
        raise refuse("lines", value, f"højst {MOST_LINES} linjer")
    lines = tuple(_line(item, place("lines", k), price_level) for k, item in enumerate(value))
    for k, line in enumerate(lines):
        _same_level_and_view(line, lines[0], place("lines", k), price_level)
        for year in line.amounts:
            if not base_year <= year <= horizon:
                raise CaseNotUnderstood(
                    f"I {place('lines', k)}.amounts[{year}] står et beløb uden for sagens år; "
                    f"der skal stå et år fra {base_year} til {horizon}."
                )
    return lines


def _same_level_and_view(line: Line, first: Line, where: str, price_level: int) -> None:
    if line.price_level != price_level:
        raise CaseNotUnderstood(
            f"I {where}.price_level står {line.price_level}, men sagen er i prisniveau "
            f"{price_level}; prisniveauer lægges ikke sammen uden et indeks."
        )
    if line.view is not first.view:
        raise CaseNotUnderstood(
            f'I {where}.view står "{line.view}", men lines[0] er "{first.view}"; kommunekasse '
            "og samfund lægges ikke sammen."
        )


def _line(value: object, where: str, price_level: int) -> Line:
    if not isinstance(value, dict):
        raise refuse(where, value, "et objekt med felterne " + ", ".join(LINE_FIELDS))
    check_fields(value, where, LINE_FIELDS, LINE_OPTIONS)
    options = value.keys() & set(LINE_OPTIONS)
    level = value.get("price_level")
    low, high = place(where, "low_share"), place(where, "high_share")
    return Line(
        name=_name(value["name"], place(where, "name")),
        kind=Kind(_choice(value["kind"], place(where, "kind"), tuple(Kind))),
        recurring=truth(value["recurring"], place(where, "recurring")),
        amounts=_amounts(value["amounts"], place(where, "amounts")),
        price_level=(
            _year(level, place(where, "price_level")) if "price_level" in options else price_level
        ),
        view=View(_choice(value.get("view", View.TREASURY), place(where, "view"), tuple(View))),
        low_share=_share(value["low_share"], low, Decimal(0), Decimal(1))
        if "low_share" in options
        else None,
        high_share=_share(value["high_share"], high, Decimal(1), LARGEST_SHARE)
        if "high_share" in options
        else None,
    )


def _name(value: object, where: str) -> str:
    understood = isinstance(value, str) and value.isprintable() and bool(value.strip())
    if isinstance(value, str) and understood and len(value) <= LONGEST_NAME:
        return value.strip()
    raise refuse(where, value, f"et navn på 1 til {LONGEST_NAME} tegn på én linje")


def _share(value: object, where: str, low: Decimal, high: Decimal) -> Decimal:
    if (
        isinstance(value, Decimal)
        and low <= value <= high
        and _decimals(value) <= MOST_SHARE_DECIMALS
    ):
        return value
    bounds = f"{low} til {high} med højst {MOST_SHARE_DECIMALS} decimaler"
    raise refuse(where, value, f"en andel fra {bounds} (80 % skrives 0.8)")


def _amounts(value: object, where: str) -> dict[int, Decimal]:
    if not isinstance(value, dict) or not value:
        raise refuse(where, value, 'et objekt med mindst ét år, for eksempel {"2026": 1.8}')
    amounts: dict[int, Decimal] = {}
    for year, amount in value.items():
        if not _YEAR.fullmatch(year):
            raise CaseNotUnderstood(
                f"I {where} står nøglen {quoted(year)}, men der skal stå et årstal med fire cifre."
            )
        amounts[int(year)] = _amount(amount, f"{where}[{year}]")
    return amounts


def _amount(value: object, where: str) -> Decimal:
    if value is None:
        raise refuse(where, value, "et beløb; udelad året, hvis beløbet ikke er kendt")
    amount = _number(value, where)
    if amount < 0:
        raise refuse(where, value, "et beløb uden minus; feltet kind afgør retningen")
    if amount > LARGEST_AMOUNT or _decimals(amount) > MOST_DECIMALS:
        expected = f"et beløb på højst 15 cifre før og {MOST_DECIMALS} efter kommaet"
        raise refuse(where, value, expected)
    return amount


def _number(value: object, where: str) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, str):
        if _BOTH.fullmatch(value):
            meant = f"{value.replace('.', '')} eller {value} uden anførselstegn"
            raise refuse(where, value, f"et entydigt beløb; skriv {meant}")
        if _DANISH_NUMBER.fullmatch(value):
            return Decimal(value.replace(".", "").replace(",", "."))
        if _JSON_NUMBER.fullmatch(value):
            return Decimal(value)
    raise refuse(where, value, 'et beløb som 1234.5 eller "1.234,5"')


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and value != 0 else 0
