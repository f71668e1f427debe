"""Every address x every visitor x own, foreign and missing things, with GET and POST.

HEAD and the methods no page knows are tried by turns: some visitors at each address, and over all
addresses every visitor with every method.

The addresses come from the URL resolver, what each needs from matrix.yaml, and what a visitor may
expect from the declared permissions. An address without an entry fails. Every answer, whatever its
status, is searched for the other municipality's markers.
"""

from __future__ import annotations

import copy
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils.http import urlencode

from hoest.foundation.access.permissions import all_permissions
from hoest.foundation.tenancy.context import acting_for
from tests.support.addresses import Address, all_addresses, value_of
from tests.tenancy.house import FOREIGN, NOWHERE_ID, NOWHERE_TEXT, House, Visitor, plain
from tests.tenancy.table import OPEN_WORDS, Entry, entries

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]

TABLE = entries()
REFUSED = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
BY_TURNS = ("HEAD", *REFUSED)
TURNS = 3
TO_SIGN_IN, TO_CHOOSE = "/konto/log-ind/", "/kommunen/vaelg/"
ACCESS = {"everybody": "everybody", "signed-in": "signed-in"}
# Two groups, so that two workers share the work and each builds its house once.
ALL = [
    pytest.param(one, id=one.name, marks=pytest.mark.xdist_group(f"tenancy-{number % 2}"))
    for number, one in enumerate(all_addresses())
]


