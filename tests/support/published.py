"""Published data sets, read in place: they belong to their sources and are never committed.

The folder is HOEST_PUBLISHED_DATA, else `shared/data/methods` beside the project. When it is absent
the tests that need it are skipped, and the last lines of the run say so loudly.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = "HOEST_PUBLISHED_DATA"
ABSENT = "published data are absent"


def folder() -> Path:
    """Return the folder of the published data, whether it exists or not."""
    given = os.environ.get(VARIABLE)
    return Path(given) if given else ROOT.parent / "shared" / "data" / "methods"


def published(name: str) -> Path:
    """Return a published file, or skip the test that asks for it."""
    file = folder() / name
    if not file.is_file():
        pytest.skip(f"{ABSENT}: {name}")
    return file


def expected(key: str) -> dict[str, Any]:
    """Return the published figures of one entry of `expected.json`."""
    found: dict[str, Any] = json.loads(published("expected.json").read_text("utf-8"))[key]
    return found


def rows(name: str, delimiter: str = ",") -> list[dict[str, str]]:
    """Return the lines of a published CSV file, packed or not."""
    file = published(name)
    raw = file.read_bytes()
    text = (gzip.decompress(raw) if file.suffix == ".gz" else raw).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=delimiter))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say loudly, at the very end, how many published figures were not checked."""
    skipped = [
        one for one in terminalreporter.stats.get("skipped", []) if ABSENT in str(one.longrepr)
    ]
    if skipped:
        terminalreporter.section("PUBLISHED FIGURES WERE NOT CHECKED", sep="!", red=True, bold=True)
        terminalreporter.write_line(
            f"{len(skipped)} tests need published data sets, and {folder()} does not hold them. "
            f"Set {VARIABLE} to their folder.",
            red=True,
        )
