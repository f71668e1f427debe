"""Reads of needs: what each rests on, and which are still only assumed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from hoest.domain.portfolio.models import Idea, Initiative, Need, NeedTest, NeedTie
from hoest.domain.portfolio.permissions import VIEW_INITIATIVES
from hoest.domain.portfolio.queries.ideas import ideas_visible_to
from hoest.domain.portfolio.queries.initiatives import visible_to
from hoest.domain.portfolio.rules.needs import (
    Evidence,
    NeedStanding,
    TestOutcome,
    need_standing,
)
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where
from hoest.foundation.faults import NotFound


@dataclass(frozen=True)
class StandingNeed:
    """A need with how it stands."""

    need: Need
    standing: NeedStanding


def needs_visible_to(actor: Actor) -> QuerySet[Need]:
    """Return the needs the actor may see: those of her units, as with initiatives, and her own."""
    units = units_where(actor, VIEW_INITIATIVES)
    rows = Need.objects.filter(organisation_id=actor.organisation_id)
    if units is None:
        return rows
    if not units:
        return rows.none()
    return rows.filter(Q(unit_id__in=units) | Q(written_by_id=actor.person_id or 0))


def need_of(actor: Actor, need_id: int) -> Need:
    """Return one need with its unit and tests. Raises NotFound."""
    found = with_tests(needs_visible_to(actor)).filter(pk=need_id).first()
    if found is None:
        raise NotFound("Behovet findes ikke, eller du kan ikke se det.")
    return found


def with_tests(rows: QuerySet[Need]) -> QuerySet[Need]:
    """Read the unit and the tests along with each need; two queries."""
    return rows.select_related("unit").prefetch_related(
        Prefetch("tests", queryset=NeedTest.objects.order_by("on", "pk"))
    )


def standing_of(need: Need) -> NeedStanding:
    """Return how a need stands, from its tests as they were read."""
    outcomes = [TestOutcome(test.outcome) for test in need.tests.all()]
    return need_standing(Evidence(need.evidence), outcomes)


def needs_of_initiative(initiative: Initiative) -> list[StandingNeed]:
    """Return the needs of an initiative: its own, and those of the ideas it came from.

    The untested ones come first. Two queries.
    """
    ties = NeedTie.objects.filter(
        Q(initiative_id=initiative.pk) | Q(idea__initiative_id=initiative.pk),
        organisation_id=initiative.organisation_id,
    )
    rows = with_tests(
        Need.objects.filter(
            organisation_id=initiative.organisation_id, pk__in=ties.values("need_id")
        )
    )
    found = [StandingNeed(need, standing_of(need)) for need in rows.order_by("pk")]
    return sorted(found, key=lambda one: one.standing is not NeedStanding.UNTESTED)


def untested_assumptions(initiative_ids: Collection[int]) -> dict[int, list[Need]]:
    """Return initiative id → the needs of it that are assumed and untested; two queries.

    A need counts for an initiative it is tied to, and for one an idea it is tied to has become.
    An initiative without any is left out. The rows are those of the bound municipality.
    """
    if not initiative_ids:
        return {}
    pairs = (
        NeedTie.objects.filter(
            Q(initiative_id__in=initiative_ids) | Q(idea__initiative_id__in=initiative_ids),
            need__in=untested(Need.objects.all()).values("pk"),
        )
        .order_by("need_id")
        .values_list("need_id", "initiative_id", "idea__initiative_id")
    )
    found: dict[int, dict[int, None]] = {}
    for need_id, own, through_idea in pairs:
        found.setdefault(own or through_idea, {})[need_id] = None
    ids = {need_id for needs in found.values() for need_id in needs}
    needs = Need.objects.in_bulk(ids)
    return {one: [needs[pk] for pk in wanted] for one, wanted in found.items()}


def untested(rows: QuerySet[Need]) -> QuerySet[Need]:
    """Keep the needs that are assumed, and that nobody has tested."""
    tests = NeedTest.objects.filter(
        organisation_id=OuterRef("organisation_id"), need_id=OuterRef("pk")
    )
    return rows.filter(evidence=Evidence.ASSUMPTION).exclude(Exists(tests))


def needs_of_idea(idea: Idea) -> list[StandingNeed]:
    """Return the needs an idea is tied to; two queries."""
    ties = NeedTie.objects.filter(organisation_id=idea.organisation_id, idea=idea)
    rows = with_tests(
        Need.objects.filter(organisation_id=idea.organisation_id, pk__in=ties.values("need_id"))
    )
    return [StandingNeed(need, standing_of(need)) for need in rows.order_by("pk")]


def tied_to(actor: Actor, need: Need) -> tuple[list[Idea], list[Initiative]]:
    """Return the ideas and initiatives a need belongs to, of those the actor may see."""
    ties = NeedTie.objects.filter(organisation_id=actor.organisation_id, need=need)
    ideas = ideas_visible_to(actor).filter(pk__in=ties.values("idea_id"))
    initiatives = visible_to(actor).filter(pk__in=ties.values("initiative_id"))
    return list(ideas.order_by("pk")), list(initiatives.order_by("pk"))


def tied_counts(need_ids: Iterable[int], organisation_id: int) -> dict[int, int]:
    """Return how many things each need is tied to; one query."""
    found: dict[int, int] = {}
    ties = NeedTie.objects.filter(organisation_id=organisation_id, need_id__in=list(need_ids))
    for need_id in ties.values_list("need_id", flat=True):
        found[need_id] = found.get(need_id, 0) + 1
    return found
