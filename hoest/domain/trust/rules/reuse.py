"""Reuse: which words of a text are worth looking for, and how often reuse is chosen. No Django."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MOST_WORDS = 8
SHORTEST = 4
_WORD = re.compile(r"[^\W\d_]+")
# Words that say nothing about what a solution is for; every initiative has them.
EMPTY_WORDS = frozenset(
    """alle andre bedre begge blandt blive bliver borger borgere borgerne bruge bruges både deres
    dette disse eller fælles digital digitale digitalt efter ellers enhver fordi forskellige flere
    færre gennem gerne gives gøre gøres hele heller hinanden hvem hver hvert hvilke hvor hvordan
    ikke inden ingen initiativ kommune kommunen kommunens kunne lettere løsning løsninger mange
    medarbejder medarbejdere medarbejderne meget mellem mere mindre mindst måde måske nogen noget
    nogle nye også omkring over samme sammen selv sine skal sker sted stedet store ting tiden under
    uden være været ville vores""".split()  # noqa: SIM905 - a list of words reads best as text
)


class Choice(StrEnum):
    """What is decided about reuse."""

    REUSE = "reuse"
    ADAPT = "adapt"
    NEW = "new"


def telling_words(*texts: str) -> list[str]:
    """Return the words of some texts that say what they are about, first come first, at most 8."""
    found: dict[str, None] = {}
    for text in texts:
        for word in _WORD.findall(text.lower()):
            if len(word) >= SHORTEST and word not in EMPTY_WORDS:
                found.setdefault(word, None)
    return list(found)[:MOST_WORDS]


@dataclass(frozen=True)
class ReuseRate:
    """How many of the decided initiatives reuse or adapt; and how many are not decided yet."""

    reused: int
    adapted: int
    new: int
    undecided: int

    @property
    def decided(self) -> int:
        """The initiatives with a decision: the m of n of m."""
        return self.reused + self.adapted + self.new


def rate(choices: Iterable[str], initiatives: int) -> ReuseRate:
    """Count the latest choices of the initiatives there are."""
    found = list(choices)
    count = {choice: sum(one == choice for one in found) for choice in Choice}
    return ReuseRate(
        count[Choice.REUSE], count[Choice.ADAPT], count[Choice.NEW], initiatives - len(found)
    )
