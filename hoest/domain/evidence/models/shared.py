"""What a municipality has decided to share: copies, word for word and figure for figure.

Source: docs/decisions/0015-shared-lessons.md (shared things are copies).
"""

from __future__ import annotations

from django.db import models

from hoest.domain.evidence.models.series import Series
from hoest.domain.evidence.models.study import Study
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel


class SharedSeries(TenantModel):
    """One line for the whole municipality of a series it shares; no unit of it."""

    series = TenantForeignKey(Series, related_name="+")
    municipality_name = models.CharField(max_length=160)
    name = models.CharField(max_length=160)
    measure_unit = models.CharField(max_length=60)
    step = models.CharField(max_length=10)
    wanted = models.CharField(max_length=10)
    definition = models.CharField(max_length=1000)
    places = models.PositiveIntegerField()
    points = models.JSONField()
    started_on = models.DateField(null=True)
    shared_on = models.DateField()
    shared_by_name = models.CharField(max_length=160)

    class Meta:
        ordering = ["name", "municipality_name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "series"], name="series_is_shared_once")
        ]

    def __str__(self) -> str:
        return f"{self.municipality_name}: {self.name}"


class SharedEffect(TenantModel):
    """A result that a municipality shares, with its grade and verdict."""

    study = TenantForeignKey(Study, related_name="+")
    municipality_name = models.CharField(max_length=160)
    solution = models.CharField(max_length=160)
    series_name = models.CharField(max_length=160)
    measure_unit = models.CharField(max_length=60)
    wanted = models.CharField(max_length=10)
    definition = models.CharField(max_length=1000)
    estimate = models.FloatField()
    error = models.FloatField()
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    grade = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=20)
    baseline = models.FloatField(null=True)
    places = models.PositiveIntegerField()
    made_on = models.DateField()
    shared_on = models.DateField()
    shared_by_name = models.CharField(max_length=160)

    class Meta:
        ordering = ["solution", "municipality_name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "study"], name="effect_is_shared_once")
        ]

    def __str__(self) -> str:
        return f"{self.municipality_name}: {self.solution}"
