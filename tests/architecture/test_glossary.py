"""Every domain word on a page is in the glossary, and the hard ones are explained where they stand.

The rule, so that it can be followed:

1. A word that contains a glossary *stem* (`gevinst`, `baseline` …) must be one of the glossary's
   forms. A new compound is thereby a word to explain or to avoid.
2. A term component names a code that the glossary has.
3. A template that uses a word marked *hard* has the term component for it. A fragment that always
   stands on a page where the word is explained says so:
   ``{# explained: price_level in reporting/account.html #}``, and that template must explain it.
4. The pages written from content are fresh.

Source: architecture §7; requirements K-08 and Q-02.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from hoest.config.commands.docs import command
from hoest.config.reference import PAGES
from hoest.foundation import content
from hoest.foundation.content.files import SHIPPED, read_yaml
from tests.architecture.texts import messages, source, templates, translated
from tests.architecture.trees import ROOT, place, plant

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
TERM_TAG = re.compile(r"<c-term\b[^>]*?\bcode=[\"']([^\"']*)[\"']|\{% *explanation +[\"']([^\"']*)")
EXPLAINED = re.compile(r"\{# *explained: *(\w+) in ([\w/.-]+) *#\}")


@cache
def stems() -> tuple[str, ...]:
    """Return the strings that mark a domain word."""
    entries = read_yaml(SHIPPED / "glossary.yaml").values()
    return tuple(entry["stem"] for entry in entries if "stem" in entry)


@cache
def forms() -> frozenset[str]:
    """Return every single Danish word that the glossary covers, in lower case."""
    covered = (form for word in content.terms("da") for form in word.forms)
    return frozenset(part.casefold() for form in covered for part in WORD.findall(form))


def unexplained_words(root: Path) -> list[str]:
    """Find words on pages that contain a stem and are in no form of the glossary."""
    return [
        f"{where}: {word}"
        for where, text in messages(root)
        for word in WORD.findall(text)
        if any(stem in word.casefold() for stem in stems()) and word.casefold() not in forms()
    ]


def unknown_terms(root: Path) -> list[str]:
    """Find term components with a code that the glossary does not have."""
    known = {word.code for word in content.terms()}
    return [
        f"{place(root, path)}: {code}"
        for path in templates(root)
        for code in _term_codes(path)
        if code not in known and not code.startswith("{{")
    ]


def unmarked_hard_words(root: Path) -> list[str]:
    """Find templates that use a hard word and neither explain it nor say where it is explained."""
    explained = {_name(path): _term_codes(path) for path in templates(root)}
    found = []
    for path in templates(root):
        if path.suffix != ".html":
            continue
        told = EXPLAINED.findall(path.read_text(encoding="utf-8"))
        elsewhere = {code for code, name in told if code in explained.get(name, [])}
        text = " ".join(" ".join(translated(source(path))).split()).casefold()
        found += [
            f"{place(root, path)}: {word.word} needs <c-term code={word.code!r}>"
            for word in content.terms("da")
            if word.hard
            and word.code not in {*_term_codes(path), *elsewhere}
            and any(_stands_in(form, text) for form in word.forms)
        ]
    return found


def _term_codes(path: Path) -> list[str]:
    return ["".join(pair) for pair in TERM_TAG.findall(source(path))]


def _name(path: Path) -> str:
    return path.as_posix().rpartition("/templates/")[2]


def _stands_in(form: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(form.casefold())}(?![\w-])", text) is not None


def test_every_domain_word_on_a_page_is_in_the_glossary() -> None:
    assert unexplained_words(ROOT) == []


def test_every_term_component_names_a_glossary_word() -> None:
    assert unknown_terms(ROOT) == []


def test_every_hard_word_is_explained_where_it_stands() -> None:
    assert unmarked_hard_words(ROOT) == []


def test_the_checks_read_texts_of_templates_and_programs() -> None:
    places = {where.rpartition(".")[2].partition(":")[0] for where, _ in messages(ROOT)}
    assert {"html", "py"} <= places
    assert len(stems()) > 15
    assert sum(word.hard for word in content.terms()) > 30


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hoest/ui/templates/a.html", '{% translate "Se gevinstpuljen" %}'),
        (
            "hoest/ui/templates/a.html",
            "{% blocktranslate %}Ny baselineprofil{% endblocktranslate %}",
        ),
        ("hoest/ui/templates/a.html", '<c-button label="{% translate "Provenukrav" %}" />'),
        ("hoest/a.py", 'x = _("Gevinstgæld")'),
        ("hoest/a.py", 'x = ngettext("%(n)s indhøstelse", "%(n)s indhøstelser", n)'),
    ],
)
def test_a_new_domain_word_is_found(name: str, text: str, tmp_path: Path) -> None:
    plant(tmp_path, name, text)
    assert unexplained_words(tmp_path) != []


def test_known_forms_other_words_and_comments_pass(tmp_path: Path) -> None:
    text = '{# gevinstpulje #}{% translate "Gevinsterne og gevinstejeren i huset" %}'
    plant(tmp_path, "hoest/ui/templates/a.html", text)
    assert unexplained_words(tmp_path) == []
    assert unmarked_hard_words(tmp_path) == []


def test_an_unknown_term_code_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "hoest/ui/templates/a.html", '<c-term code="benefit">x</c-term>')
    assert unknown_terms(tmp_path) == []
    plant(tmp_path, "hoest/ui/templates/b.html", '<c-term code="gevinst">x</c-term>')
    plant(tmp_path, "hoest/ui/templates/c.html", '{% explanation "ferie" %}')
    assert unknown_terms(tmp_path) == [
        "hoest/ui/templates/b.html: gevinst",
        "hoest/ui/templates/c.html: ferie",
    ]


def test_a_hard_word_without_explanation_is_found(tmp_path: Path) -> None:
    page, part = "hoest/ui/templates/page.html", "hoest/ui/templates/part.html"
    plant(tmp_path, page, '{% translate "Nutidsværdien er 4 mio. kr." %}')
    assert len(unmarked_hard_words(tmp_path)) == 1
    plant(
        tmp_path,
        page,
        '<c-term code="present_value">{% translate "Nutidsværdien" %}</c-term>',
    )
    assert unmarked_hard_words(tmp_path) == []
    said = "{# explained: present_value in page.html #}"
    plant(tmp_path, part, said + '{% translate "Nutidsværdi" %}')
    assert unmarked_hard_words(tmp_path) == []
    plant(tmp_path, page, '{% translate "Siden" %}')
    assert len(unmarked_hard_words(tmp_path)) == 1


def test_the_pages_written_from_content_are_fresh() -> None:
    stale = [
        file
        for file, make in PAGES.values()
        if not (ROOT / file).is_file() or (ROOT / file).read_text(encoding="utf-8") != make()
    ]
    assert stale == []


def test_the_docs_command_writes_and_notices_a_stale_page(tmp_path: Path) -> None:
    run = CliRunner().invoke
    where = ["--root", str(tmp_path)]
    assert run(command, ["all", "--check", *where]).exception is not None
    assert run(command, ["all", *where]).exit_code == 0
    assert run(command, ["all", "--check", *where]).exit_code == 0
    page = tmp_path / "GLOSSARY.md"
    page.write_text(page.read_text(encoding="utf-8") + "mere\n", encoding="utf-8")
    fault = run(command, ["glossary", "--check", *where]).exception
    assert "GLOSSARY.md er ikke frisk" in str(fault)
    assert page.read_text(encoding="utf-8").endswith("mere\n")
