"""How a take-out agreement moves from not decided to booked, and what is written down around it."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.benefits.actions.held import refuse_lapsed, require_there, with_reason
from hoest.domain.benefits.actions.standing import record_standing
from hoest.domain.benefits.actions.takeout import held_agreement
from hoest.domain.benefits.models import (
    Benefit,
    HarvestDecision,
    StaffInvolvement,
    TakeoutAgreement,
    TakeoutExperience,
    TakeoutStep,
)
from hoest.domain.benefits.permissions import HARVEST, INVOLVE_STAFF, PREPARE_TAKEOUT
from hoest.domain.benefits.queries import benefit_of
from hoest.domain.benefits.queries import takeout as queries
from hoest.domain.benefits.rules.faults import (
    AlreadyWithdrawn,
    TakeoutBeforeBaseline,
    TakeoutCannotGoThere,
    TakeoutIsNotWhole,
)
from hoest.domain.benefits.rules.takeout import (
    COUNTING,
    NEXT,
    TakeoutKind,
    TakeoutStatus,
    lacks,
)
from hoest.domain.organisations.queries import unit_of
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.forms.versions import check_version
from hoest.foundation.provenance.actions import entered_by

LONGEST_DECISION = 300


@transaction.atomic
def move_takeout(
    *,
    actor: Actor,
    agreement_id: int,
    version: int,
    status: str,
    on: dt.date,
    by_name: str = "",
    reference: str = "",
    note: str = "",
    knowing: bool = False,
) -> TakeoutAgreement:
    """Give an agreement its next status; decided or booked makes its harvest decisions, once.

    `by_name` and `reference` say who decided and where it stands. Raises TakeoutCannotGoThere,
    TakeoutIsNotWhole, ChangedMeanwhile; and TakeoutBeforeBaseline for a saving that comes before
    baseline or staff involvement, unless the actor does so `knowing` it (then it is written down).
    """
    agreement, benefit = held_agreement(actor, agreement_id)
    wanted = TakeoutStatus(status)
    require_there(actor, HARVEST if wanted in COUNTING else PREPARE_TAKEOUT, benefit)
    refuse_lapsed(benefit)
    if agreement.withdrawn_on is not None:
        raise AlreadyWithdrawn(_("Aftalen er trukket tilbage. Skriv en ny."))
    check_version(agreement, version, {"status": wanted.value})
    before = TakeoutStatus(agreement.status)
    _check_step(agreement, before, wanted, on)
    is_first = wanted in COUNTING and before not in COUNTING
    by, where = " ".join(by_name.split()), " ".join(reference.split())
    lacking: tuple[str, ...] = ()
    if is_first:
        lacking = _check_decision(agreement, benefit, on, by, where, knowing)
        agreement.decided_on, agreement.decided_by_name, agreement.reference = on, by, where
    agreement.status = wanted.value
    agreement.version += 1
    agreement.save()
    TakeoutStep.objects.create(
        organisation_id=actor.organisation_id,
        agreement=agreement,
        status=wanted,
        on=on,
        by_name=by or actor.name,
        note=" ".join(note.split())[:300],
        lacked=list(lacking),
        recorded_by_name=actor.name,
        recorded_at=clock.now(),
    )
    if is_first:
        _take_home(actor, agreement)
    facts = {"status": content.label("takeout_status", wanted, "da"), "on": on}
    called = f"{benefit.title}: {agreement.model_label}"
    record(actor, "benefits.move_takeout", agreement, called=called, **facts)
    record_standing(actor=actor, benefit_ids=[benefit.pk], because="benefits.move_takeout")
    return queries.agreement_of(actor, agreement_id)


def _check_step(
    agreement: TakeoutAgreement, before: TakeoutStatus, wanted: TakeoutStatus, on: dt.date
) -> None:
    if wanted not in NEXT[before]:
        raise TakeoutCannotGoThere(
            _("Aftalen er %(before)s og kan ikke blive %(wanted)s.")
            % {
                "before": content.label("takeout_status", before).lower(),
                "wanted": content.label("takeout_status", wanted).lower(),
            }
        )
    if on > clock.today():
        raise TakeoutIsNotWhole(_("Datoen er ikke kommet endnu. Skriv dagen, det blev besluttet."))
    if wanted is TakeoutStatus.BOOKED and agreement.decided_on and on < agreement.decided_on:
        raise TakeoutIsNotWhole(_("Aftalen kan ikke være indregnet, før den blev besluttet."))


def _check_decision(
    agreement: TakeoutAgreement,
    benefit: Benefit,
    on: dt.date,
    by: str,
    where: str,
    knowing: bool,
) -> tuple[str, ...]:
    """Return what was lacking on the day (G-07). Raises when nobody knows of it."""
    if not by or not where:
        raise TakeoutIsNotWhole(_("Skriv, hvem der besluttede det, og hvor det står."))
    base = agreement.base
    if base is not None and base.decided_on is not None and on < base.decided_on:
        raise TakeoutIsNotWhole(_("Et nyt lag kan ikke være besluttet før den aftale, det ændrer."))
    if agreement.kind == TakeoutKind.QUALITY_KEPT or agreement.base_id is not None:
        return ()
    days = queries.involved_days(benefit.organisation_id, [benefit.initiative_id])
    lacking = lacks(on, benefit.baseline_on, days.get(benefit.initiative_id, ()))
    if lacking and not knowing:
        raise TakeoutBeforeBaseline(
            _("Der spares, før baseline og inddragelse er på plads. Se advarslen nedenfor."),
            lacking,
        )
    return lacking


def _take_home(actor: Actor, agreement: TakeoutAgreement) -> None:
    """Make the harvest decisions of an agreement: one for each year that it changes."""
    is_hours = TakeoutKind(agreement.kind).measure == "hours"
    # A decided agreement has its day: the database holds it.
    decided_on = cast("dt.date", agreement.decided_on)
    amounts = {year: a for year, a in queries.layer_of(agreement).amounts.items() if a}
    last = max(queries.layer_of(agreement).amounts, default=None)
    decision = f"{agreement.decided_by_name}, {agreement.reference}"[:LONGEST_DECISION]
    source = entered_by(actor, _("Hjemtagningsaftale besluttet")) if amounts else None
    for year, amount in sorted(amounts.items()):
        HarvestDecision.objects.create(
            organisation_id=actor.organisation_id,
            benefit_id=agreement.benefit_id,
            agreement=agreement,
            decided_on=decided_on,
            decision=decision,
            year=year,
            amount_dkk=None if is_hours else amount,
            price_level=None if is_hours else agreement.price_level,
            hours=amount if is_hours else None,
            budget_place="" if is_hours else place_of(agreement),
            named_use=agreement.named_use if is_hours else "",
            goes_on=agreement.is_lasting and year == last,
            recorded_by_name=actor.name,
            recorded_at=clock.now(),
            source=source,
        )


def place_of(agreement: TakeoutAgreement) -> str:
    """Say the budget place of an agreement with its account string."""
    if not agreement.account:
        return agreement.budget_place
    return f"{agreement.budget_place} ({agreement.account})"[:200]


@transaction.atomic
def involve_staff(
    *, actor: Actor, benefit_id: int, on: dt.date, form: str, told: str = ""
) -> StaffInvolvement:
    """Write down that the staff of a benefit's initiative were involved on a day, and how."""
    benefit = benefit_of(actor, benefit_id)
    require_there(actor, INVOLVE_STAFF, benefit, or_owner=True)
    if on > clock.today():
        raise TakeoutIsNotWhole(_("Datoen er ikke kommet endnu. Skriv den dag, I talte sammen."))
    if form not in content.codes("involvement_form"):
        raise TakeoutIsNotWhole(_("Vælg, hvordan medarbejderne blev inddraget."))
    made = StaffInvolvement.objects.create(
        organisation_id=actor.organisation_id,
        initiative_id=benefit.initiative_id,
        on=on,
        form=form,
        told=" ".join(told.split())[:400],
        recorded_by_name=actor.name,
        recorded_at=clock.now(),
        source=entered_by(actor, _("Inddragelse skrevet i Høst")),
    )
    record(actor, "benefits.involve_staff", made, called=benefit.initiative.title, on=on)
    return made


