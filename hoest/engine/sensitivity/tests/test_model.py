"""Models: derived amounts, net, value and full effect follow the cash-flow engine's rules."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.engine.cash_flow import (
    DK_2021,
    AmountOutOfRange,
    AmountOutsideYears,
    Kind,
    PriceLevelsMixed,
    View,
    ViewsMixed,
    YearsOutOfRange,
    annual_full_effect,
    as_floats,
    cash_flow,
    flat_rate,
    npv,
    value,
)
from hoest.engine.sensitivity import (
    Assumption,
    AssumptionOutOfOrder,
    AssumptionTwice,
    AssumptionUnknown,
    DerivedLine,
    Difference,
    Known,
    Model,
    ModelWithoutLines,
    Ref,
    as_lines,
    derived_amounts,
    derived_net,
    derived_npv,
    full_effect,
    full_effect_year,
    unused_assumptions,
)
from hoest.engine.sensitivity.tests.cases import LAWS, USE, assumption, line, small_case


def test_the_small_case_is_worth_what_a_hand_gets() -> None:
    model = small_case()
    # a year: 1,000 * 0.5 * 350 * 0.8 = 140,000 in, 1,000 * 100 = 100,000 out
    assert derived_net(model, model.probable) == (-50_000, 40_000, 40_000)
    assert derived_npv(model, model.probable) == 30_000
    assert (full_effect_year(model), full_effect(model, model.probable)) == (2028, 40_000)


def test_derived_lines_are_the_same_case_in_the_cash_flow_engine() -> None:
    model = replace(small_case(), rate=DK_2021)
    lines = as_lines(model, model.probable)
    valued = value(lines, base_year=2026, horizon=2028, rate=DK_2021)
    assert valued.flow.net == derived_net(model, model.probable)
    assert float(derived_npv(model, model.probable)) == pytest.approx(valued.npv, rel=1e-12)
    assert annual_full_effect(valued.flow) == (
        full_effect(model, model.probable),
        full_effect_year(model),
    )


kinds = st.sampled_from(list(Kind))
filled = st.dictionaries(
    st.integers(2026, 2031),
    st.decimals(0, 10**6, places=2).map(Known),
    min_size=1,
    max_size=4,
)
derived_lines = st.builds(
    DerivedLine, st.just("linje"), kinds, st.booleans(), filled, st.just(2026)
)


@LAWS
@given(lines=st.lists(derived_lines, min_size=1, max_size=5), rate=st.floats(0, 0.2))
def test_any_model_without_negative_amounts_agrees_with_the_cash_flow_engine(
    lines: list[DerivedLine], rate: float
) -> None:
    model = Model((), tuple(lines), 2026, 2031, flat_rate(rate))
    flow = cash_flow(as_lines(model, {}), base_year=2026, horizon=2031)
    assert derived_net(model, {}) == flow.net
    expected = npv(as_floats(flow.net), flat_rate(rate))
    assert float(derived_npv(model, {})) == pytest.approx(expected, rel=1e-9, abs=1e-3)
    effect, year = annual_full_effect(flow)
    assert (full_effect(model, {}), full_effect_year(model)) == (effect, year)


def test_a_lasting_amount_goes_on_and_a_one_off_does_not() -> None:
    model = Model(
        (),
        (
            line("benefit", {2027: Known(Decimal(5)), 2029: Known(Decimal(0))}, recurring=True),
            line("benefit", {2027: Known(Decimal(3))}),
        ),
        2026,
        2030,
        flat_rate(0),
    )
    assert derived_amounts(model, model.lines[0], {}) == (0, 5, 5, 0, 0)
    assert derived_amounts(model, model.lines[1], {}) == (0, 3, 0, 0, 0)
    assert derived_net(model, {}, [model.lines[1]]) == (0, 3, 0, 0, 0)
    assert full_effect_year(model) == 2028


def test_a_derived_amount_may_be_negative_but_an_ordinary_line_may_not() -> None:
    worse = line("benefit", {2027: Difference(Known(Decimal(5)), Ref("efter"))}, recurring=True)
    model = Model((assumption("efter", "4", "6", "8"),), (worse,), 2026, 2028, flat_rate(0))
    assert derived_net(model, model.probable) == (0, -1, -1)
    assert full_effect(model, model.probable) == -1
    with pytest.raises(AmountOutOfRange):
        as_lines(model, model.probable)


def test_without_benefits_there_is_no_full_effect() -> None:
    only_costs = Model(
        (), (line("operation", {2026: Known(Decimal(4))}),), 2026, 2026, flat_rate(0)
    )
    assert (full_effect_year(only_costs), full_effect(only_costs, {})) == (None, 0)


def test_some_values_are_changed_and_the_others_stay_probable() -> None:
    model = small_case()
    changed = model.at({"licens": Decimal(90)})
    assert changed == {**model.probable, "licens": 90}
    with pytest.raises(AssumptionUnknown) as caught:
        model.at({"licenser": Decimal(90)})
    assert caught.value.known == ("licens", "brugere", "ibrugtagning", "timepris")


def test_an_assumption_no_line_rests_on_is_told() -> None:
    idle = assumption("lokaler", "1", "2", "3")
    assert unused_assumptions(small_case(idle)) == ("lokaler",)
    assert unused_assumptions(small_case()) == ()


@pytest.mark.parametrize(
    ("low", "probable", "high", "most"),
    [
        ("2", "1", "3", None),
        ("1", "4", "3", None),
        ("0.5", "0.8", "1.2", "1"),
        ("-1", "0", "1", None),
        ("NaN", "1", "2", None),
        ("0", "1", "Infinity", None),
    ],
)
def test_an_assumption_out_of_order_is_refused(
    low: str, probable: str, high: str, most: str | None
) -> None:
    with pytest.raises(AssumptionOutOfOrder) as caught:
        assumption("x", low, probable, high, most)
    assert caught.value.key == "x"


def test_an_assumption_below_zero_is_allowed_when_it_has_no_least() -> None:
    ends = (Decimal(-3), Decimal(-2), Decimal(-1))
    assert Assumption("vækst", *ends, least=None).probable == -2


def test_a_model_that_cannot_be_added_up_is_refused() -> None:
    model = small_case()
    first, second, third = model.lines
    with pytest.raises(ModelWithoutLines):
        replace(model, lines=())
    with pytest.raises(AssumptionTwice):
        replace(model, assumptions=(*model.assumptions, USE))
    with pytest.raises(AssumptionUnknown):
        replace(model, assumptions=model.assumptions[1:])
    with pytest.raises(ViewsMixed):
        replace(model, lines=(first, second, replace(third, view=View.SOCIETY)))
    with pytest.raises(PriceLevelsMixed):
        replace(model, lines=(first, second, replace(third, price_level=2025)))
    with pytest.raises(AmountOutsideYears):
        replace(model, base_year=2027)
    with pytest.raises(YearsOutOfRange):
        replace(model, horizon=2025)
