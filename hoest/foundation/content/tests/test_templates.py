"""Templates reach labels and explanations through tags."""

from __future__ import annotations

from django.template import Context, Template
from django.utils import translation

from hoest.foundation.content.apps import explain_term
from hoest.ui import glossary


def render(source: str, **values: object) -> str:
    return Template("{% load content %}" + source).render(Context(values))


def test_a_label_and_its_line_are_written_in_the_readers_language() -> None:
    source = '{{ code|label:"phase" }} · {{ code|about:"phase" }}'
    with translation.override("da"):
        assert render(source, code="idea").startswith("Idé · Nogen har set")
    with translation.override("en"):
        assert render(source, code="idea").startswith("Idea · Somebody saw")


def test_no_value_is_empty_and_an_unknown_code_shows_as_itself() -> None:
    assert render('[{{ code|label:"phase" }}{{ code|about:"phase" }}]', code=None) == "[]"
    assert render('{{ code|label:"phase" }}', code="ferie") == "ferie"
    assert render('[{{ code|about:"phase" }}]', code="ferie") == "[]"


def test_a_term_is_explained_in_everyday_words_first() -> None:
    with translation.override("da"):
        text = explain_term("net_proceeds")
    assert text is not None
    assert text.startswith("Provenu: penge tilbage til kassen. Provenuet er")
    assert explain_term("ferie") is None


def test_the_look_finds_its_explanations_here() -> None:
    with translation.override("da"):
        assert glossary.explain("gate") == explain_term("gate")
        assert glossary.explain("ferie") is None
