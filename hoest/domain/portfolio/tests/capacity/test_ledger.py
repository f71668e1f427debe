"""The ledger in the database: what is asked and offered, who may, and what never leaks."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from hoest.domain.organisations.models import Unit
from hoest.domain.portfolio.actions import capacity as actions
from hoest.domain.portfolio.models import Cooperation, Initiative, RoleDemand, RoleSupply
from hoest.domain.portfolio.queries import capacity as queries
from hoest.domain.portfolio.rules import Phase
from hoest.domain.portfolio.rules.capacity import Asked, bookings, next_quarter
from hoest.foundation.audit.models import Act
from hoest.foundation.faults import NotAllowed, NotFound
from hoest.foundation.forms.versions import ChangedMeanwhile
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import THERE, organisation_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def quarter():
    """The quarter after the present one."""
    return next_quarter(queries.shown_quarters()[0])


@pytest.fixture
def empty(here):
    """A ledger in which nothing stands."""
    RoleDemand.objects.filter(organisation_id=here).delete()
    RoleSupply.objects.filter(organisation_id=here).delete()


def ask(actor, title, hours, quarter, role="legal"):
    row = Initiative.objects.get(title__startswith=title)
    actions.ask_for_hours(actor=actor, initiative_id=row.pk, role=role, hours={quarter: hours})
    return row


@pytest.mark.usefixtures("empty")
class TestBooked:
    """The sums of the database are those of the rule."""

    def test_the_database_says_what_the_rule_says_with_and_without(self, actor, here, quarter):
        manager = actor("portfolio_manager")
        one = ask(manager, "Fælles skærmbesøg", 120, quarter)
        ask(manager, "Robotter", 90, quarter)
        ask(manager, "Robotter", 10, quarter, role="data")
        actions.offer_hours(actor=manager, role="legal", unit=None, hours={quarter: 150})
        unit = Unit.objects.filter(organisation_id=here).first()
        actions.offer_hours(actor=manager, role="legal", unit=unit, hours={quarter: 10})
        before, after = queries.booked(manager, [quarter], without=[one.pk])
        rows = [
            Asked(row.initiative_id, row.role, row.quarter, row.hours)
            for row in RoleDemand.objects.filter(organisation_id=here)
        ]
        offered = {("legal", quarter): 160}
        assert before == bookings(rows, offered)
        assert after == bookings(rows, offered, without={one.pk})
        assert before["legal", quarter].over_hours == 50
        assert after["legal", quarter].over_hours == 0
        assert before["data", quarter].over_hours is None

    def test_what_is_over_or_stopped_asks_for_nothing(self, actor, quarter):
        manager = actor("portfolio_manager")
        row = ask(manager, "Robotter", 90, quarter)
        Initiative.objects.filter(pk=row.pk).update(phase=Phase.STOPPED)
        assert queries.booked(manager, [quarter])[0] == {}
        assert queries.drawing_on(manager, "legal", quarter) == ([], 0, 0)

    def test_a_unit_counts_itself_and_those_below(self, actor, here, quarter):
        manager = actor("portfolio_manager")
        ask(manager, "Digital hjemmetræning", 30, quarter)
        ask(manager, "Robotter", 90, quarter)
        actions.offer_hours(actor=manager, role="legal", unit=None, hours={quarter: 500})
        care = Unit.objects.get(organisation_id=here, name__startswith="Ældre")
        home = Unit.objects.get(organisation_id=here, name="Hjemmepleje")
        actions.offer_hours(actor=manager, role="legal", unit=home, hours={quarter: 20})
        found, _after = queries.booked(manager, [quarter], unit_id=care.pk)
        assert found["legal", quarter].asked_hours == 30
        assert found["legal", quarter].over_hours == 10

    def test_titles_a_unit_leader_may_not_see_are_only_counted(self, actor, quarter):
        manager, leader = actor("portfolio_manager"), actor("unit_leader")
        ask(manager, "Digital hjemmetræning", 30, quarter)
        ask(manager, "Robotter", 90, quarter)
        named, others, hours = queries.drawing_on(leader, "legal", quarter)
        assert [one.hours for one in named] == [30]
        assert (others, hours) == (1, 90)
        named, others, hours = queries.drawing_on(manager, "legal", quarter)
        assert [one.hours for one in named] == [90, 30]
        assert (others, hours) == (0, 0)

    def test_the_neighbours_hours_are_not_ours(self, actor, quarter):
        manager = actor("portfolio_manager")
        before = queries.booked(manager, [quarter])
        with acting_for(organisation_id(THERE)):
            theirs = Initiative.objects.first()
            RoleDemand.objects.update_or_create(
                organisation_id=theirs.organisation_id,
                initiative=theirs,
                role="legal",
                quarter=quarter,
                defaults={"hours": 4000},
            )
        assert queries.booked(manager, [quarter]) == before
        with pytest.raises(NotFound):
            actions.ask_for_hours(
                actor=manager, initiative_id=theirs.pk, role="legal", hours={quarter: 1}
            )


class TestActs:
    """Who writes, and what is refused."""

    def test_hours_are_written_changed_taken_away_and_recorded(self, actor, training, quarter):
        lead = actor("portfolio_manager")
        act = {"actor": lead, "initiative_id": training.pk, "role": "trainer"}
        assert actions.ask_for_hours(**act, hours={quarter: 40}) == 40
        assert actions.ask_for_hours(**act, hours={quarter: 60}) == 60
        assert actions.ask_for_hours(**act, hours={quarter: 60}) == 60
        assert actions.ask_for_hours(**act, hours={quarter: None}) == 0
        assert not RoleDemand.objects.filter(initiative=training, role="trainer").exists()
        acts = Act.objects.filter(verb="portfolio.ask_for_hours", object_id=training.pk)
        assert acts.filter(facts__role="trainer").count() == 3

    def test_zero_offered_is_not_the_same_as_unknown(self, actor, here, quarter):
        manager = actor("portfolio_manager")
        act = {"actor": manager, "role": "trainer", "unit": None}
        actions.offer_hours(**act, hours={quarter: 0})
        row = RoleSupply.objects.get(organisation_id=here, role="trainer", quarter=quarter)
        assert row.hours == 0
        actions.offer_hours(**act, hours={quarter: None})
        assert not RoleSupply.objects.filter(pk=row.pk).exists()

    def test_a_unit_leader_offers_for_her_own_units_only(self, actor, here, quarter):
        leader = actor("unit_leader")
        home = Unit.objects.get(organisation_id=here, name="Hjemmepleje")
        actions.offer_hours(actor=leader, role="trainer", unit=home, hours={quarter: 30})
        elsewhere = Unit.objects.get(organisation_id=here, name__startswith="Teknik")
        for unit in (None, elsewhere):
            with pytest.raises(NotAllowed):
                actions.offer_hours(actor=leader, role="trainer", unit=unit, hours={quarter: 30})

    @pytest.mark.parametrize("role", ["employee", "politician", "controller"])
    def test_others_write_nothing(self, actor, training, quarter, role):
        with pytest.raises((NotAllowed, NotFound)):
            actions.ask_for_hours(
                actor=actor(role), initiative_id=training.pk, role="legal", hours={quarter: 1}
            )

    def test_a_role_the_content_does_not_have_is_refused(self, actor, training, quarter):
        with pytest.raises(actions.UnknownRole):
            actions.ask_for_hours(
                actor=actor("portfolio_manager"),
                initiative_id=training.pk,
                role="wizard",
                hours={quarter: 1},
            )

    def test_the_database_holds_a_quarter_to_its_first_day(self, here, training, quarter):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleDemand.objects.create(
                organisation_id=here,
                initiative=training,
                role="data",
                quarter=quarter + dt.timedelta(days=1),
                hours=1,
            )

    def test_a_cooperation_is_agreed_changed_and_ends_once(self, actor, quarter):
        manager = actor("portfolio_manager")
        fields = {
            "role": "legal",
            "quarter": quarter,
            "partner": "Nabokommunen",
            "about": "Vi deler en jurist",
            "ready_on": quarter,
            "hours": 80,
            "owner": None,
        }
        made = actions.agree_cooperation(actor=manager, fields=fields)
        changed = actions.change_cooperation(
            actor=manager, cooperation_id=made.pk, version=1, fields={**fields, "hours": 90}
        )
        assert (changed.hours, changed.version) == (90, 2)
        end = {"actor": manager, "cooperation_id": made.pk, "kept": True}
        with pytest.raises(ChangedMeanwhile):
            actions.end_cooperation(**end, version=1, outcome="Aftalen er underskrevet")
        with pytest.raises(actions.CooperationNotWhole):
            actions.end_cooperation(**end, version=2, outcome=" ")
        done = actions.end_cooperation(**end, version=2, outcome="Aftalen er underskrevet")
        assert done.kept_on
        with pytest.raises(actions.CooperationIsOver):
            actions.end_cooperation(**end, version=3, outcome="igen")
        assert Cooperation.objects.get(pk=made.pk).outcome == "Aftalen er underskrevet"


class TestAtOnce:
    """The limit on simultaneous work."""

    def test_a_units_own_number_wins_and_is_reasoned(self, actor, here):
        manager = actor("portfolio_manager")
        unit = Unit.objects.get(organisation_id=here, name__startswith="Teknik")
        assert queries.at_once(here, unit.pk).count == 1
        with pytest.raises(actions.LimitNotReasoned):
            actions.set_work_limit(actor=manager, unit=unit, most=1, reason=" ")
        actions.set_work_limit(actor=manager, unit=unit, most=1, reason="Vi er to")
        assert queries.at_once(here, unit.pk).is_full
        Initiative.objects.filter(unit=unit).update(phase=Phase.EXECUTION)
        assert queries.at_once(here, unit.pk).is_over
        assert queries.units_at_once(manager)[0].unit_id == unit.pk
        actions.set_work_limit(actor=manager, unit=unit, most=None, reason="")
        assert not queries.at_once(here, unit.pk).is_over


@pytest.mark.usefixtures("empty")
def test_the_ledger_asks_as_often_for_many_as_for_few(actor, here, quarter):
    manager = actor("portfolio_manager")

    def count():
        with CaptureQueriesContext(connection) as asked:
            queries.booked(manager, [quarter])
            queries.drawing_on(manager, "legal", quarter)
            queries.units_at_once(manager)
        return len(asked)

    few = count()
    for row in Initiative.objects.filter(organisation_id=here):
        RoleDemand.objects.create(
            organisation_id=here, initiative=row, role="legal", quarter=quarter, hours=7
        )
    assert count() == few == 6
