"""A municipality stays in the directory under its number and code, so its mark means something."""

from __future__ import annotations

import psycopg
import pytest

from hoest.foundation.database.connection import Role, connect
from tests.support.world import HERE, THERE, organisation_id

TABLE = "public.organisations_organisation"
SWAP = (
    f"update {TABLE} set id = case id when %(here)s then %(there)s else %(here)s end"
    " where id in (%(here)s, %(there)s)"
)
CHANGES = {
    "taken away": f"delete from {TABLE} where id = %(here)s",
    "two swapped": SWAP,
    "renumbered": f"update {TABLE} set id = id + 1000 where id = %(here)s",
    "another code": f"update {TABLE} set code = '0999' where id = %(here)s",
    "marked": f"update {TABLE} set is_demo = true where id = %(here)s",
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(
    ("role", "fault"),
    [
        ("app", psycopg.errors.InsufficientPrivilege),
        ("worker", psycopg.errors.InsufficientPrivilege),
        ("owner", psycopg.errors.RaiseException),
    ],
)
def test_a_municipality_cannot_come_back_as_a_demo(
    own_database: str, role: Role, fault: type[Exception], change: str
) -> None:
    numbers = {"here": organisation_id(HERE), "there": organisation_id(THERE)}
    with connect(role, database=own_database) as inside, pytest.raises(fault):
        inside.execute(CHANGES[change], numbers)
    assert organisation_id(HERE) == numbers["here"]


def test_even_the_owner_in_the_door_leaves_the_place_of_a_real_one(own_database: str) -> None:
    here = str(organisation_id(HERE))
    with connect("owner", database=own_database) as owner, owner.transaction():
        owner.execute("select set_config('hoest.organisation_id', %s, true)", (here,))
        owner.execute("select set_config('hoest.removing_demo', %s, true)", (here,))
        with pytest.raises(psycopg.errors.RaiseException), owner.transaction():
            owner.execute(CHANGES["taken away"], {"here": int(here)})
