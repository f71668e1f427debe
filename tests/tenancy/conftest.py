"""One house for a whole module: each cell of the matrix is rolled back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.database import clone, drop, pointed_at
from tests.tenancy.house import House, build


@pytest.fixture(scope="module")
def house(
    world_template: str, django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[House]:
    """Two full municipalities and a visitor of every kind, in a database of the module's own."""
    from django.db import connections

    name = f"{world_template}_house"
    connections.close_all()
    clone(name, world_template)
    with django_db_blocker.unblock(), pointed_at(name):
        yield build()
    drop(name)


@pytest.fixture(scope="module")
def house_database(house: House) -> str:
    """The name of the house's database."""
    from django.db import connection

    return str(connection.settings_dict["NAME"])
