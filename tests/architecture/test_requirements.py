"""What is installed is locked by hash, and no file knows the machine it was written on.

Source: architecture §1 (locked, with hashes, no index address); ASVS 5.0 on the supply chain.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.trees import ROOT, files, place, plant

LOCKED = ("requirements/base.txt", "requirements/machines.txt", "requirements/test.txt")
PIN = re.compile(r"^(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==[^\s;\\]+")
# Put together, so that this file does not hold what it looks for.
INDEX_OPTION, LINKS_OPTION = "-".join(("index", "url")), "-".join(("find", "links"))
OTHER_OPTIONS = "|".join("-".join(words) for words in (("extra", "index"), ("trusted", "host")))
INDEX_PAGE = "/".join(("", "simple"))
ADDRESS = re.compile(
    rf"{INDEX_OPTION}|{LINKS_OPTION}|{OTHER_OPTIONS}|:/{{2}}[^\s]*{INDEX_PAGE}\b|@ *\w+:/{{2}}"
)
MACHINE = re.compile(r"(?<![\w.:/~$}*-])/(?:root|work|home/\w+|Users/\w+|tmp)/[\w.-]")
TEXT = {".py", ".md", ".toml", ".txt", ".in", ".yaml", ".yml", ".html", ".css", ".js", ".sql"}
TEXT |= {".cfg", ".ini", ".sh", ".csv", ".po", ".json", ".svg", ""}
VENDORED = "vendor"

# Places that stand in every Linux system or in an example for an operator, with the reason.
ALLOWED_PATHS: dict[str, str] = {
    "tests/architecture/test_requirements.py": "names the paths it looks for",
}


def unlocked(root: Path) -> list[str]:
    """Find requirements without an exact version or without a hash."""
    found = []
    for name in LOCKED:
        text = (root / name).read_text(encoding="utf-8").replace("\\\n", " ")
        for line in text.splitlines():
            said = line.split("#", 1)[0].strip()
            if said and not (PIN.match(said) and "--hash=sha256:" in said):
                found.append(f"{name}: {said[:60]}")
    return found


def unlisted(root: Path) -> list[str]:
    """Find packages that an `.in` file or the project asks for and the lock does not hold."""
    found = []
    for name in LOCKED:
        text = (root / name).read_text(encoding="utf-8")
        locked = {_plain(match["name"]) for line in text.splitlines() if (match := PIN.match(line))}
        source = name.replace(".txt", ".in")
        wanted = (root / source).read_text(encoding="utf-8").splitlines()
        found += [f"{source}: {ask}" for ask in _asked(wanted) if ask not in locked]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    base = (root / "requirements/base.in").read_text(encoding="utf-8").splitlines()
    stray = set(_asked(project["dependencies"])) ^ set(_asked(base))
    return found + [f"pyproject.toml and base.in disagree: {name}" for name in sorted(stray)]


def unexplained(root: Path) -> list[str]:
    """Find dependencies without a reason beside them in pyproject.toml."""
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    block = text.partition("dependencies = [")[2].partition("\n]")[0]
    return [line.strip() for line in block.splitlines() if line.strip() and "#" not in line]


def index_addresses(root: Path) -> list[str]:
    """Find addresses of package indexes in what an installer reads."""
    names = ("requirements", "Makefile", "pyproject.toml", ".ci", "ops")
    return [
        f"{place(root, path)}: {line.strip()[:60]}"
        for path in files(root)
        if path.relative_to(root).parts[0] in names and path.suffix in TEXT
        for line in path.read_text(encoding="utf-8").splitlines()
        if ADDRESS.search(line.split("#", 1)[0])
    ]


def machine_paths(root: Path) -> list[str]:
    """Find absolute paths of somebody's machine in any text file."""
    found = []
    for path in files(root):
        name = path.relative_to(root).as_posix()
        if path.suffix not in TEXT or VENDORED in path.parts or name in ALLOWED_PATHS:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if MACHINE.search(line):
                found.append(f"{name}:{number}: {line.strip()[:80]}")
    return found


def _asked(lines: list[str]) -> list[str]:
    names = (re.match(r"[A-Za-z0-9][A-Za-z0-9._-]*", line.strip()) for line in lines)
    return [_plain(match[0]) for match in names if match]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


CHECKS = (unlocked, unlisted, unexplained, index_addresses, machine_paths)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_house_installs_the_same_everywhere(check: Callable[[Path], list[str]]) -> None:
    assert check(ROOT) == []


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Give a small tree that keeps every rule."""
    locked = "click==8.1 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n    # via -r base.in\n"
    for kind in ("base", "machines", "test"):
        plant(tmp_path, f"requirements/{kind}.txt", locked)
        plant(tmp_path, f"requirements/{kind}.in", "# why\nclick>=8\n")
    project = '[project]\ndependencies = [\n  "click>=8",  # the command\n]\n'
    plant(tmp_path, "pyproject.toml", project)
    return tmp_path


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_tree_that_keeps_the_rules_passes(
    check: Callable[[Path], list[str]], small: Path
) -> None:
    assert check(small) == []


@pytest.mark.parametrize(
    ("check", "name", "text"),
    [
        (unlocked, "requirements/base.txt", "click==8.1\n"),
        (unlocked, "requirements/test.txt", "click>=8 --hash=sha256:aa\n"),
        (unlisted, "requirements/test.in", "click\nPyYAML\n"),
        (unlisted, "requirements/base.in", "# nothing\n"),
        (unexplained, "pyproject.toml", '[project]\ndependencies = [\n  "click>=8",\n]\n'),
        (index_addresses, "requirements/base.in", f"--{INDEX_OPTION} https://example.org/x\n"),
        (index_addresses, "Makefile", f"pip install --{LINKS_OPTION} wheels x\n"),
        (index_addresses, "requirements/base.in", "click @ https://example.org/click.whl\n"),
        (machine_paths, "docs/a.md", "See /" + "root/hoest/a.py\n"),
        (machine_paths, "hoest/a.py", 'x = "/' + 'home/mette/hoest"\n'),
        (machine_paths, ".ci/run", "cd /" + "work/main\n"),
        (machine_paths, "hoest/a.py", 'x = "/' + 'tmp/socket"\n'),
    ],
)
def test_an_offence_is_found(
    check: Callable[[Path], list[str]], name: str, text: str, small: Path
) -> None:
    plant(small, name, text)
    assert check(small) != []


@pytest.mark.xdist_group("kept-together")
def test_tests_of_a_group_stay_on_one_worker(request: pytest.FixtureRequest) -> None:
    # A group costs its fixtures once. Two versions that do not fit lose it without a word.
    if "PYTEST_XDIST_WORKER" in os.environ:
        assert request.node.nodeid.endswith("@kept-together")
