"""Two names for one place: the same value counts once, and two values are a fault."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from hoest.domain.evidence import actions, queries
from hoest.domain.evidence.actions.reading import TableHasFaults, put_table
from hoest.domain.evidence.models import Place, Series
from hoest.domain.evidence.rules import FileState, Origin
from hoest.domain.organisations.models import Unit
from tests.support.many_series import Upload, page, read, save

pytestmark = pytest.mark.django_db

HEAD = "Indikator;Enhed;Periode;Værdi;Måleenhed;Hyppighed;Bedre er;Sådan opgøres det\n"


@pytest.fixture
def unit(here: int) -> Unit:
    """A unit that is not a place yet."""
    taken = Place.objects.filter(organisation_id=here, unit__isnull=False).values("unit_id")
    found = Unit.objects.filter(organisation_id=here).exclude(pk__in=taken).first()
    assert found is not None
    return found


def file_of_two(first: str, second: str, values: tuple[int, int]) -> str:
    return (
        f"{HEAD}Nye ventetider;{first};2026-01;{values[0]};antal;måned;lavere;Talt\n"
        f"Nye ventetider;{second};2026-01;{values[1]};;;;"
    )


def explain(client: Any, file: Any, *names: str, unit: Unit) -> None:
    """Say that the names all are one unit, and read the file again."""
    said = {}
    for turn, name in enumerate(names):
        said |= {f"name-{turn}": name, f"means-{turn}": f"unit:{unit.pk}"}
    client.post(reverse("series:file_places", args=[file.pk]), said)
    file.refresh_from_db()
    read(file)


def test_two_names_of_one_unit_with_two_values_are_a_fault_in_the_file(
    upload: Upload, unit: Unit
) -> None:
    client, file = upload(file_of_two("Alfa", "Beta", (1, 2)))
    explain(client, file, "Alfa", "Beta", unit=unit)
    assert file.state == FileState.FAULTY
    (fault,) = file.faults
    assert (fault["code"], fault["line"]) == ("twice", 3)
    assert fault["text"] == "Alfa = Beta, 2026-01"
    assert "én værdi for hvert sted og hver periode" in page(client, file)


def test_two_names_of_one_unit_with_the_same_value_are_one_value(
    upload: Upload, unit: Unit
) -> None:
    client, file = upload(file_of_two("Alfa", "Beta", (2, 2)))
    explain(client, file, "Alfa", "Beta", unit=unit)
    assert file.state == FileState.READY, file.faults
    assert "1 indikator er klar: 1 ny værdi" in page(client, file)
    assert save(client, file).state == FileState.SAVED
    made = Series.objects.get(name="Nye ventetider")
    assert [one.value for one in queries.points_of(made)] == [Decimal(2)]
    assert Place.objects.get(unit=unit).name == "Alfa"


def test_a_name_that_means_a_known_place_does_not_overwrite_it(
    upload: Upload, unit: Unit, here: int
) -> None:
    known = Place.objects.create(organisation_id=here, name="Område 1", unit=unit)
    client, file = upload(file_of_two(known.name, "Beta", (1, 2)))
    explain(client, file, "Beta", unit=unit)
    assert [one["code"] for one in file.faults] == ["twice"]


def test_two_new_names_of_one_unit_make_one_place(actor: Any, unit: Unit, here: int) -> None:
    series = Series.objects.get(organisation_id=here)
    day = max(one.period for one in queries.points_of(series))
    load = actions.add_points(
        actor=actor("controller"),
        series_id=series.pk,
        given=[
            actions.GivenPoint("Alfa", day, Decimal(1), unit.pk),
            actions.GivenPoint("Beta", day, Decimal(1), unit.pk),
        ],
        origin=Origin.TYPED,
        source="prøve",
    )
    assert (load.new, Place.objects.filter(unit=unit).count()) == (1, 1)


def test_a_pasted_table_is_held_to_the_same(actor: Any, unit: Unit, here: int) -> None:
    series = Series.objects.get(organisation_id=here)
    answers = {"alfa": f"unit:{unit.pk}", "beta": f"unit:{unit.pk}"}
    given = {"actor": actor("controller"), "series_id": series.pk, "answers": answers}
    with pytest.raises(TableHasFaults):
        put_table(**given, text="Alfa;2020-01;1\nBeta;2020-01;2", source="prøve")
    load = put_table(**given, text="Alfa;2020-01;1\nBeta;2020-01;1", source="prøve")
    assert load.new == 1
