"""Reads of the log of acts."""

from __future__ import annotations

from django.db import models

from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.models import Act
from hoest.foundation.faults import NotFound
from hoest.foundation.tenancy.fields import TenantModel


def acts_about(thing: TenantModel) -> models.QuerySet[Act]:
    """Return the acts about one thing, newest first, in the bound organisation."""
    return Act.objects.filter(
        organisation_id=thing.organisation_id,
        object_kind=thing._meta.label_lower,
        object_id=thing.pk,
    ).order_by("-at", "-id")


def acts_of(actor: Actor) -> models.QuerySet[Act]:
    """Return all acts of the actor's municipality."""
    return Act.objects.filter(organisation_id=actor.organisation_id)


def act_of(actor: Actor, pk: int) -> Act:
    """Return one act. Raises NotFound."""
    found = acts_of(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound("Handlingen findes ikke.")
    return found
