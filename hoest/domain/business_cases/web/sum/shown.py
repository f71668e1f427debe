"""What the sum page shows, written: the money in ranges, areas, risks, what carries, the years."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from hoest.domain.business_cases import calculations
from hoest.domain.business_cases.calculations import Bar, CaseEnds, Depreciated
from hoest.domain.business_cases.rules import (
    Aspect,
    CaseLineFigures,
    Ground,
    Measure,
    RiskFigures,
)
from hoest.domain.business_cases.web import words
from hoest.domain.business_cases.web.sum import drawn, sum_words
from hoest.domain.business_cases.web.sum.gathered import Sum, by_area
from hoest.domain.business_cases.web.words import from_to, language
from hoest.foundation import content
from hoest.ui import formats
from hoest.ui.pictures.harvest import Picture

ASPECTS = (Aspect.DUTY, Aspect.RISK, Aspect.CONTINUITY, Aspect.LOAD)
TOP_RISKS = 3


@dataclass(frozen=True)
class Money:
    """A figure of the sum: its name, probable value, range in words, and what it means."""

    label: str
    term: str
    likely: str
    span: str
    definition: str


def money(ends: CaseEnds) -> list[Money]:
    """Return net and present value, each as a probable value with its range."""
    rows = []
    labels = words.over_years(ends.probable.base_year, ends.probable.horizon)
    for term, name, code in (
        ("net_benefit", "net_total", "net"),
        ("present_value", "npv", "npv"),
    ):
        found = calculations.ends(ends, name)
        rows.append(
            Money(
                labels[code],
                term,
                sum_words.short(found.expected),
                sum_words.amounts(found.low, found.high) if ends.is_range else "",
                str(words.DEFINITIONS[code]),
            )
        )
    return rows


@dataclass(frozen=True)
class AspectRow:
    """One aspect of what a case protects; empty words when nobody has written it."""

    code: str
    label: str
    about: str
    now: str
    after: str
    said: str
    better: bool
    who: str


def aspects(grounds: dict[str, Ground]) -> list[AspectRow]:
    """Return duty, risk, continuity and load, written or not."""
    rows = []
    for aspect in ASPECTS:
        ground = grounds.get(aspect)
        rows.append(
            AspectRow(
                aspect.value,
                content.label("ground_aspect", aspect.value),
                content.explanation("ground_aspect", aspect.value),
                level(ground.now_level) if ground else "",
                level(ground.after_level) if ground else "",
                ground.said if ground else "",
                bool(ground and ground.improves),
                ground.written_by_name if ground else "",
            )
        )
    return rows


def level(number: int | None) -> str:
    """Return a degree in words."""
    if number is None:
        return ""
    return content.label("ground_level", content.codes("ground_level")[number - 1])


@dataclass(frozen=True)
class Area:
    """The kroner of one steering area over the years."""

    label: str
    benefits: Decimal
    costs: Decimal

    @property
    def net(self) -> Decimal:
        """Benefits minus costs."""
        return self.benefits - self.costs


def areas(found: Sum) -> list[Area]:
    """Return the kroner by steering area, the unnamed last."""
    return [
        Area(
            content.label("steering_area", code) if code else _("Styringsområde ikke valgt"),
            gains,
            costs,
        )
        for code, gains, costs in by_area(found)
    ]


@dataclass(frozen=True)
class Hours:
    """The hours a line frees, a year or in all, with their range."""

    label: str
    hours: str
    span: str
    per: str


def hours(lines: list[CaseLineFigures]) -> list[Hours]:
    """Return the lines in hours; never valued, never added to kroner."""
    found = []
    for line in lines:
        if line.measure != Measure.HOURS or not line.amounts:
            continue
        size = line.full_year_effect
        per = _("om året") if size is not None else _("i alt")
        amount = line.one_off_total if size is None else size
        low, high = (
            amount * (Decimal(1) if share is None else share)
            for share in (line.low_share, line.high_share)
        )
        span = (
            from_to(formats.number(low, 0), formats.hours(high, language())) if low != high else ""
        )
        found.append(Hours(line.line_key, formats.hours(amount, language()), span, per))
    return found


@dataclass(frozen=True)
class RiskRow:
    """A risk as a row: probability, consequence, what it costs on average, what is done."""

    risk: RiskFigures
    probability: str
    consequence: str
    expected: Decimal


def risk_rows(found: Sum) -> list[RiskRow]:
    """Return the risks, the largest expected cost first."""
    parts = found.pool.by_risk if found.pool else ()
    rows = [
        RiskRow(
            risk,
            formats.percent(risk.probability, 0, language()),
            sum_words.amounts(risk.low_dkk, risk.high_dkk),
            part,
        )
        for risk, part in zip(found.risks, parts, strict=True)
    ]
    return sorted(rows, key=lambda row: (-row.expected, row.risk.title))


@dataclass(frozen=True)
class BarRow:
    """A bar of the tornado as a row of its table."""

    name: str
    low: str
    high: str
    npv_low: Decimal
    npv_high: Decimal
    break_even: str
    turns: bool


def bar_rows(found: Sum) -> list[BarRow]:
    """Return every assumption that was moved, with its break-even value in words."""
    if found.sensitivity is None:
        return []
    npv = found.sensitivity.npv
    return [
        BarRow(
            bar.name,
            _tried_at(bar, bar.low),
            _tried_at(bar, bar.high),
            bar.npv_at_low,
            bar.npv_at_high,
            sum_words.break_even(bar, npv, has_verdict=not found.is_hygiene),
            bar.breaks_in_range and bool(bar.swing),
        )
        for bar in found.sensitivity.bars
    ]


def _tried_at(bar: Bar, value: Decimal) -> str:
    if bar.line is None:
        return sum_words.in_unit(value, bar.unit)
    return formats.percent(value, 0, language())


def tornado(found: Sum) -> Picture | None:
    """Return the picture of what carries the result."""
    if found.sensitivity is None:
        return None
    tried = any(bar.is_tried for bar in found.sensitivity.bars)
    return drawn.tornado_picture(
        found.sensitivity, sum_words.carrying(found.sensitivity, is_tried=tried)
    )


def coverage(found: Sum) -> Picture | None:
    """Return the picture of the pool's coverage."""
    if found.pool is None:
        return None
    return drawn.coverage_picture(found.pool, sum_words.pool(found.pool, len(found.risks)))


def coverages(found: Sum) -> list[tuple[str, Decimal]]:
    """Return the pool for each coverage: (»50 %«, kroner)."""
    if found.pool is None:
        return []
    return [
        (formats.percent(share, 0, language()), amount) for share, amount in found.pool.for_coverage
    ]


def covered_on_average(found: Sum) -> str:
    """Say how seldom a pool of what the risks cost on average is enough; empty without risks."""
    if found.pool is None:
        return ""
    return _("En pulje på gennemsnittet, %(amount)s, dækker alt i %(share)s af tilfældene.") % {
        "amount": formats.kroner(found.pool.expected, 0, language()),
        "share": formats.percent(found.pool.covered_by(found.pool.expected), 0, language()),
    }


def written_off(found: Sum) -> Depreciated | None:
    """Return the depreciation view from the year of go-live; None without lives."""
    if found.ends is None:
        return None
    live = found.initiative.live_on
    ready = live.year if live else found.ends.probable.base_year
    return calculations.depreciated(found.lines, found.ends.probable, ready)


def years_of(view: Depreciated) -> list[dict[str, Any]]:
    """Return the years of the depreciation view as rows."""
    columns = (view.years, view.paid, view.cost, view.book_value, view.net)
    names = ("year", "paid", "cost", "book", "net")
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
