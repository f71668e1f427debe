"""What `hoest start` does about the demo: it mends and tells, and never stands in the way."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from hoest.config import first_start
from hoest.config.demo import loading
from hoest.config.demo.log_ins import new_log_ins
from hoest.config.demo.removing import remove_rows
from hoest.domain.organisations.actions import let_sign_in
from hoest.domain.organisations.models import Person
from hoest.domain.organisations.queries import demo_organisations, find_organisation, system_actor
from hoest.foundation.access.models import Account
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import HERE, organisation_id

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo")]
NEIGHBOUR = "9012"


@pytest.fixture
def start(demo: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Do the first start in the database of the test and return what it says."""
    monkeypatch.setattr(first_start, "set_up", lambda role: None)

    def run(*, with_figures: bool = True) -> str:
        capsys.readouterr()
        assert first_start.main(with_figures) == 0
        return capsys.readouterr().out

    return run


@pytest.fixture
def passwords(demo: str) -> Any:
    """Let every role of the demo sign in; return what reads the hashes now."""
    emails = [person.email for found in new_log_ins() for person in found.people]
    return lambda: list(
        Account.objects.filter(email__in=emails).order_by("email").values_list("password")
    )


def _empty_the_neighbour() -> None:
    organisation = find_organisation(NEIGHBOUR)
    assert organisation is not None
    remove_rows(organisation.pk)


def _filled() -> set[str]:
    return {one.code for one in demo_organisations() if one.is_filled}


def test_a_start_finishes_what_was_begun_and_then_leaves_it(start: Any, passwords: Any) -> None:
    _empty_the_neighbour()
    assert "Adgangskode for dem alle" in start()
    assert NEIGHBOUR in _filled()
    before = passwords()
    assert "hoest demo logins" in start()
    assert passwords() == before


def test_a_demo_the_files_no_longer_tell_of_keeps_the_passwords(
    start: Any, passwords: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [one for one in loading.towns() if one["code"] != NEIGHBOUR]
    monkeypatch.setattr(loading, "towns", lambda: told)
    loading.reload([NEIGHBOUR], at_once=False)
    assert NEIGHBOUR not in _filled()
    before = passwords()
    assert "Adgangskode for dem alle" not in start()
    assert passwords() == before


def test_a_fault_in_the_demo_is_told_and_stops_nothing(start: Any, passwords: Any) -> None:
    here, account = (
        organisation_id(HERE),
        Account.objects.get(email=new_log_ins()[0].people[0].email),
    )
    with acting_for(here), transaction.atomic():
        person = Person.objects.filter(organisation_id=here, email__startswith="employee@").get()
        let_sign_in(actor=system_actor(here, "Prøve"), person=person, account=account)
    _empty_the_neighbour()
    said = start()
    assert "Demoen er ikke klar" in said
    assert "også logge ind i Ådal" in said


def test_without_the_demo_a_half_one_is_told_as_it_is(start: Any) -> None:
    _empty_the_neighbour()
    said = start(with_figures=False)
    assert "ingen kommune" not in said
    assert "halvt indlæst" in said
    assert NEIGHBOUR not in _filled()
