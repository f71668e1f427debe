"""The demo is brought back as it was; a real municipality's rows have no way out."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from itertools import product
from typing import Any

import psycopg
import pytest
from django.contrib.auth.hashers import check_password
from django.db import DatabaseError, connection, transaction

from hoest.config import bootstrap
from hoest.config.cli import main
from hoest.config.demo import building
from hoest.config.demo.building import build
from hoest.config.demo.loading import is_half_loaded, load_missing, reload
from hoest.config.demo.log_ins import new_log_ins
from hoest.config.demo.reading import towns
from hoest.config.demo.removing import remove_rows
from hoest.domain.benefits.actions import measure
from hoest.domain.organisations.actions import NotADemo
from hoest.domain.organisations.models import Organisation, Person
from hoest.domain.organisations.queries import find_organisation, system_actor
from hoest.foundation import clock
from hoest.foundation.access.models import Account
from hoest.foundation.database.connection import connect
from hoest.foundation.faults import Fault
from hoest.foundation.tenancy.context import acting_for
from hoest.foundation.tenancy.demo_door import DEMO_LOCK
from tests.support.world import HERE, organisation_id

from .conftest import DAY, everything, rows_of

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo")]
NEIGHBOUR = "9012"
# Columns whose text holds numbers of rows.
NUMBERED = ("facts", "key", "path")
Out = pytest.CaptureFixture[str]


@pytest.fixture
def cli(demo: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run the command line in the database of the test."""
    monkeypatch.setattr(bootstrap, "ready", lambda say=None: nullcontext())
    return lambda *arguments: main(list(arguments))


def _pk(code: str) -> int:
    found = find_organisation(code)
    assert found is not None
    return int(found.pk)


def _natural(tables: dict[str, list[dict[str, Any]]]) -> dict[str, Counter[str]]:
    """Return rows without numbers that differ from build to build."""
    return {
        table: Counter(
            json.dumps(
                {k: v for k, v in row.items() if not k.endswith("id") and k not in NUMBERED},
                sort_keys=True,
            )
            for row in rows
        )
        for table, rows in tables.items()
    }


def test_a_reset_brings_a_demo_back_and_leaves_the_others(demo: str) -> None:
    before, real = everything(), rows_of(organisation_id(HERE))
    with acting_for(_pk(NEIGHBOUR)), transaction.atomic():
        actor = system_actor(_pk(NEIGHBOUR), "Nysgerrig")
        benefit = before[NEIGHBOUR]["benefits_benefit"][0]["id"]
        measure(actor=actor, benefit_id=benefit, on=DAY, value=7)
    assert everything()[NEIGHBOUR] != before[NEIGHBOUR]
    reload([NEIGHBOUR], at_once=False)
    after = everything()
    assert _natural(after.pop(NEIGHBOUR)) == _natural(before.pop(NEIGHBOUR))
    assert after == before
    assert rows_of(organisation_id(HERE)) == real


def test_a_real_municipality_is_refused_by_the_database_itself(demo: str) -> None:
    real = organisation_id(HERE)
    before = rows_of(real)
    with pytest.raises(NotADemo, match="ikke en demo"):
        remove_rows(real)
    with pytest.raises(NotADemo):
        remove_rows(999_999)
    assert rows_of(real) == before


def _run(organisation: int, *statements: tuple[str, list[Any]]) -> None:
    """Run statements as the role that serves people, bound to a municipality."""
    with acting_for(organisation), transaction.atomic(), connection.cursor() as cursor:
        for statement, parameters in statements:
            cursor.execute(statement, parameters)


