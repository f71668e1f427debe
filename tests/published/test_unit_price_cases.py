"""Unit price cases and freed time, as published by municipalities.

Odense: 10,000 letters to staff a year at 60 kr. are 600,000 kr. (tv2fyn). Digital town hall:
4.2 bn kr. to 1.2 bn kr. at 80 % digital, published effect 3.0 bn kr. a year (bt.dk).
Ringkøbing-Skjern: 37,400 hours over 3 years and a net of 8.4 m kr.: 12,467 h a year and 224.6 kr.
an hour, computed from the published figures (videncenter.kl.dk 07.12.2022).
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from hoest.engine.cash_flow import Kind, flat_rate
from hoest.engine.freed_time import hours_a_year, net_per_hour
from hoest.engine.sensitivity import (
    Assumption,
    DerivedLine,
    Difference,
    Model,
    Product,
    Ref,
    break_even,
    full_effect,
    tornado,
)


def surely(key: str, value: str) -> Assumption:
    return Assumption(key, Decimal(value), Decimal(value), Decimal(value))


def test_the_letters_of_odense_are_price_times_quantity() -> None:
    saved = Product((Ref("breve"), Ref("pris")))
    model = Model(
        (surely("breve", "10000"), surely("pris", "60")),
        (DerivedLine("Breve", Kind.BENEFIT, True, {2026: saved}, 2026),),
        2026,
        2026,
        flat_rate(0),
    )
    assert full_effect(model, model.probable) == 600_000
    assert [bar.npv_swing for bar in tornado(model).swings] == [0, 0]
    assert break_even(model, "pris").value == 0


def test_the_digital_town_hall_is_the_cost_before_minus_the_cost_after() -> None:
    model = Model(
        (surely("før", "4.2"), surely("efter", "1.2")),
        (
            DerivedLine(
                "Drift", Kind.BENEFIT, True, {2026: Difference(Ref("før"), Ref("efter"))}, 2026
            ),
        ),
        2026,
        2026,
        flat_rate(0),
    )
    assert full_effect(model, model.probable) == 3


def test_the_robots_of_ringkoebing_skjern_free_hours_worth_telling() -> None:
    assert float(hours_a_year(Decimal(37_400), 3)) == pytest.approx(12_467, abs=0.5)
    assert float(net_per_hour(Decimal(8_400_000), Decimal(37_400)) or 0) == pytest.approx(
        224.6, abs=0.05
    )
