"""Figures kept as JSON keep their grade and verdict."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from hoest.domain.benefits.rules import MethodGrade, Proof, Verdict
from hoest.domain.benefits.rules.proof import CLAIMED
from hoest.domain.reporting.rules import BenefitFigures
from hoest.domain.reporting.rules.kept import as_kept, from_kept


@pytest.mark.parametrize(
    "proof",
    [
        CLAIMED,
        Proof(MethodGrade.COUNTED, Verdict.CANNOT, dt.date(2026, 10, 1)),
        Proof(MethodGrade.DRAWN, Verdict.SHOWN, dt.date(2026, 11, 1), dt.date(2026, 10, 1), True),
    ],
)
def test_a_proof_is_kept_and_read_back_the_same(proof: Proof) -> None:
    row = replace(_kept_row(), proof=proof)
    assert from_kept(json.loads(json.dumps(as_kept(row)))) == row


def test_figures_kept_before_there_were_grades_were_counted_or_claimed() -> None:
    for achieved, grade in (({}, MethodGrade.CLAIMED), ({2026: Decimal(1)}, MethodGrade.COUNTED)):
        kept = as_kept(replace(_kept_row(), achieved_by_year=achieved))
        del kept["proof"]
        assert from_kept(kept).proof == Proof(grade, Verdict.CANNOT)


def _kept_row() -> BenefitFigures:
    return BenefitFigures(1, "Mindre kørsel", "budget", "measured", 2, "Digital rute")
