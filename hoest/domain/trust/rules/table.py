"""Reading a sheet of systems: one row a system, with its contract and agreement beside. No Django.

Why: a municipality without KITOS, or whose KITOS lacks something, brings a file. Every fault is
found at once, each with its cell, what stands there and what is expected; a file with a fault
changes nothing. The heading names the columns, in any order; unknown columns are told of.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from hoest.domain.trust.rules.kitos import ID, NAME, TEXT, Party, Taken
from hoest.domain.trust.rules.register import Kind, deadline
from hoest.foundation.faults import Fault

MOST_ROWS = 10_000
MOST_FAULTS = 200
MOST_BYTES = 20_000_000


class CannotReadFile(Fault):
    """The file is no text of rows and columns."""


@dataclass(frozen=True)
class CellFault:
    """A cell that cannot be taken."""

    cell: str
    column: str
    stands: str
    expected: str


@dataclass(frozen=True)
class Read:
    """What lies in a file: the rows of each kind, or the faults; and columns nobody knows."""

    systems: tuple[Taken, ...] = ()
    contracts: tuple[Taken, ...] = ()
    processings: tuple[Taken, ...] = ()
    faults: tuple[CellFault, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column: its heading, what it becomes, and how a cell is read."""

    heading: str
    key: str
    read: Callable[[Any], Any]
    expected: str
    example: str = ""


class _NotThat(Exception):
    """A cell that does not read as its column says."""


def _plain(longest: int) -> Callable[[Any], str]:
    def read(cell: Any) -> str:
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        text = " ".join(str(cell).replace("\x00", "").split())
        if len(text) > longest:
            raise _NotThat
        return text

    return read


def _one_of(words: dict[str, str]) -> Callable[[Any], str]:
    def read(cell: Any) -> str:
        if isinstance(cell, bool):
            cell = "ja" if cell else "nej"
        try:
            return words[str(cell).strip().casefold()]
        except KeyError as unknown:
            raise _NotThat from unknown

    return read


def _some_of(words: dict[str, str]) -> Callable[[Any], list[str]]:
    read_one = _one_of(words)

    def read(cell: Any) -> list[str]:
        parts = [one for one in re.split(r"[,/+]| og ", str(cell)) if one.strip()]
        return sorted({read_one(one) for one in parts})

    return read


def _day(cell: Any) -> dt.date:
    if isinstance(cell, dt.date):
        return cell
    text = str(cell).strip()
    for shape in ("%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"):
        try:
            day = dt.datetime.strptime(text, shape).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
        if 1900 <= day.year <= 2200:
            return day
    raise _NotThat


def _number(cell: Any) -> Decimal:
    text = str(cell).strip().removesuffix("kr.").removesuffix("kr").strip()
    if not isinstance(cell, int | float):
        if not re.fullmatch(r"\d{1,3}(\.\d{3})*(,\d{1,2})?|\d+(,\d{1,2})?", text):
            raise _NotThat
        text = text.replace(".", "").replace(",", ".")
    try:
        found = Decimal(text)
    except InvalidOperation as broken:
        raise _NotThat from broken
    if not 0 <= found < Decimal(10) ** 11:
        raise _NotThat
    return found.quantize(Decimal("0.01"))


def _count(cell: Any) -> int:
    found = _number(cell)
    if found != int(found) or found > 240:
        raise _NotThat
    return int(found)


def _kle(cell: Any) -> list[str]:
    parts = [one.strip() for one in re.split(r"[,; ]", str(cell)) if one.strip()]
    if not all(re.fullmatch(r"\d{2}(\.\d{2}){0,2}", one) for one in parts):
        raise _NotThat
    return sorted(set(parts))


def _several(cell: Any) -> list[str]:
    read_one = _plain(NAME)
    return sorted({read_one(one) for one in str(cell).split(";") if one.strip()})


YES_NO = {"ja": "yes", "nej": "no", "ved ikke": "dontknow"}
LIFE = {
    "i drift": "operational",
    "indfases": "phasingin",
    "udfases": "phasingout",
    "ikke i brug": "notinuse",
}
HOSTING = {"hos os": "onpremise", "hos leverandøren": "external", "begge dele": "hybrid"}
LEVELS = {
    "ingen": "none",
    "almindelige": "persondata",
    "følsomme": "sensitivedata",
    "strafbare forhold": "legaldata",
}
WEB = {"ja": "yes", "nej": "no", "delvist": "partially"}
SPECIAL = {
    "cpr": "cprnumber",
    "sociale problemer": "socialproblems",
    "andre private forhold": "otherprivatematters",
}


def _words(known: dict[str, str]) -> str:
    *first, last = known
    return f"{', '.join(first)} eller {last}"


