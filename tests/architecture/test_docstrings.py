"""Every module says what it is; the engine gives formula and source; verbs and reads say what.

Source: architecture §8.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.trees import ROOT, parsed, place, plant, python_files

# What makes a line a formula: an equation, or words that point to one of the same module.
FORMULA = re.compile(r"[=≥≤∑Σ]|Formula:|\bFormula of\b")
SPOKEN_FOLDERS = ("rules", "actions", "queries")
FIRST_LINE_LENGTH = 100
ENDINGS = (".", "?", ":", "…")


def silent_modules(root: Path) -> list[str]:
    """Find modules without a docstring; an empty `__init__` of a test folder is allowed."""
    found = []
    for path in python_files(root, tests=True):
        text = path.read_text(encoding="utf-8").strip()
        if not text and path.name == "__init__.py" and path.parent.name == "tests":
            continue
        if not ast.get_docstring(parsed(path)):
            found.append(place(root, path))
    return found


def unfounded_engine(root: Path) -> list[str]:
    """Find public engine functions whose docstring lacks a formula or `Source:`."""
    found = []
    for path, function in _public_functions(root, "hoest/engine"):
        text = ast.get_docstring(function) or ""
        lacks = [
            name
            for name, there in (("Source:", "Source:" in text), ("formula", FORMULA.search(text)))
            if not there
        ]
        if lacks:
            name = f"{place(root, path, function)} {function.name}"
            found.append(f"{name} lacks {' and '.join(lacks)}")
    return found


def silent_functions(root: Path) -> list[str]:
    """Find public functions and classes of rules, actions and queries without a docstring."""
    found = []
    for path in python_files(root, "hoest/domain"):
        inside = path.relative_to(root).parts[3:]
        if not inside or inside[0].removesuffix(".py") not in SPOKEN_FOLDERS:
            continue
        for node in parsed(path).body:
            named = isinstance(node, ast.FunctionDef | ast.ClassDef)
            if named and not node.name.startswith("_") and not ast.get_docstring(node):
                found.append(f"{place(root, path, node)} {node.name}")
    return found


def rambling_first_lines(root: Path) -> list[str]:
    """Find functions and classes whose first line is not one sentence that ends."""
    found = []
    for path in python_files(root):
        for node in ast.walk(parsed(path)):
            if not isinstance(node, ast.ClassDef | ast.FunctionDef):
                continue
            first = (ast.get_docstring(node) or "x.").splitlines()[0]
            if len(first) > FIRST_LINE_LENGTH or not first.rstrip("`").endswith(ENDINGS):
                found.append(f"{place(root, path, node)} {first}")
    return found


def _public_functions(root: Path, under: str) -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in python_files(root, under):
        if path.stem.startswith("_") and path.stem != "__init__":
            continue
        for node in parsed(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield path, node


CHECKS = (silent_modules, unfounded_engine, silent_functions, rambling_first_lines)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_house_explains_itself(check: object) -> None:
    assert check(ROOT) == []  # type: ignore[operator]


def test_the_checks_see_the_engine_and_the_subjects() -> None:
    assert len(list(_public_functions(ROOT, "hoest/engine"))) > 10


def test_a_module_without_docstring_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "hoest/a.py", "x = 1\n")
    plant(tmp_path, "hoest/tests/test_a.py", "x = 1\n")
    plant(tmp_path, "hoest/tests/__init__.py", "")
    plant(tmp_path, "hoest/__init__.py", '"""Said."""\n')
    assert silent_modules(tmp_path) == ["hoest/a.py", "hoest/tests/test_a.py"]


def test_an_engine_function_without_source_or_formula_is_found(tmp_path: Path) -> None:
    plant(
        tmp_path,
        "hoest/engine/a.py",
        'def one():\n    """Do.\n\n    x = y. Source: B.\n    """\n'
        'def two():\n    """Do.\n\n    Source: B.\n    """\n'
        'def three():\n    """Do: x = y."""\n'
        "def four(): ...\n"
        "def _five(): ...\n",
    )
    assert [line.partition(" ")[2] for line in unfounded_engine(tmp_path)] == [
        "two lacks formula",
        "three lacks Source:",
        "four lacks Source: and formula",
    ]


def test_a_rule_action_or_query_without_docstring_is_found(tmp_path: Path) -> None:
    for name in ("rules.py", "rules/ladder.py", "actions.py", "queries/account.py"):
        plant(tmp_path, f"hoest/domain/benefits/{name}", "def speak(): ...\ndef _hum(): ...\n")
    plant(tmp_path, "hoest/domain/benefits/models.py", "def speak(): ...\n")
    plant(tmp_path, "hoest/domain/benefits/rules/named.py", "class Fact: ...\n")
    found = silent_functions(tmp_path)
    assert len(found) == 5
    assert not any("models" in line for line in found)


def test_a_first_line_that_does_not_end_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "hoest/a.py", '"""Said."""\ndef f():\n    """This goes on and\n    on."""\n')
    plant(tmp_path, "hoest/b.py", f'class B:\n    """{"Long " * 30}."""\n')
    assert len(rambling_first_lines(tmp_path)) == 2
