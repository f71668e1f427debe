"""People and roles: what each role reaches, and that somebody can always give roles."""

import pytest
from django.urls import reverse

from hoest.domain.organisations import actions, queries
from hoest.domain.organisations.actions.changing import NameTaken
from hoest.domain.organisations.actions.people import LastAdministrator
from hoest.domain.organisations.models import Membership, Person, RoleAssignment, Unit
from hoest.domain.organisations.web.lists import Acts, People
from hoest.foundation.access.roles import ROLES
from hoest.foundation.faults import Conflict, Fault, NotAllowed
from hoest.foundation.tenancy.context import acting_for
from tests.support.contracts import ListContract
from tests.support.world import HERE, MARKERS, THERE, email_of, organisation_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(actor):
    return actor("administrator")


@pytest.fixture
def marked(db):
    """One person and one act with the marker in each municipality."""
    for code in (HERE, THERE):
        with acting_for(organisation_id(code)):
            system = queries.system_actor(organisation_id(code), "Opsætning", "test")
            actions.add_person(actor=system, name=f"Gæst {MARKERS[code]}")


@pytest.mark.usefixtures("marked")
class TestPeople(ListContract):
    """The list of people."""

    page = People
    role = "administrator"
    role_without = "politician"

    def make(self, actor, title):
        return actions.add_person(actor=actor, name=title)


@pytest.mark.usefixtures("marked")
class TestActs(ListContract):
    """The log of acts."""

    page = Acts
    role = "administrator"
    role_without = "employee"

    def make(self, actor, title):
        return actions.add_person(actor=actor, name=title)


def test_the_last_administrator_keeps_the_role_and_cannot_leave(admin, here):
    herself = Person.objects.get(pk=admin.person_id)
    role = RoleAssignment.objects.get(person=herself, role="administrator")
    with pytest.raises(LastAdministrator):
        actions.take_role(actor=admin, assignment=role)
    with pytest.raises(LastAdministrator):
        actions.mark_left(actor=admin, person=herself, version=herself.version)
    other = Person.objects.get(email=email_of("executive"))
    actions.give_role(actor=admin, person=other, role="administrator")
    actions.take_role(actor=admin, assignment=role)
    assert not RoleAssignment.objects.filter(person=herself, role="administrator").exists()


def test_a_role_for_one_unit_reaches_that_unit_and_below_only(admin, here):
    unit = Unit.objects.get(name="Hjemmepleje")
    person = actions.add_person(actor=admin, name="Ny leder", email="leder@example.dk")
    actions.give_role(actor=admin, person=person, role="unit_leader", unit=unit.parent)
    grant = queries.actor_of(person).grants[0]
    assert grant.unit_ids == {unit.pk, unit.parent_id}


def test_a_role_for_the_whole_municipality_takes_no_unit(admin, here):
    person = actions.add_person(actor=admin, name="Ny", email="ny@example.dk")
    with pytest.raises(Fault, match="gælder altid hele kommunen"):
        actions.give_role(actor=admin, person=person, role="controller", unit=Unit.objects.first())
    with pytest.raises(Fault, match="ikke en rolle"):
        actions.give_role(actor=admin, person=person, role="kejser")


def test_whoever_has_left_reaches_nothing_and_comes_back_with_the_same_roles(
    admin, here, client_for
):
    client = client_for("controller")
    assert client.get(reverse("organisations:overview")).status_code == 200
    person = Person.objects.get(email=email_of("controller"))
    person = actions.mark_left(actor=admin, person=person, version=person.version)
    assert not Membership.objects.filter(person=person).exists()
    answer = client.get(reverse("organisations:overview"))
    assert answer["Location"] == reverse("organisations:choose")
    assert "ikke i nogen kommune" in client.get(answer["Location"]).text
    actions.take_back(actor=admin, person=person, version=person.version)
    assert client.get(reverse("organisations:overview")).status_code == 200
    assert queries.actor_of(person).roles == {"controller"}


def test_an_address_stands_once_in_a_municipality(admin, here):
    with pytest.raises(NameTaken):
        actions.add_person(actor=admin, name="En anden", email=email_of("controller").upper())


def test_a_changed_person_refuses_an_older_version(admin, here):
    person = Person.objects.get(email=email_of("employee"))
    facts = {"email": person.email, "title": "", "unit": None, "version": person.version}
    actions.change_person(actor=admin, person=person, name="Ny Navn", **facts)
    with pytest.raises(Conflict, match=r"Gammel.*Ny Navn"):
        actions.change_person(actor=admin, person=person, name="Gammel", **facts)


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"administrator"}))
def test_only_the_administrator_changes_people(actor, role):
    with pytest.raises(NotAllowed):
        actions.add_person(actor=actor(role), name="Nogen")


def test_roles_are_given_and_taken_in_the_browser(client_for, here):
    client = client_for("administrator")
    person = Person.objects.get(email=email_of("employee"))
    given = client.post(
        reverse("organisations:give_role", args=[person.pk]), {"role": "controller", "unit": ""}
    )
    assert given.status_code == 302
    assert "Controller" in client.get(given["Location"]).text
    role = RoleAssignment.objects.get(person=person, role="controller")
    take = reverse("organisations:take_role", args=[person.pk, role.pk])
    assert client.get(take).status_code == 405
    assert client.post(take).status_code == 302
    assert not RoleAssignment.objects.filter(pk=role.pk).exists()


def test_a_role_of_somebody_else_cannot_be_taken_by_address(client_for, here):
    person = Person.objects.get(email=email_of("employee"))
    others = RoleAssignment.objects.exclude(person=person).first()
    take = reverse("organisations:take_role", args=[person.pk, others.pk])
    assert client_for("administrator").post(take).status_code == 404


def test_the_page_of_roles_says_what_the_declarations_say(client_for, here):
    from hoest.foundation.access.permissions import all_permissions

    text = client_for("employee").get(reverse("organisations:roles")).text
    for role in ROLES.values():
        assert role.sentence in text
    for permission in all_permissions():
        assert permission.label in text


def test_the_glossary_finds_by_word_and_by_meaning(client_for, here):
    from hoest.foundation import content

    client = client_for("employee")
    address = reverse("organisations:glossary")
    everything = client.get(address)
    assert all(term.word in everything.text for term in content.terms())
    assert "høststige" in client.get(address, {"q": "stige trin"}).text
    assert "Intet ord passer" in client.get(address, {"q": "xyzzy\x00" * 40}).text


def test_the_log_says_every_recorded_act_in_words():
    import re
    from pathlib import Path

    import hoest
    from hoest.foundation.audit.words import SUBJECTS, VERBS

    code = "\n".join(
        file.read_text(encoding="utf-8")
        for file in Path(hoest.__file__).parent.rglob("*.py")
        if "tests" not in file.parts
    )
    recorded = set(re.findall(r'\brecord\(\s*\w+,\s*"([a-z_]+\.[a-z_]+)"', code))
    assert len(recorded) > 30
    assert recorded - set(VERBS) == set()
    assert {verb.partition(".")[0] for verb in recorded} - set(SUBJECTS) == set()
