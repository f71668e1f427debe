"""Facts and decisions of a reassurance sheet: its states, and what may never stand in it."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum


class VersionState(StrEnum):
    """What has happened to a version of a sheet."""

    WAITING = "waiting"
    APPROVED = "approved"
    RETURNED = "returned"
    DROPPED = "dropped"


class SheetState(StrEnum):
    """Where the sheet of an initiative is."""

    BEGUN = "begun"
    WAITING = "waiting"
    APPROVED = "approved"
    CHANGED = "changed"


class SheetFactCode(StrEnum):
    """What only a person can tell for a sheet."""

    DATA_KIND = "sheet_data_kind"
    WHY = "sheet_why"
    PROTECTION = "sheet_protection"
    IF_WRONG = "sheet_if_wrong"
    CONTACT = "sheet_contact"
    MAILBOX = "sheet_mailbox"


SEVERAL = (SheetFactCode.DATA_KIND, SheetFactCode.PROTECTION)
"""Facts that are a choice of several codes from the content."""


def state_of(has_waiting: bool, standing_print: str | None, print_now: str) -> SheetState:
    """Return the state of a sheet; what waits hides what stands, as somebody must act on it."""
    if has_waiting:
        return SheetState.WAITING
    if standing_print is None:
        return SheetState.BEGUN
    return SheetState.APPROVED if standing_print == print_now else SheetState.CHANGED


_CPR = re.compile(r"\b\d{6}[- ]?\d{4}\b")
_MAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")


def personal_words(text: str, names: Collection[str], mailboxes: Collection[str]) -> str:
    """Return the first thing in a text that points at a person, or an empty text.

    That is a CPR number, a registered person's e-mail, or her full name when it is a name (every
    word of it begins with a capital, which a function's does not).
    """
    if found := _CPR.search(text):
        return found[0]
    own = {mailbox.casefold() for mailbox in mailboxes if mailbox}
    for mail in _MAIL.findall(text):
        if mail.strip(".").casefold() in own:
            return str(mail)
    return next((name for name in names if _is_a_name(name) and _holds(text, name)), "")


def _is_a_name(name: str) -> bool:
    words = name.split()
    return len(words) > 1 and all(word[:1].isupper() for word in words)


def _holds(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None
