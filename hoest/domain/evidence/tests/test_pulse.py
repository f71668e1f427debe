"""The pulse: answers are counted, shown when the half-year is over, and lead to nobody."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.evidence.actions.pulse import AlreadyAnswered, adopt_round, give_pulse
from hoest.domain.evidence.models import PulseCount, PulseGiven
from hoest.domain.evidence.queries.pulse import lines_of, rated_by_round, realised_here
from hoest.domain.evidence.rules.pulse import (
    PulseAnswer,
    rated,
    round_before,
    round_of,
    shown_apart,
)
from hoest.foundation import clock
from hoest.foundation.audit.models import Act
from hoest.foundation.faults import NotAllowed

LARGE = 10**6


@given(
    groups=st.dictionaries(st.one_of(st.none(), st.integers(1, 9)), st.integers(0, 12)),
    smallest=st.integers(2, 6),
)
def test_no_group_can_be_found_by_subtraction(groups, smallest):
    apart = shown_apart(groups, smallest)
    rest = sum(count for unit, count in groups.items() if unit not in apart)
    assert all(groups[unit] >= smallest for unit in apart)
    assert not apart or rest == 0 or rest >= smallest


def test_a_small_group_is_counted_and_not_shown():
    assert rated({"great": 2, "small": 2}, 5).share is None
    assert rated({"great": 2, "small": 3}, 5).share == 0.4


def test_a_half_year_begins_in_january_and_july():
    assert round_of(dt.date(2026, 6, 30)) == dt.date(2026, 1, 1)
    assert round_of(dt.date(2026, 7, 1)) == dt.date(2026, 7, 1)
    assert round_before(dt.date(2026, 1, 1)) == dt.date(2025, 7, 1)


@pytest.mark.django_db
def test_an_answer_is_counted_once_and_is_told_to_nobody(here, actor):
    leader = actor("unit_leader")
    acts = Act.objects.filter(organisation_id=here).count()
    give_pulse(actor=leader, answer=PulseAnswer.GREAT)
    with pytest.raises(AlreadyAnswered):
        give_pulse(actor=leader, answer=PulseAnswer.SMALL)
    on = round_of(clock.today())
    counted = PulseCount.objects.filter(organisation_id=here, round_on=on)
    assert sum(counted.values_list("count", flat=True)) == 1
    assert PulseGiven.objects.filter(organisation_id=here, round_on=on).count() == 1
    assert Act.objects.filter(organisation_id=here).count() == acts
    # Nothing of this half-year is shown before it is over.
    assert on not in dict(rated_by_round(leader))


@pytest.mark.django_db
def test_somebody_who_leads_nothing_is_not_asked(actor):
    with pytest.raises(NotAllowed):
        give_pulse(actor=actor("employee"), answer=PulseAnswer.GREAT)


@pytest.mark.django_db
def test_departments_stand_apart_beside_what_is_measured(here, actor):
    from hoest.domain.organisations.models import Unit

    PulseCount.objects.filter(organisation_id=here).delete()
    care = Unit.objects.filter(organisation_id=here, parent=None).order_by("pk").first()
    before = round_before(round_of(clock.today()))
    adopt_round(
        actor=actor("portfolio_manager"),
        round_on=before,
        counts={
            (care.pk, PulseAnswer.GREAT): 3,
            (care.pk, PulseAnswer.SOME): 3,
            (None, PulseAnswer.SMALL): 5,
        },
    )
    (line,) = lines_of(actor("controller"))
    assert (line.unit_id, line.rated.share) == (care.pk, 0.5)
    assert dict(rated_by_round(actor("controller")))[before].share == pytest.approx(3 / 11)
    assert line.realised.due <= realised_here(actor("controller")).due


@pytest.mark.django_db
def test_the_page_shows_both_and_the_question_is_answered(client_for, here):
    leader = client_for("unit_leader")
    page = leader.get("/puls/")
    assert page.status_code == 200
    assert "46" in page.content.decode()
    assert leader.post("/puls/svar/", {}).status_code == 422
    assert leader.post("/puls/svar/", {"answer": "some"}).status_code == 302
    assert "Du har svaret" in leader.get("/puls/svar/").content.decode()
