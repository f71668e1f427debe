"""The gap between what was taken out of budgets and what was measured, and who carries it.

Per benefit, year and measure (kroner of one price level, or hours; never both). What a benefit
gave is divided among its agreements by what each took, so the rows add up to the benefit's to the
øre. A year nobody has measured has no gap: it stands as not measured. No Django.
Source: benefits-methods §7 item 9 (gap to budget taken out); docs/explanation/hjemtagning.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hoest.domain.benefits.rules.proof import CLAIMED, Proof
from hoest.domain.benefits.rules.takeout import ZERO, divided, whole_oere


@dataclass(frozen=True)
class Taken:
    """What one agreement (or a single decision) takes of a benefit in a year.

    `unit_share` is the part of a gap the unit carries; None when nobody has agreed on it.
    `realised` is the part of the measured effect that is held against it; None: not measured.
    `proof` is the grade and verdict of what came, and goes wherever `realised` goes.
    `why_not` says why it is not known: `not_measured`, `not_valued` or `other_price_level`.
    """

    benefit_id: int
    agreement_id: int | None
    unit_id: int
    year: int
    measure: str
    price_level: int | None
    taken: Decimal
    unit_share: Decimal | None
    realised: Decimal | None = None
    why_not: str = ""
    proof: Proof = CLAIMED

    @property
    def gap(self) -> Decimal | None:
        """Taken minus realised; negative when more came than was taken; None: not measured."""
        return None if self.realised is None else self.taken - self.realised

    @property
    def carried(self) -> Carried:
        """Who carries the gap, when there is one."""
        gap = self.gap
        if gap is None or gap <= 0:
            return Carried()
        if self.unit_share is None:
            return Carried(unagreed=gap)
        return Carried(*divided(gap, self.unit_share))


@dataclass(frozen=True)
class Carried:
    """A gap divided among those who carry it."""

    unit: Decimal = ZERO
    treasury: Decimal = ZERO
    unagreed: Decimal = ZERO

    def __add__(self, other: Carried) -> Carried:
        """Add two divided gaps part by part."""
        return Carried(
            self.unit + other.unit, self.treasury + other.treasury, self.unagreed + other.unagreed
        )


@dataclass(frozen=True)
class Gap:
    """The figures of some rows of one measure (and price level): they never mix two.

    `taken` = `measured_taken` + `unmeasured`; `gap` is of the measured rows that lack something,
    `surplus` of those that gave more than was taken. A surplus never hides a gap elsewhere.
    """

    rows: tuple[Taken, ...]
    taken: Decimal = ZERO
    measured_taken: Decimal = ZERO
    realised: Decimal = ZERO
    unmeasured: Decimal = ZERO
    gap: Decimal = ZERO
    surplus: Decimal = ZERO
    carried: Carried = Carried()

    @property
    def proofs(self) -> list[Proof]:
        """How what came is known, each measured benefit once, in the order they are met."""
        known = {row.benefit_id: row.proof for row in self.rows if row.realised is not None}
        return list(known.values())


def gap_of(rows: Iterable[Taken]) -> Gap:
    """Return the figures of some rows. Raises ValueError when they mix measures or levels."""
    found = tuple(rows)
    if len({(row.measure, row.price_level) for row in found}) > 1:
        raise ValueError("kroner, hours and price levels are never added together")
    known = [row for row in found if row.gap is not None]
    gaps = [row.gap or ZERO for row in known]
    carried = Carried()
    for row in known:
        carried += row.carried
    return Gap(
        rows=found,
        taken=sum((row.taken for row in found), ZERO),
        measured_taken=sum((row.taken for row in known), ZERO),
        realised=sum((row.realised or ZERO for row in known), ZERO),
        unmeasured=sum((row.taken for row in found if row.gap is None), ZERO),
        gap=sum((gap for gap in gaps if gap > 0), ZERO),
        surplus=sum((-gap for gap in gaps if gap < 0), ZERO),
        carried=carried,
    )


def held_against(rows: Sequence[Taken], realised: Decimal | None, why_not: str) -> list[Taken]:
    """Divide what a benefit gave in a year among what was taken of it, in proportion, to the øre.

    `rows` are of one benefit, year, measure and price level. Without a realised effect every row
    says why. When layers take each other out (sum zero), the first row holds all of it.
    """
    if realised is None:
        return [replace(row, realised=None, why_not=why_not) for row in rows]
    total = sum((row.taken for row in rows), ZERO)
    left = whole_oere(realised)
    whole, given = left, []
    for place, row in enumerate(rows):
        is_last = place + 1 == len(rows)
        part = left if is_last or not total else whole_oere(whole * row.taken / total)
        given.append(replace(row, realised=part, why_not=""))
        left -= part
    return given
