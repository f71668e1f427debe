"""Reads of the log of acts."""

from __future__ import annotations

from django.db import models

from hoest.foundation.audit.models import Act


def acts_about(thing: models.Model) -> models.QuerySet[Act]:
    """Return the acts about one thing, newest first, in the bound organisation."""
    return Act.objects.filter(
        organisation_id=getattr(thing, "organisation_id", None),
        object_kind=thing._meta.label_lower,
        object_id=thing.pk,
    ).order_by("-at", "-id")
