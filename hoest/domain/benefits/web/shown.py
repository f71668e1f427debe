"""What the page of a benefit shows: figures with range and source, measurements, promises."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.benefits import queries
from hoest.domain.benefits.models import Benefit, Measurement
from hoest.domain.benefits.rules.achievement import expected_value
from hoest.domain.benefits.rules.proof import CLAIMED
from hoest.domain.benefits.web import words
from hoest.domain.benefits.web.graded import Graded
from hoest.domain.business_cases.calculations import price_index
from hoest.domain.business_cases.queries import all_promises, index_years
from hoest.domain.business_cases.rules import CaseLineFigures
from hoest.foundation import clock, content
from hoest.foundation.clock import DANISH_TIME
from hoest.ui import formats

ZERO = Decimal(0)


@dataclass(frozen=True)
class Shown:
    """A figure as the figure component reads it; every text is written out."""

    value: str = ""
    unit: str = ""
    level: str = ""
    low: str = ""
    high: str = ""
    source: str = ""
    href: str = ""


@dataclass(frozen=True)
class FigureRow:
    """One line of the figures: what it is, kroner and hours side by side, never added."""

    label: str
    dkk: Shown | None
    hours: Shown | None
    about: str = ""
    graded: Graded | None = None


def figure_rows(benefit: Benefit, promise: queries.Promise) -> list[FigureRow]:
    """Return original promise, what holds now, what is measured and what is in hand."""
    achieved = queries.achievement_of(benefit)
    graded = Graded(queries.proof_of(benefit))
    promised = Graded(CLAIMED)
    original = FigureRow(
        _("Lovet første gang"),
        of_line(promise.original_dkk, benefit.initiative_id),
        of_line(promise.original_hours, benefit.initiative_id),
        graded=promised,
    )
    latest = FigureRow(
        _("Senest godkendt"),
        of_line(promise.latest_dkk, benefit.initiative_id),
        of_line(promise.latest_hours, benefit.initiative_id),
        graded=promised,
    )
    measured = FigureRow(
        _("Målt nu"),
        _measured(promise.latest_dkk, achieved),
        _measured(promise.latest_hours, achieved),
        graded=graded,
    )
    dkk, hours = _in_hand(benefit)
    return [original, latest, measured, FigureRow(_("I hånden"), dkk, hours, graded=graded)]


def of_line(line: CaseLineFigures | None, initiative_id: int) -> Shown | None:
    """Return what a line of the business case gives, with range, price level and source."""
    if line is None:
        return None
    amount = line.full_year_effect
    is_hours = line.measure == "hours"
    if amount is None:
        amount = line.one_off_total
        unit = _("timer i alt") if is_hours else _("kr. i alt")
    else:
        unit = _("timer om året") if is_hours else _("kr. om året")
    return Shown(
        value=_whole(amount),
        unit=unit,
        level="" if is_hours else price_level(line.price_level),
        low=_whole(amount * line.low_share) if line.low_share is not None else "",
        high=_whole(amount * line.high_share) if line.high_share is not None else "",
        source=", ".join(part for part in (line.source_title, line.source_place) if part)
        or _("Indtastet i Høst"),
        href=reverse("business_cases:case", args=[initiative_id]) + f"#version-{line.number}",
    )


def price_level(year: int | None) -> str:
    """Say the price level of kroner."""
    return _("%(year)s-priser") % {"year": year} if year else ""


def _measured(line: CaseLineFigures | None, achieved: queries.Achievement | None) -> Shown | None:
    full = line.full_year_effect if line else None
    if line is None or full is None or achieved is None or achieved.share is None:
        return None
    is_hours = line.measure == "hours"
    return Shown(
        value=_whole(full * achieved.share),
        unit=_("timer om året") if is_hours else _("kr. om året"),
        level="" if is_hours else price_level(line.price_level),
        source=_("Senest godkendt gange den målte del af vejen: %(share)s, %(day)s")
        % {
            "share": formats.percent(achieved.share, 0, words.language()),
            "day": formats.long_date(achieved.on, words.language()),
        },
        href="#maalinger",
    )


def _in_hand(benefit: Benefit) -> tuple[Shown | None, Shown | None]:
    """Return the kroner and the hours of the last year that decisions take home."""
    standing = [
        d
        for d in benefit.harvest_decisions.all()
        if d.withdrawn_on is None and d.decided_on <= clock.today()
    ]
    # As on the ladder: kroner with the budget place they left, hours with what they are used for.
    kroner = [d for d in standing if d.amount_dkk is not None and d.budget_place]
    hours = [d for d in standing if d.hours is not None and d.named_use]
    shown: list[Shown | None] = [None, None]
    if kroner:
        year = max(d.year for d in kroner)
        of_year = [d for d in kroner if d.year == year]
        level, amount, joined = _in_newest_level(benefit, of_year)
        source = of_year[-1].decision
        shown[0] = Shown(
            _whole(amount),
            _("kr. i %(year)s") % {"year": year},
            price_level(level),
            source=f"{source} · {joined}" if joined else source,
            href="#beslutninger",
        )
    if hours:
        year = max(d.year for d in hours)
        same = [d for d in hours if d.year == year]
        shown[1] = Shown(
            _whole(sum((d.hours or ZERO for d in same), ZERO)),
            _("timer i %(year)s") % {"year": year},
            source=same[-1].decision,
            href="#beslutninger",
        )
    return shown[0], shown[1]


def _in_newest_level(benefit: Benefit, decisions: list[Any]) -> tuple[int, Decimal, str]:
    """Return the newest price level of some decisions, what they take in it, and how it was joined.

    Other levels are converted by the municipality's price index; without one that covers them they
    are left out, and the sentence says so.
    """
    levels = sorted({d.price_level or 0 for d in decisions})
    newest = levels[-1]
    alike = sum((d.amount_dkk or ZERO for d in decisions if d.price_level == newest), ZERO)
    if len(levels) == 1:
        return newest, alike, ""
    index = price_index(index_years(benefit.organisation_id))
    if index.lacks(levels):
        return newest, alike, _("beløb i andre prisniveauer står for sig")
    every = sum(
        (index.convert(d.amount_dkk or ZERO, d.price_level, newest) for d in decisions), ZERO
    )
    return newest, every, _("regnet om med kommunens prisindeks")


def _whole(amount: Decimal) -> str:
    return formats.number(amount, 0, words.language())


@dataclass(frozen=True)
class Measured:
    """A measurement as a row of the table."""

    pk: int
    on: dt.date
    value: str
    origin: str
    by: str
    note: str
    is_withdrawn: bool
    reason: str
    from_source: str
    expected: str = ""


def measurement_rows(benefit: Benefit) -> list[Measured]:
    """Return the measurements, newest first; withdrawn ones stay readable."""
    live = benefit.initiative.live_on
    rows = []
    taken = sorted(benefit.measurements.all(), key=lambda m: (m.on, m.pk), reverse=True)
    before = {m.on: m.value for m in reversed(taken) if m.withdrawn_at is not None}
    for m in taken:
        notes = []
        if not m.by_agreed_method:
            notes.append(_("en anden metode end den aftalte"))
        elif live is None or m.on < live:
            notes.append(_("før løsningen kom i drift"))
        if _is_late(benefit, m):
            notes.append(
                _("sent: skrevet %(day)s")
                % {"day": formats.long_date(m.recorded_at.astimezone(DANISH_TIME).date())}
            )
        if m.withdrawn_at is None and m.on in before:
            notes.append(_("rettet; før %(value)s") % {"value": words.plain_number(before[m.on])})
        note = ", ".join(notes)
        rows.append(
            Measured(
                pk=m.pk,
                on=m.on,
                value=words.plain_number(m.value),
                origin=m.origin,
                by=m.measured_by or m.recorded_by_name,
                note=note,
                is_withdrawn=m.withdrawn_at is not None,
                reason=m.withdrawn_reason,
                from_source=m.source_place,
                expected=_on_the_way(benefit, m),
            )
        )
    return rows


def _on_the_way(benefit: Benefit, measurement: Measurement) -> str:
    """Return the value of the way to the target on the day, with the decimals of its ends."""
    ends = (benefit.baseline_value, benefit.target_value)
    days = (benefit.initiative.live_on, benefit.target_on)
    expected = expected_value(*ends, *days, measurement.on)
    if expected is None:
        return ""
    known = [value for value in (*ends, measurement.value) if value is not None]
    decimals = max(-int(value.normalize().as_tuple().exponent) for value in known)
    return formats.number(expected, max(0, decimals), words.language())


def _is_late(benefit: Benefit, measurement: Measurement) -> bool:
    """Tell whether a value was written later after its day than its frequency allows."""
    if not benefit.frequency:
        return False
    days = (measurement.recorded_at.astimezone(DANISH_TIME).date() - measurement.on).days
    return days > content.limit(f"measurement_grace_{benefit.frequency}")


@dataclass(frozen=True)
class PromiseRow:
    """One version of what the benefit is to give."""

    number: int
    is_original: bool
    is_latest: bool
    approved_on: dt.date | None
    approved_by: str
    figure: Shown | None
    href: str


def promise_rows(benefit: Benefit) -> list[PromiseRow]:
    """Return the history of the promise, version by version, kroner before hours."""
    if not benefit.line_key:
        return []
    lines = [
        line
        for line in all_promises(benefit.organisation_id, benefit.initiative_id)
        if line.kind == "benefit" and line.line_key == benefit.line_key
    ]
    numbers = sorted({line.number for line in lines})
    return [
        PromiseRow(
            line.number,
            line.number == numbers[0],
            line.number == numbers[-1],
            line.approved_on,
            line.approved_by_name,
            of_line(line, benefit.initiative_id),
            reverse("business_cases:case", args=[benefit.initiative_id])
            + f"#version-{line.number}",
        )
        for line in lines
    ]


def last_measurement(benefit: Benefit) -> Any:
    """Return the last measurement that stands, or None."""
    standing = [m for m in benefit.measurements.all() if m.withdrawn_at is None]
    return max(standing, key=lambda m: (m.on, m.pk), default=None)


def due_sentence(benefit: Benefit) -> str:
    """Say when the next measurement is due, without blame."""
    due = queries.due_of(benefit)
    if due is None:
        return ""
    day = formats.long_date(due, words.language())
    if due < clock.today():
        return _("Målingen mangler siden %(day)s.") % {"day": day}
    return _("Næste måling er %(day)s.") % {"day": day}
