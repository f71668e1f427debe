"""The words of a page are found in what it says, in every form, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.template import engines

from hoest.ui import page_words
from hoest.ui.page_words import Explained, index, text_of, words_in

ENTRIES = [
    Explained("benefit", "gevinst", "noget bedre", "En forbedring.", ("gevinst", "gevinsten")),
    Explained("in_hand", "i hånden", "hentet", "Besluttet.", ("i hånden",)),
    Explained("harvest", "indhøstning", "at hente", "Beslutning.", ("indhøstning", "høst")),
    Explained("board", "ældreråd", "rådet", "Et råd.", ("ældreråd",)),
]


@pytest.fixture(autouse=True)
def small_list() -> Iterator[None]:
    """A word list of four words, and the real one again afterwards."""
    from hoest.foundation.content.page_words import index_of_reader

    page_words.set_words(lambda: index(ENTRIES))
    yield
    page_words.set_words(index_of_reader)


def codes(html: str) -> list[str]:
    """Return the codes of the words found."""
    return [one.entry.code for one in words_in(html)]


def test_a_word_is_found_in_any_form_and_case():
    assert codes("<p>Gevinsten er stor</p>") == ["benefit"]
    assert words_in("<p>GEVINST og gevinsten</p>")[0].forms == ("gevinst", "gevinsten")


def test_a_word_of_several_words_is_found_over_lines_and_tags():
    assert codes("<p>fuglen er i\n   <b>hånden</b></p>") == ["in_hand"]
    assert codes("<p>pi hånden, i håndende</p>") == []


def test_part_of_another_word_is_no_word():
    assert codes("<p>Gevinsttræ og fælles-gevinst</p>") == []


def test_the_name_of_the_product_is_no_word():
    assert codes("<p>Høst viser det.</p>") == []
    assert codes("<p>Det er tid til høst.</p>") == ["harvest"]


def test_attributes_scripts_drawings_and_explanations_are_not_read():
    html = (
        '<p title="gevinst">x</p><script>gevinst</script><svg><title>gevinst</title></svg>'
        '<span class="term-text" popover>gevinst</span>'
    )
    assert codes(html) == []
    assert text_of("<p>a &amp; b</p>") == "a & b"


def test_words_stand_in_danish_order():
    assert codes("<p>ældreråd, gevinst, høst</p>") == ["benefit", "harvest", "board"]


def render(text: str) -> str:
    """Render a template of the look."""
    return str(engines["django"].from_string("{% load words %}" + text).render({}))


def test_the_tag_explains_after_what_it_holds():
    html = render("{% explained %}<p>Gevinsten</p>{% endexplained %}")
    assert html.startswith("<p>Gevinsten</p><details")
    assert 'data-code="benefit"' in html
    assert 'data-forms="gevinsten"' in html


def test_the_tag_adds_nothing_where_there_is_no_word_or_the_page_explains_itself():
    assert render("{% explained %}<p>Intet</p>{% endexplained %}") == "<p>Intet</p>"
    own = "<dl data-explains-itself><dt>gevinst</dt></dl>"
    assert render("{% explained %}" + own + "{% endexplained %}") == own


def test_blocks_inside_the_tag_can_be_filled():
    child = '{% extends "layout/plain.html" %}{% block content %}<p>Gevinsten</p>{% endblock %}'
    html = str(engines["django"].from_string(child).render({}))
    assert 'data-code="benefit"' in html


def test_without_a_list_nothing_is_explained():
    page_words.set_words(None)
    assert words_in("<p>gevinst</p>") == []


def test_a_page_is_read_once_however_long_the_list_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only phrases whose first word stands in the text are looked for in it."""
    many = [
        Explained(f"c{number}", f"ord {number}", "x", "X.", (f"ord{letters} i hånden",))
        for number, letters in enumerate(a + b for a in "abcdefghij" for b in "klmnopqrst")
    ]
    page_words.set_words(lambda: index([*ENTRIES, *many]))
    read: list[str] = []
    looked_for: list[str] = []
    text_of_page, stands = page_words.text_of, page_words._stands
    monkeypatch.setattr(page_words, "text_of", lambda html: read.append(html) or text_of_page(html))
    monkeypatch.setattr(
        page_words,
        "_stands",
        lambda phrase, text: looked_for.append(phrase) or stands(phrase, text),
    )
    html = "<p>Gevinsten er i hånden</p>" * 1000
    assert codes(html) == ["benefit", "in_hand"]
    assert len(read) == 1
    assert looked_for == ["i hånden"]
