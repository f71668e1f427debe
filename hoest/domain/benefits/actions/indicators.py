"""More indicators of a benefit: name one, and record its series; a correction keeps the old."""

from __future__ import annotations

from decimal import Decimal
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.benefits.actions.held import held, refuse_lapsed, require_there, unit_id_of
from hoest.domain.benefits.actions.series import Recorded, whole
from hoest.domain.benefits.models import Indicator, IndicatorValue
from hoest.domain.benefits.permissions import CHANGE_BENEFITS, MEASURE
from hoest.domain.benefits.queries.indicators import indicator_of, indicator_values_by_day
from hoest.domain.benefits.rules.series import read_series
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Fault


class IndicatorFields(TypedDict, total=False):
    """What a person writes about one more indicator."""

    indicator: str
    measure_unit: str
    baseline_value: Decimal | None
    target_value: Decimal | None
    frequency: str


class IndicatorThere(Fault):
    """The benefit has an indicator of that name."""


@transaction.atomic
def add_indicator(*, actor: Actor, benefit_id: int, fields: IndicatorFields) -> Indicator:
    """Follow one more indicator. Raises IndicatorThere, BenefitHasLapsed, NotAllowed."""
    benefit = held(actor, benefit_id)
    require(actor, CHANGE_BENEFITS, unit_id_of(benefit))
    refuse_lapsed(benefit)
    name = " ".join(fields["indicator"].split())
    known = Indicator.objects.filter(
        organisation_id=actor.organisation_id, benefit=benefit, indicator__iexact=name
    )
    if known.exists() or benefit.indicator.casefold() == name.casefold():
        raise IndicatorThere(_("Gevinsten har allerede en indikator med det navn."))
    made = Indicator.objects.create(
        organisation_id=actor.organisation_id, benefit=benefit, **{**fields, "indicator": name}
    )
    record(actor, "benefits.add_indicator", benefit, name=name)
    return made


@transaction.atomic
def record_indicator(
    *, actor: Actor, indicator_id: int, text: str, origin: str = "", reason: str = ""
) -> Recorded:
    """Record one value or a whole series of an indicator, or none of it.

    Raises SeriesNotWhole, BenefitHasLapsed, NotAllowed, NotFound.
    """
    indicator = indicator_of(actor, indicator_id)
    benefit = held(actor, indicator.benefit_id)
    require_there(actor, MEASURE, benefit, or_owner=True)
    refuse_lapsed(benefit)
    why = " ".join(reason.split())[:300]
    series = whole(read_series(text, clock.today(), indicator_values_by_day(indicator)), why)
    corrections = series.having("corrects")
    IndicatorValue.objects.filter(
        organisation_id=actor.organisation_id,
        indicator=indicator,
        withdrawn_at__isnull=True,
        on__in=[row.on for row in corrections],
    ).update(withdrawn_at=clock.now(), withdrawn_reason=why)
    wanted = [*series.having("new"), *corrections]
    IndicatorValue.objects.bulk_create(
        IndicatorValue(
            organisation_id=actor.organisation_id,
            indicator=indicator,
            on=row.on,
            value=row.value,
            origin=" ".join(origin.split())[:300],
            recorded_by_name=actor.name[:160],
            recorded_at=clock.now(),
        )
        for row in wanted
    )
    done = Recorded(len(series.having("new")), len(corrections), len(series.having("same")), series)
    if wanted:
        record(
            actor,
            "benefits.measure_indicator",
            benefit,
            name=indicator.indicator,
            new=done.new,
            corrected=done.corrected,
            reason=why,
        )
    return done
