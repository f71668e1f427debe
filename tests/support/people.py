"""Fixtures of people: actors and signed-in clients for every role, here and in the neighbour."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from hoest.foundation.access.actor import Actor


@pytest.fixture
def here(db: None) -> Iterator[int]:
    """The id of our municipality, bound for the length of the test."""
    from hoest.foundation.tenancy.context import acting_for
    from tests.support.world import HERE, organisation_id

    with acting_for(organisation_id(HERE)):
        yield organisation_id(HERE)


@pytest.fixture
def actor(here: int) -> Callable[[str], Actor]:
    """Give the actor of a role in our municipality: `actor("controller")`."""
    from tests.support.world import actor_with_role

    return lambda role: actor_with_role(here, role)


@pytest.fixture
def client_for(db: None) -> Callable[..., Client]:
    """Give a signed-in client: `client_for("executive")`, or `(role, there=True)`."""
    from django.test import Client

    from hoest.foundation.access.models import Account
    from tests.support.world import HERE, THERE, email_of

    def signed_in(role: str, there: bool = False) -> Client:
        client = Client()
        account = Account.objects.get(email=email_of(role, THERE if there else HERE))
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in
