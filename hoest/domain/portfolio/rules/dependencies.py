"""Facts about dependencies: how old a wait is, dates that clash, and circles among initiatives.

A wait is a risk with an age and a consequence. No Django.
Source: requirements D-05 and ST-11; landscape §1.6 (follow, influence, prepare, wait).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class DependencyKind(StrEnum):
    """What is waited for."""

    INITIATIVE = "initiative"
    SYSTEM = "system"
    PROGRAMME = "programme"
    SUPPLIER = "supplier"
    LAW = "law"
    AUTHORITY = "authority"
    DATA = "data"


class Scope(StrEnum):
    """Whether the municipality itself can act."""

    INTERNAL = "internal"
    EXTERNAL = "external"


class Response(StrEnum):
    """What we do about it; influence is for what is not ours alone."""

    WAIT = "wait"
    FOLLOW = "follow"
    PREPARE = "prepare"
    INFLUENCE = "influence"


class Clash(StrEnum):
    """Why the dates of a dependency do not fit together, heaviest first."""

    LIVE_BEFORE_READY = "live_before_ready"
    READY_AFTER_NEEDED = "ready_after_needed"
    NEEDED_IS_PAST = "needed_is_past"
    WAITS_FOR_STOPPED = "waits_for_stopped"
    NO_READY_DAY = "no_ready_day"


@dataclass(frozen=True)
class DependencyFacts:
    """One open dependency.

    `live_on` is the day the initiative that waits goes live; `ready_on` the day the other is
    ready. For another initiative that is its own go-live, and `other_is_stopped` its fate.
    """

    since: dt.date
    needed_by: dt.date | None = None
    ready_on: dt.date | None = None
    live_on: dt.date | None = None
    other_is_stopped: bool = False
    is_resolved: bool = False


def age_days(since: dt.date, today: dt.date) -> int:
    """Return how many days something has been waited for; 0 for a day to come."""
    return max(0, (today - since).days)


def clashes(facts: DependencyFacts, today: dt.date) -> tuple[Clash, ...]:
    """Return the ways the dates do not fit, heaviest first; none for what is resolved."""
    if facts.is_resolved:
        return ()
    found = []
    if facts.other_is_stopped:
        found.append(Clash.WAITS_FOR_STOPPED)
    if facts.live_on and facts.ready_on and facts.live_on < facts.ready_on:
        found.append(Clash.LIVE_BEFORE_READY)
    if facts.needed_by and facts.ready_on and facts.needed_by < facts.ready_on:
        found.append(Clash.READY_AFTER_NEEDED)
    if facts.needed_by and facts.needed_by < today:
        found.append(Clash.NEEDED_IS_PAST)
    if facts.ready_on is None and (facts.needed_by or facts.live_on):
        found.append(Clash.NO_READY_DAY)
    return tuple(found)


URGENT = frozenset(Clash) - {Clash.NO_READY_DAY}


def circles(waits: Mapping[int, Iterable[int]]) -> tuple[tuple[int, ...], ...]:
    """Return the groups that wait for each other in a circle, each in ascending order.

    `waits` holds, for each initiative, those it waits for. A group is a strongly connected
    component of two or more, or one that waits for itself (Tarjan 1972, without recursion).
    """
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    on_stack: set[int] = set()
    stack: list[int] = []
    found: list[tuple[int, ...]] = []
    edges = {one: sorted(set(others)) for one, others in waits.items()}
    for root in sorted(edges):
        if root in index:
            continue
        work = [(root, iter(edges.get(root, ())))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, following = work[-1]
            for other in following:
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    on_stack.add(other)
                    work.append((other, iter(edges.get(other, ()))))
                    break
                if other in on_stack:
                    low[node] = min(low[node], index[other])
            else:
                work.pop()
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[node])
                if low[node] == index[node]:
                    group = _group(node, stack, on_stack)
                    if len(group) > 1 or node in edges.get(node, ()):
                        found.append(group)
    return tuple(sorted(found))


def _group(node: int, stack: list[int], on_stack: set[int]) -> tuple[int, ...]:
    group = []
    while True:
        one = stack.pop()
        on_stack.discard(one)
        group.append(one)
        if one == node:
            return tuple(sorted(group))


def way_back(waits: Mapping[int, Iterable[int]], waiting: int, wanted: int) -> tuple[int, ...]:
    """Return the shortest way by which `wanted` already waits for `waiting`; empty for none.

    The way begins at `wanted` and ends at `waiting`: adding waiting → wanted would close it.
    """
    came_from: dict[int, int | None] = {wanted: None}
    queue = [wanted]
    for node in queue:
        if node == waiting:
            way: list[int] = []
            step: int | None = node
            while step is not None:
                way.append(step)
                step = came_from[step]
            return tuple(reversed(way))
        for other in sorted(set(waits.get(node, ()))):
            if other not in came_from:
                came_from[other] = node
                queue.append(other)
    return ()
