"""A house with two full municipalities and a visitor of every kind, for the tests of isolation."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from hoest.foundation import clock
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import HERE, MARKERS, PASSWORD, THERE, email_of, organisation_id

BOTH = "begge@konsulent.example"
LEFT = "tidligere@konsulent.example"
NOWHERE_ID, NOWHERE_TEXT = 987_654_321, "findesikke9"
# What may stand in no answer to a visitor of our municipality.
FOREIGN = (MARKERS[THERE], "bakkeby.example")


@dataclass
class Visitor:
    """Somebody who asks: a role here, a stranger, or one of the doubtful cases."""

    name: str
    client: Any
    kind: str = "member"  # member | stranger | nowhere
    role: str = ""


@dataclass
class House:
    """The visitors, and what stands in addresses for each municipality."""

    visitors: list[Visitor] = field(default_factory=list)
    here: int = 0
    there: int = 0

    def visitor(self, name: str) -> Visitor:
        """Return the visitor with a name."""
        return next(one for one in self.visitors if one.name == name)


def furnish(code: str) -> None:
    """Add to a municipality what the world lacks, with its marker, so that every page has a row."""
    from hoest.domain.business_cases.actions import start_draft
    from hoest.domain.exchange.models import ImportRun
    from hoest.domain.organisations import actions
    from hoest.domain.organisations.queries import system_actor
    from hoest.foundation.lists.actions import save_view
    from tests.support.guided import fill
    from tests.support.world import actor_with_role

    organisation, marker = organisation_id(code), MARKERS[code]
    with acting_for(organisation), transaction.atomic():
        system = system_actor(organisation, "Opsætning", "test")
        unit = actions.add_unit(actor=system, name=f"Nedlagt {marker}")
        actions.close_unit(actor=system, unit=unit, version=1)
        body = actions.add_body(actor=system, name=f"Nedlagt udvalg {marker}")
        actions.close_body(actor=system, body=body, version=1)
        gone = actions.add_person(
            actor=system,
            name=f"Fratrådt {marker}",
            email=email_of("fratraadt", code),
        )
        actions.mark_left(actor=system, person=gone, version=1)
        actions.invite(
            actor=system,
            name=f"Inviteret {marker}",
            email=email_of("inviteret", code),
            role="employee",
        )
        save_view(
            actor=actor_with_role(organisation, "portfolio_manager"),
            list_name="initiatives",
            name=f"Visning {marker}",
            query="",
            is_shared=True,
        )
        visits = initiative_of(organisation)
        controller = actor_with_role(organisation, "controller")
        fill(controller, start_draft(actor=controller, initiative_id=visits), marker)
        ImportRun.objects.create(
            organisation_id=organisation,
            file_name=f"{marker}.xlsx",
            sha256=format(organisation, "064x"),
            content=b"",
            state="failed",
            created_at=clock.now(),
            created_by_name=f"Controller {marker}",
        )


def initiative_of(organisation: int) -> int:
    """Return the initiative that has an approved business case."""
    from hoest.domain.portfolio.models import Initiative

    rows = Initiative.objects.filter(organisation_id=organisation)
    return rows.get(title__startswith="Digital hjemmetræning").pk


def people() -> dict[str, Any]:
    """Make the doubtful accounts: one who has left, and one who is in both municipalities."""
    from hoest.domain.organisations import actions
    from hoest.domain.organisations.queries import system_actor
    from hoest.foundation.access.models import Account

    accounts = {
        "revoked": Account.objects.create_user(LEFT, PASSWORD),
        "both": Account.objects.create_user(BOTH, PASSWORD),
    }
    for code in (HERE, THERE):
        organisation = organisation_id(code)
        with acting_for(organisation), transaction.atomic():
            system = system_actor(organisation, "Opsætning", "test")
            person = actions.add_person(actor=system, name="Konsulent", email=BOTH)
            actions.give_role(actor=system, person=person, role="administrator")
            actions.let_sign_in(actor=system, person=person, account=accounts["both"])
            if code == HERE:
                left = actions.add_person(actor=system, name="Tidligere", email=LEFT)
                actions.give_role(actor=system, person=left, role="administrator")
                actions.let_sign_in(actor=system, person=left, account=accounts["revoked"])
                left.refresh_from_db()
                actions.mark_left(actor=system, person=left, version=left.version)
    return accounts


def build() -> House:
    """Fill both municipalities and sign everybody in."""
    from django.test import Client

    from hoest.foundation.access.models import Account
    from hoest.foundation.access.roles import ROLES
    from hoest.foundation.tenancy.middleware import SESSION_KEY

    for code in (HERE, THERE):
        furnish(code)
    accounts = people()
    house = House(here=organisation_id(HERE), there=organisation_id(THERE))

    def signed_in(account: Any, chosen: int | None = None) -> Any:
        client = Client()
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        if chosen is not None:
            session = client.session
            session[SESSION_KEY] = chosen
            session.save()
        return client

    house.visitors = [Visitor("stranger", Client(), "stranger")]
    for role in ROLES:
        account = Account.objects.get(email=email_of(role))
        house.visitors.append(Visitor(role, signed_in(account), role=role))
    both = signed_in(accounts["both"], house.here)
    house.visitors += [
        Visitor("in both, chose here", both, role="administrator"),
        Visitor("in both, chose nothing", signed_in(accounts["both"]), "nowhere"),
        Visitor("has left", signed_in(accounts["revoked"]), "nowhere"),
        Visitor("chose where she is not", signed_in(accounts["revoked"], house.there), "nowhere"),
    ]
    return house


_TOKEN = re.compile(r'(csrfmiddlewaretoken" value|"X-CSRFToken)[^>]*?[A-Za-z0-9]{64}')
# What a form is writing is signed with the second it was made in.
_WRITING = re.compile(r'(name="writing" value=")[^"]*')


def plain(answer: Any, *ids: Any) -> tuple[int, str]:
    """Return status and body of an answer without what differs by nature: tokens and the ids."""
    if answer.streaming:
        answer.streaming_content = [b"".join(answer.streaming_content)]
    body = answer.getvalue()
    text = _WRITING.sub(r"\1", _TOKEN.sub(r"\1", body.decode("utf-8", "replace")))
    for one in sorted(map(str, ids), key=len, reverse=True):
        text = text.replace(one, "#")
    location = answer.get("Location", "")
    for one in ids:
        location = location.replace(str(one), "#")
    return answer.status_code, f"{location}\n{text}"
