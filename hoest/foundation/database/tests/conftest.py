"""Data folders of their own for tests that start, kill and copy databases."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from hoest.foundation.database.folder import DataFolder, open_folder, read_json

OPERATOR_VARIABLES = (
    "DATABASE_URL",
    "HOEST_APP_URL",
    "HOEST_WORKER_URL",
    "HOEST_BACKUP_URL",
    "HOEST_DATABASE_NAME",
    "HOEST_PGBIN",
)


@pytest.fixture(autouse=True)
def _no_operators_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in OPERATOR_VARIABLES:
        monkeypatch.delenv(name, raising=False)


def throw_away(folder: DataFolder) -> None:
    """Remove a data folder and whatever it has outside itself."""
    pointer = read_json(folder.place_file)
    for outside in (pointer.get("place"), pointer.get("run")):
        if outside:
            shutil.rmtree(outside, ignore_errors=True)
    shutil.rmtree(folder.path, ignore_errors=True)


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[DataFolder]:
    """A fresh data folder that this process and its children use by default."""
    made = open_folder(Path(tempfile.mkdtemp(prefix="hoest-test-")))
    monkeypatch.setenv("HOEST_DATA", str(made.path))
    yield made
    throw_away(made)


@pytest.fixture
def second_folder() -> Iterator[DataFolder]:
    """Another fresh data folder."""
    made = open_folder(Path(tempfile.mkdtemp(prefix="hoest-test-")))
    yield made
    throw_away(made)
