"""Names and habits that keep the house readable; each rule is shown to catch an offence.

Source: architecture §8 and CONTRIBUTING.md.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.architecture.trees import ROOT, constant, parsed, place, plant, python_files

VAGUE_MODULES = {"services", "service", "utils", "util", "helpers", "helper", "misc", "common"}
VAGUE_CLASS_WORDS = {"Manager", "Helper", "Helpers", "Util", "Utils", "Data", "Info"}
CLOCK = "hoest/foundation/clock.py"
CLOCK_READS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("time", "time"),
}

# The outermost handlers, where any error must become an answer; each with its reason.
OUTERMOST: dict[str, str] = {
    "hoest/foundation/imports/child.py": "reads foreign files in a child, and ends",
}

Check = Callable[[Path], list[str]]


def vague_modules(root: Path) -> list[str]:
    """Find modules and folders with a name that says nothing."""
    found: set[str] = set()
    for path in python_files(root, tests=True):
        parts = (*path.relative_to(root).parts[:-1], path.stem)
        if VAGUE_MODULES & set(parts):
            found.add(place(root, path))
    return sorted(found)


def vague_classes(root: Path) -> list[str]:
    """Find classes whose name ends in Manager, Helper, Utils, Data or Info.

    A class that only narrows the framework's own (its base has the same last word) keeps it.
    """
    found = []
    for path, node in _nodes(root, ast.ClassDef, tests=True):
        last = _last_word(node.name)
        if last in VAGUE_CLASS_WORDS - {_last_word(_tail(base)) for base in node.bases}:
            found.append(place(root, path, node))
    return found


def signals(root: Path) -> list[str]:
    """Find imports of Django's signals and receivers: an effect is called where it is wanted."""
    found = []
    for path, node in _nodes(root, ast.Import, ast.ImportFrom):
        names = [alias.name for alias in node.names]
        module = getattr(node, "module", None) or ""
        whole = [module, *names, *(f"{module}.{name}" for name in names)]
        if any(re.search(r"(^|\.)(signals|dispatch)(\.|$)", name) for name in whole):
            found.append(place(root, path, node))
    return found


def overridden_saves(root: Path) -> list[str]:
    """Find classes that override save or delete: writing is what actions do."""
    return [
        place(root, path, item)
        for path, node in _nodes(root, ast.ClassDef)
        for item in node.body
        if node.bases and isinstance(item, ast.FunctionDef) and item.name in {"save", "delete"}
    ]


def broad_excepts(root: Path) -> list[str]:
    """Find handlers of every exception, save the outermost and those that tidy and raise again."""
    found = []
    for path, node in _nodes(root, ast.ExceptHandler):
        names = (
            {"bare"}
            if node.type is None
            else {item.id for item in ast.walk(node.type) if isinstance(item, ast.Name)}
        )
        last = node.body[-1]
        passes_on = isinstance(last, ast.Raise) and last.exc is None
        outermost = path.relative_to(root).as_posix() in OUTERMOST
        if names & {"bare", "Exception", "BaseException"} and not (passes_on or outermost):
            found.append(place(root, path, node))
    return found


def clock_reads(root: Path) -> list[str]:
    """Find reads of the wall clock outside the clock."""
    found = []
    for path in python_files(root):
        if path.relative_to(root).as_posix() == CLOCK:
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Attribute) and (_tail(node.value), node.attr) in CLOCK_READS:
                found.append(place(root, path, node))
    return found


def printed(root: Path) -> list[str]:
    """Find print(): a program speaks through click, the log or the page."""
    return [
        place(root, path, node)
        for path, node in _nodes(root, ast.Call)
        if isinstance(node.func, ast.Name) and node.func.id == "print"
    ]


def exempted_views(root: Path) -> list[str]:
    """Find views taken out of the protection against forged requests."""
    return [
        place(root, path, node)
        for path, node in _nodes(root, ast.Name, ast.Attribute)
        if (node.id if isinstance(node, ast.Name) else node.attr) == "csrf_exempt"
    ]


