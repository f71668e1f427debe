"""From a cell to a value: one function per kind of column, exact and without guessing.

A cell that cannot be understood raises `NotUnderstood` with what stands there and what is
expected, in Danish. Numbers go from float to Decimal through their shortest text, so 0.1 stays
0,1. Amounts are rounded to whole øre, half away from zero, after the file's unit is applied.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from hoest.domain.exchange.rules.columns import FIRST_YEAR, LAST_YEAR, Column, Kind
from hoest.domain.exchange.rules.findings import quoted
from hoest.domain.exchange.rules.workbook import MULTIPLIERS
from hoest.foundation.imports.reader import Cell
from hoest.ui.formats import NotANumber, parse_number

Value = str | int | Decimal | dt.date

ORE = Decimal("0.01")
FOUR_DECIMALS = Decimal("0.0001")
MOST_DKK = Decimal("999999999999.99")
MOST_NUMBER = Decimal("999999999999.9999")
MOST_HOURS = Decimal("999999999.99")
MOST_PERCENT = Decimal(10_000)
HUNDRED = Decimal(100)

EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(\.[\w-]+)+")
EMAIL_LENGTH = 254
DAY = re.compile(r"(?P<d>\d{1,2})[.-](?P<m>\d{1,2})[.-](?P<y>\d{4})|(\d{4})-(\d{2})-(\d{2})")
NUMBER_SHAPE = re.compile(r"[-+\u2212–]?([0-9]+|[0-9]{1,3}([.\s][0-9]{3})+)(,[0-9]+)?")
SPACES = re.compile(r"\s+")
NO_CHARACTERS = "\ufffe\uffff"
"""Code points that XML refuses although they are no control signs."""
UNIT_NAMES = {
    "kr": "kr.", "kroner": "kr.", "dkk": "kr.",
    "1000kr": "1.000 kr.", "1000kroner": "1.000 kr.", "tkr": "1.000 kr.",
    "tusindkr": "1.000 kr.", "tusindekr": "1.000 kr.", "tusindkroner": "1.000 kr.",
    "miokr": "mio. kr.", "millkr": "mio. kr.", "mkr": "mio. kr.", "mio": "mio. kr.",
    "millionerkr": "mio. kr.", "millionerkroner": "mio. kr.",
}  # fmt: skip


class NotUnderstood(Exception):
    """A cell that cannot be read as its column expects."""

    def __init__(self, stands: str, expected: str) -> None:
        self.stands = stands
        self.expected = expected
        super().__init__(f"{stands} / {expected}")


def stands(cell: Cell) -> str:
    """Return what stands in a cell as a person sees it, in Danish."""
    if cell is None:
        return "feltet er tomt"
    if isinstance(cell, dt.date):
        return f"datoen {danish_date(cell)}"
    if isinstance(cell, bool):
        return "SAND" if cell else "FALSK"
    return quoted(plain_text(cell))


def danish_date(day: dt.date) -> str:
    """Return a date as `dd.mm.åååå`."""
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def danish_number(number: Decimal | int | float) -> str:
    """Return a number exactly, with a decimal comma and without thousands marks."""
    text = format(Decimal(repr(number)) if isinstance(number, float) else Decimal(number), "f")
    return text.replace(".", ",")


def plain_text(cell: Cell) -> str:
    """Return a cell as text: numbers as they are written in Danish, dates as `dd.mm.åååå`."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "SAND" if cell else "FALSK"
    if isinstance(cell, dt.date):
        return danish_date(cell)
    return danish_number(cell) if math.isfinite(cell) else str(cell)


def folded(text: str) -> str:
    """Return a heading or a coded value as it is compared: trimmed, small letters, one form."""
    return SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip().lower()


