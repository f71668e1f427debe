"""What a higher subject says beside the rows of a lower list: a column, a filter, an order.

The list of initiatives belongs to portfolio, which may not know of measurements and budgets. So
reporting says what the facts say, as `foundation.panels` does for pages: the higher subject
registers once in its `AppConfig.ready`, and the list shows it when it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from hoest.foundation.access.actor import Actor


@dataclass(frozen=True)
class Word:
    """What is said of one row: a code, the words of the page, and whether somebody must look."""

    code: str
    shown: Any
    text: str
    is_urgent: bool = False


class Standing(NamedTuple):
    """How a row stands: the code of its status, and whether the facts say something else."""

    status: str
    is_disputed: bool


@dataclass(frozen=True)
class Beside:
    """What a higher subject says of the rows of a list.

    `read` gives the words of some rows, or of all the actor may see (None), by id; `standings`
    how each of those that are alive stands, faster than the list itself can tell.
    """

    heading: Any
    any_word: Any
    read: Callable[[Actor, Collection[int] | None], Mapping[int, Word]]
    choices: Callable[[Actor], list[tuple[str, Any]]]
    fits: Callable[[Word, str], bool]
    standings: Callable[[Actor], Mapping[int, Standing] | None]

    def ids(self, actor: Actor, value: str) -> list[int]:
        """Return the rows whose word fits a choice of the filter."""
        return [pk for pk, word in self.read(actor, None).items() if self.fits(word, value)]


Counts = Callable[[Actor], Mapping[str, int] | None]
_registry: dict[str, Beside] = {}
_counters: dict[str, Counts] = {}


def register(list_name: str, said: Beside) -> None:
    """Say something beside the rows of a list; the last one to register says it."""
    _registry[list_name] = said


def beside(list_name: str) -> Beside | None:
    """Return what is said beside the rows of a list, if anything is."""
    return _registry.get(list_name)


def register_counts(list_name: str, counts: Counts) -> None:
    """Count the rows of a list by code, faster than the list itself can."""
    _counters[list_name] = counts


def counts_of(list_name: str, actor: Actor) -> Mapping[str, int] | None:
    """Return how many rows the actor may see of each code; None where nobody knows better."""
    counts = _counters.get(list_name)
    return counts(actor) if counts else None
