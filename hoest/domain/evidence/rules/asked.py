"""What an answer rests on: the question and its rows, as the text that is its fingerprint.

The text is what is kept beside an answer. It is read back to the same rows, so whoever has it can
make the figure again, and see by the fingerprint that it is the same. No Django.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zlib
from dataclasses import dataclass
from functools import cached_property

AskedRow = tuple[str, dt.date, float, dt.date | None, str]
"""(place, first day of the period, value, period it began in or None, stratum)."""


@dataclass(frozen=True)
class AskedRows:
    """The question an effect was asked with, and every row that answered it.

    `method` and `control` are the engine's codes; `step` the length of a period; values are in the
    unit of the series.
    """

    method: str
    control: str
    seed: int
    was_drawn: bool
    step: str
    rows: tuple[AskedRow, ...]

    @cached_property
    def text(self) -> str:
        """The question and the rows as one line of JSON, always the same for the same."""
        question = [self.method, self.control, self.seed, self.was_drawn, self.step]
        return json.dumps([question, self.rows], default=str, separators=(",", ":"))

    @cached_property
    def sha256(self) -> str:
        """The fingerprint of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def packed(asked: AskedRows) -> bytes:
    """Return the text compressed; the same bytes for the same rows."""
    return zlib.compress(asked.text.encode(), level=9)


def unpacked(content: bytes) -> AskedRows:
    """Return the question and rows that `packed` kept. Raises ValueError, zlib.error."""
    (method, control, seed, was_drawn, step), rows = json.loads(zlib.decompress(content))
    return AskedRows(
        method,
        control,
        seed,
        was_drawn,
        step,
        tuple(
            (
                place,
                dt.date.fromisoformat(period),
                value,
                dt.date.fromisoformat(start) if start else None,
                stratum,
            )
            for place, period, value, start, stratum in rows
        ),
    )
