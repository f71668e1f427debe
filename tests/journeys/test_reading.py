"""Reading: from the account to one benefit, as a politician, and through a list."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.support.axe import assert_accessible
from tests.support.steps import benefit_called, initiative_called
from tests.support.world import HERE, MARKERS

PageFor = Callable[..., Page]
# Words of acts; a reader who may not act meets none of them.
ACTS = re.compile("^(Ret|Opret|Registrér|Tag gevinsten|Vælg gevinstejer|Skift fase|Indlæs)")


def test_a_figure_of_the_account_leads_to_its_rows_and_on_to_the_benefit(
    page_for: PageFor,
) -> None:
    page = page_for("executive", width=360)
    page.goto("/hoestregnskab/")
    told = page.get_by_role("heading", level=1).inner_text()
    assert re.search(r"\d", told), told
    page.locator(".harvest-narrow a[href*='trin=measured']").first.click()
    page.wait_for_url("**/hoestregnskab/raekker/**")
    expect(page.locator("main tbody tr")).to_have_count(1)
    assert_accessible(page, "rows")
    page.locator("main").get_by_role("link", name=re.compile("Lavere indkøb")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(benefit_called("Lavere").title)
    expect(page.locator(".ladder-rung.is-present")).to_contain_text("Målt")
    assert_accessible(page, "benefit")
    page.locator(".breadcrumbs, nav").get_by_role("link", name="Digital hjemmetræning").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Digital hjemmetræning")
    assert_accessible(page)


def test_a_politician_reads_everything_and_can_change_nothing(page_for: PageFor) -> None:
    page = page_for("politician", width=768)
    benefit, initiative = benefit_called("Lavere"), initiative_called("Digital")
    for path in (
        "/hoestregnskab/",
        "/hoestregnskab/raekker/",
        "/portefoelje/",
        f"/portefoelje/{initiative.pk}/",
        "/gevinster/",
        f"/gevinster/{benefit.pk}/",
        f"/business-cases/{initiative.pk}/",
    ):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        main = page.locator("main")
        expect(main.get_by_role("link", name=ACTS)).to_have_count(0)
        expect(main.get_by_role("button", name=ACTS)).to_have_count(0)
        posts = main.locator("form[method=post]:not([action*='/lister/'])")
        expect(posts).to_have_count(0)
    for path in (f"/gevinster/{benefit.pk}/maaling/", f"/portefoelje/{initiative.pk}/ret/"):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 403, path
        expect(page.get_by_role("heading", level=1)).to_have_text("Det har du ikke lov til")
    assert_accessible(page, "403")


def test_a_politician_finds_what_is_in_hand_in_her_committees_area(page_for: PageFor) -> None:
    page = page_for("politician", width=768)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Intet venter på dig i denne uge.")
    page.get_by_role("link", name="Se hele høstregnskabet").click()
    chosen = page.locator("main form select[name=udvalg]")
    chosen.select_option(label=f"Sundhedsudvalget {MARKERS[HERE]}")
    page.locator("main form").get_by_role("button", name="Vis", exact=True).first.click()
    page.wait_for_url("**udvalg=**")
    rung = page.locator("table.rungs tr", has_text="I hånden")
    rung.get_by_role("link").first.click()
    page.wait_for_url("**/hoestregnskab/raekker/**")
    expect(page.locator("main tbody tr")).to_have_count(1)
    expect(page.locator("main tbody")).to_contain_text("Mindre vikarforbrug")
    assert_accessible(page, "what is in hand for a committee")


def test_a_filter_is_a_sentence_that_is_saved_found_again_and_removed(page_for: PageFor) -> None:
    page = page_for("portfolio_manager")
    page.goto("/portefoelje/")
    page.locator("main .filter-sentence").get_by_label("fase", exact=False).select_option(
        "execution"
    )
    page.get_by_role("button", name="Vis", exact=True).click()
    page.wait_for_load_state("networkidle")
    rows = page.locator("main tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(f"Fælles skærmbesøg {MARKERS[HERE]}")
    assert "phase=execution" in page.url
    page.locator("main details.overflow > summary").click()
    page.get_by_label("Gem denne visning som").fill("I gang lige nu")
    page.get_by_role("button", name="Gem visningen").click()
    expect(page.locator("#messages")).to_contain_text("I gang lige nu")
    page.goto("/portefoelje/")
    page.locator("main details.overflow > summary").click()
    page.get_by_role("link", name="I gang lige nu").click()
    expect(page.locator("main tbody tr")).to_have_count(1)
    assert_accessible(page)
