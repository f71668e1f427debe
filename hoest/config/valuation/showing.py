"""Show a valuation: the JSON answer, unrounded, and a calm Danish table, rounded for the eye."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from hoest.engine.cash_flow import RangeEnd, RateSchedule, Valuation, View
from hoest.ui.formats import NBSP, number, percent

from .reading import Case
from .sentences import sentence

UNIT_NAMES = {"kr": "kr.", "t": "1.000 kr.", "m": "mio. kr."}
UNIT_DECIMALS = {"kr": 0, "t": 0, "m": 2}
VIEW_NAMES = {View.TREASURY: "kommunekassen", View.SOCIETY: "samfundet"}


def _json_number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _by_year(years: Sequence[int], amounts: Sequence[Decimal]) -> dict[str, int | float]:
    return {str(y): _json_number(amount) for y, amount in zip(years, amounts, strict=True)}


def _rate(rate: RateSchedule) -> dict[str, object]:
    steps = [{"to_year": step.last_year, "rate": step.rate} for step in rate.steps]
    return {"name": rate.name, "steps": steps}


def _range_end(end: RangeEnd) -> dict[str, object]:
    return {"net_total": _json_number(end.net_total), "npv": end.npv}


def answer(case: Case, result: Valuation) -> dict[str, object]:
    """Return the JSON answer: figures unrounded, in the unit and price level of the case."""
    flow, repaid = result.flow, result.payback
    shown: dict[str, object] = {
        "base_year": case.base_year,
        "horizon": case.horizon,
        "unit": case.unit,
        "price_level": case.price_level,
        "view": flow.view.value,
        "rate": _rate(case.rate),
        "gross_benefits": _by_year(flow.years, flow.gross_benefits),
        "costs": _by_year(flow.years, flow.costs),
        "net": _by_year(flow.years, flow.net),
        "accumulated": _by_year(flow.years, flow.accumulated),
        "npv": result.npv,
        "irr": result.internal_rate.rate,
        "payback": {
            "simple": repaid.simple,
            "calendar_year": repaid.calendar_year,
            "interpolated": repaid.interpolated,
            "discounted": repaid.discounted,
        },
        "warnings": [
            {"code": caveat.code.value, "text": sentence(caveat)} for caveat in result.warnings
        ],
    }
    if result.range is not None:
        shown["range"] = {
            "low": _range_end(result.range.low),
            "expected": _range_end(result.range.expected),
            "high": _range_end(result.range.high),
        }
    return shown


def as_json(case: Case, result: Valuation) -> str:
    """Return the JSON answer as text; never NaN or infinity."""
    return json.dumps(answer(case, result), ensure_ascii=False, indent=2, allow_nan=False)


def _rate_words(rate: RateSchedule, last_year: int) -> str:
    """Say the rate with the steps that are used up to year `last_year` from the base year."""
    name = "" if rate.name == "flat" else f"{rate.name}: "
    words = f"{name}{_rate_share(rate.steps[0].rate)} om året"
    for before, step in pairwise(rate.steps):
        if before.last_year is not None and last_year > before.last_year:
            words += f", {_rate_share(step.rate)} efter år {before.last_year}"
    return words


def _rate_share(rate: float) -> str:
    percents = Decimal(str(rate)) * 100
    text = format(percents.normalize(), "f")
    decimals = len(text.partition(".")[2])
    return percent(rate, min(decimals, 4))


def _years(value: float | None) -> str:
    return "ingen" if value is None else f"{number(value, 1)}{NBSP}år"


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[k]) for row in (headings, *rows)) for k in range(len(headings))]

    def joined(row: Sequence[str]) -> str:
        return "   ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))

    return [joined(headings), *(joined(row) for row in rows)]


def _range_lines(case: Case, result: Valuation) -> list[str]:
    if result.range is None:
        return []
    decimals = UNIT_DECIMALS[case.unit]
    ends = (result.range.low, result.range.expected, result.range.high)
    return [
        "",
        "Spænd (alt går dårligt – middel efter PERT – alt går godt)",
        "  Netto i alt: " + " – ".join(number(end.net_total, decimals) for end in ends),
        "  Nutidsværdi: " + " – ".join(number(end.npv, decimals) for end in ends),
    ]


def as_table(case: Case, result: Valuation) -> str:
    """Return the valuation as a Danish text table with its key figures and caveats."""
    flow, repaid = result.flow, result.payback
    unit, decimals = UNIT_NAMES[case.unit], UNIT_DECIMALS[case.unit]
    columns = (flow.gross_benefits, flow.costs, flow.net, flow.accumulated)
    rows = [
        (str(year), *(number(amount, decimals) for amount in amounts))
        for year, *amounts in zip(flow.years, *columns, strict=True)
    ]
    rate = result.internal_rate.rate
    calendar_year = "ingen" if repaid.calendar_year is None else str(repaid.calendar_year)
    lines = [
        f"Beløb i {unit}, {case.price_level}-priser, set fra {VIEW_NAMES[flow.view]}",
        "",
        *_table(("År", "Gevinster", "Udgifter", "Netto", "Netto i alt"), rows),
        "",
        f"Nettonutidsværdi  {number(result.npv, decimals)} {unit} i {case.base_year}-værdi "
        f"({_rate_words(case.rate, case.horizon - case.base_year)})",
        f"Intern rente      {'ingen' if rate is None else percent(rate, 1)}",
        "",
        "Tilbagebetalingstid",
        f"  Simpel (investering / årlig fuld effekt)  {_years(repaid.simple)}",
        f"  Kalenderår                                {calendar_year}",
        f"  Interpoleret                              {_years(repaid.interpolated)}",
        f"  Diskonteret                               {_years(repaid.discounted)}",
        *_range_lines(case, result),
    ]
    if result.warnings:
        lines += ["", "Læs tallene med dette i hånden:"]
        lines += [f"- {sentence(caveat)}" for caveat in result.warnings]
    return "\n".join(lines)
