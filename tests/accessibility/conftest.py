"""One site for a whole module: these tests look and never write, so they can share it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.database import clone, drop, pointed_at
from tests.support.site import Site, serving


@pytest.fixture(scope="module")
def site(
    chromium: Browser,
    world_template: str,
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
) -> Iterator[Site]:
    """A site with the two municipalities and an empty one, shared by a module's tests."""
    from django.db import connections

    from tests.support.empty import build_empty
    from tests.support.states import add_states
    from tests.support.world import HERE, organisation_id

    name = f"{world_template}_seen"
    connections.close_all()
    clone(name, world_template)
    with django_db_blocker.unblock(), pointed_at(name):
        build_empty()
        add_states(organisation_id(HERE))
        with serving(name) as served:
            yield served
    drop(name)
