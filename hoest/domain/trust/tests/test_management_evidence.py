"""What the law asks of the leadership, as it is registered, offered to every gate that asks."""

import datetime as dt
from dataclasses import replace

import pytest
from django.urls import reverse

from hoest.domain.portfolio.actions import answer_facts
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.rules.facts import FactAnswer
from hoest.domain.trust import actions
from hoest.domain.trust.models import ManagementStep
from hoest.domain.trust.rules.security import ManagementStepKind
from hoest.foundation import gate_evidence
from hoest.foundation.clock import today
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import THERE, actor_with_role, organisation_id

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)
CODE = "management_approval"


@pytest.fixture(autouse=True)
def nothing_yet(monkeypatch, here):
    """Steps are never taken back, so those the world begins with are set aside."""
    kept = set(ManagementStep.objects.values_list("pk", flat=True))
    rows = ManagementStep.objects.exclude(pk__in=kept)
    ours = type("Rows", (), {"objects": rows.all()})
    monkeypatch.setattr("hoest.domain.trust.queries.evidence.ManagementStep", ours)


def note(officer, kind, on=DAY, due=None):
    """Note a step as the one who keeps security."""
    return actions.note_management_step(
        actor=officer,
        fields={
            "kind": kind,
            "on": on,
            "who_function": "Direktionen",
            "what": "En hemmelig note",
            "reference": "Punkt 4",
            "next_due_on": due,
        },
    )


def told(initiative):
    """Return what is told of the management body, None when nothing is."""
    found = gate_evidence.told_of([CODE], initiative.organisation_id, [initiative.pk])
    one = found[initiative.pk].get(CODE)
    return one and replace(one, source=" ".join(one.source.split()))


def test_nothing_noted_offers_nothing(fresh):
    assert told(fresh) is None


def test_approval_and_course_are_offered_with_day_and_function(fresh, actor):
    officer = actor("security_officer")
    note(officer, ManagementStepKind.APPROVAL)
    offered = told(fresh)
    assert "godkendte foranstaltningerne 2. marts 2026" in offered.source
    assert offered.state == "missing"
    assert "kursus er ikke skrevet ned" in offered.source
    note(officer, ManagementStepKind.COURSE, on=dt.date(2026, 4, 1))
    offered = told(fresh)
    assert offered.state == "in_progress"
    assert "tog kursus 1. april 2026" in offered.source
    assert (offered.on, offered.name) == (DAY, "Direktionen")
    assert "Bekræft" in offered.source


def test_the_notes_of_the_register_are_not_told(fresh, actor):
    note(actor("security_officer"), ManagementStepKind.APPROVAL)
    assert "hemmelig" not in told(fresh).source
    assert "Punkt 4" not in told(fresh).source


def test_a_course_alone_says_that_the_approval_is_missing(fresh, actor):
    note(actor("security_officer"), ManagementStepKind.COURSE)
    assert "godkendelse er ikke skrevet ned" in told(fresh).source
    assert (told(fresh).state, told(fresh).on) == ("missing", DAY)
    assert "Bekræft" not in told(fresh).source


@pytest.mark.parametrize("late", [ManagementStepKind.APPROVAL, ManagementStepKind.COURSE])
def test_what_is_past_its_day_is_missing_and_its_day_is_kept_by_the_register(fresh, actor, late):
    officer, due = actor("security_officer"), dt.date(2026, 3, 20)
    for kind in (ManagementStepKind.APPROVAL, ManagementStepKind.COURSE):
        note(officer, kind, due=due if kind is late else today())
    found = told(fresh)
    assert found.state == "missing"
    assert (
        "godkendte foranstaltningerne 2. marts 2026. Ledelsen tog kursus 2. marts" in found.source
    )
    assert "Spørg den, der fører sikkerhedsrapporten" in found.source
    assert "20. marts" not in found.source
    note(officer, late, on=today(), due=today() + dt.timedelta(days=365))
    assert told(fresh).state == "in_progress"


def test_supervision_alone_is_neither_approval_nor_course(fresh, actor):
    note(actor("security_officer"), ManagementStepKind.SUPERVISION)
    assert told(fresh) is None


def test_what_another_municipality_noted_is_not_ours(fresh):
    there = organisation_id(THERE)
    with acting_for(there):
        note(actor_with_role(there, "security_officer"), ManagementStepKind.APPROVAL)
        assert gate_evidence.told_of([CODE], there, [1])[1]
    assert told(fresh) is None


def test_only_who_may_open_the_register_is_led_there(fresh, actor, client_for):
    note(actor("security_officer"), ManagementStepKind.APPROVAL)
    answer_facts(
        actor=actor("portfolio_manager"),
        initiative_id=fresh.pk,
        answers={"it_operation": FactAnswer.YES},
    )
    Initiative.objects.filter(pk=fresh.pk).update(phase="execution")
    url = reverse("gates:requirement", args=[fresh.pk, CODE])
    place = reverse("security:management")
    assert place in client_for("security_officer").get(url).content.decode()
    page = client_for("unit_leader").get(url).content.decode()
    assert "godkendte foranstaltningerne" in page
    assert place not in page
