"""Tables of what is uncertain in a version: the risks of its pool, and the ground it stands on.

They hang on a version and are held final with it by the database, as its lines are.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hoest.domain.business_cases.models.versions import CaseVersion, follows_version
from hoest.domain.business_cases.rules.uncertainty import (
    HIGHEST_LEVEL,
    LONGEST_SAID,
    LONGEST_TITLE,
    LOWEST_LEVEL,
    Aspect,
)
from hoest.domain.business_cases.rules.versions import LONGEST_KEY
from hoest.foundation.tenancy.fields import TenantForeignKey, TenantModel

LEVELS = (LOWEST_LEVEL, HIGHEST_LEVEL)


class CaseRisk(TenantModel):
    """A cost that may come or not: a probability and a consequence in three points."""

    case_version = TenantForeignKey(CaseVersion, related_name="risks", on_delete=models.CASCADE)
    title = models.CharField(_("risiko"), max_length=LONGEST_TITLE)
    if_it_happens = models.CharField(_("hvad der sker"), max_length=LONGEST_SAID, blank=True)
    probability = models.DecimalField(_("sandsynlighed"), max_digits=5, decimal_places=4)
    probability_because = models.CharField(
        _("hvorfor den sandsynlighed"), max_length=LONGEST_SAID, blank=True
    )
    low_dkk = models.DecimalField(_("mindst"), max_digits=16, decimal_places=2)
    likely_dkk = models.DecimalField(_("sandsynlig"), max_digits=16, decimal_places=2)
    high_dkk = models.DecimalField(_("højst"), max_digits=16, decimal_places=2)
    # Lines are written anew when they change, so what is done against a risk is kept by name.
    mitigation_key = models.CharField(_("modvirkes af"), max_length=LONGEST_KEY, blank=True)
    position = models.PositiveIntegerField(default=0)
    written_by_name = models.CharField(_("skrevet af"), max_length=160)
    written_at = models.DateTimeField(_("skrevet"))

    class Meta:
        verbose_name = _("risiko")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "case_version", "title"], name="risk_once_per_version"
            ),
            models.CheckConstraint(
                condition=Q(probability__gt=0, probability__lt=1), name="risk_is_not_certain"
            ),
            models.CheckConstraint(
                condition=Q(low_dkk__gte=0)
                & Q(low_dkk__lte=F("likely_dkk"))
                & Q(likely_dkk__lte=F("high_dkk")),
                name="risk_points_in_order",
            ),
        ]
        triggers = [follows_version("risk_of_approved_is_final")]

    def __str__(self) -> str:
        return self.title


class CaseGround(TenantModel):
    """What a version protects in one aspect, such as continuity: how bad now, how bad after."""

    case_version = TenantForeignKey(CaseVersion, related_name="grounds", on_delete=models.CASCADE)
    aspect = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Aspect])
    now_level = models.PositiveSmallIntegerField(_("i dag"), null=True, blank=True)
    after_level = models.PositiveSmallIntegerField(_("bagefter"), null=True, blank=True)
    said = models.CharField(_("med andre ord"), max_length=LONGEST_SAID)
    written_by_name = models.CharField(_("skrevet af"), max_length=160)
    written_at = models.DateTimeField(_("skrevet"))

    class Meta:
        verbose_name = _("grundlag")
        ordering = ["aspect"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "case_version", "aspect"], name="aspect_once_per_version"
            ),
            models.CheckConstraint(
                condition=Q(aspect=Aspect.DUTY, now_level__isnull=True, after_level__isnull=True)
                | (~Q(aspect=Aspect.DUTY) & Q(now_level__range=LEVELS, after_level__range=LEVELS)),
                name="ground_has_its_levels",
            ),
        ]
        triggers = [follows_version("ground_of_approved_is_final")]

    def __str__(self) -> str:
        return self.aspect
