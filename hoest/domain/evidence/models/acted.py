"""What came of looking at a series: an idea that keeps its link, and a line that was taken in."""

from __future__ import annotations

import pgtrigger
from django.db import models

from hoest.domain.evidence.models.series import Place, Series
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel


class SeriesIdea(TenantModel):
    """An idea that was given while somebody looked at a series; both know the other."""

    series = TenantForeignKey(Series, related_name="ideas")
    idea = TenantForeignKey("portfolio.Idea", related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "idea"], name="an_idea_of_one_series")
        ]
        triggers = [pgtrigger.Protect(name="series_idea_stays", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.series_id}: {self.idea_id}"


class TakenLine(TenantModel):
    """The shared line of another municipality in a series of ours, as it read when it was taken.

    `started_on` is the day that municipality began, as it said itself; None: not, or not told.
    """

    series = TenantForeignKey(Series, related_name="taken_lines")
    place = TenantForeignKey(Place, related_name="+")
    shared_id = models.PositiveBigIntegerField()
    municipality_name = models.CharField(max_length=160)
    name = models.CharField(max_length=160)
    definition = models.CharField(max_length=1000)
    places = models.PositiveIntegerField()
    started_on = models.DateField(null=True)
    shared_on = models.DateField()
    taken_on = models.DateField()
    taken_by_name = models.CharField(max_length=160)

    class Meta:
        ordering = ["municipality_name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "series", "place"], name="one_taken_line_a_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality_name}: {self.name}"
