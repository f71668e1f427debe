"""A whole series at once: one act, one standing each, and nothing that has not happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from hoest.domain.benefits.actions import Taken, adopt_measurements
from hoest.domain.benefits.models import Benefit, Measurement, StandingRecord
from hoest.domain.benefits.queries import standing_of
from hoest.domain.benefits.rules.faults import MeasuredInTheFuture
from hoest.domain.organisations.queries import system_actor
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.models import Act
from hoest.foundation.faults import NotAllowed
from hoest.foundation.provenance.actions import entered_by

ActorOf = Callable[[str], Actor]


@pytest.fixture
def benefit(here: int) -> Benefit:
    """A benefit in use that nobody has measured."""
    return Benefit.objects.get(organisation_id=here, title__startswith="Færre møder")


def _series(benefit: Benefit, days: int = 3) -> list[Taken]:
    today = clock.today()
    return [
        Taken(benefit.pk, today - dt.timedelta(days=n), Decimal(n), "Systemet", "Leder")
        for n in range(days)
    ]


def test_a_series_is_recorded_as_one_act_and_lifts_the_benefit(here: int, benefit: Benefit) -> None:
    actor = system_actor(here, "Liste")
    source = entered_by(actor, "Liste")
    before = Act.objects.filter(organisation_id=here).count()
    made = adopt_measurements(actor=actor, taken=_series(benefit), source=source)
    assert len(made) == 3
    assert Act.objects.filter(organisation_id=here).count() == before + 1
    assert {m.source_id for m in Measurement.objects.filter(benefit=benefit)} == {source.pk}
    assert standing_of(Benefit.objects.get(pk=benefit.pk)).rung == "measured"
    last = StandingRecord.objects.filter(organisation_id=here, benefit=benefit).last()
    assert last is not None
    assert (last.rung, last.because) == ("measured", "benefits.adopt_measurements")


def test_a_day_that_has_not_come_refuses_the_whole_series(here: int, benefit: Benefit) -> None:
    actor = system_actor(here, "Liste")
    tomorrow = Taken(benefit.pk, clock.today() + dt.timedelta(days=1), Decimal(1))
    with pytest.raises(MeasuredInTheFuture):
        adopt_measurements(
            actor=actor, taken=[*_series(benefit), tomorrow], source=entered_by(actor, "Liste")
        )
    assert not Measurement.objects.filter(benefit=benefit).exists()


def test_a_second_measurement_of_a_day_is_refused_by_the_database(
    here: int, benefit: Benefit
) -> None:
    actor = system_actor(here, "Liste")
    source = entered_by(actor, "Liste")
    adopt_measurements(actor=actor, taken=_series(benefit, 1), source=source)
    with pytest.raises(IntegrityError), transaction.atomic():
        adopt_measurements(actor=actor, taken=_series(benefit, 1), source=source)


def test_a_series_needs_the_right_to_measure_in_the_whole_municipality(
    actor: ActorOf, benefit: Benefit
) -> None:
    for role in ("employee", "benefit_owner", "partner"):
        who = actor(role)
        with pytest.raises(NotAllowed):
            adopt_measurements(actor=who, taken=_series(benefit), source=entered_by(who, "Liste"))
