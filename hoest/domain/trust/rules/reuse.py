"""Reuse: what can be decided, and how often reuse is chosen. No Django."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Choice(StrEnum):
    """What is decided about reuse."""

    REUSE = "reuse"
    ADAPT = "adapt"
    NEW = "new"


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
