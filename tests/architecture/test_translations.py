"""Danish is the source and English is complete: nothing on a page stays untranslated.

The texts are collected by Django's own `makemessages` with GNU gettext, from a copy of the tree, so
the working files are not touched. Without gettext the test fails: it does not pass unseen.
Source: architecture §7.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.texts import source, templates, untranslated
from tests.architecture.trees import ROOT, parsed, place, plant, python_files

CATALOGUE = Path("hoest/locale/en/LC_MESSAGES/django.po")
IGNORED = ("tests", "migrations", "static", "locale/*/*.pot", "node_modules")
ENTRY = re.compile(r'^msgid ((?:".*"\n)+)', re.MULTILINE)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

# Words that are the same in every language and need no translation.
SAME_EVERYWHERE = {
    "Høst",
    "Dansk",
    "English",
    "kr",
    "mio",
    "XLSX",
    "CSV",
    "JSON",
    "PDF",
    "API",
    "Esc",
    "Tab",
    "Enter",
}


def collect(root: Path, room: Path) -> Path:
    """Copy a tree's texts to a room, collect its messages there, and return the English catalogue.

    Errors: `AssertionError` with what gettext or Django said.
    """
    skip = shutil.ignore_patterns("__pycache__", "static", "content", "*.mo")
    shutil.copytree(root / "hoest", room / "hoest", ignore=skip)
    (room / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
    words = ["makemessages", "--locale", "en", "--no-location", "--no-obsolete", "--no-wrap"]
    words += ["--extension", "html,txt,py"]
    for pattern in IGNORED:
        words += ["--ignore", pattern]
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-m", "django", *words],
        cwd=room / "hoest",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return room / CATALOGUE


def missing(catalogue: Path) -> list[str]:
    """Return the messages of a catalogue that have no English, or only a guessed one."""
    return _selected(catalogue, "--untranslated") + _selected(catalogue, "--only-fuzzy")


def count(catalogue: Path) -> int:
    """Return how many messages a catalogue holds."""
    return len(_selected(catalogue, "--no-obsolete"))


def broken_placeholders(catalogue: Path) -> list[str]:
    """Return the messages that gettext's own format check finds wrong."""
    done = subprocess.run(
        ["msgfmt", "--check-format", "--output-file", os.devnull, str(catalogue)],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr.splitlines() if done.returncode else []


def unwrapped(root: Path) -> list[str]:
    """Find words in templates that translation does not reach."""
    return [
        f"{place(root, path)}: {word}"
        for path in templates(root)
        if path.suffix == ".html"
        for word in untranslated(source(path))
        if word not in SAME_EVERYWHERE
    ]


def _selected(catalogue: Path, choice: str) -> list[str]:
    done = subprocess.run(
        ["msgattrib", "--no-wrap", choice, str(catalogue)],
        capture_output=True,
        text=True,
        check=True,
    )
    found = ("".join(re.findall(r'"(.*)"', text)) for text in ENTRY.findall(done.stdout))
    return [text for text in found if text]


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the English catalogue as it would be if the texts were collected now."""
    return collect(ROOT, tmp_path_factory.mktemp("texts"))


def test_every_text_has_its_english(collected: Path) -> None:
    assert count(collected) > 100
    assert missing(collected) == []


def test_placeholders_survive_translation(collected: Path) -> None:
    assert broken_placeholders(collected) == []


def test_the_compiled_catalogue_is_that_of_the_texts(tmp_path: Path) -> None:
    made = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--output-file", str(made), str(ROOT / CATALOGUE)], check=True)
    kept = (ROOT / CATALOGUE).with_suffix(".mo")
    assert kept.is_file(), "run `make messages`"
    assert kept.read_bytes() == made.read_bytes()


def test_no_template_speaks_past_translation() -> None:
    assert unwrapped(ROOT) == []


def _small(room: Path, english: str) -> Path:
    plant(room, "hoest/__init__.py", "")
    plant(room, "hoest/a.py", 'from x import _\nx = _("Gem %(n)s")\n')
    plant(room, "hoest/ui/templates/a.html", '{% load i18n %}{% translate "Måling" %}')
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    plant(room, str(CATALOGUE), head + english)
    return room


COMPLETE = (
    '#, python-format\nmsgid "Gem %(n)s"\nmsgstr "Save %(n)s"\n\n'
    'msgid "Måling"\nmsgstr "Measurement"\n'
)


def test_a_complete_catalogue_passes(tmp_path: Path) -> None:
    catalogue = collect(_small(tmp_path / "in", COMPLETE), tmp_path / "out")
    assert count(catalogue) == 2
    assert missing(catalogue) == []
    assert broken_placeholders(catalogue) == []


@pytest.mark.parametrize(
    "english",
    [
        COMPLETE.replace("Measurement", ""),
        COMPLETE.partition('msgid "Måling"')[0],
        COMPLETE.replace('msgid "Måling"', '#, fuzzy\nmsgid "Måling"'),
    ],
)
def test_a_missing_or_guessed_translation_is_found(english: str, tmp_path: Path) -> None:
    catalogue = collect(_small(tmp_path / "in", english), tmp_path / "out")
    assert missing(catalogue) == ["Måling"]


def test_without_gettext_the_texts_are_not_passed_unseen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = _small(tmp_path / "in", COMPLETE)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(AssertionError, match="gettext"):
        collect(tree, tmp_path / "out")


def test_a_lost_placeholder_is_found(tmp_path: Path) -> None:
    tree = _small(tmp_path / "in", COMPLETE.replace("Save %(n)s", "Save %(m)s"))
    assert broken_placeholders(collect(tree, tmp_path / "out")) != []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>Gem måling</p>", ["Gem", "måling"]),
        ('<input placeholder="Skriv her">', ["Skriv", "her"]),
        ('<c-empty what="Ingen gevinster" />', ["Ingen", "gevinster"]),
        ('<p class="muted">{% translate "Gem" %} {{ name }} 12 %</p>', []),
        ("{% blocktranslate trimmed %}Hej {{ name }}{% endblocktranslate %}", []),
        ('<c-why :label="cell" />', []),
        ('<a href="/om/" aria-label="{% translate "Om" %}">{# hej #}&nbsp;·</a>', []),
    ],
)
def test_text_outside_translation_is_found(text: str, words: list[str], tmp_path: Path) -> None:
    name = "hoest/ui/templates/a.html"
    plant(tmp_path, name, text)
    assert unwrapped(tmp_path) == [f"{name}: {word}" for word in words]


def aliases(root: Path) -> dict[str, list[str]]:
    """Return the names texts are marked with that the collection does not know, by file."""
    found: dict[str, list[str]] = {}
    for path in python_files(root):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
                names = [one.asname for one in node.names if one.asname and one.asname != "_"]
                if names:
                    found.setdefault(path.relative_to(root).as_posix(), []).extend(names)
    return found


def test_texts_are_marked_with_names_that_are_collected() -> None:
    assert aliases(ROOT) == {}


def test_a_name_that_is_not_collected_is_found(tmp_path: Path) -> None:
    plant(
        tmp_path,
        "hoest/words.py",
        "from django.utils.translation import gettext as _now, gettext_lazy as _\n",
    )
    assert aliases(tmp_path) == {"hoest/words.py": ["_now"]}
