"""The portfolio workbook in memory: frozen, typed, amounts in kroner, codes in English.

None means "not known" and never zero. `row` is the row in the file the record came from; it
names the place of a figure and takes no part in comparisons.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

ExtraValue = str | int | float | bool | dt.date
Extra = dict[str, ExtraValue]
"""Columns the format does not know, kept as they are: heading to value, blanks left out."""

MULTIPLIERS = {"kr.": 1, "1.000 kr.": 1_000, "mio. kr.": 1_000_000}
OWN_PRICE_LEVEL = "prisniveau"
"""An extra column of Indhøstning: a decision in another price level than the file's."""
BENEFIT_KEY_LENGTH = 60
DIGEST_LENGTH = 8


@dataclass(frozen=True)
class Initiative:
    """A row of Initiativer."""

    key: str
    title: str
    unit: str
    in_practice: str | None = None
    purpose_type: str | None = None
    initiative_type: str | None = None
    committee: str | None = None
    theme: str | None = None
    phase: str | None = None
    sponsor: str | None = None
    lead_email: str | None = None
    live_on: dt.date | None = None
    reference: str | None = None
    extra: Extra = field(default_factory=dict)
    row: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Line:
    """A row of Økonomi: amounts in whole øre kroner per year, positive; `kind` directs them."""

    initiative: str
    title: str
    kind: str
    steering_area: str | None = None
    duration: str | None = None
    low_percent: Decimal | None = None
    high_percent: Decimal | None = None
    amounts_dkk: dict[int, Decimal] = field(default_factory=dict)
    """Year to kroner; a year that is not known is not there."""
    extra: Extra = field(default_factory=dict)
    row: int = field(default=0, compare=False)

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes the line the same line in another file."""
        return self.initiative, self.title, self.kind


@dataclass(frozen=True)
class Benefit:
    """A row of Gevinster, or a benefit line that no row names (`from_line`)."""

    key: str
    initiative: str
    title: str
    benefit_type: str
    owner_email: str | None = None
    unit: str | None = None
    indicator: str | None = None
    measure_unit: str | None = None
    baseline: Decimal | None = None
    baseline_on: dt.date | None = None
    target: Decimal | None = None
    target_on: dt.date | None = None
    method: str | None = None
    frequency: str | None = None
    line: str | None = None
    """The title of the benefit line of the same initiative that values it."""
    extra: Extra = field(default_factory=dict)
    row: int = field(default=0, compare=False)
    from_line: bool = field(default=False, compare=False)

    @property
    def place(self) -> str:
        """Where in the file the benefit stands, in Danish."""
        return f"{'Økonomi' if self.from_line else 'Gevinster'}, række {self.row}"


@dataclass(frozen=True)
class Measurement:
    """A row of Målinger."""

    benefit: str
    measured_on: dt.date
    value: Decimal
    source: str | None = None
    measured_by: str | None = None
    extra: Extra = field(default_factory=dict)
    row: int = field(default=0, compare=False)


@dataclass(frozen=True)
class TakeOut:
    """A row of Indhøstning: a decision that takes kroner or hours home in one year."""

    benefit: str
    decided_on: dt.date
    decision: str
    year: int
    amount_dkk: Decimal | None = None
    hours: Decimal | None = None
    budget_place: str | None = None
    named_use: str | None = None
    extra: Extra = field(default_factory=dict)
    row: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Workbook:
    """A whole portfolio workbook. Amounts are kroner; `unit` is how the file writes them."""

    municipality: str
    """Name or four-digit code, as it stands."""
    price_level: int
    unit: str = "kr."
    source: str | None = None
    date_text: str | None = None
    """`dd.mm.åååå` or a year."""
    initiatives: tuple[Initiative, ...] = ()
    lines: tuple[Line, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    take_outs: tuple[TakeOut, ...] = ()
    extra: Extra = field(default_factory=dict)
    """Keys of the sheet Om that the format does not know."""

    @property
    def multiplier(self) -> int:
        """Kroner in one unit of the file."""
        return MULTIPLIERS[self.unit]

    @cached_property
    def unclaimed_benefits(self) -> tuple[Benefit, ...]:
        """The benefit lines that no row of Gevinster names, each as a benefit of its own."""
        claimed = {(b.initiative, b.line) for b in self.benefits if b.line is not None}
        return tuple(
            benefit_of(line)
            for line in self.lines
            if line.kind == "benefit" and (line.initiative, line.title) not in claimed
        )

    @property
    def all_benefits(self) -> tuple[Benefit, ...]:
        """The benefits of the file: those it lists, then those its lines imply."""
        return self.benefits + self.unclaimed_benefits

    def line_of(self, benefit: Benefit) -> Line | None:
        """Return the line that values a benefit."""
        if benefit.line is None:
            return None
        return self._benefit_lines.get((benefit.initiative, benefit.line))

    @cached_property
    def _benefit_lines(self) -> dict[tuple[str, str], Line]:
        return {(x.initiative, x.title): x for x in self.lines if x.kind == "benefit"}


def benefit_of(line: Line) -> Benefit:
    """Return the benefit a line is by itself: its title, type budget, owned by nobody yet."""
    return Benefit(
        key=implied_key(line.initiative, line.title),
        initiative=line.initiative,
        title=line.title,
        benefit_type="budget",
        line=line.title,
        row=line.row,
        from_line=True,
    )


def implied_key(initiative: str, line: str) -> str:
    """Return the key of a benefit that only a line names: the same in every file."""
    key = f"{initiative}/{line}"
    if len(key) <= BENEFIT_KEY_LENGTH:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:DIGEST_LENGTH]
    return f"{key[: BENEFIT_KEY_LENGTH - DIGEST_LENGTH - 1]}-{digest}"
