"""Shared owners, journeys and shared solutions, and the pages of delivering."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from hoest.domain.organisations.models import Person, Unit
from hoest.domain.portfolio import actions
from hoest.domain.portfolio.actions import crossing, dependencies, solutions, stages
from hoest.domain.portfolio.models import (
    Dependency,
    Initiative,
    Journey,
    LocalSolution,
    Stage,
)
from hoest.domain.portfolio.queries.crossing import crossings_of
from hoest.domain.portfolio.queries.solutions import solutions_of
from hoest.domain.portfolio.tests.shared import wait
from hoest.foundation.clock import today
from hoest.foundation.faults import NotAllowed, NotFound
from hoest.foundation.forms.versions import ChangedMeanwhile
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import MARKERS, THERE, organisation_id


def test_an_initiative_over_departments_lacks_a_shared_owner_until_one_is_named(
    manager, actor, rolling, here
):
    told = crossings_of(manager)
    assert not told.found[rolling.pk].has_shared_owner
    assert told.found[rolling.pk].departments == 2
    person = Person.objects.get(organisation_id=here, email__startswith="unit_leader@")
    with pytest.raises(NotAllowed):
        crossing.name_shared_owner(
            actor=actor("controller"),
            initiative_id=rolling.pk,
            version=0,
            person=person,
            mandate="",
        )
    crossing.name_shared_owner(
        actor=manager, initiative_id=rolling.pk, version=0, person=person, mandate="Rækkefølgen"
    )
    assert crossings_of(manager).found[rolling.pk].has_shared_owner
    with pytest.raises(ChangedMeanwhile):
        crossing.name_shared_owner(
            actor=manager, initiative_id=rolling.pk, version=0, person=person, mandate=""
        )


def test_a_sponsor_over_the_whole_municipality_owns_the_whole(manager, rolling, here):
    chief = Person.objects.get(organisation_id=here, email__startswith="executive@")
    Initiative.objects.filter(pk=rolling.pk).update(sponsor=chief)
    assert crossings_of(manager).found[rolling.pk].has_shared_owner
    unit = Unit.objects.get(organisation_id=here, name__startswith="Teknik")
    Person.objects.filter(pk=chief.pk).update(unit=unit)
    assert not crossings_of(manager).found[rolling.pk].has_shared_owner


def test_a_benefit_tells_of_its_department_through_the_registry(manager, training, here):
    from hoest.domain.benefits.models import Benefit

    assert training.pk not in crossings_of(manager).found
    unit = Unit.objects.get(organisation_id=here, name__startswith="Teknik")
    Benefit.objects.filter(initiative=training, lapsed_on__isnull=True).update(unit=unit)
    assert training.pk in crossings_of(manager).found


def test_a_journey_has_one_owner_also_in_the_database(manager, here):
    fields = {"name": "Flytning", "citizen": "En familie", "promise": "Ét brev", "owner": None}
    with pytest.raises(crossing.JourneyHasNoOwner):
        crossing.create_journey(actor=manager, fields=fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Journey.objects.create(
            organisation_id=here, name="Flytning", citizen="En familie", promise="Ét brev"
        )
    journey = Journey.objects.get(organisation_id=here)
    with pytest.raises(IntegrityError), transaction.atomic():
        Journey.objects.filter(pk=journey.pk).update(owner=None)


def test_a_journey_form_without_an_owner_is_shown_again(client_for):
    answer = client_for("portfolio_manager").post(
        reverse("delivery:create_journey"),
        {"name": "Flytning", "citizen": "En familie", "promise": "Ét brev", "version": "0"},
    )
    assert answer.status_code == 422
    assert "Vælg én ejer" in answer.content.decode()


def test_steps_keep_their_order_when_one_is_put_in_or_taken_out(manager, here):
    journey = Journey.objects.get(organisation_id=here)
    step = {"unit": None, "elsewhere": "Egen læge", "notices": "Får en tid", "initiatives": []}
    made = crossing.add_step(
        actor=manager, journey_id=journey.pk, fields={**step, "place": 1, "name": "Lægen"}
    )
    assert [one.name.split()[0] for one in journey.steps.all()] == [
        "Lægen",
        "Udskrivning",
        "Første",
    ]
    made.refresh_from_db()
    crossing.change_step(
        actor=manager,
        step_id=made.pk,
        version=made.version,
        fields={**step, "place": 3, "name": "Lægen"},
    )
    assert [one.place for one in journey.steps.all()] == [1, 2, 3]
    assert journey.steps.all()[2].name == "Lægen"
    made.refresh_from_db()
    crossing.remove_step(actor=manager, step_id=made.pk, version=made.version)
    assert [one.place for one in journey.steps.all()] == [1, 2]


def test_the_local_degree_comes_from_the_count_or_from_the_tied_roll_out(manager, rolling, here):
    found = {one.solution.code: one for one in solutions_of(manager)}
    assert float(found["aula"].share) == 0.75
    assert found["dubu"].local is None
    row = LocalSolution.objects.get(organisation_id=here)
    solutions.write_local_solution(
        actor=manager,
        code="aula",
        version=row.version,
        fields={
            "status": "rolling_out",
            "owner": None,
            "initiative": rolling,
            "planned_users": None,
            "users_in_use": None,
            "counted_on": None,
            "note": "",
        },
    )
    found = {one.solution.code: one for one in solutions_of(manager)}
    assert found["aula"].implementation.places == 2
    assert found["aula"].share is None
    with pytest.raises(solutions.CountNotWhole):
        solutions.write_local_solution(
            actor=manager,
            code="ky",
            version=0,
            fields={
                "status": "in_use",
                "owner": None,
                "initiative": None,
                "planned_users": None,
                "users_in_use": 3,
                "counted_on": today(),
                "note": "",
            },
        )
    with pytest.raises(NotFound):
        solutions.write_local_solution(actor=manager, code="x", version=0, fields={"note": ""})


def test_the_neighbours_things_are_neither_seen_nor_changed(manager):
    there = organisation_id(THERE)
    with acting_for(there):
        ids = {
            "stage": Stage.objects.order_by("pk").values_list("pk", flat=True)[0],
            "wait": Dependency.objects.order_by("pk").values_list("pk", flat=True)[0],
            "journey": Journey.objects.order_by("pk").values_list("pk", flat=True)[0],
        }
    with pytest.raises(NotFound):
        stages.open_stage(actor=manager, stage_id=ids["stage"], version=1)
    with pytest.raises(NotFound):
        dependencies.resolve_dependency(
            actor=manager, dependency_id=ids["wait"], version=1, on=today(), note="Nej"
        )
    with pytest.raises(NotFound):
        crossing.change_journey(actor=manager, journey_id=ids["journey"], version=1, fields={})


PAGES = {
    "delivery:rollouts": 20,
    "delivery:dependencies": 20,
    "delivery:crossings": 26,
    "delivery:journeys": 18,
    "delivery:outside": 14,
    "delivery:solutions": 14,
}


@pytest.mark.parametrize(("page", "most"), PAGES.items())
def test_a_page_asks_as_often_with_one_thing_as_with_many(
    client_for, here, manager, rolling, page, most, django_assert_max_num_queries
):
    client = client_for("portfolio_manager")
    client.get(reverse(page))
    with django_assert_max_num_queries(most) as few:
        assert client.get(reverse(page)).status_code == 200
    counted = len(few)
    for number in range(6):
        made = actions.create_initiative(
            actor=manager, fields={"title": f"Ny {number}", "unit": rolling.unit}
        )
        for unit in Unit.objects.filter(organisation_id=here, closed_on__isnull=True):
            actions.add_rollout(
                actor=manager,
                initiative_id=made.pk,
                fields={"unit": unit, "planned_users": 5, "planned_on": dt.date(2020, 1, 1)},
            )
        wait(manager, made, actor_name=f"Nogen {number}")
        wait(manager, made, kind="initiative", waits_for=rolling)
        fields = {
            "name": f"Vej {number}",
            "citizen": "En borger",
            "promise": "Ét svar",
            "owner": Person.objects.get(pk=manager.person_id),
        }
        crossing.create_journey(actor=manager, fields=fields)
    with django_assert_max_num_queries(counted):
        client.get(reverse(page))


def test_a_page_shows_only_our_own(client_for):
    client = client_for("portfolio_manager")
    for page in PAGES:
        words = client.get(reverse(page)).content.decode()
        assert MARKERS[THERE] not in words


def test_the_picture_of_a_roll_out_says_its_conclusion(client_for, rolling):
    words = (
        client_for("portfolio_manager")
        .get(reverse("portfolio:rollouts", args=[rolling.pk]))
        .content.decode()
    )
    assert "1 af 3 steder er i drift" in words or "1 af 2 steder er i drift" in words
    assert 'role="img"' in words
    assert "i dag" in words
    assert "Etape for etape" in words


def test_the_partner_and_the_neighbour_see_none_of_it(client_for, rolling):
    for page in PAGES:
        assert client_for("partner").get(reverse(page)).status_code == 403
    assert (
        client_for("portfolio_manager", there=True)
        .get(reverse("portfolio:rollouts", args=[rolling.pk]))
        .status_code
        == 404
    )


def test_only_those_who_may_plan_a_roll_out_are_offered_it(client_for, actor, training):
    made = actions.create_initiative(
        actor=actor("portfolio_manager"),
        fields={"title": "Noget helt nyt", "unit": training.unit},
    )
    address = reverse("portfolio:add_rollout", args=[made.pk])
    pages = {
        role: client_for(role).get(reverse("portfolio:rollouts", args=[made.pk])).text
        for role in ("politician", "portfolio_manager")
    }
    assert all("Her kommer de enheder til at stå" in page for page in pages.values())
    assert address not in pages["politician"]
    assert address in pages["portfolio_manager"]


def test_the_initiatives_of_a_step_are_ticked_so_that_a_phone_can_choose_several(
    client_for, rolling, training, here
):
    journey = Journey.objects.get(organisation_id=here)
    url, client = reverse("delivery:add_step", args=[journey.pk]), client_for("portfolio_manager")
    page = client.get(url).text
    assert f'type="checkbox" class="form-checkbox" name="initiatives" value="{rolling.pk}"' in page
    assert "Ctrl" not in page
    step = {"name": "Lægen", "elsewhere": "Egen læge", "notices": "Får en tid"}
    two = [str(rolling.pk), str(training.pk)]
    assert client.post(url, {**step, "initiatives": two}).status_code == 302
    made = journey.steps.get(name="Lægen")
    assert {tie.initiative_id for tie in made.ties.all()} == {rolling.pk, training.pk}
