"""Several indicators: one the ladder reads, others beside it with their own corrections."""

from decimal import Decimal

import pytest
from django.db import Error, transaction
from django.urls import reverse

from hoest.domain.benefits.actions.indicators import (
    IndicatorThere,
    add_indicator,
    record_indicator,
)
from hoest.domain.benefits.models import Benefit, Indicator, IndicatorValue
from hoest.domain.benefits.queries import rungs_in
from hoest.domain.benefits.rules.faults import SeriesNotWhole
from hoest.foundation.faults import NotAllowed, NotFound
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import THERE, organisation_id


@pytest.fixture
def benefit(here):
    return Benefit.objects.get(organisation_id=here, title__startswith="Færre opkald")


@pytest.fixture
def indicator(benefit, actor):
    fields = {"indicator": "Ventetid", "measure_unit": "minutter", "target_value": Decimal(5)}
    return add_indicator(actor=actor("controller"), benefit_id=benefit.pk, fields=fields)


def test_a_further_indicator_moves_no_rung(benefit, indicator, actor, here):
    rows = Benefit.objects.filter(organisation_id=here)
    before = rungs_in(rows)
    record_indicator(actor=actor("controller"), indicator_id=indicator.pk, text="2026-01-31\t7")
    assert rungs_in(rows) == before
    assert not benefit.measurements.filter(on="2026-01-31").exists()


def test_a_correction_takes_a_reason_and_keeps_the_old_value(indicator, actor):
    facts = {"actor": actor("controller"), "indicator_id": indicator.pk}
    record_indicator(**facts, text="2026-01-31\t7\n2026-02-28\t6")
    with pytest.raises(SeriesNotWhole):
        record_indicator(**facts, text="2026-01-31\t8")
    done = record_indicator(**facts, text="2026-01-31\t8", reason="Talt forkert")
    assert done.corrected == 1
    values = IndicatorValue.objects.filter(indicator=indicator, on="2026-01-31")
    assert [(v.value, v.withdrawn_reason) for v in values] == [(7, "Talt forkert"), (8, "")]
    with pytest.raises(Error), transaction.atomic():
        values.filter(value=8).update(value=9)


def test_a_name_stands_once_and_only_those_who_may_write_it_down(benefit, indicator, actor):
    fields = {"indicator": "ventetid", "measure_unit": "timer"}
    with pytest.raises(IndicatorThere):
        add_indicator(actor=actor("controller"), benefit_id=benefit.pk, fields=fields)
    with pytest.raises(NotAllowed):
        add_indicator(actor=actor("employee"), benefit_id=benefit.pk, fields=fields)


def test_the_neighbours_indicator_is_as_good_as_none(actor):
    there = organisation_id(THERE)
    with acting_for(there):
        theirs = Indicator.objects.filter(organisation_id=there)[0].pk
    with pytest.raises(NotFound):
        record_indicator(actor=actor("controller"), indicator_id=theirs, text="2026-01-31\t7")


def test_the_page_of_the_benefit_shows_it_beside_with_its_values(client_for, benefit):
    client = client_for("controller")
    page = reverse("benefits:benefit", args=[benefit.pk])
    add = reverse("benefits:add_indicator", args=[benefit.pk])
    assert client.post(add, {}).status_code == 422
    facts = {"indicator": "Ro", "measure_unit": "point", "baseline_value": "3", "target_value": "5"}
    assert client.post(add, facts)["Location"] == page
    made = Indicator.objects.get(benefit=benefit, indicator="Ro")
    measure = reverse("benefits:measure_indicator", args=[made.pk])
    assert client.post(measure, {"value": "x", "on": "2026-01-31"}).status_code == 422
    told = {"value": "1.234,5", "on": "2026-01-31", "origin": "Optælling"}
    assert client.post(measure, told)["Location"] == page
    assert IndicatorValue.objects.get(indicator=made).value == Decimal("1234.5")
    text = client.get(page).text
    assert "Måles også" in text
    assert "Optælling" in text
