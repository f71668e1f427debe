"""Estimates: what a study answered, with everything needed to answer the same again."""

from __future__ import annotations

import pgtrigger
from django.db import models

from hoest.domain.evidence.models.study import Study
from hoest.domain.evidence.rules import RunState
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel


class Estimate(TenantModel):
    """One answer. It stays; new data give the next number.

    Figures are in the unit of the series; an end without limit is NULL. `answer` holds codes and
    figures of every check and the lines of the picture.
    """

    study = TenantForeignKey(Study, related_name="estimates")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=160)
    data_hash = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=20)
    seed = models.PositiveIntegerField()
    method = models.CharField(max_length=6)
    estimate = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    p = models.FloatField(null=True)
    grade = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=20)
    is_shown_as_wanted = models.BooleanField()
    last_period = models.DateField()
    answer = models.JSONField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "study", "number"], name="estimate_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(is_shown_as_wanted=False)
                | models.Q(grade__gte=3, verdict="vist"),
                name="shown_needs_grade_and_verdict",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "data_hash"])]
        triggers = [
            pgtrigger.Protect(
                name="estimate_is_final", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.study_id}: {self.number}"


class EstimateInput(TenantModel):
    """What answers rest on, compressed, once for each fingerprint; never changed.

    Names of places, periods, values and starts; no persons. Answers from before it was kept have
    none.
    """

    data_hash = models.CharField(max_length=64)
    content = models.BinaryField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "data_hash"], name="estimate_input_once"
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="estimate_input_is_final", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return self.data_hash


class EstimateRun(TenantModel):
    """A run over all studies of a municipality; it can be left, cancelled and taken up again."""

    state = models.CharField(
        max_length=10,
        choices=[(one.value, one.value) for one in RunState],
        default=RunState.WAITING.value,
    )
    asked_at = models.DateTimeField()
    asked_by_name = models.CharField(max_length=160)
    is_cancel_asked = models.BooleanField(default=False)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    last_study_id = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}: {self.state}"
