"""The components as markup: what assistive technology and a browser without JavaScript meet."""

from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.paginator import Paginator
from django.shortcuts import render
from django.template import engines
from django.test import RequestFactory

from hoest import ui
from hoest.ui import glossary, icons
from hoest.ui.gallery import MeasurementForm
from hoest.ui.gallery_examples import LADDER
from hoest.ui.messages import level_of, tell, ways_of

LOAD = "{% load i18n ui danish %}"


def html(template: str, path: str = "/", **context) -> str:
    from django_cotton.compiler_regex import CottonCompiler

    source = CottonCompiler().process(LOAD + template)
    request = RequestFactory().get(path)
    return engines["django"].from_string(source).render(context, request)


@pytest.fixture
def words():
    before = glossary._lookup
    glossary.set_lookup({"baseline": "Tallet, før noget blev ændret."}.get)
    yield
    glossary.set_lookup(before)


def test_a_term_carries_its_explanation_and_no_space_after_it(words):
    said = html('En <c-term code="baseline">baseline</c-term>.')
    assert 'popovertarget="term-1"' in said
    assert 'id="term-1" popover>Tallet, før noget blev ændret.</span>.' in said


def test_the_same_term_twice_has_two_ids(words):
    said = html('<c-term code="baseline">a</c-term><c-term code="baseline">b</c-term>')
    assert said.count('id="term-1"') == said.count('id="term-2"') == 1


def test_a_term_nobody_explained_is_the_word_alone(words):
    assert html('<c-term code="ukendt">ord</c-term>.') == "<span>ord</span>."


def test_a_faulty_field_says_so_and_points_to_its_error():
    form = MeasurementForm({"value": "1.5"})
    said = html('<c-field :field="form.value" suffix="minutter" inputmode="decimal" />', form=form)
    assert 'aria-invalid="true"' in said
    assert 'aria-describedby="id_value-error id_value-hint"' in said
    assert 'id="id_value-error"' in said
    assert "Skriv et tal med komma" in said
    assert 'inputmode="decimal"' in said
    assert 'value="1.5"' in said


def test_a_field_that_may_be_left_out_says_so():
    assert "kan udelades" in html('<c-field :field="f.note" />', f=MeasurementForm())
    assert "kan udelades" not in html('<c-field :field="f.value" />', f=MeasurementForm())


def test_choices_are_a_group_with_a_legend_and_labels():
    said = html('<c-field :field="f.units" />', f=MeasurementForm({"units": ["south"]}))
    assert "<fieldset" in said
    assert "<legend" in said
    assert said.count("<label for=") == 2
    assert said.count(" checked") == 1


def test_the_summary_of_errors_links_to_every_faulty_field():
    form = MeasurementForm({"value": "to"})
    said = html('<c-form-errors :form="form" />', form=form)
    assert "Der er 5 felter at rette" in said
    for target in ("#id_value", "#id_method", "#id_kind-group", "#id_units-group"):
        assert f'href="{target}"' in said
        assert f'id="{target[1:]}"' in "".join(
            html('<c-field :field="f" />', f=form[name])
            for name in ("value", "method", "kind", "units")
        )


def test_a_form_without_errors_has_no_summary():
    assert html('<c-form-errors :form="form" />', form=forms.Form({})).strip() == ""


def test_the_small_ladder_has_words_for_those_who_do_not_see_it():
    said = html('<c-ladder-small rung="2" label="I brug" />')
    assert said.count('class="reached"') == 3
    assert "I brug" in said
    assert ", trin 2 af 5" in said


def test_a_lapsed_small_ladder_lights_no_step():
    said = html('<c-ladder-small rung="4" label="Bortfaldet" lapsed="1" />')
    assert 'class="reached"' not in said
    assert "gevinsten er opgivet" in said


