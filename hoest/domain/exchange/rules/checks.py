"""What must hold between rows: keys once, references that exist, dates and amounts in order.

Every check looks at the rows that could be read and adds to the findings; none stops the others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping

from hoest.domain.exchange.rules.columns import (
    BENEFITS,
    INITIATIVES,
    LINE_KINDS,
    LINES,
    MEASUREMENTS,
    TAKE_OUTS,
)
from hoest.domain.exchange.rules.findings import Findings, quoted
from hoest.domain.exchange.rules.tables import Table, TableRow, suggestion
from hoest.domain.exchange.rules.values import danish_date
from hoest.domain.exchange.rules.workbook import implied_key

Tables = Mapping[str, Table]

KEYS: Mapping[str, tuple[str, ...]] = {
    INITIATIVES: ("key",),
    LINES: ("initiative", "title", "kind"),
    BENEFITS: ("key",),
    MEASUREMENTS: ("benefit", "measured_on"),
    TAKE_OUTS: ("benefit", "decided_on", "decision", "year"),
}
MOST_SUGGESTIONS = 100
UNREADABLE = ""
"""The kind of a line whose kind is a fault already: one fault is enough."""


def check(tables: Tables, findings: Findings, today: dt.date | None) -> None:
    """Run every check. `today`, when given, lets a date in the future be noted."""
    for name, fields in KEYS.items():
        _once(tables[name], fields, findings)
    references = _References(tables, findings)
    references.check()
    _check_lines(tables[LINES], findings)
    _check_benefits(tables, findings)
    _check_take_outs(tables[TAKE_OUTS], findings)
    if today is not None:
        _note_future(tables, findings, today)


def _once(table: Table, fields: tuple[str, ...], findings: Findings) -> None:
    seen: dict[tuple[Hashable, ...], int] = {}
    for row in table.rows:
        if not all(name in row.values for name in fields):
            continue
        key = tuple(row.values[name] for name in fields)
        first = seen.setdefault(key, row.number)
        if first != row.number:
            headings = [table.heading(name) for name in fields]
            what = headings[0] if len(fields) == 1 else f"{', '.join(headings[:-1])} og "
            what += "" if len(fields) == 1 else headings[-1]
            _fault(
                table, row, fields[0], findings,
                f"{quoted(str(key[0]))} er gentaget: {what} er som i række {first}",
                f"at {what} kun står sammen én gang" if len(fields) > 1
                else f"en {what}, der kun står én gang",
            )  # fmt: skip


class _References:
    """Initiatives, lines and benefits that other rows point at."""

    def __init__(self, tables: Tables, findings: Findings) -> None:
        self.tables = tables
        self.findings = findings
        self.suggested = 0
        self.initiatives = {r.values["key"]: r for r in _with(tables[INITIATIVES], "key")}
        self.lines: dict[str, dict[str, set[str]]] = {}
        for row in _with(tables[LINES], "initiative", "title"):
            titles = self.lines.setdefault(row.values["initiative"], {})
            titles.setdefault(row.values["title"], set()).add(row.values.get("kind", UNREADABLE))

    def check(self) -> None:
        if "key" in self.tables[INITIATIVES].positions:
            for name in (LINES, BENEFITS):
                self._exist(name, "initiative", self.initiatives, INITIATIVES)
        claimed = self._check_claims()
        keys = dict.fromkeys(r.values["key"] for r in _with(self.tables[BENEFITS], "key"))
        self._add_implied(keys, claimed)
        for name in (MEASUREMENTS, TAKE_OUTS):
            self._exist(name, "benefit", keys, BENEFITS)

    def _exist(self, name: str, field: str, known: Mapping[str, object], where: str) -> None:
        table = self.tables[name]
        for row in _with(table, field):
            if row.values[field] not in known:
                key = row.values[field]
                _fault(
                    table, row, field, self.findings, quoted(key),
                    f"en nøgle, der findes i arket »{where}«{self._near(key, known)}",
                )  # fmt: skip

    def _near(self, name: str, known: Mapping[str, object]) -> str:
        self.suggested += 1
        return suggestion(name, known) if self.suggested <= MOST_SUGGESTIONS else ""

    def _check_claims(self) -> set[tuple[str, str]]:
        """Check the lines that benefits name, and return them."""
        table = self.tables[BENEFITS]
        claimed: dict[tuple[str, str], int] = {}
        for row in _with(table, "initiative", "line"):
            initiative, title = row.values["initiative"], row.values["line"]
            first = claimed.setdefault((initiative, title), row.number)
            kinds = self.lines.get(initiative, {}).get(title)
            if first != row.number:
                _fault(
                    table, row, "line", self.findings,
                    f"{quoted(title)}, som også gevinsten i række {first} bruger",
                    "en post, som ingen anden gevinst bruger, så intet tælles to gange",
                )  # fmt: skip
            elif kinds is None:
                near = self._near(title, dict.fromkeys(self.lines.get(initiative, {})))
                _fault(
                    table, row, "line", self.findings, quoted(title),
                    f"en post med arten gevinst under {quoted(initiative)} "
                    f"i arket »{LINES}«{near}",
                )  # fmt: skip
            elif not kinds & {"benefit", UNREADABLE}:
                danish = {code: danish for danish, code in LINE_KINDS.items()}
                _fault(
                    table, row, "line", self.findings,
                    f"{quoted(title)}, som har arten {danish[min(kinds)]}",
                    f"en post med arten gevinst under {quoted(initiative)}",
                )  # fmt: skip
        return set(claimed)

    def _add_implied(self, keys: dict[str, None], claimed: set[tuple[str, str]]) -> None:
        """Add the keys of benefits that only a line names; each must be free."""
        table = self.tables[LINES]
        for row in _with(table, "initiative", "title", "kind"):
            initiative, title = row.values["initiative"], row.values["title"]
            if row.values["kind"] != "benefit" or (initiative, title) in claimed:
                continue
            key = implied_key(initiative, title)
            claimed.add((initiative, title))
            if key in keys:
                _fault(
                    table, row, "title", self.findings,
                    f"{quoted(title)}, som giver gevinsten nøglen {quoted(key)}; den er brugt",
                    f"et andet navn, eller at gevinsten {quoted(key)} nævner posten",
                )  # fmt: skip
            keys[key] = None


def _check_lines(table: Table, findings: Findings) -> None:
    for row in table.rows:
        if not row.amounts and not row.faulty:
            findings.note(LINES, row.number, "", "posten har ingen beløb")


def _check_benefits(tables: Tables, findings: Findings) -> None:
    table = tables[BENEFITS]
    leads = {
        row.values["key"]: row.values.get("lead_email") for row in _with(tables[INITIATIVES], "key")
    }
    for row in table.rows:
        start, goal = row.values.get("baseline_on"), row.values.get("target_on")
        if start is not None and goal is not None and goal <= start:
            _fault(
                table, row, "target_on", findings, f"datoen {danish_date(goal)}",
                f"en dato efter baselinedatoen {danish_date(start)}",
            )  # fmt: skip
        owner = row.values.get("owner_email")
        if owner is not None and owner == leads.get(row.values.get("initiative")):
            findings.note(
                BENEFITS, row.number, table.heading("owner_email"),
                f"{quoted(owner)} leder også initiativet. En gevinst skal ejes af en leder i "
                "driften, før den står på trinnet Ejet",
            )  # fmt: skip


def _check_take_outs(table: Table, findings: Findings) -> None:
    for row in table.rows:
        amounts = {"amount_dkk", "hours"}
        if not amounts & (row.values.keys() | row.faulty):
            _fault(
                table, row, "amount_dkk", findings, "hverken beløb eller timer",
                "et beløb eller et antal timer, så det ses, hvad der er taget hjem",
            )  # fmt: skip
        if "hours" in row.values and "named_use" not in row.values:
            findings.note(
                TAKE_OUTS, row.number, table.heading("named_use"),
                "timer uden en anvendelse tæller ikke som taget i hånden",
            )  # fmt: skip


def _note_future(tables: Tables, findings: Findings, today: dt.date) -> None:
    for name, field in ((MEASUREMENTS, "measured_on"), (TAKE_OUTS, "decided_on")):
        for row in _with(tables[name], field):
            if row.values[field] > today:
                findings.note(
                    name, row.number, tables[name].heading(field),
                    f"datoen {danish_date(row.values[field])} ligger i fremtiden",
                )  # fmt: skip


def _with(table: Table, *fields: str) -> list[TableRow]:
    """Return the rows in which all these fields could be read."""
    return [row for row in table.rows if all(field in row.values for field in fields)]


def _fault(
    table: Table, row: TableRow, field: str, findings: Findings, stands: str, expected: str
) -> None:
    findings.fault(
        table.shape.name, row.number, table.heading(field), stands, expected,
        table.address(row, field),
    )  # fmt: skip
