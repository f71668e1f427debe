"""Writes at a gate: decide with the basis frozen, and look again at what waits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.actions.frozen import basis_of
from hoest.domain.portfolio.actions.gate_requests import NoGateAhead, close_request
from hoest.domain.portfolio.actions.gate_words import lacking_in_words, refused_in_words
from hoest.domain.portfolio.actions.held import changed, held_initiative, squeezed
from hoest.domain.portfolio.actions.phase_models import follow
from hoest.domain.portfolio.models import (
    GateDecision,
    Initiative,
    Waiting,
)
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES, DECIDE_GATES
from hoest.domain.portfolio.queries import Gate
from hoest.domain.portfolio.rules import PASSING, Obstacles, Outcome, Phase, WaitingKind
from hoest.domain.portfolio.rules.frozen import basis_hash
from hoest.foundation import content, followers
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import now, today
from hoest.foundation.faults import Fault, NotAllowed
from hoest.foundation.forms.versions import check_version


@dataclass(frozen=True)
class WaitingFields:
    """What a decision to wait says."""

    kind: WaitingKind
    waits_for: str
    trigger: str
    consequence: str
    alternatives: str
    review_on: dt.date


class GateRefused(Fault):
    """What the gate asks for is not there; carries what is missing."""

    heading = gettext_lazy("Det kan ikke gå videre endnu")

    def __init__(self, said: str, missing: Obstacles) -> None:
        super().__init__(said)
        self.missing = missing


class DecisionNotWhole(Fault):
    """A decision lacks its reason, its conditions or what it waits for."""


@transaction.atomic
def decide_gate(
    *,
    actor: Actor,
    initiative_id: int,
    version: int,
    outcome: Outcome,
    reason: str = "",
    conditions: str = "",
    waiting: WaitingFields | None = None,
) -> GateDecision:
    """Decide at the gate ahead of an initiative, with the basis frozen; a decision is final.

    Passage is refused with the list while something blocking is missing. The lead never decides,
    and above the first mandate only the roles of the mandate do. Raises NotFound, NotAllowed,
    NoGateAhead, GateRefused, DecisionNotWhole, ChangedMeanwhile.
    """
    initiative = held_initiative(actor, initiative_id, None)
    check_version(initiative, version, {})
    gate = queries.gate_of(initiative)
    require_decider(actor, initiative, gate)
    if gate.place.now is None or gate.place.next is None:
        raise NoGateAhead(_("Initiativet har ingen port foran sig."))
    why, terms = squeezed(reason, 400), squeezed(conditions, 400)
    _refuse_half(outcome, why, terms, waiting)
    if outcome in PASSING and gate.obstacles:
        raise GateRefused(_refusal(gate.obstacles), gate.obstacles)
    basis = basis_of(initiative, gate)
    decision = GateDecision.objects.create(
        organisation_id=actor.organisation_id,
        initiative=initiative,
        outcome=outcome.value,
        from_phase=gate.place.now.code,
        to_phase=gate.place.next.code,
        reason=why,
        conditions=terms if outcome is Outcome.GO_WITH_CONDITIONS else "",
        basis=basis,
        basis_hash=basis_hash(basis),
        decided_by_id=actor.person_id,
        decided_by_name=actor.name[:160],
        decided_at=now(),
    )
    record(
        actor,
        "portfolio.decide_gate",
        initiative,
        outcome=outcome.value,
        from_phase=decision.from_phase,
        to_phase=decision.to_phase,
        reason=why,
        conditions=decision.conditions,
        basis_hash=decision.basis_hash,
    )
    close_request(actor, initiative, decision)
    _carry_out(actor, initiative, gate, decision, waiting)
    followers.tell("initiative", actor, initiative.pk)
    return decision


def _carry_out(
    actor: Actor,
    initiative: Initiative,
    gate: Gate,
    decision: GateDecision,
    waiting: WaitingFields | None,
) -> None:
    """Move, stop or let wait what was decided on."""
    outcome = Outcome(decision.outcome)
    if outcome is Outcome.WAIT:
        assert waiting is not None
        _end_waiting(actor, initiative, _("Afløst af en ny afgørelse"))
        _begin_waiting(initiative, decision, waiting)
        changed(initiative)
        return
    _end_waiting(actor, initiative, content.label("gate_outcome", outcome.value))
    before = initiative.phase
    if outcome is Outcome.STOP:
        after = Phase.STOPPED.value
    else:
        ahead = gate.place.next
        assert ahead is not None
        follow(initiative, gate.place.used, ahead.code)
        after = ahead.stage
    changed(initiative, phase=after)
    if before != after:
        record(
            actor,
            "portfolio.change_phase",
            initiative,
            before=before,
            after=after,
            reason=decision.reason,
        )


@transaction.atomic
def review_waiting(
    *,
    actor: Actor,
    waiting_id: int,
    version: int,
    review_on: dt.date | None,
    because: str,
) -> Waiting:
    """Look again at what waits: until another day, or no longer when `review_on` is None.

    Both take a reason. Raises NotFound, NotAllowed, DecisionNotWhole, ChangedMeanwhile.
    """
    seen = queries.waiting_item_of(actor, waiting_id)
    initiative = seen.initiative
    if actor.person_id is None or actor.person_id != initiative.sponsor_id:
        require(actor, CHANGE_INITIATIVES, initiative.unit_id)
    row = Waiting.objects.select_for_update().get(pk=seen.pk)
    check_version(row, version, {})
    why = squeezed(because, 300)
    if not why:
        raise DecisionNotWhole(_("Skriv begrundelsen."))
    if review_on is None:
        changed(row, ended_on=today(), ended_because=why)
    else:
        _refuse_day(review_on)
        changed(row, review_on=review_on, reviews=row.reviews + 1)
    record(
        actor,
        "portfolio.review_waiting",
        initiative,
        waits_for=row.waits_for,
        review_on=review_on or "",
        reason=why,
    )
    return row


def _begin_waiting(
    initiative: Initiative, decision: GateDecision, fields: WaitingFields
) -> Waiting:
    return Waiting.objects.create(
        organisation_id=initiative.organisation_id,
        initiative=initiative,
        decision=decision,
        kind=fields.kind.value,
        waits_for=squeezed(fields.waits_for, 200),
        trigger=squeezed(fields.trigger, 300),
        consequence=squeezed(fields.consequence, 300),
        alternatives=squeezed(fields.alternatives, 400),
        since=today(),
        review_on=fields.review_on,
    )


def _end_waiting(actor: Actor, initiative: Initiative, because: str) -> None:
    row = queries.open_waiting(initiative)
    if row is not None:
        changed(row, ended_on=today(), ended_because=because[:300])


def require_decider(actor: Actor, initiative: Initiative, gate: Gate) -> None:
    """Raise NotAllowed, in words, unless the actor may decide at this gate."""
    if queries.may_decide(actor, initiative, gate.mandate_roles):
        return
    if actor.person_id is not None and actor.person_id == initiative.lead_id:
        raise NotAllowed(
            _("Du leder selv initiativet. Sponsoren eller en anden leder afgør, om det går videre.")
        )
    if gate.mandate_roles is not None:
        amount = gate.amount_dkk
        limit = queries.sponsors_limit(amount)
        raise NotAllowed(refused_in_words(amount, limit, gate.mandate_roles))
    require(actor, DECIDE_GATES, initiative.unit_id)


def _refuse_half(
    outcome: Outcome, reason: str, conditions: str, waiting: WaitingFields | None
) -> None:
    if outcome is not Outcome.GO and not reason:
        raise DecisionNotWhole(_("Skriv begrundelsen. Den kan læses af alle."))
    if outcome is Outcome.GO_WITH_CONDITIONS and not conditions:
        raise DecisionNotWhole(_("Skriv vilkårene: hvad skal være på plads, og hvornår."))
    if outcome is Outcome.WAIT:
        said = _said_of(waiting) if waiting else ("",)
        if waiting is None or not all(one.strip() for one in said):
            raise DecisionNotWhole(
                _("Skriv, hvad der ventes på, hvad det koster, og hvilke andre veje I har set på.")
            )
        _refuse_day(waiting.review_on)


def _said_of(waiting: WaitingFields) -> tuple[str, ...]:
    return (waiting.waits_for, waiting.trigger, waiting.consequence, waiting.alternatives)


def _refuse_day(day: dt.date) -> None:
    longest = content.limit("waiting_longest_days")
    if not today() < day <= today() + dt.timedelta(days=longest):
        raise DecisionNotWhole(
            _("Skriv en dag efter i dag og højst %(days)s dage ude i fremtiden.")
            % {"days": longest}
        )


def _refusal(obstacles: Obstacles) -> str:
    """Say how much refuses passage, and what can be decided all the same."""
    lacks = lacking_in_words(obstacles)
    rest = _("Det kan stoppes eller vente.")
    return f"{lacks[:1].upper()}{lacks[1:]}. {rest}"
