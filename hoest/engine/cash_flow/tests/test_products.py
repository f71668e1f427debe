"""Products of assumptions: exact on the way, divided once, refused when nothing can be said."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hoest.engine.cash_flow import AmountOutOfRange, product_of


def test_the_letters_of_odense_are_price_times_quantity() -> None:
    assert product_of([Decimal(10_000), Decimal(60)]) == Decimal(600_000)


def test_a_third_is_rounded_once_and_comes_back_whole() -> None:
    assert product_of([Decimal(1)], [Decimal(3)]) == Decimal("0.333333333333")
    assert product_of([Decimal(1), Decimal(3)], [Decimal(3)]) == Decimal(1)


@pytest.mark.parametrize(
    ("over", "under"),
    [(["-1"], []), (["NaN"], []), (["1"], ["0"]), (["1"], ["-2"]), (["1e13", "1e13"], [])],
)
def test_what_cannot_be_multiplied_is_refused(over: list[str], under: list[str]) -> None:
    with pytest.raises(AmountOutOfRange):
        product_of(map(Decimal, over), map(Decimal, under))
