"""What the importer does with benefits: make, fill in or leave rows from a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.benefits.actions.profile import keep_the_promise
from hoest.domain.benefits.actions.standing import record_standing
from hoest.domain.benefits.models import Benefit, HarvestDecision, Measurement
from hoest.domain.benefits.permissions import MEASURE
from hoest.domain.benefits.rules.faults import KeyTaken, MeasuredInTheFuture
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.imports.adoption import Adoption, fill, known
from hoest.foundation.provenance.models import Source

SAME_DECISION = ("decided_on", "decision", "year", "budget_place", "named_use")


@transaction.atomic
def adopt_benefit(
    *, actor: Actor, key: str, values: dict[str, Any], source: Source, source_place: str
) -> Adoption[Benefit]:
    """Make, fill in or leave a benefit from a file; `values` are field names of the model.

    An owner that has answered in Høst is not asked again by a file. The importer checks the
    permission once for the whole file and keeps the audit of it.
    """
    found = Benefit.objects.filter(organisation_id=actor.organisation_id, key=key).first()
    if found is None:
        made = Benefit.objects.create(
            organisation_id=actor.organisation_id,
            key=key,
            source=source,
            source_place=source_place,
            **known(values),
        )
        return Adoption(made, was_made=True)
    if values.get("initiative_id") not in (None, found.initiative_id):
        raise KeyTaken(
            f"Nøglen {key} bruges af gevinsten »{found.title}« i et andet initiativ. "
            "Giv gevinsten i regnearket en anden nøgle."
        )
    if values.get("line_key") not in (None, "", found.line_key) and found.line_key:
        keep_the_promise(found)
    same_owner = values.get("owner_id") in (None, found.owner_id)
    if same_owner and found.owner_accepted_on:
        values = {k: v for k, v in values.items() if not k.startswith("owner_accepted")}
    return fill(found, values)


def adopt_measurement(
    *,
    actor: Actor,
    benefit: Benefit,
    on: dt.date,
    values: dict[str, Any],
    source: Source,
    source_place: str,
) -> Adoption[Measurement]:
    """Make or leave the measurement of a day from a file.

    A measurement is final: another value for the day withdraws the former, with the file as the
    reason, and stands beside it.
    """
    standing = Measurement.objects.filter(
        organisation_id=actor.organisation_id, benefit=benefit, on=on, withdrawn_at__isnull=True
    ).first()
    if standing is not None and standing.value == values["value"]:
        return Adoption(standing)
    also: tuple[Adoption[Measurement], ...] = ()
    if standing is not None:
        before = {"withdrawn_at": None, "withdrawn_reason": ""}
        standing.withdrawn_at = clock.now()
        standing.withdrawn_reason = f"Rettet i {source.title}"[:300]
        standing.save(update_fields=list(before))
        also = (Adoption(standing, before=before),)
    withdrawn = Measurement.objects.filter(
        organisation_id=actor.organisation_id, benefit=benefit, on=on, value=values["value"]
    ).first()
    if withdrawn is not None and not also:
        # Somebody took it back in Høst; an old file does not bring it again.
        return Adoption(withdrawn)
    made = Measurement.objects.create(
        organisation_id=actor.organisation_id,
        benefit=benefit,
        on=on,
        source=source,
        source_place=source_place,
        recorded_at=clock.now(),
        recorded_by_name=actor.name,
        **known(values),
    )
    return Adoption(made, was_made=True, also=also)


class Taken(NamedTuple):
    """One measurement of a series; the value is in the unit of the benefit's indicator."""

    benefit_id: int
    on: dt.date
    value: Decimal
    origin: str = ""
    measured_by: str = ""


@transaction.atomic
def adopt_measurements(
    *, actor: Actor, taken: Sequence[Taken], source: Source
) -> list[Measurement]:
    """Record many measurements of one source at once: one statement, one act, one standing each.

    For series that somebody has measured already. The database refuses a second one for a day
    (IntegrityError). Raises NotAllowed, MeasuredInTheFuture.
    """
    require(actor, MEASURE)
    if any(one.on > clock.today() for one in taken):
        raise MeasuredInTheFuture(_("Datoen er ikke kommet endnu. Skriv den dag, der blev målt."))
    made = Measurement.objects.bulk_create(
        (
            Measurement(
                organisation_id=actor.organisation_id,
                benefit_id=one.benefit_id,
                on=one.on,
                value=one.value,
                origin=one.origin[:300],
                measured_by=one.measured_by[:160],
                recorded_by_name=actor.name,
                recorded_at=clock.now(),
                source=source,
            )
            for one in taken
        ),
        batch_size=1000,
    )
    touched = sorted({one.benefit_id for one in taken})
    record(actor, "benefits.adopt_measurements", source, measurements=len(made), benefits=touched)
    record_standing(actor=actor, benefit_ids=touched, because="benefits.adopt_measurements")
    return made


def adopt_harvest(
    *, actor: Actor, benefit: Benefit, values: dict[str, Any], source: Source, source_place: str
) -> Adoption[HarvestDecision]:
    """Make or leave a harvest decision from a file: the same decision twice is one.

    A decision is final, so one whose kroner or hours the file has changed is withdrawn and made
    anew; it is the same when day, reference, year, budget place and use are.
    """
    found = HarvestDecision.objects.filter(
        organisation_id=actor.organisation_id, benefit=benefit, withdrawn_on__isnull=True, **values
    ).first()
    if found is not None:
        return Adoption(found)
    withdrawn = HarvestDecision.objects.filter(
        organisation_id=actor.organisation_id, benefit=benefit, **values
    ).first()
    if withdrawn is not None:
        # Somebody took it back in Høst; an old file does not bring it again.
        return Adoption(withdrawn)
    former = _withdraw_former(actor, benefit, values, source)
    made = HarvestDecision.objects.create(
        organisation_id=actor.organisation_id,
        benefit=benefit,
        source=source,
        source_place=source_place,
        recorded_at=clock.now(),
        recorded_by_name=actor.name,
        **values,
    )
    return Adoption(made, was_made=True, also=former)


def _withdraw_former(
    actor: Actor, benefit: Benefit, values: dict[str, Any], source: Source
) -> tuple[Adoption[HarvestDecision], ...]:
    """Withdraw the decision that a changed row of a file takes the place of."""
    same = {name: values[name] for name in SAME_DECISION}
    standing = list(
        HarvestDecision.objects.filter(
            organisation_id=actor.organisation_id,
            benefit=benefit,
            withdrawn_on__isnull=True,
            source__kind="file",
            **same,
        )
    )
    if len(standing) != 1 or standing[0].source_id == source.pk:
        return ()
    former = standing[0]
    before = {"withdrawn_on": None, "withdrawn_reason": ""}
    former.withdrawn_on = clock.today()
    former.withdrawn_reason = f"Rettet i {source.title}"[:300]
    former.save(update_fields=list(before))
    return (Adoption(former, before=before),)