def test_the_large_ladder_marks_the_present_rung_and_offers_the_missing_fact():
    said = html('<c-ladder :rungs="rungs" />', rungs=LADDER)
    assert said.count('aria-current="step"') == 1
    assert "her står gevinsten nu" in said
    assert 'href="#registrer"' in said
    assert "Registrér måling" in said
    assert said.count("Mangler") == 1
    assert "9.\xa0januar 2026" in said


def test_a_figure_without_source_admits_it():
    assert "kilde mangler" in html('<c-figure value="4,1" unit="mio. kr." />')
    assert "ikke kendt" in html('<c-figure value="" source="x" />')


def test_a_figure_shows_range_price_level_and_where_it_comes_from():
    said = html(
        '<c-figure value="4,1" unit="mio. kr." low="3,2" high="5,0" price_level="2026-priser"'
        ' source="business case" source_href="/k/" />'
    )
    for part in ("4,1\xa0mio. kr.".replace("\xa0", "&nbsp;"), "(3,2–5,0)", "2026-priser", "/k/"):
        assert part in said


def test_a_message_with_a_way_back_posts_to_it():
    said = html('<c-message level="success" undo_url="/fortryd/">Gemt.</c-message>')
    assert 'method="post" action="/fortryd/"' in said
    assert "csrfmiddlewaretoken" in said
    assert "Fortryd" in said
    assert "<form" not in html('<c-message level="success">Gemt.</c-message>')


def test_an_error_message_is_announced_at_once():
    assert 'role="alert"' in html('<c-message level="error">Ikke gemt.</c-message>')


def test_the_way_back_travels_with_the_message():
    request = RequestFactory().get("/")
    request._messages = CookieStorage(request)
    tell(request, "Gemt.", undo_url="/fortryd/7/")
    tell(request, "Pas på.", level="warning")
    first, second = get_messages(request)
    tell(request, "Gemt.", next_url="/naeste/?tilbage=/", next_label="Næste måling: a & b")
    third = [*get_messages(request)][-1]
    assert (ways_of(first), level_of(first)) == ({"undo": "/fortryd/7/"}, "success")
    assert (ways_of(second), level_of(second)) == ({}, "warning")
    assert ways_of(third) == {"next": "/naeste/?tilbage=/", "label": "Næste måling: a & b"}


def test_turning_a_page_keeps_the_filters():
    said = html(
        '<c-pagination :page="page" />', "/?trin=ejet&page=3", page=Paginator(range(90), 10).page(3)
    )
    assert "Side 3 af 9" in said
    assert 'rel="prev" href="?trin=ejet&amp;page=2"' in said
    assert 'rel="next" href="?trin=ejet&amp;page=4"' in said


def test_one_page_has_nothing_to_turn():
    page = Paginator(range(3), 10).page(1)
    assert html('<c-pagination :page="page" />', page=page).strip() == ""


def test_a_table_can_be_reached_and_scrolled_from_the_keyboard():
    said = html('<c-table-wrap label="Gevinster"><table></table></c-table-wrap>')
    assert 'role="region" tabindex="0" aria-label="Gevinster"' in said


def test_an_empty_state_teaches_in_three_lines():
    said = html(
        '<c-empty what="Her kommer gevinster." example="11 minutter" why="Så kan de måles."'
        ' action_label="Opret en gevinst" action_url="/ny/" />'
    )
    for part in ("Her kommer gevinster.", "11 minutter", "Så kan de måles.", 'href="/ny/"'):
        assert part in said


def test_why_lists_the_facts_in_order():
    facts = [{"text": "Først", "date": date(2026, 1, 2)}, {"text": "Så", "href": "/ret/"}]
    said = html('<c-why :facts="facts" />', facts=facts)
    assert said.index("Først") < said.index("Så")
    assert "<details" in said
    assert 'href="/ret/"' in said


def test_every_sign_is_hidden_from_screen_readers():
    for name in icons.PATHS:
        assert 'aria-hidden="true"' in icons.icon(name)
    with pytest.raises(KeyError):
        icons.icon("findes-ikke")


