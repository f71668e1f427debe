"""The domain words of a page can be opened by keyboard, by touch, and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.axe import findings

PAGE = "/hjaelp/stigen/"
MARKED = "main .term[data-term]"


def test_a_word_in_the_text_opens_its_explanation_by_keyboard(page_for):
    page = page_for("executive")
    page.goto(PAGE)
    word = page.locator('main .term[data-term="rung"]')
    expect(word).to_have_count(1)
    word.focus()
    explained = page.locator("#forklaring-rung")
    expect(explained).to_be_hidden()
    page.keyboard.press("Enter")
    expect(explained).to_be_visible()
    expect(explained).to_contain_text("høststigen")
    page.keyboard.press("Escape")
    expect(explained).to_be_hidden()
    expect(word).to_be_focused()


def test_a_word_in_the_text_opens_by_a_tap_on_a_phone(page_for):
    page = page_for("executive", width=360)
    page.goto(PAGE)
    page.locator('main .term[data-term="benefit"]').tap()
    explained = page.locator("#forklaring-benefit")
    expect(explained).to_be_visible()
    box = explained.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360


@pytest.mark.parametrize("width", [360, 1280])
def test_each_word_is_marked_once_and_none_in_links_or_buttons(page_for, width):
    page = page_for("executive", width=width)
    for path in (PAGE, "/hoestregnskab/", "/hjaelp/tal/"):
        page.goto(path)
        codes = page.eval_on_selector_all(MARKED, "all => all.map((e) => e.dataset.term)")
        assert len(codes) > 3, path
        assert len(codes) == len(set(codes)), path
        assert page.locator("a .term, button .term, label .term, h1 .term").count() == 0, path
        assert findings(page)["violations"] == [], path


def test_the_words_stand_at_the_foot_without_javascript(page_for):
    page = page_for("executive", javascript=False)
    page.goto(PAGE)
    assert page.locator(MARKED).count() == 0
    foot = page.locator("#page-words")
    foot.locator("summary").click()
    expect(foot.locator("[data-code=rung] dd")).to_be_visible()
