"""The core task: what a department is there to do for citizens, and what they shall notice.

Source: requirement G-10, very good service for the fewest possible kroner.
"""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from hoest.foundation.tenancy.fields import TenantForeignKey, VersionedModel


@pghistory.track()
class CoreTask(VersionedModel):
    """A core task with its service target in words; taken out of use, never deleted."""

    name = models.CharField(_("kerneopgave"), max_length=120)
    citizens_notice = models.CharField(_("det skal borgerne mærke"), max_length=300)
    unit = TenantForeignKey(
        "organisations.Unit", null=True, blank=True, related_name="+", verbose_name=_("enhed")
    )
    retired_on = models.DateField(_("taget ud af brug"), null=True, blank=True)

    class Meta:
        verbose_name = _("kerneopgave")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="core_task_name_once"),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(citizens_notice=""),
                name="core_task_says_what_citizens_notice",
            ),
        ]

    def __str__(self) -> str:
        return self.name