def unnamed_limits(root: Path) -> list[str]:
    """Find asked-for limits, labels and terms that the content files do not have."""
    from hoest.foundation import content

    asked: dict[str, Callable[[str], object]] = {
        "limit": content.limit_decimal,
        "limit_decimal": content.limit_decimal,
        "label": content.codes,
        "explanation": content.codes,
        "choices": content.codes,
        "codes": content.codes,
        "code_of": content.codes,
        "kind_label": content.codes,
        "term": content.term,
    }
    found = []
    for path, node in _nodes(root, ast.Call):
        function = node.func
        if not isinstance(function, ast.Attribute) or _tail(function.value) != "content":
            continue
        name = constant(node.args[0]) if node.args else None
        if name is None or function.attr not in asked:
            continue
        try:
            asked[function.attr](name)
        except content.ContentFault as fault:
            found.append(f"{place(root, path, node)}: {fault}")
    return found


def _nodes(
    root: Path, *kinds: type[ast.AST], tests: bool = False
) -> Iterator[tuple[Path, ast.AST]]:
    for path in python_files(root, tests=tests):
        for node in ast.walk(parsed(path)):
            if isinstance(node, kinds):
                yield path, node


def _last_word(name: str) -> str:
    return (re.findall(r"[A-Z][a-z0-9]*", name) or [""])[-1]


def _tail(node: ast.expr) -> str:
    if isinstance(node, ast.Subscript):
        return _tail(node.value)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


CASES: list[tuple[Check, str, str]] = [
    (vague_modules, "hoest/domain/benefits/services.py", "x = 1"),
    (vague_modules, "hoest/foundation/utils/dates.py", "x = 1"),
    (vague_classes, "hoest/a.py", "class BenefitManager: ..."),
    (vague_classes, "hoest/a.py", "class UnitInfo(Base): ..."),
    (vague_classes, "hoest/a.py", "class ImportData: ..."),
    (signals, "hoest/a.py", "from django.db.models.signals import post_save"),
    (signals, "hoest/a.py", "from django.dispatch import receiver"),
    (signals, "hoest/a.py", "from django.db.models import signals"),
    (signals, "hoest/a.py", "import django.core.signals"),
    (overridden_saves, "hoest/a.py", "class A(Model):\n    def save(self): ..."),
    (overridden_saves, "hoest/a.py", "class A(Form):\n    def delete(self): ..."),
    (broad_excepts, "hoest/a.py", "try:\n    x()\nexcept Exception:\n    pass"),
    (broad_excepts, "hoest/a.py", "try:\n    x()\nexcept (OSError, BaseException):\n    pass"),
    (broad_excepts, "hoest/a.py", "try:\n    x()\nexcept:\n    pass"),
    (clock_reads, "hoest/a.py", "x = datetime.datetime.now(tz)"),
    (clock_reads, "hoest/a.py", "x = Field(default=timezone.now)"),
    (clock_reads, "hoest/a.py", "x = date.today()"),
    (clock_reads, "hoest/foundation/other/clock.py", "x = timezone.now()"),
    (printed, "hoest/a.py", "print(1)"),
    (exempted_views, "hoest/a.py", "@csrf_exempt\ndef view(): ..."),
    (unnamed_limits, "hoest/a.py", "content.limit('small_groups')"),
    (unnamed_limits, "hoest/a.py", "content.label('phases', code)"),
]
CHECKS = list(dict.fromkeys(check for check, _, _ in CASES))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_house_keeps_the_habit(check: Check) -> None:
    assert check(ROOT) == []


@pytest.mark.parametrize(
    ("check", "name", "text"), CASES, ids=lambda part: getattr(part, "__name__", None)
)
def test_an_offence_is_found(check: Check, name: str, text: str, tmp_path: Path) -> None:
    plant(tmp_path, name, text)
    found = check(tmp_path)
    assert len(found) == 1
    assert found[0].startswith(name)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_innocent_code_passes(check: Check, tmp_path: Path) -> None:
    plant(
        tmp_path,
        "hoest/domain/benefits/actions.py",
        "class DatabaseKeeper(Base): ...\nclass DataFolder: ...\n"
        "class AccountManager(BaseUserManager): ...\n"
        "def save(x): ...\nclass Recorder:\n    def save(self): ...\n"
        "try:\n    x()\nexcept OSError:\n    pass\n"
        "try:\n    x()\nexcept BaseException:\n    tidy()\n    raise\n"
        "start = time.monotonic()\ntoday = clock.today()\ncontent.limit('small_group')\n",
    )
    plant(tmp_path, CLOCK, "def now():\n    return timezone.now()\n")
    assert check(tmp_path) == []


def test_every_outermost_handler_still_exists() -> None:
    assert [name for name in OUTERMOST if not (ROOT / name).exists()] == []
