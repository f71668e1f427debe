"""The colours: one set of numbers, six steps ordered in grey, every text readable."""

import itertools
import re
from pathlib import Path

import pytest

from hoest.ui.pictures import palette

CSS = Path(palette.__file__).parents[1] / "static" / "ui" / "css"
TOKENS = dict(
    re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6});", (CSS / "tokens.css").read_text(encoding="utf-8"))
)


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_pictures_and_pages_have_the_same_colours():
    drawn = [palette.STEPS[code].fill for code in palette.RUNG_CODES]
    assert drawn == [TOKENS[f"rung-{i}"] for i in range(6)]
    assert (
        TOKENS["ink"],
        TOKENS["ink-2"],
        TOKENS["paper"],
    ) == (palette.INK, palette.INK_2, palette.PAPER)
    assert (TOKENS["line"], TOKENS["line-strong"]) == (palette.LINE, palette.LINE_STRONG)
    assert (TOKENS["accent"], TOKENS["paper-2"]) == (palette.ACCENT, palette.PAPER_2)


def test_the_six_steps_grow_darker_and_stay_apart_in_grey():
    greys = [luminance(palette.STEPS[code].fill) for code in palette.RUNG_CODES]
    assert greys == sorted(greys, reverse=True)
    for lighter, darker in itertools.pairwise(greys):
        assert (lighter + 0.05) / (darker + 0.05) >= 1.25


@pytest.mark.parametrize(
    "text,ground",
    [
        ("ink", "paper"),
        ("ink", "paper-2"),
        ("ink-2", "paper"),
        ("ink-2", "paper-2"),
        ("ink-2", "accent-soft"),
        ("accent", "paper"),
        ("accent", "accent-soft"),
        ("on-accent", "accent"),
        ("on-accent", "alert"),
        ("alert", "paper"),
        ("alert", "alert-soft"),
        ("ink", "rung-3"),
        ("on-accent", "rung-4"),
        ("on-accent", "rung-5"),
    ],
)
def test_every_text_stands_out_from_its_ground(text, ground):
    assert contrast(TOKENS[text], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize("code", palette.RUNG_CODES)
def test_every_bird_stands_out_from_the_paper_and_the_roof(code):
    for ground in (palette.PAPER, palette.PAPER_2):
        assert contrast(palette.STEPS[code].line, ground) >= 3


@pytest.mark.parametrize("line", ["line-strong", "rung-line", "accent", "ink"])
def test_every_line_that_carries_meaning_is_seen(line):
    assert contrast(TOKENS[line], TOKENS["paper"]) >= 3
