"""The backend at its edges: a connection that dies at BEGIN, and a server that comes back."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection
from psycopg_pool.base import AttemptWithBackoff

from hoest.foundation.tenancy.backend.base import DatabaseWrapper
from hoest.foundation.tenancy.context import Binding


def test_a_connection_that_dies_at_begin_is_djangos_own_error() -> None:
    def die(*_: Any) -> None:
        raise psycopg.errors.AdminShutdown("terminating connection due to administrator command")

    wrapper = DatabaseWrapper(dict(connection.settings_dict), "default")
    wrapper.connection = SimpleNamespace(execute=die)
    with pytest.raises(OperationalError, match="terminating connection"):
        wrapper._bind(Binding(1, None))


def test_the_pool_asks_for_a_server_that_is_away_at_a_steady_pace() -> None:
    attempt = AttemptWithBackoff(timeout=300)
    delays = []
    for _ in range(20):
        attempt.update_delay(time.monotonic())
        delays.append(attempt.delay)
    assert max(delays) < 0.5
