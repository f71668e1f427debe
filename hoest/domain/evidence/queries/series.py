"""Reads of series: values by place and period, breaks and what came when."""

from __future__ import annotations

from django.db.models import Avg, Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hoest.domain.evidence.models import (
    Place,
    Point,
    PointCorrection,
    Series,
    SeriesBreak,
    SeriesIdea,
    SeriesLoad,
    TakenLine,
)
from hoest.domain.evidence.permissions import VIEW_EVIDENCE
from hoest.domain.portfolio.queries.ideas import ideas_visible_to
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


def listed_series(actor: Actor) -> QuerySet[Series]:
    """Return the series with what a list shows: places, periods, the last value and its origin.

    `last_value` is the mean of our own places in the last period; `breaks_waiting` counts breaks
    nobody has decided on. One query.
    """
    own = {"organisation_id": actor.organisation_id, "series": OuterRef("pk")}
    points = Point.objects.filter(**own).order_by().values("series")
    ours = (
        Point.objects.filter(**own, place__is_elsewhere=False)
        .order_by()
        .values("period")
        .annotate(mean=Avg("value"))
        .order_by("-period")
    )
    waiting = SeriesBreak.objects.filter(**own, handling="").order_by().values("series")
    return series_here(actor).annotate(
        place_count=Coalesce(
            Subquery(points.annotate(n=Count("place", distinct=True)).values("n")), 0
        ),
        period_count=Coalesce(
            Subquery(points.annotate(n=Count("period", distinct=True)).values("n")), 0
        ),
        last_period=Subquery(ours.values("period")[:1]),
        last_value=Subquery(ours.values("mean")[:1]),
        breaks_waiting=Coalesce(Subquery(waiting.annotate(n=Count("pk")).values("n")), 0),
        origin=Subquery(
            SeriesLoad.objects.filter(**own).order_by("-at", "-id").values("origin")[:1]
        ),
    )


def corrections_of(series: Series) -> QuerySet[PointCorrection]:
    """Return what stood before each correction, the newest first."""
    return PointCorrection.objects.filter(
        organisation_id=series.organisation_id, series=series
    ).select_related("place", "load")


def ideas_of(actor: Actor, series: Series) -> list[SeriesIdea]:
    """Return the ideas that came of a series and that the actor may see, the newest first."""
    return list(
        SeriesIdea.objects.filter(
            organisation_id=series.organisation_id,
            series=series,
            idea__in=ideas_visible_to(actor).order_by().values("pk"),
        ).select_related("idea__initiative")
    )


def series_of_idea(actor: Actor, idea_id: int) -> Series | None:
    """Return the series an idea came of, None when it came of none."""
    return series_here(actor).filter(ideas__idea_id=idea_id).first()


def taken_lines_of(series: Series) -> QuerySet[TakenLine]:
    """Return the shared lines that were taken into a series."""
    return TakenLine.objects.filter(organisation_id=series.organisation_id, series=series)
