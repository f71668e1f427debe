"""Who may import whom is held by import-linter, and each contract is shown to catch an offence."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.trees import ROOT, plant


def lint(root: Path) -> tuple[bool, str]:
    """Run every import contract on a tree; return (all kept, what was printed)."""
    program = (
        "import sys; from importlinter.cli import lint_imports;"
        "sys.exit(lint_imports(no_cache=True, no_logo=True))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(root)},
    )
    return done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the house: its Python files and its contracts."""
    copy = tmp_path_factory.mktemp("house")
    skip = shutil.ignore_patterns("__pycache__", "static", "templates", "locale", "content")
    for name in ("hoest/config", "hoest/domain", "hoest/engine", "hoest/foundation", "hoest/ui"):
        shutil.copytree(ROOT / name, copy / name, ignore=skip)
    shutil.copytree(
        ROOT / "hoest/foundation/content",
        copy / "hoest/foundation/content",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    shutil.copy(ROOT / "hoest/__init__.py", copy / "hoest/__init__.py")
    shutil.copy(ROOT / ".importlinter", copy / ".importlinter")
    contracts = "tests/architecture/contracts.py"
    (copy / contracts).parent.mkdir(parents=True)
    shutil.copy(ROOT / contracts, copy / contracts)
    return copy


def test_every_import_follows_the_contracts() -> None:
    kept, report = lint(ROOT)
    assert kept, report


def test_the_untouched_copy_keeps_the_contracts_too(house: Path) -> None:
    kept, report = lint(house)
    assert kept, report


@pytest.mark.parametrize(
    ("contract", "file", "line"),
    [
        ("The house", "hoest/ui/stray.py", "import hoest.foundation.faults"),
        ("The house", "hoest/foundation/stray.py", "import hoest.domain.benefits.rules"),
        ("The house", "hoest/domain/benefits/rules/stray.py", "import hoest.config.settings"),
        ("The house", "hoest/ui/stray.py", "import hoest.engine"),
        ("The engine is reached only", "hoest/foundation/stray.py", "import hoest.engine"),
        ("The engine is reached only", "hoest/domain/portfolio/actions.py", "import hoest.engine"),
        ("The engine imports no framework", "hoest/engine/stray.py", "import django"),
        ("The engine imports no framework", "hoest/engine/stray.py", "import hoest.ui"),
        ("Rules know no Django", "hoest/domain/portfolio/rules.py", "import django.db"),
        (
            "Between subjects",
            "hoest/domain/organisations/queries/units.py",
            "import hoest.domain.portfolio.rules",
        ),
        ("Inside a subject", "hoest/domain/portfolio/rules.py", "from . import models"),
        ("Inside a subject", "hoest/domain/portfolio/models.py", "from . import permissions"),
        (
            "Inside a subject",
            "hoest/domain/portfolio/permissions.py",
            "import hoest.domain.portfolio.web",
        ),
        (
            "A subject's models stay home",
            "hoest/domain/reporting/queries.py",
            "from hoest.domain.organisations.models import Unit",
        ),
        (
            "A subject's models stay home",
            "hoest/config/stray.py",
            "import hoest.domain.organisations.models",
        ),
    ],
)
def test_a_forbidden_import_breaks_its_contract(
    house: Path, contract: str, file: str, line: str
) -> None:
    path = house / file
    before = path.read_text(encoding="utf-8") if path.exists() else None
    plant(house, file, f"{before or ''}\n{line}\n")
    try:
        kept, report = lint(house)
    finally:
        path.write_text(before, encoding="utf-8") if before is not None else path.unlink()
    assert not kept
    assert any(contract in row and "BROKEN" in row for row in report.splitlines()), report


@pytest.mark.parametrize(
    ("contract", "file"),
    [
        ("The house", "hoest/services/__init__.py"),
        ("Between subjects", "hoest/domain/gadgets/__init__.py"),
        ("Inside a subject", "hoest/domain/portfolio/services.py"),
    ],
)
def test_a_folder_nobody_placed_breaks_its_contract(house: Path, contract: str, file: str) -> None:
    path = plant(house, file, '"""A stray."""\n')
    try:
        kept, report = lint(house)
    finally:
        path.unlink()
        if path.name == "__init__.py":
            shutil.rmtree(path.parent)
    assert not kept
    assert any(contract in row and "BROKEN" in row for row in report.splitlines()), report
