"""Every address of Høst as somebody sees it: filled, wide, narrow, doubled, and without faults.

The list is the resolver's own, so a new page is judged from its first day. For each page the first
of the readers who may see it is taken. If it has a form, that is then sent with nothing in it.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from hoest.foundation.tenancy.context import acting_for
from tests.support.addresses import Address, all_addresses
from tests.support.empty_forms import WITH_FORM, send_empty
from tests.support.judging import assert_sound
from tests.support.readers import NO_PAGE, read_by
from tests.support.site import Site
from tests.support.world import HERE, email_of, organisation_id

# Two groups, so that two workers share them.
ALL = [
    pytest.param(one, id=one.name, marks=pytest.mark.xdist_group(f"browser-pages-{number % 2}"))
    for number, one in enumerate(all_addresses())
]


@pytest.mark.parametrize("address", ALL)
def test_a_page_is_sound_and_accessible(
    address: Address, page_for: Callable[..., Page], site: Site
) -> None:
    organisation = organisation_id(HERE)
    with acting_for(organisation), transaction.atomic():
        path = address.path(organisation)
    reading = read_by(address, path, email_of)
    if address.name in NO_PAGE:
        assert not reading.is_page, f"{address.name} shows a page: judge it"
        return
    if not reading.is_page:
        assert reading.otherwise in ("takes only what is sent", "is a file"), reading.otherwise
        return
    page = page_for(email=reading.email)
    page.goto(path)
    assert_sound(page)
    if page.locator(WITH_FORM).count() and not address.name.startswith("ui:"):
        answer = send_empty(page)
        assert answer.status == 422, f"{path} answered {answer.status} to an empty form"
        expect(page.locator(TELLS).first).to_be_visible()
        assert_sound(page, "422", thorough=False)


# Where what is missing is told: at the field, above the form, or on a page of its own.
TELLS = "main [aria-invalid=true], main [role=alert], main h1:has-text('Noget mangler')"
