"""What every act on a benefit begins with: the row, locked, and the right to act there."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hoest.domain.benefits import queries
from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.rules.faults import BenefitHasLapsed, ReasonMissing
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import Permission, allowed_somewhere, require


def held(actor: Actor, benefit_id: int) -> Benefit:
    """Return a visible benefit, locked for change. Raises NotFound."""
    benefit = queries.benefit_of(actor, benefit_id)
    Benefit.objects.select_for_update().only("id").get(pk=benefit.pk)
    return queries.benefit_of(actor, benefit_id)


def unit_id_of(benefit: Benefit) -> int:
    """Return the unit a benefit belongs to: its own, else the initiative's."""
    unit_id: int = benefit.unit_id or benefit.initiative.unit_id
    return unit_id


def require_there(
    actor: Actor, wanted: Permission, benefit: Benefit, *, or_owner: bool = False
) -> None:
    """Require a permission in the benefit's unit, or (with `or_owner`) as its owner anywhere."""
    is_owner = benefit.owner_id is not None and benefit.owner_id == actor.person_id
    if or_owner and is_owner and allowed_somewhere(actor, wanted):
        return
    require(actor, wanted, unit_id_of(benefit))


def refuse_lapsed(benefit: Benefit) -> None:
    """Raise BenefitHasLapsed when the benefit was given up."""
    if benefit.lapsed_on is not None:
        raise BenefitHasLapsed(
            _("Gevinsten er bortfaldet. Tag den op igen, før du skriver mere på den.")
        )


def with_reason(reason: str) -> str:
    """Return the reason without outer spaces. Raises ReasonMissing when it is empty."""
    clean = " ".join(reason.split())
    if not clean:
        raise ReasonMissing(_("Skriv hvorfor, så andre kan forstå det senere."))
    return clean[:300]


def change(benefit: Benefit, **changes: object) -> None:
    """Write some fields of a benefit and grow its version."""
    for name, value in changes.items():
        setattr(benefit, name, value)
    benefit.version += 1
    benefit.save(update_fields=[*changes, "version", "changed_at"])
