"""Base model and foreign key for rows that belong to one organisation.

Django's own foreign-key check passes by row-level security, so `TenantForeignKey` leaves the
constraint to `schema.py`, which makes it composite:
(organisation_id, x_id) -> (organisation_id, id).
"""

from __future__ import annotations

from typing import Any

from django.db import models


class TenantForeignKey(models.ForeignKey):
    """A foreign key between rows of the same organisation, held by a composite constraint."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        kwargs.setdefault("on_delete", models.PROTECT)
        super().__init__(*args, **kwargs)


class TenantModel(models.Model):
    """A row that belongs to one organisation and is invisible to all others."""

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        abstract = True


class VersionedModel(TenantModel):
    """A tenant row that refuses lost updates: `version` grows by one at each change."""

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
