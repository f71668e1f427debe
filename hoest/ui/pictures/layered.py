"""Lays boxes out in columns with arrows from left to right, by itself and always the same way.

What: Sugiyama's layered drawing. The columns are given. Within a column the order is found by
barycentres, back and forth, and the order with the fewest crossings is kept; an arrow over several
columns passes through a narrow place in each. Heights are the least-squares answer to "stand
opposite your neighbours, keep the order, keep the distance" (pool adjacent violators).
Why: the same drawing on screen, on paper and in a file, without a script. Boxes without arrows do
not take part: they stand at the foot of their column, so adding one moves nothing.

Source: Sugiyama, Tagawa, Toda (1981); Eades and Wormald (1994) on barycentres.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Key = int | tuple[int, int, int]
SWEEPS = 12
SETTLINGS = 8
PASSAGE = 6.0
# A passage keeps its line straight more than a box keeps its place.
STRAIGHT = 4.0


@dataclass(frozen=True, slots=True)
class Box:
    """What is laid out: a column (0, 1, …) and a height; all boxes are equally wide."""

    id: int
    column: int
    height: float


@dataclass(frozen=True, slots=True)
class Form:
    """Measures of a drawing, in its own unit."""

    width: float = 152.0
    between_columns: float = 44.0
    between_boxes: float = 18.0


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a box stands: its upper left corner and its height."""

    x: float
    y: float
    height: float

    @property
    def middle(self) -> float:
        """The height of the middle."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Layout:
    """The places of the boxes, the points each arrow passes, and how large it all is."""

    boxes: dict[int, Placed]
    routes: dict[tuple[int, int], list[tuple[float, float]]]
    column_x: list[float]
    width: float
    height: float


def lay_out(
    boxes: Sequence[Box], arrows: Sequence[tuple[int, int]], form: Form | None = None
) -> Layout:
    """Lay out boxes and arrows. Every arrow goes to a later column; else ValueError."""
    chosen = form or Form()
    by_id = {box.id: box for box in boxes}
    chains = {arrow: _chain(by_id, *arrow) for arrow in arrows}
    joined = {one for arrow in arrows for one in arrow}
    columns = _first_order(boxes, joined, chains)
    before, after = _neighbours(chains)
    columns = _fewest_crossings(columns, before, after)
    heights: dict[Key, float] = {box.id: box.height for box in boxes}
    middles = _settled(columns, before, after, heights, chosen.between_boxes)
    return _placed(boxes, joined, chains, middles, chosen)


def crossings(columns: Sequence[Sequence[Key]], after: Mapping[Key, Sequence[Key]]) -> int:
    """Return how many pairs of arrows cross between neighbouring columns."""
    found = 0
    for number, column in enumerate(columns[:-1]):
        place = {key: index for index, key in enumerate(columns[number + 1])}
        passed: list[int] = []
        for key in column:
            ends = [place[one] for one in after.get(key, ())]
            if passed:
                found += sum(len(passed) - bisect_right(passed, end) for end in ends)
            for end in ends:
                insort(passed, end)
    return found


def _chain(by_id: Mapping[int, Box], source: int, target: int) -> list[Key]:
    """Return what an arrow passes: its source, a passage in each column between, its target."""
    first, last = by_id[source].column, by_id[target].column
    if first >= last:
        raise ValueError(f"the arrow {source} → {target} does not go to a later column")
    return [source, *((source, target, one) for one in range(first + 1, last)), target]


def _first_order(
    boxes: Sequence[Box], joined: set[int], chains: Mapping[tuple[int, int], list[Key]]
) -> list[list[Key]]:
    columns: list[list[Key]] = [[] for _ in range(max((b.column for b in boxes), default=-1) + 1)]
    for box in boxes:
        if box.id in joined:
            columns[box.column].append(box.id)
    for chain in chains.values():
        for key in chain[1:-1]:
            assert isinstance(key, tuple)
            columns[key[2]].append(key)
    return columns


def _neighbours(
    chains: Mapping[tuple[int, int], list[Key]],
) -> tuple[dict[Key, list[Key]], dict[Key, list[Key]]]:
    before: dict[Key, list[Key]] = {}
    after: dict[Key, list[Key]] = {}
    for chain in chains.values():
        for source, target in itertools.pairwise(chain):
            after.setdefault(source, []).append(target)
            before.setdefault(target, []).append(source)
    return before, after


def _fewest_crossings(
    columns: list[list[Key]], before: dict[Key, list[Key]], after: dict[Key, list[Key]]
) -> list[list[Key]]:
    """Order every column by the middle of its neighbours, back and forth; keep the best."""
    best, fewest = [list(column) for column in columns], crossings(columns, after)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        forward = sweep % 2 == 0
        numbers = range(1, len(columns)) if forward else range(len(columns) - 2, -1, -1)
        for number in numbers:
            beside = columns[number - 1 if forward else number + 1]
            _sort_by(columns[number], beside, before if forward else after)
        found = crossings(columns, after)
        if found < fewest:
            best, fewest = [list(column) for column in columns], found
    return best


def _sort_by(
    column: list[Key], beside: Sequence[Key], neighbours: Mapping[Key, Sequence[Key]]
) -> None:
    """Sort a column by the mean place of the neighbours; what has none there keeps its place."""
    place = {key: index for index, key in enumerate(beside)}
    weight = {}
    for index, key in enumerate(column):
        near = [place[one] for one in neighbours.get(key, ())]
        share = index / max(1, len(column) - 1) * max(1, len(beside) - 1)
        weight[key] = sum(near) / len(near) if near else share
    column.sort(key=weight.__getitem__)


def _settled(
    columns: Sequence[Sequence[Key]],
    before: Mapping[Key, Sequence[Key]],
    after: Mapping[Key, Sequence[Key]],
    heights: Mapping[Key, float],
    gap: float,
) -> dict[Key, float]:
    """Return the height of every middle: opposite its neighbours, in order, apart."""
    middles: dict[Key, float] = {}
    for column in columns:
        offsets = _offsets(column, heights, gap)
        for key, offset in zip(column, offsets, strict=True):
            middles[key] = offset - offsets[-1] / 2
    for turn in range(SETTLINGS):
        numbers = range(len(columns)) if turn % 2 == 0 else range(len(columns) - 1, -1, -1)
        for number in numbers:
            column = columns[number]
            wanted = []
            for key in column:
                near = [middles[one] for one in (*before.get(key, ()), *after.get(key, ()))]
                wanted.append(sum(near) / len(near))
            _apart(column, wanted, heights, gap, middles)
    return middles


def _offsets(column: Sequence[Key], heights: Mapping[Key, float], gap: float) -> list[float]:
    """Return the middles of a column packed as closely as may be; passages lie closer."""
    offset = 0.0
    offsets: list[float] = []
    for index, key in enumerate(column):
        if index:
            last = column[index - 1]
            room = gap / 2 ** (isinstance(last, tuple) + isinstance(key, tuple))
            offset += (heights.get(last, PASSAGE) + heights.get(key, PASSAGE)) / 2 + room
        offsets.append(offset)
    return offsets


def _apart(
    column: Sequence[Key],
    wanted: Sequence[float],
    heights: Mapping[Key, float],
    gap: float,
    middles: dict[Key, float],
) -> None:
    """Set the middles nearest to what is wanted, in order and at least `gap` apart."""
    offsets = _offsets(column, heights, gap)
    pools: list[list[float]] = []  # weighted sum, weight, count
    for index, key in enumerate(column):
        weight = STRAIGHT if isinstance(key, tuple) else 1.0
        pools.append([(wanted[index] - offsets[index]) * weight, weight, 1])
        while len(pools) > 1 and pools[-2][0] * pools[-1][1] > pools[-1][0] * pools[-2][1]:
            total, weight, count = pools.pop()
            pools[-1] = [pools[-1][0] + total, pools[-1][1] + weight, pools[-1][2] + count]
    index = 0
    for total, weight, count in pools:
        for _ in range(int(count)):
            middles[column[index]] = total / weight + offsets[index]
            index += 1


def _placed(
    boxes: Sequence[Box],
    joined: set[int],
    chains: Mapping[tuple[int, int], list[Key]],
    middles: Mapping[Key, float],
    form: Form,
) -> Layout:
    """Turn middles into places from (0, 0); boxes without arrows go to the foot of their column."""
    step = form.width + form.between_columns
    count = max((box.column for box in boxes), default=-1) + 1
    column_x = [number * step for number in range(count)]
    tops = [middles[box.id] - box.height / 2 for box in boxes if box.id in joined]
    top = min([*tops, *(m for key, m in middles.items() if isinstance(key, tuple))], default=0.0)
    placed: dict[int, Placed] = {}
    foot = [0.0] * count
    for box in boxes:
        if box.id in joined:
            y = middles[box.id] - box.height / 2 - top
            placed[box.id] = Placed(column_x[box.column], y, box.height)
            foot[box.column] = max(foot[box.column], y + box.height + form.between_boxes)
    for key, middle in middles.items():
        if isinstance(key, tuple):
            foot[key[2]] = max(foot[key[2]], middle - top + PASSAGE + form.between_boxes)
    for box in boxes:
        if box.id not in joined:
            placed[box.id] = Placed(column_x[box.column], foot[box.column], box.height)
            foot[box.column] += box.height + form.between_boxes
    routes = {}
    for (source, target), chain in chains.items():
        start, end = placed[source], placed[target]
        points = [(start.x + form.width, start.middle)]
        for key in chain[1:-1]:
            assert isinstance(key, tuple)
            x, y = column_x[key[2]], middles[key] - top
            points += [(x, y), (x + form.width, y)]
        routes[source, target] = [*points, (end.x, end.middle)]
    width = column_x[-1] + form.width if column_x else 0.0
    height = max((one.y + one.height for one in placed.values()), default=0.0)
    return Layout(placed, routes, column_x, width, height)
