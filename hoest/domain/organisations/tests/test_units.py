"""The tree of units: what may stand where, lost updates, closing."""

import pytest
from django.urls import reverse

from hoest.domain.organisations import actions, queries
from hoest.domain.organisations.actions.changing import NameTaken
from hoest.domain.organisations.actions.units import UnitHasUnitsBelow
from hoest.domain.organisations.models import Unit
from hoest.foundation.audit.queries import acts_about
from hoest.foundation.faults import Conflict, Fault, NotAllowed, NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(actor):
    return actor("administrator")


def test_a_department_stands_at_the_top_and_never_under_another_unit(admin):
    care = actions.add_unit(actor=admin, name="Kultur")
    with pytest.raises(actions.UnitCannotStandThere, match="kan ikke ligge under Kultur"):
        actions.add_unit(actor=admin, name="Fritid", kind="department", parent=care)


def test_a_name_stands_once_under_the_same_parent(admin):
    actions.add_unit(actor=admin, name="Kultur")
    with pytest.raises(NameTaken):
        actions.add_unit(actor=admin, name="  kultur ")
    other = actions.add_unit(actor=admin, name="Fritid")
    assert actions.add_unit(actor=admin, name="Kultur", kind="section", parent=other).pk


def test_a_name_of_spaces_is_no_name(admin):
    with pytest.raises(Fault, match="skal have et navn"):
        actions.add_unit(actor=admin, name="   ")


def test_a_unit_cannot_be_moved_below_itself(admin):
    top = actions.add_unit(actor=admin, name="A", kind="section")
    below = actions.add_unit(actor=admin, name="B", kind="section", parent=top)
    for parent in (top, below):
        with pytest.raises(actions.UnitCannotStandThere):
            actions.move_unit(actor=admin, unit=top, parent=parent, kind="section", version=1)


def test_a_unit_with_sections_cannot_become_a_team(admin):
    top = actions.add_unit(actor=admin, name="A", kind="section")
    actions.add_unit(actor=admin, name="B", kind="section", parent=top)
    with pytest.raises(actions.UnitCannotStandThere, match="B"):
        actions.move_unit(actor=admin, unit=top, parent=None, kind="team", version=1)


def test_two_who_rename_at_once_see_both_names_and_nothing_is_lost(admin):
    unit = actions.add_unit(actor=admin, name="Kultur")
    actions.rename_unit(actor=admin, unit=unit, name="Kultur og Fritid", version=1)
    with pytest.raises(Conflict, match=r"Idræt.*Kultur og Fritid"):
        actions.rename_unit(actor=admin, unit=unit, name="Idræt", version=1)
    assert Unit.objects.get(pk=unit.pk).name == "Kultur og Fritid"


def test_a_unit_is_closed_after_those_below_and_can_be_opened_again(admin):
    top = actions.add_unit(actor=admin, name="A", kind="section")
    below = actions.add_unit(actor=admin, name="B", kind="team", parent=top)
    with pytest.raises(UnitHasUnitsBelow, match="B"):
        actions.close_unit(actor=admin, unit=top, version=1)
    actions.close_unit(actor=admin, unit=below, version=1)
    top = actions.close_unit(actor=admin, unit=top, version=1)
    assert top.closed_on
    assert top not in queries.open_units_of(admin)
    with pytest.raises(Fault, match="Åbn den først"):
        actions.reopen_unit(actor=admin, unit=queries.unit_of(admin, below.pk), version=2)
    assert actions.reopen_unit(actor=admin, unit=top, version=2).closed_on is None


def test_every_change_of_a_unit_is_an_act_in_the_log(admin):
    unit = actions.add_unit(actor=admin, name="A", kind="section")
    unit = actions.rename_unit(actor=admin, unit=unit, name="B", version=1)
    unit = actions.move_unit(actor=admin, unit=unit, parent=None, kind="team", version=2)
    unit = actions.close_unit(actor=admin, unit=unit, version=3)
    actions.reopen_unit(actor=admin, unit=unit, version=4)
    verbs = [act.verb.partition(".")[2] for act in acts_about(unit)]
    assert verbs == ["reopen_unit", "close_unit", "move_unit", "rename_unit", "add_unit"]


@pytest.mark.parametrize("role", ["executive", "unit_leader", "controller", "employee", "partner"])
def test_only_administrator_and_portfolio_manager_change_units(actor, role):
    with pytest.raises(NotAllowed):
        actions.add_unit(actor=actor(role), name="Kultur")


def test_a_committee_is_changed_closed_and_opened(admin):
    body = actions.add_body(actor=admin, name="Byrådet")
    assert body.kind == "council"
    body = actions.change_body(
        actor=admin, body=body, name="Kommunalbestyrelsen", kind="council", version=1
    )
    with pytest.raises(Conflict):
        actions.close_body(actor=admin, body=body, version=1)
    body = actions.close_body(actor=admin, body=body, version=2)
    assert body not in queries.open_bodies_of(admin)
    assert actions.reopen_body(actor=admin, body=body, version=3).closed_on is None
    with pytest.raises(NameTaken):
        actions.add_body(actor=admin, name="kommunalbestyrelsen")


def test_the_tree_is_read_in_three_queries_and_in_danish_order(admin, django_assert_num_queries):
    for name in ("Ådalen", "Ældre", "Zoo", "Aaby"):
        actions.add_unit(actor=admin, name=name)
    with django_assert_num_queries(2):
        lines = queries.unit_lines(admin)
    names = [line.unit.name for line in lines if line.depth == 0]
    # Aa sorts as å, so Aaby stands before Ådalen and both stand last.
    assert [n for n in names if n in ("Ådalen", "Ældre", "Zoo", "Aaby")] == [
        "Zoo",
        "Ældre",
        "Aaby",
        "Ådalen",
    ]


def test_a_unit_that_does_not_exist_is_not_found(admin):
    with pytest.raises(NotFound):
        queries.unit_of(admin, 999_999_999)


def test_a_unit_is_made_renamed_moved_and_closed_in_the_browser(client_for, here):
    client = client_for("administrator")
    made = client.post(reverse("organisations:add_unit"), {"name": "Kultur", "kind": "department"})
    unit = Unit.objects.get(name="Kultur")
    assert made["Location"] == reverse("organisations:unit", args=[unit.pk])
    renamed = client.post(
        reverse("organisations:rename_unit", args=[unit.pk]),
        {"name": "Kultur og Fritid", "version": "1"},
    )
    assert renamed.status_code == 302
    stale = client.post(
        reverse("organisations:rename_unit", args=[unit.pk]), {"name": "Idræt", "version": "1"}
    )
    assert stale.status_code == 409
    assert "Kultur og Fritid" in stale.text
    assert "Idræt" in stale.text
    moved = client.post(
        reverse("organisations:move_unit", args=[unit.pk]),
        {"parent": "", "kind": "section", "version": "2"},
    )
    assert moved.status_code == 302
    close = reverse("organisations:close_unit", args=[unit.pk])
    assert client.post(close, {"version": "3"}).status_code == 302
    assert Unit.objects.get(pk=unit.pk).closed_on is not None


def test_a_unit_without_a_name_comes_back_as_a_form_with_its_fault(client_for, here):
    answer = client_for("administrator").post(
        reverse("organisations:add_unit"), {"name": " ", "kind": "department"}
    )
    assert answer.status_code == 422
    assert "form-error" in answer.text
