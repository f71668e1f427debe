"""A file with many indicators: fetch the template, mend a fault, name a place, see it saved."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from hoest.foundation.tenancy.context import acting_for
from tests.support.axe import assert_accessible
from tests.support.world import HERE, organisation_id

PageFor = Callable[..., Page]
ROWS = 36


def filled(template: Path, name: str, value: object) -> dict[str, object]:
    """Fill the template in with two new indicators; `value` stands in the last row."""
    book = openpyxl.load_workbook(template)
    for indicator in (f"Ventetid {name}", f"Genåbnede sager {name}"):
        book["Indikatorer"].append([indicator, "dage", "måned", "lavere", "Fra sag til svar"])
        for month in range(ROWS):
            day = f"{2022 + month // 12}-{month % 12 + 1:02}"
            book["Værdier"].append([indicator, f"Område {name}", day, 10 + month / 10])
    book["Værdier"].cell(2 * ROWS + 1, 4).value = value
    out = io.BytesIO()
    book.save(out)
    return {
        "name": "noegletal.xlsx",
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "buffer": out.getvalue(),
    }


@pytest.mark.usefixtures("jobs_run")
@pytest.mark.parametrize("width", [360, 1280])
def test_a_file_of_many_series_is_mended_explained_and_saved(
    page_for: PageFor, width: int, tmp_path: Path
) -> None:
    from hoest.domain.evidence.models import Point, Series

    name = f"Journey {width}"
    page = page_for("controller", width=width)
    page.goto("/serier/")
    page.get_by_role("link", name="Indlæs mange serier fra en fil").click()
    assert_accessible(page, "form")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Hent en skabelon (Excel)").first.click()
    template = tmp_path / "skabelon.xlsx"
    fetched.value.save_as(template)
    upload(page, filled(template, name, "mange"))
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("1 fejl i filen. Intet er gemt", timeout=30_000)
    main = page.locator("main")
    expect(main).to_contain_text(f"Værdier, række {2 * ROWS + 1}")
    expect(main).to_contain_text("»mange«")
    expect(main).to_contain_text("et tal med komma før decimalerne")
    assert_accessible(page, "faults")
    page.get_by_role("link", name="Læg den rettede fil op").click()
    upload(page, filled(template, name, 13.5))
    expect(heading).to_contain_text("1 sted kender Høst ikke endnu", timeout=30_000)
    assert_accessible(page, "places")
    page.get_by_label(f"»Område {name}«").select_option(label="Et nyt sted hos os")
    page.get_by_role("button", name="Gå videre").click()
    expect(heading).to_contain_text("2 indikatorer er klar: 72 nye værdier", timeout=30_000)
    expect(main).to_contain_text("Ny serie, et tal for hver måned")
    assert_accessible(page, "ready")
    page.get_by_role("button", name="Gem hele filen").click()
    expect(heading).to_contain_text("2 indikatorer er gemt", timeout=30_000)
    assert_accessible(page, "saved")
    with acting_for(organisation_id(HERE)), transaction.atomic():
        made = Series.objects.get(name=f"Ventetid {name}")
        assert Point.objects.filter(series=made).count() == ROWS


def upload(page: Page, file: dict[str, object]) -> None:
    """Choose a file, say where it comes from, and let it be read."""
    page.get_by_label("Fil", exact=True).set_input_files(file)  # type: ignore[arg-type]
    page.get_by_label("Hvor kommer tallene fra?").fill("Fagsystemet, nøgletal")
    page.get_by_role("button", name="Læs filen igennem").click()
