"""What others do while a file is saved: it waits, or it is shown before it is overwritten."""

from __future__ import annotations

import threading
from decimal import Decimal
from typing import Any

import pytest
from django.db import connections, transaction

from hoest.domain.evidence import actions, jobs, queries
from hoest.domain.evidence.actions import many as acts
from hoest.domain.evidence.jobs import files
from hoest.domain.evidence.models import Point, PointCorrection, Series, SeriesFile
from hoest.domain.evidence.rules import FileState, Origin
from hoest.domain.organisations.queries import person_actor
from hoest.foundation.faults import NotAllowed
from hoest.foundation.tenancy.context import acting_for
from tests.support.many_series import Upload, page, places_of, save, two_series
from tests.support.world import HERE, actor_with_role, organisation_id


def test_who_corrects_a_value_while_a_file_is_saved_waits_until_it_is(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    organisation = organisation_id(HERE)
    with acting_for(organisation), transaction.atomic():
        controller = actor_with_role(organisation, "controller")
        series = Series.objects.get(organisation_id=organisation)
        second = places_of(series)[1]
        last = max(one.period for one in queries.points_of(series))
        before = queries.points_of(series).get(place__name=second, period=last).value
        text = two_series(series).encode()
        file = acts.keep_file(actor=controller, file_name="a.csv", content=text, source="Nøgletal")
    jobs.read_file(organisation_id=organisation, file_id=file.pk)
    with acting_for(organisation), transaction.atomic():
        acts.confirm_file(actor=controller, file_id=file.pk)

    def correct() -> None:
        try:
            with acting_for(organisation), transaction.atomic():
                actions.add_points(
                    actor=controller,
                    series_id=series.pk,
                    given=[acts.GivenPoint(second, last, Decimal(99))],
                    origin=Origin.TYPED,
                    source="imens",
                )
        finally:
            connections.close_all()

    colleague, real = threading.Thread(target=correct), acts.look_at_many

    def look(*given: Any, **named: Any) -> Any:
        found = real(*given, **named)
        colleague.start()
        colleague.join(timeout=2)
        return found

    monkeypatch.setattr(acts, "look_at_many", look)
    jobs.save_file(organisation_id=organisation, file_id=file.pk)
    colleague.join(timeout=60)
    with acting_for(organisation), transaction.atomic():
        assert SeriesFile.objects.get(pk=file.pk).state == FileState.SAVED
        stands = Point.objects.get(series=series, place__name=second, period=last)
        corrections = PointCorrection.objects.filter(series=series).order_by("id")
        told = [(one.old_value, one.new_value) for one in corrections]
    assert stands.value == 99
    assert told == [(before, before + 1), (before + 1, 99)]


@pytest.mark.django_db
def test_one_who_has_left_when_the_file_is_shown_again_does_not_stop_the_work(
    upload: Upload, here: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, file = upload(two_series(Series.objects.get(organisation_id=here)))

    left: list[bool] = []

    def meanwhile(**_given: Any) -> None:
        left.append(True)
        raise acts.StandsOtherwise("En værdi er rettet")

    def person(*given: Any, **named: Any) -> Any:
        if left:
            raise NotAllowed("Kim er fratrådt")
        return person_actor(*given, **named)

    monkeypatch.setattr(files, "put_many", meanwhile)
    monkeypatch.setattr(files, "person_actor", person)
    assert save(client, file).state != FileState.SAVING
    assert "Kim er fratrådt" in page(client, file)
