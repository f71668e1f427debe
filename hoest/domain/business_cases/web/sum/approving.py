"""Who may approve a case, and why: the mandate that covers what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hoest.domain.business_cases import queries
from hoest.domain.business_cases.rules import CaseLineFigures
from hoest.domain.business_cases.rules.mandates import amount_to_approve
from hoest.domain.business_cases.web.words import language
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.ui import formats


@dataclass(frozen=True)
class MandateWords:
    """Who may approve what a case costs, in a sentence, and why the line is drawn there."""

    sentence: str
    reason: str


def mandate_words(lines: Sequence[CaseLineFigures]) -> MandateWords:
    """Say who may approve these lines, and why."""
    mandate = queries.mandate_of(lines)
    who = [content.label("role", role).lower() for role in mandate.roles]
    joined = who[0] if len(who) == 1 else ", ".join(who[:-1]) + _(" eller ") + who[-1]
    sentence = _("Udgifterne er %(amount)s i alt. Det kan godkendes af: %(who)s.") % {
        "amount": formats.kroner_short(amount_to_approve(lines), language()),
        "who": joined,
    }
    return MandateWords(sentence, mandate.reason)


def covers(actor: Actor, unit_id: int, lines: Sequence[CaseLineFigures]) -> bool:
    """Tell whether the actor's roles cover what the lines cost."""
    roles = {
        grant.role for grant in actor.grants if grant.unit_id is None or unit_id in grant.unit_ids
    }
    return actor.is_system or queries.mandate_of(lines).allows(roles)
