"""Walks a tree of files and makes small trees, so that each check is a function on a tree.

Why: a check that never found anything may be blind. Every check is therefore run twice: on the
project, where it finds nothing, and on a small tree with a deliberate offence, which it must name.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {"node_modules", "staticfiles", "__pycache__", "build", "dist"}
KEPT_HIDDEN = {".ci", ".importlinter", ".gitignore"}


def files(root: Path, *suffixes: str, under: str = ".") -> Iterator[Path]:
    """Yield the files of a tree with one of the suffixes (all when none), in stable order."""
    start = root / under
    if not start.exists():
        return
    for path in sorted(start.rglob("*")):
        parts = path.relative_to(root).parts
        hidden = any(part.startswith(".") and part not in KEPT_HIDDEN for part in parts)
        if hidden or SKIPPED & set(parts) or not path.is_file():
            continue
        if not suffixes or path.suffix in suffixes:
            yield path


def python_files(root: Path, under: str = "hoest", *, tests: bool = False) -> Iterator[Path]:
    """Yield Python files without migrations and, unless asked for, without tests."""
    for path in files(root, ".py", under=under):
        parts = path.relative_to(root).parts
        if "migrations" in parts or ("tests" in parts and not tests):
            continue
        yield path


def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(root: Path, path: Path, node: ast.AST | int = 0) -> str:
    """Return `folder/file.py:line` for an offence."""
    line = node if isinstance(node, int) else getattr(node, "lineno", 0)
    name = path.relative_to(root).as_posix()
    return f"{name}:{line}" if line else name


def plant(root: Path, name: str, text: str) -> Path:
    """Write one file into a small tree and return its path."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def constant(node: ast.AST | None) -> str | None:
    """Return the value of a string constant, else None."""
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if is_text else None  # type: ignore[union-attr]
