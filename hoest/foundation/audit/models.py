"""The act: one line in the log. Nobody changes or deletes it, and the database sees to that."""

from __future__ import annotations

import pgtrigger
from django.db import models

from hoest.foundation.tenancy.fields import TenantModel


class Act(TenantModel):
    """Who did what to which thing, when, with which facts. No foreign keys on purpose."""

    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    via = models.CharField(max_length=20, default="web")
    verb = models.CharField(max_length=80)
    object_kind = models.CharField(max_length=80)
    object_id = models.BigIntegerField(null=True)
    object_label = models.CharField(max_length=300)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "object_kind", "object_id", "at"]),
            models.Index(fields=["organisation", "at"]),
        ]
        triggers = [
            pgtrigger.Protect(name="act_is_final", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.verb}: {self.object_label}"
