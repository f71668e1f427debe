"""Writing down where KITOS is, and who asks."""

from __future__ import annotations

from typing import Any, TypedDict

from django.db import transaction

from hoest.domain.trust.models import RegisterConnection, SyncCursor
from hoest.domain.trust.permissions import CONNECT_REGISTER
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.fetching.secrets_kept import seal
from hoest.foundation.fetching.web import NET, Net, checked
from hoest.foundation.forms.versions import check_version


class ConnectionFields(TypedDict):
    """What a person writes; an empty password leaves the old one as it is."""

    base_url: str
    email: str
    password: str
    organisation_uuid: str
    is_on: bool


@transaction.atomic
def connect_register(
    *, actor: Actor, version: int, fields: ConnectionFields, net: Net | None = None
) -> RegisterConnection:
    """Write down the way to KITOS. Raises NotAllowed, AddressNotAllowed, ChangedMeanwhile.

    A password belongs to the address and the user it was written for; another never gets it. A
    new address or organisation is read from its beginning.
    """
    require(actor, CONNECT_REGISTER)
    checked(fields["base_url"], net or NET)
    values: dict[str, Any] = {
        name: str(fields[name]).strip()  # type: ignore[literal-required]
        for name in ("base_url", "email", "organisation_uuid")
    }
    values["base_url"] = values["base_url"].rstrip("/")
    values["is_on"] = fields["is_on"]
    rows = RegisterConnection.objects.select_for_update()
    found = rows.filter(organisation_id=actor.organisation_id).first()
    if found is None:
        found = RegisterConnection(organisation_id=actor.organisation_id, **values)
    else:
        check_version(found, version, values)
        moved = any(getattr(found, name) != values[name] for name in ("base_url", "email"))
        if moved:
            found.sealed_password = ""
        if found.base_url != values["base_url"] or (
            found.organisation_uuid != values["organisation_uuid"]
        ):
            SyncCursor.objects.filter(organisation_id=actor.organisation_id).delete()
        for name, value in values.items():
            setattr(found, name, value)
        found.version += 1
    if fields["password"]:
        found.sealed_password = seal(fields["password"])
    found.save()
    record(actor, "trust.connect_register", found, address=found.base_url, on=found.is_on)
    return found