DAY = "en dato som 31.12.2027"
NAME_SAID = "et navn på højst 300 tegn"
COLUMNS: tuple[Column, ...] = (
    Column("System", "name", _plain(NAME), NAME_SAID, "Omsorgsjournalen"),
    Column("System-id", "id", _plain(ID), "et nummer på højst 160 tegn", "S-12"),
    Column("Kaldes her", "local_name", _plain(NAME), NAME_SAID, "Journalen"),
    Column("Formål", "purpose", _plain(TEXT), "en tekst på højst 4.000 tegn", "Journal i plejen"),
    Column("Ansvarlig enhed", "responsible_unit", _plain(NAME), NAME_SAID, "Sundhed og Omsorg"),
    Column(
        "Bruges af",
        "using_units",
        _several,
        "navne med semikolon imellem",
        "Hjemmeplejen; Bo Nord",
    ),
    Column("KLE", "kle", _kle, "numre som 27.36.04, med komma imellem", "27.36.04"),
    Column("Livscyklus", "life", _one_of(LIFE), _words(LIFE), "i drift"),
    Column("Kritisk for driften", "critical", _one_of(YES_NO), _words(YES_NO), "ja"),
    Column("Drift", "hosting", _one_of(HOSTING), _words(HOSTING), "hos leverandøren"),
    Column("Persondata", "data_levels", _some_of(LEVELS), _words(LEVELS), "almindelige, følsomme"),
    Column("Særlige oplysninger", "special_data", _some_of(SPECIAL), _words(SPECIAL), "cpr"),
    Column("Kunstig intelligens", "has_ai", _one_of(YES_NO), _words(YES_NO), "nej"),
    Column("Webtilgængelig", "web_access", _one_of(WEB), _words(WEB), "delvist"),
    Column("Risikovurdering", "risk", _one_of(YES_NO), _words(YES_NO), "ja"),
    Column("Risikovurderet den", "risk_on", _day, DAY, "01.02.2026"),
    Column("DPIA", "dpia", _one_of(YES_NO), _words(YES_NO), "ja"),
    Column("DPIA den", "dpia_on", _day, DAY, "01.03.2026"),
    Column("Leverandør", "supplier", _plain(NAME), NAME_SAID, "Solsort Software"),
    Column("CVR", "cvr", _plain(20), "et CVR-nummer", "99000001"),
    Column("Kontrakt", "contract", _plain(NAME), NAME_SAID, "Journal i skyen"),
    Column("Kontrakt starter", "starts_on", _day, DAY, "01.01.2024"),
    Column("Kontrakt slutter", "ends_on", _day, DAY, "31.12.2027"),
    Column("Varsel i måneder", "notice_months", _count, "et helt tal fra 0 til 240", "6"),
    Column("Årlig udgift", "yearly_dkk", _number, "et beløb i kroner som 125.000", "125.000"),
    Column("Databehandleraftale", "agreement", _one_of(YES_NO), _words(YES_NO), "ja"),
    Column("Aftale indgået", "agreement_on", _day, DAY, "01.06.2024"),
)
OF_SYSTEM = (
    *("local_name", "purpose", "responsible_unit", "using_units", "kle", "life", "critical"),
    *("hosting", "data_levels", "special_data", "has_ai", "web_access", "risk", "risk_on"),
    *("dpia", "dpia_on"),
)
OF_CONTRACT = ("starts_on", "ends_on", "notice_months", "yearly_dkk")
EMPTY: dict[str, Any] = {
    **dict.fromkeys(
        ("local_name", "purpose", "life", "critical", "hosting", "has_ai", "web_access"), ""
    ),
    **dict.fromkeys(("risk", "dpia", "agreement", "responsible_unit"), ""),
    **{name: [] for name in ("using_units", "kle", "data_levels", "special_data")},
}


def cells_of_csv(content: bytes) -> list[tuple[int, list[Any]]]:
    """Return the rows of a CSV file with their numbers. Raises CannotReadFile."""
    if len(content) > MOST_BYTES:
        raise CannotReadFile("Filen er for stor. Den må højst fylde 20 MB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.split("\n", 1)[0]
    mark = max(";,\t", key=first.count)
    try:
        found = [
            (number, [cell.strip() for cell in row])
            for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=mark), start=1)
            if any(cell.strip() for cell in row)
        ]
    except csv.Error as broken:
        raise CannotReadFile(
            "Filen kan ikke læses som CSV. Gem den igen fra regnearket."
        ) from broken
    if len(found) > MOST_ROWS:
        raise CannotReadFile("Filen har over 10.000 rækker. Del den i flere.")
    return found


