"""One adopter: the printed figures of synthetic DiD (Proposition 99) and of a smoking ban."""

from __future__ import annotations

import numpy as np
import pytest

from hoest.engine.effects import (
    Comparison,
    Panel,
    Row,
    interrupted_counts,
    panel_of,
    synthetic,
)
from tests.support.published import expected, rows

THREE = 5.1e-4


@pytest.fixture(scope="module")
def california() -> Panel:
    return panel_of(
        Row(
            row["State"],
            int(row["Year"]),
            float(row["PacksPerCapita"]),
            1989 if row["State"] == "California" else None,
        )
        for row in rows("california_prop99.csv", ";")
    )


def test_the_synthetic_difference_in_differences(california: Panel) -> None:
    told = expected("A10_prop99_sdid")
    rollout = california.rollout
    found = synthetic(rollout, california.values)
    assert found.estimate == pytest.approx(told["sdid"], abs=5e-6)
    assert 1 / (found.unit_weights**2).sum() == pytest.approx(told["N0_effective"], abs=THREE)
    assert 1 / (found.period_weights**2).sum() == pytest.approx(told["T0_effective"], abs=THREE)
    states = {rollout.units[i]: w for i, w in zip(found.controls, found.unit_weights, strict=True)}
    for state, weight in told["omega_top"].items():
        assert states[state] == pytest.approx(weight, abs=THREE)
    years = dict(zip(rollout.periods, found.period_weights, strict=False))
    for year, weight in told["lambda_"].items():
        assert years[int(year)] == pytest.approx(weight, abs=THREE)
    # The printed errors 8.4 and 8.37 are samples of 200 around this value: all 38 are tried here.
    full = told["verified"]
    assert len(found.placebos) == 38
    assert found.placebo_error == pytest.approx(full["placebo_all38_sd"][0], abs=THREE)
    assert found.placebos.std(ddof=1) == pytest.approx(full["placebo_all38_sd"][1], abs=THREE)
    assert found.p == pytest.approx(full["placebo_rank_p"], abs=1e-12)


@pytest.mark.parametrize("kind", [Comparison.SYNTHETIC, Comparison.PLAIN, Comparison.INTERCEPT])
def test_the_older_comparisons(california: Panel, kind: Comparison) -> None:
    told = expected("A10_prop99_sdid")
    found = synthetic(california.rollout, california.values, kind=kind, placebos=False)
    assert found.estimate == pytest.approx(told[kind.value], abs=0.051)
    assert found.estimate == pytest.approx(told["verified"][kind.value], abs=THREE)


@pytest.mark.parametrize(
    ("key", "pairs", "dispersed"), [("poisson_RR", 0, False), ("seasonal_quasi_RR", 2, True)]
)
def test_the_smoking_ban(key: str, pairs: int, dispersed: bool) -> None:
    lines = rows("sicily.csv")
    found = interrupted_counts(
        np.array([float(row["aces"]) for row in lines]),
        np.array([float(row["stdpop"]) for row in lines]),
        next(k for k, row in enumerate(lines) if row["smokban"] == "1"),
        pairs=pairs,
        dispersed=dispersed,
    )
    told = expected("A14_sicily_its")
    ratio = np.exp([found.level, found.low, found.high])
    assert ratio[0] == pytest.approx(told[key][0], abs=THREE)
    # The paper prints .864-.925; R and this give .8647-.9251, so a third digit may be cut off.
    assert ratio[1:] == pytest.approx(told[key][1:], abs=1e-3)
    full = told["verified"]["seasonal" if dispersed else "poisson"]
    assert ratio == pytest.approx(full, abs=5.1e-5)
