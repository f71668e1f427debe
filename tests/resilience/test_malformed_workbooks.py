"""A thousand malformed workbooks: each is refused with a Danish reason or read; none crashes.

Every one takes the real path: a child process with its limits, then the portfolio's own reading.
"""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from hoest.domain.exchange.rules import parse
from hoest.foundation.imports import refusals
from hoest.foundation.imports.reader import read_workbook
from tests.support.malformed import MUTATIONS, NAMED, good_file, malformed

COUNT = 1_026
WORST_SECONDS = 20.0


@pytest.mark.parametrize("name", NAMED)
def test_a_named_malformed_workbook_is_refused_with_its_reason(name: str) -> None:
    make, expected = NAMED[name]
    started = time.perf_counter()
    with pytest.raises(expected) as refused:
        read_workbook(make())
    assert time.perf_counter() - started < WORST_SECONDS
    if expected is not refusals.FileRefused:
        assert type(refused.value) is expected
    assert str(refused.value).endswith(".")


def test_the_workbook_the_mutations_start_from_is_good() -> None:
    assert parse(read_workbook(good_file())).workbook is not None


def outcome(number: int) -> tuple[str, str, float]:
    """Return the kind of mutation, what became of it, and the seconds it took."""
    kind, must_be_refused, content = malformed(number)
    started = time.perf_counter()
    try:
        parsed = parse(read_workbook(content))
    except refusals.FileRefused as refused:
        said = f"refused: {type(refused).__name__}" if _is_told(refused) else "without a reason"
    else:
        assert not must_be_refused, (number, kind)
        assert (parsed.workbook is None) == bool(parsed.faults), number
        assert all(fault.stands and fault.expected for fault in parsed.faults), number
        said = "faults listed" if parsed.faults else "read"
    return kind, said, time.perf_counter() - started


def _is_told(refused: refusals.FileRefused) -> bool:
    """Tell whether a refusal says what stands there and what is expected."""
    return refused.stands.endswith(".") and refused.expected.endswith(".")


@pytest.mark.slow
def test_a_thousand_malformed_workbooks_are_refused_or_read_and_none_crashes_or_hangs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(outcome, range(COUNT)))
    assert len(outcomes) == COUNT
    kinds = Counter(kind for kind, _said, _seconds in outcomes)
    assert len(kinds) == len(MUTATIONS)
    told = Counter(said for _kind, said, _seconds in outcomes)
    worst = max(seconds for _kind, _said, seconds in outcomes)
    refused = sum(count for said, count in told.items() if said != "read")
    with capsys.disabled():
        print(f"\n{COUNT} malformed workbooks: {refused} refused, worst {worst:.2f} s")
        for said, count in told.most_common():
            print(f"  {count:5} {said}")
    assert "without a reason" not in told
    assert worst < WORST_SECONDS
    assert refused > COUNT * 0.7
    assert len(told) >= 12
    assert read_workbook(good_file())
