"""The documentation is judged like code: links lead somewhere, commands exist, subjects are told.

Source: architecture §8 (docs), Datasette's tests that check the docs.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from hoest.config.cli import hoest
from tests.architecture.trees import ROOT, constant, files, parsed, place, plant

ROOT_PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "GLOSSARY.md")
DECISION_LINES = 60
SUBJECT_HEADINGS = ("## Words", "## Picture", "## Acts", "## Numbers")
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)[^)]*\)")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
COMMAND = re.compile(r"(?:^|[\s`$/])(hoest|make) +((?:--?)?[a-z][\w=-]*[^\n`]*)")

Check = Callable[[Path], list[str]]


def pages(root: Path) -> Iterator[Path]:
    """Yield every Markdown page of the project."""
    yield from (root / name for name in ROOT_PAGES if (root / name).is_file())
    yield from files(root, ".md", under="docs")
    yield from files(root, ".md", under="ops")


def broken_links(root: Path) -> list[str]:
    """Find links to files or headings that do not exist."""
    found = []
    for page in pages(root):
        text = CODE.sub("", FENCE.sub("", page.read_text(encoding="utf-8")))
        for link in LINK.findall(text):
            if re.match(r"[a-z]+:", link):
                continue
            file, _, anchor = link.partition("#")
            target = (page.parent / file).resolve() if file else page
            if not target.exists() or (anchor and anchor not in _anchors(target)):
                found.append(f"{place(root, page)}: {link}")
    return found


def unknown_commands(root: Path) -> list[str]:
    """Find commands, options and make targets that a page names and nobody made."""
    targets = _make_targets(root)
    found = []
    for page in pages(root):
        for tool, words in _commands(page.read_text(encoding="utf-8")):
            name = words.split()[0]
            fault = _unknown_hoest(words.split()) if tool == "hoest" else name not in targets
            if fault:
                found.append(f"{place(root, page)}: {tool} {words.strip()}")
    return found


def untold_subjects(root: Path) -> list[str]:
    """Find subjects without a page, or whose page lacks a heading or one of its permissions."""
    found = []
    for folder in sorted((root / "hoest/domain").glob("*/__init__.py")):
        subject = folder.parent.name
        page = root / f"docs/reference/{subject}.md"
        if not page.is_file():
            found.append(f"{subject} has no page docs/reference/{subject}.md")
            continue
        text = page.read_text(encoding="utf-8")
        lacks = [one for one in SUBJECT_HEADINGS if one not in text]
        lacks += [code for code in _permissions(folder.parent) if f"`{code}`" not in text]
        found += [f"docs/reference/{subject}.md lacks {one}" for one in lacks]
    return found


def untold_methods(root: Path) -> list[str]:
    """Find engine folders without a method page."""
    return [
        f"hoest/engine/{folder.parent.name} has no page in docs/reference/methods"
        for folder in sorted((root / "hoest/engine").glob("*/__init__.py"))
        if not (root / f"docs/reference/methods/{folder.parent.name.replace('_', '-')}.md").exists()
    ]


def long_decisions(root: Path) -> list[str]:
    """Find decisions that are longer than a page, or out of their number."""
    found = []
    for page in files(root, ".md", under="docs/decisions"):
        lines = page.read_text(encoding="utf-8").splitlines()
        number = re.match(r"(\d{4})-", page.name)
        if len(lines) > DECISION_LINES:
            found.append(f"{place(root, page)} has {len(lines)} lines")
        if number is None or not lines[0].startswith(f"# {int(number[1])}. "):
            found.append(f"{place(root, page)} does not begin with its number")
    return found


def unlisted_pages(root: Path) -> list[str]:
    """Find pages that no link leads to, beginning at README.md."""
    reached: set[Path] = set()
    waiting = [root / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or not page.is_file():
            continue
        reached.add(page)
        for link in LINK.findall(page.read_text(encoding="utf-8")):
            target = (page.parent / link.partition("#")[0]).resolve()
            if target.suffix == ".md":
                waiting.append(target)
    return [place(root, page) for page in pages(root) if page.resolve() not in reached]


def _commands(text: str) -> Iterator[tuple[str, str]]:
    shown = [*FENCE.findall(text), *CODE.findall(FENCE.sub("", text))]
    for block in shown:
        if block.startswith("```") and not block.startswith(("```sh", "```console", "```bash")):
            continue
        for line in block.splitlines():
            yield from COMMAND.findall(line.split(" #", 1)[0])


def _unknown_hoest(words: list[str]) -> bool:
    command: click.Command = hoest
    for word in words:
        word = word.strip("`,.;:")
        if word.startswith("-"):
            flag = word.partition("=")[0]
            known = {opt for one in command.params for opt in (*one.opts, *one.secondary_opts)}
            if flag not in known | {"--help", "-h", "-"}:
                return True
        elif isinstance(command, click.Group):
            found = command.get_command(click.Context(command), word)
            if found is None:
                return True
            command = found
    return False


def _make_targets(root: Path) -> set[str]:
    makefile = root / "Makefile"
    text = makefile.read_text(encoding="utf-8") if makefile.is_file() else ""
    return set(re.findall(r"^([a-z][\w-]*):", text, re.MULTILINE))


def _permissions(subject: Path) -> list[str]:
    file = subject / "permissions.py"
    if not file.is_file():
        return []
    calls = (node for node in ast.walk(parsed(file)) if isinstance(node, ast.Call))
    codes = (constant(call.args[0]) for call in calls if _is_permission(call) and call.args)
    return [code for code in codes if code is not None]


def _is_permission(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "permission"


def _anchors(page: Path) -> set[str]:
    headings = HEADING.findall(FENCE.sub("", page.read_text(encoding="utf-8")))
    kept = (re.sub(r"[^\w\- ]", "", title.strip().lower()) for title in headings)
    return {title.replace(" ", "-") for title in kept}


CHECKS: tuple[Check, ...] = (
    broken_links,
    unknown_commands,
    untold_subjects,
    untold_methods,
    long_decisions,
    unlisted_pages,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_documentation_holds(check: Check) -> None:
    assert check(ROOT) == []


def test_the_checks_read_pages_and_commands() -> None:
    assert len(list(pages(ROOT))) > 15
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {"start", "test"} <= {words.split()[0] for tool, words in _commands(readme)}


def test_what_runs_on_a_clean_checkout_is_the_readmes_test_command() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert script[-1] == "make test"
    assert "make test" in [f"{tool} {words.split()[0]}" for tool, words in _commands(readme)]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Give a small project whose documentation holds."""
    plant(tmp_path, "Makefile", "start: install\n\t@hoest start\n")
    plant(
        tmp_path,
        "README.md",
        "# A\n\n## Et øjeblik\n\n[b](docs/b.md#to-tre) [c](#et-øjeblik) [d](https://x.dk)\n"
        "[e](docs/reference/benefits.md)\n[g](docs/decisions/0001-a.md)\n"
        "[h](docs/reference/methods/cash-flow.md)\n\n"
        "```sh\nmake start\n$ .venv/bin/hoest start --port 8001\n"
        "HOEST_DATA=x hoest backup f\n```\n",
    )
    plant(tmp_path, "docs/b.md", "# B\n\n## To, tre\n\nSkriv `hoest docs glossary --check`.\n")
    plant(tmp_path, "docs/decisions/0001-a.md", "# 1. A\n" + "x\n" * 59)
    plant(tmp_path, "hoest/domain/benefits/__init__.py", "")
    plant(tmp_path, "hoest/domain/benefits/permissions.py", 'A = permission("benefits.see", "x")')
    page = "\n\n".join(SUBJECT_HEADINGS) + "\n`benefits.see`\n"
    plant(tmp_path, "docs/reference/benefits.md", page)
    plant(tmp_path, "hoest/engine/cash_flow/__init__.py", "")
    plant(tmp_path, "docs/reference/methods/cash-flow.md", "# M\n")
    return tmp_path


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_project_that_holds_passes(check: Check, small: Path) -> None:
    assert check(small) == []


