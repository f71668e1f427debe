"""The pages of capacity: what they say, what a scenario shows, and that plans differ by group."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoest.domain.organisations.models import Person, Unit
from hoest.domain.portfolio.actions import capacity as actions
from hoest.domain.portfolio.actions import first_year as first_year_actions
from hoest.domain.portfolio.models import (
    Cooperation,
    GroupPlan,
    Initiative,
    Milestone,
    ProfessionProfile,
    RoleDemand,
    Rollout,
)
from hoest.domain.portfolio.queries import changes
from hoest.domain.portfolio.queries.capacity import shown_quarters
from hoest.domain.portfolio.rules import Phase
from hoest.domain.portfolio.tests.shared import text_of
from hoest.foundation import asks
from hoest.foundation.clock import today
from hoest.foundation.faults import NotAllowed

pytestmark = pytest.mark.django_db


class TestLedger:
    """Over-booking on the page, and the scenario in the address."""

    def test_the_point_is_where_it_is_tightest(self, client_for):
        page = client_for("portfolio_manager").get(reverse("capacity:ledger"))
        text = text_of(page)
        assert "Rollen It-arkitekt mangler flest timer: 220 i " in text
        assert "Venter det, mangler der ingen timer." in text

    def test_without_an_initiative_nothing_is_saved(self, client_for, here):
        robots = Initiative.objects.get(organisation_id=here, title__startswith="Robotter")
        before = list(RoleDemand.objects.filter(organisation_id=here).values())
        page = client_for("portfolio_manager").get(reverse("capacity:ledger"), {"uden": robots.pk})
        assert "mangler der 0 timer i stedet for 220 timer" in text_of(page)
        assert list(RoleDemand.objects.filter(organisation_id=here).values()) == before

    def test_a_neighbours_initiative_and_nonsense_change_nothing(self, client_for):
        page = client_for("portfolio_manager").get(
            reverse("capacity:ledger") + "?uden=999999999&uden=x&enhed=0&kvartal=2027-9&rolle=%3Cb"
        )
        assert page.status_code == 200
        assert "Hvis vi ventede" not in text_of(page)

    def test_hours_are_never_kroner(self, client_for):
        text = text_of(client_for("controller").get(reverse("capacity:ledger")))
        assert " kr." not in text

    def test_demand_is_written_in_one_small_form(self, client_for, training):
        client = client_for("portfolio_manager")
        url = reverse("capacity:demand", args=[training.pk])
        first = client.get(url).context["form"].quarters[0]
        name = f"hours_{first.year}-{(first.month + 2) // 3}"
        assert client.post(url, {"role": "trainer", name: "x"}).status_code == 422
        assert client.post(url, {"role": "trainer", name: "45"}).status_code == 302
        assert RoleDemand.objects.get(initiative=training, role="trainer").hours == 45

    @pytest.mark.parametrize("role", ["employee", "politician"])
    def test_who_has_no_business_there_gets_no_page(self, client_for, role):
        assert client_for(role).get(reverse("capacity:ledger")).status_code == 403

    def test_the_registers_come_as_files(self, client_for):
        client = client_for("portfolio_manager")
        rows = client.get(reverse("capacity:demands") + "?format=json").json()["rows"]
        assert {row["role"] for row in rows} == {"it_architect"}
        for name in ("demands", "supplies", "cooperations", "all_plans"):
            sheet = client.get(reverse(f"capacity:{name}") + "?format=xlsx")
            assert b"".join(sheet.streaming_content)[:2] == b"PK"
        csv = client.get(reverse("capacity:load") + "?format=csv").content.decode("utf-8-sig")
        assert csv.splitlines()[0].startswith("Enhed")


class TestWorkAtOnce:
    """A full unit is warned of and never refused."""

    def test_a_new_initiative_is_made_with_a_warning(self, client_for, actor, here):
        unit = Unit.objects.get(organisation_id=here, name__startswith="Teknik")
        actions.set_work_limit(
            actor=actor("portfolio_manager"), unit=unit, most=1, reason="Vi er to"
        )
        client = client_for("portfolio_manager")
        said = client.get(reverse("capacity:warning"), {"unit": unit.pk})
        assert "Enheden har 1 i arbejde, og grænsen er 1" in text_of(said)
        fields = {"title": "Én til", "unit": unit.pk}
        answer = client.post(reverse("portfolio:create"), fields, follow=True)
        assert Initiative.objects.filter(title="Én til").exists()
        assert "Du kan godt begynde" in text_of(answer)

    def test_the_initiative_and_the_phase_sheet_warn(self, client_for, actor, here):
        unit = Unit.objects.get(organisation_id=here, name__startswith="Teknik")
        Initiative.objects.filter(unit=unit, title__startswith="Robotter").update(
            phase=Phase.EXECUTION
        )
        actions.set_work_limit(
            actor=actor("portfolio_manager"), unit=unit, most=1, reason="Vi er to"
        )
        client = client_for("portfolio_manager")
        paper = Initiative.objects.get(title__startswith="Fra papir", unit=unit)
        for name in ("portfolio:initiative", "portfolio:phase"):
            assert "grænsen er 1" in text_of(client.get(reverse(name, args=[paper.pk])))
        assert "grænsen er 1" in text_of(client.get(reverse("organisations:unit", args=[unit.pk])))


class TestChangeLoad:
    """What lands on the same people."""

    def test_roll_outs_and_go_lives_are_counted_in_their_quarter(self, actor, client_for, here):
        quarters = shown_quarters()
        unit = Unit.objects.get(organisation_id=here, name="Hjemmepleje")
        Rollout.objects.filter(organisation_id=here).delete()
        Initiative.objects.filter(organisation_id=here).update(live_on=None)
        on = quarters[2] + dt.timedelta(days=10)
        for title in ("Fælles skærmbesøg", "Robotter"):
            Rollout.objects.create(
                organisation_id=here,
                initiative=Initiative.objects.get(organisation_id=here, title__startswith=title),
                unit=unit,
                planned_on=on,
                planned_users=30,
            )
        whole = Initiative.objects.get(organisation_id=here, title__startswith="Digital")
        Initiative.objects.filter(pk=whole.pk).update(live_on=on)
        (place,) = changes.unit_loads(actor("portfolio_manager"), quarters)
        assert place.loads[quarters[2]].count == 3
        assert place.loads[quarters[2]].is_heavy
        page = client_for("portfolio_manager").get(reverse("capacity:load"))
        assert "Hjemmepleje får 3 nye ting på én gang" in text_of(page)

    def test_a_group_shows_its_busy_times_beside(self, client_for, here):
        ProfessionProfile.objects.filter(organisation_id=here, group="care").update(
            windows=[{"name": "Altid travlt", "months": list(range(1, 13))}]
        )
        text = text_of(client_for("people_partner").get(reverse("capacity:load")))
        assert "Midt i: Altid travlt" in text


class TestGroups:
    """The same initiative, a different plan per group."""

    def test_a_plan_begins_with_the_groups_own_profile(self, client_for, here, training):
        client = client_for("portfolio_manager")
        GroupPlan.objects.filter(organisation_id=here).delete()
        Initiative.objects.filter(pk=training.pk).update(live_on=dt.date(2027, 7, 10))
        begun = {}
        for group in ("care", "caseworkers"):
            page = client.get(reverse("capacity:plan", args=[training.pk, group]))
            begun[group] = {
                name: page.context["form"][name].value()
                for name in ("message", "training", "starts_on")
            }
        assert begun["care"]["starts_on"] == dt.date(2027, 9, 1)
        assert begun["caseworkers"]["starts_on"] == dt.date(2027, 7, 10)
        assert "Mindre gangtid" in begun["care"]["message"]
        assert begun["care"]["message"] != begun["caseworkers"]["message"]
        assert begun["care"]["training"] != begun["caseworkers"]["training"]
        for group, fields in begun.items():
            url = reverse("capacity:plan", args=[training.pk, group])
            day = fields["starts_on"].isoformat()
            assert client.post(url, {**fields, "starts_on": day, "version": 0}).status_code == 302
        assert GroupPlan.objects.filter(initiative=training).count() == 2
        page = text_of(client.get(reverse("capacity:plans", args=[training.pk])))
        assert "2 faggrupper har hver sin plan" in page
        assert "nøjagtig samme besked" not in page

    def test_groups_told_the_same_are_asked_about(self, client_for, training):
        GroupPlan.objects.filter(initiative=training).update(message="Der kommer noget nyt")
        page = client_for("portfolio_manager").get(reverse("capacity:plans", args=[training.pk]))
        assert "får nøjagtig samme besked" in text_of(page)

    def test_hr_writes_a_profile_and_an_older_copy_is_refused(self, client_for, here):
        client = client_for("people_partner")
        url = reverse("capacity:profile", args=["teachers"])
        fields = {
            "concerns": "Der kommer noget nyt hvert år",
            "arguments": "Forberedelsen kan genbruges",
            "super_users": 8,
            "window_1": "Prøver",
            "months_1": ["5", "6"],
            "version": 0,
        }
        assert client.post(url, {**fields, "months_1": []}).status_code == 422
        assert client.post(url, fields).status_code == 302
        row = ProfessionProfile.objects.get(organisation_id=here, group="teachers")
        assert row.windows == [{"name": "Prøver", "months": [5, 6]}]
        assert client.post(url, {**fields, "super_users": 9, "version": 7}).status_code == 409
        assert client.get(reverse("capacity:profile", args=["wizards"])).status_code == 404


class TestFirstYear:
    """A template plan loads, ticks by facts, and measures progress."""

    def test_facts_tick_by_themselves_and_people_with_evidence(self, client_for, actor, here):
        Milestone.objects.filter(organisation_id=here).delete()
        from hoest.domain.portfolio.models import StartPlan

        StartPlan.objects.filter(organisation_id=here).delete()
        client = client_for("portfolio_manager")
        assert "Læg planen" in text_of(client.get(reverse("capacity:first_year")))
        day = today() - dt.timedelta(days=40)
        posted = client.post(reverse("capacity:start_first_year"), {"starts_on": day.isoformat()})
        assert posted.status_code == 302
        page = client.get(reverse("capacity:first_year"))
        going = page.context["going"]
        assert going.total == 17
        assert going.done >= 2
        text = text_of(page)
        assert "Høst kan selv se det" in text
        assert f"{going.done} af 17 milepæle er nået; den næste er »Ét sted har opgaven«" in text
        first = Milestone.objects.get(organisation_id=here, code="one_place")
        url = reverse("capacity:reach", args=[first.pk])
        on = today().isoformat()
        assert client.post(url, {"on": on, "version": 1}).status_code == 422
        fields = {"on": on, "evidence": "https://example.org/referat", "version": 1}
        assert client.post(url, fields).status_code == 302
        after = client.get(reverse("capacity:first_year")).context["going"]
        assert after.done == going.done + 1

    def test_moving_the_plan_moves_what_is_not_reached(self, actor, here):
        row = Milestone.objects.get(organisation_id=here, code="look_back")
        plan = row.plan
        first_year_actions.move_first_year(
            actor=actor("executive"),
            version=plan.version,
            starts_on=plan.starts_on + dt.timedelta(days=14),
        )
        before, row.due_on = row.due_on, None
        row.refresh_from_db()
        assert row.due_on == before + dt.timedelta(days=14)
        with pytest.raises(first_year_actions.PlanIsThere):
            first_year_actions.load_first_year(actor=actor("executive"), starts_on=today())

    def test_min_uge_asks_the_owner_until_a_fact_has_ticked(self, actor, here):
        row = Milestone.objects.get(organisation_id=here, code="all_gathered")
        Milestone.objects.filter(pk=row.pk).update(due_on=today() + dt.timedelta(days=3))
        owner, other = actor("portfolio_manager"), actor("executive")

        def asked(person):
            found = asks.asked_of(person, today())
            return [one.subject_id for one in found if one.kind == "milestone"]

        assert asked(owner) == [row.pk]
        assert asked(other) == []
        Milestone.objects.filter(pk=row.pk).update(fact="first_initiative")
        assert asked(owner) == []

    def test_an_owner_without_the_right_reaches_her_own_and_no_other(self, actor, client_for, here):
        mine = Milestone.objects.get(organisation_id=here, code="strategy")
        employee = Person.objects.get(organisation_id=here, email__startswith="employee@")
        Milestone.objects.filter(pk=mine.pk).update(owner=employee)
        client = client_for("employee")
        url = reverse("capacity:reach", args=[mine.pk])
        fields = {"on": today().isoformat(), "evidence": "Referat", "version": mine.version}
        assert client.post(url, fields).status_code == 302
        other = Milestone.objects.get(organisation_id=here, code="look_back")
        assert client.get(reverse("capacity:reach", args=[other.pk])).status_code == 404
        with pytest.raises(NotAllowed):
            first_year_actions.reopen_milestone(
                actor=actor("controller"), milestone_id=mine.pk, version=mine.version + 1
            )


def test_min_uge_asks_how_a_cooperation_went(actor, here):
    row = Cooperation.objects.get(organisation_id=here)
    owner = actor("portfolio_manager")
    assert not [one for one in asks.asked_of(owner, today()) if one.kind == "cooperation"]
    Cooperation.objects.filter(pk=row.pk).update(ready_on=today())
    (ask,) = [one for one in asks.asked_of(owner, today()) if one.kind == "cooperation"]
    assert ask.act_url == reverse("capacity:end", args=[row.pk])


@pytest.mark.parametrize(
    "name",
    ["ledger", "demands", "supplies", "load", "profiles", "first_year", "limits", "all_plans"],
)
def test_a_page_asks_as_often_for_many_as_for_few(client_for, here, name):
    client = client_for("portfolio_manager")
    quarters = shown_quarters()

    def count():
        client.get(reverse(f"capacity:{name}"))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(f"capacity:{name}")).status_code == 200
        return len([one for one in asked if "SAVEPOINT" not in one["sql"]])

    few = count()
    units = list(Unit.objects.filter(organisation_id=here))
    for number in range(8):
        row = Initiative.objects.create(
            organisation_id=here,
            key=f"MANGE-{number}",
            title=f"Endnu et {number}",
            unit=units[number % len(units)],
            phase=Phase.EXECUTION,
            live_on=quarters[number % 4] + dt.timedelta(days=5),
        )
        for quarter in quarters[:3]:
            RoleDemand.objects.create(
                organisation_id=here, initiative=row, role="legal", quarter=quarter, hours=30
            )
        GroupPlan.objects.create(
            organisation_id=here,
            initiative=row,
            group="technical",
            starts_on=quarters[1],
            message=f"Hej {number}",
        )
    assert count() <= few
