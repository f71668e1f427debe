"""The public door: what a visitor without a sign-in may read of one municipality, and no more.

A visitor belongs to no municipality, and her request stays bound to none: `hoest.organisation_id`
is never set, so every policy of an owned table still raises. The door is another setting,
`hoest.public_organisation_id`, and only the tables named here have a policy that reads it, for
reading alone. What stands in them is public by definition (see trust/models/public.py).
Source: docs/decisions/0018-public-door.md, docs/explanation/trusselsmodel.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from hoest.foundation.tenancy.context import TenantChanged, current

SETTING = "hoest.public_organisation_id"
PUBLIC_TABLES = ("trust_publicpage", "trust_publicsheet")

FUNCTION = f"""
create or replace function hoest_public_organisation_or_null() returns bigint language sql stable
  parallel safe as
  $$ select nullif(current_setting('{SETTING}', true), '')::bigint $$;
"""
USING = (
    "(organisation_id = (select hoest_organisation_or_null())"
    " or organisation_id = (select hoest_public_organisation_or_null()))"
)


@contextmanager
def looking_in(organisation_id: int) -> Iterator[None]:
    """Read what a municipality has made public, inside an open transaction bound to nobody.

    Raises `TenantChanged` when the transaction is bound to an organisation: a member does not
    need the door, and must not reach past her own municipality through it.
    """
    if current().organisation_id is not None:
        raise TenantChanged(f"{current().organisation_id} -> public {organisation_id}")
    _set(str(organisation_id))
    try:
        yield
    finally:
        if not connection.needs_rollback:
            _set("")


def _set(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select set_config(%s, %s, true)", [SETTING, value])
