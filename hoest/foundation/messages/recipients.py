"""Who a message goes to: the person as the subject that keeps people knows her now.

Why a setting: people belong to a subject above the foundation, as with `TENANCY_FIND_ACTOR`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Recipient:
    """A person at work here: her address, her account when she has one, and her municipality.

    `municipality_code` tells which identity provider, if any, she signs in through.
    """

    person_id: int
    name: str
    email: str
    account_id: int | None
    municipality: str
    municipality_code: str


def recipient_of(organisation_id: int, person_id: int) -> Recipient | None:
    """Return the person when she is at work here and has an address; else None."""
    find: Callable[[int, int], Recipient | None] = import_string(settings.MESSAGES_FIND_RECIPIENT)
    return find(organisation_id, person_id)


def municipalities() -> list[tuple[int, str]]:
    """Return the municipalities on this installation, as (id, name)."""
    find: Callable[[], list[tuple[int, str]]] = import_string(settings.TENANCY_ORGANISATIONS)
    return find()