def clean(text: str) -> str:
    """Return text trimmed, in one Unicode form, with one kind of line break."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text).strip()


def visible(text: str) -> str:
    """Return text without the signs that a workbook, a database or a reader cannot hold."""
    return "".join(c for c in text if c in "\n\t" or not _is_invisible(c))


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") or character in NO_CHARACTERS


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell holds nothing, or nothing but spaces."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def read_text(cell: Cell, column: Column) -> str:
    """Return text on one line, or on several where the column allows it."""
    text = clean(plain_text(cell))
    if text != visible(text):
        raise NotUnderstood(f"{stands(cell)} med usynlige styretegn", "almindelig tekst")
    if column.kind is not Kind.LINES:
        text = SPACES.sub(" ", text).strip()
    if len(text) > column.length:
        raise NotUnderstood(
            f"en tekst på {len(text)} tegn: {quoted(text)}", f"højst {column.length} tegn"
        )
    return text


def read_code(cell: Cell, column: Column) -> str:
    """Return the code of a Danish cell value; hyphens and spaces count as the same."""
    text = folded(plain_text(cell))
    code = column.codes.get(text)
    if code is None:
        loose = {_loose(danish): code for danish, code in column.codes.items()}
        code = loose.get(_loose(text))
    if code is None:
        raise NotUnderstood(stands(cell), f"én af: {', '.join(column.codes)}")
    return code


def _loose(text: str) -> str:
    return re.sub(r"[\s_-]+", "", text)


def read_date(cell: Cell, _column: Column | None = None) -> dt.date:
    """Return a date from a date cell, `dd.mm.åååå` or `åååå-mm-dd`, from 1990 to 2100."""
    expected = "en dato som dd.mm.åååå, fx 28.04.2026"
    day = cell if isinstance(cell, dt.date) else _written_date(cell)
    if day is None:
        raise NotUnderstood(stands(cell), expected)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NotUnderstood(stands(cell), f"en dato fra {FIRST_YEAR} til {LAST_YEAR}")
    return day


def _written_date(cell: Cell) -> dt.date | None:
    match = DAY.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if match is None:
        return None
    day, month, year = match.group("d"), match.group("m"), match.group("y")
    if day is None:
        year, month, day = match.group(4), match.group(5), match.group(6)
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def read_email(cell: Cell, _column: Column | None = None) -> str:
    """Return an e-mail address in small letters."""
    text = clean(plain_text(cell)).lower()
    if not EMAIL.fullmatch(text) or len(text) > EMAIL_LENGTH:
        raise NotUnderstood(stands(cell), "en e-mail, fx navn@kommune.dk")
    return text


def exact(cell: Cell, expected: str) -> Decimal:
    """Return a number cell or a Danish number such as `1.234,5` as it stands, exactly."""
    if isinstance(cell, bool) or cell is None or isinstance(cell, dt.date):
        raise NotUnderstood(stands(cell), expected)
    if isinstance(cell, int | float):
        if not math.isfinite(cell):
            raise NotUnderstood(quoted(str(cell)), expected)
        return Decimal(repr(cell))
    text = cell.strip()
    if not NUMBER_SHAPE.fullmatch(text):
        raise NotUnderstood(stands(cell), expected)
    try:
        return parse_number(text)
    except NotANumber as error:
        raise NotUnderstood(stands(cell), expected) from error


def rounded(number: Decimal, step: Decimal) -> Decimal:
    """Round half away from zero to a step such as 0.01; minus zero becomes zero."""
    return number.quantize(step, rounding=ROUND_HALF_UP) + 0


def read_amount(cell: Cell, multiplier: int) -> Decimal:
    """Return an amount in kroner and whole øre: the cell times the file's unit."""
    expected = "et beløb, fx 1.234,5"
    number = exact(cell, expected)
    if number < 0:
        raise NotUnderstood(stands(cell), "et positivt beløb: arten giver retningen")
    if number * multiplier > MOST_DKK:
        raise NotUnderstood(stands(cell), "et beløb under 1.000 milliarder kr.")
    return rounded(number * multiplier, ORE)


def read_number(cell: Cell, _column: Column | None = None) -> Decimal:
    """Return a value of an indicator with at most four decimals."""
    number = exact(cell, "et tal, fx 1.234,5")
    if abs(number) > MOST_NUMBER:
        raise NotUnderstood(stands(cell), "et tal under 1.000 milliarder")
    return rounded(number, FOUR_DECIMALS)


