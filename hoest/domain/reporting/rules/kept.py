"""Figures of a benefit as they are kept: written as JSON and read back the same. No Django.

Amounts are texts, so that not a digit is lost; years are keys.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hoest.domain.benefits.rules import MethodGrade, Proof, Verdict
from hoest.domain.reporting.rules.account import BenefitFigures, LineFigures, Yearly
from hoest.domain.reporting.rules.evidence import BenefitEvidence
from hoest.domain.reporting.rules.evidence import Yearly as YearlyAmount

PLAIN = (
    "benefit_id",
    "title",
    "benefit_type",
    "rung",
    "initiative_id",
    "initiative_title",
    "unit_id",
    "unit_name",
    "body_id",
    "body_name",
    "purpose_type",
    "fallback_price_level",
)
LINES = ("promised", "approved", "promised_hours", "approved_hours")
YEARS = ("achieved_by_year", "harvested_hours", "unplaced_hours")
BY_LEVEL = ("harvested_dkk", "unplaced_dkk")
LINE_PLAIN = (
    "is_recurring",
    "price_level",
    "version",
    "approved_by",
    "source_title",
    "source_place",
    "source_id",
)
EVIDENCE_PLAIN = ("benefit_id", "title", "rung")
EVIDENCE_DAYS = ("live_on", "target_on", "due_on", "late_on", "measured_on")
EVIDENCE_AMOUNTS = ("promised", "approved", "taken")


def as_kept(row: BenefitFigures) -> dict[str, Any]:
    """Return the figures of a benefit as JSON can hold them."""
    kept: dict[str, Any] = {name: getattr(row, name) for name in PLAIN}
    kept |= {name: _line(getattr(row, name)) for name in LINES if getattr(row, name)}
    kept |= {name: _years(getattr(row, name)) for name in YEARS if getattr(row, name)}
    for name in BY_LEVEL:
        levels = getattr(row, name)
        if levels:
            kept[name] = {str(level): _years(years) for level, years in levels.items()}
    kept["proof"] = _proof(row.proof)
    return kept


def from_kept(kept: Mapping[str, Any]) -> BenefitFigures:
    """Return the figures of a benefit as they were kept."""
    plain: dict[str, Any] = {name: kept[name] for name in PLAIN}
    lines: dict[str, Any] = {name: _read_line(kept[name]) for name in LINES if name in kept}
    years: dict[str, Any] = {name: _read_years(kept[name]) for name in YEARS if name in kept}
    levels: dict[str, Any] = {
        name: {int(level): _read_years(of) for level, of in kept[name].items()}
        for name in BY_LEVEL
        if name in kept
    }
    figures = BenefitFigures(**plain, **lines, **years, **levels)
    return replace(figures, proof=_proof_of(kept.get("proof"), figures))


def _proof(proof: Proof) -> list[Any]:
    days = [day.isoformat() if day else None for day in (proof.on, proof.shown_on)]
    return [int(proof.grade), proof.verdict.value, *days, proof.is_estimated]


def _proof_of(kept: Sequence[Any] | None, figures: BenefitFigures) -> Proof:
    """Return a proof as it was kept; before grades were kept, a figure was counted or claimed."""
    if kept is None:
        grade = MethodGrade.COUNTED if figures.achieved_by_year else MethodGrade.CLAIMED
        return Proof(grade, Verdict.CANNOT)
    return _read_proof(kept)


def _read_proof(kept: Sequence[Any]) -> Proof:
    grade, verdict, on, shown_on, is_estimated = kept
    return Proof(
        MethodGrade(grade), Verdict(verdict), _read_day(on), _read_day(shown_on), is_estimated
    )


def _read_day(kept: str | None) -> dt.date | None:
    return dt.date.fromisoformat(kept) if kept else None


def evidence_as_kept(one: BenefitEvidence) -> dict[str, Any]:
    """Return what is known of a benefit as JSON can hold it; what is not known is left out."""
    kept: dict[str, Any] = {name: getattr(one, name) for name in EVIDENCE_PLAIN}
    for name in EVIDENCE_DAYS:
        day = getattr(one, name)
        if day is not None:
            kept[name] = day.isoformat()
    for name in EVIDENCE_AMOUNTS:
        amount = getattr(one, name)
        if amount is not None:
            kept[name] = [str(amount.amount), amount.price_level]
    if one.achieved is not None:
        kept["achieved"] = str(one.achieved)
    if one.proof is not None:
        kept["proof"] = _proof(one.proof)
    return kept


def evidence_from_kept(kept: Mapping[str, Any]) -> BenefitEvidence:
    """Return what is known of a benefit as it was kept."""
    read: dict[str, Any] = {name: kept[name] for name in EVIDENCE_PLAIN}
    for name in EVIDENCE_DAYS:
        if name in kept:
            read[name] = dt.date.fromisoformat(kept[name])
    for name in EVIDENCE_AMOUNTS:
        if name in kept:
            amount, level = kept[name]
            read[name] = YearlyAmount(Decimal(amount), level)
    if "proof" in kept:
        read["proof"] = _read_proof(kept["proof"])
    return BenefitEvidence(**read, achieved=_number(kept.get("achieved")))


def digest_of(kept: Mapping[str, Any]) -> str:
    """Return a short text that is another one when the figures are."""
    text = json.dumps(kept, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _line(line: LineFigures) -> dict[str, Any]:
    kept: dict[str, Any] = {name: getattr(line, name) for name in LINE_PLAIN}
    kept["amounts"] = _years(line.amounts)
    kept["low_share"] = _text(line.low_share)
    kept["high_share"] = _text(line.high_share)
    kept["approved_on"] = line.approved_on.isoformat() if line.approved_on else None
    return kept


def _read_line(kept: Mapping[str, Any]) -> LineFigures:
    on = kept["approved_on"]
    return LineFigures(
        **{name: kept[name] for name in LINE_PLAIN},
        amounts=_read_years(kept["amounts"]),
        low_share=_number(kept["low_share"]),
        high_share=_number(kept["high_share"]),
        approved_on=dt.date.fromisoformat(on) if on else None,
    )


def _years(years: Yearly) -> dict[str, str]:
    return {str(year): str(amount) for year, amount in years.items()}


def _read_years(kept: Mapping[str, str]) -> dict[int, Decimal]:
    return {int(year): Decimal(amount) for year, amount in kept.items()}


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _number(kept: str | None) -> Decimal | None:
    return None if kept is None else Decimal(kept)
