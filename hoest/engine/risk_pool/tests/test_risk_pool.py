"""The risk pool: expected value, exact coverage, simulation, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoest.engine.risk_pool import (
    ConsequenceNegative,
    CoverageOutOfRange,
    PoolNegative,
    Risk,
    RiskNamesRepeat,
    RiskProbabilityOutOfRange,
    TooManyRisks,
    coverage_curve,
    covered_by,
    loss_share_covered,
    pool_for,
    pool_moments,
    simulated_pool,
)
from hoest.engine.uncertainty import Shape, ThreePoint, certain, mean_of, variance_of

LAWS = settings(deadline=None, max_examples=60)
costs = st.decimals(0, 10**6, places=2)
three = st.lists(costs, min_size=3, max_size=3).map(sorted).map(lambda found: ThreePoint(*found))
chances = st.decimals(0, 1, places=3)
shapes = st.sampled_from(list(Shape))
pools = st.decimals(0, 4 * 10**6, places=2)


def named(found: list[tuple[Decimal, ThreePoint]]) -> list[Risk]:
    return [Risk(f"risiko {k}", chance, points) for k, (chance, points) in enumerate(found)]


risk_lists = st.lists(st.tuples(chances, three), max_size=6).map(named)


def risk(name: str, chance: str, *points: int) -> Risk:
    low, likely, high = points if len(points) == 3 else points * 3
    return Risk(name, Decimal(chance), ThreePoint(Decimal(low), Decimal(likely), Decimal(high)))


TWO = [risk("forsinket levering", "0.5", 100), risk("dyrere migrering", "0.2", 300)]


def test_the_expected_value_is_the_sum_of_chance_times_mean() -> None:
    moments = pool_moments([risk("a", "0.25", 2, 4, 12), risk("b", "0.5", 6)])
    assert moments.expected == Decimal("0.25") * 5 + 3
    assert moments.expected_by_risk == (Decimal("1.25"), 3)
    # risk a: 0.25 * 3 + 0.1875 * 25; risk b: 0 + 0.25 * 36
    assert moments.variance == Decimal("0.75") + Decimal("4.6875") + 9
    triangular = pool_moments([risk("a", "0.25", 2, 4, 12)], Shape.TRIANGULAR)
    assert triangular.expected == Decimal("1.5")


def test_the_curve_counts_every_combination() -> None:
    curve = coverage_curve(TWO)
    assert curve.totals == (0, 100, 300, 400)
    assert curve.probabilities == (Decimal("0.4"), Decimal("0.4"), Decimal("0.1"), Decimal("0.1"))
    assert curve.covered == (Decimal("0.4"), Decimal("0.8"), Decimal("0.9"), 1)
    assert curve.expected == 110


@pytest.mark.parametrize(
    ("share", "pool"),
    [("0.1", 0), ("0.4", 0), ("0.41", 100), ("0.8", 100), ("0.85", 300), ("0.91", 400), ("1", 400)],
)
def test_the_smallest_pool_that_covers_enough_is_found(share: str, pool: int) -> None:
    assert pool_for(coverage_curve(TWO), Decimal(share)) == pool


@pytest.mark.parametrize(
    ("pool", "share"), [(0, "0.4"), (99, "0.4"), (100, "0.8"), (399, "0.9"), (10**9, "1")]
)
def test_a_pool_set_aside_covers_a_share_of_the_outcomes(pool: int, share: str) -> None:
    assert covered_by(coverage_curve(TWO), Decimal(pool)) == Decimal(share)


def test_a_pool_that_is_too_small_still_pays_what_it_holds() -> None:
    curve = coverage_curve(TWO)
    # 0.4 * 100 + 0.2 * 100 of the expected 110
    assert loss_share_covered(curve, Decimal(100)) == pytest.approx(Decimal(60) / 110)
    assert loss_share_covered(curve, Decimal(0)) == 0
    assert loss_share_covered(curve, Decimal(400)) == 1


def test_a_risk_that_is_sure_to_come_leaves_no_outcome_without_it() -> None:
    curve = coverage_curve([risk("sikker", "1", 50), risk("umulig", "0", 900)])
    assert (curve.totals, curve.covered) == ((50,), (1,))
    assert covered_by(curve, Decimal("49.99")) == 0
    assert covered_by(curve, Decimal(50)) == 1


def test_no_risks_need_no_pool() -> None:
    curve = coverage_curve([])
    assert (curve.totals, curve.probabilities, curve.covered) == ((0,), (1,), (1,))
    assert pool_for(curve, Decimal(1)) == 0
    assert loss_share_covered(curve, Decimal(0)) is None
    assert pool_moments([]).expected == 0
    assert simulated_pool([], seed=1, draws=100).mean == 0


def test_twelve_risks_are_a_pool_and_thirteen_are_not() -> None:
    twelve = [risk(f"risiko {k}", "0.5", 2**k) for k in range(12)]
    curve = coverage_curve(twelve)
    assert len(curve.totals) == 4096
    assert curve.covered[-1] == 1
    assert pool_for(curve, Decimal("0.5")) == 2047
    for made in (coverage_curve, pool_moments, lambda risks: simulated_pool(risks, seed=1)):
        with pytest.raises(TooManyRisks) as caught:
            made([*twelve, risk("den trettende", "0.1", 1)])
        assert (caught.value.count, caught.value.most) == (13, 12)


def test_two_risks_with_one_name_are_refused() -> None:
    with pytest.raises(RiskNamesRepeat) as caught:
        coverage_curve([risk("a", "0.1", 1), risk("b", "0.1", 1), risk("a", "0.2", 2)])
    assert caught.value.names == ("a",)


@pytest.mark.parametrize("chance", ["-0.01", "1.01", "NaN", "0.12345678901"])
def test_a_probability_is_a_share_with_at_most_ten_decimals(chance: str) -> None:
    with pytest.raises(RiskProbabilityOutOfRange) as caught:
        risk("a", chance, 1)
    assert caught.value.risk == "a"


def test_a_risk_that_brings_money_in_is_refused() -> None:
    with pytest.raises(ConsequenceNegative):
        risk("a", "0.5", -1, 2, 3)


@pytest.mark.parametrize("share", ["0", "-0.1", "1.0001", "NaN"])
def test_a_coverage_must_be_a_share_above_nothing(share: str) -> None:
    with pytest.raises(CoverageOutOfRange):
        pool_for(coverage_curve(TWO), Decimal(share))


@pytest.mark.parametrize("pool", ["-0.01", "NaN"])
def test_a_pool_cannot_be_less_than_nothing(pool: str) -> None:
    curve = coverage_curve(TWO)
    for asked in (covered_by, loss_share_covered):
        with pytest.raises(PoolNegative):
            asked(curve, Decimal(pool))
    with pytest.raises(PoolNegative):
        simulated_pool(TWO, seed=1, pools=[Decimal(pool)])


@LAWS
@given(risks=risk_lists, shape=shapes)
def test_the_curve_is_the_distribution_over_all_subsets(risks: list[Risk], shape: Shape) -> None:
    curve = coverage_curve(risks, shape)
    found: dict[Decimal, Decimal] = {}
    for comes in product((False, True), repeat=len(risks)):
        total, chance = Decimal(0), Decimal(1)
        for each, here in zip(risks, comes, strict=True):
            cost = mean_of(each.consequence, shape).quantize(Decimal("1e-10"))
            total += cost if here else 0
            chance *= each.probability if here else 1 - each.probability
        found[total] = found.get(total, Decimal(0)) + chance
    kept = {total: chance for total, chance in sorted(found.items()) if chance}
    assert dict(zip(curve.totals, curve.probabilities, strict=True)) == kept
    assert sum(curve.probabilities) == curve.covered[-1] == 1


@LAWS
@given(risks=risk_lists, shape=shapes, order=st.randoms(use_true_random=False))
def test_the_order_of_the_risks_changes_nothing(
    risks: list[Risk], shape: Shape, order: object
) -> None:
    mixed = list(risks)
    order.shuffle(mixed)  # type: ignore[attr-defined]
    assert coverage_curve(mixed, shape) == coverage_curve(risks, shape)
    one, other = pool_moments(risks, shape), pool_moments(mixed, shape)
    assert (one.expected, one.variance) == (other.expected, other.variance)
    assert sorted(one.expected_by_risk) == sorted(other.expected_by_risk)
    drawn = simulated_pool(risks, seed=3, shape=shape, draws=150)
    assert simulated_pool(mixed, seed=3, shape=shape, draws=150) == drawn


@LAWS
@given(risks=risk_lists, shape=shapes)
def test_curve_and_moments_tell_the_same_expected_value_and_spread(
    risks: list[Risk], shape: Shape
) -> None:
    curve, moments = coverage_curve(risks, shape), pool_moments(risks, shape)
    assert abs(curve.expected - moments.expected) <= Decimal("1e-8")
    spread = sum(
        (chance * (total - curve.expected) ** 2)
        for total, chance in zip(curve.totals, curve.probabilities, strict=True)
    )
    within = sum(
        (each.probability * variance_of(each.consequence, shape) for each in risks), Decimal(0)
    )
    assert float(spread + within) == pytest.approx(float(moments.variance), rel=1e-9, abs=1e-3)


@LAWS
@given(risks=risk_lists, share=st.decimals("0.001", 1, places=3), pool=pools)
def test_pool_and_coverage_answer_each_other(
    risks: list[Risk], share: Decimal, pool: Decimal
) -> None:
    curve = coverage_curve(risks)
    enough = pool_for(curve, share)
    assert covered_by(curve, enough) >= share
    if enough:
        assert covered_by(curve, enough - Decimal("1e-10")) < share
    assert covered_by(curve, pool) <= covered_by(curve, pool + 1)
    paid = loss_share_covered(curve, pool)
    more = loss_share_covered(curve, pool + 1)
    assert paid is None or (more is not None and 0 <= paid <= more <= 1)


@LAWS
@given(risks=risk_lists.filter(bool), share=st.decimals("0.001", 1, places=3))
def test_another_risk_never_lowers_the_pool(risks: list[Risk], share: Decimal) -> None:
    assert pool_for(coverage_curve(risks[1:]), share) <= pool_for(coverage_curve(risks), share)


def test_with_certain_consequences_the_simulation_meets_the_exact_curve() -> None:
    found = simulated_pool(TWO, seed=11, pools=[Decimal(0), Decimal(100), Decimal(399)])
    assert abs(found.mean - 110) < 4 * found.mean_error
    assert found.mean_error == pytest.approx((2500 + 14400) ** 0.5 / 20_000**0.5, rel=0.03)
    for asked, exact in zip(found.coverage, (0.4, 0.8, 0.9), strict=True):
        assert asked.standard_error == pytest.approx((exact * (1 - exact) / 20_000) ** 0.5, rel=0.1)
        assert abs(asked.covered_share - exact) < 4 * asked.standard_error
    # 50 % and 95 % lie between the steps at 40, 80, 90 and 100 %; 80 % is a step and is left out.
    assert [found.pools[k].value for k in (0, 2)] == [100, 400]


def test_sums_of_floats_do_not_fall_out_of_the_pool_of_their_own_size() -> None:
    fractions = [
        Risk(name, Decimal(1), certain(Decimal(amount)))
        for name, amount in (("a", "0.1"), ("b", "0.2"))
    ]
    assert (
        simulated_pool(fractions, seed=1, draws=100, pools=[Decimal("0.3")])
        .coverage[0]
        .covered_share
        == 1
    )


def test_the_spread_of_the_consequences_shows_only_in_the_simulation() -> None:
    wide = [risk("a", "0.9", 0, 10, 110), risk("b", "0.9", 0, 10, 110)]
    exact = pool_for(coverage_curve(wide), Decimal("0.95"))
    found = simulated_pool(wide, seed=2)
    assert found.pools[2].value > float(exact) + 4 * found.pools[2].standard_error
    assert abs(found.mean - float(pool_moments(wide).expected)) < 4 * found.mean_error
    assert simulated_pool(wide, seed=3).pools != found.pools
    assert simulated_pool(wide, seed=2) == found
