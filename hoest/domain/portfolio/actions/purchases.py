"""Writes of small purchases: ask, mend, say yes or no."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.portfolio.models import Purchase
from hoest.domain.portfolio.permissions import ASK_PURCHASE, DECIDE_PURCHASE
from hoest.domain.portfolio.queries.purchases import purchase_of
from hoest.domain.portfolio.rules.purchases import Lacking, PurchaseState, lacking
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import today
from hoest.foundation.faults import Fault, NotAllowed
from hoest.foundation.forms.versions import check_version
from hoest.ui import formats


class PurchaseFields(TypedDict, total=False):
    """What a person writes about a purchase; unit and core task are rows."""

    title: str
    solves: str
    value_for_citizens: str
    value_for_staff: str
    core_task: Any
    unit: Any
    amount_dkk: Decimal


class PurchaseIsAnswered(Fault):
    """Somebody has said yes or no."""


class PurchaseIsHeldBack(Fault):
    """The purchase does not say which task it serves, or for whom it is better."""


class OwnPurchase(Fault):
    """Whoever asks does not answer."""


class AnswerNeedsReason(Fault):
    """A no has a reason."""


class PurchaseIsNotSmall(Fault):
    """The amount is beyond what this form is for."""


@transaction.atomic
def ask_purchase(*, actor: Actor, fields: PurchaseFields) -> Purchase:
    """Ask for a purchase. Without task and value it is kept and held back."""
    require(actor, ASK_PURCHASE, fields["unit"].pk)
    _refuse_large(fields["amount_dkk"])
    made = Purchase.objects.create(
        organisation_id=actor.organisation_id,
        price_level_year=today().year,
        asked_on=today(),
        asked_by_id=actor.person_id,
        asked_by_name=actor.name[:160],
        **fields,
    )
    record(actor, "portfolio.ask_purchase", made, title=made.title)
    return made


@transaction.atomic
def change_purchase(
    *, actor: Actor, purchase_id: int, version: int, fields: PurchaseFields
) -> Purchase:
    """Mend a purchase nobody has answered. Who asked may, and who may answer it."""
    held = _unanswered(actor, purchase_id, version)
    if held.asked_by_id != actor.person_id and not allowed(actor, DECIDE_PURCHASE, held.unit_id):
        raise NotAllowed(_("Kun den, der beder om købet, og den, der svarer, kan rette det."))
    changes = {name: value for name, value in fields.items() if getattr(held, name) != value}
    if not changes:
        return held
    if "unit" in changes:
        require(actor, ASK_PURCHASE, changes["unit"].pk)  # type: ignore[attr-defined]
    _refuse_large(fields["amount_dkk"])
    before = {name: getattr(held, name) for name in changes}
    _change(held, **changes)
    record(actor, "portfolio.change_purchase", held, before=before, after=changes)
    return held


@transaction.atomic
def answer_purchase(
    *, actor: Actor, purchase_id: int, version: int, says_yes: bool, reason: str = ""
) -> Purchase:
    """Say yes or no. Raises OwnPurchase, PurchaseIsHeldBack, AnswerNeedsReason."""
    held = _unanswered(actor, purchase_id, version)
    require(actor, DECIDE_PURCHASE, held.unit_id)
    if held.asked_by_id == actor.person_id:
        raise OwnPurchase(_("Du har selv bedt om købet. En anden skal svare."))
    missing = lacking_of(held)
    if says_yes and missing:
        raise PurchaseIsHeldBack(_("Købet holdes tilbage: %(why)s.") % {"why": in_words(missing)})
    said = " ".join(reason.split())[:300]
    if not says_yes and not said:
        raise AnswerNeedsReason(_("Skriv, hvorfor svaret er nej."))
    state = PurchaseState.APPROVED if says_yes else PurchaseState.DECLINED
    _change(
        held,
        state=state.value,
        decided_by_id=actor.person_id,
        decided_by_name=actor.name[:160],
        decided_on=today(),
        decision_reason=said,
    )
    record(actor, "portfolio.answer_purchase", held, answer=state.value, reason=said)
    return held


def lacking_of(purchase: Purchase) -> list[Lacking]:
    """Return what holds a purchase back."""
    return lacking(
        purchase.core_task_id is not None, purchase.value_for_citizens, purchase.value_for_staff
    )


def in_words(missing: list[Lacking]) -> str:
    """Say what holds a purchase back, as the middle of a sentence."""
    words = {
        Lacking.CORE_TASK: _("det peger ikke på en kerneopgave"),
        Lacking.VALUE: _("det siger ikke, hvem det bliver bedre for"),
    }
    return _(" og ").join(words[one] for one in missing)


def _refuse_large(amount: Decimal) -> None:
    most = content.limit("small_purchase_dkk")
    if amount > most:
        raise PurchaseIsNotSmall(
            _("Et lille køb er højst %(most)s. Opret et initiativ og en business case i stedet.")
            % {"most": formats.kroner(most)}
        )


def _unanswered(actor: Actor, purchase_id: int, version: int) -> Purchase:
    found = purchase_of(actor, purchase_id)
    held = Purchase.objects.select_for_update(of=("self",)).get(pk=found.pk)
    check_version(held, version, {})
    if held.state != PurchaseState.ASKED.value:
        raise PurchaseIsAnswered(_("Der er svaret på købet."))
    return held


def _change(held: Purchase, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(held, name, value)
    held.version += 1
    fields = [name.removesuffix("_id") if name == "decided_by_id" else name for name in changes]
    held.save(update_fields=[*fields, "version", "changed_at"])
