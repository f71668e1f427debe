"""Who the present work is done for: the organisation and the account, as a context variable.

The database backend reads it at BEGIN. Changing it inside an open transaction is an error,
except under test, where one transaction wraps many requests (`rebind`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from typing import NamedTuple

from django.db import connection


class Binding(NamedTuple):
    """What a transaction is bound to; either may be absent."""

    organisation_id: int | None
    account_id: int | None


NOBODY = Binding(None, None)
_binding: ContextVar[Binding] = ContextVar("tenancy_binding", default=NOBODY)


class TenantChanged(RuntimeError):
    """The organisation changed inside an open transaction."""


def current() -> Binding:
    """Return the present binding."""
    return _binding.get()


def current_organisation_id() -> int | None:
    """Return the organisation the present work is done for, if any."""
    return _binding.get().organisation_id


@contextmanager
def acting_for(organisation_id: int | None, account_id: int | None = None) -> Iterator[None]:
    """Do the enclosed work for one organisation (and, if known, on behalf of one account).

    Open it before `transaction.atomic()`: inside an open transaction the backend raises
    `TenantChanged` at the next query, unless it runs under test.
    """
    token: Token[Binding] = _binding.set(Binding(organisation_id, account_id))
    _rebind()
    try:
        yield
    finally:
        _binding.reset(token)
        _rebind()


@contextmanager
def entering(organisation_id: int) -> Iterator[None]:
    """Bind an open transaction that is bound to no organisation, and unbind it afterwards.

    For what begins before anybody is known: an accepted invitation, a sign-in vouched for by a
    provider. Raises `TenantChanged` when the transaction is bound to an organisation already.
    """
    present = _binding.get()
    if present.organisation_id is not None:
        raise TenantChanged(f"{present.organisation_id} -> {organisation_id}")
    token = _binding.set(Binding(organisation_id, present.account_id))
    _follow()
    try:
        yield
    finally:
        _binding.reset(token)
        _follow()


def _follow() -> None:
    follow = getattr(connection, "follow_from_nobody", None)
    if follow is not None:
        follow()


def _rebind() -> None:
    rebind = getattr(connection, "rebind_under_test", None)
    if rebind is not None:
        rebind()
