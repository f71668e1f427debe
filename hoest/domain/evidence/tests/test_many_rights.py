"""Who may go on with a file of many indicators, and how long one that is not saved stays."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from hoest.domain.evidence import jobs
from hoest.domain.evidence.models import Series, SeriesFile
from hoest.domain.evidence.queries.series import points_of
from hoest.domain.evidence.rules import FileState
from hoest.domain.organisations.models import Unit
from hoest.foundation import clock, content
from hoest.foundation.audit.models import Act
from tests.support.many_series import Upload, page, read, save, text, two_series

pytestmark = pytest.mark.django_db

ONLY = "Kun den, der har lagt filen op"


@pytest.fixture
def series(here: int) -> Series:
    """The series the municipality has, over six places."""
    return Series.objects.get(organisation_id=here)


def not_hers(actor: Any, here: int) -> Unit:
    """Return a unit the unit leader does not lead."""
    mine = frozenset().union(*(one.unit_ids for one in actor("unit_leader").grants))
    found = Unit.objects.filter(organisation_id=here).exclude(pk__in=mine).first()
    assert found is not None
    return found


def test_the_leader_of_a_unit_neither_saves_nor_discards_somebody_elses_file(
    upload: Upload, series: Series, client_for: Any
) -> None:
    client, file = upload(two_series(series))
    leader = client_for("unit_leader")
    for name in ("file_save", "file_places", "file_discard"):
        assert leader.post(reverse(f"series:{name}", args=[file.pk])).status_code == 403
    told = page(leader, file)
    assert ONLY in told
    assert "Gem hele filen" not in told
    assert "Kassér filen" not in told
    assert "Gem hele filen" in page(client, file)
    assert save(client, file).state == FileState.SAVED


def test_who_put_a_file_up_may_go_on_after_another_tried(
    upload: Upload, series: Series, client_for: Any, here: int, actor: Any
) -> None:
    leader, file = upload(two_series(series), role="unit_leader")
    assert "Gem hele filen" in page(leader, file)
    # It becomes somebody else's series between the look and the yes.
    other = not_hers(actor, here)
    Series.objects.filter(pk=series.pk).update(unit=other)
    before = points_of(series).count()
    save(leader, file)
    assert (file.state, points_of(series).count()) == (FileState.READY, before)
    told = page(client_for("controller"), file)
    assert f"Den hører til {other.name}." in told
    assert "Gem hele filen" in told
    assert save(client_for("controller"), file).state == FileState.SAVED
    assert "Filen blev ikke gemt" not in page(leader, file)


def test_a_file_nobody_saved_in_time_is_emptied_and_says_so(
    upload: Upload, series: Series, here: int
) -> None:
    days = content.limit("series_file_days")
    faulty = upload(f"Indikator;Enhed;Periode;Værdi\n{series.name};010203-1234;2026-01;fem")[1]
    fresh = upload(two_series(series))[1]
    client, saved = upload(two_series(series))
    save(client, saved)
    old = clock.now() - dt.timedelta(days=days, minutes=1)
    SeriesFile.objects.filter(pk__in=[faulty.pk, saved.pk]).update(at=old)
    SeriesFile.objects.filter(pk=fresh.pk).update(at=old + dt.timedelta(minutes=2))
    jobs.put_away(0)
    for one in (faulty, fresh, saved):
        one.refresh_from_db()
    assert (fresh.state, saved.state) == (FileState.READY, FileState.SAVED)
    assert bytes(fresh.content)
    assert saved.preview
    assert faulty.state == FileState.PUT_AWAY
    assert bytes(faulty.content) == b""
    assert (faulty.faults, faulty.preview, faulty.answers) == ([], {}, {})
    told = page(client, faulty)
    assert "Filen er tømt. Den har ikke ændret noget" in told
    assert f"bliver tømt efter {days} dage" in told
    listed = text(client.get(reverse("series:many")))
    assert "tømt, fordi ingen gemte den" in listed
    assert f"En fil, ingen gemmer, bliver tømt efter {days} dage." in listed
    act = Act.objects.filter(organisation_id=here, verb="evidence.put_file_away").get()
    assert act.object_id == faulty.pk
    # A late job and a yes change nothing; it can be thrown away.
    assert read(faulty).state == FileState.PUT_AWAY
    assert client.post(reverse("series:file_save", args=[faulty.pk])).status_code == 422
    client.post(reverse("series:file_discard", args=[faulty.pk]))
    assert not SeriesFile.objects.filter(pk=faulty.pk).exists()
