"""Copenhagen's catalogue of 2019 as layers: a decision of 2019 still counts in 2022.

Amounts in 1,000 kr., 2019 prices, appendix 5 of Effektiviseringsstrategi 2019; the rows are those
of test_copenhagen_roll_up.py. Each unit's permanent effect is a layer, and the rising profile can
as well be one new layer a year: both give the sums of the published rows.
"""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from hoest.domain.benefits.rules.takeout import Layer, difference, effects_of
from tests.published.test_copenhagen_roll_up import SUMS, UNITS, YEARS


def layer_of(unit: str) -> Layer:
    """Return the catalogue's row of a unit as one permanent decision."""
    return Layer(dict(zip(YEARS, map(Decimal, UNITS[unit]), strict=True)), is_lasting=True)


def test_the_layers_of_the_units_are_the_published_rows_and_go_on() -> None:
    found = effects_of([layer_of(unit) for unit in UNITS], range(2018, 2027))
    assert [found[year] for year in YEARS] == list(SUMS)
    assert found[2018] == 0
    assert {found[year] for year in range(2023, 2027)} == {SUMS[-1]}


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_decisions_does_not_matter(seed: int) -> None:
    units = list(UNITS)
    random.Random(seed).shuffle(units)
    assert tuple(effects_of(map(layer_of, units), YEARS).values()) == SUMS


def test_a_new_layer_each_year_gives_the_same_as_one_decision_with_its_profile() -> None:
    layers: list[Layer] = []
    for unit in UNITS:
        of_unit: list[Layer] = []
        for year, amount in zip(YEARS, UNITS[unit], strict=True):
            changed = difference({year: Decimal(amount)}, of_unit)
            of_unit.append(Layer(changed, is_lasting=True))
        layers += of_unit
    assert len(layers) == len(UNITS) * len(YEARS)
    assert tuple(effects_of(layers, YEARS).values()) == SUMS
