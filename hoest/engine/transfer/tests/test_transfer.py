"""Transfer: laws that hold for any studies, what is refused, and the cover of the next place."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hoest.engine.transfer as engine
from hoest.engine.transfer import (
    EffectNotFinite,
    NoStudies,
    NumberOutOfRange,
    Shrunk,
    StudiesDiffer,
    TooFewStudies,
    TooManyCovariates,
    VarianceNotPositive,
    credible,
    own_range,
    own_reaches,
    pooled,
    posterior_of,
    predictive,
    prior_scale,
    probability_of,
    scaled,
    studies_of,
    transferred,
)

LAWS = settings(deadline=None, max_examples=12)
effects = st.floats(-50, 50).map(lambda x: round(x, 3))
variances = st.floats(0.05, 20).map(lambda x: round(x, 3))
found = st.lists(st.tuples(effects, variances), min_size=3, max_size=12)


@LAWS
@given(found, st.floats(-100, 100))
def test_adding_a_constant_moves_everything_by_it(given_: list, constant: float) -> None:
    y, v = zip(*given_, strict=True)
    before, after = studies_of(y, v), studies_of(np.array(y) + constant, v)
    plain, moved = posterior_of(before, scale=2.0), posterior_of(after, scale=2.0)
    assert moved.mean == pytest.approx(plain.mean + constant, abs=1e-7)
    assert predictive(moved) == pytest.approx(np.array(predictive(plain)) + constant, abs=1e-6)
    assert pooled(after).mean == pytest.approx(pooled(before).mean + constant, abs=1e-4)
    assert pooled(after).tau2 == pytest.approx(pooled(before).tau2, abs=1e-3)


@LAWS
@given(found)
def test_reversing_the_sign_reverses_the_answer(given_: list) -> None:
    y, v = zip(*given_, strict=True)
    plain, other = transferred(studies_of(y, v)), transferred(studies_of(-np.array(y), v))
    assert plain.prediction is not None
    assert other.prediction is not None
    assert other.prediction == pytest.approx((-plain.prediction[1], -plain.prediction[0]), abs=1e-7)
    assert other.mean == pytest.approx(-(plain.mean or 0), abs=1e-9)


@LAWS
@given(found, st.randoms(use_true_random=False))
def test_the_order_of_the_studies_means_nothing(given_: list, random) -> None:  # type: ignore[no-untyped-def]
    mixed = list(given_)
    random.shuffle(mixed)
    plain, other = (
        transferred(studies_of(*zip(*one, strict=True)), scale=1.0) for one in (given_, mixed)
    )
    assert plain.prediction == pytest.approx(other.prediction, abs=1e-9)
    assert sorted(one.drawn_to for one in plain.shrunken) == pytest.approx(
        sorted(one.drawn_to for one in other.shrunken), abs=1e-9
    )


@LAWS
@given(found)
def test_a_new_place_is_never_surer_than_the_mean_and_nobody_is_drawn_past_it(
    given_: list,
) -> None:
    studies = studies_of(*zip(*given_, strict=True))
    posterior = posterior_of(studies, scale=1.0)
    low, _, high = predictive(posterior)
    mean_low, mean_high = credible(posterior)
    assert low <= mean_low + 1e-9
    assert high >= mean_high - 1e-9
    for one in transferred(studies).shrunken:
        assert 0 <= one.others_share <= 1


def test_a_promise_is_counted_in_its_own_direction() -> None:
    posterior = posterior_of(studies_of([-3, -2, -4], [0.2, 0.2, 0.2]), scale=1.0)
    assert probability_of(posterior, -1.0) > 0.9
    assert probability_of(posterior, 1.0) < 0.01


def test_equal_results_give_no_spread_and_a_wider_prior_a_wider_range() -> None:
    same = studies_of([5.0, 5.0, 5.0, 5.0], [1.0, 1.0, 1.0, 1.0])
    assert pooled(same).tau2 == 0
    assert pooled(same).i2 == 0
    answer = transferred(same)
    half, double = answer.sensitivity
    assert answer.prediction is not None
    assert double.low < answer.prediction[0] < half.low
    assert half.high < answer.prediction[1] < double.high
    assert prior_scale(same) == 2.5


def test_below_three_studies_only_the_range_is_told() -> None:
    answer = transferred(studies_of([1.0, 4.0], [1.0, 1.0]), promised=1.0)
    assert answer.reference == (1.0, 4.0)
    assert answer.prediction is None
    assert answer.reaches is None
    assert answer.pooled is None
    assert scaled(answer, 10) is None


def test_our_volume_scales_the_range_and_a_negative_one_turns_it() -> None:
    answer = transferred(studies_of([1.0, 2.0, 3.0], [0.1, 0.1, 0.1]))
    plain, turned = scaled(answer, 10), scaled(answer, -10)
    assert plain is not None
    assert turned is not None
    assert (turned.low, turned.high) == pytest.approx((-plain.high, -plain.low))
    assert plain.low < plain.middle < plain.high


@pytest.mark.parametrize(
    ("fault", "arguments"),
    [
        (NoStudies, ([], [])),
        (StudiesDiffer, ([1.0], [1.0, 2.0])),
        (VarianceNotPositive, ([1.0], [0.0])),
        (VarianceNotPositive, ([1.0], [float("inf")])),
        (EffectNotFinite, ([float("nan")], [1.0])),
        (StudiesDiffer, ([1.0] * 10, [1.0] * 10, [[1.0]])),
        (EffectNotFinite, ([1.0] * 10, [1.0] * 10, [[float("nan")] * 10])),
        (TooManyCovariates, ([1.0] * 9, [1.0] * 9, [[1.0] * 9])),
    ],
)
def test_what_cannot_be_put_together_is_refused(fault: type[Exception], arguments) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(fault):
        studies_of(*arguments)


def test_one_study_has_no_spread_and_numbers_have_bounds() -> None:
    with pytest.raises(TooFewStudies):
        pooled(studies_of([1.0], [1.0]))
    three = studies_of([1.0, 2.0, 3.0], [1.0, 1.0, 1.0])
    for call in (
        lambda: posterior_of(three, scale=0),
        lambda: posterior_of(three, scale=1, mean_scale=0),
        lambda: transferred(three, level=1),
        lambda: pooled(three, level=0),
    ):
        with pytest.raises(NumberOutOfRange):
            call()


@pytest.mark.parametrize("count", [3, 5, 8])
def test_the_range_holds_the_next_place(count: int) -> None:
    """Nominal 95 %: 150 worlds, differences between places as large as the errors within."""
    random = np.random.default_rng(2026 + count)
    held = 0
    for _ in range(150):
        errors = random.uniform(0.3, 0.7, count)
        true = 1 + random.normal(0, 0.5, count + 1)
        posterior = posterior_of(
            studies_of(true[:-1] + random.normal(0, errors), errors**2), scale=1.0
        )
        low, _, high = predictive(posterior)
        held += low <= true[-1] <= high
    assert held >= 0.9 * 150


def test_every_public_function_states_formula_and_source() -> None:
    functions = [
        member
        for found_ in pkgutil.iter_modules(engine.__path__)
        if found_.name != "tests"
        for name, member in inspect.getmembers(
            importlib.import_module(f"{engine.__name__}.{found_.name}"), inspect.isfunction
        )
        if not name.startswith("_") and member.__module__.startswith(engine.__name__)
    ]
    assert len(functions) > 12
    assert all("Formula:" in (inspect.getdoc(one) or "") for one in functions)
    assert all("Source:" in (inspect.getdoc(one) or "") for one in functions)


def test_our_own_range_lies_round_what_it_is_drawn_to_and_the_promise_follows_its_sign():
    mine = Shrunk(own=-8.0, drawn_to=-5.0, error=1.0, others_share=0.6)
    low, high = own_range(mine)
    assert (low, high) == pytest.approx((-6.959964, -3.040036))
    assert own_reaches(mine, -5.0) == pytest.approx(0.5)
    assert own_reaches(mine, -6.959964) == pytest.approx(0.025)
    assert own_reaches(mine, 0.0) < 1e-5
    with pytest.raises(NumberOutOfRange):
        own_range(mine, level=0.0)
