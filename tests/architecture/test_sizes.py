"""No file over 400 lines, no function over 60: a newcomer reads a whole thing at once.

The allow-list may only shrink: an entry holds the size of today, and the test fails when the file
grows, and also when it has shrunk and the entry was not lowered with it.
Source: architecture §2.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

from tests.architecture.trees import ROOT, parsed, plant, python_files

FILE_LINES = 400
FUNCTION_LINES = 60

# Path, or path::function, to its size today. Nothing is added here; files are split instead.
ALLOWED: dict[str, int] = {}


def sizes(root: Path) -> dict[str, int]:
    """Return everything that is larger than its limit, with its size in lines."""
    large: dict[str, int] = {}
    for folder in ("hoest", "tests", "benchmarks"):
        for path in python_files(root, folder, tests=True):
            name = path.relative_to(root).as_posix()
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > FILE_LINES:
                large[name] = lines
            for node in ast.walk(parsed(path)):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    length = (node.end_lineno or node.lineno) - node.lineno + 1
                    if length > FUNCTION_LINES:
                        large[f"{name}::{node.name}"] = length
    return large


def offences(found: Mapping[str, int], allowed: Mapping[str, int]) -> list[str]:
    """Compare what is large with what is allowed, in both directions."""
    grown = [
        f"{name} has {size} lines, allowed {allowed.get(name, 'none over the limit')}: split it"
        for name, size in found.items()
        if size > allowed.get(name, 0)
    ]
    shrunk = [
        f"{name} is allowed {size} lines and needs {found.get(name, 'none')}: lower the entry"
        for name, size in allowed.items()
        if found.get(name, 0) < size
    ]
    return grown + shrunk


def test_no_file_or_function_is_too_large() -> None:
    assert offences(sizes(ROOT), ALLOWED) == []


def test_the_check_reads_the_whole_house() -> None:
    assert sum(1 for _ in python_files(ROOT, "hoest", tests=True)) > 100


def test_a_long_file_and_a_long_function_are_found(tmp_path: Path) -> None:
    plant(tmp_path, "hoest/long.py", "x = 1\n" * 401)
    plant(tmp_path, "hoest/fits.py", "x = 1\n" * 400)
    body = "    x = 1\n"
    plant(tmp_path, "tests/test_a.py", f"def long():\n{body * 60}\ndef fits():\n{body * 59}")
    assert sizes(tmp_path) == {"hoest/long.py": 401, "tests/test_a.py::long": 61}
    assert len(offences(sizes(tmp_path), {})) == 2


def test_an_allowed_size_may_only_shrink() -> None:
    assert offences({"a.py": 450}, {"a.py": 450}) == []
    assert offences({"a.py": 451}, {"a.py": 450}) == ["a.py has 451 lines, allowed 450: split it"]
    assert offences({"a.py": 449}, {"a.py": 450}) == [
        "a.py is allowed 450 lines and needs 449: lower the entry"
    ]
    assert offences({}, {"a.py": 450}) == [
        "a.py is allowed 450 lines and needs none: lower the entry"
    ]
