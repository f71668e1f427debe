"""Stages, counts, waits, shared owners, journeys and shared solutions, as the database has them."""

import datetime as dt

import pytest
from django.db import Error, transaction

from hoest.domain.organisations.models import Person
from hoest.domain.portfolio import actions
from hoest.domain.portfolio.actions import dependencies, stages
from hoest.domain.portfolio.models import (
    Dependency,
    Influence,
    Initiative,
    Rollout,
    Stage,
    UseCount,
)
from hoest.domain.portfolio.queries.dependencies import (
    by_outside_actor,
    circles_of,
    clashes_of,
    dependencies_of,
    does_clash,
    past_needed,
    waiting,
)
from hoest.domain.portfolio.queries.stages import curves_of, late_first, rollouts_of, stages_of
from hoest.domain.portfolio.rules.dependencies import URGENT
from hoest.domain.portfolio.rules.stages import LateCause, StageDecision, StageState
from hoest.domain.portfolio.tests.shared import wait
from hoest.foundation import asks
from hoest.foundation.clock import today

EARLIER = dt.date(2020, 1, 1)
PLAN = {"starts_on": None, "ends_on": None, "to_learn": "Hvad tager tid?", "rollouts": []}


def learn(manager, stage, **changes):
    facts = {
        "learnt": "To timer var for lidt til oplæring",
        "skipped_because": "",
        "decision": StageDecision.GO_ON,
        "note": "",
        **changes,
    }
    return stages.learn_from_stage(actor=manager, stage_id=stage.pk, version=stage.version, **facts)


def test_a_stage_cannot_open_before_the_one_before_is_learnt_from(manager, rolling):
    first, second = (one.stage for one in stages_of(rolling))
    with pytest.raises(stages.StageCannotOpen, match="hvad I lærte"):
        stages.open_stage(actor=manager, stage_id=second.pk, version=second.version)
    learn(manager, first)
    opened = stages.open_stage(actor=manager, stage_id=second.pk, version=second.version)
    assert opened.opened_on == today()
    assert [one.state for one in stages_of(rolling)] == [StageState.LEARNT, StageState.OPEN]


def test_not_even_the_database_opens_a_stage_without_learning(rolling):
    second = stages_of(rolling)[1].stage
    with pytest.raises(Error, match="learnt from"), transaction.atomic():
        Stage.objects.filter(pk=second.pk).update(opened_on=today())


def test_learning_may_be_skipped_with_a_reason_only(manager, rolling):
    first = stages_of(rolling)[0].stage
    with pytest.raises(stages.StageNotLearnt):
        learn(manager, first, learnt="")
    with pytest.raises(stages.StageNotLearnt, match="rettelsen eller pausen"):
        learn(manager, first, decision=StageDecision.PAUSE)
    skipped = learn(manager, first, learnt="", skipped_because="Det var det samme hold")
    assert stages_of(rolling)[0].state is StageState.SKIPPED
    assert skipped.decided_by_name == manager.name


def test_a_paused_stage_keeps_the_next_closed(manager, rolling):
    first, second = (one.stage for one in stages_of(rolling))
    learn(manager, first, decision=StageDecision.PAUSE, note="Netværket skal bygges ud")
    with pytest.raises(stages.StageCannotOpen, match="pause"):
        stages.open_stage(actor=manager, stage_id=second.pk, version=second.version)


def test_a_stage_that_has_begun_stays(manager, rolling):
    first, second = (one.stage for one in stages_of(rolling))
    with pytest.raises(stages.StageHasBegun):
        stages.remove_stage(actor=manager, stage_id=first.pk, version=first.version)
    stages.remove_stage(actor=manager, stage_id=second.pk, version=second.version)
    assert [one.stage.pk for one in stages_of(rolling)] == [first.pk]


def test_a_stage_takes_in_only_places_of_its_own_initiative(manager, screens, rolling):
    strange = Rollout.objects.filter(initiative=rolling)[0]
    made = stages.add_stage(
        actor=manager,
        initiative_id=screens.pk,
        fields={**PLAN, "name": "Prøve", "rollouts": [strange]},
    )
    assert not made.rollouts.exists()
    with pytest.raises(stages.StageNotWhole):
        stages.add_stage(
            actor=manager,
            initiative_id=screens.pk,
            fields={
                **PLAN,
                "name": "Baglæns",
                "starts_on": today(),
                "ends_on": dt.date(2020, 1, 1),
            },
        )


def test_every_count_is_kept_and_makes_the_curve(manager, rolling):
    row = Rollout.objects.get(initiative=rolling, unit__name="Hjemmepleje")
    for days, users in ((40, 4), (10, 20), (10, 22)):
        row.refresh_from_db()
        actions.change_rollout(
            actor=manager,
            rollout_id=row.pk,
            version=row.version,
            fields={"users_in_use": users, "counted_on": today() - dt.timedelta(days)},
        )
    assert UseCount.objects.filter(rollout=row).count() == 3
    assert [(c.users, c.planned) for c in curves_of(rolling)[row.pk]] == [(4, 40), (22, 40)]
    with pytest.raises(Error), transaction.atomic():
        UseCount.objects.filter(rollout=row).update(users_in_use=40)


