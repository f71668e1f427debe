"""The operator's commands: backup, restore and database, by their exit codes and words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from hoest.config.cli import main
from hoest.foundation.database import roles
from hoest.foundation.database.connection import connect
from hoest.foundation.database.folder import DataFolder
from hoest.foundation.database.sharing import running
from tests.support.processes import clear_away, new_folder

Out = pytest.CaptureFixture[str]


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[DataFolder]:
    """A data folder with one table of two rows."""
    made = new_folder()
    monkeypatch.setenv("HOEST_DATA", str(made.path))
    with running(made.path):
        roles.ensure(made)
        with connect("owner", made) as owner:
            owner.execute("CREATE TABLE town AS SELECT unnest(ARRAY['Ærø', 'Aabenraa']) AS name")
        yield made
    clear_away(made)


@pytest.fixture
def empty(folder: DataFolder) -> Iterator[DataFolder]:
    made = new_folder()
    yield made
    clear_away(made)


def test_backup_and_restore_say_what_they_did(
    folder: DataFolder,
    empty: DataFolder,
    tmp_path: Path,
    capsys: Out,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = str(tmp_path / "kopi.tar")
    assert main(["backup", target]) == 0
    assert "2 rækker i 1 tabeller og 0 filer" in capsys.readouterr().out
    monkeypatch.setenv("HOEST_DATA", str(empty.path))
    assert main(["restore", target, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["tables"], told["files"]) == (2, 1, 0)
    assert told["data_folder"] == str(empty.path)
    assert main(["restore", target]) == 2
    assert "--overskriv" in capsys.readouterr().err
    assert main(["restore", target, "--overskriv", "--ja"]) == 0


def test_overwriting_asks_first(
    folder: DataFolder, tmp_path: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = str(tmp_path / "kopi.tar")
    assert main(["backup", target, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["file"] == target
    with connect("owner", folder) as owner:
        owner.execute("DELETE FROM town")
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda prompt: "n")
    assert main(["restore", target, "--overskriv"]) == 130
    with connect("owner", folder) as owner:
        assert owner.execute("SELECT count(*) FROM town").fetchone() == (0,)


@pytest.mark.parametrize(
    "arguments",
    [
        ["restore", "/no/such/file.tar"],
        ["backup", "/no/such/folder/kopi.tar"],
        ["backup"],
        ["database", "psql-url", "--rolle", "king"],
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(
    folder: DataFolder, capsys: Out, arguments: list[str]
) -> None:
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert len(shown.err.strip().splitlines()) == 1
    assert "Traceback" not in shown.err


def test_the_status_names_everything_but_a_password(folder: DataFolder, capsys: Out) -> None:
    assert main(["database", "status", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["embedded"] is True
    assert facts["postgresql"].startswith("18")
    assert facts["data_folder"] == str(folder.path)
    assert facts["roles"] == "hoest_app, hoest_backup, hoest_owner, hoest_worker"
    assert facts["running_at"] is None
    assert main(["database", "status"]) == 0
    shown = capsys.readouterr().out
    assert "Størrelse (MB)" in shown
    secrets = json.loads(folder.secrets_file.read_text()).values()
    assert not any(secret in shown + json.dumps(facts) for secret in secrets)


def test_the_address_for_psql_has_no_password(folder: DataFolder, capsys: Out) -> None:
    assert main(["database", "psql-url", "--rolle", "owner"]) == 0
    address = capsys.readouterr().out.strip()
    assert address.startswith("postgresql://hoest_owner@/hoest?host=")
