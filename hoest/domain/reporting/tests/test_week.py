"""Min uge over the database: whose it is, putting aside, passing on, answering, and the page."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse

from hoest.domain.benefits.actions import measure
from hoest.domain.reporting import actions
from hoest.domain.reporting.actions.week import CannotTakeIt, NotADayAhead, NothingToTakeBack
from hoest.domain.reporting.models import PassedOn
from hoest.domain.reporting.queries.week import item_of, week_of
from hoest.foundation import asks, clock
from hoest.foundation.audit.models import Act
from hoest.foundation.faults import NotFound
from tests.support.steps import benefit_called


@pytest.fixture(autouse=True)
def only_what_benefits_and_initiatives_need(monkeypatch):
    """Leave out what other subjects ask for; `test_week_asks` is about that."""
    monkeypatch.setattr(asks, "_registry", {})


def titles(week) -> list[tuple[str, str]]:
    return [(item.need.value, item.state.title.split(" ")[0]) for item in week.items]


def test_each_role_sees_what_needs_her(here, actor):
    found = {role: titles(week_of(actor(role))) for role in ("executive", "controller")}
    assert found["executive"] == [("harvest_waiting", "Lavere")]
    assert found["controller"] == [("harvest_waiting", "Lavere"), ("level_waiting", "Tryg")]
    assert titles(week_of(actor("benefit_owner"))) == [("measurement_due", "Færre")]
    assert titles(week_of(actor("portfolio_manager"))) == [("sponsor_missing", "Fælles")]
    assert titles(week_of(actor("employee"))) == []


def test_what_was_passed_on_stands_first_with_the_words_that_came_along(here, actor):
    lead = week_of(actor("initiative_lead"))
    assert titles(lead) == [("owner_missing", "Kortere")]
    assert lead.items[0].passed_on_by == actor("executive").name
    assert lead.items[0].note == "Hvem i driften kan eje gevinsten?"
    sent = week_of(actor("executive")).sent
    assert [handed.passed.to_name for handed in sent] == [actor("initiative_lead").name]


def test_a_measurement_takes_the_thing_off_the_list(here, actor):
    owner = actor("benefit_owner")
    item = week_of(owner).items[0]
    measure(actor=owner, benefit_id=item.subject_id, on=clock.today(), value=10)
    assert item.key not in [one.key for one in week_of(owner).items]
    with pytest.raises(NotFound):
        item_of(owner, item.need.value, item.subject_id)


def test_what_is_put_aside_comes_back_by_itself(here, actor):
    owner = actor("benefit_owner")
    item = week_of(owner).items[0]
    until = clock.today() + dt.timedelta(days=3)
    actions.set_aside(actor=owner, need=item.need.value, subject_id=item.subject_id, until=until)
    week = week_of(owner)
    assert item.key not in [one.key for one in week.items]
    assert [(one.key, day) for one, day in week.set_aside] == [(item.key, until)]
    with clock.frozen_at(until):
        assert [one.key for one in week_of(owner).items] == [item.key]
    actions.take_up(actor=owner, need=item.need.value, subject_id=item.subject_id)
    assert [one.key for one in week_of(owner).items] == [item.key]


@pytest.mark.parametrize("days", [0, -1, 400])
def test_a_thing_is_put_aside_to_a_day_ahead_within_a_year(here, actor, days):
    owner = actor("benefit_owner")
    item = week_of(owner).items[0]
    until = clock.today() + dt.timedelta(days=days)
    with pytest.raises(NotADayAhead):
        actions.set_aside(
            actor=owner, need=item.need.value, subject_id=item.subject_id, until=until
        )


def test_putting_aside_is_nobody_elses_business(here, actor):
    controller, executive = actor("controller"), actor("executive")
    item = week_of(controller).items[0]
    acts = Act.objects.count()
    actions.set_aside(
        actor=controller,
        need=item.need.value,
        subject_id=item.subject_id,
        until=clock.today() + dt.timedelta(days=1),
    )
    assert item.key in [one.key for one in week_of(executive).items]
    assert Act.objects.count() == acts


def test_passing_on_moves_the_thing_and_is_logged(here, actor):
    executive, controller = actor("executive"), actor("controller")
    item = week_of(executive).items[0]
    passed = actions.pass_on(
        actor=executive,
        need=item.need.value,
        subject_id=item.subject_id,
        to_person_id=controller.person_id,
        note="Vil du se på den?",
    )
    assert item.key not in [one.key for one in week_of(executive).items]
    first = week_of(controller).items[0]
    assert (first.key, first.passed_on_by) == (item.key, executive.name)
    assert Act.objects.filter(verb="reporting.pass_on", object_id=passed.pk).count() == 1
    actions.take_back(actor=executive, passed_id=passed.pk)
    assert item.key in [one.key for one in week_of(executive).items]
    with pytest.raises(NothingToTakeBack):
        actions.take_back(actor=executive, passed_id=passed.pk)


def test_an_answer_comes_back_with_the_thing(here, actor):
    executive, lead = actor("executive"), actor("initiative_lead")
    passed = PassedOn.objects.get(to_person_id=lead.person_id)
    with pytest.raises(NothingToTakeBack):
        actions.send_back(actor=lead, passed_id=passed.pk, answer="  ")
    actions.send_back(actor=lead, passed_id=passed.pk, answer="Jeg kender ingen endnu.")
    back = next(i for i in week_of(executive).items if i.need == "owner_missing")
    assert (back.answered_by, back.answer) == (lead.name, "Jeg kender ingen endnu.")


def test_nobody_is_asked_about_what_she_cannot_see(here, actor):
    executive = actor("executive")
    item = week_of(executive).items[0]
    for role, fault in (("partner", CannotTakeIt), ("executive", CannotTakeIt)):
        with pytest.raises(fault):
            actions.pass_on(
                actor=executive,
                need=item.need.value,
                subject_id=item.subject_id,
                to_person_id=actor(role).person_id,
            )
    with pytest.raises(NotFound):
        actions.pass_on(
            actor=executive, need=item.need.value, subject_id=item.subject_id, to_person_id=0
        )


def test_nobody_takes_back_or_answers_for_another(here, actor):
    passed = PassedOn.objects.get()
    with pytest.raises(NotFound):
        actions.take_back(actor=actor("initiative_lead"), passed_id=passed.pk)
    with pytest.raises(NotFound):
        actions.send_back(actor=actor("controller"), passed_id=passed.pk, answer="Nej")


def test_nobody_puts_aside_what_is_not_on_her_list(here, actor):
    benefit = benefit_called("Lavere")
    with pytest.raises(NotFound):
        actions.set_aside(
            actor=actor("employee"),
            need="harvest_waiting",
            subject_id=benefit.pk,
            until=clock.today() + dt.timedelta(days=1),
        )


def test_the_page_says_how_much_waits_and_why(client_for):
    page = client_for("benefit_owner").get("/").content.decode()
    assert "Én ting venter på dig. Den tager et minut." in page
    assert "Registrér måling" in page
    assert "Du ejer gevinsten." in page
    assert "?tilbage=%2F" in page


def test_without_anything_the_page_says_so_and_shows_the_account(client_for):
    page = client_for("employee").get("/").content.decode()
    assert "Intet venter på dig i denne uge." in page
    assert "<svg" in page
    assert "/hoestregnskab/" in page


def test_a_sponsor_who_may_not_do_it_asks_another(client_for):
    page = client_for("executive").get("/").content.decode()
    assert "Tag gevinsten hjem" in page, "an executive may take it home"
    assert "Du har sendt videre" in page


def test_a_day_is_chosen_with_one_tap(here, client_for, actor):
    client = client_for("benefit_owner")
    item = week_of(actor("benefit_owner")).items[0]
    path = f"/min-uge/{item.need.value}/{item.subject_id}/senere/"
    assert "I morgen" in client.get(path).content.decode()
    tomorrow = clock.today() + dt.timedelta(days=1)
    assert client.post(path, {"until": tomorrow.isoformat()}).status_code == 302
    assert "Intet venter på dig" in client.get("/").content.decode()
    assert client.post(path, {"until": "i går"}).status_code == 422


@pytest.mark.parametrize("role", ["controller", "portfolio_manager", "benefit_owner"])
def test_the_number_of_queries_is_fixed(role, client_for, django_assert_max_num_queries):
    client = client_for(role)
    client.get("/")
    with django_assert_max_num_queries(60):
        client.get("/")


def test_what_is_submitted_waits_on_the_week_of_who_approves(here, actor):
    from decimal import Decimal

    from hoest.domain.business_cases import actions as cases
    from hoest.domain.portfolio.models import Initiative
    from tests.support.guided import has_effect

    manager, controller = actor("portfolio_manager"), actor("controller")
    fresh = Initiative.objects.get(organisation_id=here, title__startswith="Robotter")

    def needs() -> list[str]:
        found = [*week_of(controller).items, *week_of(controller).waiting]
        return [i.need.value for i in found if i.initiative.initiative_id == fresh.pk]

    line = cases.LineInput(key="Færre breve", kind="benefit", amounts={2026: Decimal(100)})
    draft = cases.start_draft(actor=manager, initiative_id=fresh.pk, price_level=2026)
    cases.set_line(actor=manager, version_id=draft.pk, version=draft.version, line=line)
    draft.refresh_from_db()
    assert needs() == []
    has_effect(draft)
    waiting = cases.submit(actor=manager, version_id=draft.pk, version=draft.version)
    assert needs() == ["case_submitted"]
    cases.approve(actor=controller, version_id=waiting.pk, version=waiting.version)
    assert needs() == []


def test_what_was_passed_on_once_is_not_passed_on_for_ever(here, actor):
    owner, lead = actor("benefit_owner"), actor("initiative_lead")
    item = week_of(owner).items[0]
    assert item.need == "measurement_due"
    actions.pass_on(
        actor=owner,
        need=item.need.value,
        subject_id=item.subject_id,
        to_person_id=lead.person_id,
        note="Jeg er på ferie.",
    )
    assert item.key in [one.key for one in week_of(lead).items]
    measure(actor=lead, benefit_id=item.subject_id, on=clock.today(), value=10)
    with clock.frozen_at(clock.today() + dt.timedelta(days=100)):
        assert item.key in [one.key for one in week_of(owner).items], "the next one is her own"
        assert item.key not in [one.key for one in week_of(lead).items]


def test_what_is_handed_on_is_still_seen_by_the_first_who_asked(here, actor):
    executive, lead = actor("executive"), actor("initiative_lead")
    manager = actor("portfolio_manager")
    item = next(i for i in week_of(lead).items if i.passed_on_by)
    actions.pass_on(
        actor=lead,
        need=item.need.value,
        subject_id=item.subject_id,
        to_person_id=manager.person_id,
        note="Du kender lederne.",
    )
    assert item.key not in [i.key for i in week_of(lead).items if i.passed_on_by]
    sent = {handed.item.key: handed.passed for handed in week_of(executive).sent}
    assert sent[item.key].to_name == manager.name
    received = next(i for i in week_of(manager).items if i.key == item.key)
    assert (received.passed_on_by, received.note) == (executive.name, "Du kender lederne.")


def test_handing_it_back_to_who_asked_is_an_answer(here, actor):
    executive, lead = actor("executive"), actor("initiative_lead")
    item = next(i for i in week_of(lead).items if i.passed_on_by)
    actions.pass_on(
        actor=lead,
        need=item.need.value,
        subject_id=item.subject_id,
        to_person_id=executive.person_id,
        note="Spørg direktøren.",
    )
    back = next(i for i in week_of(executive).items if i.key == item.key)
    assert (back.answered_by, back.answer) == (lead.name, "Spørg direktøren.")


def test_everything_that_waits_stands_some_at_a_time_in_the_order_of_the_week(
    client_for, actor, monkeypatch
):
    monkeypatch.setattr("hoest.domain.reporting.web.week.ON_A_PAGE", 1)
    role, week = max(
        ((role, week_of(actor(role))) for role in ("controller", "initiative_lead", "executive")),
        key=lambda one: one[1].count,
    )
    wanted = ["{}-{}".format(*item.key) for item in (*week.items, *week.waiting)]
    assert len(wanted) > 1
    seen = []
    for side in range(1, len(wanted) + 1):
        page = client_for(role).get(reverse("week:everything"), {"side": side}).text
        assert f'<ol class="week" start="{side}">' in page
        seen += re.findall(r'<li class="week-item" id="([a-z_]+-\d+)"', page)
    assert seen == wanted
