"""The pulse: give an answer. What is answered is counted, and who answered is kept apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from hoest.domain.evidence.models import PulseCount, PulseGiven
from hoest.domain.evidence.permissions import GIVE_PULSE, SHARE_SERIES
from hoest.domain.evidence.rules.pulse import PulseAnswer, round_of
from hoest.domain.organisations import queries as organisations
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Fault


class AlreadyAnswered(Fault):
    """A person answers once in a half-year."""


@transaction.atomic
def give_pulse(*, actor: Actor, answer: PulseAnswer) -> None:
    """Count an answer for the actor's department. Raises NotAllowed, AlreadyAnswered.

    The history is not told of it: the order of acts would tie a person to a change of the counts.
    """
    if not allowed_somewhere(actor, GIVE_PULSE) or actor.person_id is None:
        require(actor, GIVE_PULSE)
    on = round_of(clock.today())
    own: dict[str, Any] = {"organisation_id": actor.organisation_id, "round_on": on}
    _given, is_new = PulseGiven.objects.get_or_create(**own, person_id=actor.person_id or 0)
    if not is_new:
        raise AlreadyAnswered(_("Du har svaret i dette halvår. Svaret kan ikke ses eller ændres."))
    group = {**own, "unit_id": _department(actor), "answer": answer}
    row, _made = PulseCount.objects.get_or_create(**group)
    PulseCount.objects.filter(organisation_id=actor.organisation_id, pk=row.pk).update(
        count=F("count") + 1
    )


@transaction.atomic
def adopt_round(
    *, actor: Actor, round_on: dt.date, counts: Mapping[tuple[int | None, PulseAnswer], int]
) -> None:
    """Put in the counts of a half-year that was asked elsewhere, by department and answer."""
    require(actor, SHARE_SERIES)
    on = round_of(round_on)
    made = PulseCount.objects.bulk_create(
        PulseCount(
            organisation_id=actor.organisation_id,
            round_on=on,
            unit_id=unit_id,
            answer=answer,
            count=count,
        )
        for (unit_id, answer), count in counts.items()
    )
    if made:
        record(actor, "evidence.adopt_pulse", made[0], called=f"{on}", round_on=on)


def _department(actor: Actor) -> int | None:
    """Return the top unit the actor belongs to, None for the whole municipality."""
    person = organisations.herself(actor)
    unit = person.unit if person is not None else None
    if unit is None:
        return None
    above = organisations.path_of(unit)
    return above[0].pk if above else unit.pk
