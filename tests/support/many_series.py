"""A file with many indicators as the tests give it: read and saved as the worker does."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse

if TYPE_CHECKING:
    from django.test import Client

    from hoest.domain.evidence.models import Series, SeriesFile

Upload = Callable[..., "tuple[Client, SeriesFile]"]


def read(file: SeriesFile) -> SeriesFile:
    """Read a file."""
    from hoest.domain.evidence import jobs

    jobs.read_file(organisation_id=file.organisation_id, file_id=file.pk)
    file.refresh_from_db()
    return file


def save(client: Client, file: SeriesFile) -> SeriesFile:
    """Say yes to a file and save it."""
    from hoest.domain.evidence import jobs

    client.post(reverse("series:file_save", args=[file.pk]))
    jobs.save_file(organisation_id=file.organisation_id, file_id=file.pk)
    file.refresh_from_db()
    return file


def text(answer: Any) -> str:
    """Return a page with its white space made one."""
    return " ".join(answer.content.decode().split())


def page(client: Client, file: SeriesFile, query: str = "") -> str:
    """Return the page of a file."""
    return text(client.get(reverse("series:file", args=[file.pk]) + query))


def places_of(series: Series) -> list[str]:
    """Return the names of the places of a series."""
    from hoest.domain.evidence import queries

    return sorted({one.place.name for one in queries.points_of(series)})


def danish(value: Decimal) -> str:
    """Write a value as it stands in a file."""
    return f"{value:f}".replace(".", ",")


def two_series(series: Series) -> str:
    """A file with the series that stands and a new one, over two places that are known."""
    from hoest.domain.evidence import queries

    first, second = places_of(series)[:2]
    last = max(one.period for one in queries.points_of(series))
    stands = queries.points_of(series).get(place__name=first, period=last).value
    older = queries.points_of(series).get(place__name=second, period=last).value
    return "\n".join(
        [
            "Indikator;Enhed;Periode;Værdi;Måleenhed;Hyppighed;Bedre er;Sådan opgøres det",
            f"{series.name};{first};{last:%Y-%m};{danish(stands)};;;;",
            f"{series.name};{second};{last:%d-%m-%Y};{danish(older + 1)};;;;",
            f"{series.name};{first};januar 2020;17,5;;;;",
            f"Dage til svar;{first};2026-01;1.200,5;dage;måned;lavere;Fra ansøgning til svar",
            f"Dage til svar;{second};2026-01;;;;;",
        ]
    )
