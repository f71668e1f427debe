"""The colours a picture is drawn in, as numbers, because a picture may stand without a stylesheet.

The same numbers stand in ``static/ui/css/tokens.css``; a test keeps the two equal, keeps the six
steps ordered in grey, and keeps every text on them at 4.5 : 1.
"""

from __future__ import annotations

from dataclasses import dataclass

INK = "#1d1b16"
INK_2 = "#5b564a"
PAPER = "#fffdf8"
PAPER_2 = "#f7f3ea"
LINE = "#ddd5c3"
LINE_STRONG = "#857c69"
ACCENT = "#0b4f4a"

RUNG_CODES = ("promised", "owned", "in_use", "measured", "proven", "in_hand")
LAPSED = "lapsed"


@dataclass(frozen=True)
class Step:
    """One step of the scale: the fill, the outline, and the line drawn upon the fill."""

    fill: str
    line: str
    detail: str


STEPS: dict[str, Step] = {
    "promised": Step("#f6eed7", "#8a6016", "#8a6016"),
    "owned": Step("#e9d18d", "#8a6016", "#8a6016"),
    "in_use": Step("#d8b04b", "#8a6016", "#5a3d0e"),
    "measured": Step("#b88821", "#5a3d0e", "#4f350b"),
    "proven": Step("#8a6016", "#4f350b", "#f5ecd2"),
    "in_hand": Step("#4f350b", "#4f350b", "#ead494"),
}
GONE = Step(PAPER, INK_2, INK_2)


def step(code: str) -> Step:
    """Return the colours of a rung; everything outside the ladder is drawn as gone."""
    return STEPS.get(code, GONE)
