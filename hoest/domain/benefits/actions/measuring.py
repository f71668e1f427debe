"""Measuring: record a value, and take it back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.benefits.actions.held import held, refuse_lapsed, require_there, with_reason
from hoest.domain.benefits.actions.reminding import measured_now
from hoest.domain.benefits.actions.standing import record_standing
from hoest.domain.benefits.models import Benefit, Measurement
from hoest.domain.benefits.permissions import MEASURE
from hoest.domain.benefits.queries import measurement_of
from hoest.domain.benefits.rules.faults import (
    AlreadyWithdrawn,
    MeasuredAlready,
    MeasuredInTheFuture,
)
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.actions import record
from hoest.foundation.provenance.actions import entered_by
from hoest.ui.formats import long_date, number


@transaction.atomic
def measure(
    *,
    actor: Actor,
    benefit_id: int,
    on: dt.date,
    value: Decimal,
    origin: str = "",
    measured_by: str = "",
    by_agreed_method: bool = True,
    request_key: str = "",
) -> Measurement:
    """Record a measurement, in the indicator's unit.

    The same `request_key` with the same answer is the same act; with another answer it is a
    correction of what was saved, and is refused in words as long as that stands.
    Raises MeasuredInTheFuture, MeasuredAlready (with what stands), BenefitHasLapsed.
    """
    benefit = held(actor, benefit_id)
    require_there(actor, MEASURE, benefit, or_owner=True)
    origin = " ".join(origin.split())[:300]
    known = _saved_by(benefit, request_key)
    if known is not None:
        answer = (on, value, origin, by_agreed_method)
        if answer == (known.on, known.value, known.origin, known.by_agreed_method):
            return known
        _set_form_free(known, benefit)
    refuse_lapsed(benefit)
    if on > clock.today():
        raise MeasuredInTheFuture(_("Datoen er ikke kommet endnu. Skriv den dag, der blev målt."))
    standing = benefit.measurements.filter(on=on, withdrawn_at__isnull=True).first()
    if standing is not None:
        raise MeasuredAlready(
            _(
                "Der står allerede en måling for %(day)s: %(value)s %(unit)s. Vælg en anden dag, "
                "eller træk den tilbage først."
            )
            % _what_stands(standing, benefit),
            standing.pk,
        )
    measurement = Measurement.objects.create(
        organisation_id=actor.organisation_id,
        benefit=benefit,
        on=on,
        value=value,
        by_agreed_method=by_agreed_method,
        origin=origin,
        measured_by=(" ".join(measured_by.split()) or actor.name)[:160],
        recorded_by_name=actor.name,
        recorded_at=clock.now(),
        request_key=request_key[:64],
        source=entered_by(actor, _("Måling registreret i Høst")),
    )
    record(actor, "benefits.measure", benefit, on=on, value=value, measurement=measurement.pk)
    measured_now(actor, benefit.pk)
    record_standing(actor=actor, benefit_ids=[benefit.pk], because="benefits.measure")
    return measurement


@transaction.atomic
def withdraw_measurement(*, actor: Actor, measurement_id: int, reason: str) -> Measurement:
    """Take a measurement back with a reason; it stays readable. Raises AlreadyWithdrawn."""
    found = measurement_of(actor, measurement_id)
    benefit = held(actor, found.benefit_id)
    require_there(actor, MEASURE, benefit, or_owner=True)
    measurement = Measurement.objects.select_for_update().get(pk=found.pk)
    if measurement.withdrawn_at is not None:
        raise AlreadyWithdrawn(_("Målingen er allerede trukket tilbage."))
    measurement.withdrawn_at = clock.now()
    measurement.withdrawn_reason = with_reason(reason)
    measurement.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    record(
        actor,
        "benefits.withdraw_measurement",
        benefit,
        on=measurement.on,
        value=measurement.value,
        reason=measurement.withdrawn_reason,
    )
    record_standing(actor=actor, benefit_ids=[benefit.pk], because="benefits.withdraw_measurement")
    return measurement


def _saved_by(benefit: Benefit, request_key: str) -> Measurement | None:
    if not request_key:
        return None
    return Measurement.objects.filter(
        organisation_id=benefit.organisation_id, benefit=benefit, request_key=request_key[:64]
    ).first()


def _set_form_free(known: Measurement, benefit: Benefit) -> None:
    """Let a form be sent again with what is right, once what it saved is withdrawn."""
    if known.withdrawn_at is None:
        raise MeasuredAlready(
            _(
                "Skemaet er allerede gemt med %(value)s %(unit)s for %(day)s. "
                "Træk den måling tilbage først, hvis den skal rettes."
            )
            % _what_stands(known, benefit),
            known.pk,
        )
    known.request_key = ""
    known.save(update_fields=["request_key"])


def _what_stands(measurement: Measurement, benefit: Benefit) -> dict[str, str]:
    return {
        "day": long_date(measurement.on),
        "value": number(measurement.value, _decimals(measurement.value)),
        "unit": benefit.measure_unit,
    }


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
