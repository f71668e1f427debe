"""Reading a series from a table of Statistics Denmark: connect it, read it, read it again.

What was read stays with its date. A reading that fails keeps the old values and says so.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.evidence.actions.series import GivenPoint, add_points
from hoest.domain.evidence.models import Series, SeriesLoad, StatbankTable
from hoest.domain.evidence.permissions import KEEP_SERIES
from hoest.domain.evidence.queries.series import series_of
from hoest.domain.evidence.queries.statbank import TableNotFit, describe, rows_text, statbank_of
from hoest.domain.evidence.rules import Origin, Step, first_day
from hoest.domain.evidence.rules.naming import read_period
from hoest.domain.evidence.rules.statbank import NotATable, Read, Table, read_rows
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Fault

MOST_DIGITS = 4


@transaction.atomic
def connect_table(
    *, actor: Actor, series_id: int, code: str, selection: Mapping[str, str], is_on: bool
) -> StatbankTable:
    """Say which table a series is read from. Raises NotAllowed, TableNotFit, CannotFetch."""
    series = _held(actor, series_id)
    table = describe(code)
    place, time = table.place, table.time
    assert place is not None
    assert time is not None
    wanted = {one.code: selection.get(one.code, "") for one in table.others}
    for one in table.others:
        if wanted[one.code] not in {value for value, _text in one.values}:
            raise TableNotFit(_("Vælg en værdi for »%(name)s«.") % {"name": one.text})
    made, _new = StatbankTable.objects.update_or_create(
        organisation_id=actor.organisation_id,
        series=series,
        defaults={
            "table": table.code[:20],
            "selection": wanted,
            "place_variable": place.code[:40],
            "time_variable": time.code[:40],
            "is_on": is_on,
            "content": "",
            "updated_there_on": None,
            "read_at": None,
            "fault": "",
        },
    )
    record(actor, "evidence.connect_table", series, table=made.table, selection=wanted)
    return made


@transaction.atomic
def read_series_table(*, actor: Actor, series_id: int) -> StatbankTable:
    """Read the table of a series. A fault is written on the table; what stands is kept.

    A table that was not updated there since it was read is not read again.
    """
    series = _held(actor, series_id)
    table = statbank_of(series)
    if table is None:
        raise TableNotFit(_("Serien hentes ikke fra en tabel."))
    try:
        with transaction.atomic():
            _read(actor, series, table)
        table.fault = ""
    except Fault as fault:
        table.fault = str(fault)[:400]
    table.version += 1
    table.save(
        update_fields=["fault", "content", "read_at", "updated_there_on", "version", "changed_at"]
    )
    return table


def _read(actor: Actor, series: Series, kept: StatbankTable) -> None:
    table = describe(kept.table)
    is_fresh = bool(kept.content) and kept.updated_there_on == table.updated_on
    if is_fresh and table.updated_on is not None:
        kept.read_at = clock.now()
        return
    text = rows_text(table, kept.selection)
    try:
        rows = read_rows(text, table)
    except NotATable as broken:
        raise TableNotFit(
            _("Svaret fra Danmarks Statistik har ikke den form, det skal have.")
        ) from broken
    given = _given(actor, series, rows)
    if not given:
        raise TableNotFit(_("Tabellen har ingen kommuner med perioder af seriens længde."))
    load = _added(actor, series, table, given, text)
    kept.content, kept.read_at, kept.updated_there_on = text, clock.now(), table.updated_on
    record(actor, "evidence.read_table", series, table=table.code, new=load.new)


def _added(
    actor: Actor, series: Series, table: Table, given: list[GivenPoint], text: str
) -> SeriesLoad:
    return add_points(
        actor=actor,
        series_id=series.pk,
        given=given,
        origin=Origin.STATBANK,
        source=_("Danmarks Statistik, tabel %(code)s: %(text)s")
        % {"code": table.code, "text": table.text},
        source_on=table.updated_on,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def _given(actor: Actor, series: Series, rows: list[Read]) -> list[GivenPoint]:
    """Return the values of municipalities in periods of the series; the rest is left out."""
    step, today = Step(series.step), clock.today()
    names = {one.code.lstrip("0"): one.name for one in content.municipalities()}
    own = actor.organisation_name.casefold().removesuffix(" kommune")
    periods: dict[str, dt.date | None] = {}
    given = []
    for row in rows:
        name = names.get(row.place.lstrip("0"))
        if name is None:
            continue
        if row.time not in periods:
            named = read_period(row.time)
            fits = named is not None and named.step == step and first_day(named.on, step) <= today
            periods[row.time] = named.on if named is not None and fits else None
        on = periods[row.time]
        if on is None:
            continue
        given.append(
            GivenPoint(
                name,
                on,
                round(row.value, MOST_DIGITS),
                is_elsewhere=name.casefold().removesuffix(" kommune") != own,
            )
        )
    return given


def _held(actor: Actor, series_id: int) -> Series:
    found = series_of(actor, series_id)
    if found.unit is not None:
        require(actor, KEEP_SERIES, found.unit.pk)
    elif not allowed_somewhere(actor, KEEP_SERIES):
        require(actor, KEEP_SERIES)
    return Series.objects.select_for_update(of=("self",)).select_related("unit").get(pk=found.pk)
