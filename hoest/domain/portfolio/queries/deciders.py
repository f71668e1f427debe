"""Reads of who decides at the gate of an initiative, who is asked, and who recommends."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from hoest.domain.organisations.queries import RoleHolders, people_with_ids
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.permissions import DECIDE_GATES
from hoest.domain.portfolio.queries.phase_models import PlaceInModel, places_of
from hoest.domain.portfolio.rules import (
    Standing,
    decides_up_to,
    higher_mandate,
    is_asked,
    may_open_gate,
    recommends,
)
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.content import ModelPhase
from hoest.foundation.gate_evidence import amounts_of

DELIVERING = ("execution", "realisation")


@dataclass(frozen=True)
class Deciding:
    """Who decides about one initiative at its gate; people by id, in Danish order.

    `mandate` has the roles that alone may decide because of the amount, or None. `may` are those
    who may decide, `asked` those of them who are asked. `recommender` is the sponsor when the
    amount is above what she may decide. `limit_dkk` is what a sponsor decides herself, where the
    amount is above it.
    """

    mandate: tuple[str, ...] | None
    may: tuple[int, ...]
    asked: tuple[int, ...]
    recommender: int | None
    amount_dkk: Decimal | None
    limit_dkk: Decimal | None
    names: Mapping[int, str] = field(repr=False)

    @property
    def asked_names(self) -> list[str]:
        """The names of those who are asked."""
        return [self.names[one] for one in self.asked]


def phase_ahead(place: PlaceInModel) -> ModelPhase:
    """Return the phase behind the gate, or the one it came through when there is none ahead."""
    return place.next or place.now or place.used.model.phases[-1]


def mandate_roles(amount: Decimal | None, stage: str) -> tuple[str, ...] | None:
    """Return the roles that alone may open the gate into a stage, because of the amount.

    None while nothing is bound yet, or the amount is unknown or within the first mandate.
    """
    if stage not in DELIVERING:
        return None
    return higher_mandate(amount, _mandates())


def sponsors_limit(amount: Decimal | None, roles: Collection[str] = ()) -> Decimal | None:
    """Return the amount up to which a sponsor with some roles decides, where hers is above it."""
    limit: Decimal | None = decides_up_to(amount, _mandates(), roles)  # type: ignore[assignment]
    return limit


def may_decide(actor: Actor, initiative: Initiative, roles: tuple[str, ...] | None) -> bool:
    """Tell whether an actor may open the gate: never its lead; above a mandate only its roles."""
    if actor.is_system:
        return True
    reaching = frozenset(
        grant.role
        for grant in actor.grants
        if grant.unit_id is None or initiative.unit_id in grant.unit_ids
    )
    who = _standing(initiative, actor.person_id, reaching)
    return may_open_gate(who, roles, DECIDE_GATES.roles)


def decides_somewhere(actor: Actor) -> bool:
    """Tell whether an actor has a role that may open a gate, for some amount in some unit."""
    return allowed_somewhere(actor, DECIDE_GATES) or bool(_mandated() & actor.roles)


def deciding_about(
    organisation_id: int, initiatives: Collection[Initiative]
) -> dict[int, Deciding]:
    """Return who decides about each initiative at the gate it stands before.

    A constant number of queries, however many initiatives.
    """
    if not initiatives:
        return {}
    places = places_of(organisation_id, initiatives)
    amounts = amounts_of(organisation_id, list(places))
    holders = RoleHolders.of(organisation_id, DECIDE_GATES.roles | _mandated())
    sponsors = people_with_ids(
        organisation_id, [one.sponsor_id for one in initiatives if one.sponsor_id is not None]
    )
    return {
        one.pk: _deciding(
            one,
            amounts.get(one.pk),
            mandate_roles(amounts.get(one.pk), phase_ahead(places[one.pk]).stage),
            holders,
            sponsors,
        )
        for one in initiatives
    }


def _deciding(
    initiative: Initiative,
    amount: Decimal | None,
    mandate: tuple[str, ...] | None,
    holders: RoleHolders,
    sponsors: Mapping[int, str],
) -> Deciding:
    unit_id = initiative.unit_id
    usual = DECIDE_GATES.roles
    # A sponsor who has left is as none.
    sponsor_id = initiative.sponsor_id if initiative.sponsor_id in sponsors else None
    names = {**holders.names, **sponsors}
    people = {*holders.reaching(usual if mandate is None else mandate, unit_id)}
    people |= {sponsor_id} if sponsor_id is not None else set()
    standings = {one: _standing(initiative, one, holders.roles_of(one, unit_id)) for one in people}
    sponsor = standings[sponsor_id] if sponsor_id is not None else None
    ordered = [one for one in names if one in standings]
    return Deciding(
        mandate=mandate,
        may=tuple(one for one in ordered if may_open_gate(standings[one], mandate, usual)),
        asked=tuple(one for one in ordered if is_asked(standings[one], sponsor, mandate, usual)),
        recommender=sponsor_id if recommends(sponsor, mandate) else None,
        amount_dkk=amount,
        limit_dkk=sponsors_limit(amount, sponsor.roles if sponsor else ()) if mandate else None,
        names=names,
    )


def _standing(initiative: Initiative, person_id: int | None, roles: frozenset[str]) -> Standing:
    known = person_id is not None
    return Standing(
        is_sponsor=known and person_id == initiative.sponsor_id,
        is_lead=known and person_id == initiative.lead_id,
        roles=roles,
    )


def _mandates() -> list[tuple[Decimal | None, tuple[str, ...]]]:
    return [(one.up_to_dkk, one.roles) for one in content.mandate_entries()]


def _mandated() -> frozenset[str]:
    return frozenset(role for one in content.mandate_entries() for role in one.roles)
