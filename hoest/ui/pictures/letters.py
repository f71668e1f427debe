"""How wide words are in IBM Plex Sans, so that a drawn box can break its lines on the server.

The advance widths are the font's own (thousandths of the size), read from its horizontal metrics.
A letter that is not here counts as wide, so that words never stick out.
"""

from __future__ import annotations

from functools import lru_cache

_WIDTHS = {
    236: " ",
    250: "'ij",
    272: ",.l",
    292: "!:;",
    317: "|[]",
    343: "f(){}",
    367: "tr",
    400: "/\\-I",
    450: '"*',
    477: "z?",
    499: "svy",
    510: "LcxJ»«",
    528: "kg",
    549: "aåäeé",
    568: "Foöhnuøü_",
    588: "TZbdpqSEÉ§–Y",
    613: "$+0123456789<=>^`~PVX",
    653: "CKRAÅB",
    695: "DU&G",
    713: "HNOQØ#",
    768: "w",
    812: "…M",
    907: "æm@WÆ",
    927: "%",
}
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_WIDEST = 927
# A semibold letter is a little wider than a regular one.
BOLD = 1.05


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is at a size, in the unit of the size; never too little."""
    width = sum([_WIDTH.get(letter, _WIDEST) for letter in text]) * size / 1000
    return width * BOLD if bold else width


@lru_cache(maxsize=4096)
def lines_of(text: str, size: float, room: float) -> tuple[str, ...]:
    """Break a text into lines that fit a room; a word that is too long is broken with a hyphen."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if width_of(longer, size) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while width_of(line, size) > room:
            part = _fitting(line, size, room)
            lines.append(f"{part}-")
            line = line[len(part) :]
    return (*lines, line) if line else tuple(lines)


def shortened(text: str, size: float, room: float) -> str:
    """Return the text, cut after a whole word with an ellipsis when it does not fit a room."""
    if width_of(text, size) <= room:
        return text
    words = text.split()
    while words and width_of(f"{' '.join(words)}…", size) > room:
        words.pop()
    return f"{' '.join(words)}…"


def _fitting(word: str, size: float, room: float) -> str:
    """Return as much of a word as fits with a hyphen after it; at least one letter."""
    end = len(word) - 1
    while end > 1 and width_of(f"{word[:end]}-", size) > room:
        end -= 1
    return word[:end]
