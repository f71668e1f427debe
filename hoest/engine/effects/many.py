"""Many indicators: one asked about beforehand for each benefit, and the rest with care.

The primary indicator of a benefit stands on its own p. All the others are judged by p adjusted for
how many were looked at. Each indicator is estimated alone, so that the answers are the same bit
for bit however the work is shared between machines, and a run that was stopped goes on where it
was: a store keeps every answer under the hash of what it depends on.

Source: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57, 289-300.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from .answer import effect_of
from .asked import Effect, Question, doubts_of
from .errors import EffectError, NameRepeats, NumberOutOfRange, PrimaryRepeats, RunStopped
from .machines import Here, Machines
from .panel import Panel
from .verdict import benjamini_hochberg, judged_among_many
from .written import Answer, as_text, from_text, input_hash, is_readable

CHUNK = 8


@dataclass(frozen=True, slots=True, eq=False)
class Indicator:
    """One indicator to estimate: its name, benefit, whether it was asked about beforehand, values.

    `benefit` may be empty; at most one indicator of a benefit is `primary`.
    """

    name: str
    panel: Panel
    benefit: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The answer of one indicator; exactly one of `effect` and `refused` is there.

    `key` is the hash of its input; `q` is p adjusted for the number of secondary indicators, None
    for a primary one. The judgement of `effect` is the final one, made with q where there is one.
    """

    indicator: Indicator
    key: str
    effect: Effect | None
    refused: EffectError | None
    q: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Many:
    """The answers in the order they were asked for.

    `looked_at` is how many secondary ones q counts; `reused` how many were in the store already.
    """

    found: tuple[Found, ...]
    looked_at: int
    reused: int


class Store(Protocol):
    """Where answers are kept: text under a key, the newest that was put there."""

    def get(self, key: str) -> str | None:
        """Return the text of a key, or None."""

    def put(self, key: str, text: str) -> None:
        """Keep a text under a key."""


class Memory:
    """A store that lasts as long as the run."""

    def __init__(self) -> None:
        """Begin empty."""
        self.texts: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        """Return the text of a key, or None."""
        return self.texts.get(key)

    def put(self, key: str, text: str) -> None:
        """Keep a text under a key."""
        self.texts[key] = text


def answered(panels: Sequence[Panel], question: Question) -> list[str]:
    """Return the answers of some panels as text, a refusal as well as an effect.

    Formula: `as_text(effect_of(panel))`, one by one. This is the work that machines are given.
    Source: docs/reference/methods/effects.md.
    """
    found = []
    for panel in panels:
        answer: Answer
        try:
            answer = effect_of(panel, question)
        except EffectError as refusal:
            answer = refusal
        found.append(as_text(answer, question))
    return found


def effects_of_many(
    indicators: Sequence[Indicator],
    question: Question | None = None,
    *,
    store: Store | None = None,
    machines: Machines | None = None,
    progress: Callable[[int, int], None] | None = None,
    stopped: Callable[[], bool] | None = None,
    chunk: int = CHUNK,
) -> Many:
    """Return the effects of a whole table of indicators.

    Formula: `effect_of` each; the secondary ones are judged by q_(i) = min_{j>=i} p_(j) m / j.
    What the store has is not made again. `progress(done, total)` is called at the start and after
    each chunk; `stopped()` is asked before each, and True raises RunStopped with all finished
    answers in the store. Raises PrimaryRepeats, NameRepeats, NumberOutOfRange, MachinesLost.
    Source: Benjamini and Hochberg (1995); docs/reference/methods/effects.md.
    """
    if chunk < 1:
        raise NumberOutOfRange("chunk", chunk)
    asked = question or Question()
    _checked(indicators)
    kept = store if store is not None else Memory()
    keys = [input_hash(one.panel, asked) for one in indicators]
    texts: dict[str, str] = {}
    wanted: dict[str, Panel] = {}
    for key, one in zip(keys, indicators, strict=True):
        text = kept.get(key)
        if text is None or not is_readable(text):
            wanted.setdefault(key, one.panel)
        else:
            texts[key] = text
    reused = sum(key in texts for key in keys)
    _estimate(wanted, asked, kept, machines or Here(), texts, progress, stopped, chunk)
    return _told(indicators, keys, texts, reused, asked.level)


def _checked(indicators: Sequence[Indicator]) -> None:
    primaries: set[str] = set()
    names: set[tuple[str, str]] = set()
    for one in indicators:
        if (one.benefit, one.name) in names:
            raise NameRepeats(one.name)
        names.add((one.benefit, one.name))
        if not one.primary:
            continue
        if one.benefit in primaries:
            raise PrimaryRepeats(one.benefit)
        primaries.add(one.benefit)


def _estimate(
    wanted: dict[str, Panel],
    asked: Question,
    kept: Store,
    machines: Machines,
    texts: dict[str, str],
    progress: Callable[[int, int], None] | None,
    stopped: Callable[[], bool] | None,
    chunk: int,
) -> None:
    """Let the machines answer what is wanted; put each answer away as it comes."""
    keys = list(wanted)
    begun = len(texts)
    total = begun + len(keys)

    def told() -> None:
        if progress:
            progress(len(texts), total)
        if stopped and len(texts) < total and stopped():
            raise RunStopped(len(texts), total)

    told()
    parts = [keys[at : at + chunk] for at in range(0, len(keys), chunk)]
    tasks = [([wanted[key] for key in part], asked) for part in parts]
    running = machines.run(answered, tasks)
    try:
        for place, done in running:
            for key, text in zip(parts[place], done, strict=True):
                kept.put(key, text)
                texts[key] = text
            told()
    finally:
        running.close()


def _told(
    indicators: Sequence[Indicator],
    keys: Sequence[str],
    texts: dict[str, str],
    reused: int,
    level: float,
) -> Many:
    answers = [from_text(texts[key]) for key in keys]
    rest = [
        place
        for place, (one, answer) in enumerate(zip(indicators, answers, strict=True))
        if isinstance(answer, Effect) and not one.primary
    ]
    p = np.array([answer.p for answer in (answers[k] for k in rest) if isinstance(answer, Effect)])
    adjusted = dict(zip(rest, benjamini_hochberg(p).tolist(), strict=True))
    found = []
    for place, (one, key, answer) in enumerate(zip(indicators, keys, answers, strict=True)):
        if isinstance(answer, EffectError):
            found.append(Found(one, key, None, answer, None))
            continue
        q = adjusted.get(place)
        if q is not None:
            doubts = doubts_of(answer.checks, answer.estimate)
            judgement = judged_among_many(
                answer.grade, answer.judgement, answer.p, q, doubts, level=level
            )
            answer = dataclasses.replace(answer, judgement=judgement)
        found.append(Found(one, key, answer, None, q))
    return Many(tuple(found), len(rest), reused)
