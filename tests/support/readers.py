"""Who may see a page: the first of some readers whom it answers with a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import resolve

from tests.support.addresses import Address
from tests.support.browser import signed_in

READERS = (
    "portfolio_manager",
    "administrator",
    "controller",
    "benefit_owner",
    "unit_leader",
    "initiative_lead",
    "executive",
    "security_officer",
    "people_partner",
)
# Addresses that never show a page of their own to a reader who goes there, and why.
NO_PAGE = {
    "mfa_authenticate": "half way through signing in: the journey with two steps stops there",
    "organisations:accept_invitation": "opened by a key: the journey of an invitation stops there",
    "mfa_login_webauthn": "gives a browser what it asks a key for",
    "openid_connect_login": "sends on to the municipality's provider; there is none in these tests",
    "openid_connect_callback": "comes back from the provider; proven with a real one",
    "portfolio:plain_language": "gives a part of the form while one writes",
    "lessons:shared": "sends on to the list without a number; lessons:lesson has the same page",
    "evidence:solution": "sends on to the list without a number; in the test world nobody shares",
    "series:shared": "sends on to the list without a number; in the test world nobody shares",
    "gates:recommend": "for a sponsor below the mandate; test_other_states has its page",
    "capacity:warning": "gives a part of the form while one chooses",
    "messages:link": "opened by a key: the journey of answering from a mail stops there",
    "benefits:add_layer": "changes what is decided: the journey of taking home stops there",
    "organisations:invitation_link": "keeps the key and sends on to the invitation",
}


@dataclass(frozen=True)
class Reading:
    """How readers were answered: by a page (and then who may see it), or by something else."""

    email: str | None
    is_page: bool
    otherwise: str = ""


def read_by(address: Address, path: str, email_of: Callable[[str], str]) -> Reading:
    """Find the first reader of an address; visitors come first where everybody may look."""
    told = []
    emails: list[str | None] = [email_of(role) for role in READERS]
    if address.access == "everybody":
        emails.insert(0, None)
    for email in emails:
        answer, name = _answer(email, path)
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code == 405:
            return Reading(None, False, "takes only what is sent")
        if answer.status_code == 200 and not kind.startswith("text/html"):
            return Reading(None, False, "is a file")
        if answer.status_code == 200 and b"<html" not in answer.content:
            return Reading(None, False, "is a part of a page")
        if answer.status_code == 200 and name == address.name:
            return Reading(email, True)
        told.append(f"{email}: {answer.status_code} {name}")
    return Reading(None, False, "\n".join(told))


def _answer(email: str | None, path: str) -> tuple[Any, str]:
    """Return the last answer and the name of the address it was found at."""
    from django.test import Client

    client = signed_in(email) if email else Client(SERVER_NAME="127.0.0.1")
    answer = client.get(path, follow=True)
    last = answer.redirect_chain[-1][0] if answer.redirect_chain else path
    return answer, resolve(last.split("?")[0]).view_name
