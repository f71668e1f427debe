"""The demo in databases of its own, with real commits."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest

from hoest.foundation import clock
from tests.support.database import clone, drop, pointed_at

DAY = dt.date(2026, 11, 22)
# What the database writes by its own clock, or draws at random.
NOT_COMPARED = ("pgh_created_at", "account_id")


def rows_of(organisation_id: int) -> dict[str, list[dict[str, Any]]]:
    """Return every row a municipality owns, by table, in the order they were made."""
    from django.db import connection, transaction

    from hoest.foundation.tenancy.context import acting_for
    from hoest.foundation.tenancy.schema import owned_models

    found = {}
    with acting_for(organisation_id), transaction.atomic(), connection.cursor() as cursor:
        for model in owned_models():
            table = model._meta.db_table
            key = model._meta.pk.column
            cursor.execute(
                f'select to_jsonb(t) from "{table}" t where organisation_id = %s order by "{key}"',
                [organisation_id],
            )
            found[table] = [
                {name: value for name, value in json.loads(row).items() if name not in NOT_COMPARED}
                for (row,) in cursor.fetchall()
            ]
    return found


def everything() -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Return the rows of every demo municipality by its code."""
    from hoest.domain.organisations.queries import demo_organisations

    return {one.code: rows_of(one.pk) for one in demo_organisations()}


@pytest.fixture(scope="session")
def demo_template(
    world_template: str, django_db_setup: None, django_db_blocker: Any
) -> Iterator[str]:
    """The name of a database in which the whole demo stands, built on DAY."""
    from hoest.config.demo.loading import load_missing

    name = f"{world_template}_demo"
    clone(name, world_template)
    with django_db_blocker.unblock(), pointed_at(name), clock.frozen_at(DAY):
        load_missing(at_once=False)
    yield name
    drop(name)


@pytest.fixture
def demo(demo_template: str, django_db_blocker: Any) -> Iterator[str]:
    """A copy of the demo for one test alone, on the day it was built."""
    name = f"{demo_template}_own"
    clone(name, demo_template)
    with django_db_blocker.unblock(), pointed_at(name), clock.frozen_at(DAY):
        yield name
    drop(name)