def read_table(rows: Sequence[tuple[int, Sequence[Any]]]) -> Read:
    """Return what lies in the rows of a sheet; the first row is the heading.

    Raises CannotReadFile when there is no heading with a column of systems.
    """
    if not rows:
        raise CannotReadFile("Filen er tom. Den første række skal være overskrifterne.")
    known = {one.heading.casefold(): one for one in COLUMNS}
    heading = [str(cell or "").strip() for cell in rows[0][1]]
    columns = [known.get(name.casefold()) for name in heading]
    if not any(one and one.key == "name" for one in columns):
        raise CannotReadFile("Filen har ingen kolonne »System«. Hent skabelonen, og brug den.")
    unknown = tuple(
        name for name, one in zip(heading, columns, strict=True) if name and one is None
    )
    faults: list[CellFault] = []
    found = [
        (number, values)
        for number, cells in rows[1:]
        if (values := _values(number, cells, columns, faults)) is not None
    ]
    _same_name_twice(found, columns, faults)
    if faults:
        return Read(faults=tuple(faults[:MOST_FAULTS]), unknown=unknown)
    return _grouped([values for _number, values in found], unknown)


def _values(
    number: int,
    cells: Sequence[Any],
    columns: Sequence[Column | None],
    faults: list[CellFault],
) -> dict[str, Any] | None:
    values: dict[str, Any] = {}
    for place, (column, cell) in enumerate(zip(columns, cells, strict=False), start=1):
        if column is None or cell is None or not str(cell).strip():
            continue
        try:
            values[column.key] = column.read(cell)
        except _NotThat:
            faults.append(_fault(number, place, column, str(cell)[:80]))
    if values and "name" not in values:
        place = next(i for i, one in enumerate(columns, start=1) if one and one.key == "name")
        if not any(fault.cell == _cell(number, place) for fault in faults):
            faults.append(_fault(number, place, COLUMNS[0], ""))
    return values if "name" in values else None


def _same_name_twice(
    found: Iterable[tuple[int, dict[str, Any]]],
    columns: Sequence[Column | None],
    faults: list[CellFault],
) -> None:
    place = next(i for i, one in enumerate(columns, start=1) if one and one.key == "name")
    seen: dict[str, int] = {}
    for number, values in found:
        key = _id_of(values)
        if key in seen:
            faults.append(
                CellFault(
                    _cell(number, place),
                    COLUMNS[0].heading,
                    values["name"],
                    f"et system én gang; det står også i række {seen[key]}",
                )
            )
        seen.setdefault(key, number)


def _grouped(rows: Sequence[dict[str, Any]], unknown: tuple[str, ...]) -> Read:
    systems, processings = [], []
    contracts: dict[str, Taken] = {}
    for row in rows:
        key = _id_of(row)
        party = _party(row)
        values = {name: row.get(name, EMPTY.get(name)) for name in OF_SYSTEM}
        systems.append(Taken(Kind.SYSTEM, key, {"name": row["name"], **values}, party))
        if row.get("contract") or any(name in row for name in OF_CONTRACT):
            name = row.get("contract") or row["name"]
            pk = f"{name}|{party.name if party else ''}".lower()[:ID]
            about = (*(contracts[pk].systems if pk in contracts else ()), key)
            contracts[pk] = Taken(Kind.CONTRACT, pk, _contract(name, row), party, about)
        if row.get("agreement"):
            agreed = {"name": row["name"], "agreement": row["agreement"]}
            agreed["agreement_on"] = row.get("agreement_on")
            agreed["processors"] = [party.name] if party else []
            processings.append(Taken(Kind.PROCESSING, key, agreed, None, (key,)))
    return Read(tuple(systems), tuple(contracts.values()), tuple(processings), (), unknown)


def _contract(name: str, row: dict[str, Any]) -> dict[str, Any]:
    due = deadline(
        ends_on=row.get("ends_on"),
        terminated_on=None,
        irrevocable_until=None,
        is_continuous=None,
        notice_months=row.get("notice_months"),
    )
    return {
        "name": name,
        **{each: row.get(each) for each in OF_CONTRACT},
        "leaves_on": due.leaves_on,
        "decide_by": due.decide_by,
    }


def _party(row: dict[str, Any]) -> Party | None:
    name = row.get("supplier", "")
    return Party(f"navn:{name.lower()}"[:ID], name, row.get("cvr", "")) if name else None


def _id_of(row: dict[str, Any]) -> str:
    return str(row.get("id") or f"navn:{row['name'].lower()}")[:ID]


def _fault(number: int, place: int, column: Column, stands: str) -> CellFault:
    return CellFault(_cell(number, place), column.heading, stands, column.expected)


def _cell(row: int, column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def template() -> str:
    """Return the empty file with its headings and one example, as CSV with semicolons."""
    lines = ([one.heading for one in COLUMNS], [one.example for one in COLUMNS])
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(lines)
    return "\ufeff" + out.getvalue()
