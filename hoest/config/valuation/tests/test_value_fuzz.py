"""Whatever `hoest value` is given, it answers or refuses in one sentence; it never breaks.

Arbitrary bytes, arbitrary JSON, valid cases with one place replaced, and valid cases as they are.
"""

from __future__ import annotations

import contextlib
import io
import json
import math
import sys
from decimal import Decimal
from typing import Any
from unittest import mock

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from hoest.config.cli import main

ANSWER_KEYS = {"net", "accumulated", "npv", "irr", "payback", "warnings"}
FUZZ = settings(deadline=None, max_examples=200)

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.integers(1990, 2060),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(["2016", "1.234,5", "1.234", "DK-2021", "benefit", "m", "NaN", "-0", "1e9"]),
)
anything = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)

amount_numbers = st.one_of(
    st.integers(0, 10**15),
    st.floats(0, 1e15).filter(lambda x: x == 0 or x > 1e-12),
    st.decimals(0, 10**9, places=2).map(lambda d: f"{d}".replace(".", ",")),
)


@st.composite
def valid_cases(draw: st.DrawFn) -> dict[str, Any]:
    """A case the command must answer."""
    base_year = draw(st.integers(1900, 2100))
    horizon = draw(st.integers(base_year, min(base_year + 120, 2200)))
    years = st.integers(base_year, horizon).map(str)
    level = draw(st.integers(1990, 2060))
    line = st.fixed_dictionaries(
        {
            "name": st.text("abcæøå ", min_size=1, max_size=9).filter(str.strip),
            "kind": st.sampled_from(["investment", "operation", "benefit"]),
            "recurring": st.booleans(),
            "amounts": st.dictionaries(years, amount_numbers, min_size=1, max_size=5),
        },
        optional={
            "price_level": st.just(level),
            "low_share": st.sampled_from([0, 0.5, 0.875, 1]),
            "high_share": st.sampled_from([1, 1.25, 3, 100]),
        },
    )
    return {
        "base_year": base_year,
        "horizon": horizon,
        "price_level": level,
        "rate": draw(
            st.one_of(
                st.floats(0, 1),
                st.sampled_from(["DK-1999", "DK-2009", "DK-2013", "DK-2021"]),
            )
        ),
        "lines": draw(st.lists(line, min_size=1, max_size=5)),
        "unit": draw(st.sampled_from(["kr", "t", "m"])),
    }


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value, the outermost included."""
    found = [path]
    if isinstance(node, dict):
        for key, inner in node.items():
            found += places(inner, (*path, key))
    elif isinstance(node, list):
        for k, inner in enumerate(node):
            found += places(inner, (*path, k))
    return found


@st.composite
def damaged_cases(draw: st.DrawFn) -> Any:
    """A valid case with one place replaced by anything, or taken away."""
    case: Any = draw(valid_cases())
    path = draw(st.sampled_from(places(case)))
    if not path:
        return draw(anything)
    at = case
    for step in path[:-1]:
        at = at[step]
    if draw(st.booleans()):
        at[path[-1]] = draw(anything)
    else:
        del at[path[-1]]
    return case


def run(raw: bytes, *options: str) -> tuple[int, str, str]:
    """Run the command on standard input; an exception out of it fails the test."""
    out, err = io.StringIO(), io.StringIO()
    stdin = io.TextIOWrapper(io.BytesIO(raw))
    with (
        mock.patch.object(sys, "stdin", stdin),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = main(["value", *options, "-"])
    return code, out.getvalue(), err.getvalue()


def no_constant(name: str) -> None:
    pytest.fail(f"{name} stands in the answer")


def check(raw: bytes) -> dict[str, Any] | None:
    """Check the promise for one input; return the answer, or None when it was refused."""
    code, out, err = run(raw, "--json")
    event(f"exit {code}")
    if code == 2:
        assert out == ""
        assert len(err.strip().splitlines()) == 1
        assert err.endswith(".\n")
        return None
    assert (code, err) == (0, "")
    answer: dict[str, Any] = json.loads(out, parse_constant=no_constant)
    assert answer.keys() >= ANSWER_KEYS
    assert all(warning["code"] and warning["text"] for warning in answer["warnings"])
    return answer


@FUZZ
@given(raw=st.binary(max_size=200))
def test_any_bytes_are_refused_in_one_sentence(raw: bytes) -> None:
    assert check(raw) is None


@FUZZ
@given(value=anything)
def test_any_json_is_refused_in_one_sentence(value: object) -> None:
    assert check(json.dumps(value).encode()) is None


@settings(FUZZ, max_examples=400)
@given(case=damaged_cases())
def test_a_damaged_case_is_answered_or_refused_and_never_breaks(case: object) -> None:
    check(json.dumps(case).encode())


@FUZZ
@given(case=valid_cases())
def test_a_valid_case_is_answered_with_sums_that_fit(case: dict[str, Any]) -> None:
    answer = check(json.dumps(case).encode())
    assert answer is not None
    net, accumulated = answer["net"], answer["accumulated"]
    assert list(net) == list(accumulated)
    assert list(net) == [str(y) for y in range(case["base_year"], case["horizon"] + 1)]
    size = sum(abs(Decimal(amount)) for amount in net.values())
    total = sum(Decimal(amount) for amount in net.values())
    assert abs(total - Decimal(list(accumulated.values())[-1])) <= size * Decimal("1e-13")
    assert math.isfinite(answer["npv"])
    assert abs(answer["npv"]) <= float(size) * (1 + 1e-9)


@settings(FUZZ, max_examples=100)
@given(case=valid_cases())
def test_a_valid_case_has_a_table_for_the_eye(case: dict[str, Any]) -> None:
    code, out, err = run(json.dumps(case).encode())
    assert (code, err) == (0, "")
    assert out.startswith("Beløb i ")
    assert all(f"\n{year}   " in out for year in (case["base_year"], case["horizon"]))