def read_hours(cell: Cell, _column: Column | None = None) -> Decimal:
    """Return hours, not negative, with at most two decimals."""
    number = exact(cell, "et antal timer, fx 1.250")
    if not 0 <= number <= MOST_HOURS:
        raise NotUnderstood(stands(cell), "et positivt antal timer under en milliard")
    return rounded(number, ORE)


def read_low_percent(cell: Cell, _column: Column | None = None) -> Decimal:
    """Return the low end of an estimate: from 0 to 100 per cent of the amount."""
    expected = "højst 100, i procent af beløbet, fx 80"
    number = _percent(cell, expected)
    if not 0 <= number <= HUNDRED:
        raise NotUnderstood(stands(cell), expected)
    return rounded(number, ORE)


def read_high_percent(cell: Cell, _column: Column | None = None) -> Decimal:
    """Return the high end of an estimate: 100 per cent of the amount or more."""
    expected = "mindst 100, i procent af beløbet, fx 120"
    number = _percent(cell, expected)
    if not HUNDRED <= number <= MOST_PERCENT:
        raise NotUnderstood(stands(cell), expected)
    return rounded(number, ORE)


def _percent(cell: Cell, expected: str) -> Decimal:
    """Return a percentage. A number cell up to 1 may be a share, so it is not guessed at."""
    if isinstance(cell, str):
        return exact(cell.strip().removesuffix("%").strip(), expected)
    number = exact(cell, expected)
    if 0 < number <= 1:
        raise NotUnderstood(f"{stands(cell)}, som kan være en andel", f"{expected} (ikke 0,8)")
    return number


def read_year(cell: Cell, _column: Column | None = None) -> int:
    """Return a year from 1990 to 2100."""
    year = year_of(cell)
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotUnderstood(stands(cell), f"et årstal fra {FIRST_YEAR} til {LAST_YEAR}")
    return year


def year_of(cell: Cell) -> int | None:
    """Return the four-digit number a cell holds, plausible or not."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int):
        return cell if len(str(cell)) == 4 else None
    if isinstance(cell, str) and re.fullmatch(r"[0-9]{4}", cell.strip()):
        return int(cell.strip())
    return None


def read_unit(cell: Cell) -> str:
    """Return the file's unit of amounts: `kr.`, `1.000 kr.` or `mio. kr.`"""
    name = re.sub(r"[\s.]+", "", folded(plain_text(cell)))
    unit = UNIT_NAMES.get(name)
    if unit is None:
        raise NotUnderstood(stands(cell), f"én af: {', '.join(MULTIPLIERS)}")
    return unit


def read_date_text(cell: Cell) -> str:
    """Return the date of the source as `dd.mm.åååå`, or a year."""
    if (year := year_of(cell)) is not None and FIRST_YEAR <= year <= LAST_YEAR:
        return str(year)
    try:
        return danish_date(read_date(cell))
    except NotUnderstood as error:
        raise NotUnderstood(
            error.stands, "en dato som dd.mm.åååå eller et årstal, fx 28.04.2026 eller 2026"
        ) from error


def read_municipality(cell: Cell) -> str:
    """Return the municipality's name, or its code with four digits."""
    text = SPACES.sub(" ", clean(plain_text(cell)))
    if re.fullmatch(r"[0-9]{1,4}", text):
        return text.zfill(4)
    if not text.isprintable() or len(text) > 80 or not any(c.isalpha() for c in text):
        raise NotUnderstood(stands(cell), "kommunens navn eller firecifrede kode")
    return text


READERS: Mapping[Kind, Callable[[Cell, Column], Value]] = {
    Kind.TEXT: read_text,
    Kind.LINES: read_text,
    Kind.CODE: read_code,
    Kind.DATE: read_date,
    Kind.EMAIL: read_email,
    Kind.NUMBER: read_number,
    Kind.HOURS: read_hours,
    Kind.LOW_PERCENT: read_low_percent,
    Kind.HIGH_PERCENT: read_high_percent,
    Kind.YEAR: read_year,
}