@pytest.mark.parametrize("page", ["400", "403", "404", "409", "422", "500", "503"])
def test_an_error_page_says_what_happened_that_nothing_is_lost_and_what_to_do(page):
    said = render(RequestFactory().get("/"), f"{page}.html").content.decode()
    assert "<h1" in said
    assert any(word in said for word in ("Intet", "intet", "er der stadig", "Begge udgaver"))
    assert any(word in said for word in ("prøv igen", "Gå til forsiden", "Prøv igen"))
    assert "<style" not in said
    assert "style=" not in said


@pytest.mark.parametrize("page", ["500.html", "503.html"])
def test_the_last_pages_stand_without_request_context_or_other_templates(page):
    source = engines["django"].get_template(page).template.source
    for tag in ("{% extends", "{% include", "{% static", "{% url", "<c-"):
        assert tag not in source
    assert "<h1" in engines["django"].get_template(page).render()


def test_the_layout_shows_a_message_with_its_level_and_its_way_back():
    request = RequestFactory().get("/")
    request._messages = CookieStorage(request)
    tell(request, "Gemt.", undo_url="/fortryd/7/?a=1&b=2")
    tell(request, "Pas på.", level="warning")
    said = render(
        request, "layout/messages.html", {"messages": get_messages(request)}
    ).content.decode()
    assert 'action="/fortryd/7/?a=1&amp;b=2"' in said
    assert said.count("message-success") == said.count("message-warning") == 1


def test_a_filter_reads_as_a_sentence():
    parts = [
        {"text": "Vis"},
        {"name": "t", "label": "Type", "options": [{"value": "", "label": "alt"}]},
        {"text": ", der er"},
        {"name": "r", "label": "Trin", "options": [{"value": "m", "label": "målt"}]},
    ]
    said = html('<c-filter-sentence action="/" :parts="parts" />', parts=parts)
    assert "<span>Vis</span> <label" in said
    assert "</select><span>, der er</span> <label" in said
    assert said.count("<select") == said.count("<label") == 2


def test_a_row_on_a_phone_says_what_its_number_is():
    columns = [{"label": "Gevinst"}, {"label": "Mio. kr. om året", "number": True}]
    rows = [{"href": "/1/", "title": "A", "cells": [{"text": "2,4", "number": True}]}]
    said = html('<c-sentence-list :columns="c" :rows="r" />', c=columns, r=rows)
    assert 'data-label="mio. kr. om året"' in said


def test_a_row_on_a_phone_leaves_a_blank_out_and_says_a_days_word_first():
    columns = [{"label": "Idé"}, {"label": "Svar senest", "number": True}]
    cells = [{"text": "—", "number": True, "day": True}]
    rows = [{"href": "/1/", "title": "A", "cells": cells}]
    said = html('<c-sentence-list :columns="c" :rows="r" />', c=columns, r=rows)
    assert 'class="num day blank"' in said
    style = (Path(ui.__file__).parent / "static/ui/css/components.css").read_text()
    narrow = style.split("@media screen and (max-width: 47.99em)")[1]
    assert ".sentences td:is(.wide, .blank) { display: none; }" in narrow
    assert ".day:not(:empty)::before" in narrow


def test_a_text_with_a_word_of_its_own_has_it_before_it_on_a_phone():
    columns = [{"label": "Port"}, {"label": "Afgøres af", "said": "afgøres af"}]
    rows = [{"href": "/1/", "title": "A", "cells": [{"text": "Direktør", "named": True}]}]
    said = html('<c-sentence-list :columns="c" :rows="r" />', c=columns, r=rows)
    assert 'data-label="afgøres af" class="named"' in said
    style = (Path(ui.__file__).parent / "static/ui/css/components.css").read_text()
    narrow = style.split("@media screen and (max-width: 47.99em)")[1]
    assert ".named:not(:empty)::before" in narrow