def things(address: Address, organisation: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a municipality has for the address: in its path, and after the question mark."""
    addresses = {one.name: one for one in all_addresses()}
    with acting_for(organisation), transaction.atomic():
        path = {
            one: value_of(address.name, address.route, one, organisation)
            for one in address.parameters
        }
        query = {}
        for parameter, source in TABLE[address.name].query.items():
            name, argument = source.split()
            query[parameter] = value_of(name, addresses[name].route, argument, organisation)
    return path, query


def missing(own: dict[str, Any]) -> dict[str, Any]:
    """Return things of the same kinds that do not exist."""
    return {
        name: NOWHERE_ID if isinstance(value, int) else NOWHERE_TEXT for name, value in own.items()
    }


def address_of(address: Address, path: dict[str, Any], query: dict[str, Any]) -> str:
    """Return where to ask."""
    return reverse(address.name, kwargs=path or None) + (f"?{urlencode(query)}" if query else "")


def ask(visitor: Visitor, method: str, path: str) -> Any:
    """Ask as a browser does, and take back whatever it changed: rows, cookies, limits."""
    cookies = copy.deepcopy(visitor.client.cookies)
    cache.clear()
    with transaction.atomic():
        if method == "POST":
            answer = visitor.client.post(path, {"csrfmiddlewaretoken": "x"})
        else:
            answer = visitor.client.generic(method, path)
        answer.body_text = plain(answer)[1]
        transaction.set_rollback(True)
    visitor.client.cookies = cookies
    return answer


def expected(entry: Entry, access: str, visitor: Visitor, method: str) -> set[int]:
    """Return the statuses a visitor may get for her own municipality's thing."""
    if visitor.kind == "stranger" and access != "everybody":
        return {302}
    if visitor.kind == "nowhere" and access == "municipality":
        return {302}
    if method in REFUSED:
        return {405}
    asked = "GET" if method == "HEAD" else method
    permitted = visitor.kind != "member" or entry.permits(asked, visitor.role)
    if asked not in entry.methods:
        return {405} if permitted else {405, 403, 404}
    found = set(entry.done(asked)) if permitted else {403, 404}
    return found | {405} if method == "HEAD" else found


def turns(address: Address, place: int, visitors: int) -> list[str]:
    """Return the other methods a visitor tries here.

    GET and POST are tried by everybody everywhere. What HEAD and the refused methods answer is
    decided before any view, so each is tried by some at every address, and by turns: over all
    addresses every visitor tries every method.
    """
    first = [one.name for one in all_addresses()].index(address.name)
    return [
        method
        for step, method in enumerate(BY_TURNS)
        if (place - first * TURNS - step * 5) % visitors < TURNS
    ]


def test_every_visitor_tries_every_method_somewhere(house: House):
    visitors = len(house.visitors)
    tried = {
        (place, method)
        for address in all_addresses()
        for place in range(visitors)
        for method in turns(address, place, visitors)
    }
    assert len(tried) == visitors * len(BY_TURNS)


def sent_to(address: Address, visitor: Visitor) -> str:
    """Return where a visitor who may not go on is sent; empty when she may go on."""
    if visitor.kind == "stranger" and address.access != "everybody":
        return TO_SIGN_IN
    if visitor.kind == "nowhere" and address.access == "municipality":
        return TO_CHOOSE
    return ""


def test_the_table_and_the_addresses_name_each_other():
    names = {one.name for one in all_addresses()}
    assert len(names) == len(all_addresses()), "two addresses have the same name"
    assert names - set(TABLE) == set(), "run python -m tests.tenancy.refresh"
    assert set(TABLE) - names == set(), "run python -m tests.tenancy.refresh"


def test_every_entry_names_a_permission_and_agrees_with_the_view():
    codes = {one.code for one in all_permissions()}
    for address in all_addresses():
        entry = TABLE[address.name]
        for method in entry.methods:
            assert set(entry.needs(method)) <= codes | set(OPEN_WORDS), (entry.name, method)
        assert address.access == ACCESS.get(entry.see, "municipality"), entry.name


def test_every_permission_is_asked_for_somewhere():
    asked = {
        code for entry in TABLE.values() for method in entry.methods for code in entry.needs(method)
    }
    # Asked for inside a page that others see too (answering an owner's question, ideas of one's
    # unit), or by no page: what a workbook brings along, and what the job of effects notes.
    inside = {
        "business_cases.adopt",
        "benefits.accept",
        "portfolio.review_ideas",
        "benefits.estimate_effect",
    }
    assert {one.code for one in all_permissions()} - asked == inside


@pytest.mark.parametrize("address", ALL)
def test_each_visitor_gets_what_the_table_says(address: Address, house: House):
    entry = TABLE[address.name]
    path = address_of(address, *things(address, house.here))
    wrong, cells = [], 0
    for place, visitor in enumerate(house.visitors):
        for method in ("GET", "POST", *turns(address, place, len(house.visitors))):
            answer = ask(visitor, method, path)
            cells += 1
            want = expected(entry, address.access, visitor, method)
            said = f"{visitor.name}: {method} {path} -> {answer.status_code}, not {sorted(want)}"
            if answer.status_code not in want:
                wrong.append(said)
            where = sent_to(address, visitor)
            if not answer.get("Location", "").startswith(where):
                wrong.append(f"{said} (not sent to {where})")
            if any(mark in answer.body_text for mark in FOREIGN):
                wrong.append(f"{said} (shows the other municipality)")
    assert cells == len(house.visitors) * 2 + len(BY_TURNS) * TURNS
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "address",
    # What a municipality has opened to everybody is its neighbours' to read as well.
    [
        one
        for one in ALL
        if (one.values[0].parameters or TABLE[one.values[0].name].query)
        and not one.values[0].name.startswith("open:")
    ],
)
def test_what_the_neighbour_has_is_answered_like_what_does_not_exist(
    address: Address, house: House
):
    own, foreign = things(address, house.here), things(address, house.there)
    nothing = (missing(own[0]), missing(own[1]))
    entry, owned = TABLE[address.name], own != foreign
    members = [visitor for visitor in house.visitors if visitor.kind == "member"]
    wrong = []
    for visitor in members:
        for method in entry.methods:
            said = f"{visitor.name} {method}"
            ids = [*foreign[0].values(), *foreign[1].values(), NOWHERE_ID, NOWHERE_TEXT]
            there = ask(visitor, method, address_of(address, *foreign))
            nowhere = ask(visitor, method, address_of(address, *nothing))
            if any(mark in there.body_text for mark in FOREIGN):
                wrong.append(f"{said}: shows the other municipality")
            if not owned:
                continue
            if plain(there, *ids) != plain(nowhere, *ids):
                wrong.append(f"{said}: {there.status_code} differs from {nowhere.status_code}")
            want = {404} if entry.permits(method, visitor.role) else {403, 404}
            if there.status_code not in want:
                wrong.append(f"{said}: {there.status_code}, not {sorted(want)}")
            # One foreign thing among own ones opens the door as little as one that is not there.
            for name in foreign[0] if len(foreign[0]) > 1 else ():
                if foreign[0][name] == own[0][name]:
                    continue  # a word that both municipalities have
                found = [
                    plain(ask(visitor, method, address_of(address, mixed, own[1])), *ids)
                    for mixed in (
                        {**own[0], name: foreign[0][name]},
                        {**own[0], name: nothing[0][name]},
                    )
                ]
                if found[0] != found[1]:
                    wrong.append(f"{said}: {found[0][0]} with a foreign {name}")
    assert not wrong, "\n".join(wrong)
