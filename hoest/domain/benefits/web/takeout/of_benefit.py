"""What the page of a benefit says of taking it home: its agreements, and staff involvement."""

from __future__ import annotations

from typing import Any

from hoest.domain.benefits.actions.held import unit_id_of
from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.permissions import INVOLVE_STAFF, PREPARE_TAKEOUT
from hoest.domain.benefits.queries import takeout
from hoest.domain.benefits.web.takeout.shown import agreement_line
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere


def of_benefit(actor: Actor, benefit: Benefit) -> dict[str, Any]:
    """Return what the page's template needs."""
    unit_id = unit_id_of(benefit)
    is_owner = benefit.owner_id is not None and benefit.owner_id == actor.person_id
    rows = takeout.with_agreement_rows(benefit.agreements.all())
    facts = takeout.involvements_of(benefit.organisation_id, benefit.initiative_id)
    involves = allowed(actor, INVOLVE_STAFF, benefit.initiative.unit_id)
    return {
        "agreements": [agreement_line(one) for one in rows],
        "involvements": [
            {"fact": one, "form": content.label("involvement_form", one.form)} for one in facts
        ],
        "may_prepare_takeout": allowed(actor, PREPARE_TAKEOUT, unit_id),
        "may_involve": allowed(actor, INVOLVE_STAFF, unit_id)
        or (is_owner and allowed_somewhere(actor, INVOLVE_STAFF)),
        "may_withdraw_involvement": involves,
    }
