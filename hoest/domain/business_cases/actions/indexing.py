"""Keeping the municipality's price index: a year at a time, each with its source."""

from __future__ import annotations

from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hoest.domain.business_cases.models import PriceIndexYear
from hoest.domain.business_cases.permissions import KEEP_INDEX
from hoest.domain.business_cases.rules import (
    IndexLacksYear,
    IndexYearExists,
    check_index_year,
    check_whole_index,
    missing_index_years,
)
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Conflict, NotFound


@transaction.atomic
def set_index_year(
    *, actor: Actor, year: int, change_share: Decimal, source_text: str, version: int = 0
) -> PriceIndexYear:
    """Write a year of the price index, or change it; `version` is the one read, 0 for a new year.

    `change_share` is the change from the year before (0.032 = 3.2 %). Raises IndexYearNotSensible,
    IndexYearExists, IndexLacksYear naming the year missing between, Conflict, NotAllowed.
    """
    require(actor, KEEP_INDEX)
    said = " ".join(source_text.split())
    check_index_year(year, change_share, said)
    kept = _held(actor)
    check_whole_index({*kept, year})
    row = kept.get(year)
    if row is not None and not version:
        raise IndexYearExists(
            _("%(year)s står i prisindekset allerede. Åbn året i tabellen for at rette det.")
            % {"year": year}
        )
    if (row.version if row else 0) != version:
        raise _written_meanwhile(year)
    before = row.change_share if row else None
    if row is None:
        row = PriceIndexYear(organisation_id=actor.organisation_id, year=year)
    else:
        row.version += 1
    row.change_share, row.source_text = change_share, said
    row.recorded_by_name, row.recorded_at = actor.name[:160], clock.now()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as fault:  # somebody made the first row of the same year meanwhile
        raise _written_meanwhile(year) from fault
    record(
        actor,
        "business_cases.set_index_year",
        row,
        called=_called(year),
        change_share=change_share,
        before=before,
        source=said,
    )
    return row


@transaction.atomic
def remove_index_year(*, actor: Actor, year: int, version: int) -> None:
    """Remove the first or the last year of the price index; what it was stands in the history.

    Raises IndexLacksYear for a year in the middle, NotFound, Conflict, NotAllowed.
    """
    require(actor, KEEP_INDEX)
    kept = _held(actor)
    row = kept.pop(year, None)
    if row is None:
        raise NotFound(_("Året står ikke i prisindekset."))
    if row.version != version:
        raise _written_meanwhile(year)
    if missing_index_years(kept):
        raise IndexLacksYear(
            _("%(year)s står midt i prisindekset. Fjern årene før eller efter det først.")
            % {"year": year}
        )
    record(
        actor,
        "business_cases.remove_index_year",
        row,
        called=_called(year),
        change_share=row.change_share,
        source=row.source_text,
    )
    row.delete()


def _held(actor: Actor) -> dict[int, PriceIndexYear]:
    """Return the years of the index, locked. Read again after the lock: others may have written."""
    rows = PriceIndexYear.objects.filter(organisation_id=actor.organisation_id)
    list(rows.select_for_update().values_list("pk"))
    return {row.year: row for row in rows}


def _called(year: int) -> str:
    return _("%(year)s i prisindekset") % {"year": year}


def _written_meanwhile(year: int) -> Conflict:
    return Conflict(
        _("En anden har rettet %(year)s i prisindekset imens. Se tallet, og prøv igen.")
        % {"year": year}
    )
