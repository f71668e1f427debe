"""A pretended start is judged by the rule of the real one, or its spread says nothing of chance."""

from __future__ import annotations

import numpy as np
import pytest

from hoest.engine.effects import synthetic
from hoest.engine.effects.panel import Rollout

TRIED = (0, 4, 8, 10)


def one_start(units: int, before: int, after: int) -> Rollout:
    starts = np.full(units, before + after)
    starts[0] = before
    names = tuple(f"E{number}" for number in range(units))
    weights, strata = np.ones(units), np.zeros(units, dtype=np.int64)
    return Rollout(names, tuple(range(before + after)), starts, weights, strata)


@pytest.mark.parametrize("before", [6, 24])
def test_a_pretended_start_gives_what_a_real_one_would(before: int) -> None:
    """With more periods before than units, weights that saw the time after hid nearly all of it."""
    values = np.random.default_rng(5).normal(size=(3, 12, before + 12))[1]
    found = synthetic(one_start(12, before, 12), values)
    others = values[1:]
    real = [
        synthetic(
            one_start(11, before, 12),
            np.vstack([others[each], np.delete(others, each, axis=0)]),
            placebos=False,
        ).estimate
        for each in TRIED
    ]
    # The noise that sets the ridge is of eleven untreated in the one and of ten in the other.
    assert found.placebos[list(TRIED)] == pytest.approx(real, abs=0.05)
