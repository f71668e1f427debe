"""What the municipality does with a national or shared solution of the catalogue (D-06)."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio.models.initiative import Initiative
from hoest.domain.portfolio.rules.solutions import LocalStatus
from hoest.foundation.tenancy.fields import TenantForeignKey, VersionedModel


@pghistory.track()
class LocalSolution(VersionedModel):
    """Where a solution of the catalogue stands here: status, owner and how many use it."""

    code = models.CharField(max_length=60)
    status = models.CharField(
        _("status her"), max_length=12, choices=[(c.value, c.value) for c in LocalStatus]
    )
    owner = TenantForeignKey(
        "organisations.Person", null=True, blank=True, related_name="+", verbose_name=_("ejer")
    )
    initiative = TenantForeignKey(
        Initiative, null=True, blank=True, related_name="+", verbose_name=_("initiativ")
    )
    planned_users = models.PositiveIntegerField(_("skal bruge det"), null=True, blank=True)
    users_in_use = models.PositiveIntegerField(_("bruger det"), null=True, blank=True)
    counted_on = models.DateField(_("opgjort"), null=True, blank=True)
    note = models.CharField(_("bemærkning"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("fælles løsning her")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="one_local_solution"),
            models.CheckConstraint(
                condition=models.Q(users_in_use__isnull=True)
                | models.Q(counted_on__isnull=False, planned_users__gt=0),
                name="local_solution_count_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.code
