"""Three-point estimates: closed forms and a published PERT project.

Closed forms of PERT(2, 4, 12) and triangular(2, 4, 12) with quantiles at 10, 50 and 90 %: engine
method note, key C07. The project of four activities and its figures: schematex.js.org, "PERT
three-point estimation" (expected durations 3.17, 8.5, 4.17, 2; total 17.83; standard deviations
0.5, 1.5, 0.5, 0.33; 1.69 for the project, by the formula of 1959). The page gives the points of
one activity; those of the other three are the whole numbers that give its published figures.
"""

from __future__ import annotations

import math
from decimal import Decimal

import pytest

from hoest.engine.uncertainty import (
    Shape,
    ThreePoint,
    UncertainLine,
    classic_variance,
    mean_of,
    quantile_of,
    sum_moments,
    variance_of,
)

POINTS = ThreePoint(Decimal(2), Decimal(4), Decimal(12))


def test_pert_has_its_published_moments_and_quantiles() -> None:
    assert mean_of(POINTS) == 5
    assert math.sqrt(variance_of(POINTS)) == pytest.approx(1.7320508, abs=5e-8)
    assert math.sqrt(classic_variance(POINTS)) == pytest.approx(1.6666667, abs=5e-8)
    found = [quantile_of(POINTS, p) for p in (0.1, 0.5, 0.9)]
    assert found == pytest.approx([2.8990213, 4.76672259, 7.4533405], abs=5e-8)


def test_the_triangle_has_its_published_moments_and_quantiles() -> None:
    assert mean_of(POINTS, Shape.TRIANGULAR) == 6
    assert math.sqrt(variance_of(POINTS, Shape.TRIANGULAR)) == pytest.approx(2.1602469, abs=5e-8)
    found = [quantile_of(POINTS, p, Shape.TRIANGULAR) for p in (0.1, 0.5, 0.9)]
    assert found == pytest.approx([3.41421356, 5.67544468, 9.17157288], abs=5e-9)


PROJECT = {
    # activity: (points, published expected duration, published standard deviation)
    "Spec": ((2, 3, 5), 3.17, 0.5),
    "Build": ((5, 8, 14), 8.5, 1.5),
    "Test": ((3, 4, 6), 4.17, 0.5),
    "Deploy": ((1, 2, 3), 2.0, 0.33),
}


def test_a_published_project_adds_up() -> None:
    lines = []
    for name, (ends, mean, deviation) in PROJECT.items():
        points = ThreePoint(*(Decimal(end) for end in ends))
        assert float(mean_of(points)) == pytest.approx(mean, abs=5e-3)
        assert math.sqrt(classic_variance(points)) == pytest.approx(deviation, abs=5e-3)
        lines.append(UncertainLine(name, points))
    assert float(sum_moments(lines).mean) == pytest.approx(17.83, abs=5e-3)
    classic = sum(classic_variance(line.points) for line in lines)
    assert math.sqrt(classic) == pytest.approx(1.69, abs=5e-3)
