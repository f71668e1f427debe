"""Indicators beside the one the ladder reads, each with a series of its own."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.benefits.models.profile import Benefit
from hoest.domain.benefits.rules import Frequency
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel, VersionedModel


@pghistory.track()
class Indicator(VersionedModel):
    """Something else that is measured of a benefit. It moves no rung and is added to nothing."""

    benefit = TenantForeignKey(Benefit, related_name="indicators")
    indicator = models.CharField(_("indikator"), max_length=200)
    measure_unit = models.CharField(_("måleenhed"), max_length=60)
    baseline_value = models.DecimalField(
        _("baseline"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    target_value = models.DecimalField(
        _("mål"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    frequency = models.CharField(
        _("frekvens"), max_length=10, blank=True, choices=[(f.value, f.value) for f in Frequency]
    )

    class Meta:
        verbose_name = _("indikator")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "benefit", "indicator"], name="indicator_once_a_benefit"
            )
        ]

    def __str__(self) -> str:
        return self.indicator


class IndicatorValue(TenantModel):
    """A measured value; a correction withdraws it and adds another, so both can be read."""

    indicator = TenantForeignKey(Indicator, related_name="measurements")
    on = models.DateField(_("dato"))
    value = models.DecimalField(_("værdi"), max_digits=18, decimal_places=4)
    origin = models.CharField(_("kilde"), max_length=300, blank=True)
    recorded_by_name = models.CharField(max_length=160)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "indicator", "on"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_standing_value_per_day",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="value_is_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="value_is_final", exclude=["withdrawn_at", "withdrawn_reason"]),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.value}"
