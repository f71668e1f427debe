"""`hoest value`: the answer as JSON and the Danish table."""

from __future__ import annotations

import json

import pytest

from hoest.config.valuation.tests.cases import Run, answered, case_a, changed


def test_case_a_is_answered_with_unrounded_numbers(run: Run) -> None:
    answer = answered(run, case_a())
    net = {"2016": -3, "2017": 1.8, "2018": 1.8, "2019": 1.8, "2020": 1.8, "2021": 1.8}
    assert answer["net"] == net
    assert answer["accumulated"] == dict(zip(net, [-3, -1.2, 0.6, 2.4, 4.2, 6], strict=True))
    assert answer["npv"] == pytest.approx(5.127094275847, rel=1e-12)
    assert answer["irr"] == pytest.approx(0.527956175418, rel=1e-11)
    assert answer["payback"] == {
        "simple": pytest.approx(5 / 3),
        "calendar_year": 2018,
        "interpolated": pytest.approx(5 / 3),
        "discounted": pytest.approx(1.750375),
    }
    assert answer["warnings"] == []
    assert (answer["unit"], answer["price_level"], answer["view"]) == ("m", 2016, "treasury")
    assert answer["rate"]["name"] == "DK-2021"
    assert "range" not in answer


def test_a_flat_rate_is_a_share(run: Run) -> None:
    assert answered(run, changed("rate", 0.04))["npv"] == pytest.approx(5.0132801958)


def test_without_a_rate_or_a_payback_the_answer_is_null_with_a_danish_warning(run: Run) -> None:
    answer = answered(run, changed("lines.1.kind", "operation"))
    assert answer["irr"] is None
    assert answer["payback"] == dict.fromkeys(
        ["simple", "calendar_year", "interpolated", "discounted"]
    )
    assert [warning["code"] for warning in answer["warnings"]] == [
        "irr_no_sign_change",
        "not_paid_back",
        "no_simple_payback",
    ]
    assert answer["warnings"][1]["text"] == (
        "Udgiften er ikke tjent hjem til og med 2021 (opgjort som kalenderår, interpoleret og "
        "diskonteret)."
    )


def test_a_horizon_over_seventy_years_tells_of_the_unconfirmed_rate(run: Run) -> None:
    made = changed("horizon", 2087)
    assert [w["code"] for w in answered(run, made)["warnings"]] == ["rate_step_unconfirmed"]
    assert answered(run, changed("horizon", 2086))["warnings"] == []


def test_a_gap_is_continued_and_told(run: Run) -> None:
    answer = answered(run, changed("lines.1.amounts", {"2017": 1, "2020": 2}))
    assert answer["net"] == {
        "2016": -3,
        "2017": 1,
        "2018": 1,
        "2019": 1,
        "2020": 2,
        "2021": 2,
    }
    assert answer["warnings"] == [
        {
            "code": "gap_continued",
            "text": "Linjen Effekt er varig og har intet beløb i 2018 og 2019. Det seneste beløb "
            "er regnet videre; skriv 0, hvis virkningen holder pause.",
        }
    ]


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        (3, 3),
        (0, 0),
        ("3", 3),
        ("3.25", 3.25),
        ("0.125", 0.125),
        ("1234.567", 1234.567),
        ("3,25", 3.25),
        ("1.234,5", 1234.5),
        ("1.234.567,89", 1234567.89),
        (1e3, 1000),
    ],
)
def test_amounts_are_numbers_or_unambiguous_text(run: Run, written: object, amount: float) -> None:
    assert answered(run, changed("lines.0.amounts.2016", written))["costs"]["2016"] == amount


def test_sums_of_decimals_carry_no_float_dust(run: Run) -> None:
    made = case_a()
    made["lines"] = [{**made["lines"][1], "amounts": {"2016": 0.1}} for _ in range(3)]
    assert answered(run, made)["net"]["2016"] == 0.3


def test_a_three_point_estimate_adds_a_range(run: Run) -> None:
    made = changed("lines.1", {**case_a()["lines"][1], "low_share": 0.5, "high_share": 1.2})
    ends = answered(run, made)["range"]
    assert ends["low"]["net_total"] == 1.5
    assert ends["expected"]["net_total"] == 5.55
    assert ends["high"]["net_total"] == 7.8
    assert ends["low"]["npv"] < ends["expected"]["npv"] < ends["high"]["npv"]


def test_a_byte_order_mark_is_no_fault(run: Run) -> None:
    assert answered(run, b"\xef\xbb\xbf" + json.dumps(case_a()).encode())["irr"] is not None


def test_a_societal_case_says_so(run: Run) -> None:
    made = case_a()
    for line in made["lines"]:
        line["view"] = "society"
    assert answered(run, made)["view"] == "society"
    assert "set fra samfundet" in table(run, made)


def table(run: Run, made: object) -> str:
    """The Danish table: the command without `--json`."""
    code, out, err = run(made, "--")
    assert (code, err) == (0, "")
    return out


def test_the_table_is_danish(run: Run) -> None:
    shown = table(run, case_a())
    assert shown.startswith("Beløb i mio. kr., 2016-priser, set fra kommunekassen\n")
    assert "5,13 mio. kr. i 2016-værdi" in shown
    assert "52,8" in shown
    assert "Kalenderår                                2018" in shown
    assert "1,7" in shown
    assert "Læs tallene" not in shown


@pytest.mark.parametrize(
    ("rate", "horizon", "words"),
    [
        (0.0375, 2021, "(3,75 % om året)"),
        ("DK-2013", 2051, "(DK-2013: 4 % om året)"),
        ("DK-2013", 2052, "(DK-2013: 4 % om året, 3 % efter år 35)"),
        ("DK-2021", 2087, "(DK-2021: 3,5 % om året, 2,5 % efter år 35, 1,5 % efter år 70)"),
    ],
)
def test_the_table_names_the_rates_it_used(
    run: Run, rate: object, horizon: int, words: str
) -> None:
    shown = table(run, {**case_a(), "rate": rate, "horizon": horizon})
    assert words in shown.replace("\u00a0", " ")


def test_the_table_ends_with_what_to_keep_in_mind(run: Run) -> None:
    shown = table(run, changed("lines.1.kind", "operation"))
    assert "Intern rente      ingen" in shown
    assert shown.rstrip().endswith("ikke er positiv.")
