"""Where measurements are read from by the clock, and what came of each reading."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.benefits.models.profile import Benefit
from hoest.domain.benefits.rules.sources import SourceKind
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel, VersionedModel


@pghistory.track(exclude=["sealed_secret"])
class MeasurementSource(VersionedModel):
    """A file in the data folder or an address, with which columns hold the day and the value."""

    benefit = TenantForeignKey(Benefit, related_name="sources")
    kind = models.CharField(
        _("slags"), max_length=10, choices=[(k.value, k.value) for k in SourceKind]
    )
    name = models.CharField(_("navn"), max_length=120)
    place = models.CharField(_("fil eller adresse"), max_length=500)
    rows_at = models.CharField(_("hvor rækkerne ligger"), max_length=120, blank=True)
    day_field = models.CharField(_("kolonne med dato"), max_length=120)
    value_field = models.CharField(_("kolonne med værdi"), max_length=120)
    secret_header = models.CharField(_("hovedfelt"), max_length=60, blank=True)
    sealed_secret = models.TextField(blank=True)
    is_on = models.BooleanField(_("læses hver nat"), default=False)
    failing_since = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("kilde til målinger")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class SourceRun(TenantModel):
    """One reading of a source: tried or real, what it gave, and its faults by line."""

    source = TenantForeignKey(MeasurementSource, related_name="runs", on_delete=models.CASCADE)
    at = models.DateTimeField()
    is_try = models.BooleanField(default=False)
    is_done = models.BooleanField(default=False)
    asked_by_name = models.CharField(max_length=160)
    new = models.PositiveIntegerField(default=0)
    corrected = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=400, blank=True)
    lines = models.JSONField(default=list)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["organisation", "source", "at"])]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.at:%Y-%m-%d}"
