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
from hoest.domain.evidence.rules.many.files import HEADING_WITHIN, Grid
from hoest.domain.evidence.rules.naming import read_period
from hoest.domain.evidence.rules.reading import (
    PERIOD_WORDS,
    PLACE_WORDS,
    VALUE_WORDS,
    Cell,
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
    """One indicator of a file: its name as first written, what is said of it, its cells unread."""

    name: str
    sheet: str
    line: int
    facts: GivenFacts = field(default_factory=GivenFacts)
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
    where: dict[str, int] = {}
    left: list[tuple[int, str]] = []
    for column, heading in enumerate(head):
        word = heading.casefold().strip(" .:")
        role = next((role for role, words in WORDS.items() if word in words), "")
        if role and role not in where:
            where[role] = column
        elif heading:
            left.append((column, heading))
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
        self.first: tuple[str, int, str] | None = None
        self.is_known = False

    def sheet(self, grid: Grid) -> None:
        """Read one sheet when one of its first rows holds headings that are known."""
        if self.first is None:
            number, row = grid.rows[0]
            self.first = (grid.name, number, "; ".join(trimmed(row)))
        found = _headed(grid)
        if found is None:
            return
        begin, width, shape = found
        self.is_known = True
        self.faults += [
            ManyFault(grid.name, line, "", text, "cell_error") for line, text in grid.broken
        ]
        if not shape.across:
            self.ignored += [text for _column, text in shape.left]
        for line, row in grid.rows[begin:]:
            self._row(grid, shape, width, line, row)

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
        self.faults += [ManyFault(sheet, line, held.name, *fault) for fault in faults]
        held.facts, otherwise = together(held.facts, facts)
        if otherwise:
            self.faults.append(ManyFault(sheet, line, held.name, said[otherwise], "said_otherwise"))

    def done(self) -> ManyReading:
        """Return what was gathered, or the one fault that says why it is nothing."""
        with_cells = tuple(one for one in self.found.values() if one.cells)
        whole: ManyFault | None = None
        if self.first is None:
            whole = ManyFault("", 0, "", "", "empty_file")
        elif not self.is_known:
            whole = ManyFault(*self.first[:2], "", self.first[2], "no_headings")
        elif self.cells > MOST_CELLS:
            whole = ManyFault("", 0, "", str(self.cells), "too_many_cells")
        elif len(with_cells) > MOST_INDICATORS:
            whole = ManyFault("", 0, "", str(len(with_cells)), "too_many_indicators")
        elif not with_cells and not self.faults:
            whole = ManyFault("", 0, "", "", "no_values")
        if whole is not None:
            return ManyReading((), (whole,))
        return ManyReading(with_cells, tuple(self.faults), tuple(dict.fromkeys(self.ignored)))


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
