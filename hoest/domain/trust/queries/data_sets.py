"""Reads of data sets: each with how often it is used again."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hoest.domain.portfolio import queries as portfolio
from hoest.domain.trust.models import DataSet, DataSetSource, DataSetUse
from hoest.domain.trust.permissions import VIEW_SYSTEMS
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.faults import NotFound


def data_sets_of(actor: Actor) -> QuerySet[Any]:
    """Return every data set with its owner, how many systems it comes from and who uses it again.

    `reuse_count` counts the initiatives and the units beside the owner.
    """
    rows = DataSet.objects.filter(organisation_id=actor.organisation_id)
    if not allowed_somewhere(actor, VIEW_SYSTEMS):
        return rows.none()
    uses = (
        DataSetUse.objects.filter(organisation_id=actor.organisation_id, data_set=OuterRef("pk"))
        .exclude(unit__isnull=False, unit=OuterRef("unit"))
        .order_by()
        .values("data_set")
    )
    sources = (
        DataSetSource.objects.filter(organisation_id=actor.organisation_id, data_set=OuterRef("pk"))
        .order_by()
        .values("data_set")
    )
    return rows.select_related("unit").annotate(
        reuse_count=Coalesce(Subquery(uses.annotate(n=Count("pk")).values("n")), 0),
        source_count=Coalesce(Subquery(sources.annotate(n=Count("pk")).values("n")), 0),
    )


def data_set_of(actor: Actor, data_set_id: int) -> DataSet:
    """Return one data set. Raises NotFound."""
    found: DataSet | None = data_sets_of(actor).filter(pk=data_set_id).first()
    if found is None:
        raise NotFound("Datasættet findes ikke, eller du kan ikke se det.")
    return found


def sources_of(data_set: DataSet) -> list[DataSetSource]:
    """Return the systems a data set comes from."""
    rows = DataSetSource.objects.filter(
        organisation_id=data_set.organisation_id, data_set=data_set
    ).select_related("system")
    return list(rows.order_by(Func(F("system__name"), function="da_key")))


def uses_of(actor: Actor, data_set: DataSet) -> list[DataSetUse]:
    """Return who uses a data set: units, and the initiatives the actor may see."""
    seen = portfolio.visible_to(actor)
    rows = DataSetUse.objects.filter(
        organisation_id=actor.organisation_id, data_set=data_set
    ).filter(Q(initiative__isnull=True) | Q(initiative__in=seen))
    return list(rows.select_related("initiative", "unit"))


def use_of(actor: Actor, use_id: int) -> DataSetUse:
    """Return one use. Raises NotFound."""
    rows = DataSetUse.objects.filter(
        organisation_id=actor.organisation_id, pk=use_id, data_set__in=data_sets_of(actor)
    ).filter(Q(initiative__isnull=True) | Q(initiative__in=portfolio.visible_to(actor)))
    found = rows.select_related("data_set", "initiative", "unit").first()
    if found is None:
        raise NotFound("Brugen findes ikke, eller du kan ikke se den.")
    return found


def data_sets_of_initiative(actor: Actor, initiative_id: int) -> list[DataSetUse]:
    """Return the data sets an initiative uses."""
    return list(
        DataSetUse.objects.filter(
            organisation_id=actor.organisation_id,
            initiative_id=initiative_id,
            data_set__in=data_sets_of(actor),
        ).select_related("data_set")
    )