def test_a_late_place_says_why_and_keeps_its_planned_day(manager, rolling):
    late = Rollout.objects.get(initiative=rolling, live_on=None, unit__isnull=False)
    planned = late.planned_on
    told = stages.explain_delay(
        actor=manager,
        rollout_id=late.pk,
        version=late.version,
        cause=LateCause.PEOPLE,
        note="Influenza på holdet",
        expected_on=today(),
    )
    assert (told.planned_on, told.late_cause) == (planned, "people")
    live = Rollout.objects.get(initiative=rolling, live_on__isnull=False)
    Rollout.objects.filter(pk=live.pk).update(planned_on=live.live_on)
    with pytest.raises(stages.NotLate):
        stages.explain_delay(
            actor=manager,
            rollout_id=live.pk,
            version=live.version,
            cause=LateCause.OTHER,
            note="Nej",
            expected_on=None,
        )


def test_the_late_ones_stand_first_and_the_unexplained_before_them(manager, rolling):
    rows = list(late_first(rollouts_of(manager)))
    assert rows[0].live_on is None
    assert rows[0].late_cause
    Rollout.objects.filter(pk=rows[0].pk).update(late_cause="", late_note="")
    other = rows[-1]
    Rollout.objects.filter(pk=other.pk).update(
        live_on=None,
        planned_on=today() - dt.timedelta(5),
        late_cause="law",
        late_note="Aftalen mangler",
    )
    assert [r.pk for r in late_first(rollouts_of(manager))][:2] == [rows[0].pk, other.pk]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"what": ""}, dependencies.DependencyNotWhole),
        ({"actor_name": " "}, dependencies.DependencyNotWhole),
        ({"consequence": ""}, dependencies.DependencyNotWhole),
        ({"kind": "initiative"}, dependencies.DependencyNotWhole),
        ({"scope": "internal", "response": "influence"}, dependencies.OnlyOutside),
        ({"since": today() + dt.timedelta(1)}, actions.InTheFuture),
    ],
)
def test_a_dependency_is_whole(manager, screens, changes, fault):
    with pytest.raises(fault):
        wait(manager, screens, **changes)


def test_a_circle_is_refused_and_its_way_is_named(manager, screens, rolling, training):
    wait(manager, screens, kind="initiative", waits_for=training)
    with pytest.raises(dependencies.WaitsInCircle, match=r"Digital.* → .*Robotter.* → .*Fælles"):
        wait(manager, training, kind="initiative", waits_for=rolling)
    with pytest.raises(dependencies.WaitsAlready):
        wait(manager, rolling, kind="initiative", waits_for=screens)
    assert circles_of(manager) == []
    Dependency.objects.create(
        organisation_id=manager.organisation_id,
        initiative=training,
        waits_for=rolling,
        kind="initiative",
        scope="internal",
        since=today(),
        consequence="Kom ind ad en anden vej",
        response="wait",
    )
    assert [len(titles) for titles in circles_of(manager)] == [3]


@pytest.mark.parametrize("days", [(-1, None, None), (5, 9, None), (None, 9, 5), (9, 5, 9)])
def test_the_filter_and_the_rule_agree_on_dates_that_clash(manager, screens, days):
    needed, ready, live = (None if d is None else today() + dt.timedelta(d) for d in days)
    Initiative.objects.filter(pk=screens.pk).update(live_on=live)
    made = wait(manager, screens, needed_by=needed, ready_on=ready)
    row = dependencies_of(manager).get(pk=made.pk)
    found = dependencies_of(manager).filter(does_clash(), pk=made.pk).exists()
    assert found == bool(set(clashes_of(row)) & URGENT)


def test_what_is_waited_for_is_listed_by_age_and_by_who_can_act(manager):
    ages = [row.since for row in waiting(manager)]
    assert ages == sorted(ages)
    assert len(ages) >= 2
    first = by_outside_actor(manager)[0]
    assert first.name.startswith("Regionen")
    assert first.waits[0].open_influences[0].next_step.startswith("Hør")


def test_influence_is_for_others_and_its_steps_stay(manager, screens, here):
    made = wait(manager, screens, scope="internal", response="wait")
    owner = Person.objects.get(organisation_id=here, email__startswith="executive@")
    fields = {
        "aim": "Nyt api",
        "with_whom": "KL",
        "next_step": "Skriv",
        "next_on": today(),
        "owner": owner,
    }
    with pytest.raises(dependencies.OnlyOutside):
        dependencies.begin_influence(actor=manager, dependency_id=made.pk, fields=fields)
    work = Influence.objects.get(organisation_id=here)
    ended = dependencies.take_step(
        actor=manager,
        influence_id=work.pk,
        version=work.version,
        on=today(),
        told="Planen kommer som data til foråret",
        next_step="",
        next_on=None,
    )
    assert ended.ended_on == today()
    with pytest.raises(Error), transaction.atomic():
        work.steps.all().delete()


def test_a_resolved_wait_ends_its_influence_and_asks_nobody(manager, actor, here):
    row = Dependency.objects.get(organisation_id=here, scope="external")
    assert [a.subject_id for a in asks.asked_of(actor("executive"), today())] != []
    dependencies.resolve_dependency(
        actor=manager, dependency_id=row.pk, version=row.version, on=today(), note="Den kom"
    )
    assert Influence.objects.get(organisation_id=here).ended_on == today()
    kinds = {a.kind for a in asks.asked_of(actor("executive"), today())}
    assert "influence_step" not in kinds


def test_min_uge_asks_the_lead_for_late_places_and_waits(actor, rolling, screens, here):
    lead = actor("initiative_lead")
    Initiative.objects.filter(pk__in=(rolling.pk, screens.pk)).update(lead_id=lead.person_id)
    Rollout.objects.filter(initiative=rolling).update(late_cause="", late_note="")
    kinds = {a.kind for a in asks.asked_of(lead, today())}
    assert {"rollout_late", "dependency_past_needed"} <= kinds
    assert [row.initiative_id for row in past_needed(lead)] == [screens.pk]
