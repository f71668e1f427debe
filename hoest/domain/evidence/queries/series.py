"""Reads of series: values by place and period, breaks and what came when."""

from __future__ import annotations

from django.db.models import QuerySet

from hoest.domain.evidence.models import Place, Point, Series, SeriesBreak, SeriesLoad
from hoest.domain.evidence.permissions import VIEW_EVIDENCE
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.faults import NotFound


def series_here(actor: Actor) -> QuerySet[Series]:
    """Return the municipality's series: they hold figures of places, never of people."""
    rows = Series.objects.filter(organisation_id=actor.organisation_id)
    return rows if allowed_somewhere(actor, VIEW_EVIDENCE) else rows.none()


def series_of(actor: Actor, series_id: int) -> Series:
    """Return one series. Raises NotFound."""
    found = series_here(actor).select_related("unit").filter(pk=series_id).first()
    if found is None:
        raise NotFound("Serien findes ikke, eller du kan ikke se den.")
    return found


def places_here(actor: Actor) -> QuerySet[Place]:
    """Return the places that values are of."""
    rows = Place.objects.filter(organisation_id=actor.organisation_id).select_related("unit")
    return rows if allowed_somewhere(actor, VIEW_EVIDENCE) else rows.none()


def place_named(actor: Actor, name: str) -> Place | None:
    """Return the place of a name, whatever the case of its letters."""
    return places_here(actor).filter(name__iexact=name.strip()).first()


def points_of(series: Series) -> QuerySet[Point]:
    """Return the values of a series with their places, by place and period."""
    return (
        Point.objects.filter(organisation_id=series.organisation_id, series=series)
        .select_related("place")
        .order_by("place__name", "period")
    )


def breaks_of(series: Series) -> QuerySet[SeriesBreak]:
    """Return the days from which the series is counted in another way."""
    return SeriesBreak.objects.filter(organisation_id=series.organisation_id, series=series)


def loads_of(series: Series) -> QuerySet[SeriesLoad]:
    """Return what came into a series, the newest first."""
    return SeriesLoad.objects.filter(organisation_id=series.organisation_id, series=series)
