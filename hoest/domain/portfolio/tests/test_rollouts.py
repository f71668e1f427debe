"""Roll-outs: the degree place by place, and no closing while the old way is open."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.db import Error, connection, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.organisations.models import Person, Unit
from hoest.domain.portfolio import actions, queries
from hoest.domain.portfolio.models import ClosingDecision, Initiative, Rollout
from hoest.domain.portfolio.rules import (
    Hindrance,
    Phase,
    RolloutFacts,
    RolloutState,
    closing_hindrances,
    implementation,
    rollout_state,
)
from hoest.foundation.audit.models import Act
from hoest.foundation.clock import today
from hoest.foundation.faults import NotAllowed, NotFound
from hoest.foundation.forms.versions import ChangedMeanwhile
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import MARKERS, THERE, actor_with_role, organisation_id

DAY = dt.date(2026, 11, 22)
AGREED = Decimal("0.8")


def place(**facts):
    return RolloutFacts(**{"planned_users": 10, **facts})


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, RolloutState.PLANNED),
        ({"planned_on": DAY}, RolloutState.PLANNED),
        ({"planned_on": DAY - dt.timedelta(1)}, RolloutState.LATE),
        ({"live_on": DAY}, RolloutState.OLD_WAY_OPEN),
        ({"live_on": DAY, "old_way_closes_on": DAY}, RolloutState.LIVE),
        ({"live_on": DAY, "old_way_closes_on": DAY - dt.timedelta(1)}, RolloutState.OLD_WAY_OPEN),
        ({"live_on": DAY, "old_way_closed_on": DAY}, RolloutState.LIVE),
        ({"live_on": DAY, "old_way_closed_on": DAY, "users_in_use": 7}, RolloutState.LIVE),
        ({"live_on": DAY, "old_way_closed_on": DAY, "users_in_use": 8}, RolloutState.EMBEDDED),
    ],
)
def test_a_roll_out_stands_where_its_dates_and_its_use_say(facts, state):
    assert rollout_state(place(**facts), AGREED, DAY) is state


def test_the_degree_weighs_each_unit_by_its_users_and_only_our_own():
    found = implementation(
        [
            place(planned_users=90, users_in_use=90, counted_on=DAY, old_way_closed_on=DAY),
            place(planned_users=10, users_in_use=0, counted_on=DAY - dt.timedelta(5)),
            place(planned_users=999, users_in_use=0, is_own=False),
        ],
        DAY,
    )
    assert found.share == Decimal("0.9")
    assert (found.places, found.closed) == (2, 1)
    assert found.counted_on == DAY - dt.timedelta(5)
    assert found.old_way_closed_on is None
    assert implementation([place(is_own=False)], DAY) is None


@given(st.lists(st.tuples(st.integers(1, 500), st.none() | st.integers(0, 900)), min_size=1))
def test_the_degree_is_a_share_and_one_unit_cannot_make_up_for_another(units):
    found = implementation(
        [
            place(planned_users=planned, users_in_use=used, counted_on=used and DAY)
            for planned, used in units
        ],
        DAY,
    )
    if all(used is None for _planned, used in units):
        assert found.share is None
    else:
        assert 0 <= found.share <= 1
        if found.share == 1 and found.planned_users < 1000:
            assert all((used or 0) >= planned for planned, used in units)


@pytest.mark.parametrize(
    ("share", "closed", "expected"),
    [
        (0.8, DAY, ()),
        (0.6, DAY, (Hindrance.ADOPTION_LOW,)),
        (None, DAY, (Hindrance.ADOPTION_UNKNOWN,)),
        (1.0, None, (Hindrance.OLD_WAY_OPEN,)),
        (1.0, DAY + dt.timedelta(1), (Hindrance.OLD_WAY_OPEN,)),
        (0.6, None, (Hindrance.OLD_WAY_OPEN, Hindrance.ADOPTION_LOW)),
    ],
)
def test_delivered_and_sixty_per_cent_used_is_not_done(share, closed, expected):
    found = closing_hindrances(
        adoption_share=share, agreed_adoption_share=0.8, old_way_closed_on=closed, today=DAY
    )
    assert found == expected


@pytest.fixture
def journey(here):
    """An initiative in realisation with nothing counted and no roll-out yet."""
    found = Initiative.objects.get(organisation_id=here, title__startswith="Fælles skærmbesøg")
    Initiative.objects.filter(pk=found.pk).update(
        phase=Phase.REALISATION,
        live_on=today() - dt.timedelta(days=90),
        adoption_share=None,
        adoption_on=None,
        old_way_closed_on=None,
    )
    found.refresh_from_db()
    return found


@pytest.fixture
def units(here):
    return list(Unit.objects.filter(organisation_id=here, closed_on__isnull=True).order_by("pk"))


def rolled(actor, initiative, unit, **facts):
    return actions.add_rollout(
        actor=actor,
        initiative_id=initiative.pk,
        fields={"unit": unit, "planned_users": 10, **facts},
    )


def test_what_the_units_tell_becomes_the_initiatives_own(journey, units, actor):
    lead = actor("portfolio_manager")
    first = rolled(lead, journey, units[0], live_on=today(), users_in_use=9, counted_on=today())
    journey.refresh_from_db()
    assert (journey.adoption_share, journey.adoption_on) == (Decimal("0.9"), today())
    rolled(lead, journey, units[1])
    journey.refresh_from_db()
    assert journey.adoption_share == Decimal("0.45")
    actions.change_rollout(
        actor=lead,
        rollout_id=first.pk,
        version=first.version,
        fields={"old_way_closed_on": today()},
    )
    journey.refresh_from_db()
    assert journey.old_way_closed_on is None
    second = Rollout.objects.get(initiative=journey, unit=units[1])
    actions.change_rollout(
        actor=lead,
        rollout_id=second.pk,
        version=second.version,
        fields={"old_way_closed_on": today() - dt.timedelta(days=3)},
    )
    journey.refresh_from_db()
    assert journey.old_way_closed_on == today()
    assert Act.objects.filter(verb="portfolio.close_old_way_there").count() == 2


def test_another_municipality_is_shown_beside_and_moves_nothing_of_ours(journey, actor):
    lead = actor("portfolio_manager")
    actions.add_rollout(
        actor=lead,
        initiative_id=journey.pk,
        fields={
            "place_name": " Nabo  Kommune ",
            "planned_users": 5,
            "users_in_use": 5,
            "counted_on": today(),
        },
    )
    journey.refresh_from_db()
    assert journey.adoption_share is None
    assert str(Rollout.objects.get(initiative=journey)) == "Nabo Kommune"
    actions.record_adoption(
        actor=lead,
        initiative_id=journey.pk,
        version=journey.version,
        share=Decimal("0.5"),
        on=today(),
    )


def test_a_place_is_one_place_and_stands_once(journey, units, actor):
    lead = actor("portfolio_manager")
    for fields in ({"planned_users": 1}, {"unit": units[0], "place_name": "B", "planned_users": 1}):
        with pytest.raises(actions.OnePlaceOnly):
            actions.add_rollout(actor=lead, initiative_id=journey.pk, fields=fields)
    rolled(lead, journey, units[0])
    with pytest.raises(actions.PlaceIsThere):
        rolled(lead, journey, units[0])
    with pytest.raises(actions.CountNeedsDay):
        rolled(lead, journey, units[1], users_in_use=3)
    with pytest.raises(actions.InTheFuture):
        rolled(lead, journey, units[1], old_way_closed_on=today() + dt.timedelta(days=1))
    with pytest.raises(Error), transaction.atomic():
        Rollout.objects.filter(initiative=journey).update(place_name="Også her")


def test_where_units_tell_the_whole_is_not_typed_beside_them(journey, units, actor):
    lead = actor("portfolio_manager")
    rolled(lead, journey, units[0])
    journey.refresh_from_db()
    facts = {"actor": lead, "initiative_id": journey.pk, "version": journey.version}
    with pytest.raises(actions.UnitsTell):
        actions.record_adoption(**facts, share=Decimal("1"), on=today())
    with pytest.raises(actions.UnitsTell):
        actions.close_old_way(**facts, closed_on=today())


def test_a_lost_update_and_a_begun_roll_out_are_refused(journey, units, actor):
    lead = actor("portfolio_manager")
    made = rolled(lead, journey, units[0])
    facts = {"actor": lead, "rollout_id": made.pk}
    actions.change_rollout(**facts, version=1, fields={"live_on": today()})
    with pytest.raises(ChangedMeanwhile):
        actions.change_rollout(**facts, version=1, fields={"planned_users": 12})
    with pytest.raises(actions.StaysInHistory):
        actions.remove_rollout(**facts, version=2)
    other = rolled(lead, journey, units[1])
    actions.remove_rollout(actor=lead, rollout_id=other.pk, version=1)
    assert Rollout.objects.filter(initiative=journey).count() == 1


def close(actor, initiative, **decision):
    initiative.refresh_from_db()
    return actions.change_phase(
        actor=actor,
        initiative_id=initiative.pk,
        version=initiative.version,
        phase=Phase.CLOSED,
        **decision,
    )


def test_an_initiative_is_not_closed_with_the_old_way_open(journey, actor, here):
    lead = actor("portfolio_manager")
    with pytest.raises(actions.NotEmbeddedYet, match="gamle arbejdsgang er åben og ingen har talt"):
        close(lead, journey)
    with pytest.raises(actions.NotEmbeddedYet):
        close(lead, journey, reason="Vi er færdige.")
    sponsor = Person.objects.get(organisation_id=here, email__startswith="executive@")
    with pytest.raises(actions.NotEmbeddedYet):
        close(lead, journey, decided_by=sponsor)
    journey.refresh_from_db()
    assert journey.phase == Phase.REALISATION


def test_a_named_leader_may_decide_with_a_reason_that_stays(journey, actor, here):
    sponsor = Person.objects.get(organisation_id=here, email__startswith="executive@")
    closed = close(
        actor("portfolio_manager"), journey, decided_by=sponsor, reason="Leverandøren gik konkurs."
    )
    assert closed.phase == Phase.CLOSED
    kept = ClosingDecision.objects.get(initiative=journey)
    assert kept.hindrances == ["old_way_open", "adoption_unknown"]
    assert kept.decided_by_name == sponsor.name
    act = Act.objects.filter(verb="portfolio.change_phase", object_id=journey.pk).latest("pk")
    assert act.facts["decided_by"] == sponsor.name
    with pytest.raises(Error), transaction.atomic():
        ClosingDecision.objects.filter(pk=kept.pk).update(reason="Noget andet")


def test_the_lead_does_not_decide_about_her_own_initiative(journey, actor, here):
    herself = Person.objects.get(organisation_id=here, email__startswith="initiative_lead@")
    Initiative.objects.filter(pk=journey.pk).update(lead=herself)
    with pytest.raises(actions.DeciderLeadsTheInitiative):
        close(actor("portfolio_manager"), journey, decided_by=herself, reason="Færdig.")


def test_what_is_worked_in_closes_without_further_ado(journey, units, actor):
    lead = actor("portfolio_manager")
    rolled(
        lead,
        journey,
        units[0],
        live_on=today(),
        users_in_use=9,
        counted_on=today(),
        old_way_closed_on=today(),
    )
    assert close(lead, journey).phase == Phase.CLOSED
    assert not ClosingDecision.objects.filter(initiative=journey).exists()


def test_delivered_but_not_embedded_stands_on_the_list_also_when_closed(journey, actor):
    lead = actor("portfolio_manager")
    assert journey.pk in queries.not_embedded_ids(lead)
    Initiative.objects.filter(pk=journey.pk).update(phase=Phase.CLOSED)
    assert journey.pk in queries.not_embedded_ids(lead)
    Initiative.objects.filter(pk=journey.pk).update(
        adoption_share=Decimal("0.9"), old_way_closed_on=today()
    )
    assert journey.pk not in queries.not_embedded_ids(lead)


def test_what_stands_on_the_list_says_what_is_missing_in_the_order_of_the_list(journey, actor):
    lead = actor("portfolio_manager")
    listed = queries.not_embedded_ids(lead)
    found = queries.not_embedded(lead, listed)
    assert [one.initiative.pk for one in found] == listed
    assert all(one.hindrances == queries.hindrances_of(one.initiative) for one in found)
    assert all(one.hindrances for one in found)


def test_the_list_shows_a_page_at_a_time_and_asks_the_same_however_long_it_is(
    journey, actor, client_for, here, django_assert_num_queries
):
    lead = actor("portfolio_manager")
    with django_assert_num_queries(1):
        before = queries.not_embedded_ids(lead)
    with django_assert_num_queries(2):
        queries.not_embedded(lead, before)
    for n in range(30):
        Initiative.objects.create(
            organisation_id=here, key=f"LANG-{n}", title=f"Lang liste {n:02}", phase="realisation",
            unit_id=journey.unit_id, live_on=today(),
        )  # fmt: skip
    many = queries.not_embedded_ids(lead)
    assert len(many) == len(before) + 30
    with django_assert_num_queries(2):
        queries.not_embedded(lead, many)
    client, shown = client_for("portfolio_manager"), []
    for side in ("1", "2"):
        page = client.get(reverse("portfolio:not_embedded"), {"side": side}).text
        shown.append(set(re.findall(r"Lang liste \d\d", page)))
    assert len(shown[0] | shown[1]) == 30
    assert not shown[0] & shown[1]


def test_only_those_who_may_change_the_initiative_change_its_roll_outs(journey, units, actor):
    with pytest.raises(NotAllowed):
        rolled(actor("employee"), journey, units[0])


@transaction.atomic
def plant(actor, initiative, unit):
    """Roll out to a unit and let the deferred keys speak."""
    rolled(actor, initiative, unit)
    connection.check_constraints()


def test_the_neighbours_roll_outs_and_units_are_as_good_as_none(journey, units, actor):
    there = organisation_id(THERE)
    theirs = Rollout.objects.none()
    with acting_for(there):
        theirs = list(Rollout.objects.filter(organisation_id=there))
        unit = Unit.objects.filter(organisation_id=there)[0]
        assert theirs
        assert actor_with_role(there, "portfolio_manager")
    lead = actor("portfolio_manager")
    with pytest.raises(NotFound):
        actions.change_rollout(actor=lead, rollout_id=theirs[0].pk, version=1, fields={})
    with pytest.raises(Error):
        plant(lead, journey, unit)


def test_the_pages_show_the_roll_out_and_take_a_count(client_for, journey, units, actor):
    client = client_for("portfolio_manager")
    page = client.get(reverse("portfolio:rollouts", args=[journey.pk]))
    assert "ikke planlagt endnu" in page.text
    address = reverse("portfolio:add_rollout", args=[journey.pk])
    assert client.post(address, {"planned_users": ""}).status_code == 422
    answer = client.post(address, {"unit": units[0].pk, "planned_users": "40"})
    assert answer.status_code == 302
    made = Rollout.objects.get(initiative=journey)
    change = reverse("portfolio:change_rollout", args=[made.pk])
    facts = {"planned_users": "40", "users_in_use": "10", "version": "1"}
    assert client.post(change, facts).status_code == 422
    assert client.post(change, {**facts, "counted_on": today().isoformat()}).status_code == 302
    assert "25\xa0% bruger det" in client.get(answer["Location"]).text
    assert client.post(change, {**facts, "counted_on": "2020-01-01"}).status_code == 409
    whole = reverse("portfolio:adoption", args=[journey.pk])
    assert client.get(whole)["Location"] == answer["Location"]
    listed = client.get(reverse("portfolio:not_embedded")).text
    assert journey.title in listed
    assert MARKERS[THERE] not in listed


def test_the_sheet_of_phases_asks_for_the_decision(client_for, journey, here):
    client = client_for("portfolio_manager")
    address = reverse("portfolio:phase", args=[journey.pk])
    assert "Hvem har besluttet at lukke det alligevel?" in client.get(address).text
    facts = {"phase": "closed", "version": journey.version}
    refused = client.post(address, facts)
    assert refused.status_code == 422
    assert "ikke indarbejdet" in refused.text
    sponsor = Person.objects.get(organisation_id=here, email__startswith="executive@")
    done = client.post(address, {**facts, "decided_by": sponsor.pk, "reason": "Nyt system."})
    assert done.status_code == 302
    assert "efter beslutning af" in client.get(done["Location"]).text
