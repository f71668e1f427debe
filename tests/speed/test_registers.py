"""Every register asks the database as often where there are many rows as where there are few.

The rows of `python -m benchmarks.registers`, at two sizes, and every address it asks: all lists,
and a page about one row of each. The pinned number is what a list asks for at most.
"""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.asking import BACKEND
from benchmarks.portfolio import Municipality, Size, make
from benchmarks.register_rows import MAKERS
from benchmarks.registers import pages
from hoest.domain.reporting.actions.kept import refresh
from hoest.foundation.access.models import Account
from hoest.foundation.lists.pages import ListPage
from hoest.foundation.tenancy.context import acting_for

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PINNED = {
    "portfolio:initiatives": 31,
    "portfolio:rooms": 5,
    "portfolio:plain_language": 5,
    "portfolio:not_embedded": 8,
    "portfolio:core_tasks": 7,
    "portfolio:rollouts": 10,
    "portfolio:initiative": 68,
    "capacity:ledger": 9,
    "capacity:demands": 9,
    "capacity:supplies": 9,
    "capacity:cooperations": 7,
    "capacity:limits": 7,
    "capacity:warning": 5,
    "capacity:load": 10,
    "capacity:profiles": 6,
    "capacity:all_plans": 9,
    "capacity:first_year": 6,
    "capacity:plans": 8,
    "candidates:candidates": 10,
    "candidates:candidate": 6,
    "lessons:lessons": 9,
    "lessons:others": 10,
    "lessons:lesson": 10,
    "purchases:purchases": 11,
    "purchases:ask": 7,
    "purchases:purchase": 6,
    "marks:marks": 6,
    "gates:requests": 17,
    "gates:deviations": 10,
    "gates:answer_deviation": 6,
    "gates:waiting": 9,
    "gates:review": 6,
    "gates:decision": 6,
    "gates:models": 7,
    "gates:gate": 28,
    "gates:facts": 8,
    "gates:principles": 7,
    "gates:requirement": 18,
    "gates:ask_deviation": 6,
    "similar:similar": 5,
    "delivery:rollouts": 10,
    "delivery:dependencies": 10,
    "delivery:outside": 7,
    "delivery:of_initiative": 8,
    "delivery:dependency": 7,
    "delivery:crossings": 15,
    "delivery:journeys": 8,
    "delivery:journey": 8,
    "delivery:solutions": 6,
    "service_money:page": 9,
    "ideas:ideas": 10,
    "ideas:give": 8,
    "ideas:picture": 7,
    "ideas:answer_days": 6,
    "ideas:idea": 23,
    "needs:needs": 11,
    "needs:need": 9,
    "experiments:experiments": 11,
    "experiments:experiment": 10,
    "experiments:spending": 6,
    "sheets:sheets": 9,
    "sheets:sheet": 10,
    "ethics:screenings": 8,
    "ethics:stances": 6,
    "ethics:screening": 9,
    "systems:systems": 13,
    "systems:readings": 7,
    "suppliers:suppliers": 13,
    "suppliers:decisions": 8,
    "suppliers:contract": 9,
    "suppliers:decide": 6,
    "suppliers:supplier": 13,
    "data_sets:data_sets": 11,
    "data_sets:data_set": 8,
    "reuse:overview": 10,
    "reuse:check": 14,
    "search:search": 5,
    "portfolio:initiatives?q=skærm": 32,
    "ideas:ideas?q=nøgle": 11,
    "systems:systems?q=omsorg": 14,
    "similar:similar?tekst=Kørelister på telefonen i hjemmeplejen": 12,
    "search:search?q=nøgle": 24,
}
# What needs a person this week is another thing in another place, and is read when it is there.
VARYING = ("week:mine", "week:everything")


def _filled(code: str, initiatives: int, share: float) -> Municipality:
    made = make(Size(1, initiatives, 4, 3), code)[0]
    with acting_for(made.organisation_id), transaction.atomic():
        for _name, maker, rows in MAKERS:
            maker(made.organisation_id, max(15, int(rows * share)))
        # As the worker does within a minute.
        refresh(made.organisation_id)
    return made


def _counts(made: Municipality) -> dict[str, int]:
    client = Client()
    client.force_login(Account.objects.get(pk=made.accounts["controller"]), backend=BACKEND)
    counts = {}
    for name, path in pages(made):
        page = client.get(path)
        if page.status_code != 200 or not page.headers["Content-Type"].startswith("text/html"):
            continue
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        counts[name] = len([one for one in asked if "SAVEPOINT" not in one["sql"]])
    return counts


def test_no_register_asks_more_often_where_there_is_more() -> None:
    few, many = _counts(_filled("V", 20, 0.01)), _counts(_filled("W", 40, 0.03))
    assert len(many) > 50
    grown = {
        name: (few[name], count)
        for name, count in many.items()
        if name in few and count > few[name] and name not in VARYING
    }
    assert grown == {}
    lists = {page.url_name for page in ListPage.by_name.values()} & set(many)
    assert lists - set(PINNED) == set(), {name: max(few[name], many[name]) for name in lists}
    over = {name: count for name, count in many.items() if count > PINNED.get(name, count)}
    assert over == {}
