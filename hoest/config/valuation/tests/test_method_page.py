"""The method page tells the truth: its example is run, its tables are the engine's."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from hoest.config.cli import main
from hoest.config.valuation.reading import CASE_FIELDS, LINE_FIELDS, LINE_OPTIONS, UNITS
from hoest.config.valuation.sentences import SENTENCES
from hoest.engine.cash_flow import RATE_SCHEDULES, CaveatCode, Kind
from hoest.ui.formats import percent

ROOT = Path(__file__).parents[4]
PAGE = (ROOT / "docs/reference/methods/cash-flow.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def example(tmp_path: Path) -> str:
    case = tmp_path / "sag.json"
    case.write_text(blocks("json")[0], encoding="utf-8")
    return str(case)


def close(stated: object, computed: object) -> bool:
    """Whether two JSON values agree; numbers to twelve figures."""
    if isinstance(stated, dict) and isinstance(computed, dict):
        same = list(stated) == list(computed)
        return same and all(close(stated[key], computed[key]) for key in stated)
    if isinstance(stated, list) and isinstance(computed, list):
        same = len(stated) == len(computed)
        return same and all(close(*pair) for pair in zip(stated, computed, strict=True))
    if isinstance(stated, float) and isinstance(computed, float):
        return stated == pytest.approx(computed, rel=1e-12)
    return stated == computed


def test_the_example_gives_the_answer_on_the_page(
    example: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["value", example, "--json"]) == 0
    stated, computed = json.loads(blocks("json")[1]), json.loads(capsys.readouterr().out)
    assert close(stated, computed), computed


def test_the_example_gives_the_table_on_the_page(
    example: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["value", example]) == 0
    assert capsys.readouterr().out == blocks("text")[0]


def test_every_caveat_has_its_sentence_and_its_row() -> None:
    assert set(SENTENCES) == set(CaveatCode)
    assert re.findall(r"^\| `(\w+)` \| ", PAGE.partition("## Advarsler")[2], re.MULTILINE) == [
        code.value for code in CaveatCode
    ]


@pytest.mark.parametrize("schedule", RATE_SCHEDULES, ids=[s.name for s in RATE_SCHEDULES])
def test_every_rate_stands_on_the_page_with_its_steps(schedule: object) -> None:
    name, steps = schedule.name, schedule.steps  # type: ignore[attr-defined]
    (row,) = re.findall(rf"^\| {name} \|.*\| (.+) \|$", PAGE, re.MULTILINE)
    stated = re.findall(r"([\d,]+ %)(?: til og med år (\d+))?", row)
    expected = [
        (
            percent(step.rate, 0 if step.rate * 100 % 1 == 0 else 1).replace("\u00a0", " "),
            "" if step.last_year is None else str(step.last_year),
        )
        for step in steps
    ]
    assert stated == expected


def test_every_field_and_choice_stands_on_the_page() -> None:
    for word in (*CASE_FIELDS, *LINE_OPTIONS, *UNITS, *Kind):
        assert f"`{word}`" in PAGE
    for field in LINE_FIELDS:
        assert f"`lines[].{field}`" in PAGE
