"""Sums of uncertain lines: moments, both ends, simulation with seed and error."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoest.engine.uncertainty import (
    DrawsOutOfRange,
    NamesRepeat,
    ProbabilityOutOfRange,
    SeedNegative,
    Shape,
    ThreePoint,
    UncertainLine,
    certain,
    mean_of,
    mean_with_error,
    negated,
    normal_quantile,
    quantile_of,
    quantile_together,
    quantile_with_error,
    stream,
    sum_moments,
    uncertain_sum,
    variance_of,
)

LAWS = settings(deadline=None, max_examples=60)
three = (
    st.lists(st.decimals(-(10**6), 10**6, places=2), min_size=3, max_size=3)
    .map(sorted)
    .map(lambda found: ThreePoint(*found))
)
line_lists = st.lists(three, max_size=6).map(
    lambda found: [UncertainLine(f"linje {k}", points) for k, points in enumerate(found)]
)
shapes = st.sampled_from(list(Shape))


def line(name: str, low: int, likely: int, high: int) -> UncertainLine:
    return UncertainLine(name, ThreePoint(Decimal(low), Decimal(likely), Decimal(high)))


LINES = [line("udvikling", 2, 4, 12), line("uddannelse", 1, 2, 3), line("gevinst", -20, -15, -5)]


def test_means_add_and_spreads_add_by_square_or_straight() -> None:
    moments = sum_moments([line("a", 0, 3, 6), line("b", 0, 4, 8)], Shape.TRIANGULAR)
    assert (moments.likely, moments.mean) == (7, 7)
    one, other = math.sqrt(1.5), math.sqrt(16 / 6)
    assert moments.sd_independent == pytest.approx(math.hypot(one, other))
    assert moments.sd_together == pytest.approx(one + other)


def test_no_lines_are_nothing_for_certain() -> None:
    nothing = uncertain_sum([], seed=1, draws=100)
    assert (nothing.moments.mean, nothing.moments.sd_together, nothing.simulated_mean) == (0, 0, 0)
    assert [q.value for q in (*nothing.independent, *nothing.normal, *nothing.together)] == [0] * 9


def test_certain_lines_give_their_sum_without_error() -> None:
    known = uncertain_sum(
        [UncertainLine("a", certain(Decimal(5))), UncertainLine("b", certain(Decimal(-2)))],
        seed=3,
        draws=100,
    )
    assert [(q.value, q.standard_error) for q in known.independent] == [(3, 0)] * 3
    assert [q.value for q in known.together] == [3, 3, 3]
    assert known.simulated_mean_error == 0


@pytest.mark.parametrize("shape", list(Shape))
def test_the_simulation_agrees_with_arithmetic_within_its_own_error(shape: Shape) -> None:
    found = uncertain_sum(LINES, seed=20_261_102, shape=shape)
    assert found.simulated_mean_error == pytest.approx(
        found.moments.sd_independent / math.sqrt(20_000), rel=0.03
    )
    assert abs(found.simulated_mean - float(found.moments.mean)) < 4 * found.simulated_mean_error
    assert (found.seed, found.draws, found.shape) == (20_261_102, 20_000, shape)


@pytest.mark.parametrize("shape", list(Shape))
def test_one_line_alone_is_simulated_at_its_own_quantiles(shape: Shape) -> None:
    (only,) = lines = [line("udvikling", 2, 4, 12)]
    found = uncertain_sum(lines, seed=7, shape=shape, probabilities=(0.1, 0.5, 0.8, 0.95))
    for simulated, together in zip(found.independent, found.together, strict=True):
        exact = quantile_of(only.points, simulated.probability, shape)
        assert together.value == exact
        assert 0 < simulated.standard_error < 0.2
        assert abs(simulated.value - exact) < 4 * simulated.standard_error


def test_many_like_lines_come_near_the_normal_approximation() -> None:
    lines = [line(f"linje {k}", 0, 3, 12) for k in range(30)]
    found = uncertain_sum(lines, seed=5)
    for simulated, normal in zip(found.independent, found.normal, strict=True):
        assert simulated.value == pytest.approx(normal.value, rel=0.01)
    p80_together = found.together[1].value
    assert p80_together > found.independent[1].value


def test_the_normal_quantile_is_mean_and_so_many_deviations() -> None:
    assert normal_quantile(10, 2, 0.5) == 10
    assert normal_quantile(10, 2, 0.8413447460685429) == pytest.approx(12)
    with pytest.raises(ProbabilityOutOfRange):
        normal_quantile(10, 2, 1.0)


def test_the_same_seed_gives_the_same_numbers_and_another_seed_others() -> None:
    first, again = (uncertain_sum(LINES, seed=4, draws=500) for _ in range(2))
    assert first == again
    assert uncertain_sum(LINES, seed=5, draws=500).independent != first.independent


def test_lines_with_the_same_points_are_drawn_apart() -> None:
    twins = uncertain_sum([line("a", 0, 5, 10), line("b", 0, 5, 10)], seed=1)
    assert twins.independent[2].value < twins.together[2].value - 0.5


def test_a_stream_depends_on_seed_and_whole_name() -> None:
    firsts = {
        float(stream(seed, name).random())
        for seed, name in [(0, "a"), (1, "a"), (0, "b"), (0, "ab"), (0, ""), (97, ""), (0, "å")]
    }
    assert len(firsts) == 7


def test_names_repeat_draws_and_seeds_are_refused_by_name() -> None:
    with pytest.raises(NamesRepeat) as caught:
        uncertain_sum([line("a", 0, 1, 2), line("b", 0, 1, 2), line("a", 1, 2, 3)], seed=1)
    assert caught.value.names == ("a",)
    for draws in (99, 1_000_001):
        with pytest.raises(DrawsOutOfRange):
            uncertain_sum(LINES, seed=1, draws=draws)
    with pytest.raises(SeedNegative):
        uncertain_sum([], seed=-1)


def test_a_quantile_of_draws_is_an_order_statistic_with_a_binomial_error() -> None:
    draws = np.arange(1.0, 101.0)
    found = quantile_with_error(draws, 0.8)
    # rank 80; the rank's deviation is sqrt(100 * 0.8 * 0.2) = 4
    assert (found.value, found.standard_error) == (80, 4)
    assert quantile_with_error(draws, 0.29).value == 29
    assert quantile_with_error(draws, 0.295).value == 30
    assert quantile_with_error(draws, 0.001).value == 1
    assert quantile_with_error(draws, 0.999).value == 100
    with pytest.raises(ProbabilityOutOfRange):
        quantile_with_error(draws, 0.0)


def test_the_error_of_a_mean_is_its_deviation_over_the_root_of_the_draws() -> None:
    # squared distances from 3: 4 + 1 + 0 + 1 + 4 = 10; 10 / 4 = 2.5; 2.5 / 5 = 0.5
    mean, error = mean_with_error(np.array([1.0, 2.0, 3.0, 4.0, 5.0]))
    assert (mean, error) == (3, pytest.approx(math.sqrt(0.5)))


@LAWS
@given(lines=line_lists, shape=shapes, order=st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_nothing(
    lines: list[UncertainLine], shape: Shape, order: object
) -> None:
    mixed = list(lines)
    order.shuffle(mixed)  # type: ignore[attr-defined]
    kept, turned = (uncertain_sum(some, seed=9, shape=shape, draws=200) for some in (lines, mixed))
    assert turned.moments == kept.moments
    assert (turned.independent, turned.normal) == (kept.independent, kept.normal)


@LAWS
@given(lines=line_lists, shape=shapes)
def test_moments_are_sums_of_the_lines_and_the_independent_end_is_narrower(
    lines: list[UncertainLine], shape: Shape
) -> None:
    moments = sum_moments(lines, shape)
    mean = sum((mean_of(each.points, shape) for each in lines), Decimal(0))
    assert abs(moments.mean - mean) <= Decimal("1e-15")
    spread = float(sum((variance_of(each.points, shape) for each in lines), Decimal(0)))
    assert moments.sd_independent**2 == pytest.approx(spread, rel=1e-9)
    assert moments.sd_independent <= moments.sd_together * (1 + 1e-12)


@LAWS
@given(left=three, right=three, shape=shapes, probability=st.floats(0.01, 0.99))
def test_quantiles_of_lines_that_move_together_add(
    left: ThreePoint, right: ThreePoint, shape: Shape, probability: float
) -> None:
    lines = [UncertainLine("a", left), UncertainLine("b", right)]
    expected = quantile_of(left, probability, shape) + quantile_of(right, probability, shape)
    assert quantile_together(lines, probability, shape) == pytest.approx(expected, abs=1e-6)


@LAWS
@given(lines=line_lists, shape=shapes)
def test_a_simulated_sum_stays_between_the_sums_of_the_ends(
    lines: list[UncertainLine], shape: Shape
) -> None:
    found = uncertain_sum(lines, seed=2, shape=shape, draws=150, probabilities=(0.01, 0.99))
    low = float(sum((each.points.low for each in lines), Decimal(0)))
    high = float(sum((each.points.high for each in lines), Decimal(0)))
    slack = 1e-6
    values = [each.value for each in found.independent]
    assert low - slack <= values[0] <= values[1] <= high + slack


@LAWS
@given(lines=line_lists.filter(bool), shape=shapes)
def test_a_sum_grows_with_its_unit_and_turns_with_its_sign(
    lines: list[UncertainLine], shape: Shape
) -> None:
    thousand = Decimal(1000)
    scaled = [
        replace(
            each,
            points=ThreePoint(
                *(thousand * end for end in (each.points.low, each.points.likely, each.points.high))
            ),
        )
        for each in lines
    ]
    kept = uncertain_sum(lines, seed=2, shape=shape, draws=150)
    grown = uncertain_sum(scaled, seed=2, shape=shape, draws=150)
    for one, other in zip(kept.independent, grown.independent, strict=True):
        assert other.value == pytest.approx(1000 * one.value, rel=1e-9, abs=1e-3)
    turned = sum_moments([replace(each, points=negated(each.points)) for each in lines], shape)
    assert abs(turned.mean + kept.moments.mean) <= Decimal("1e-15")
