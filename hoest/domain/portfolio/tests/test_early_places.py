"""A place goes live when its stage is open; what went live before says why, and it is shown."""

import datetime as dt

import pytest
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoest.domain.organisations.actions import add_unit
from hoest.domain.organisations.queries import system_actor
from hoest.domain.portfolio import actions
from hoest.domain.portfolio.actions import early, stages
from hoest.domain.portfolio.models import Initiative, Rollout, Stage
from hoest.domain.portfolio.queries.stages import stages_of
from hoest.domain.portfolio.rules.stages import (
    EarlyCause,
    StageDecision,
    StageFacts,
    earliest_opening,
    going_live_early,
)
from hoest.domain.portfolio.tests.shared import text_of
from hoest.domain.portfolio.tests.staging import go_live, learn, take_in
from hoest.foundation.audit.models import Act
from hoest.foundation.clock import today
from hoest.foundation.faults import NotAllowed, NotFound
from hoest.ui import formats

DAY = dt.date(2026, 11, 1)
BEFORE = DAY - dt.timedelta(days=1)
OPEN = StageFacts(1, True, DAY)
LEARNT = StageFacts(1, True, DAY, learnt="Det gik", decision=StageDecision.GO_ON)
PAUSED = StageFacts(1, True, DAY, learnt="Nej", decision=StageDecision.PAUSE)
SHUT = StageFacts(2)
SKIPPED = StageFacts(2, skipped_because="Samme hold", decision=StageDecision.GO_ON)


@pytest.mark.parametrize(
    ("stage", "earlier", "live_on", "cause"),
    [
        (None, [OPEN], DAY, None),
        (OPEN, [], None, None),
        (OPEN, [], DAY, None),
        (OPEN, [], BEFORE, EarlyCause.BEFORE_OPENING),
        (StageFacts(1, True), [], BEFORE, None),
        (StageFacts(1), [], DAY, EarlyCause.NOT_OPENED),
        (SHUT, [OPEN], DAY, EarlyCause.NOT_OPENED),
        (SHUT, [LEARNT], DAY, EarlyCause.NOT_OPENED),
        (SKIPPED, [LEARNT], DAY, None),
        (SKIPPED, [OPEN], DAY, EarlyCause.NOT_OPENED),
        (SKIPPED, [PAUSED], DAY, EarlyCause.NOT_OPENED),
        (LEARNT, [], DAY, None),
    ],
)
def test_a_place_goes_live_from_the_day_its_stage_was_opened(stage, earlier, live_on, cause):
    facts = [*earlier, stage] if stage else earlier
    assert going_live_early(stage, facts, live_on) is cause


@pytest.mark.parametrize(
    ("learnt", "first"), [([], None), ([None], None), ([BEFORE, DAY, None], DAY)]
)
def test_a_stage_opens_no_earlier_than_the_one_before_was_learnt_from(learnt, first):
    assert earliest_opening(learnt) == first


pytestmark = pytest.mark.django_db


