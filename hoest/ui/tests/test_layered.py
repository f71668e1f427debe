"""Laws of the layered drawing, for any map: nothing overlaps, order holds, always the same."""

from __future__ import annotations

import itertools
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.ui.pictures.layered import Box, Form, Layout, crossings, lay_out
from hoest.ui.pictures.letters import lines_of, shortened, width_of

FORM = Form()
Drawing = tuple[list[Box], list[tuple[int, int]]]


@st.composite
def drawings(draw: st.DrawFn, most: int = 20) -> Drawing:
    """Draw boxes in up to six columns and arrows to later columns."""
    columns = draw(st.lists(st.integers(0, 5), min_size=1, max_size=most))
    boxes = [
        Box(place, column, float(draw(st.integers(30, 120))))
        for place, column in enumerate(columns, start=1)
    ]
    pairs = [(a.id, b.id) for a in boxes for b in boxes if a.column < b.column]
    arrows = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=40)) if pairs else []
    return boxes, arrows


def _by_column(boxes: list[Box], layout: Layout) -> dict[int, list[int]]:
    order: dict[int, list[int]] = {}
    for box in sorted(boxes, key=lambda one: layout.boxes[one.id].y):
        order.setdefault(box.column, []).append(box.id)
    return order


@given(drawings())
def test_no_two_boxes_overlap_and_columns_stand_in_order(drawing: Drawing) -> None:
    boxes, arrows = drawing
    layout = lay_out(boxes, arrows)
    for box in boxes:
        assert layout.boxes[box.id].x == box.column * (FORM.width + FORM.between_columns)
    for ids in _by_column(boxes, layout).values():
        for upper, lower in itertools.pairwise(ids):
            one, two = layout.boxes[upper], layout.boxes[lower]
            assert one.y + one.height + FORM.between_boxes <= two.y + 1e-6


@given(drawings())
def test_everything_lies_within_the_drawing(drawing: Drawing) -> None:
    layout = lay_out(*drawing)
    for one in layout.boxes.values():
        assert one.y >= -1e-6
        assert one.x + FORM.width <= layout.width + 1e-6
        assert one.y + one.height <= layout.height + 1e-6
    for points in layout.routes.values():
        assert all(first[0] < last[0] for first, last in itertools.pairwise(points))


@given(drawings())
def test_an_arrow_never_passes_through_a_box(drawing: Drawing) -> None:
    boxes, arrows = drawing
    layout = lay_out(boxes, arrows)
    for (source, target), points in layout.routes.items():
        for x, y in points[1:-1]:
            for box in boxes:
                placed = layout.boxes[box.id]
                if box.id in (source, target) or not placed.x <= x <= placed.x + FORM.width:
                    continue
                assert not placed.y < y < placed.y + placed.height


@given(drawings())
def test_the_same_map_is_drawn_the_same_way(drawing: Drawing) -> None:
    assert lay_out(*drawing) == lay_out(*drawing)


@given(drawings(), st.integers(0, 5))
def test_a_box_without_arrows_moves_nothing(drawing: Drawing, column: int) -> None:
    boxes, arrows = drawing
    before = lay_out(boxes, arrows)
    after = lay_out([*boxes, Box(99, column, 60.0)], arrows)
    joined = {one for arrow in arrows for one in arrow}
    assert {pk: after.boxes[pk] for pk in joined} == {pk: before.boxes[pk] for pk in joined}


@given(drawings(10), st.data())
def test_a_box_with_an_arrow_keeps_the_columns_of_the_others(
    drawing: Drawing, data: st.DataObject
) -> None:
    boxes, arrows = drawing
    other = data.draw(st.sampled_from(boxes))
    more = [*boxes, Box(99, other.column + 1, 60.0)]
    before, after = lay_out(boxes, arrows), lay_out(more, [*arrows, (other.id, 99)])
    assert all(after.boxes[box.id].x == before.boxes[box.id].x for box in boxes)


def test_a_leaf_added_to_a_plain_map_keeps_the_order_of_the_others() -> None:
    boxes = [Box(n, (n - 1) // 3, 60.0) for n in range(1, 10)]
    arrows = [(1, 4), (2, 5), (3, 6), (4, 7), (5, 8), (6, 9)]
    before = _by_column(boxes, lay_out(boxes, arrows))
    more = [*boxes, Box(10, 1, 60.0)]
    after = _by_column(more, lay_out(more, [*arrows, (2, 10)]))
    assert {column: [one for one in ids if one != 10] for column, ids in after.items()} == before


def test_crossings_are_taken_away_where_they_can_be() -> None:
    boxes = [Box(n, 0 if n <= 3 else 1, 40.0) for n in range(1, 7)]
    arrows = [(1, 6), (2, 5), (3, 4)]
    order = _by_column(boxes, lay_out(boxes, arrows))
    after = {source: [target] for source, target in arrows}
    assert crossings([[1, 2, 3], [4, 5, 6]], after) == 3
    assert crossings([order[0], order[1]], after) == 0


def test_an_arrow_backwards_is_no_drawing() -> None:
    with pytest.raises(ValueError, match="later column"):
        lay_out([Box(1, 1, 40.0), Box(2, 0, 40.0)], [(1, 2)])


def test_nothing_is_an_empty_drawing() -> None:
    assert lay_out([], []) == Layout({}, {}, [], 0.0, 0.0)


def test_a_large_map_is_laid_out_at_once() -> None:
    chance = random.Random(7)
    boxes = [Box(n, n % 6, 60.0) for n in range(150)]
    pairs = [(a, b) for a in boxes for b in boxes if a.column < b.column <= a.column + 2]
    arrows = [(a.id, b.id) for a, b in chance.sample(pairs, 260)]
    began = time.process_time()
    lay_out(boxes, arrows)
    assert time.process_time() - began < 1


@given(st.text(min_size=1, max_size=80), st.integers(60, 200))
def test_lines_fit_their_room_and_lose_no_letter(text: str, room: int) -> None:
    lines = lines_of(text, 13, room)
    assert all(width_of(line, 13) <= room for line in lines)
    said = "".join(line.removesuffix("-") for line in lines).replace(" ", "")
    assert said.replace("-", "") == "".join(text.split()).replace("-", "")
    assert width_of(shortened(text, 13, room), 13) <= room
