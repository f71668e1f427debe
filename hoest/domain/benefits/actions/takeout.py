"""Taking home by agreement: write it, change it while it is open, add a layer, withdraw it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.benefits.actions.held import held, refuse_lapsed, require_there, with_reason
from hoest.domain.benefits.actions.standing import record_standing
from hoest.domain.benefits.actions.takeout_fields import (
    Amounts,
    TakeoutFields,
    check_values,
    values_of,
)
from hoest.domain.benefits.models import (
    Benefit,
    TakeoutAgreement,
    TakeoutAmount,
    TakeoutStep,
)
from hoest.domain.benefits.permissions import HARVEST, PREPARE_TAKEOUT
from hoest.domain.benefits.queries import takeout as queries
from hoest.domain.benefits.rules.faults import (
    AlreadyWithdrawn,
    LayerIsOpen,
    TakeoutIsDecided,
    TakeoutIsNotWhole,
)
from hoest.domain.benefits.rules.takeout import (
    COUNTING,
    Layer,
    TakeoutKind,
    TakeoutStatus,
    difference,
    effects_of,
    whole_oere,
)
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.actions import record
from hoest.foundation.forms.versions import check_version
from hoest.foundation.provenance.actions import entered_by

OF_LAYER = (
    *("kind", "unit_id", "budget_place", "account", "named_use", "price_level", "is_lasting"),
    *("model", "model_label", "basis", "take_share", "unit_carries_share", "bank_share"),
    *("expenditure_dkk", "body_id"),
)
"""What a layer has from the agreement it is upon: it changes amounts, not the agreement."""


@transaction.atomic
def write_takeout(
    *, actor: Actor, benefit_id: int, fields: TakeoutFields, amounts: Amounts
) -> TakeoutAgreement:
    """Write an agreement down; it does not count before it is decided.

    `amounts` are per year in the measure of the kind: kroner or hours. Raises TakeoutIsNotWhole.
    """
    benefit = held(actor, benefit_id)
    require_there(actor, PREPARE_TAKEOUT, benefit)
    refuse_lapsed(benefit)
    values = values_of(fields)
    check_values(values, amounts)
    made = _create(actor, benefit, values, amounts)
    record(actor, "benefits.write_takeout", made, called=_called(made), benefit=benefit)
    return made


@transaction.atomic
def change_takeout(
    *, actor: Actor, agreement_id: int, version: int, fields: TakeoutFields, amounts: Amounts
) -> TakeoutAgreement:
    """Change an agreement that is not decided; its kind stays.

    Raises TakeoutIsDecided, ChangedMeanwhile, TakeoutIsNotWhole.
    """
    agreement, benefit = held_agreement(actor, agreement_id)
    require_there(actor, PREPARE_TAKEOUT, benefit)
    refuse_lapsed(benefit)
    refuse_decided(agreement)
    if agreement.base_id is not None:
        raise TakeoutIsDecided(_("Et lag rettes ikke. Træk det tilbage, og skriv et nyt."))
    values = values_of({**fields, "kind": agreement.kind})
    check_values(values, amounts)
    before = {name: getattr(agreement, name) for name in values}
    check_version(agreement, version, values)
    for name, value in values.items():
        setattr(agreement, name, value)
    agreement.version += 1
    agreement.save()
    agreement.amounts.all().delete()
    _write_amounts(agreement, amounts)
    after = {name: value for name, value in values.items() if before[name] != value}
    record(actor, "benefits.change_takeout", agreement, called=_called(agreement), after=after)
    return queries.agreement_of(actor, agreement_id)


@transaction.atomic
def add_layer(*, actor: Actor, agreement_id: int, wanted: Amounts, reason: str) -> TakeoutAgreement:
    """Change a decided agreement by a layer upon it: `wanted` is what shall be taken from now on.

    What is kept is the difference to what stands, so that layers add up. One layer may wait for
    its decision at a time. Raises LayerIsOpen, TakeoutIsNotWhole, ReasonMissing.
    """
    agreement, benefit = held_agreement(actor, agreement_id)
    require_there(actor, PREPARE_TAKEOUT, benefit)
    refuse_lapsed(benefit)
    root, chain = _root_of(agreement)
    measure = TakeoutKind(root.kind).measure
    if not queries.stands(root) or not measure:
        raise TakeoutIsNotWhole(_("Kun en besluttet aftale om kroner eller timer får et nyt lag."))
    if any(one.status not in COUNTING and one.withdrawn_on is None for one in chain):
        raise LayerIsOpen(_("Et andet lag venter på sin beslutning. Beslut det først."))
    layers = queries.standing_layers(chain)
    changed = difference({year: whole_oere(amount) for year, amount in wanted.items()}, layers)
    _check_change(changed, [*layers, Layer(changed, root.is_lasting)])
    values = {name: getattr(root, name) for name in OF_LAYER}
    made = _create(actor, benefit, values, changed, base=root, reason=with_reason(reason))
    record(actor, "benefits.add_takeout_layer", made, called=_called(made), reason=made.reason)
    return made


def _check_change(changed: Amounts, after: Sequence[Layer]) -> None:
    """Raise TakeoutIsNotWhole for a layer that changes nothing or leaves less than something."""
    years = {year for layer in after for year in layer.amounts}
    standing = effects_of(after, years).values()
    faults = [
        (not any(changed.values()), _("Beløbene er de samme som før. Skriv, hvad der ændres.")),
        (any(amount < 0 for amount in standing), _("Der kan ikke tages mindre end nul et år.")),
        (not any(standing), _("Så er der intet tilbage. Træk aftalen tilbage i stedet.")),
    ]
    for is_wrong, sentence in faults:
        if is_wrong:
            raise TakeoutIsNotWhole(sentence)


@transaction.atomic
def withdraw_takeout(*, actor: Actor, agreement_id: int, reason: str) -> TakeoutAgreement:
    """Withdraw an agreement, the layers upon it and their harvest decisions, with one reason.

    All stay readable. Raises AlreadyWithdrawn, ReasonMissing.
    """
    agreement, benefit = held_agreement(actor, agreement_id)
    is_decided = agreement.status in COUNTING
    require_there(actor, HARVEST if is_decided else PREPARE_TAKEOUT, benefit)
    if agreement.withdrawn_on is not None:
        raise AlreadyWithdrawn(_("Aftalen er allerede trukket tilbage."))
    why = with_reason(reason)
    root, chain = _root_of(agreement)
    for one in reversed(chain):
        falls = one.pk == agreement.pk or (
            one.number > agreement.number and (is_decided or agreement.pk == root.pk)
        )
        if falls and one.withdrawn_on is None:
            _withdraw(one, why)
    agreement.refresh_from_db()
    record(actor, "benefits.withdraw_takeout", agreement, called=_called(agreement), reason=why)
    record_standing(actor=actor, benefit_ids=[benefit.pk], because="benefits.withdraw_takeout")
    return agreement


def _withdraw(agreement: TakeoutAgreement, why: str) -> None:
    today = clock.today()
    for decision in agreement.decisions.filter(withdrawn_on__isnull=True):
        decision.withdrawn_on, decision.withdrawn_reason = today, why
        decision.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    agreement.withdrawn_on, agreement.withdrawn_reason = today, why
    agreement.version += 1
    agreement.save(update_fields=["withdrawn_on", "withdrawn_reason", "version", "changed_at"])


def held_agreement(actor: Actor, agreement_id: int) -> tuple[TakeoutAgreement, Benefit]:
    """Return an agreement and its benefit, both locked for change. Raises NotFound."""
    found = queries.agreement_of(actor, agreement_id)
    benefit = held(actor, found.benefit_id)
    TakeoutAgreement.objects.select_for_update().only("id").get(pk=found.pk)
    return queries.agreement_of(actor, agreement_id), benefit


def refuse_decided(agreement: TakeoutAgreement) -> None:
    """Raise TakeoutIsDecided when an agreement can no longer change."""
    if agreement.withdrawn_on is not None:
        raise AlreadyWithdrawn(_("Aftalen er trukket tilbage. Skriv en ny."))
    if agreement.status in COUNTING:
        raise TakeoutIsDecided(_("Aftalen er besluttet og kan ikke rettes. Skriv et nyt lag."))


def _root_of(agreement: TakeoutAgreement) -> tuple[TakeoutAgreement, list[TakeoutAgreement]]:
    chain = queries.chain_of(agreement)
    return next(one for one in chain if one.base_id is None), chain


def _called(agreement: TakeoutAgreement) -> str:
    return f"{agreement.benefit.title}: {agreement.model_label}"


def _create(
    actor: Actor,
    benefit: Benefit,
    values: dict[str, Any],
    amounts: Amounts,
    **more: Any,
) -> TakeoutAgreement:
    made = TakeoutAgreement.objects.create(
        organisation_id=actor.organisation_id,
        benefit=benefit,
        number=queries.next_agreement_number(benefit),
        recorded_by_name=actor.name,
        recorded_at=clock.now(),
        source=entered_by(actor, _("Hjemtagningsaftale skrevet i Høst")),
        **values,
        **more,
    )
    _write_amounts(made, amounts)
    TakeoutStep.objects.create(
        organisation_id=actor.organisation_id,
        agreement=made,
        status=TakeoutStatus.UNDECIDED,
        on=clock.today(),
        by_name=actor.name,
        recorded_by_name=actor.name,
        recorded_at=clock.now(),
    )
    return made


def _write_amounts(agreement: TakeoutAgreement, amounts: Amounts) -> None:
    column = "hours" if TakeoutKind(agreement.kind).measure == "hours" else "amount_dkk"
    TakeoutAmount.objects.bulk_create(
        TakeoutAmount(
            organisation_id=agreement.organisation_id,
            agreement=agreement,
            year=year,
            **{column: whole_oere(amount)},
        )
        for year, amount in sorted(amounts.items())
    )