class TestRefused:
    """What is said, and what opens the way."""

    def test_it_says_which_stage_what_it_lacks_and_who_may_open_it(self, manager, late, rolling):
        second = stages_of(rolling)[1].stage
        with pytest.raises(early.PlaceIsEarly) as refused:
            go_live(manager, late)
        said = str(refused.value)
        assert f"{late} er i etapen »{second.name}«, som ikke er åbnet endnu." in said
        assert "Skriv først, hvad I lærte af etapen før" in said
        assert "Etapen kan åbnes af dig" in said
        late.refresh_from_db()
        assert late.live_on is None

    def test_a_live_day_ahead_is_refused_as_well(self, manager, late):
        with pytest.raises(early.PlaceIsEarly):
            go_live(manager, late, today() + dt.timedelta(days=9))

    def test_it_goes_live_when_the_stage_is_opened(self, manager, late, rolling):
        first, second = (one.stage for one in stages_of(rolling))
        learn(manager, first)
        with pytest.raises(early.PlaceIsEarly, match="klar til at åbne"):
            go_live(manager, late)
        stages.open_stage(actor=manager, stage_id=second.pk, version=second.version)
        with pytest.raises(early.PlaceIsEarly, match="som blev åbnet"):
            go_live(manager, late, today() - dt.timedelta(days=1))
        assert go_live(manager, late).early_because == ""

    def test_the_rule_is_the_same_for_the_installation_itself(self, late, here):
        with pytest.raises(early.PlaceIsEarly) as refused:
            go_live(system_actor(here, "Demoen", "demo"), late)
        assert "dig" not in str(refused.value).split()

    def test_a_way_round_through_the_stages_is_shut(self, manager, rolling, late):
        second = stages_of(rolling)[1].stage
        take_in(manager, second, [])
        go_live(manager, late)
        second.refresh_from_db()
        with pytest.raises(early.PlaceIsEarly, match="ikke er åbnet endnu"):
            take_in(manager, second, [late])
        with pytest.raises(early.PlaceIsEarly):
            stages.add_stage(
                actor=manager,
                initiative_id=rolling.pk,
                fields={
                    "name": "Ny",
                    "starts_on": None,
                    "ends_on": None,
                    "to_learn": "",
                    "rollouts": [late],
                },
            )

    def test_skipping_the_learning_of_a_stage_does_not_let_its_places_pass_by(
        self, manager, rolling, late
    ):
        second = stages_of(rolling)[1].stage
        stages.learn_from_stage(
            actor=manager,
            stage_id=second.pk,
            version=second.version,
            learnt="",
            skipped_because="Vi har travlt",
            decision=StageDecision.GO_ON,
            note="",
        )
        with pytest.raises(early.PlaceIsEarly, match="hvad I lærte af etapen før"):
            go_live(manager, late)

    def test_not_even_the_database_lets_it(self, late):
        with pytest.raises(Error, match="when its stage is open"), transaction.atomic():
            Rollout.objects.filter(pk=late.pk).update(live_on=today())

    def test_what_was_early_before_the_rule_stays_and_can_be_counted(
        self, manager, late, rolling, client_for
    ):
        first, second = (one.stage for one in stages_of(rolling))
        learn(manager, first)
        stages.open_stage(actor=manager, stage_id=second.pk, version=second.version)
        go_live(manager, late)
        Stage.objects.filter(pk=second.pk).update(opened_on=None)
        late.refresh_from_db()
        counted = actions.change_rollout(
            actor=manager,
            rollout_id=late.pk,
            version=late.version,
            fields={"users_in_use": 3, "counted_on": today(), "live_on": today()},
        )
        assert (counted.live_on, counted.users_in_use) == (today(), 3)
        client = client_for("portfolio_manager")
        page = text_of(client.get(reverse("portfolio:rollouts", args=[rolling.pk])))
        assert "Ingen har skrevet hvorfor." in page
        form = client.get(reverse("portfolio:change_rollout", args=[late.pk])).context["form"]
        assert "early_because" in form.fields


class TestTold:
    """It truly went live early: with a reason that is kept and shown."""

    def test_the_reason_is_kept_with_name_and_day_and_logged(self, manager, late):
        told = go_live(manager, late, early_because="  Leverandøren tændte for alle på én gang ")
        assert told.early_because == "Leverandøren tændte for alle på én gang"
        assert (told.early_told_by_name, told.early_told_on) == (manager.name, today())
        act = Act.objects.filter(verb="portfolio.change_rollout").latest("pk")
        assert "tændte for alle" in str(act.facts)

    def test_it_is_told_of_what_has_happened_only(self, manager, late):
        with pytest.raises(early.NotLiveYet):
            go_live(manager, late, today() + dt.timedelta(days=1), early_because="Vi har travlt")

    def test_a_reason_without_need_is_not_swallowed(self, manager, rolling):
        row = Rollout.objects.get(initiative=rolling, live_on__isnull=False)
        with pytest.raises(early.ReasonNotNeeded):
            go_live(manager, row, row.live_on, early_because="Bare sådan")

    def test_it_cannot_be_taken_back_while_the_day_stands(self, manager, late):
        go_live(manager, late, early_because="Sket er sket")
        with pytest.raises(early.PlaceIsEarly):
            go_live(manager, late, early_because="")
        cleared = actions.change_rollout(
            actor=manager,
            rollout_id=late.pk,
            version=Rollout.objects.get(pk=late.pk).version,
            fields={"live_on": None, "early_because": "Sket er sket"},
        )
        assert (cleared.live_on, cleared.early_because) == (None, "")

    def test_a_place_that_is_live_comes_into_a_stage_with_its_reason(self, manager, rolling, late):
        second = stages_of(rolling)[1].stage
        take_in(manager, second, [])
        go_live(manager, late)
        second.refresh_from_db()
        take_in(manager, second, [late], early_because="Var i gang, før vi delte op i etaper")
        late.refresh_from_db()
        assert late.stage_id == second.pk
        assert late.early_because.startswith("Var i gang")

    def test_the_page_shows_it_to_everybody(self, manager, client_for, late, rolling):
        go_live(manager, late, early_because="Leverandøren tændte for alle")
        address = reverse("portfolio:rollouts", args=[rolling.pk])
        page = text_of(client_for("politician").get(address))
        assert "Gik i drift, før etapen blev åbnet" in page
        assert "Leverandøren tændte for alle" in page
        assert "Ret grunden" not in page
        assert "Ret grunden" in text_of(client_for("portfolio_manager").get(address))


