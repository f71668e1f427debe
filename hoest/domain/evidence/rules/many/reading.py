"""Which columns a file has, and the cells of each indicator in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from hoest.domain.evidence.rules.many.facts import (
    FACTS,
    LONGEST,
    GivenFacts,
    ManyFault,
    read_facts,
    together,
)
from hoest.domain.evidence.rules.many.files import HEADING_WITHIN, Grid, Rows
from hoest.domain.evidence.rules.naming import read_period
from hoest.domain.evidence.rules.reading import (
    MISSING,
    PERIOD_WORDS,
    PLACE_WORDS,
    VALUE_WORDS,
    Cell,
    read_number,
    trimmed,
)

MOST_CELLS, MOST_INDICATORS = 400_000, 2_000
WORDS: dict[str, tuple[str, ...]] = {
    "indicator": ("indikator", "indikatorer", "serie", "nøgletal", "måltal", "indicator", "series"),
    "place": PLACE_WORDS,
    "period": PERIOD_WORDS,
    "value": VALUE_WORDS,
    "measure_unit": ("måleenhed", "måles i", "measure unit", "measure_unit"),
    "step": ("hyppighed", "hvor tit", "step"),
    "wanted": ("bedre er", "bedst er", "bedre", "wanted"),
    "definition": ("sådan opgøres det", "opgøres sådan", "opgørelse", "definition"),
    "since": ("opgøres sådan fra", "opgjort sådan fra", "gælder fra", "since"),
}
NAMES = ("indicator", "place", "period")


@dataclass
class GivenIndicator:
    """One indicator of a file: its name as first written, what is said of it, its cells unread.

    `unread` names the facts that stand in the file but cannot be read.
    """

    name: str
    sheet: str
    line: int
    facts: GivenFacts = field(default_factory=GivenFacts)
    unread: set[str] = field(default_factory=set)
    cells: list[Cell] = field(default_factory=list)


@dataclass(frozen=True)
class ManyReading:
    """The indicators of a file in its order, what keeps it out, and headings that are not used."""

    indicators: tuple[GivenIndicator, ...]
    faults: tuple[ManyFault, ...]
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Shape:
    """Where each role stands; `across` is the role of the headings that are left, with places."""

    where: dict[str, int]
    across: str = ""
    left: tuple[tuple[int, str], ...] = ()

    def within(self, columns: int) -> _Shape:
        """Return the shape a row of so many columns has."""
        if not self.left or self.left[-1][0] < columns:
            return self
        return replace(self, left=self.left[: bisect_left(self.left, (columns,))])


def read_many(grids: Iterable[Grid]) -> ManyReading:
    """Read every sheet with columns that are known. Raises nothing: faults are returned.

    A sheet with indicators and no values says what each is counted in; others are passed by.
    """
    reader = _Reader()
    for grid in grids:
        if grid.rows:
            reader.sheet(grid)
    return reader.done()


def _shape(head: Sequence[str]) -> _Shape | None:
    """Return the shape of a sheet by its headings; None when it holds neither values nor facts."""
    where, left = _roles(head)
    missing = [role for role in NAMES if role not in where]
    if not missing:
        if "value" not in where and len(left) == 1:
            where["value"] = left.pop()[0]
        return _Shape(where, left=tuple(left)) if "value" in where else None
    if missing == ["period"] and left and all(read_period(text) for _column, text in left):
        return _Shape(where, "period", tuple(left))
    if missing in (["indicator"], ["place"]) and left and "value" not in where:
        return _Shape(where, missing[0], tuple(left))
    if "indicator" in where and len(missing) == 2 and any(name in where for name in FACTS):
        return _Shape(where, left=tuple(left))
    return None


def _roles(head: Sequence[str]) -> tuple[dict[str, int], list[tuple[int, str]]]:
    """Return where the roles stand that the headings name, and the headings that are left."""
    where: dict[str, int] = {}
    left: list[tuple[int, str]] = []
    for column, heading in enumerate(head):
        word = heading.casefold().strip(" .:")
        role = next((role for role, words in WORDS.items() if word in words), "")
        if role and role not in where:
            where[role] = column
        elif heading:
            left.append((column, heading))
    return where, left


def _without_numbers(shape: _Shape, rows: Rows, has_point: bool) -> tuple[str, ...]:
    """Return the headings of values under which text stands and no number: they are none."""
    if shape.across not in ("indicator", "place"):
        return ()
    found = []
    for column, heading in shape.left:
        texts = [row[column] for _line, row in rows if column < len(row)]
        kept = [text for text in texts if text.casefold() not in MISSING]
        if kept and all(read_number(text, has_point) is None for text in kept):
            found.append(heading)
    return tuple(found)


def _headed(grid: Grid) -> tuple[int, int, _Shape] | None:
    """Return where the rows begin, how many columns have headings, and the shape they give."""
    for turn, (_number, row) in enumerate(grid.rows[:HEADING_WITHIN], start=1):
        head = trimmed(row)
        shape = _shape(head)
        if shape is not None:
            return turn, len(head), shape
    return None


class _Reader:
    """Gathers the sheets of one file."""

    def __init__(self) -> None:
        self.found: dict[str, GivenIndicator] = {}
        self.faults: list[ManyFault] = []
        self.ignored: list[str] = []
        self.cells = 0
        self.first: ManyFault | None = None
        self.is_known = False

    def sheet(self, grid: Grid) -> None:
        """Read one sheet when one of its first rows holds headings that are known."""
        found = _headed(grid)
        if found is None:
            self._unheaded(grid)
            return
        begin, width, shape = found
        self.is_known = True
        empty = _without_numbers(shape, grid.rows[begin:], grid.has_point)
        if empty:
            self.faults.append(_lacking(grid.name, *grid.rows[begin - 1], "; ".join(empty)))
            return
        self.faults += [
            ManyFault(grid.name, line, "", text, "cell_error") for line, text in grid.broken
        ]
        if not shape.across:
            self.ignored += [text for _column, text in shape.left]
        for line, row in grid.rows[begin:]:
            self._row(grid, shape, width, line, row)

    def _unheaded(self, grid: Grid) -> None:
        """Keep the row that is most like headings, of all sheets, to say what it lacks."""
        for line, row in grid.rows[:HEADING_WITHIN]:
            fault = _lacking(grid.name, line, row)
            if self.first is None or len(fault.missing) < len(self.first.missing):
                self.first = fault

    def _row(self, grid: Grid, shape: _Shape, width: int, line: int, row: list[str]) -> None:
        given = len(row)
        row = trimmed(row)
        if len(row) > width:
            self.faults.append(ManyFault(grid.name, line, "", "; ".join(row), "more_cells"))
            return
        row += [""] * (width - len(row))
        texts = {role: row[column] for role, column in shape.where.items()}
        said = {name: texts[name] for name in FACTS if texts.get(name)}
        # Past the end of a short row are no values; all are counted before any is made.
        shape = shape if said else shape.within(given)
        has_one = any(texts.get(name) for name in ("period", "place", "value"))
        self.cells += len(shape.left) if shape.across else has_one
        if self.cells > MOST_CELLS:
            return
        for name, place, period, value in _named(shape, texts, row):
            held = self._held(grid.name, line, name)
            if held is None:
                continue
            if said:
                self._say(grid.name, line, held, said)
            if period or place or value:
                held.cells.append(Cell(line, place, period, value, grid.has_point, grid.name))

    def _held(self, sheet: str, line: int, name: str) -> GivenIndicator | None:
        name = " ".join(name.split())
        held = self.found.get(name.casefold())
        if held is None:
            if not name or len(name) > LONGEST["name"]:
                self.faults.append(ManyFault(sheet, line, "", name, "no_indicator"))
                return None
            held = self.found[name.casefold()] = GivenIndicator(name, sheet, line)
        return held

    def _say(self, sheet: str, line: int, held: GivenIndicator, said: dict[str, str]) -> None:
        facts, faults = read_facts(said)
        for name, text, code in faults:
            held.unread.add(name)
            self.faults.append(ManyFault(sheet, line, held.name, text, code))
        held.facts, otherwise = together(held.facts, facts)
        if otherwise:
            self.faults.append(ManyFault(sheet, line, held.name, said[otherwise], "said_otherwise"))

    def done(self) -> ManyReading:
        """Return what was gathered, or the one fault that says why it is nothing."""
        with_cells = tuple(one for one in self.found.values() if one.cells)
        whole: ManyFault | None = None
        if self.first is None and not self.is_known:
            whole = ManyFault("", 0, "", "", "empty_file")
        elif not self.is_known:
            whole = self.first
        elif self.cells > MOST_CELLS:
            whole = ManyFault("", 0, "", str(self.cells), "too_many_cells")
        elif len(with_cells) > MOST_INDICATORS:
            whole = ManyFault("", 0, "", str(len(with_cells)), "too_many_indicators")
        elif not with_cells and not self.faults:
            whole = ManyFault("", 0, "", "", "no_values")
        if whole is not None:
            return ManyReading((), (whole,))
        return ManyReading(with_cells, tuple(self.faults), tuple(dict.fromkeys(self.ignored)))


def _lacking(sheet: str, line: int, row: Sequence[str], empty: str = "") -> ManyFault:
    """Return what a row lacks as headings; `empty` names those under which no numbers stand."""
    head = trimmed(row)
    where, _left = _roles(head)
    missing = tuple(role for role in (*NAMES, "value") if role not in where)
    code = "no_headings" if len(missing) > len(NAMES) else "lacks_headings"
    return ManyFault(sheet, line, "", "; ".join(head), code, empty, missing)


def _named(
    shape: _Shape, texts: dict[str, str], row: list[str]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield (indicator, place, period, value) of each value in a row."""
    if shape.across:
        for column, heading in shape.left:
            across = {**texts, shape.across: heading}
            yield across["indicator"], across["place"], across["period"], row[column]
    else:
        yield (
            texts["indicator"],
            texts.get("place", ""),
            texts.get("period", ""),
            texts.get("value", ""),
        )
