"""Taking a benefit home: decide, withdraw the decision, confirm a level; give up and take up."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.benefits.actions.held import (
    change,
    held,
    refuse_lapsed,
    require_there,
    with_reason,
)
from hoest.domain.benefits.actions.pools import release_all
from hoest.domain.benefits.actions.standing import record_standing
from hoest.domain.benefits.models import Benefit, HarvestDecision, LevelConfirmation
from hoest.domain.benefits.permissions import CONFIRM_LEVEL, HARVEST, LAPSE
from hoest.domain.benefits.queries import decision_of
from hoest.domain.benefits.rules import LEVEL_TYPES
from hoest.domain.benefits.rules.faults import (
    AlreadyWithdrawn,
    BenefitHasLapsed,
    ConfirmedAlready,
    DecisionHasAnAgreement,
    DecisionIsNotWhole,
    DisbenefitIsNotHarvested,
    NotALevel,
    NotTheOwner,
)
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.actions import record
from hoest.foundation.provenance.actions import entered_by

LARGEST_DKK, LARGEST_HOURS = Decimal(10) ** 13, Decimal(10) ** 9
FIRST_YEAR, LAST_YEAR = 1990, 2100


@transaction.atomic
def decide_harvest(
    *,
    actor: Actor,
    benefit_id: int,
    decided_on: dt.date,
    decision: str,
    year: int,
    amount_dkk: Decimal | None = None,
    price_level: int | None = None,
    hours: Decimal | None = None,
    budget_place: str = "",
    named_use: str = "",
) -> HarvestDecision:
    """Record a decision that takes a benefit home for one year: kroner off a budget, or hours.

    Kroner need a budget place and a price level; hours need a named use; both may stand in one
    decision and are never added. Raises DecisionIsNotWhole, BenefitHasLapsed.
    """
    benefit = held(actor, benefit_id)
    require_there(actor, HARVEST, benefit)
    refuse_lapsed(benefit)
    _refuse_disbenefit(benefit)
    _check(decided_on, decision, year, amount_dkk, price_level, hours, budget_place, named_use)
    made = HarvestDecision.objects.create(
        organisation_id=actor.organisation_id,
        benefit=benefit,
        decided_on=decided_on,
        decision=" ".join(decision.split()),
        year=year,
        amount_dkk=amount_dkk,
        price_level=price_level if amount_dkk is not None else None,
        hours=hours,
        budget_place=" ".join(budget_place.split()),
        named_use=" ".join(named_use.split()),
        recorded_by_name=actor.name,
        recorded_at=clock.now(),
        source=entered_by(actor, _("Indhøstning registreret i Høst")),
    )
    record(
        actor,
        "benefits.decide_harvest",
        benefit,
        decision=made.decision,
        year=year,
        amount_dkk=amount_dkk,
        hours=hours,
    )
    record_standing(actor=actor, benefit_ids=[benefit.pk], because="benefits.decide_harvest")
    return made


def _check(
    decided_on: dt.date,
    decision: str,
    year: int,
    amount_dkk: Decimal | None,
    price_level: int | None,
    hours: Decimal | None,
    budget_place: str,
    named_use: str,
) -> None:
    faults = [
        (
            decided_on > clock.today(),
            _("Datoen er ikke kommet endnu. Skriv dagen, det blev besluttet."),
        ),
        (not decision.strip(), _("Skriv, hvem der besluttede det, og hvor det står.")),
        (not FIRST_YEAR <= year <= LAST_YEAR, _("Skriv det budgetår, det gælder, fx 2027.")),
        (
            amount_dkk is None and hours is None,
            _("Skriv, hvor mange kroner eller timer der tages hjem."),
        ),
        (
            amount_dkk is not None and not 0 < amount_dkk < LARGEST_DKK,
            _("Beløbet skal være større end nul."),
        ),
        (
            amount_dkk is not None and not budget_place.strip(),
            _("Skriv, hvilket sted i budgettet pengene tages fra. Ellers er de ikke taget hjem."),
        ),
        (
            amount_dkk is not None
            and (price_level is None or not FIRST_YEAR <= price_level <= LAST_YEAR),
            _("Skriv, hvilket års pris- og lønniveau beløbet står i."),
        ),
        (
            hours is not None and not 0 < hours < LARGEST_HOURS,
            _("Timerne skal være større end nul."),
        ),
        (
            hours is not None and not named_use.strip(),
            _("Skriv, hvad timerne nu bruges til. Frigjort tid uden anvendelse er ikke høstet."),
        ),
    ]
    for is_wrong, sentence in faults:
        if is_wrong:
            raise DecisionIsNotWhole(sentence)


@transaction.atomic
def withdraw_harvest(*, actor: Actor, decision_id: int, reason: str) -> HarvestDecision:
    """Withdraw a decision with a reason; it stays readable and no longer counts."""
    found = decision_of(actor, decision_id)
    benefit = held(actor, found.benefit_id)
    require_there(actor, HARVEST, benefit)
    decision = HarvestDecision.objects.select_for_update().get(pk=found.pk)
    if decision.withdrawn_on is not None:
        raise AlreadyWithdrawn(_("Beslutningen er allerede trukket tilbage."))
    if decision.agreement_id is not None:
        raise DecisionHasAnAgreement(
            _("Beslutningen hører til en hjemtagningsaftale. Træk aftalen tilbage i stedet.")
        )
    decision.withdrawn_on = clock.today()
    decision.withdrawn_reason = with_reason(reason)
    decision.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    record(
        actor,
        "benefits.withdraw_harvest",
        benefit,
        decision=decision.decision,
        reason=decision.withdrawn_reason,
    )
    record_standing(actor=actor, benefit_ids=[benefit.pk], because="benefits.withdraw_harvest")
    return decision


@transaction.atomic
def confirm_level(*, actor: Actor, benefit_id: int) -> LevelConfirmation:
    """Confirm today that the level holds: as its owner, or as a controller who does not own it.

    Both must do it on two different days. Raises NotALevel, NotTheOwner, ConfirmedAlready.
    """
    benefit = held(actor, benefit_id)
    require_there(actor, CONFIRM_LEVEL, benefit, or_owner=True)
    refuse_lapsed(benefit)
    _refuse_disbenefit(benefit)
    if benefit.benefit_type not in LEVEL_TYPES:
        raise NotALevel(_("Kroner og timer bekræftes ikke; de tages hjem ved en beslutning."))
    is_owner = benefit.owner_id is not None and benefit.owner_id == actor.person_id
    if not is_owner and "controller" not in actor.roles:
        raise NotTheOwner(_("Kun gevinstens ejer og en controller kan bekræfte niveauet."))
    role = "owner" if is_owner else "controller"
    confirmation, made = LevelConfirmation.objects.get_or_create(
        organisation_id=actor.organisation_id,
        benefit=benefit,
        role=role,
        on=clock.today(),
        defaults={
            "person_id": actor.person_id,
            "person_name": actor.name,
            "source": entered_by(actor, _("Niveau bekræftet i Høst")),
        },
    )
    if not made:
        raise ConfirmedAlready(
            _("Niveauet er bekræftet i dag. Bekræft igen en anden dag, når det stadig holder.")
        )
    record(actor, "benefits.confirm_level", benefit, role=role)
    record_standing(actor=actor, benefit_ids=[benefit.pk], because="benefits.confirm_level")
    return confirmation


@transaction.atomic
def lapse(*, actor: Actor, benefit_id: int, reason: str) -> Benefit:
    """Give a benefit up with a reason; it stays visible beside the ladder."""
    benefit = held(actor, benefit_id)
    require_there(actor, LAPSE, benefit)
    refuse_lapsed(benefit)
    change(benefit, lapsed_on=clock.today(), lapse_reason=with_reason(reason))
    release_all(benefit, _("Gevinsten er bortfaldet"))
    record(actor, "benefits.lapse", benefit, reason=benefit.lapse_reason)
    record_standing(actor=actor, benefit_ids=_with_siblings(benefit), because="benefits.lapse")
    return benefit


@transaction.atomic
def unlapse(*, actor: Actor, benefit_id: int, reason: str) -> Benefit:
    """Take a given-up benefit up again with a reason; its facts put it where they put it."""
    benefit = held(actor, benefit_id)
    require_there(actor, LAPSE, benefit)
    if benefit.lapsed_on is None:
        raise BenefitHasLapsed(_("Gevinsten er ikke bortfaldet."))
    why, before = with_reason(reason), benefit.lapse_reason
    change(benefit, lapsed_on=None, lapse_reason="")
    record(actor, "benefits.unlapse", benefit, reason=why, former_reason=before)
    record_standing(actor=actor, benefit_ids=_with_siblings(benefit), because="benefits.unlapse")
    return benefit


def _with_siblings(benefit: Benefit) -> list[int]:
    """Return the benefit and those that name the same line: one given up leaves it to the next."""
    if not benefit.line_key:
        return [benefit.pk]
    return list(
        Benefit.objects.filter(
            organisation_id=benefit.organisation_id,
            initiative_id=benefit.initiative_id,
            line_key=benefit.line_key,
        ).values_list("pk", flat=True)
    )


def _refuse_disbenefit(benefit: Benefit) -> None:
    if benefit.is_disbenefit:
        raise DisbenefitIsNotHarvested(
            _("En ulempe tages aldrig hjem. Den måles, så den ikke bliver større end ventet.")
        )
