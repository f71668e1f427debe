"""The shape of `messages.yaml`: what Høst may write about, and when its mail may come.

Why here: the file is content like the others, so it is read, checked and replaced the same way.
What a message *is* (rows, letters, links) belongs to `foundation/messages`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .schema import ContentFault, Text, entries_of, mapping_of, string_of

FILE = "messages.yaml"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


@dataclass(frozen=True, slots=True)
class MessageKind:
    """A kind of message: what a person sees it called, and whether it comes whatever she chose."""

    code: str
    label: Text
    must_come: bool


@dataclass(frozen=True, slots=True)
class QuietTimes:
    """When mail may come: hours of the day in Danish time, and the days without any.

    `weekdays` count from Monday as 0; `fixed` are (month, day); `easter` days from Easter Sunday.
    """

    opens: int
    closes: int
    weekdays: frozenset[int]
    fixed: frozenset[tuple[int, int]]
    easter: frozenset[int]


@dataclass(frozen=True, slots=True)
class MessageContent:
    """All that `messages.yaml` says."""

    times: QuietTimes
    kinds: Mapping[str, MessageKind]


def read_messages(file: str, raw: Any) -> MessageContent:
    """Check and build the content of messages.

    Errors: `ContentFault` for hours outside the day, an unknown weekday or a kind without words.
    """
    entries = mapping_of(file, "filen", raw)
    for name in entries:
        if name not in ("open", "quiet", "kinds"):
            raise ContentFault(f"{file}: kender ikke '{name}'.")
    hours = mapping_of(file, "open", entries.get("open"))
    quiet = mapping_of(file, "quiet", entries.get("quiet"))
    opens, closes = hours.get("from"), hours.get("until")
    if not (isinstance(opens, int) and isinstance(closes, int) and 0 <= opens < closes <= 24):
        raise ContentFault(f"{file}: 'open' skal have hele timer, for eksempel from: 7, until: 17.")
    times = QuietTimes(
        opens=opens,
        closes=closes,
        weekdays=frozenset(_weekday(file, one) for one in quiet.get("weekdays") or ()),
        fixed=frozenset(_fixed(file, one) for one in quiet.get("fixed") or ()),
        easter=frozenset(_offset(file, one) for one in quiet.get("easter") or ()),
    )
    if len(times.weekdays) == len(WEEKDAYS):
        raise ContentFault(f"{file}: der skal være mindst en ugedag uden ro.")
    kinds = {code: _kind(file, code, one) for code, one in entries_of(file, entries.get("kinds"))}
    return MessageContent(times, kinds)


def _kind(file: str, code: str, fields: dict[str, Any]) -> MessageKind:
    must_come = fields.get("must_come")
    if not isinstance(must_come, bool):
        raise ContentFault(f"{file}: 'must_come' i '{code}' skal være true eller false.")
    words = Text(string_of(file, code, fields, "da"), string_of(file, code, fields, "en"))
    return MessageKind(code, words, must_come)


def _weekday(file: str, name: Any) -> int:
    if name not in WEEKDAYS:
        raise ContentFault(f"{file}: ugedagen '{name}' findes ikke. Skriv for eksempel saturday.")
    return WEEKDAYS.index(name)


def _fixed(file: str, text: Any) -> tuple[int, int]:
    found = MONTH_DAY.fullmatch(str(text))
    if found is None:
        raise ContentFault(f"{file}: dagen '{text}' skal skrives som måned-dag: 12-24.")
    return int(found[1]), int(found[2])


def _offset(file: str, days: Any) -> int:
    if not isinstance(days, int) or isinstance(days, bool):
        raise ContentFault(f"{file}: '{days}' under 'easter' skal være et helt antal dage.")
    return days
