"""The other municipality's marker stands in no export and no mail; its ids in a form do nothing."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils.http import urlencode
from pypdf import PdfReader

from hoest.foundation.lists.pages import ListPage
from hoest.foundation.tenancy.context import acting_for
from tests.support.addresses import all_addresses, value_of
from tests.tenancy.house import FOREIGN, NOWHERE_ID, House, Visitor, plain
from tests.tenancy.table import entries
from tests.tenancy.test_matrix import ask

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("tenancy-0")]

OWN = re.compile("ÅDALMÆRKE|aadal.example|Ådal")
SELECT = re.compile(r'<select[^>]*\bname="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)
OPTION = re.compile(r'<option[^>]*\bvalue="([^"]*)"')
# What is chosen under a name, so that the same kind of the neighbour's can be sent instead.
KINDS = {
    **dict.fromkeys(
        ("unit", "parent", "role_unit", "enhed", "receiving_unit"), "organisations.Unit"
    ),
    **dict.fromkeys(("body", "udvalg"), "organisations.Body"),
    **dict.fromkeys(
        ("person", "owner", "sponsor", "lead", "decided_by", "measurer", "responsible"),
        "organisations.Person",
    ),
    "case_owner": "organisations.Person",
    **dict.fromkeys((f"factor_{n}" for n in range(1, 7)), "business_cases.Assumption"),
    **dict.fromkeys(
        ("initiative", "initiativ", "waits_for", "initiatives"), "portfolio.Initiative"
    ),
    **dict.fromkeys(("fra", "til", "version"), "business_cases.CaseVersion"),
    "pool": "benefits.OutcomePool",
    "core_task": "portfolio.CoreTask",
    "rollouts": "portfolio.Rollout",
    **dict.fromkeys(("source", "target", "ved", "led"), "benefits.MapNode"),
    "benefit": "benefits.Benefit",
    "uden": "portfolio.Initiative",
    "supplier": "trust.Supplier",
    "replacement_initiative": "portfolio.Initiative",
    "systems": "trust.System",
    "idea": "portfolio.Idea",
    "series": "evidence.Series",
    "serie": "evidence.Series",
    "place": "evidence.Place",
    "measurements": "benefits.Benefit",
}
# Choices that are numbers and no things.
NUMBERS = {
    *(f"divides_{n}" for n in range(1, 7)),
    *("year", "aar", "price_level", "pl", "prisniveau", "priority", "weekday", "within"),
    *("grade",),
}
FILES = ("reporting:download", "exchange:export", "benefits:takeout_budget")


def content_of(answer: Any) -> str:
    """Return everything that can be read in an answer, also inside a workbook or a PDF."""
    raw = answer.getvalue()
    if raw.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages)
    if not raw.startswith(b"PK"):
        return str(raw.decode("utf-8", "replace"))
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def get(visitor: Visitor, path: str) -> Any:
    """Get a page or a file, and undo what it may have noted."""
    with transaction.atomic():
        answer = visitor.client.get(path)
        answer.everything = content_of(answer)
        transaction.set_rollback(True)
    return answer


def members(house: House) -> list[Visitor]:
    """Return the visitors with a role in our municipality."""
    return [one for one in house.visitors if one.kind == "member"]


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_no_list_exports_a_row_of_the_neighbour(house: House, form: str):
    found, own = [], 0
    for page in ListPage.by_name.values():
        for visitor in members(house):
            answer = get(visitor, f"{reverse(page.url_name)}?format={form}")
            assert answer.status_code in (200, 403)
            own += bool(OWN.search(answer.everything)) and answer.status_code == 200
            found += [f"{visitor.name} {page.name}" for m in FOREIGN if m in answer.everything]
    assert found == []
    assert own > 20, "the exports were empty, so they proved nothing"


@pytest.mark.parametrize("name", FILES)
def test_no_file_holds_a_row_of_the_neighbour(house: House, name: str):
    own = 0
    for visitor in members(house):
        for form in ("", "csv", "xlsx"):
            answer = get(visitor, f"{reverse(name)}?format={form}")
            assert not any(mark in answer.everything for mark in FOREIGN), visitor.name
            own += bool(OWN.search(answer.everything)) and answer.status_code == 200
    assert own > 0, "the files were empty, so they proved nothing"


def test_no_mail_to_us_tells_of_the_neighbour(house: House):
    from hoest.domain.organisations.jobs import send_invitation
    from hoest.domain.organisations.models import Invitation

    for organisation in (house.here, house.there):
        with acting_for(organisation), transaction.atomic():
            ids = list(Invitation.objects.values_list("pk", flat=True))
        for pk in ids:
            send_invitation(organisation_id=organisation, invitation_id=pk)
            # The neighbour's job with our id finds nothing and sends nothing.
            other = house.there if organisation == house.here else house.here
            before = len(mail.outbox)
            send_invitation(organisation_id=other, invitation_id=pk)
            assert len(mail.outbox) == before
    ours = [one for one in mail.outbox if one.to[0].endswith("aadal.example")]
    assert ours
    assert len(ours) < len(mail.outbox)
    for one in ours:
        told = f"{one.subject}\n{one.body}"
        assert not any(mark in told for mark in FOREIGN)


def foreign_id(house: House, kind: str) -> int:
    """Return the id of something of a kind that the neighbour has."""
    from django.apps import apps

    rows = apps.get_model(kind).objects
    with acting_for(house.there), transaction.atomic():
        return int(rows.filter(organisation_id=house.there).order_by("-pk")[0].pk)


def numbered_choices(page: str) -> dict[str, list[str]]:
    """Return the choices of a page whose values are numbers, by name."""
    found = {}
    for name, inside in SELECT.findall(page):
        values = [value for value in OPTION.findall(inside) if value]
        if values and all(value.isdigit() for value in values):
            found[name] = values
    return found


def test_an_id_of_the_neighbour_in_a_form_or_filter_is_as_good_as_none(house: House):
    table, tried, different = entries(), 0, []
    for role in ("administrator", "portfolio_manager"):
        visitor = house.visitor(role)
        for address in all_addresses():
            entry = table[address.name]
            if "GET" not in entry.methods or not entry.permits("GET", role):
                continue
            with acting_for(house.here), transaction.atomic():
                facts = {
                    one: value_of(address.name, address.route, one, house.here)
                    for one in address.parameters
                }
            path = reverse(address.name, kwargs=facts or None)
            choices = numbered_choices(ask(visitor, "GET", path).body_text)
            for name in sorted(set(choices) - NUMBERS):
                assert name in KINDS, f"{address.name}: what kind of thing is chosen as {name}?"
                tried += 1
                strange = foreign_id(house, KINDS[name])
                assert str(strange) not in choices[name], f"{address.name} offers the neighbour's"
                ids = (strange, NOWHERE_ID)
                there = _send(visitor, entry.methods, path, {name: strange}, ids)
                nowhere = _send(visitor, entry.methods, path, {name: NOWHERE_ID}, ids)
                for one, other in zip(there, nowhere, strict=True):
                    if one != other:
                        different.append(f"{role} {address.name} {name}={strange}: {one[0]}")
    assert tried > 15
    assert different == []


def _send(
    visitor: Visitor,
    methods: tuple[str, ...],
    path: str,
    facts: dict[str, int],
    ids: tuple[int, ...],
) -> list[tuple[int, str]]:
    """Send facts after the question mark, and in the body where there is a form."""
    found = []
    for method in methods:
        visitor.client.cookies.pop("messages", None)  # what an act before this one said
        with transaction.atomic():
            if method == "GET":
                answer = visitor.client.get(f"{path}?{urlencode(facts)}")
            else:
                answer = visitor.client.post(path, {**facts, "csrfmiddlewaretoken": "x"})
            found.append(plain(answer, *ids))
            transaction.set_rollback(True)
    return found
