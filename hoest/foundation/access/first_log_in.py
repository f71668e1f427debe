"""The note of the first log-in: a file for the operator alone, gone when the password is changed.

Why: the password of a fresh installation is printed once, and a scrolled-away window should not
lock the operator out of an empty house.
"""

from __future__ import annotations

import os

from hoest.foundation.database.folder import open_folder

NAME = "first-log-in.txt"


def keep(email: str, password: str) -> None:
    """Write the note with mode 0600, replacing an earlier one."""
    note = open_folder().path / NAME
    draft = note.with_suffix(".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"E-mail: {email}\nAdgangskode: {password}\n")
        file.write("Filen slettes, når adgangskoden er skiftet.\n")
    draft.replace(note)


def forget(email: str) -> None:
    """Remove the note when it is about this address."""
    note = open_folder().path / NAME
    try:
        about = note.read_text(encoding="utf-8").splitlines()[0]
    except (OSError, IndexError):
        return
    if about == f"E-mail: {email}":
        note.unlink(missing_ok=True)
