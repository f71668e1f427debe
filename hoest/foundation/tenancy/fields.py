"""Base model and foreign key for rows that belong to one organisation.

Django's own foreign-key check passes by row-level security, so `TenantForeignKey` leaves the
constraint to `schema.py`, which makes it composite:
(organisation_id, x_id) -> (organisation_id, id).
"""

from __future__ import annotations

from typing import Any

from django.db import models

from hoest.foundation import clock


class Moment(models.DateTimeField):
    """A moment that is set by itself, by the one clock: replays and demos set that clock.

    Django's own `auto_now` asks the machine. To migrations it is Django's field.
    """

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Set the moment when the row is made, or at each change."""
        if self.auto_now or (self.auto_now_add and add):
            moment = clock.now()
            setattr(model_instance, self.attname, moment)
            return moment
        return super().pre_save(model_instance, add)

    def deconstruct(self) -> Any:
        """Say it is Django's field, since the column is the same."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateTimeField", args, kwargs


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
    created_at = Moment(auto_now_add=True)
    changed_at = Moment(auto_now=True)

    class Meta:
        abstract = True
