"""Noting what an effect estimate says of a benefit: its grade, its verdict, and since when.

The estimate itself belongs to a higher subject; the benefit keeps what its figures are to be
called and what the ladder stands on. The version is left alone, so that nobody who writes in a
form is turned away by an estimate that came meanwhile.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.benefits.actions.held import held, require_there
from hoest.domain.benefits.actions.standing import record_standing
from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.permissions import ESTIMATE_EFFECT
from hoest.domain.benefits.rules import MethodGrade, Verdict
from hoest.domain.benefits.rules.faults import EffectNotSensible
from hoest.domain.benefits.rules.proof import NotedEffect, allows, noted
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.actions import record


@transaction.atomic
def note_effect(
    *,
    actor: Actor,
    benefit_id: int,
    grade: int,
    verdict: str,
    on: dt.date,
    shown_on: dt.date | None = None,
) -> Benefit:
    """Note the last estimate of a benefit; the same one twice is one act.

    `on` is the day of the estimate, `shown_on` since when the effect is shown in the wished
    direction: None takes the rung Påvist away again. A lapsed benefit keeps its last estimate and
    may get another. Raises EffectNotSensible, NotAllowed, NotFound.
    """
    benefit = held(actor, benefit_id)
    require_there(actor, ESTIMATE_EFFECT, benefit)
    effect = NotedEffect(int(grade), str(verdict), on, shown_on)
    if on > clock.today() or not allows(effect):
        raise EffectNotSensible(
            _("Et skøn kan kun kalde en effekt vist, når der er sammenlignet med nogen.")
        )
    before = noted(
        benefit.effect_grade, benefit.effect_verdict, benefit.effect_on, benefit.effect_shown_on
    )
    if effect == before:
        return benefit
    # A plain update: the version is what an open form refuses on, and no form is about this.
    Benefit.objects.filter(organisation_id=actor.organisation_id, pk=benefit.pk).update(
        effect_grade=effect.grade,
        effect_verdict=effect.verdict,
        effect_on=effect.on,
        effect_shown_on=effect.shown_on,
        changed_at=clock.now(),
    )
    benefit.refresh_from_db(
        fields=["effect_grade", "effect_verdict", "effect_on", "effect_shown_on", "changed_at"]
    )
    taken_away = before is not None and before.shown_on is not None and shown_on is None
    act = "benefits.effect_not_seen_now" if taken_away else "benefits.note_effect"
    record(
        actor,
        act,
        benefit,
        estimated_on=on.isoformat(),
        before="" if before is None else _said(before),
        after=_said(effect),
    )
    record_standing(actor=actor, benefit_ids=[benefit.pk], because=act)
    return benefit


def _said(effect: NotedEffect) -> str:
    grade = content.label("method_grade", MethodGrade(effect.grade).code, "da")
    return f"{grade} · {content.label('effect_verdict', Verdict(effect.verdict).code, 'da')}"
