"""The profile of a benefit: its values, how far each portion is, who was asked and said no."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from hoest.domain.benefits.models import (
    Benefit,
    OwnershipAnswer,
    PoolClaim,
    Profile,
    ProfilePortion,
)
from hoest.domain.benefits.queries.seen import visible_to
from hoest.domain.benefits.rules.codes import BenefitType
from hoest.domain.benefits.rules.ownership import Answer, Candidate, Step, waiting_refusal
from hoest.domain.benefits.rules.plausibility import Neighbour
from hoest.domain.benefits.rules.portions import (
    OF_BENEFIT,
    OF_PROFILE,
    Portion,
    PortionState,
    state_of,
)
from hoest.domain.organisations.queries import actor_of, assignments_of


def profile_of(benefit: Benefit) -> Profile:
    """Return the profile of a benefit; an empty one, not saved, before the first portion is."""
    found = (
        Profile.objects.select_related("measurer", "responsible", "receiving_unit")
        .filter(organisation_id=benefit.organisation_id, benefit=benefit)
        .first()
    )
    return found or Profile(organisation_id=benefit.organisation_id, benefit=benefit)


def profile_values(benefit: Benefit, profile: Profile) -> dict[str, Any]:
    """Return every field of the consolidated profile by its name."""
    return {
        name: getattr(thing, name)
        for thing, portions in ((benefit, OF_BENEFIT), (profile, OF_PROFILE))
        for names in portions.values()
        for name in names
    }


@dataclass(frozen=True)
class PortionRow:
    """A portion with how far it is, and who was asked for it or saved it last (None: nobody)."""

    state: PortionState
    row: ProfilePortion | None


def portions_of(benefit: Benefit, values: dict[str, Any]) -> list[PortionRow]:
    """Return the four portions in their order; one query."""
    rows = {
        row.portion: row
        for row in ProfilePortion.objects.select_related("asked").filter(
            organisation_id=benefit.organisation_id, benefit=benefit
        )
    }
    return [PortionRow(state_of(one, values), rows.get(one.value)) for one in Portion]


def asked_portions(organisation_id: int) -> dict[int, list[tuple[str, int]]]:
    """Return (portion, person asked) of every open question, by benefit; one query."""
    found: dict[int, list[tuple[str, int]]] = {}
    for benefit_id, portion, person_id in (
        ProfilePortion.objects.filter(organisation_id=organisation_id, asked__isnull=False)
        .order_by("pk")
        .values_list("benefit_id", "portion", "asked_id")
    ):
        found.setdefault(benefit_id, []).append((portion, person_id))
    return found


def neighbours_of(benefit: Benefit) -> tuple[Neighbour, ...]:
    """Return the living benefits of the same unit and sign: what they measure and take."""
    unit_id = benefit.unit_id or benefit.initiative.unit_id
    rows = list(
        Benefit.objects.filter(
            Q(unit_id=unit_id) | Q(unit__isnull=True, initiative__unit_id=unit_id),
            organisation_id=benefit.organisation_id,
            is_disbenefit=benefit.is_disbenefit,
            lapsed_on__isnull=True,
        )
        .order_by("pk")
        .exclude(pk=benefit.pk)
        .values_list("pk", "title", "indicator", "benefit_type")
    )
    holders = set(
        PoolClaim.objects.filter(
            organisation_id=benefit.organisation_id,
            benefit_id__in=[pk for pk, *_rest in rows],
            released_on__isnull=True,
            pool__measure="hours",
        ).values_list("benefit_id", flat=True)
    )
    return tuple(
        Neighbour(pk, title, indicator, kind == BenefitType.FREED_TIME, pk in holders)
        for pk, title, indicator, kind in rows
    )


def candidate_of(person: Any, benefit: Benefit) -> Candidate:
    """Return what decides whether a person may own a benefit: her roles, and what she leads."""
    return Candidate(
        roles=tuple((one.role, one.unit_id) for one in assignments_of(person)),
        leads_the_initiative=person.pk == benefit.initiative.lead_id,
    )


def may_see(person: Any, benefit: Benefit) -> bool:
    """Tell whether a person may see a benefit."""
    return visible_to(actor_of(person)).filter(pk=benefit.pk).exists()


def ownership_steps(benefit: Benefit) -> list[OwnershipAnswer]:
    """Return what was asked and answered about owning a benefit, oldest first."""
    return list(
        OwnershipAnswer.objects.filter(
            organisation_id=benefit.organisation_id, benefit=benefit
        ).order_by("at", "pk")
    )


def refusals_of(organisation_id: int) -> dict[int, Step]:
    """Return the no that waits for a sponsor, by benefit; one query for a whole municipality."""
    last = (
        OwnershipAnswer.objects.filter(
            organisation_id=organisation_id,
            benefit__owner__isnull=True,
            benefit__lapsed_on__isnull=True,
        )
        .order_by("benefit_id", "-at", "-pk")
        .distinct("benefit_id")
        .values_list("benefit_id", "answer", "person_name", "reason")
    )
    found: dict[int, Step] = {}
    for benefit_id, answer, name, reason in last:
        waiting = waiting_refusal([Step(Answer(answer), name, reason)], has_owner=False)
        if waiting is not None:
            found[benefit_id] = waiting
    return found


def profiles_by_benefit(organisation_id: int, benefit_ids: Iterable[int]) -> dict[int, Profile]:
    """Return the saved profiles of some benefits; one query."""
    rows = Profile.objects.filter(organisation_id=organisation_id, benefit_id__in=list(benefit_ids))
    return {row.benefit_id: row for row in rows}
