"""Imputation: the printed figures of the R package didimputation (README, simulated panel)."""

from __future__ import annotations

import numpy as np
import pytest

from hoest.engine.effects import Panel, Row, event_averages, imputed, panel_of
from tests.support.published import expected, rows


@pytest.fixture(scope="module")
def panel() -> Panel:
    return panel_of(
        Row(row["unit"], int(row["year"]), float(row["dep_var"]), int(float(row["g"])) or None)
        for row in rows("df_het_didimputation.csv.gz")
    )


def test_the_average_effect_and_its_error(panel: Panel) -> None:
    told = expected("A05_bjs_imputation")["static"]
    found = imputed(panel.rollout, panel.values)
    assert found.estimates[0, 0] == pytest.approx(told["est"], abs=5e-7)
    assert found.standard_errors[0, 0] == pytest.approx(told["se"], abs=5e-9)


def test_the_effects_since_the_start_and_their_errors(panel: Panel) -> None:
    told = expected("A05_bjs_imputation")["event"]
    since = np.array([int(one) for one in told])
    found = imputed(panel.rollout, panel.values, event_averages(panel.rollout, since))
    for column, (estimate, error) in enumerate(told.values()):
        # The printed estimates come from an iteration that stops at about 3e-8.
        assert found.estimates[0, column] == pytest.approx(estimate, abs=3e-8)
        assert found.standard_errors[0, column] == pytest.approx(error, abs=1e-8)
