"""Data folders of their own for tests that start, kill and copy databases."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from hoest.foundation.database import roles
from hoest.foundation.database.folder import DataFolder, open_folder, read_json
from hoest.foundation.database.sharing import running

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


def new_path() -> Path:
    """Make a path for a data folder, in memory where there is such a place: tests wait on fsync."""
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="hoest-test-", dir=memory if memory.is_dir() else None))


def throw_away(folder: DataFolder) -> None:
    """Remove a data folder and whatever it has outside itself."""
    pointer = read_json(folder.place_file)
    for outside in (pointer.get("place"), pointer.get("run")):
        if outside:
            shutil.rmtree(outside, ignore_errors=True)
    shutil.rmtree(folder.path, ignore_errors=True)


@pytest.fixture(scope="session")
def prepared_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder with a database and roles, made once and copied by tests."""
    for name in OPERATOR_VARIABLES:
        os.environ.pop(name, None)
    made = open_folder(new_path())
    with running(made.path):
        roles.ensure(made)
    yield made.path
    throw_away(made)


def copied(template: Path) -> DataFolder:
    """Copy a stopped data folder, owners and modes included: faster than making one."""
    target = new_path()
    subprocess.run(["cp", "-a", f"{template}/.", target], check=True)
    return open_folder(target)


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[DataFolder]:
    """A fresh data folder that this process and its children use by default."""
    made = open_folder(new_path())
    monkeypatch.setenv("HOEST_DATA", str(made.path))
    yield made
    throw_away(made)


@pytest.fixture
def second_folder() -> Iterator[DataFolder]:
    """Another fresh data folder."""
    made = open_folder(new_path())
    yield made
    throw_away(made)
