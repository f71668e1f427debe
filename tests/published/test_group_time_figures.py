"""Callaway and Sant'Anna: printed figures of R did (minimum wages) and the JEL guide (Medicaid)."""

from __future__ import annotations

import numpy as np
import pytest

from hoest.engine.effects import (
    Average,
    Base,
    Control,
    GroupTime,
    Panel,
    Rollout,
    Row,
    averaged,
    group_time,
    panel_of,
    pretest,
    rollout_of,
)
from tests.support.published import expected, rows

FOUR = 5.1e-5


@pytest.fixture(scope="module")
def wages() -> Panel:
    return panel_of(
        Row(
            row["countyreal"],
            int(row["year"]),
            float(row["lemp"]),
            int(float(row["first.treat"])) or None,
        )
        for row in rows("mpdta.csv")
    )


@pytest.fixture(scope="module")
def cells(wages: Panel) -> GroupTime:
    return group_time(wages.rollout, wages.values, control=Control.NEVER)


def test_each_date_and_year(wages: Panel, cells: GroupTime) -> None:
    told = expected("A01_mpdta_cs")["att_gt"]
    found = {
        (str(wages.rollout.periods[g]), str(wages.rollout.periods[t])): estimate
        for g, t, estimate in zip(cells.groups, cells.times, cells.forms.estimates[0], strict=True)
    }
    wanted = {(g, t): value for g, years in told.items() for t, value in years.items()}
    assert found.keys() == wanted.keys()
    assert all(found[key] == pytest.approx(value, abs=FOUR) for key, value in wanted.items())


def test_the_pretest(wages: Panel, cells: GroupTime) -> None:
    statistic, count, p = pretest(wages.rollout, wages.values, cells)
    assert count == 5
    assert statistic > 0
    assert p == pytest.approx(expected("A01_mpdta_cs")["pretest_wald_p"], abs=5e-6)


@pytest.mark.parametrize(
    ("kind", "key"),
    [(Average.EVENT, "dynamic"), (Average.GROUP, "group"), (Average.SIMPLE, "simple")],
)
def test_the_averages(wages: Panel, cells: GroupTime, kind: Average, key: str) -> None:
    told = expected("A01_mpdta_cs")
    found = averaged(wages.rollout, wages.values, cells, kind)
    full = told["verified"]["full_precision"]
    name = "dyn_overall" if key == "dynamic" else key if key == "simple" else "group_overall"
    assert found.overall[0] == pytest.approx(full[name], abs=1e-12)
    assert found.overall_error[0] == pytest.approx(full[f"{name}_se"], abs=1e-12)
    if key != "simple":
        assert found.overall[0] == pytest.approx(told[f"{key}_overall"]["att"], abs=FOUR)
        printed = told[key]
        names = [
            str(one if kind is Average.EVENT else wages.rollout.periods[one]) for one in found.at
        ]
        assert names == list(printed)
        assert found.estimates[0] == pytest.approx(list(printed.values()), abs=FOUR)


def test_the_balanced_average(wages: Panel, cells: GroupTime) -> None:
    told = expected("A01_mpdta_cs")["balance_e1"]
    found = averaged(wages.rollout, wages.values, cells, Average.EVENT, balance=1)
    assert found.overall[0] == pytest.approx(told["overall"], abs=FOUR)
    assert [str(one) for one in found.at] == list(told["e"])
    assert found.estimates[0] == pytest.approx(list(told["e"].values()), abs=FOUR)


def medicaid(starts: dict[str, int], weights: dict[str, float]) -> tuple[Rollout, np.ndarray]:
    lines = rows("jel_medicaid_mortality.csv.gz")
    years = sorted({int(line["year"]) for line in lines})
    units = sorted(starts)
    place = {unit: k for k, unit in enumerate(units)}
    values = np.full((len(units), len(years)), np.nan)
    for line in lines:
        if line["county_code"] in place:
            values[place[line["county_code"]], int(line["year"]) - years[0]] = float(line["rate"])
    begun = [starts[unit] - years[0] if starts[unit] else len(years) for unit in units]
    return rollout_of(units, years, begun, weights=[weights[unit] for unit in units]), values


@pytest.fixture(scope="module")
def counties() -> tuple[dict[str, int], dict[str, float]]:
    lines = rows("jel_medicaid_mortality.csv.gz")
    starts = {line["county_code"]: int(float(line["tg"])) for line in lines}
    return starts, {line["county_code"]: float(line["w2013"]) for line in lines}


def test_one_date_against_the_never_treated(counties) -> None:  # type: ignore[no-untyped-def]
    starts, weights = counties
    kept = {unit: start for unit, start in starts.items() if start == 2014 or not start}
    kept |= {unit: 0 for unit, start in starts.items() if start > 2019}
    rollout, values = medicaid(kept, weights)
    found = group_time(rollout, values, control=Control.NEVER, base=Base.UNIVERSAL)
    told = expected("A02_jel_medicaid")["two_x_T"]
    assert found.forms.estimates[0] == pytest.approx(list(told.values()), abs=6e-11)


def test_all_dates_against_the_not_yet_treated(counties) -> None:  # type: ignore[no-untyped-def]
    rollout, values = medicaid(*counties)
    cells = group_time(rollout, values, control=Control.NOT_YET, base=Base.UNIVERSAL)
    found = averaged(rollout, values, cells, Average.EVENT, first=-5, last=5)
    told = expected("A02_jel_medicaid")
    assert found.estimates[0] == pytest.approx(list(told["gxt_dynamic"].values()), abs=6e-11)
    assert found.overall[0] == pytest.approx(told["gxt_overall_0_5"], abs=6e-11)
