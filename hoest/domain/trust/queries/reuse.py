"""Reads of reuse: what is there already for an initiative, what was decided, and how often.

Candidates are found by the telling words of the initiative: in systems (also by the numbers of
KLE), in shared building blocks, in the other units' initiatives, and in initiatives that stand in
other municipalities as well. A candidate says which words led to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hoest.domain.portfolio import queries as portfolio
from hoest.domain.portfolio.rules import ACTIVE_PHASES, Phase
from hoest.domain.trust.models import ReuseCheck, ScalingStep, System, SystemTie
from hoest.domain.trust.permissions import VIEW_SYSTEMS
from hoest.domain.trust.queries.systems import present_systems
from hoest.domain.trust.rules.reuse import ReuseRate, rate
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.faults import NotFound
from hoest.foundation.search import similar

MOST_OF_A_KIND = 6
MOST_UNITS = 3


@dataclass(frozen=True)
class Candidate:
    """Something that is there already: what, where to read of it, and why it is shown."""

    key: str
    kind: str
    title: str
    about: str
    url: str
    words: list[str] = field(default_factory=list)
    source: str = ""


def candidates_for(actor: Actor, initiative: Any) -> list[Candidate]:
    """Return what is there already for an initiative: systems, blocks, others' work."""
    wanted = similar.typed(f"{initiative.title}. {initiative.in_practice} {initiative.theme} ")
    if not wanted.terms:
        return []
    found = _systems(actor, initiative, wanted)
    return [*found, *_blocks(wanted), *_others(actor, initiative, wanted)]


def _best(wanted: similar.Typed, things: Iterable[tuple[Candidate, str]]) -> list[Candidate]:
    """Weigh candidates by their words, the most alike first; those that are not alike fall."""
    strong = sum(not term.is_weak for term in wanted.terms)
    least = float(content.limit_decimal("similar_least_long" if strong > 4 else "similar_least"))
    found = []
    for place, (one, text) in enumerate(things):
        like = similar.compare(wanted, similar.Thing(one.url, one.title, text))
        if like.score >= least:
            why = list(dict.fromkeys(there or said for said, there in like.words))
            found.append((-like.score, place, replace(one, words=why)))
    return [one for _score, _place, one in sorted(found, key=lambda one: one[:2])[:MOST_OF_A_KIND]]


def _systems(actor: Actor, initiative: Any, wanted: similar.Typed) -> list[Candidate]:
    """Systems by words, and those that share a KLE number with a system it uses already."""
    if not allowed_somewhere(actor, VIEW_SYSTEMS):
        return []
    rows = present_systems(actor).select_related("supplier")
    by_text = _best(
        wanted, ((_of_system(one, []), f"{one.name} {one.purpose}") for one in wanted.among(rows))
    )
    tied = System.objects.filter(
        organisation_id=actor.organisation_id,
        pk__in=SystemTie.objects.filter(
            organisation_id=actor.organisation_id, initiative_id=initiative.pk
        ).values("system"),
    )
    numbers = sorted({number for one in tied for number in one.kle})
    near = Q(pk__in=[])
    for number in numbers[:8]:
        near |= Q(kle__contains=[number])
    own = [*(int(one.key.removeprefix("system-")) for one in by_text), *(one.pk for one in tied)]
    by_number = rows.filter(near).exclude(pk__in=own)[:MOST_OF_A_KIND]
    return [
        *by_text,
        *(
            _of_system(one, [f"KLE {number}" for number in one.kle if number in numbers])
            for one in by_number
        ),
    ]


def _of_system(system: System, why: list[str]) -> Candidate:
    users = system.using_units
    said = []
    if users:
        named = ", ".join(users[:MOST_UNITS]) + (" …" if len(users) > MOST_UNITS else "")
        said.append(_("Bruges af %(units)s") % {"units": named})
    elif system.responsible_unit:
        # Who answers for it is not told to use it.
        said.append(_("Ansvarlig: %(unit)s") % {"unit": system.responsible_unit})
    if system.supplier:
        said.append(system.supplier.name)
    return Candidate(
        f"system-{system.pk}",
        "system",
        system.local_name or system.name,
        " · ".join(said),
        reverse("systems:system", args=[system.pk]),
        why,
    )


def _blocks(wanted: similar.Typed) -> list[Candidate]:
    danish = not (get_language() or "da").startswith("en")
    return _best(
        wanted,
        (
            (
                Candidate(
                    f"block-{block.code}",
                    "block",
                    block.label.da if danish else block.label.en,
                    block.about.da if danish else block.about.en,
                    "",
                    source=f"{block.owner}. {block.source}",
                ),
                f"{' '.join(block.words)}",
            )
            for block in content.building_blocks().values()
        ),
    )


