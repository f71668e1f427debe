"""A draft belongs to one person, and the last one kept counts."""

import pytest
from django.http import QueryDict

from hoest.foundation.forms import drafts

pytestmark = pytest.mark.django_db


def keep(who, text, **more):
    posted = QueryDict(f"title={text}&csrfmiddlewaretoken=hemmelig&version=3")
    return drafts.keep(actor=who, form_name="prøve", posted=posted, names=["title"], **more)


def test_only_the_named_fields_of_the_last_one_are_kept(actor):
    manager = actor("portfolio_manager")
    keep(manager, "a")
    keep(manager, "b", base_version=3)
    found = drafts.find(manager, "prøve")
    assert (found.fields, found.base_version) == ({"title": "b"}, 3)


def test_drafts_of_people_things_and_forms_are_apart(actor):
    manager, controller = actor("portfolio_manager"), actor("controller")
    keep(manager, "ny")
    keep(manager, "syv", object_id=7)
    assert drafts.find(controller, "prøve") is None
    assert drafts.find(manager, "andet") is None
    assert drafts.find(manager, "prøve", 7).fields["title"] == "syv"
    assert drafts.drop(actor=controller, form_name="prøve") is False
    assert drafts.drop(actor=manager, form_name="prøve") is True
    assert drafts.find(manager, "prøve", 7) is not None


def test_the_neighbour_sees_no_draft_of_ours(actor):
    from hoest.foundation.tenancy.context import acting_for
    from tests.support.world import THERE, actor_with_role, organisation_id

    manager = actor("portfolio_manager")
    keep(manager, "vores")
    with acting_for(organisation_id(THERE)):
        there = actor_with_role(organisation_id(THERE), "portfolio_manager")
        assert drafts.find(there, "prøve") is None


def test_the_system_is_no_person_and_keeps_no_draft(actor, here):
    from hoest.domain.organisations.queries import system_actor

    assert keep(system_actor(here, "Nattens job"), "a") is None


def test_too_much_text_is_refused_and_a_null_sign_is_left_out(actor):
    with pytest.raises(drafts.DraftTooLarge):
        keep(actor("portfolio_manager"), "x" * 20_001)
    keep(actor("portfolio_manager"), "a%00b")
    assert drafts.find(actor("portfolio_manager"), "prøve").fields["title"] == "ab"
