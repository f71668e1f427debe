"""The draft: what a person has written in a form and not yet saved."""

from __future__ import annotations

from django.db import models

from hoest.foundation.tenancy.fields import TenantModel


class Draft(TenantModel):
    """The fields of one form by one person, about one thing or (object_id 0) a new one."""

    person_id = models.BigIntegerField()
    form_name = models.CharField(max_length=60)
    object_id = models.BigIntegerField(default=0)
    base_version = models.PositiveIntegerField(default=0)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person_id", "form_name", "object_id"],
                name="one_draft_per_person_and_form",
            )
        ]

    def __str__(self) -> str:
        return f"{self.form_name} {self.object_id}"
