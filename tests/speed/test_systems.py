"""The lists of systems, suppliers, contracts and data sets ask as often for 200 rows as for 20."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoest.foundation import clock

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PINNED = {
    "systems:systems": 14,
    "suppliers:suppliers": 15,
    "suppliers:decisions": 12,
    "data_sets:data_sets": 13,
    "reuse:overview": 12,
}


def fill(organisation_id: int, count: int, prefix: str) -> None:
    """Add so many systems, each with a contract, a twentieth as many suppliers, and data sets."""
    from hoest.domain.trust.models import Contract, ContractSystem, DataSet, Supplier, System

    day = clock.today() + dt.timedelta(days=200)
    common = {"organisation_id": organisation_id, "origin": "file", "read_at": clock.now()}
    suppliers = Supplier.objects.bulk_create(
        Supplier(**common, external_id=f"{prefix}l{n}", name=f"Leverandør {prefix}{n}")
        for n in range(max(1, count // 20))
    )
    systems = System.objects.bulk_create(
        System(
            **common,
            external_id=f"{prefix}s{n}",
            name=f"System {prefix}{n}",
            supplier=suppliers[n % len(suppliers)],
            critical="yes" if n % 7 == 0 else "no",
            data_levels=["persondata"],
        )
        for n in range(count)
    )
    contracts = Contract.objects.bulk_create(
        Contract(
            **common,
            external_id=f"{prefix}k{n}",
            name=f"Kontrakt {prefix}{n}",
            supplier=one.supplier,
            ends_on=day,
            leaves_on=day,
            decide_by=day,
            yearly_dkk=1000 + n,
        )
        for n, one in enumerate(systems)
    )
    ContractSystem.objects.bulk_create(
        ContractSystem(organisation_id=organisation_id, contract=contract, system=system)
        for contract, system in zip(contracts, systems, strict=True)
    )
    DataSet.objects.bulk_create(
        DataSet(organisation_id=organisation_id, name=f"Data {prefix}{n}", definition="Alt")
        for n in range(count // 10)
    )


def asked(client: Any) -> dict[str, int]:
    """Return how often each page asks the database."""
    found = {}
    for name in PINNED:
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name)).status_code == 200
        found[name] = len([one for one in queries if "SAVEPOINT" not in one["sql"]])
    return found


def test_the_lists_ask_no_more_often_where_there_is_more(here: int, client_for: Any) -> None:
    client = client_for("portfolio_manager")
    fill(here, 20, "a")
    small = asked(client)
    fill(here, 200, "b")
    large = asked(client)
    assert {name: n for name, n in large.items() if n > small[name]} == {}
    assert {name: n for name, n in large.items() if n > PINNED[name]} == {}
