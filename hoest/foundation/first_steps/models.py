"""How far one person has come with her first steps. Read for nobody but herself."""

from __future__ import annotations

from django.db import models

from hoest.foundation.tenancy.fields import TenantModel


class Walk(TenantModel):
    """A person's own state: the role she follows, the steps she has seen, and whether it is away.

    Steps that an act of the log tells of are not written here.
    """

    person_id = models.BigIntegerField()
    role = models.CharField(max_length=30, blank=True)
    seen = models.JSONField(default=list)
    put_away_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person_id"], name="one_walk_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.role}: {len(self.seen)}"
