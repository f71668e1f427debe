"""Putting a table into a series: pasted, from a file, or from a benefit's own measurements.

Whole or not at all, and only as it was shown: a value that was corrected meanwhile is shown again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.benefits import queries as benefits
from hoest.domain.benefits.queries.indicators import indicator_of, indicator_values_by_day
from hoest.domain.evidence.actions.series import GivenPoint, add_points
from hoest.domain.evidence.models import Place, Series, SeriesLoad
from hoest.domain.evidence.queries.reading import Look, look_at
from hoest.domain.evidence.queries.series import series_of
from hoest.domain.evidence.rules import Origin, Step, first_day
from hoest.foundation.access.actor import Actor
from hoest.foundation.faults import Fault


class TableHasFaults(Fault):
    """A line cannot be read, or a place is not explained; nothing is written."""


class StandsOtherwise(Fault):
    """What would be corrected is not what was shown."""


class NothingToTake(Fault):
    """There are no values to take."""


@transaction.atomic
def put_table(
    *,
    actor: Actor,
    series_id: int,
    text: str,
    answers: Mapping[str, str],
    source: str,
    origin: Origin = Origin.FILE,
    source_on: dt.date | None = None,
    seen: str | None = None,
) -> SeriesLoad:
    """Put a table into a series, whole or not at all.

    `answers` says what unknown names mean; `seen` is what `Look.seen` was when it was shown. Raises
    NotAllowed, NotFound, TableHasFaults, StandsOtherwise, NothingToTake.
    """
    series = series_of(actor, series_id)
    Series.objects.select_for_update().only("id").get(pk=series.pk)
    look = look_at(actor, series, text, answers)
    _refuse(look, seen)
    named = {one.name.casefold(): one for one in look.places}
    return add_points(
        actor=actor,
        series_id=series.pk,
        given=[
            GivenPoint(
                one.place,
                one.on,
                one.value,
                named[one.place.casefold()].unit_id,
                named[one.place.casefold()].is_elsewhere,
            )
            for one in look.values
        ],
        origin=origin,
        source=source,
        source_on=source_on,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def _refuse(look: Look, seen: str | None) -> None:
    if look.faults or look.unknown:
        raise TableHasFaults(_("Noget kan ikke læses. Intet er gemt."))
    if not look.values:
        raise NothingToTake(_("Der er ingen værdier at gemme."))
    if seen is not None and seen != look.seen:
        raise StandsOtherwise(
            _("En værdi er rettet, siden du så tabellen. Se den igen, før du gemmer.")
        )


@transaction.atomic
def take_measurements(
    *, actor: Actor, series_id: int, benefit_id: int, indicator_id: int | None = None
) -> SeriesLoad:
    """Copy a benefit's own measurements, or one of its indicators', into a series.

    The place is the benefit's unit. Of several measurements in a period the last one counts. Raises
    NotAllowed, NotFound, NothingToTake.
    """
    series = series_of(actor, series_id)
    benefit = benefits.benefit_of(actor, benefit_id)
    unit = benefit.unit or benefit.initiative.unit
    name = benefit.indicator or benefit.title
    if indicator_id is None:
        by_day = benefits.values_by_day(benefit)
    else:
        indicator = indicator_of(actor, indicator_id)
        by_day, name = indicator_values_by_day(indicator), indicator.indicator
    last: dict[dt.date, Decimal] = {}
    for day in sorted(by_day):
        last[first_day(day, Step(series.step))] = by_day[day]
    if not last:
        raise NothingToTake(_("Gevinsten har ingen målinger endnu."))
    place = Place.objects.filter(organisation_id=actor.organisation_id, unit=unit).first()
    return add_points(
        actor=actor,
        series_id=series.pk,
        given=[
            GivenPoint(place.name if place else unit.name, on, value, unit.pk)
            for on, value in last.items()
        ],
        origin=Origin.MEASURED,
        source=_("%(name)s, målt på gevinsten »%(title)s«")
        % {"name": name, "title": benefit.title},
    )