def _others(actor: Actor, initiative: Any, wanted: similar.Typed) -> list[Candidate]:
    """Other units' initiatives, and those that are rolled out in other municipalities too."""
    rows = portfolio.visible_to(actor).exclude(pk=initiative.pk).exclude(phase=Phase.STOPPED)
    near = list(wanted.among(rows.select_related("unit")))
    elsewhere: dict[int, list[str]] = {}
    for pk, place in portfolio.places_elsewhere(actor, [one.pk for one in near]):
        elsewhere.setdefault(pk, []).append(place)
    return _best(
        wanted,
        (
            (
                Candidate(
                    f"initiative-{one.pk}",
                    "shared" if one.pk in elsewhere else "initiative",
                    one.title,
                    ", ".join(elsewhere.get(one.pk, [])) or (one.unit.name if one.unit else ""),
                    reverse("portfolio:initiative", args=[one.pk]),
                ),
                f"{one.in_practice} {one.theme}",
            )
            for one in near
        ),
    )


def checks_of(actor: Actor, initiative_id: int) -> list[ReuseCheck]:
    """Return the decisions about reuse of a visible initiative, the newest first."""
    return list(
        ReuseCheck.objects.filter(
            organisation_id=actor.organisation_id,
            initiative_id=initiative_id,
            initiative__in=portfolio.visible_to(actor),
        )
    )


def latest_of(organisation_id: int, initiative_ids: Collection[int]) -> dict[int, ReuseCheck]:
    """Return the newest decision about reuse of some initiatives; one query."""
    rows = (
        ReuseCheck.objects.filter(
            organisation_id=organisation_id, initiative_id__in=list(initiative_ids)
        )
        .order_by("initiative_id", "-decided_at", "-pk")
        .distinct("initiative_id")
        .defer("candidates")
    )
    return {one.initiative_id: one for one in rows}


def active_initiatives(actor: Actor) -> QuerySet[Any]:
    """Return the initiatives under way that the actor may see."""
    return portfolio.visible_to(actor).filter(phase__in=ACTIVE_PHASES)


def reuse_rate(actor: Actor) -> ReuseRate:
    """Count the latest decisions of the initiatives under way; two queries."""
    active = active_initiatives(actor)
    latest = (
        ReuseCheck.objects.filter(organisation_id=actor.organisation_id, initiative__in=active)
        .order_by("initiative_id", "-decided_at", "-pk")
        .distinct("initiative_id")
        .values_list("choice", flat=True)
    )
    return rate(latest, active.count())


def without_check(actor: Actor) -> QuerySet[Any]:
    """Return the initiatives under way whose reuse nobody has decided about."""
    decided = ReuseCheck.objects.filter(
        organisation_id=actor.organisation_id, initiative=OuterRef("pk")
    )
    return active_initiatives(actor).filter(~Exists(decided)).select_related("unit")


def latest_checks(actor: Actor, most: int) -> list[ReuseCheck]:
    """Return the newest decisions of the initiatives under way, the newest first; one of each."""
    rows = ReuseCheck.objects.filter(
        organisation_id=actor.organisation_id, initiative__in=active_initiatives(actor)
    )
    latest = (
        rows.order_by("initiative_id", "-decided_at", "-pk").distinct("initiative_id").values("pk")
    )
    newest = rows.filter(pk__in=latest).select_related("initiative").defer("candidates")
    return list(newest.order_by("-decided_at", "-pk")[:most])


def steps_of(actor: Actor, initiative_id: int) -> list[ScalingStep]:
    """Return where a visible initiative goes next, in order of time."""
    return list(
        ScalingStep.objects.filter(
            organisation_id=actor.organisation_id,
            initiative_id=initiative_id,
            initiative__in=portfolio.visible_to(actor),
        ).select_related("owner")
    )


def step_of(actor: Actor, step_id: int) -> ScalingStep:
    """Return one step of a visible initiative. Raises NotFound."""
    found = (
        ScalingStep.objects.filter(
            organisation_id=actor.organisation_id,
            pk=step_id,
            initiative__in=portfolio.visible_to(actor),
        )
        .select_related("initiative", "owner")
        .first()
    )
    if found is None:
        raise NotFound("Skridtet findes ikke, eller du kan ikke se det.")
    return found
