"""Acts on the benefit map: each is allowed, done, told in the log, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hoest.domain.benefits.actions import benefit_map as acts
from hoest.domain.benefits.models import Benefit, BenefitMap, MapArrow, MapNode
from hoest.domain.benefits.queries.benefit_map import ReadMap, read_map
from hoest.domain.benefits.rules.faults import (
    ArrowRefused,
    NodeNotWhole,
    NothingToUndo,
    NotOnTheMap,
)
from hoest.domain.portfolio.models import Initiative
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.models import Act
from hoest.foundation.faults import Conflict, NotAllowed, NotFound

Actors = Callable[[str], Actor]
pytestmark = pytest.mark.django_db


@pytest.fixture
def initiative(here: int) -> int:
    """The initiative whose map is drawn; it has no map in the world of the tests."""
    made = Initiative.objects.get(organisation_id=here, title__startswith="Fælles skærmbesøg")
    BenefitMap.objects.filter(initiative_id=made.pk).delete()
    return made.pk


class Drawer:
    """Somebody who draws on one map."""

    def __init__(self, actor: Actor, initiative_id: int) -> None:
        self.actor, self.on = actor, {"actor": actor, "initiative_id": initiative_id}
        self.initiative_id = initiative_id

    def begin(self, template: str = "") -> ReadMap:
        acts.begin_map(**self.on, template=template)
        return self.read()

    def add(self, kind: str, title: str, **more: Any) -> int:
        return acts.add_node(**self.on, kind=kind, title=title, **more).pk

    def join(self, source: int, target: int) -> bool:
        return acts.connect(**self.on, source_id=source, target_id=target)

    def read(self) -> ReadMap:
        return read_map(self.actor, self.initiative_id)

    def shape(self) -> tuple[set[tuple[Any, ...]], set[tuple[int, int]]]:
        found = self.read()
        nodes = {(one.id, one.kind, one.title, one.owner_id) for one in found.nodes}
        return nodes, set(found.arrows)


@pytest.fixture
def lead(actor: Actors, initiative: int) -> Drawer:
    return Drawer(actor("portfolio_manager"), initiative)


@pytest.fixture
def other(actor: Actors, initiative: int) -> Drawer:
    return Drawer(actor("controller"), initiative)


def test_a_map_begins_with_the_purpose_and_the_benefits_joined(lead: Drawer) -> None:
    found = lead.begin()
    assert [one.kind for one in found.nodes] == ["benefit", "purpose"]
    benefit, purpose = found.nodes
    assert benefit.title == Benefit.objects.get(pk=benefit.benefit_id).title
    assert purpose.follows_initiative
    assert found.arrows == ((benefit.id, purpose.id),)
    # Beginning twice begins once.
    assert lead.begin().nodes == found.nodes


def test_a_template_stands_around_the_benefits(lead: Drawer) -> None:
    found = lead.begin("welfare_technology")
    assert {"deliverable", "capability", "behaviour", "effect"} <= {o.kind for o in found.nodes}
    benefit = next(one for one in found.nodes if one.benefit_id)
    effects = {one.id for one in found.nodes if one.kind == "effect"}
    assert {source for source, target in found.arrows if target == benefit.id} == effects
    BenefitMap.objects.filter(initiative_id=lead.initiative_id).delete()
    with pytest.raises(NodeNotWhole):
        lead.begin("findes_ikke")


def test_the_title_of_a_benefit_is_the_benefits_own(lead: Drawer) -> None:
    node = next(one for one in lead.begin().nodes if one.benefit_id)
    Benefit.objects.filter(pk=node.benefit_id).update(title="Et nyt navn")
    assert lead.read().node[node.id].title == "Et nyt navn"
    with pytest.raises(NodeNotWhole, match="egen side"):
        acts.change_node(
            **lead.on, node_id=node.id, version=node.version, fields={"title": "Et andet"}
        )


def test_a_new_benefit_is_written_down_as_a_draft(lead: Drawer) -> None:
    lead.begin()
    node = lead.add("benefit", "Kortere ventetid", benefit_type="citizen")
    benefit = Benefit.objects.get(pk=lead.read().node[node].benefit_id)
    assert (benefit.title, benefit.benefit_type) == ("Kortere ventetid", "citizen")
    assert benefit.initiative_id == lead.initiative_id
    with pytest.raises(NodeNotWhole):
        lead.add("benefit", "Uden type")
    with pytest.raises(NodeNotWhole, match="allerede"):
        lead.add("benefit", "", benefit_id=benefit.pk)


def test_a_dis_benefit_that_is_written_down_is_a_dis_benefit_on_the_map(lead: Drawer) -> None:
    loss = Benefit.objects.filter(initiative_id=lead.initiative_id).first()
    Benefit.objects.filter(pk=loss.pk).update(is_disbenefit=True, line_key="")
    found = lead.begin("automation")
    node = next(one for one in found.nodes if one.benefit_id == loss.pk)
    assert node.kind == "disbenefit"
    assert not [arrow for arrow in found.arrows if node.id in arrow]
    acts.remove_node(**lead.on, node_id=node.id, version=1, seen=[])
    again = lead.add("benefit", "", benefit_id=loss.pk)
    assert lead.read().node[again].kind == "disbenefit"


def test_every_act_is_told_in_the_log(lead: Drawer) -> None:
    lead.begin()
    first = lead.add("deliverable", "App")
    second = lead.add("capability", "Kan bruge appen", beside=acts.Beside(first, "after"))
    lead.add("deliverable", "Kursus")
    acts.change_node(**lead.on, node_id=first, version=1, fields={"title": "Appen"})
    acts.move_node(**lead.on, node_id=first, is_up=False)
    acts.disconnect(**lead.on, source_id=first, target_id=second)
    lead.join(first, second)
    acts.remove_node(**lead.on, node_id=second, version=1, seen=[first])
    acts.undo(**lead.on)
    verbs = list(
        Act.objects.filter(object_kind="benefits.benefitmap")
        .order_by("pk")
        .values_list("verb", flat=True)
    )
    assert [one.removeprefix("benefits.") for one in verbs[-10:]] == [
        "begin_map",
        *["add_to_map"] * 3,
        "change_in_map",
        "move_in_map",
        "disconnect_in_map",
        "connect_in_map",
        "remove_from_map",
        "undo_in_map",
    ]


def test_each_act_is_taken_back_until_nothing_is_left(lead: Drawer, here: int) -> None:
    from hoest.domain.organisations.models import Person

    person = Person.objects.filter(organisation_id=here).first()
    lead.begin()
    shapes = [lead.shape()]
    first = lead.add("deliverable", "App")
    shapes.append(lead.shape())
    second = lead.add("behaviour", "Bruger appen", beside=acts.Beside(first, "after"))
    shapes.append(lead.shape())
    acts.change_node(
        **lead.on, node_id=second, version=1, fields={"title": "Bruger den", "owner": person}
    )
    shapes.append(lead.shape())
    acts.disconnect(**lead.on, source_id=first, target_id=second)
    shapes.append(lead.shape())
    lead.join(first, second)
    shapes.append(lead.shape())
    acts.remove_node(**lead.on, node_id=first, version=1, seen=None)
    for shape in reversed(shapes):
        acts.undo(**lead.on)
        assert lead.shape() == shape
    acts.undo(**lead.on)
    assert lead.shape() == (set(), set())
    with pytest.raises(NothingToUndo):
        acts.undo(**lead.on)


def test_one_undoes_only_ones_own_act_and_not_what_others_built_upon(
    lead: Drawer, other: Drawer
) -> None:
    lead.begin()
    mine = lead.add("deliverable", "App")
    theirs = other.add("capability", "Kan bruge appen")
    other.join(mine, theirs)
    with pytest.raises(NothingToUndo, match="bygget videre"):
        acts.undo(**lead.on)
    acts.undo(**other.on)
    acts.undo(**lead.on)
    assert mine not in lead.read().node
    assert theirs in lead.read().node


def test_a_lost_update_is_refused_and_the_acts_of_two_people_both_stand(
    lead: Drawer, other: Drawer
) -> None:
    lead.begin()
    node = lead.add("effect", "Færre besøg")
    # Both add at once: none is lost.
    one, two = lead.add("capability", "A"), other.add("capability", "B")
    assert {one, two} <= set(lead.read().node)
    acts.change_node(**other.on, node_id=node, version=1, fields={"title": "Færre ture"})
    with pytest.raises(Conflict):
        acts.change_node(**lead.on, node_id=node, version=1, fields={"title": "Færre kilometer"})
    assert lead.read().node[node].title == "Færre ture"
    with pytest.raises(Conflict):
        acts.remove_node(**lead.on, node_id=node, version=1, seen=[])
    other.join(one, node)
    with pytest.raises(Conflict, match="imens forbundet"):
        acts.remove_node(**lead.on, node_id=node, version=2, seen=[])
    acts.remove_node(**lead.on, node_id=node, version=2, seen=[one])


def test_arrows_that_go_wrong_are_refused_with_the_nodes_named(lead: Drawer) -> None:
    lead.begin()
    first, second = lead.add("effect", "Første"), lead.add("effect", "Anden")
    assert lead.join(first, second)
    assert not lead.join(first, second)
    with pytest.raises(ArrowRefused, match="»Første« → »Anden« → »Første«"):
        lead.join(second, first)
    behaviour = lead.add("behaviour", "Gør det nye")
    with pytest.raises(ArrowRefused, match="»Gør det nye« kommer før »Anden«"):
        lead.join(second, behaviour)
    with pytest.raises(ArrowRefused, match="sig selv"):
        lead.join(first, first)
    assert MapArrow.objects.filter(source_id__in=[first, second]).count() == 1


def test_a_node_does_not_become_what_its_arrows_forbid(lead: Drawer) -> None:
    lead.begin()
    first = lead.add("capability", "Kan")
    second = lead.add("behaviour", "Gør", beside=acts.Beside(first, "after"))
    with pytest.raises(ArrowRefused, match="venstre mod højre"):
        acts.change_node(**lead.on, node_id=first, version=1, fields={"kind": "effect"})
    acts.change_node(**lead.on, node_id=second, version=1, fields={"kind": "effect"})
    assert lead.read().node[second].kind == "effect"
    with pytest.raises(NodeNotWhole):
        acts.change_node(**lead.on, node_id=first, version=1, fields={"title": " "})


def test_moving_changes_places_among_the_alike(lead: Drawer) -> None:
    lead.begin()
    first, second = lead.add("effect", "Første"), lead.add("effect", "Anden")
    assert acts.move_node(**lead.on, node_id=second, is_up=True)
    effects = [one.id for one in lead.read().nodes if one.kind == "effect"]
    assert effects == [second, first]
    assert not acts.move_node(**lead.on, node_id=second, is_up=True)


@pytest.mark.parametrize("role", ["executive", "benefit_owner", "employee"])
def test_who_may_not_change_benefits_may_not_draw(actor: Actors, lead: Drawer, role: str) -> None:
    lead.begin()
    with pytest.raises((NotAllowed, NotFound)):
        Drawer(actor(role), lead.initiative_id).add("effect", "Nej")


def test_a_map_of_the_neighbour_is_not_there(actor: Actors, lead: Drawer) -> None:
    with pytest.raises(NotFound):
        Drawer(lead.actor, 10**9).begin()
    with pytest.raises(NotOnTheMap):
        lead.add("effect", "Før der er et diagram")
    lead.begin()
    with pytest.raises(NotOnTheMap):
        acts.change_node(**lead.on, node_id=10**9, version=1, fields={"title": "x"})


def test_the_database_holds_one_title_for_a_benefit(lead: Drawer) -> None:
    from django.db import IntegrityError, transaction

    node = next(one for one in lead.begin().nodes if one.benefit_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        MapNode.objects.filter(pk=node.id).update(title="Skrevet to gange")
