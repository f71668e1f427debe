"""What the pages of taking home show: tables whose every figure opens its rows, and sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.benefits.models import TakeoutAgreement
from hoest.domain.benefits.queries import takeout
from hoest.domain.benefits.queries.taken import TakenFrom, TakenRows
from hoest.domain.benefits.rules.gap import Gap, Taken, gap_of
from hoest.domain.benefits.rules.takeout import COUNTING, TakeoutKind
from hoest.domain.benefits.web import words
from hoest.domain.benefits.web.graded import Graded, spread
from hoest.domain.benefits.web.takeout.choices import Choice
from hoest.foundation import content
from hoest.ui import formats
from hoest.ui.words import in_a_row

ZERO = Decimal(0)


@dataclass(frozen=True)
class Cell:
    """An amount under its heading."""

    value: Decimal
    label: str


def gap_columns() -> dict[str, str]:
    """Return the headings of the gap's table, by the code of each amount."""
    return {
        "taken": _("Taget hjem"),
        "unmeasured": _("Heraf ikke målt"),
        "realised": _("Kommet"),
        "gap": _("Gab"),
        "unit": _("Enheden bærer"),
        "treasury": _("Kassen bærer"),
        "unagreed": _("Ikke aftalt"),
    }


def cells_of(amounts: Mapping[str, Decimal]) -> list[Cell]:
    """Return the amounts of a line under their headings."""
    return [Cell(amounts[code], label) for code, label in gap_columns().items()]


@dataclass(frozen=True)
class GapRow:
    """One line of the gap: its name, its figures, and the address of the rows behind them."""

    name: str
    gap: Gap
    href: str = ""
    page: str = ""

    @property
    def graded(self) -> str:
        """How the benefits behind what came are known; empty when nothing has come."""
        return spread_of(self.gap)

    @property
    def cells(self) -> list[Cell]:
        """The amounts of the line."""
        gap, carried = self.gap, self.gap.carried
        return cells_of(
            {
                "taken": gap.taken,
                "unmeasured": gap.unmeasured,
                "realised": gap.realised,
                "gap": gap.gap,
                "unit": carried.unit,
                "treasury": carried.treasury,
                "unagreed": carried.unagreed,
            }
        )


def spread_of(gap: Gap) -> str:
    """Say how the measured rows of a gap are known, each benefit once."""
    return spread(gap.proofs)


def write(amount: Decimal, in_hours: bool) -> str:
    """Write an amount in its measure."""
    language = words.language()
    return formats.hours(amount, language) if in_hours else formats.kroner(amount, 0, language)


def by_unit(rows: Iterable[Taken], names: Mapping[int, str], choice: Choice) -> list[GapRow]:
    """Return the gap of each unit, the largest first."""
    found = [
        GapRow(
            names.get(unit_id, _("Enhed nr. %(id)s") % {"id": unit_id}),
            gap,
            choice.url("benefits:takeout_rows", unit_id=unit_id),
            reverse("benefits:takeout_unit", args=[unit_id]) + choice.url(),
        )
        for unit_id, gap in _grouped(rows, lambda row: row.unit_id)
    ]
    return sorted(found, key=lambda one: (-one.gap.gap, -one.gap.taken, one.name))


def by_year(rows: Iterable[Taken], choice: Choice) -> list[GapRow]:
    """Return the gap of each year."""
    return [
        GapRow(str(year), gap, choice.url("benefits:takeout_rows", year=year))
        for year, gap in sorted(_grouped(rows, lambda row: row.year))
    ]


