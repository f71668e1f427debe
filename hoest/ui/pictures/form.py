"""The two formats of the scene: how wide things are and where words stand."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hoest.ui.pictures import shapes
from hoest.ui.pictures.account import HarvestAccount


@dataclass(frozen=True)
class Format:
    """The measures of one format, in the picture's own units (about one CSS pixel)."""

    name: str
    width: float
    left: float
    right: float
    size: float
    pitch: float
    lean: float
    words_above: bool
    heap_rows: int
    hand_size: float
    hand_room: float
    lane: float

    @property
    def line(self) -> float:
        """Return the height from one perch to the next."""
        return shapes.BIRD_HEIGHT * self.size + 11


WIDE = Format(
    name="wide",
    width=880,
    left=230,
    right=610,
    size=0.52,
    pitch=34,
    lean=22,
    words_above=False,
    heap_rows=4,
    hand_size=1.25,
    hand_room=560,
    lane=712,
)
NARROW = Format(
    name="narrow",
    width=328,
    left=4,
    right=324,
    size=0.41,
    pitch=27,
    lean=8,
    words_above=True,
    heap_rows=5,
    hand_size=0.92,
    hand_room=344,
    lane=284,
)


def narrow(account: HarvestAccount) -> Format:
    """Return the narrow format; with arrows to show, the ladder leaves them room."""
    return replace(NARROW, right=266) if account.moves else NARROW
