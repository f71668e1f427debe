"""Reads of the benefit map of an initiative: its nodes with their words, and its arrows.

The map belongs to its initiative: whoever may see the initiative and benefits may see the map.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from hoest.domain.benefits.models import Benefit, BenefitMap, MapArrow, MapNode, MapStep
from hoest.domain.benefits.permissions import VIEW_BENEFITS
from hoest.domain.benefits.queries.figures import claims_in
from hoest.domain.benefits.rules.benefit_map import MapFacts, NodeFacts, NodeKind
from hoest.domain.business_cases.queries import lines_of_initiatives
from hoest.domain.portfolio import queries as portfolio
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.faults import NotFound


@dataclass(frozen=True, slots=True)
class ReadNode:
    """A node with its words: a benefit's title and owner are the benefit's own."""

    id: int
    kind: NodeKind
    title: str
    version: int
    owner_id: int | None = None
    owner_name: str = ""
    benefit_id: int | None = None
    measures: frozenset[str] = frozenset()
    has_lapsed: bool = False
    follows_initiative: bool = False


@dataclass(frozen=True)
class ReadMap:
    """A map as it stands: the nodes in their order, the arrows, and what may be undone."""

    initiative: Any
    is_begun: bool = False
    version: int = 0
    nodes: tuple[ReadNode, ...] = ()
    arrows: tuple[tuple[int, int], ...] = field(default=())

    @cached_property
    def node(self) -> dict[int, ReadNode]:
        """The nodes by id."""
        return {one.id: one for one in self.nodes}

    @cached_property
    def facts(self) -> MapFacts:
        """The map as the rules know it."""
        nodes = tuple(
            NodeFacts(
                id=one.id,
                kind=one.kind,
                has_owner=one.owner_id is not None,
                measures=one.measures,
                has_lapsed=one.has_lapsed,
            )
            for one in self.nodes
        )
        return MapFacts(nodes, self.arrows)


def initiative_with_map(actor: Actor, initiative_id: int) -> Any:
    """Return the initiative whose map the actor may see. Raises NotFound."""
    if not allowed_somewhere(actor, VIEW_BENEFITS):
        raise NotFound("Gevinstdiagrammet findes ikke, eller du kan ikke se det.")
    return portfolio.initiative_of(actor, initiative_id)


def read_map(actor: Actor, initiative_id: int) -> ReadMap:
    """Return the map of a visible initiative; one that is not begun is empty. Raises NotFound."""
    initiative = initiative_with_map(actor, initiative_id)
    found = BenefitMap.objects.filter(
        organisation_id=actor.organisation_id, initiative_id=initiative.pk
    ).first()
    if found is None:
        return ReadMap(initiative)
    rows = list(nodes_of(found).select_related("benefit__owner", "owner"))
    arrows = arrows_of(found).values_list("source_id", "target_id")
    measures = _measures(initiative, rows)
    return ReadMap(
        initiative=initiative,
        is_begun=True,
        version=found.version,
        nodes=tuple(_read(row, initiative, measures) for row in rows),
        arrows=tuple(arrows),
    )


def size_of_map(actor: Actor, initiative_id: int) -> int:
    """Return how many nodes the map of an initiative has; one query."""
    return MapNode.objects.filter(
        organisation_id=actor.organisation_id, benefit_map__initiative_id=initiative_id
    ).count()


def nodes_of(benefit_map: BenefitMap) -> QuerySet[MapNode]:
    """Return the nodes of a map in their order."""
    return MapNode.objects.filter(
        organisation_id=benefit_map.organisation_id, benefit_map=benefit_map
    )


def arrows_of(benefit_map: BenefitMap) -> QuerySet[MapArrow]:
    """Return the arrows of a map, oldest first."""
    return MapArrow.objects.filter(
        organisation_id=benefit_map.organisation_id, benefit_map=benefit_map
    )


def benefits_off_the_map(actor: Actor, initiative_id: int) -> QuerySet[Benefit]:
    """Return the visible benefits of an initiative that stand on no map, oldest first."""
    on_a_map = MapNode.objects.filter(
        organisation_id=actor.organisation_id, benefit__isnull=False
    ).values("benefit_id")
    return (
        Benefit.objects.filter(
            organisation_id=actor.organisation_id,
            initiative_id=initiative_id,
            lapsed_on__isnull=True,
        )
        .exclude(pk__in=on_a_map)
        .order_by("pk")
    )


def last_step(actor: Actor, initiative_id: int) -> MapStep | None:
    """Return the actor's own last act on a map that has not been taken back."""
    if actor.person_id is None:
        return None
    return (
        MapStep.objects.filter(
            organisation_id=actor.organisation_id,
            benefit_map__initiative_id=initiative_id,
            person_id=actor.person_id,
            undone_at__isnull=True,
        )
        .order_by("-pk")
        .first()
    )


def purpose_of(initiative: Any) -> str:
    """Return the initiative's purpose as a title: its own sentence, else its kind of purpose."""
    sentence = " ".join(initiative.in_practice.split()).rstrip(".")
    if sentence:
        return sentence[:1].upper() + sentence[1:]
    if initiative.purpose_type:
        return content.label("purpose_type", initiative.purpose_type)
    return str(initiative.title)


def _read(row: MapNode, initiative: Any, measures: dict[int, frozenset[str]]) -> ReadNode:
    benefit = row.benefit
    if benefit is None:
        return ReadNode(
            id=row.pk,
            kind=NodeKind(row.kind),
            title=row.title or purpose_of(initiative),
            version=row.version,
            owner_id=row.owner_id,
            owner_name=row.owner.name if row.owner else "",
            follows_initiative=not row.title,
        )
    return ReadNode(
        id=row.pk,
        kind=NodeKind(row.kind),
        title=benefit.title,
        version=row.version,
        owner_id=benefit.owner_id,
        owner_name=benefit.owner.name if benefit.owner else "",
        benefit_id=benefit.pk,
        measures=measures.get(benefit.pk, frozenset()),
        has_lapsed=benefit.lapsed_on is not None,
    )


def _measures(initiative: Any, rows: Iterable[MapNode]) -> dict[int, frozenset[str]]:
    """Return in which units (dkk, hours) each benefit is counted by the business case."""
    if not any(row.benefit and row.benefit.line_key for row in rows):
        return {}
    claims = claims_in(initiative.organisation_id, [initiative.pk])
    _original, latest = lines_of_initiatives(initiative.organisation_id, [initiative.pk], "benefit")
    found: dict[int, set[str]] = {}
    for line in latest:
        benefit_id = claims.get((initiative.pk, line.line_key))
        if benefit_id is not None:
            found.setdefault(benefit_id, set()).add(line.measure)
    return {pk: frozenset(several) for pk, several in found.items()}
