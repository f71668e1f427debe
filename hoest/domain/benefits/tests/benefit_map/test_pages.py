"""Pages of the benefit map: every act is a plain form, every answer says what happened."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoest.domain.benefits.actions import benefit_map as acts
from hoest.domain.benefits.models import Benefit, MapArrow, MapNode
from hoest.domain.portfolio.models import Initiative
from tests.support.world import MARKERS, THERE, actor_with_role

Clients = Callable[..., Client]
pytestmark = pytest.mark.django_db
IN_PICTURE = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "benefit-map"}


def _initiative(here: int, word: str = "Digital hjemmetræning") -> int:
    return Initiative.objects.get(organisation_id=here, title__startswith=word).pk


def _text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def on(here: int) -> int:
    return _initiative(here)


@pytest.fixture
def manager(client_for: Clients) -> Client:
    return client_for("portfolio_manager")


def _node(on: int, kind: str) -> MapNode:
    return MapNode.objects.filter(benefit_map__initiative_id=on, kind=kind).first()


def _post(client: Client, name: str, on: int, *args: int, **fields: Any) -> Any:
    return client.post(reverse(f"benefits:{name}", args=[on, *args]), fields)


def test_the_page_says_how_many_benefits_have_a_whole_way(client_for: Clients, on: int) -> None:
    page = client_for("executive").get(reverse("benefits:map", args=[on]))
    assert page.status_code == 200
    assert "har en hel vej" in _text(page)
    assert "<svg" in page.content.decode()
    # Every node stands once in full in the list, whatever the picture shows.
    ids = MapNode.objects.filter(benefit_map__initiative_id=on).values_list("pk", flat=True)
    content = page.content.decode()
    assert [content.count(f'id="led-{pk}"') for pk in ids] == [1] * len(ids)
    assert "style=" not in content[content.index("<main") :]
    assert MARKERS[THERE] not in content
    # Who may only look has no way to change anything.
    assert "Tilføj det, der fører hertil" not in content
    assert "Fortryd dit seneste" not in content


def test_an_empty_map_teaches_with_an_example_and_begins_from_a_template(
    manager: Client, client_for: Clients, here: int
) -> None:
    on = _initiative(here, "Robotter på")
    page = manager.get(reverse("benefits:map", args=[on]))
    assert "Sådan kan det se ud" in _text(page)
    assert "Automatisering af en sagsgang" in _text(page)
    assert "Begynd uden" not in _text(
        client_for("executive").get(reverse("benefits:map", args=[on]))
    )
    answer = _post(manager, "map_begin", on, skabelon="automation")
    assert answer.status_code == 302
    assert MapNode.objects.filter(benefit_map__initiative_id=on, kind="behaviour").count() == 2
    assert _post(manager, "map_begin", on, skabelon="findes_ikke").status_code == 302


def test_a_node_is_added_renamed_owned_moved_joined_parted_and_removed_by_plain_forms(
    manager: Client, on: int, here: int
) -> None:
    from hoest.domain.organisations.models import Person

    person = Person.objects.filter(organisation_id=here).first()
    behaviour = _node(on, "behaviour")
    answer = _post(
        manager, "map_add", on, kind="effect", title="Mere ro", ved=behaviour.pk, side="after"
    )
    made = MapNode.objects.get(title="Mere ro")
    assert answer.headers["Location"].endswith(f"#led-{made.pk}")
    assert MapArrow.objects.filter(source=behaviour, target=made).exists()
    page = manager.get(reverse("benefits:map_node", args=[on, made.pk]))
    assert "fører ikke til noget" in _text(page)
    _post(manager, "map_node", on, made.pk, version=1, title="Ro", kind="effect", owner=person.pk)
    made.refresh_from_db()
    assert (made.title, made.owner_id, made.version) == ("Ro", person.pk, 2)
    _post(manager, "map_move", on, made.pk, retning="op")
    benefit = _node(on, "benefit")
    _post(manager, "map_connect", on, source=made.pk, target=benefit.pk)
    assert MapArrow.objects.filter(source=made, target=benefit).exists()
    _post(manager, "map_disconnect", on, source=made.pk, target=benefit.pk)
    assert not MapArrow.objects.filter(source=made, target=benefit).exists()
    _post(manager, "map_undo", on)
    assert MapArrow.objects.filter(source=made, target=benefit).exists()
    seen = f"{behaviour.pk},{benefit.pk}"
    assert _post(manager, "map_remove", on, made.pk, version=2, set=seen).status_code == 302
    assert not MapNode.objects.filter(pk=made.pk).exists()


def test_a_refused_arrow_is_said_with_the_nodes_named(manager: Client, on: int) -> None:
    effect, behaviour = _node(on, "effect"), _node(on, "behaviour")
    answer = _post(manager, "map_connect", on, source=effect.pk, target=behaviour.pk)
    assert answer.status_code == 422
    assert f"»{behaviour.title}« kommer før »{effect.title}«" in _text(answer)
    assert not MapArrow.objects.filter(source=effect, target=behaviour).exists()


def test_a_lost_update_shows_both_versions(manager: Client, on: int) -> None:
    node = _node(on, "effect")
    fields = {"title": "Det andet", "kind": "effect", "owner": ""}
    assert _post(manager, "map_node", on, node.pk, version=7, **fields).status_code == 409
    assert _post(manager, "map_remove", on, node.pk, version=7).status_code == 409


def test_a_fault_of_a_field_shows_the_form_again(manager: Client, on: int) -> None:
    answer = _post(manager, "map_add", on, kind="effect", title=" ")
    assert answer.status_code == 422
    assert "Skriv, hvad leddet hedder" in _text(answer)
    node = _node(on, "effect")
    answer = _post(manager, "map_node", on, node.pk, version=1, title="", kind="effect")
    assert answer.status_code == 422


def test_a_benefit_is_chosen_or_written_down_and_has_no_second_title(
    manager: Client, on: int
) -> None:
    answer = _post(
        manager, "map_add", on, kind="benefit", title="Færre fald", benefit_type="citizen"
    )
    assert answer.status_code == 302
    benefit = Benefit.objects.get(title="Færre fald")
    node = MapNode.objects.get(benefit=benefit)
    assert node.title == ""
    page = _text(manager.get(reverse("benefits:map_node", args=[on, node.pk])))
    assert "Titel og ejer står på gevinstens egen side" in page


def test_an_act_in_the_picture_is_answered_with_the_map_alone(manager: Client, on: int) -> None:
    address = reverse("benefits:map_add", args=[on])
    answer = manager.post(address, {"kind": "effect", "title": "Hurtigt"}, **IN_PICTURE)
    content = answer.content.decode()
    assert answer.status_code == 200
    assert content.lstrip().startswith('<div id="benefit-map"')
    assert "»Hurtigt« er sat på diagrammet." in content
    made = MapNode.objects.get(title="Hurtigt")
    assert f'data-chosen="{made.pk}"' in content
    refused = manager.post(address, {"kind": "effect", "title": ""}, **IN_PICTURE)
    assert refused.status_code == 422
    assert 'role="alert"' in refused.content.decode()
    late = manager.post(
        reverse("benefits:map_remove", args=[on, made.pk]), {"version": 9}, **IN_PICTURE
    )
    assert late.status_code == 409
    assert "Hurtigt" in late.content.decode()


@pytest.mark.parametrize(
    ("form", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")]
)
def test_the_map_is_sent_as_a_file(manager: Client, on: int, form: str, begins: bytes) -> None:
    answer = manager.get(reverse("benefits:map_file", args=[on, form]))
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert "gevinstdiagram-digital-hjemmetraening" in answer.headers["Content-Disposition"].replace(
        "hjemmetrning", "hjemmetraening"
    )
    assert manager.get(reverse("benefits:map_file", args=[on, "docx"])).status_code == 404


def test_a_pdf_is_one_page_on_its_side_and_tells_its_arrows(manager: Client, on: int) -> None:
    body = manager.get(reverse("benefits:map_file", args=[on, "pdf"])).content
    assert len(re.findall(rb"/Type\s*/Page\b", body)) <= 1
    assert b"/StructTreeRoot" in body or b"/ObjStm" in body


def test_a_larger_map_asks_the_database_no_more_often(manager: Client, on: int, here: int) -> None:
    address = reverse("benefits:map", args=[on])
    manager.get(address)
    with CaptureQueriesContext(connection) as before:
        manager.get(address)
    actor = actor_with_role(here, "portfolio_manager")
    last = _node(on, "deliverable").pk
    for number in range(12):
        last = acts.add_node(
            actor=actor,
            initiative_id=on,
            kind="capability",
            title=f"Kan {number}",
            beside=acts.Beside(last, "after"),
        ).pk
    with CaptureQueriesContext(connection) as after:
        manager.get(address)
    assert len(after) == len(before) <= 24


def test_an_initiative_leads_to_its_map(client_for: Clients, on: int, here: int) -> None:
    page = client_for("executive").get(reverse("portfolio:initiative", args=[on]))
    assert reverse("benefits:map", args=[on]) in page.content.decode()
    idea = _initiative(here, "Robotter på")
    page = client_for("executive").get(reverse("portfolio:initiative", args=[idea]))
    assert reverse("benefits:map", args=[idea]) not in page.content.decode()
