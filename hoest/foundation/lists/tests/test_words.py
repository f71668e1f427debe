"""What a heading says on a desk, and what stands beside its number on a phone."""

import pytest

from hoest.foundation.lists.columns import NumberColumn
from hoest.foundation.lists.tables import ListTable


class Sums(ListTable):
    """Some numbers with units."""

    year = NumberColumn("Om året", unit="kr.")
    hours = NumberColumn("Timer", unit="timer")
    age = NumberColumn("Har ventet", unit="dage", said="på vent")
    count = NumberColumn("Kritiske systemer")


@pytest.mark.parametrize(
    ("name", "heading", "said"),
    [
        ("year", "Om året (kr.)", "kr. Om året"),
        ("hours", "Timer", "timer"),
        ("age", "Har ventet (dage)", "på vent"),
        ("count", "Kritiske systemer", "Kritiske systemer"),
    ],
)
def test_a_unit_stands_in_the_heading_and_first_beside_the_number(name, heading, said):
    table = Sums([])
    assert table.heading_of(name) == heading
    assert table.said_of(name) == said
