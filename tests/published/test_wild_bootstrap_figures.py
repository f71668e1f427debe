"""The wild cluster bootstrap: the printed figures of R fwildclusterboot (voters, 40 clusters)."""

from __future__ import annotations

import math

import numpy as np
import pytest

from hoest.engine.effects import signs, wild_regression
from tests.support.published import expected, rows

NEEDED = ("proposition_vote", "treatment", "log_income", "Q1_immigration", "Q2_defense")


def dummies(values: np.ndarray) -> np.ndarray:
    return (values[:, None] == np.unique(values)[None, 1:]).astype(float)


def test_the_voters() -> None:
    lines = [
        row for row in rows("voters.csv") if all(row[name] not in ("", "NA") for name in NEEDED)
    ]
    vote, treated, income, first, second = (
        np.array([float(row[name]) for row in lines]) for name in NEEDED
    )
    whole = np.column_stack([np.ones(len(lines)), treated, income, dummies(first), dummies(second)])
    clusters = np.array([float(row["group_id1"]) for row in lines])
    found = wild_regression(vote, whole, 1, clusters, signs(40, draws=9999, seed=1))
    told = expected("A17_voters_wcb")
    assert found.estimate == pytest.approx(told["est"], abs=5.1e-4)
    assert found.t == pytest.approx(told["t"], abs=5.1e-4)
    assert round(found.p, 3) == told["p"] or found.p < told["p"]
    assert [found.low, found.high] == pytest.approx(told["ci"], abs=1e-3)
    assert math.isclose(found.standard_error, told["verified"]["se"], rel_tol=1e-9)
