"""Reads of dependencies: what waits for what, by age, by actor, and where the dates clash."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import (
    Case,
    Count,
    F,
    Func,
    IntegerField,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, Lower, RowNumber

from hoest.domain.portfolio.models import Dependency, Influence, InfluenceStep, Initiative
from hoest.domain.portfolio.queries.initiatives import visible_to
from hoest.domain.portfolio.rules import ACTIVE_PHASES, Phase
from hoest.domain.portfolio.rules.dependencies import (
    Clash,
    DependencyFacts,
    Scope,
    circles,
    clashes,
)
from hoest.foundation.access.actor import Actor
from hoest.foundation.clock import today
from hoest.foundation.faults import NotFound

MOST_WAITS = 6


@dataclass(frozen=True)
class Outside:
    """An actor outside the municipality, with what initiatives of ours wait for there."""

    name: str
    waits: Sequence[Dependency] = field(default_factory=list)
    count: int = 0


@dataclass(frozen=True)
class WaitTotals:
    """How many open dependencies there are, and how many ask for somebody."""

    open: int
    external: int
    clashing: int


def dependencies_of(actor: Actor) -> QuerySet[Dependency]:
    """Return the dependencies of the active initiatives the actor may see, with their ready day.

    `ready` is the other initiative's go-live, or the day the others have told.
    """
    return (
        Dependency.objects.filter(
            organisation_id=actor.organisation_id,
            initiative__in=visible_to(actor).filter(phase__in=ACTIVE_PHASES).values("pk"),
        )
        .select_related("initiative", "waits_for")
        .annotate(ready=Coalesce("waits_for__live_on", "ready_on"))
    )


def waiting(actor: Actor) -> QuerySet[Dependency]:
    """Return what is still waited for, the oldest wait first (ST-11)."""
    return dependencies_of(actor).filter(resolved_on__isnull=True).order_by("since", "pk")


def dependency_of(actor: Actor, dependency_id: int) -> Dependency:
    """Return a dependency of a visible initiative, also of one that is over. Raises NotFound."""
    found = (
        Dependency.objects.filter(
            organisation_id=actor.organisation_id,
            pk=dependency_id,
            initiative__in=visible_to(actor).values("pk"),
        )
        .select_related("initiative", "waits_for")
        .annotate(ready=Coalesce("waits_for__live_on", "ready_on"))
        .first()
    )
    if found is None:
        raise NotFound("Afhængigheden findes ikke, eller du kan ikke se den.")
    return found


def dependencies_of_initiative(initiative: Initiative) -> list[Dependency]:
    """Return the open dependencies of one initiative, the oldest first."""
    rows = Dependency.objects.filter(
        organisation_id=initiative.organisation_id,
        initiative=initiative,
        resolved_on__isnull=True,
    ).select_related("initiative", "waits_for")
    return list(rows.annotate(ready=Coalesce("waits_for__live_on", "ready_on")))


def waiting_for(actor: Actor, initiative: Initiative) -> list[Dependency]:
    """Return what the actor may see that waits for an initiative."""
    return list(waiting(actor).filter(waits_for=initiative))


def facts_of_dependency(row: Dependency) -> DependencyFacts:
    """Return the facts of one dependency; its row has `ready`."""
    other = row.waits_for
    return DependencyFacts(
        since=row.since,
        needed_by=row.needed_by,
        ready_on=getattr(row, "ready", None),
        live_on=row.initiative.live_on,
        other_is_stopped=other is not None and other.phase == Phase.STOPPED,
        is_resolved=row.resolved_on is not None,
    )


def clashes_of(row: Dependency) -> tuple[Clash, ...]:
    """Return how the dates of a dependency do not fit."""
    return clashes(facts_of_dependency(row), today())


def does_clash() -> Q:
    """Return the condition of an open dependency whose dates do not fit, as `clashes` has it."""
    return Q(resolved_on__isnull=True) & (
        Q(waits_for__phase=Phase.STOPPED)
        | Q(initiative__live_on__lt=F("ready"))
        | Q(needed_by__lt=F("ready"))
        | Q(needed_by__lt=today())
    )


def clashing_first(rows: QuerySet[Dependency]) -> QuerySet[Dependency]:
    """Return what clashes first, then the oldest wait; what is resolved stands last."""
    urgency = Case(
        When(does_clash(), then=Value(0)),
        When(resolved_on__isnull=True, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return rows.order_by(urgency, "since", "pk")


def wait_totals(rows: QuerySet[Dependency]) -> WaitTotals:
    """Count the open dependencies; one query."""
    is_open = Q(resolved_on__isnull=True)
    found = rows.order_by().aggregate(
        open=Count("pk", filter=is_open),
        external=Count("pk", filter=is_open & Q(scope=Scope.EXTERNAL)),
        clashing=Count("pk", filter=does_clash()),
    )
    return WaitTotals(**found)


def waits_among(organisation_id: int, but: int = 0) -> dict[int, set[int]]:
    """Return which initiative waits for which, of the open dependencies; one query."""
    rows = Dependency.objects.filter(
        organisation_id=organisation_id, resolved_on__isnull=True, waits_for__isnull=False
    ).exclude(pk=but)
    found: dict[int, set[int]] = {}
    for one, other in rows.values_list("initiative_id", "waits_for_id"):
        found.setdefault(one, set()).add(other)
    return found


def circles_of(actor: Actor) -> list[list[str]]:
    """Return the titles of initiatives that wait for each other, as far as the actor sees them.

    New circles are refused, so what is found came from an import or an earlier time.
    """
    groups = circles(waits_among(actor.organisation_id))
    if not groups:
        return []
    ids = [pk for group in groups for pk in group]
    titles = dict(visible_to(actor).filter(pk__in=ids).values_list("pk", "title"))
    return [[titles[pk] for pk in group] for group in groups if set(group) <= set(titles)]


def by_outside_actor(actor: Actor) -> list[Outside]:
    """Return who outside the municipality can act, most waited for first; two queries.

    Each with the oldest waits, at most MOST_WAITS, and with how many there are.
    """
    same = [Lower("actor_name")]
    rows = (
        waiting(actor)
        .filter(scope=Scope.EXTERNAL)
        .annotate(
            rank=Window(RowNumber(), partition_by=same, order_by=[F("since").asc(), F("pk").asc()]),
            total=Window(Count("pk"), partition_by=same),
        )
        .filter(rank__lte=MOST_WAITS)
        .prefetch_related(_open_influences())
    )
    found: dict[str, list[Dependency]] = {}
    names: dict[str, str] = {}
    for row in rows:
        key = row.actor_name.casefold()
        names.setdefault(key, row.actor_name)
        found.setdefault(key, []).append(row)
    totals = {key: int(waits[0].total) for key, waits in found.items()}  # type: ignore[attr-defined]
    order = sorted(found, key=lambda key: (-totals[key], found[key][0].since, key))
    return [Outside(names[key], found[key], totals[key]) for key in order]


def influence_of(actor: Actor, influence_id: int) -> Influence:
    """Return influence work of a visible initiative. Raises NotFound."""
    found = (
        Influence.objects.filter(
            organisation_id=actor.organisation_id,
            pk=influence_id,
            dependency__initiative__in=visible_to(actor).values("pk"),
        )
        .select_related("dependency__initiative", "owner")
        .first()
    )
    if found is None:
        raise NotFound("Påvirkningen findes ikke, eller du kan ikke se den.")
    return found


def influences_of(dependency: Dependency) -> list[Influence]:
    """Return the influence work of a dependency with its steps, newest step first."""
    rows = Influence.objects.filter(
        organisation_id=dependency.organisation_id, dependency=dependency
    )
    steps = Prefetch("steps", InfluenceStep.objects.order_by("-on", "-pk"))
    return list(rows.select_related("owner").prefetch_related(steps).order_by("ended_on", "pk"))


def influence_due(actor: Actor) -> Iterable[Influence]:
    """Return the influence work whose next step is due and is the actor's own."""
    return (
        Influence.objects.filter(
            organisation_id=actor.organisation_id,
            owner_id=actor.person_id,
            ended_on__isnull=True,
            next_on__lte=today(),
            dependency__initiative__phase__in=ACTIVE_PHASES,
        )
        .select_related("dependency__initiative")
        .order_by("next_on", "pk")
    )


def past_needed(actor: Actor) -> Iterable[Dependency]:
    """Return what the actor's own initiatives needed before today and still wait for."""
    return waiting(actor).filter(needed_by__lt=today(), initiative__lead_id=actor.person_id)


def actor_names(actor: Actor) -> list[str]:
    """Return the actors outside that are waited for, in Danish order."""
    rows = waiting(actor).filter(scope=Scope.EXTERNAL).order_by()
    key = Func(F("actor_name"), function="da_key")
    return list(
        rows.annotate(key=key).order_by("key").values_list("actor_name", flat=True).distinct()
    )


def _open_influences() -> Prefetch[str, QuerySet[Influence], str]:
    rows = Influence.objects.filter(ended_on__isnull=True).select_related("owner")
    return Prefetch("influences", rows.order_by("next_on", "pk"), to_attr="open_influences")
