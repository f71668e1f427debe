"""The first ten minutes: an empty folder, one command, and the chief executive's week."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.support.axe import assert_accessible
from tests.support.processes import hoest_started
from tests.support.steps import sign_in

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("whole-house")]


def test_an_empty_folder_leads_to_the_week_of_a_chief_executive(chromium: Browser) -> None:
    with hoest_started() as house:
        told = house.output
        password = re.search(r"Adgangskode for dem alle: +(\S+)", told)
        email = re.search(r"kommunaldirektoer@\S+", told)
        first = re.search(r"E-mail: +(\S+)\s+Adgangskode: +(\S+)", told)
        assert password, told
        assert email, told
        assert first, told
        page = chromium.new_page(viewport={"width": 360, "height": 740}, locale="da-DK")
        page.goto(house.address)
        sign_in(page, email[0], password[1])
        expect(page.locator("h1")).to_contain_text("venter på dig")
        expect(page.locator("body")).to_contain_text("opdigtede tal")
        assert 1 <= page.locator(".week-item").count() <= 7
        assert_accessible(page, "the demo's week")
        page.get_by_role("link", name="Se hele høstregnskabet").click()
        expect(page.locator("h1")).to_contain_text("i hånden")
        page.close()
        real = chromium.new_page(locale="da-DK")
        real.goto(house.address)
        sign_in(real, first[1], first[2])
        real.goto(house.address + "hoestregnskab/")
        expect(real.locator("main")).to_contain_text("246.306.000")
        real.close()
