"""Answers kept in a folder, one file each, so that a run that was broken off can go on.

A file is written beside its place and moved there, so that it is whole or not there.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from tempfile import NamedTemporaryFile

from .reading import TableNotRead

KEY = re.compile(r"[0-9a-f]{64}")


class Folder:
    """A store of `hoest.engine.effects` in a folder; made when it is not there."""

    def __init__(self, path: Path) -> None:
        """Make the folder, or say why it cannot be used."""
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError:
            raise TableNotRead(f"Mappen {path} kan ikke bruges.") from None
        self._path = path

    def _file(self, key: str) -> Path:
        if not KEY.fullmatch(key):
            raise ValueError("a key is 64 hexadecimal digits")
        return self._path / f"{key}.json"

    def get(self, key: str) -> str | None:
        """Return the text of a key, or None."""
        try:
            return self._file(key).read_text(encoding="utf-8")
        except (FileNotFoundError, UnicodeDecodeError):
            return None

    def put(self, key: str, text: str) -> None:
        """Keep a text under a key."""
        with NamedTemporaryFile(
            "w", encoding="utf-8", dir=self._path, suffix=".part", delete=False
        ) as file:
            file.write(text)
        os.replace(file.name, self._file(key))
