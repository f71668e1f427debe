"""Who shares an initiative's solution, and how much of it happens by itself. Source: G-12."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio.models.initiative import Initiative
from hoest.domain.portfolio.rules.marks import AutomationDegree, SolutionReach
from hoest.foundation.tenancy.fields import TenantForeignKey, VersionedModel


@pghistory.track()
class SolutionMark(VersionedModel):
    """The marks of one initiative's solution; an empty one is not known."""

    initiative = TenantForeignKey(Initiative, related_name="solution_marks")
    reach = models.CharField(
        _("fælles for"),
        max_length=12,
        blank=True,
        choices=[(r.value, r.value) for r in SolutionReach],
    )
    automation = models.CharField(
        _("sker af sig selv"),
        max_length=12,
        blank=True,
        choices=[(d.value, d.value) for d in AutomationDegree],
    )

    class Meta:
        verbose_name = _("løsningens mærke")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "initiative"], name="solution_is_marked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reach} {self.automation}"
