"""Answers on the reassurance sheet and the ethics screening, read once per folder."""

from __future__ import annotations

from functools import lru_cache

from . import ethics_screening, files
from . import reassurance_sheet as sheet_file
from .ethics_screening import EthicsInstrument
from .reassurance_sheet import SheetContent


def sheet_content() -> SheetContent:
    """Return the questions of the reassurance sheet and the sentences that facts give."""
    return _sheet_content(files.own_folder())


def ethics_instrument() -> EthicsInstrument:
    """Return the instrument of the ethics screening that is in use now."""
    return _ethics_instrument(files.own_folder())


@lru_cache(maxsize=8)
def _sheet_content(folder: str | None) -> SheetContent:
    path = files.locate(sheet_file.FILE, folder)
    return sheet_file.read_reassurance_sheet(path.name, files.read_yaml(path))


@lru_cache(maxsize=8)
def _ethics_instrument(folder: str | None) -> EthicsInstrument:
    path = files.locate(ethics_screening.FILE, folder)
    return ethics_screening.read_ethics_screening(path.name, files.read_yaml(path))


READERS = (_sheet_content, _ethics_instrument)