@pytest.mark.parametrize("code", [HERE, NEIGHBOUR])
def test_the_role_that_serves_people_cannot_call_the_door(demo: str, code: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        _run(_pk(code), ("select hoest_remove_demo(%s)", [_pk(code)]))


# Tables of her own that stand before the real ones, for whoever looks for a table by its name.
SHADOWS = """
create temporary table pg_tables as
  select 'public'::name as schemaname, 'audit_act'::name as tablename, current_user as tableowner;
create temporary table organisations_organisation as select %s::bigint as id, true as is_demo;
create temporary table business_cases_caseversion as
  select id, organisation_id, 'draft' as state, import_id, case_id
    from public.business_cases_caseversion;
"""


@pytest.mark.parametrize("code", [HERE, NEIGHBOUR])
def test_no_setting_lets_the_serving_role_delete_what_is_final(demo: str, code: str) -> None:
    with connect("superuser", database=demo) as admin:
        admin.execute(f'grant temporary on database "{demo}" to public')
    with connection.cursor() as cursor:
        cursor.execute(
            "select array_agg(tgname::text)::text from pg_trigger where not tgisinternal"
        )
        (triggers,) = cursor.fetchone()
    settings = {"pgtrigger.ignore": triggers, "hoest.removing_demo": str(_pk(code))}
    tables = {
        "benefits_measurement": "Cannot delete",
        "business_cases_lineamount": "are final",
    }
    shadows = ([], [(SHADOWS, [_pk(code)])])
    for (setting, value), (table, answer), before in product(
        settings.items(), tables.items(), shadows
    ):
        with pytest.raises(DatabaseError, match=answer):
            _run(
                _pk(code),
                *before,
                ("select set_config(%s, %s, true)", [setting, value]),
                (f"delete from public.{table} where organisation_id = %s", [_pk(code)]),
            )


def test_the_owner_cannot_take_a_real_row_while_removing_a_demo(demo: str) -> None:
    real, demo_pk = organisation_id(HERE), _pk(NEIGHBOUR)
    before = rows_of(real)
    with connect("owner", database=demo) as owner, owner.transaction():
        owner.execute("select set_config('hoest.organisation_id', %s, true)", (str(demo_pk),))
        owner.execute("select set_config('hoest.removing_demo', %s, true)", (str(demo_pk),))
        owner.execute("delete from benefits_measurement where organisation_id = %s", (real,))
    assert rows_of(real) == before


def test_the_mark_of_a_demo_is_set_once_for_all(demo: str) -> None:
    real = Organisation.objects.get(code=HERE)
    for mark in (True, False):
        with pytest.raises(DatabaseError), transaction.atomic():
            Organisation.objects.filter(is_demo=not mark).update(is_demo=mark)
    real.refresh_from_db()
    assert real.is_demo is False


def test_one_password_opens_every_role_and_a_reset_keeps_it(demo: str) -> None:
    (found,) = new_log_ins()
    assert len(found.people) == 12
    reload(["9001"], at_once=False)
    with acting_for(_pk("9001")), transaction.atomic():
        for one in found.people:
            person = Person.objects.get(organisation_id=_pk("9001"), email=one.email)
            assert person.account is not None
            assert check_password(found.password, person.account.password)
    (again,) = new_log_ins()
    assert again.password != found.password
    assert not check_password(found.password, Account.objects.get(email=one.email).password)


def test_an_account_that_reaches_a_real_municipality_keeps_its_password(demo: str) -> None:
    (found,) = new_log_ins()
    here = organisation_id(HERE)
    account = Account.objects.get(email=found.people[0].email)
    from hoest.domain.organisations.actions import let_sign_in

    with acting_for(here), transaction.atomic():
        person = Person.objects.filter(organisation_id=here, email__startswith="employee@").get()
        let_sign_in(actor=system_actor(here, "Prøve"), person=person, account=account)
    with pytest.raises(Fault, match="også logge ind i Ådal"):
        new_log_ins()
    account.refresh_from_db()
    assert check_password(found.password, account.password)


def test_another_fault_in_the_door_is_not_told_as_a_real_municipality(demo: str) -> None:
    with connect("owner", database=demo) as owner:
        owner.execute(
            "create or replace function _pgtrigger_should_ignore(trigger_name name)"
            " returns boolean language sql as 'select false'"
        )
    before = rows_of(_pk(NEIGHBOUR))
    # Which final row stops it first is up to the order of the tables.
    with pytest.raises(psycopg.errors.RaiseException, match="delete rows from"):
        remove_rows(_pk(NEIGHBOUR))
    assert rows_of(_pk(NEIGHBOUR)) == before


def test_two_builds_of_one_municipality_at_once_make_it_once(demo: str) -> None:
    before = everything()[NEIGHBOUR]
    remove_rows(_pk(NEIGHBOUR))
    (told,) = [one for one in towns() if one["code"] == NEIGHBOUR]

    def run(_turn: int) -> Any:
        try:
            with clock.frozen_at(DAY):
                return build(told)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(run, range(2)))
    assert [one.code for one in results if one is not None] == [NEIGHBOUR]
    assert _natural(everything()[NEIGHBOUR]) == _natural(before)


def test_building_and_removing_wait_for_each_other(
    demo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "PATIENCE", "100ms")
    (told,) = [one for one in towns() if one["code"] == NEIGHBOUR]
    with connect("app", database=demo) as other, connect("owner", database=demo) as owner:
        other.execute("select pg_advisory_lock(%s, %s)", (DEMO_LOCK, _pk(NEIGHBOUR)))
        with pytest.raises(DatabaseError, match="timeout"):
            build(told)
        owner.execute("set lock_timeout = '100ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            owner.execute("select hoest_remove_demo(%s)", (_pk(NEIGHBOUR),))


def test_what_was_begun_is_finished(demo: str) -> None:
    assert not is_half_loaded()
    assert load_missing(at_once=False) == []
    remove_rows(_pk(NEIGHBOUR))
    assert is_half_loaded()
    assert [one.code for one in load_missing(at_once=False)] == [NEIGHBOUR]


def test_the_command_refuses_a_real_municipality_in_one_sentence(cli: Any, capsys: Out) -> None:
    assert cli("demo", "reset", "Ådal Kommune") == 2
    assert capsys.readouterr().err == "Ådal Kommune er ikke en demo og bliver ikke rørt.\n"
    assert cli("demo", "reset", "Atlantis") == 2
    assert "ikke en kommune" in capsys.readouterr().err
    assert cli("demo", "nulstil") == 2


def test_the_commands_answer_programs(cli: Any, capsys: Out) -> None:
    assert cli("demo", "reset", "Afprøvestrup", "--json") == 0
    (built,) = json.loads(capsys.readouterr().out)["built"]
    assert (built["code"], built["initiatives"]) == (NEIGHBOUR, 3)
    assert cli("demo", "logins", "--json") == 0
    (log_ins,) = json.loads(capsys.readouterr().out)["log_ins"]
    assert len(log_ins["people"]) == 12
    assert log_ins["password"]
    assert cli("demo", "load", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"built": [], "log_ins": []}
