"""Reads the texts that a person can meet out of templates and Python files."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from tests.architecture.trees import constant, files, parsed, place, python_files

COMMENT = re.compile(r"\{#.*?#\}|\{% *comment\b.*?\{% *endcomment *%\}|<!--.*?-->", re.DOTALL)
BLOCK = re.compile(
    r"\{% *blocktrans(?:late)?\b[^%]*%\}(.*?)\{% *endblocktrans(?:late)? *%\}", re.DOTALL
)
LITERAL = re.compile(r"""(?:\{% *trans(?:late)? +|\b_\()(?:"([^"]*)"|'([^']*)')""")
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
SCRIPT = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
MARKUP = re.compile(r"<[^>]*>", re.DOTALL)
SPOKEN = "aria-label|alt|title|placeholder|label|what|example|why|caption|action_label|text"
ATTRIBUTE = re.compile(rf"""\s(?:{SPOKEN})=(?:"([^"]*)"|'([^']*)')""")
WORD = re.compile(r"[A-Za-zÆØÅæøåÉé]{2,}")
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "_n"}


# The gallery shows the components with invented samples, faults included; nobody works with it.
SAMPLES = "gallery"


def templates(root: Path) -> Iterator[Path]:
    """Yield the templates of pages, fragments, components and mails; the gallery's are left out."""
    for path in files(root, ".html", ".txt", under="hoest"):
        if "templates" in path.parts and not path.name.startswith(SAMPLES):
            yield path


def source(path: Path) -> str:
    """Return a template without its comments."""
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def translated(template: str) -> list[str]:
    """Return the texts that a template gives to translation."""
    blocks = [TAG.sub(" ", block) for block in BLOCK.findall(template)]
    outside = BLOCK.sub(" ", template)
    return [*blocks, *("".join(pair) for pair in LITERAL.findall(outside))]


def untranslated(template: str) -> list[str]:
    """Return the words of a template that no translation reaches: text and spoken attributes."""
    rest = TAG.sub(" ", BLOCK.sub(" ", SCRIPT.sub(" ", template)))
    attributes = ["".join(pair) for pair in ATTRIBUTE.findall(rest)]
    text = unescape(MARKUP.sub(" ", rest))
    return [word for part in (text, *attributes) for word in WORD.findall(part)]


def messages(root: Path) -> Iterator[tuple[str, str]]:
    """Yield (place, text) for every text of the program: templates first, then Python."""
    for path in templates(root):
        for text in translated(source(path)):
            yield place(root, path), text
    for path in python_files(root):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                if name in GETTEXT:
                    for argument in node.args:
                        text = constant(argument)
                        if text is not None:
                            yield place(root, path, node), text
