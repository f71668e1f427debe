"""Writing: an initiative that saves itself, a change that meets another, a workbook with faults."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.support.axe import assert_accessible
from tests.support.states import workbook
from tests.support.steps import initiative_called
from tests.support.world import HERE, NAMES

PageFor = Callable[..., Page]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_an_initiative_is_kept_while_it_is_written_and_then_created(page_for: PageFor) -> None:
    page = page_for("portfolio_manager")
    page.goto("/portefoelje/")
    page.get_by_role("link", name="Opret initiativ").click()
    page.get_by_label("Titel").fill("Robotstøvsugere til plejehjemmene")
    status = page.locator("[data-autosave-status]")
    expect(status).to_contain_text("Gemt")
    assert_accessible(page, "kept")
    # The browser is closed in the middle; next day the draft stands there.
    later = page_for("portfolio_manager", width=360)
    later.goto("/portefoelje/ny/")
    expect(later.get_by_label("Titel")).to_have_value("Robotstøvsugere til plejehjemmene")
    expect(later.locator("main")).to_contain_text("Her står din kladde")
    later.get_by_label("Enhed").select_option(label="Hjemmepleje")
    later.get_by_role("button", name="Opret initiativet").click()
    expect(later.get_by_role("heading", level=1)).to_contain_text("Robotstøvsugere")
    expect(later.locator("main .facts")).to_contain_text("Hjemmepleje")
    later.goto("/portefoelje/ny/")
    expect(later.get_by_label("Titel")).to_have_value("")
    assert_accessible(later)


def test_two_who_change_the_same_see_both_versions_and_nothing_is_lost(page_for: PageFor) -> None:
    initiative = initiative_called("Fælles")
    first, second = page_for("portfolio_manager"), page_for("unit_leader", width=360)
    for page in (first, second):
        page.goto(f"/portefoelje/{initiative.pk}/ret/")
    first.get_by_label("Tema").fill("Den førstes tema")
    first.get_by_role("button", name="Gem rettelserne").click()
    expect(first.locator("#messages")).not_to_be_empty()
    second.get_by_label("Tema").fill("Den andens tema")
    with second.expect_response(lambda answer: answer.request.method == "POST") as sent:
        second.get_by_role("button", name="Gem rettelserne").click()
    assert sent.value.status == 409
    expect(second.locator("main")).to_contain_text("Den førstes tema")
    expect(second.locator("main")).to_contain_text("Den andens tema")
    assert initiative_called("Fælles").theme == "Den førstes tema"
    assert_accessible(second, "409")


def test_a_workbook_with_five_faults_is_mended_previewed_confirmed_and_undone(
    page_for: PageFor, jobs_run: None
) -> None:
    page = page_for("controller")
    _upload(page, workbook(NAMES[HERE], faults=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("Filen har 5 fejl. Intet er ændret.")
    expect(page.locator("main tbody tr")).to_have_count(5)
    assert_accessible(page, "faults")
    page.get_by_role("link", name="Indlæs den rettede fil").click()
    _upload(page, workbook(NAMES[HERE]))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Filen er uden fejl")
    expect(page.locator("main")).to_contain_text("2 initiativer")
    assert_accessible(page, "preview")
    page.get_by_role("button", name="Indlæs filen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Indlæst:")
    assert_accessible(page, "result")
    assert initiative_called("Skærmbesøg")
    page.get_by_role("link", name="Fortryd hele indlæsningen").click()
    assert_accessible(page, "sure?")
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Indlæsningen er fortrudt")
    page.goto("/portefoelje/?q=Sk%C3%A6rmbes%C3%B8g")
    expect(page.locator("main")).not_to_contain_text(re.compile(r"Skærmbesøg(?! ÅDAL)\b.*I1"))
    expect(
        page.locator("main tbody").get_by_role("link", name="Skærmbesøg", exact=True)
    ).to_have_count(0)
    assert_accessible(page)


def _upload(page: Page, content: bytes) -> None:
    page.goto("/regneark/")
    file = {"name": "portefølje.xlsx", "mimeType": XLSX, "buffer": content}
    page.get_by_label("Regneark").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Læs filen igennem").click()
    page.wait_for_url(re.compile(r"/regneark/\d+/"))
