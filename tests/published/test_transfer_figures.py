"""Transfer: BCG vaccine (13 trials), Viechtbauer's two examples, and the eight schools."""

from __future__ import annotations

import numpy as np
import pytest

from hoest.engine.transfer import (
    Heterogeneity,
    Prior,
    Studies,
    inconsistency,
    pooled,
    posterior_of,
    predictive,
    studies_of,
    tau_squared,
    tau_squared_interval,
)
from tests.support.published import expected, rows

FOUR = 5.1e-5
SCHOOLS = ([28, 8, -3, 7, -1, 1, 18, 12], [15, 10, 16, 11, 9, 11, 10, 18])


def counts() -> tuple[np.ndarray, ...]:
    lines = rows("meta_bcg.csv")
    names = ("tpos", "tneg", "cpos", "cneg", "ablat")
    return tuple(np.array([float(line[name]) for line in lines]) for name in names)


def risk_ratios() -> Studies:
    a, b, c, d, _ = counts()
    return studies_of(
        np.log(a / (a + b) / (c / (c + d))), 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)
    )


def test_the_vaccine_as_risk_ratios() -> None:
    told = expected("B01_bcg")["logRR"]
    fixed = pooled(risk_ratios(), method=Heterogeneity.EQUAL, knapp=False)
    assert [fixed.mean, fixed.low[0], fixed.high[0]] == pytest.approx(told["EE"], abs=FOUR)
    assert fixed.q == pytest.approx(told["Q"], abs=5.1e-4)
    for name in ("DL", "REML"):
        found = pooled(risk_ratios(), method=Heterogeneity(name), knapp=False)
        assert found.mean == pytest.approx(told[name]["b"], abs=FOUR)
        assert [found.low[0], found.high[0]] == pytest.approx(told[name]["ci"], abs=FOUR)
        assert found.tau2 == pytest.approx(told[name]["tau2"], abs=FOUR)
        assert found.i2 == pytest.approx(told[name]["I2"], abs=6e-3)
    assert found.errors[0] == pytest.approx(told["REML"]["se"], abs=FOUR)


def test_the_interval_of_the_next_trial_and_of_the_spread() -> None:
    told = expected("B01_bcg")["verified"]
    plain = pooled(risk_ratios(), knapp=False)
    assert plain.prediction == pytest.approx(told["REML_PI_z"], abs=2e-6)
    knapp = pooled(risk_ratios())
    assert [knapp.low[0], knapp.high[0]] == pytest.approx(told["REML_KNHA_CI"], abs=2e-6)
    assert knapp.prediction == pytest.approx(told["REML_KNHA_PI_t"], abs=2e-6)
    ends = tau_squared_interval(risk_ratios())
    assert ends == pytest.approx(told["Qprofile_tau2"], abs=2e-6)


def test_the_vaccine_as_odds_ratios() -> None:
    a, b, c, d, _ = counts()
    told = expected("B01_bcg")["logOR_DL"]
    studies = studies_of(np.log(a * d / b / c), 1 / a + 1 / b + 1 / c + 1 / d)
    found = pooled(studies, method=Heterogeneity.DERSIMONIAN_LAIRD, knapp=False)
    assert found.mean == pytest.approx(told["b"], abs=FOUR)
    assert [found.low[0], found.high[0]] == pytest.approx(told["ci"], abs=FOUR)
    assert found.tau2 == pytest.approx(told["tau2"], abs=FOUR)
    assert found.i2 == pytest.approx(told["I2"], abs=FOUR)


def test_latitude_explains_much_of_the_difference() -> None:
    told = expected("B01_bcg")["metareg_ablat_REML"]
    plain = risk_ratios()
    found = pooled(studies_of(plain.effects, plain.variances, [counts()[4]]), knapp=False)
    assert found.coefficients == pytest.approx(told["b"], abs=FOUR)
    assert found.errors == pytest.approx(told["se"], abs=FOUR)
    # R metafor stops at a tolerance of 1e-5; the maximum itself is .07635.
    assert found.tau2 == pytest.approx(told["tau2"], abs=6e-5)
    assert found.q == pytest.approx(told["QE"], abs=FOUR)
    assert found.i2 == pytest.approx(told["I2"], abs=6e-3)


def test_the_smoothed_variances_of_berkey() -> None:
    """Berkey et al. (1995): variances from the mean odds, latitude around its mean of 33.46."""
    a, b, c, d, latitude = counts()
    smoothed = (b / a).mean() / (a + b) + (d / c).mean() / (c + d)
    told = expected("B01_bcg")["berkey1995"]
    effects = risk_ratios().effects
    alone = pooled(studies_of(effects, smoothed), method=Heterogeneity.EMPIRICAL_BAYES, knapp=False)
    found = [alone.mean, alone.errors[0], alone.tau2]
    assert found == pytest.approx(told["RE_EB"], abs=FOUR)
    # Four digits are printed with latitude around 33.46, the mean of the thirteen.
    with_latitude = studies_of(effects, smoothed, [latitude - 33.46])
    mixed = pooled(with_latitude, method=Heterogeneity.EMPIRICAL_BAYES, knapp=False)
    assert mixed.coefficients == pytest.approx(told["ME_EB"]["b"], abs=FOUR)
    assert mixed.errors == pytest.approx(told["ME_EB"]["se"], abs=FOUR)
    assert mixed.tau2 == pytest.approx(told["ME_EB"]["tau2"], abs=FOUR)


@pytest.mark.parametrize("example", ["ex1", "ex2"])
def test_seven_estimators_of_the_spread(example: str) -> None:
    lines = rows(f"meta_viechtbauer2005_{example}.csv")
    told = expected("B04_viechtbauer2005")
    studies = studies_of(
        [float(line["yi"]) for line in lines], [float(line["vi"]) for line in lines]
    )
    found = [tau_squared(studies, Heterogeneity(name)) for name in told["order"]]
    assert found == pytest.approx(told[f"{example}_tau2"], abs=FOUR)
    if example == "ex1":
        shares = [inconsistency(studies, tau2) for tau2 in found]
        assert shares == pytest.approx(told["ex1_I2"], abs=2e-4)


def test_the_eight_schools() -> None:
    told = expected("B08_eight_schools")
    effects, errors = SCHOOLS
    studies = studies_of(effects, [error**2 for error in errors])
    found = posterior_of(studies, scale=5, prior=Prior.HALF_CAUCHY, mean_scale=5)
    exact = told["verified"]["exact_quadrature"]
    assert found.mean == pytest.approx(exact["mu"], abs=6e-4)
    assert found.tau == pytest.approx(exact["tau"], abs=1e-3)
    assert found.shrunken == pytest.approx(exact["theta"], abs=6e-4)
    low, _, high = predictive(found)
    assert (low, high) == pytest.approx(exact["new_unit_95"], abs=6e-3)
    # The reference is drawn; three of its own errors.
    assert found.mean == pytest.approx(told["mean"]["mu"], abs=3 * told["mcse"]["mu"])
    assert found.tau == pytest.approx(told["mean"]["tau"], abs=3 * told["mcse"]["tau"])
    assert found.shrunken == pytest.approx(told["mean"]["theta"], abs=3 * told["mcse"]["theta"])
