"""Every domain word in what a page says is explained on that page, whatever the template did.

Each address is read as a person who may see it. From headings, labels, table heads and running
text (not what somebody typed into a field) every form of a glossary word is searched with a
pattern per word: another way than the page's own. For each word found the page must either carry a
term of it or explain it in the list at its foot; both can be reached by keyboard and touch.

Source: architecture §7 and requirement Q-02.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest

from hoest.foundation import content
from tests.support.addresses import Address, all_addresses

# Pages that explain no words of theirs, and why.
EXCEPTIONS = {
    "organisations:glossary": "is the word list itself",
}
READERS = ("portfolio_manager", "controller", "administrator", "benefit_owner")
SAYING = {"h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "th", "label", "legend", "caption"}
SAYING |= {"summary", "figcaption"}
SILENT = {"script", "style", "svg", "option", "textarea", "template"}
VOID = {"input", "br", "img", "hr", "link", "meta", "use", "path", "source", "wbr", "col"}
ALL = [pytest.param(one, id=one.name) for one in all_addresses() if one.access != "everybody"]


class Reader(HTMLParser):
    """Reads what the main part of a page says, and which words it explains."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.stack: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.explained: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go into an element, and note what it explains."""
        given = dict(attrs)
        code = given.get("data-term") or (given.get("data-code") if self._in("page-words") else "")
        if code:
            self.explained.add(code)
        if tag not in VOID:
            self.stack.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        """Come out of an element."""
        while self.stack:
            if self.stack.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        """Keep text that stands in something that says something."""
        tags = {tag for tag, _given in self.stack}
        if "main" not in tags or not tags & SAYING or tags & SILENT:
            return
        if any("hidden" in given for _tag, given in self.stack):
            return
        if self._in("page-words") or self._in("term-text"):
            return
        self.said.append(data)

    def _in(self, name: str) -> bool:
        return any(name in (given.get("class") or "").split() for _tag, given in self.stack)


@cache
def patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Return a pattern per word of the glossary, with all its forms."""
    return [
        (
            word.code,
            re.compile(
                r"(?<![\w-])(?:" + "|".join(map(re.escape, word.forms)) + r")(?![\w-])", re.I
            ),
        )
        for word in content.terms("da")
    ]


def words_of(reader: Reader) -> set[str]:
    """Return the codes of the glossary words that a page says."""
    text = re.sub(r"\bHøst\b", " ", " ".join(" ".join(reader.said).split()))
    return {code for code, pattern in patterns() if pattern.search(text)}


def pages_of(address: Address, organisation: int, client_for: Callable[..., Any]) -> Iterator[str]:
    """Yield the page at an address, as the first reader who may see it."""
    path = address.path(organisation)
    for role in READERS:
        answer = client_for(role).get(path)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            if b"<html" in answer.content:
                yield answer.content.decode()
            return


@pytest.fixture
def full(here: int) -> int:
    """Our municipality in every state a page can be in."""
    from tests.support.world import HERE
    from tests.tenancy.house import furnish

    furnish(HERE)
    return here


def test_every_domain_word_on_every_page_is_explained_there(full, client_for):
    wrong, seen, words = [], 0, set()
    for param in ALL:
        (address,) = param.values
        for html in pages_of(address, full, client_for):
            reader = Reader(html)
            said = words_of(reader)
            seen, words = seen + 1, words | said
            if address.name not in EXCEPTIONS and said - reader.explained:
                wrong.append(f"{address.name}: {sorted(said - reader.explained)}")
    assert not wrong, "\n".join(wrong)
    assert seen > 40, "too few pages were read"
    assert len(words) > 40, "too few words were found"


def test_an_exception_is_still_a_page_and_still_needed(full, client_for):
    addresses = {one.name: one for one in all_addresses()}
    for name in EXCEPTIONS:
        (html,) = pages_of(addresses[name], full, client_for)
        reader = Reader(html)
        assert words_of(reader) - reader.explained, name


@pytest.mark.parametrize(
    ("html", "unexplained"),
    [
        ("<main><p>Gevinsterne er målt.</p></main>", {"benefit", "measurement"}),
        ("<main><label>Gevinstejer</label></main>", {"benefit_owner"}),
        ("<main><th>Pris- og lønniveau</th></main>", {"price_level"}),
        ('<main><p><button data-term="benefit">Gevinst</button></p></main>', set()),
        (
            '<main><h2>Gevinst</h2><details class="page-words"><dl><div data-code="benefit">'
            "<dt>x</dt></div></dl></details></main>",
            set(),
        ),
        ("<main><select><option>Gevinst</option></select></main>", set()),
        ("<nav><p>Gevinst</p></nav>", set()),
        ("<main><p>Høst følger med.</p></main>", set()),
        ("<main><p>Det er høst.</p></main>", {"harvesting"}),
    ],
)
def test_the_test_finds_what_is_not_explained(html, unexplained):
    reader = Reader(html)
    assert words_of(reader) - reader.explained == unexplained