class TestOpening:
    """A stage may have been opened earlier than it was written, and never out of turn."""

    def test_it_is_opened_on_the_day_it_happened(self, manager, rolling):
        first, second = (one.stage for one in stages_of(rolling))
        learn(manager, first)
        for day, fault in (
            (today() - dt.timedelta(days=1), stages.StageCannotOpen),
            (today() + dt.timedelta(days=1), actions.InTheFuture),
        ):
            with pytest.raises(fault):
                stages.open_stage(
                    actor=manager, stage_id=second.pk, version=second.version, opened_on=day
                )
        opened = stages.open_stage(
            actor=manager, stage_id=second.pk, version=second.version, opened_on=today()
        )
        assert opened.opened_on == today()


class TestPages:
    """The form says it before, and asks why when it is needed."""

    def test_the_form_tells_that_the_stage_is_shut_and_takes_the_reason(
        self, client_for, late, rolling
    ):
        client = client_for("portfolio_manager")
        address = reverse("portfolio:change_rollout", args=[late.pk])
        page = client.get(address)
        assert "som ikke er åbnet endnu" in text_of(page)
        said = {
            "planned_users": "40",
            "planned_on": late.planned_on.isoformat(),
            "live_on": today().isoformat(),
            "version": late.version,
        }
        refused = client.post(address, said)
        assert refused.status_code == 422
        name = stages_of(rolling)[1].stage.name
        day = formats.long_date(today())
        asks = f"Skriv, hvorfor {late} gik i drift {day}, før etapen »{name}« blev åbnet."
        form = refused.context["form"]
        assert form.errors == {"early_because": [f"{asks} Var det en fejl, så slet dagen."]}
        assert "som ikke er åbnet endnu" not in text_of(refused), "it is said once"
        assert 'href="#id_early_because"' in refused.text
        ahead = {**said, "live_on": (today() + dt.timedelta(days=3)).isoformat()}
        assert list(client.post(address, ahead).context["form"].errors) == ["live_on"]
        assert client.post(address, {**said, "early_because": "Det skete"}).status_code == 302
        late.refresh_from_db()
        assert (late.live_on, late.early_because) == (today(), "Det skete")

    def test_a_place_outside_the_stages_is_not_asked(self, client_for, late, manager, rolling):
        take_in(manager, stages_of(rolling)[1].stage, [])
        page = client_for("portfolio_manager").get(
            reverse("portfolio:change_rollout", args=[late.pk])
        )
        assert "early_because" not in page.context["form"].fields

    def test_who_may_not_change_it_cannot(self, actor, late):
        for role in ("politician", "controller", "employee"):
            with pytest.raises((NotAllowed, NotFound)):
                go_live(actor(role), late, early_because="Fordi")

    def test_the_stage_is_opened_on_a_day_from_the_page(self, client_for, manager, rolling):
        first, second = (one.stage for one in stages_of(rolling))
        learn(manager, first)
        client = client_for("portfolio_manager")
        address = reverse("delivery:open_stage", args=[second.pk])
        page = client.get(address)
        assert "opened_on" in page.context["form"].fields
        early_day = (today() - dt.timedelta(days=3)).isoformat()
        refused = client.post(address, {"opened_on": early_day, "version": second.version})
        assert refused.status_code == 422
        assert "tidligst være åbnet" in text_of(refused)
        done = client.post(address, {"opened_on": today().isoformat(), "version": second.version})
        assert done.status_code == 302

    def test_the_page_asks_as_often_with_many_early_places(
        self, client_for, manager, rolling, late, here
    ):
        client = client_for("portfolio_manager")
        address = reverse("portfolio:rollouts", args=[rolling.pk])
        go_live(manager, late, early_because="Det skete")

        def asked():
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            return len(captured)

        few = asked()
        system = system_actor(here, "Opsætning", "test")
        others = [add_unit(actor=system, name=f"Hold {n}", kind="team") for n in range(3)]
        second = stages_of(rolling)[1].stage
        rows = [late]
        for unit in others:
            rows.append(
                actions.add_rollout(
                    actor=manager,
                    initiative_id=rolling.pk,
                    fields={"unit": unit, "planned_users": 3, "live_on": today()},
                )
            )
        second.refresh_from_db()
        take_in(manager, second, rows, early_because="De var i gang")
        assert Rollout.objects.filter(stage=second).exclude(early_because="").count() == len(rows)
        assert asked() == few


def test_what_is_set_up_has_no_place_that_is_live_before_its_stage(here):
    """What the test world has follows the rule, so that it cannot be got round by setting up."""
    for initiative in Initiative.objects.filter(organisation_id=here):
        found = stages_of(initiative)
        for row in Rollout.objects.filter(initiative=initiative, stage__isnull=False):
            facts = {one.stage.pk: one.stage.opened_on for one in found}
            assert row.live_on is None or row.live_on >= facts[row.stage_id]
