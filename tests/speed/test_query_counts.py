"""Every page asks the database as often in a large municipality as in a small one.

The same generator as `python -m benchmarks.pages`, at two sizes. The pinned number is what the
page asks for at most: whoever needs one more says so here.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.asking import BACKEND
from benchmarks.pages import READERS, pages_of
from benchmarks.portfolio import Municipality, Size, make
from hoest.domain.reporting.actions.kept import refresh
from hoest.foundation.access.models import Account
from hoest.foundation.tenancy.context import acting_for

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SMALL, LARGE = Size(1, 20, 4, 3), Size(1, 40, 4, 6)
PINNED = {
    "Min uge": 54,
    "portefølje": 32,
    "initiativ": 66,
    "gevinster": 24,
    "gevinst": 28,
    "business case": 19,
    "høstregnskab": 19,
    "rækker bag et tal": 25,
    "søgning": 29,
}
# What needs a person this week is another thing in another place, and is read when it is there.
VARYING = ("Min uge",)


def _counts(made: Municipality) -> dict[tuple[str, str], int]:
    with acting_for(made.organisation_id):
        # As the worker does within a minute.
        refresh(made.organisation_id)
    counts = {}
    for reader in READERS:
        client = Client()
        client.force_login(Account.objects.get(pk=made.accounts[reader]), backend=BACKEND)
        for page in pages_of(made):
            client.get(page.path)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page.path).status_code == 200
            own = [q for q in asked if "SAVEPOINT" not in q["sql"]]
            counts[page.name, reader] = len(own)
    return counts


def test_no_page_asks_more_often_where_there_is_more() -> None:
    small = _counts(make(SMALL, "P")[0])
    large = _counts(make(LARGE, "Q")[0])
    grown = {
        page: (small[page], count)
        for page, count in large.items()
        if count > small[page] and page[0] not in VARYING
    }
    assert not grown
    most = {page: max(small[page], large[page]) for page in large}
    over = {page: n for page, n in most.items() if n > PINNED[page[0]]}
    assert not over
