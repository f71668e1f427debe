"""Files the operator puts into the data folder: `sources/<municipality code>/<name>.csv`.

The name is a plain file name, links are not followed, and only the municipality's own folder is
read, so no name reaches another municipality or another part of the machine.
"""

from __future__ import annotations

import os
import re
import stat

from hoest.foundation.database.folder import open_folder
from hoest.foundation.fetching.faults import FileNotThere, TooLarge

FOLDER = "sources"
NAME = re.compile(r"[\w][\w .-]{0,118}\.csv", re.IGNORECASE)
MOST_BYTES = 2_000_000


def read_folder_file(municipality_code: str, name: str) -> str:
    """Return the text of a file. Raises FileNotThere, TooLarge."""
    if not NAME.fullmatch(name) or ".." in name or not municipality_code.isalnum():
        raise FileNotThere("Skriv navnet på en CSV-fil, for eksempel ventetid.csv.")
    path = open_folder().path / FOLDER / municipality_code / name
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as missing:
        raise FileNotThere(f"Filen {name} findes ikke i kommunens mappe med kilder.") from missing
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise FileNotThere(f"{name} er ikke en almindelig fil.")
        raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise TooLarge(f"Filen {name} er større end {MOST_BYTES // 1_000_000} MB.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise FileNotThere(f"{name} er ikke tekst. Gem den som CSV.")
