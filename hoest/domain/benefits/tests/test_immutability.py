"""The database itself keeps harvest decisions as they were made."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from hoest.domain.benefits.models import HarvestDecision

TABLE = "benefits_harvestdecision"


def _refused(statement: str, decision: int) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, {"d": decision})
    except DatabaseError:
        return True
    return False


@pytest.fixture
def decision(here: int) -> int:
    """The id of a decision that stands."""
    found = HarvestDecision.objects.filter(organisation_id=here, amount_dkk__isnull=False)
    return found.get().pk


@pytest.mark.parametrize(
    "change",
    [
        "amount_dkk = 1",
        "hours = 1",
        "year = 2040",
        "price_level = 2000",
        "decision = 'En anden'",
        "decided_on = '2020-01-01'",
        "budget_place = 'Et andet sted'",
        "named_use = 'Andet'",
        "recorded_by_name = 'En anden'",
        "source_place = 'Et andet sted'",
    ],
)
def test_plain_sql_cannot_change_a_decision(decision: int, change: str) -> None:
    assert _refused(f"update {TABLE} set {change} where id = %(d)s", decision)


def test_plain_sql_cannot_delete_a_decision(decision: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone()[0] == "hoest_app"
    assert _refused(f"delete from {TABLE} where id = %(d)s", decision)


def test_a_decision_is_withdrawn_once_with_a_reason_and_for_good(decision: int) -> None:
    away = f"update {TABLE} set withdrawn_on = '2026-11-22', withdrawn_reason = '%s'"
    where = " where id = %(d)s"
    assert _refused(away % "" + where, decision)
    assert not _refused(away % "Budgettet er ændret" + where, decision)
    assert _refused(away % "En anden grund" + where, decision)
    back = f"update {TABLE} set withdrawn_on = null, withdrawn_reason = ''"
    assert _refused(back + where, decision)
    assert _refused(f"delete from {TABLE} where id = %(d)s", decision)
