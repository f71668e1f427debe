"""What the search finds of gates: decisions, deviations and what waits, and never too much."""

import pytest

from hoest.domain.portfolio.models import Deviation, GateDecision, Waiting
from hoest.domain.portfolio.tests.gating import decide, organise, wait
from hoest.domain.portfolio.web.gates import search
from hoest.domain.portfolio.web.gates.words import text
from hoest.foundation import content
from tests.support.world import HERE, MARKERS, THERE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowing")]


def test_a_decision_is_found_by_its_initiative_and_by_its_reason(actor, robots):
    organise(actor("portfolio_manager"), robots)
    decide(actor("executive"), robots, reason="Byrådet vil se tallene")
    made = GateDecision.objects.get(initiative=robots)
    reader = actor("portfolio_manager")
    for typed in (robots.title, "byrådet tallene"):
        finds = search.decisions(reader, typed).found
        assert [one.url for one in finds if one.title == robots.title] == [
            f"/portefoelje/afgoerelser/{made.pk}/"
        ]


def test_a_deviation_is_found_by_what_the_requirement_is_called(actor):
    reader = actor("portfolio_manager")
    one = Deviation.objects.filter(organisation_id=reader.organisation_id).first()
    called = text(content.gate_requirements()[one.code].label)
    found = search.deviations(reader, called).found
    assert f"/portefoelje/fravigelser/{one.pk}/" in [each.url for each in found]
    assert all(each.title == called for each in found if each.url.endswith(f"/{one.pk}/"))
    assert search.deviations(reader, "zebrafinkeburet").found == []


def test_what_waits_is_found_by_what_it_waits_for(actor, robots):
    wait(actor("executive"), robots, waits_for="den nye journal")
    (one,) = search.waiting(actor("portfolio_manager"), "nye journal").found
    assert one.about == "venter på den nye journal"
    assert one.url == f"/portefoelje/venter/{Waiting.objects.get(initiative=robots).pk}/"


def test_ours_are_found_and_the_neighbours_never(actor):
    reader = actor("portfolio_manager")
    for finder in (search.decisions, search.deviations, search.waiting):
        assert finder(reader, MARKERS[HERE]).found
        assert finder(reader, MARKERS[THERE]).found == []