def _grouped(rows: Iterable[Taken], key: Callable[[Taken], Any]) -> list[tuple[Any, Gap]]:
    groups: dict[Any, list[Taken]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return [(one, gap_of(of_one)) for one, of_one in groups.items()]


WHY_NOT = {
    "future": lambda: _("Året er ikke kommet."),
    "not_measured": lambda: _("Ikke målt endnu."),
    "not_valued": lambda: _("Business casen sætter ikke tal på gevinsten."),
    "other_price_level": lambda: _("Taget i et andet prisniveau. Med et prisindeks kan det måles."),
}


@dataclass(frozen=True)
class BehindRow:
    """A row behind a figure: the benefit, the agreement, and what was taken and came."""

    title: str
    href: str
    initiative: str
    unit: str
    agreement: str
    agreement_href: str
    row: Taken
    why_not: str

    @property
    def graded(self) -> Graded:
        """How well what came is known."""
        return Graded(self.row.proof)


def behind(
    rows: Iterable[Taken],
    benefits: Mapping[int, TakenFrom],
    names: Mapping[int, str],
    labels: Mapping[int, str],
) -> list[BehindRow]:
    """Return the rows behind a figure in words, the largest gap first."""
    found = [
        BehindRow(
            benefits[row.benefit_id].title,
            reverse("benefits:benefit", args=[row.benefit_id]),
            benefits[row.benefit_id].initiative_title,
            names.get(row.unit_id, ""),
            labels.get(row.agreement_id or 0, _("Enkelt beslutning uden aftale")),
            reverse("benefits:agreement", args=[row.agreement_id]) if row.agreement_id else "",
            row,
            WHY_NOT[row.why_not]() if row.why_not else "",
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (-(one.row.gap or ZERO), -one.row.taken, one.title))


def point(gap: Gap, choice: Choice, *, where: str = "") -> str:
    """Say the point of a page in one or two sentences, written from the figures."""
    facts = {
        "year": choice.year,
        "where": f"{where}: " if where else "",
        "taken": write(gap.taken, choice.in_hours),
        "gap": write(gap.gap, choice.in_hours),
        "unmeasured": write(gap.unmeasured, choice.in_hours),
    }
    if not gap.rows:
        return _("%(where)sDer er ikke taget noget hjem i %(year)s.") % facts
    if gap.gap:
        return (
            _("%(where)s%(taken)s er taget hjem i %(year)s. Af det er %(gap)s ikke kommet.") % facts
        )
    if gap.unmeasured == gap.taken:
        return _("%(where)s%(taken)s er taget hjem i %(year)s. Intet af det er målt endnu.") % facts
    if gap.unmeasured:
        return (
            _("%(where)s%(taken)s er taget hjem i %(year)s. %(unmeasured)s er ikke målt endnu.")
            % facts
        )
    return _("%(where)s%(taken)s er taget hjem i %(year)s, og det hele er kommet.") % facts


def carried_sentence(gap: Gap, in_hours: bool) -> str:
    """Say who carries the gap."""
    parts = [
        (gap.carried.unit, _("enhederne bærer %(amount)s")),
        (gap.carried.treasury, _("kommunekassen bærer %(amount)s")),
        (gap.carried.unagreed, _("for %(amount)s er det ikke aftalt")),
    ]
    told = [text % {"amount": write(a, in_hours)} for a, text in parts if a]
    if not told:
        return ""
    listed = in_a_row(told)
    who = listed[0].upper() + listed[1:]
    return formats.one_stop(_("Hvem bærer gabet? %(who)s.") % {"who": who})


@dataclass(frozen=True)
class AgreementLine:
    """An agreement as a line of a list."""

    href: str
    title: str
    kind: str
    unit: str
    amount: str
    status: str
    note: str
    is_withdrawn: bool


def agreement_line(agreement: TakeoutAgreement) -> AgreementLine:
    """Return an agreement in words; its rows are read already."""
    every = takeout.layer_of(agreement).amounts
    amounts = {year: amount for year, amount in every.items() if amount}
    in_hours = TakeoutKind(agreement.kind).measure == "hours"
    last = max(amounts, default=None)
    amount = ""
    if last is not None:
        said = _("%(amount)s i %(year)s")
        year = last
        if agreement.is_lasting and last == max(every):
            said = _("%(amount)s om året fra %(year)s")
            earlier = [y for y in amounts if amounts[y] != amounts[last]]
            year = min(y for y in amounts if y > max(earlier, default=0))
        amount = said % {"amount": write(amounts[last], in_hours), "year": year}
    note = agreement.decided_by_name if agreement.status in COUNTING else ""
    return AgreementLine(
        href=reverse("benefits:agreement", args=[agreement.pk]),
        title=agreement.benefit.title,
        kind=content.label("takeout_kind", agreement.kind),
        unit=agreement.unit.name,
        amount=amount,
        status=content.label("takeout_status", agreement.status),
        note=_("trukket tilbage") if agreement.withdrawn_on else note,
        is_withdrawn=agreement.withdrawn_on is not None,
    )


def lacking(codes: Iterable[str]) -> list[str]:
    """Say what was lacking when a saving was booked."""
    told = {
        "baseline": _("Baseline var ikke målt."),
        "involvement": _("Medarbejderne var ikke inddraget."),
    }
    return [told[code] for code in codes if code in told]


def index_sentence(taken: TakenRows, choice: Choice) -> str:
    """Say how price levels were joined, or why they stand apart."""
    levels = taken.price_levels
    if choice.in_hours or len(levels) < 2:
        return ""
    if choice.level == "samlet":
        return _(
            "Alle beløb er regnet om til %(year)s-priser med kommunens indeks. Kilde: %(source)s."
        ) % {
            "year": levels[0],
            "source": "; ".join(
                dict.fromkeys(one.source_text for one in taken.index.between(levels))
            ),
        }
    if taken.can_join:
        return _("Beløbene står, som de er besluttet. I »Samlet« er de regnet om.")
    missing = ", ".join(str(year) for year in taken.index.lacks(levels))
    return _(
        "Beløb i forskellige prisniveauer lægges ikke sammen. Prisindekset mangler %(years)s."
    ) % {"years": missing}
