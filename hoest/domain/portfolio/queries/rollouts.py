"""Reads of roll-outs: place by place, the degree, and what is delivered but not worked in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hoest.domain.portfolio.models import ClosingDecision, Initiative, Rollout
from hoest.domain.portfolio.queries.initiatives import agreed_share, status_facts_of, visible_to
from hoest.domain.portfolio.rules import (
    Hindrance,
    Implementation,
    Phase,
    RolloutFacts,
    RolloutState,
    closing_hindrances,
    implementation,
    rollout_state,
)
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.clock import today
from hoest.foundation.faults import NotFound


@dataclass(frozen=True)
class Place:
    """A roll-out with where it stands."""

    rollout: Rollout
    facts: RolloutFacts
    state: RolloutState


@dataclass(frozen=True)
class NotEmbedded:
    """A delivered initiative that is not worked in, with what is missing."""

    initiative: Initiative
    hindrances: tuple[Hindrance, ...]
    implementation: Implementation | None


def rollout_of(actor: Actor, rollout_id: int) -> Rollout:
    """Return a roll-out of a visible initiative. Raises NotFound."""
    found = (
        Rollout.objects.filter(
            organisation_id=actor.organisation_id,
            pk=rollout_id,
            initiative__in=visible_to(actor).values("pk"),
        )
        .select_related("initiative", "unit")
        .first()
    )
    if found is None:
        raise NotFound("Udrulningen findes ikke, eller du kan ikke se den.")
    return found


def places_of(initiative: Initiative) -> list[Place]:
    """Return where an initiative is rolled out: own units by planned day, then others."""
    rows = Rollout.objects.filter(
        organisation_id=initiative.organisation_id, initiative=initiative
    ).select_related("unit")
    agreed, day = agreed_share(initiative), today()
    places = [
        Place(row, facts, rollout_state(facts, agreed, day))
        for row in rows
        for facts in (rollout_facts(row),)
    ]
    return sorted(places, key=lambda place: not place.facts.is_own)


def rollout_facts(row: Rollout) -> RolloutFacts:
    """Return the facts of one roll-out."""
    return RolloutFacts(
        planned_users=row.planned_users,
        planned_on=row.planned_on,
        live_on=row.live_on,
        users_in_use=row.users_in_use,
        counted_on=row.counted_on,
        old_way_closes_on=row.old_way_closes_on,
        old_way_closed_on=row.old_way_closed_on,
        is_own=row.unit_id is not None,
    )


def implementation_of(initiative: Initiative) -> Implementation | None:
    """Return how far an initiative is worked in over its own units; None without any."""
    return implementation((place.facts for place in places_of(initiative)), today())


def implementations_of(initiatives: Iterable[Initiative]) -> dict[int, Implementation]:
    """Return the implementation of each initiative that has units; one query."""
    rows = list(initiatives)
    if not rows:
        return {}
    by_initiative: dict[int, list[RolloutFacts]] = {}
    for row in Rollout.objects.filter(
        organisation_id=rows[0].organisation_id, initiative__in=[one.pk for one in rows]
    ):
        by_initiative.setdefault(row.initiative_id, []).append(rollout_facts(row))
    found = {pk: implementation(facts, today()) for pk, facts in by_initiative.items()}
    return {pk: one for pk, one in found.items() if one is not None}


def hindrances_of(initiative: Initiative) -> tuple[Hindrance, ...]:
    """Return what keeps an initiative from being closed as done."""
    facts = status_facts_of(initiative)
    return closing_hindrances(
        adoption_share=facts.adoption_share,
        agreed_adoption_share=facts.agreed_adoption_share,
        old_way_closed_on=facts.old_way_closed_on,
        today=today(),
    )


def closing_decision_of(initiative: Initiative) -> ClosingDecision | None:
    """Return the last decision to close an initiative although it was not worked in."""
    return ClosingDecision.objects.filter(
        organisation_id=initiative.organisation_id, initiative=initiative
    ).first()


def not_embedded_ids(actor: Actor) -> list[int]:
    """Return what is delivered and not worked in, the longest live first; one query.

    Delivered is live or closed; one that was stopped is not delivered.
    """
    rows = (
        visible_to(actor)
        .filter(live_on__lte=today())
        .exclude(phase__in=(Phase.STOPPED, Phase.IDEA))
        .order_by("live_on", "pk")
        .values_list("pk", "adoption_share", "agreed_adoption_share", "old_way_closed_on")
    )
    agreed, day = content.limit_decimal("agreed_adoption_share"), today()
    return [
        pk
        for pk, share, own, closed_on in rows
        if closing_hindrances(
            adoption_share=None if share is None else float(share),
            agreed_adoption_share=float(agreed if own is None else own),
            old_way_closed_on=closed_on,
            today=day,
        )
    ]


def not_embedded(actor: Actor, initiative_ids: Sequence[int]) -> list[NotEmbedded]:
    """Return some of `not_embedded_ids` in their order, with what is missing; two queries."""
    rows = visible_to(actor).filter(pk__in=initiative_ids).select_related("unit")
    by_id = {row.pk: row for row in rows}
    found = [by_id[pk] for pk in initiative_ids if pk in by_id]
    degrees = implementations_of(found)
    return [NotEmbedded(row, hindrances_of(row), degrees.get(row.pk)) for row in found]


def places_elsewhere(actor: Actor, initiative_ids: Sequence[int]) -> list[tuple[int, str]]:
    """Return the other municipalities where some visible initiatives are rolled out."""
    rows = Rollout.objects.filter(
        organisation_id=actor.organisation_id,
        initiative__in=visible_to(actor).filter(pk__in=initiative_ids),
    ).exclude(place_name="")
    return list(rows.order_by("place_name").values_list("initiative_id", "place_name"))


def has_begun(initiative: Initiative) -> bool:
    """Tell whether an initiative is live in any place; one query."""
    return Rollout.objects.filter(
        organisation_id=initiative.organisation_id,
        initiative=initiative,
        live_on__lte=today(),
    ).exists()
