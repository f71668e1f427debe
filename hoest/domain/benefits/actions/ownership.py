"""Asking somebody to own a benefit, and her answer: every step is kept as it was said.

Source: requirement G-15; method notes §8 (the owner is a line manager, apart from the project).
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.benefits.actions.held import (
    change,
    held,
    refuse_lapsed,
    require_there,
    with_reason,
)
from hoest.domain.benefits.actions.letters import (
    ask_for_ownership,
    settle_ownership,
    tell_of_refusal,
)
from hoest.domain.benefits.actions.standing import record_standing
from hoest.domain.benefits.models import Benefit, OwnershipAnswer
from hoest.domain.benefits.permissions import ACCEPT_OWNERSHIP, NAME_OWNER
from hoest.domain.benefits.queries import candidate_of
from hoest.domain.benefits.rules.faults import (
    BenefitHasNoOwner,
    NotTheOwner,
    OwnerLeadsTheInitiative,
    OwnerNotInLine,
)
from hoest.domain.benefits.rules.ownership import Answer, Bar, bar_to_owning
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.actions import record
from hoest.foundation.forms.versions import check_version


@transaction.atomic
def name_owner(*, actor: Actor, benefit_id: int, version: int, person: Any) -> Benefit:
    """Ask a line manager to own the benefit; she has not said yes before she does it herself.

    `person` is a person of the municipality, or None: nobody. She is asked by mail too.
    Raises OwnerLeadsTheInitiative, OwnerNotInLine.
    """
    benefit = held(actor, benefit_id)
    require_there(actor, NAME_OWNER, benefit)
    refuse_lapsed(benefit)
    check_version(benefit, version, {"owner": person})
    if person is not None:
        _refuse_unfit(benefit, person)
    if person is not None and person.pk == benefit.owner_id:
        return benefit
    before = benefit.owner
    change(benefit, owner=person, owner_accepted_on=None, owner_accepted_source="")
    if before is not None:
        _keep(benefit, Answer.REPLACED, before, actor)
    if person is not None:
        _keep(benefit, Answer.ASKED, person, actor)
    record(actor, "benefits.name_owner", benefit, before=before, owner=person)
    record_standing(actor=actor, benefit_ids=[benefit.pk], because="benefits.name_owner")
    settle_ownership(actor, benefit)
    if person is not None and person.pk != actor.person_id:
        ask_for_ownership(actor, benefit, person)
    return benefit


@transaction.atomic
def accept_ownership(*, actor: Actor, benefit_id: int) -> Benefit:
    """Say yes to owning a benefit one is asked to own. Saying yes twice is saying it once."""
    benefit = _asked(actor, benefit_id)
    if benefit.owner_accepted_on is None:
        _refuse_unfit(benefit, benefit.owner)
        change(
            benefit,
            owner_accepted_on=clock.today(),
            owner_accepted_source=(_("Sagt ja i Høst af %(name)s") % {"name": actor.name})[:200],
        )
        _keep(benefit, Answer.ACCEPTED, benefit.owner, actor)
        record(actor, "benefits.accept_ownership", benefit)
        record_standing(actor=actor, benefit_ids=[benefit.pk], because="benefits.accept_ownership")
        settle_ownership(actor, benefit)
    return benefit


@transaction.atomic
def refuse_ownership(*, actor: Actor, benefit_id: int, reason: str) -> Benefit:
    """Say no, or step back, with a reason; the question goes back to the initiative's sponsor."""
    benefit = _asked(actor, benefit_id)
    why = with_reason(reason)
    former = benefit.owner
    had_said_yes = benefit.owner_accepted_on is not None
    change(benefit, owner=None, owner_accepted_on=None, owner_accepted_source="")
    answer = Answer.STEPPED_BACK if had_said_yes else Answer.REFUSED
    _keep(benefit, answer, former, actor, why)
    record(actor, "benefits.refuse_ownership", benefit, owner=former, reason=why)
    record_standing(actor=actor, benefit_ids=[benefit.pk], because="benefits.refuse_ownership")
    settle_ownership(actor, benefit)
    tell_of_refusal(actor, benefit, former, why)
    return benefit


def _asked(actor: Actor, benefit_id: int) -> Benefit:
    benefit = held(actor, benefit_id)
    require_there(actor, ACCEPT_OWNERSHIP, benefit, or_owner=True)
    refuse_lapsed(benefit)
    if benefit.owner is None:
        raise BenefitHasNoOwner(_("Ingen er spurgt endnu. Vælg først en gevinstejer."))
    if benefit.owner_id != actor.person_id:
        raise NotTheOwner(
            _("Det er %(name)s, der er spurgt. Kun hun eller han kan svare.")
            % {"name": benefit.owner.name}
        )
    return benefit


def _refuse_unfit(benefit: Benefit, person: Any) -> None:
    """Raise the reason why a person may not own the benefit."""
    bar = bar_to_owning(candidate_of(person, benefit))
    if bar is Bar.LEADS_THE_INITIATIVE:
        raise OwnerLeadsTheInitiative(
            _("%(name)s leder initiativet. En gevinst ejes af en leder i driften.")
            % {"name": person.name}
        )
    if bar is Bar.NOT_A_LEADER:
        raise OwnerNotInLine(
            _(
                "%(name)s leder ingen enhed. En gevinst ejes af en leder i driften, som stadig er "
                "der, når initiativet er slut."
            )
            % {"name": person.name}
        )


def _keep(benefit: Benefit, answer: Answer, person: Any, actor: Actor, reason: str = "") -> None:
    OwnershipAnswer.objects.create(
        organisation_id=benefit.organisation_id,
        benefit=benefit,
        answer=answer.value,
        person=person,
        person_name=person.name[:160],
        by_name=actor.name[:160],
        at=clock.now(),
        reason=reason,
    )
