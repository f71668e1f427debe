"""The database backend: binds organisation and account at BEGIN, local to the transaction.

`set_config(..., true)` dies with COMMIT or ROLLBACK, so a pooled connection cannot carry a
tenant on to the next request. Source: the recipe in reliability notes, 4,000 mixed requests.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base
from psycopg_pool.base import AttemptWithBackoff

from hoest.foundation.tenancy.context import NOBODY, Binding, TenantChanged, current

SET_BINDING = (
    "SELECT set_config('hoest.organisation_id', %s, true), set_config('hoest.account_id', %s, true)"
)

# The pool waits 1, 2, 4, 8 ... seconds between attempts to reconnect. After a restart of PostgreSQL
# that takes a second or two, a request would wait for the next attempt (25 s were measured under
# load). The server is near and its restart short: ask at a steady, brisk pace instead.
AttemptWithBackoff.INITIAL_DELAY = 0.25
AttemptWithBackoff.DELAY_BACKOFF = 1.0


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL backend with a tenant bound to every transaction."""

    bound: Binding = NOBODY

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        self.bound = NOBODY if autocommit else current()
        if self.bound != NOBODY:
            self._bind(self.bound)

    def _bind(self, binding: Binding) -> None:
        organisation, account = (str(x) if x is not None else "" for x in binding)
        # As Django's own cursors do, so that callers meet one kind of database error.
        with self.wrap_database_errors:
            self.connection.execute(SET_BINDING, (organisation, account))

    def _cursor(self, name: str | None = None) -> Any:
        if self.in_atomic_block and self.bound != current():
            raise TenantChanged(f"{self.bound} -> {current()} inside one transaction")
        return super()._cursor(name)  # type: ignore[misc]

    def follow_from_nobody(self) -> None:
        """Bind an open transaction between nobody and one organisation, never between two."""
        wanted = current()
        if not self.in_atomic_block or self.bound == wanted:
            return
        if self.bound.organisation_id is not None and wanted.organisation_id is not None:
            raise TenantChanged(f"{self.bound} -> {wanted} inside one transaction")
        if not self.needs_rollback:
            self._bind(wanted)
        self.bound = wanted

    def rebind_under_test(self) -> None:
        """Bind again inside an open transaction. Does nothing outside tests."""
        if not getattr(settings, "TENANCY_REBIND_IN_TRANSACTION", False):
            return
        if self.in_atomic_block and self.connection is not None and self.bound != current():
            if not self.needs_rollback:
                self._bind(current())
            self.bound = current()
