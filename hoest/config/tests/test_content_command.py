"""`hoest content` tells which files are a municipality's own, and finds their faults."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hoest.config.commands.content import command
from hoest.foundation import content
from hoest.foundation.faults import Fault


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("HOEST_CONTENT", raising=False)
    content.forget()
    yield
    content.forget()


def run(*words: str) -> Result:
    return CliRunner().invoke(command, list(words))


def test_without_an_own_folder_everything_is_ours() -> None:
    assert "er ikke sat" in run("check").output
    assert json.loads(run("check", "--json").output) == {
        "folder": None,
        "replaced": [],
        "unread": [],
    }


def test_a_copied_file_is_seen_and_a_misspelt_one_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "eget"
    assert run("copy", "limits.yaml", str(folder)).exit_code == 0
    (folder / "limit.yaml").write_text("x", encoding="utf-8")
    monkeypatch.setenv("HOEST_CONTENT", str(folder))
    answer = json.loads(run("check", "--json").output)
    assert answer == {"folder": str(folder), "replaced": ["limits.yaml"], "unread": ["limit.yaml"]}
    assert "Ingen læser: limit.yaml" in run("check").output


def test_a_copy_never_overwrites_what_somebody_wrote(tmp_path: Path) -> None:
    own = tmp_path / "limits.yaml"
    own.write_text("vores", encoding="utf-8")
    assert isinstance(run("copy", "limits.yaml", str(tmp_path)).exception, Fault)
    assert own.read_text(encoding="utf-8") == "vores"


def test_a_fault_is_told_with_file_and_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("copy", "limits.yaml", str(tmp_path))
    own = tmp_path / "limits.yaml"
    own.write_text(
        own.read_text(encoding="utf-8").replace(
            "small_group:\n  value: 5\n", "small_group:\n  value: få\n"
        )
    )
    monkeypatch.setenv("HOEST_CONTENT", str(tmp_path))
    fault = run("check").exception
    assert isinstance(fault, Fault)
    assert "limits.yaml: 'value' i 'small_group'" in str(fault)