@pytest.mark.parametrize(
    ("check", "name", "text"),
    [
        (broken_links, "docs/b.md", "[x](findes-ikke.md)"),
        (broken_links, "docs/b.md", "![x](../images/a.png)"),
        (broken_links, "docs/b.md", "[x](../README.md#findes-ikke)"),
        (unknown_commands, "docs/b.md", "```sh\nhoest pløj\n```"),
        (unknown_commands, "docs/b.md", "Kør `hoest harvest`."),
        (unknown_commands, "docs/b.md", "Kør `hoest docs ordbog`."),
        (unknown_commands, "docs/b.md", "Kør `hoest start --havn 8001`."),
        (unknown_commands, "docs/b.md", "Kør `make hø`."),
        (unknown_commands, "docs/b.md", "Kør `make begynd`."),
        (untold_subjects, "hoest/domain/portfolio/__init__.py", ""),
        (untold_subjects, "docs/reference/benefits.md", "\n".join(SUBJECT_HEADINGS)),
        (untold_subjects, "docs/reference/benefits.md", "## Words\n`benefits.see`"),
        (untold_methods, "hoest/engine/effects/__init__.py", ""),
        (long_decisions, "docs/decisions/0001-a.md", "# 1. A\n" + "x\n" * 60),
        (long_decisions, "docs/decisions/0002-b.md", "# 1. B\n"),
        (long_decisions, "docs/decisions/noget.md", "# Noget\n"),
        (unlisted_pages, "docs/explanation/glemt.md", "# Glemt\n"),
    ],
)
def test_an_offence_is_found(check: Check, name: str, text: str, small: Path) -> None:
    plant(small, name, text)
    assert check(small) != []
