"""What was shown in March still shows March: the records of a day, and the account of them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from hoest.domain.benefits.models import Benefit
from hoest.domain.reporting import queries
from hoest.domain.reporting.actions.records import record_day
from hoest.domain.reporting.models import FiguresRecord
from hoest.domain.reporting.rules import accounts_of
from hoest.domain.reporting.tests.test_kept import lapse, measure, move_live, withdraw
from hoest.domain.reporting.tests.test_sums import told
from hoest.foundation import clock
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import THERE, actor_with_role, organisation_id


@pytest.fixture
def recorded(here: int) -> dt.date:
    day = clock.today() - dt.timedelta(days=30)
    with clock.frozen_at(day):
        record_day(here)
    return day


def test_a_correction_that_comes_later_does_not_change_it(here, actor, recorded):
    controller = actor("controller")
    before = [told(a) for a in accounts_of(queries.recorded_figures(controller, recorded))]
    for act in (measure, withdraw, lapse, move_live):
        act(actor)
    record_day(here)
    after = [told(a) for a in accounts_of(queries.recorded_figures(controller, recorded))]
    assert after == before
    now = accounts_of(queries.recorded_figures(controller, clock.today()))
    assert [told(a) for a in now] != before


def test_only_what_changed_is_recorded_again(here, actor, recorded):
    assert FiguresRecord.objects.count() == Benefit.objects.filter(is_disbenefit=False).count()
    # In thirty days a measurement may have become too old, so the figures of some moved.
    record_day(here)
    settled = FiguresRecord.objects.count()
    assert record_day(here) == 0
    with clock.frozen_at(clock.today() + dt.timedelta(days=1)):
        lapse(actor)
        record_day(here)
    assert 0 < FiguresRecord.objects.count() - settled <= 3


def test_nobody_changes_or_deletes_a_record(here, recorded):
    for statement in (
        "update reporting_figuresrecord set digest = ''",
        "delete from reporting_figuresrecord",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_page_says_which_day_it_shows(here, client_for, recorded):
    client = client_for("controller")
    page = client.get(reverse("reporting:account"), {"pr": recorded.isoformat()})
    text = page.content.decode()
    assert "Sådan så det ud" in text
    assert "Senere rettelser ændrer det ikke" in text
    rows = client.get(page.context["rungs"][0]["href"])
    assert rows.status_code == 200
    assert "Sådan så det ud" in rows.content.decode()
    for ending in ("csv", "xlsx"):
        address = reverse("reporting:download")
        file = client.get(address, {"pr": recorded.isoformat(), "format": ending})
        assert recorded.isoformat() in file["Content-Disposition"]


def test_two_days_stand_side_by_side(here, client_for, actor, recorded):
    lapse(actor)
    client = client_for("controller")
    page = client.get(reverse("reporting:compare"), {"pr": recorded.isoformat(), "type": "budget"})
    lines = {line["rung"]: line["count"] for line in page.context["lines"]}
    assert lines["lapsed"].change == 1
    assert sum(one.before for one in lines.values()) == sum(one.after for one in lines.values())


def test_without_a_recorded_day_there_is_nothing_to_compare(here, client_for):
    page = client_for("controller").get(reverse("reporting:compare"))
    assert "Her er ikke to dage at sammenligne" in page.content.decode()


def test_a_day_before_the_first_record_says_so(here, client_for, recorded):
    early = recorded - dt.timedelta(days=400)
    page = client_for("controller").get(reverse("reporting:account"), {"pr": str(early)})
    assert "Den første gemte dag er" in page.content.decode()


def test_the_neighbour_sees_none_of_it(here, recorded):
    with acting_for(organisation_id(THERE)):
        stranger = actor_with_role(organisation_id(THERE), "controller")
        assert queries.recorded_figures(stranger, clock.today()) == []