@transaction.atomic
def withdraw_involvement(*, actor: Actor, involvement_id: int, reason: str) -> StaffInvolvement:
    """Withdraw an involvement that was not so, with a reason; it stays readable."""
    found = queries.involvement_of(actor, involvement_id)
    unit_id = found.initiative.unit_id
    require(actor, INVOLVE_STAFF, unit_id)
    held = StaffInvolvement.objects.select_for_update().get(pk=found.pk)
    if held.withdrawn_on is not None:
        raise AlreadyWithdrawn(_("Inddragelsen er allerede trukket tilbage."))
    held.withdrawn_on, held.withdrawn_reason = clock.today(), with_reason(reason)
    held.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    record(
        actor,
        "benefits.withdraw_involvement",
        held,
        called=found.initiative.title,
        reason=held.withdrawn_reason,
    )
    return held


@transaction.atomic
def log_experience(
    *, actor: Actor, unit_id: int, on: dt.date, told: str, agreement_id: int | None = None
) -> TakeoutExperience:
    """Write down what a unit learned when something was taken home there."""
    unit: Any = unit_of(actor, unit_id)
    require(actor, PREPARE_TAKEOUT, unit.pk)
    clean = " ".join(told.split())[:600]
    if not clean:
        raise TakeoutIsNotWhole(_("Skriv, hvad der skete, og hvad andre kan lære af det."))
    if on > clock.today():
        raise TakeoutIsNotWhole(_("Datoen er ikke kommet endnu. Skriv en dag, der er gået."))
    agreement = None if agreement_id is None else queries.agreement_of(actor, agreement_id)
    made = TakeoutExperience.objects.create(
        organisation_id=actor.organisation_id,
        unit=unit,
        agreement=agreement,
        on=on,
        told=clean,
        recorded_by_name=actor.name,
        recorded_at=clock.now(),
        source=entered_by(actor, _("Erfaring skrevet i Høst")),
    )
    record(actor, "benefits.log_experience", made, called=unit.name, on=on)
    return made


@transaction.atomic
def withdraw_experience(*, actor: Actor, experience_id: int, reason: str) -> TakeoutExperience:
    """Withdraw an experience with a reason; it is no longer shown on the unit's page."""
    found = queries.experience_by_id(actor, experience_id)
    require(actor, PREPARE_TAKEOUT, found.unit_id)
    held = TakeoutExperience.objects.select_for_update().get(pk=found.pk)
    if held.withdrawn_on is not None:
        raise AlreadyWithdrawn(_("Erfaringen er allerede trukket tilbage."))
    held.withdrawn_on, held.withdrawn_reason = clock.today(), with_reason(reason)
    held.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    record(
        actor,
        "benefits.withdraw_experience",
        held,
        called=found.unit.name,
        reason=held.withdrawn_reason,
    )
    return held
