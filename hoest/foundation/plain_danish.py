"""How hard a text is to read: LIX, the number Danish schools and newspapers use.

LIX = words per sentence + the per cent of words longer than six letters. A sentence ends at a full
stop, a question mark, an exclamation mark, a colon or a line break.
Source: C.H. Björnsson, Läsbarhet (1968); limits of pages in docs/reference/limits.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LONG_WORD = 6
_WORD = re.compile(r"[^\W_]+(?:[-'’.@][^\W_]+)*")
_END = re.compile(r"[.?!:]+(?=\s|$)|\n+")


def lix(text: str) -> int:
    """Return the LIX of a text, rounded to a whole number; 0 for a text without words."""
    words = _WORD.findall(text)
    if not words:
        return 0
    sentences = sum(1 for part in _END.split(text) if _WORD.search(part))
    long_words = sum(1 for word in words if len(word) > LONG_WORD)
    return round(len(words) / max(sentences, 1) + 100 * long_words / len(words))


def lix_of_lines(lines: Iterable[str]) -> int:
    """Return the LIX of several lines that are read one after another."""
    return lix("\n".join(lines))
