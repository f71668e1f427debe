"""Two thousand systems come from KITOS over a broken page in the middle, and the rest after it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from hoest.domain.trust.actions import reading
from hoest.domain.trust.queries.kitos import kitos_of
from hoest.foundation.tenancy.context import acting_for
from tests.support.axe import assert_accessible
from tests.support.kitos import EMAIL, PASSWORD, stand_in
from tests.support.world import HERE, organisation_id

PageFor = Callable[..., Page]


def _connect() -> None:
    """Write down the password that the stand-in knows."""
    from hoest.domain.trust.models import RegisterConnection
    from hoest.foundation.fetching.secrets_kept import seal

    here = organisation_id(HERE)
    with acting_for(here), transaction.atomic():
        RegisterConnection.objects.filter(organisation_id=here).update(
            email=EMAIL, sealed_password=seal(PASSWORD)
        )


@pytest.mark.usefixtures("jobs_run")
def test_two_thousand_systems_arrive_although_a_page_is_broken(
    page_for: PageFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stand_in(systems=2_000) as kitos:
        monkeypatch.setattr(
            reading,
            "kitos_of",
            lambda way: kitos_of(way, net=kitos.net, wait=lambda _seconds: None),
        )
        kitos.break_page("it-system-usages", 4)
        page = page_for("portfolio_manager")
        _connect()
        page.goto("/systemer/hentning/")
        page.get_by_role("button", name="Hent nu").click()
        expect(page.locator("h1")).to_contain_text("resten mangler", timeout=60_000)
        expect(page.locator("main")).to_contain_text(re.compile(r"Nye: 1\.000"))
        assert_accessible(page, "a reading that stopped on the way")
        kitos.mend()
        page.goto("/systemer/hentning/")
        page.get_by_role("button", name="Hent nu").click()
        expect(page.locator("h1")).to_contain_text("Hentet: 1.000 nye", timeout=60_000)
        page.goto("/systemer/")
        expect(page.locator("h1")).to_contain_text("2.003 systemer er i brug")
        assert_accessible(page, "2,003 systems")
