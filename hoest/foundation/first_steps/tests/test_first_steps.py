"""The first steps: every role's path leads somewhere real, facts count, and nobody else sees it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from hoest.foundation import content
from hoest.foundation.access.roles import ROLES
from hoest.foundation.audit.models import Act
from hoest.foundation.content import ContentFault
from hoest.foundation.content.first_steps import OWN, PAGES
from hoest.foundation.faults import NotFound
from hoest.foundation.first_steps import actions, paths, places
from hoest.foundation.first_steps.models import Walk
from hoest.foundation.first_steps.queries import first_steps_for, step_called

PATH = "/hjaelp/foerste-skridt/"


def steps_for(actor: Any) -> Any:
    found = first_steps_for(actor, all_places=True)
    assert found is not None
    return found


def test_every_role_has_a_path_and_a_place_in_the_order():
    assert set(content.steps_of_roles()) == set(ROLES) == set(paths.ORDER)


def test_every_own_thing_that_content_may_name_is_found_by_a_subject():
    assert places.registered() == set(OWN)


def test_every_page_that_content_may_name_is_an_address():
    assert all(reverse(name).startswith("/") for name, _query in PAGES.values())


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_step_leads_to_a_page_its_role_may_see(role, actor, client_for):
    client = client_for(role)
    for step in steps_for(actor(role)).steps:
        answer = client.get(step.place.url, follow=True)
        assert answer.status_code == 200, (role, step.code, step.place.url)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_path_costs_three_queries_at_most(role, actor, django_assert_max_num_queries):
    me = actor(role)
    with django_assert_max_num_queries(3):
        first_steps_for(me)


def test_the_benefit_owner_is_led_to_her_own_benefit(actor):
    me = actor("benefit_owner")
    step = steps_for(me).steps[0]
    from hoest.domain.benefits.models import Benefit

    mine = Benefit.objects.filter(organisation_id=me.organisation_id, owner_id=me.person_id)
    assert step.place.url in {reverse("benefits:benefit", args=[one.pk]) for one in mine}
    assert step.place.title


def test_a_step_that_asks_for_a_look_is_done_when_it_is_opened(client_for, actor):
    client = client_for("benefit_owner")
    answer = client.post(f"{PATH}1/gaa/")
    assert answer.status_code == 302
    found = steps_for(actor("benefit_owner"))
    assert answer["Location"] == found.steps[0].place.url
    assert found.steps[0].is_done
    assert found.present.number == 2


def test_a_step_that_asks_for_an_act_is_done_by_the_act_alone(client_for, actor, here):
    me = actor("unit_leader")
    client = client_for("unit_leader")
    before = {step.code: step for step in steps_for(me).steps}
    assert before["measure"].asks_for_act
    assert not before["measure"].is_done
    client.post(f"{PATH}4/gaa/")
    assert not steps_for(me).steps[3].is_done
    Act.objects.create(
        organisation_id=here,
        at=dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC),
        person_id=me.person_id,
        actor_name="x",
        verb="benefits.measure",
        object_kind="benefits.benefit",
        object_label="x",
    )
    done = steps_for(me).steps[3]
    assert done.is_done
    assert done.done_on == dt.date(2026, 3, 1)
    assert not done.is_skipped


def test_the_act_of_another_person_counts_for_her_alone(actor, here):
    me, other = actor("unit_leader"), actor("controller")
    Act.objects.create(
        organisation_id=here,
        at=dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC),
        person_id=other.person_id,
        actor_name="x",
        verb="benefits.measure",
        object_kind="benefits.benefit",
        object_label="x",
    )
    assert not steps_for(me).steps[3].is_done


def test_a_step_can_be_passed_by_and_says_so(actor):
    me = actor("unit_leader")
    actions.mark_seen(actor=me, code="measure")
    step = steps_for(me).steps[3]
    assert step.is_done
    assert step.is_skipped


def test_the_steps_can_be_put_away_taken_up_and_taken_again(client_for, actor):
    client, me = client_for("executive"), actor("executive")
    client.post(f"{PATH}1/set/")
    client.post(f"{PATH}laeg-vaek/")
    assert steps_for(me).is_put_away
    assert not steps_for(me).is_open
    client.post(f"{PATH}tag-frem/")
    assert steps_for(me).is_open
    assert steps_for(me).done == 1
    client.post(f"{PATH}forfra/")
    assert steps_for(me).done == 0


def test_when_all_steps_are_done_the_panel_is_gone_and_the_page_says_so(client_for, actor):
    client, me = client_for("politician"), actor("politician")
    for number in range(1, 6):
        client.post(f"{PATH}{number}/set/")
    found = steps_for(me)
    assert found.is_finished
    assert not found.is_open
    assert "Du er igennem dine første skridt" in client.get(PATH).content.decode()


def test_two_taps_on_the_same_step_count_once(actor):
    me = actor("executive")
    actions.mark_seen(actor=me, code="account")
    actions.mark_seen(actor=me, code="account")
    assert Walk.objects.get(person_id=me.person_id).seen == ["account"]


def test_the_page_tells_that_nobody_else_can_see_it_and_nothing_is_logged(client_for, here):
    before = Act.objects.count()
    client = client_for("executive")
    client.post(f"{PATH}1/gaa/")
    client.post(f"{PATH}laeg-vaek/")
    text = client.get(PATH).content.decode()
    assert "Ingen andre kan se, hvor langt du er" in text
    assert Act.objects.count() == before


def test_a_person_without_a_role_has_no_path(actor):
    from dataclasses import replace

    nobody = replace(actor("employee"), grants=())
    assert first_steps_for(nobody) is None
    assert first_steps_for(replace(actor("employee"), person_id=None)) is None
    with pytest.raises(NotFound):
        actions.put_away(actor=nobody)


def test_a_step_that_does_not_exist_is_not_found(client_for, actor):
    assert client_for("executive").post(f"{PATH}6/gaa/").status_code == 404
    with pytest.raises(NotFound):
        step_called(actor("executive"), 0)


def test_a_person_with_two_roles_chooses_whose_path_she_follows(actor):
    from dataclasses import replace

    me = actor("executive")
    both = replace(me, grants=(*me.grants, *actor("controller").grants))
    assert steps_for(both).role == "controller"
    actions.mark_seen(actor=both, code="account")
    actions.follow_role(actor=both, role="executive")
    assert steps_for(both).role == "executive"
    assert steps_for(both).done == 0
    with pytest.raises(NotFound):
        actions.follow_role(actor=both, role="partner")


def test_a_role_that_was_taken_away_is_followed_no_longer(actor):
    from dataclasses import replace

    me = actor("executive")
    both = replace(me, grants=(*me.grants, *actor("controller").grants))
    actions.follow_role(actor=both, role="controller")
    assert steps_for(me).role == "executive"


def test_the_way_back_stays_inside(client_for):
    client = client_for("executive")
    there = client.post(f"{PATH}laeg-vaek/", {"tilbage": "/hoestregnskab/"})
    assert there["Location"] == "/hoestregnskab/"
    for elsewhere in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        assert client.post(f"{PATH}tag-frem/", {"tilbage": elsewhere})["Location"] == PATH


def test_the_panel_is_two_small_forms_and_goes_when_put_away(actor, rf):
    from django.template.loader import render_to_string

    me = actor("executive")
    request = rf.get("/")
    shown = render_to_string(
        "first_steps/panel.html", {"first_steps": first_steps_for(me), "request": request}
    )
    assert "Se høstregnskabet" in shown
    assert "Gem til senere" in shown
    actions.put_away(actor=me)
    gone = render_to_string("first_steps/panel.html", {"first_steps": first_steps_for(me)})
    assert gone.strip() == ""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("page: week", "page: ugen", "siden 'ugen' i 'executive.week' findes ikke"),
        ("own: initiative", "own: bil", "'own: bil' i 'executive.initiative' findes ikke"),
        ("why_da: Min uge", "hvorfor: Min uge", "kender ikke feltet 'hvorfor'"),
        ("done_by: [exchange.confirm]", "done_by: [indlæs]", "skal være handlinger fra loggen"),
        ("politician:", "borgmester:", "politician"),
    ],
)
def test_a_fault_in_an_own_file_is_told_in_one_sentence(old, new, said, tmp_path, monkeypatch):
    text = content.path("first_steps.yaml").read_text(encoding="utf-8").replace(old, new, 1)
    (tmp_path / "first_steps.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("HOEST_CONTENT", str(tmp_path))
    content.forget()
    try:
        with pytest.raises(ContentFault, match=said):
            content.replaced()
    finally:
        monkeypatch.undo()
        content.forget()


def test_an_act_that_is_never_logged_stops_the_start(tmp_path, monkeypatch):
    text = content.path("first_steps.yaml").read_text(encoding="utf-8")
    own = text.replace("[exchange.confirm]", "[exchange.dream]", 1)
    (tmp_path / "first_steps.yaml").write_text(own, encoding="utf-8")
    monkeypatch.setenv("HOEST_CONTENT", str(tmp_path))
    content.forget()
    try:
        with pytest.raises(ContentFault, match=r"exchange\.dream"):
            paths.refuse_unknown()
    finally:
        monkeypatch.undo()
        content.forget()
