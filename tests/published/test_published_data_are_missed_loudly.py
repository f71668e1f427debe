"""Published data sets that are absent are said so at the end of the run, and nothing fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support.published import ROOT, VARIABLE


def run(folder: Path, test: str) -> str:
    """Run a test file alone, with nothing but the plugin that speaks."""
    settings = folder / "pytest.ini"
    settings.write_text("[pytest]\n", encoding="utf-8")
    options = ["-c", str(settings), "--noconftest", "--import-mode=importlib"]
    plugins = ["-p", "no:django", "-p", "no:cacheprovider", "-p", "tests.support.published"]
    found = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *plugins, str(ROOT / test)],
        cwd=ROOT,
        env={**os.environ, VARIABLE: str(folder), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert found.returncode == 0, found.stdout
    return found.stdout


def test_an_absent_folder_is_said_in_the_last_lines(tmp_path: Path) -> None:
    said = run(tmp_path, "tests/published/test_imputation_figures.py")
    assert "PUBLISHED FIGURES WERE NOT CHECKED" in said
    assert f"{VARIABLE} to their folder" in said.replace("\n", " ")
