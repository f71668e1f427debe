"""Asking Statistics Denmark: a table's description and its rows, over the guarded door.

The server must stand on the operator's list of sources (HOEST_SOURCE_HOSTS). Source: StatBank API
v1, licence CC BY 4.0 with the source named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote

from django.utils.translation import gettext as _

from hoest.domain.evidence.models import Series, StatbankTable
from hoest.domain.evidence.rules.statbank import (
    CODE,
    NotATable,
    Table,
    question_for,
    read_table,
)
from hoest.foundation.faults import Fault
from hoest.foundation.fetching import web
from hoest.foundation.fetching.faults import CannotFetch

BASE = "https://api.statbank.dk/v1"
# All 98 municipalities over 40 years of months are about 47,000 rows of 30 bytes.
MOST_BYTES = 20_000_000
SECONDS = 30.0


class TableNotFit(Fault):
    """The table is unknown, or it has no municipalities or no time."""


def describe(code: str) -> Table:
    """Return what a table holds. Raises TableNotFit, CannotFetch, AddressNotAllowed."""
    clean = code.strip().upper()
    if not CODE.fullmatch(clean):
        raise TableNotFit(_("Et tabelnavn er bogstaver og tal, for eksempel FOLK1A."))
    answer = web.ask(
        f"{BASE}/tableinfo/{quote(clean)}?lang=da&format=JSON",
        headers={"Accept": "application/json"},
        net=_net(),
    )
    if answer.status in (400, 404):
        raise TableNotFit(_("Danmarks Statistik kender ikke tabellen %(code)s.") % {"code": clean})
    if answer.status != 200:
        raise CannotFetch(_("Danmarks Statistik svarede %(status)s.") % {"status": answer.status})
    try:
        return read_table(answer.as_json())
    except NotATable as broken:
        raise TableNotFit(
            _("Tabellen %(code)s har ingen kommuner eller ingen tid, så den kan ikke bruges her.")
            % {"code": clean}
        ) from broken


def rows_text(table: Table, selection: Mapping[str, str]) -> str:
    """Return the rows of a table as they were answered. Raises TableNotFit, CannotFetch."""
    try:
        question = question_for(table, selection)
    except NotATable as missing:
        raise TableNotFit(_("Vælg en værdi for hver af tabellens variable.")) from missing
    answer = web.ask(f"{BASE}/data", headers={"Accept": "text/csv, */*"}, send=question, net=_net())
    if answer.status != 200:
        raise CannotFetch(_("Danmarks Statistik svarede %(status)s.") % {"status": answer.status})
    try:
        return answer.body.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        raise CannotFetch(_("Svaret fra Danmarks Statistik kan ikke læses.")) from broken


def statbank_of(series: Series) -> StatbankTable | None:
    """Return the table a series is read from, None when it is from elsewhere."""
    return StatbankTable.objects.filter(
        organisation_id=series.organisation_id, series=series
    ).first()


def _net() -> web.Net:
    return replace(web.NET, most_bytes=MOST_BYTES, seconds=max(web.NET.seconds, SECONDS))
