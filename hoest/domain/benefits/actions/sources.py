"""Sources of measurements: write down, read or try, and say so when it fails.

A reading is a series like one that somebody pastes: whole or not at all, corrections keep the old
value, and each value carries the source as its origin. The owner hears the first time it fails.
"""

from __future__ import annotations

from typing import Any, TypedDict

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.benefits import queries
from hoest.domain.benefits.actions.held import held, refuse_lapsed, unit_id_of
from hoest.domain.benefits.actions.series import record_series
from hoest.domain.benefits.models import MeasurementSource, SourceRun
from hoest.domain.benefits.permissions import KEEP_SOURCES
from hoest.domain.benefits.queries.sources import lines_from, source_of
from hoest.domain.benefits.rules.series import Series, read_series
from hoest.domain.benefits.rules.sources import SourceKind
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Fault
from hoest.foundation.fetching.secrets_kept import seal
from hoest.foundation.fetching.web import NET, checked
from hoest.foundation.forms.versions import check_version
from hoest.foundation.messages.actions import danish, queue, withdraw

MOST_LINES_SHOWN = 20


class SourceFields(TypedDict, total=False):
    """What a person writes about a source. `secret` is kept encrypted; None leaves it as it is."""

    kind: str
    name: str
    place: str
    rows_at: str
    day_field: str
    value_field: str
    secret_header: str
    secret: str | None
    is_on: bool


@transaction.atomic
def add_source(*, actor: Actor, benefit_id: int, fields: SourceFields) -> MeasurementSource:
    """Write down where a benefit's measurements are read. Raises AddressNotAllowed, NotAllowed."""
    benefit = held(actor, benefit_id)
    require(actor, KEEP_SOURCES, unit_id_of(benefit))
    refuse_lapsed(benefit)
    values = _values(fields)
    made = MeasurementSource.objects.create(
        organisation_id=actor.organisation_id, benefit=benefit, **values
    )
    record(actor, "benefits.add_source", benefit, name=made.name, place=made.place)
    return made


@transaction.atomic
def change_source(
    *, actor: Actor, source_id: int, version: int, fields: SourceFields
) -> MeasurementSource:
    """Change a source. Raises ChangedMeanwhile, AddressNotAllowed, NotAllowed, NotFound."""
    found = source_of(actor, source_id)
    benefit = held(actor, found.benefit_id)
    require(actor, KEEP_SOURCES, unit_id_of(benefit))
    source = MeasurementSource.objects.select_for_update().get(pk=found.pk)
    values = _values(fields)
    check_version(source, version, values)
    if values.get("place", source.place) != source.place and "sealed_secret" not in values:
        # A secret belongs to the place it was written for; another place never gets it.
        values["sealed_secret"] = ""
    for name, value in values.items():
        setattr(source, name, value)
    source.version += 1
    source.save(update_fields=[*values, "version", "changed_at"])
    record(actor, "benefits.change_source", benefit, name=source.name, place=source.place)
    return source


@transaction.atomic
def ask_for_run(*, actor: Actor, source_id: int, is_try: bool) -> SourceRun:
    """Note that a reading is asked for; the caller lets a job do it."""
    source = source_of(actor, source_id)
    require(actor, KEEP_SOURCES, unit_id_of(queries.benefit_of(actor, source.benefit_id)))
    return SourceRun.objects.create(
        organisation_id=actor.organisation_id,
        source=source,
        at=clock.now(),
        is_try=is_try,
        asked_by_name=actor.name[:160],
    )


@transaction.atomic
def carry_out(*, actor: Actor, run_id: int) -> SourceRun:
    """Read a source as a run asks for, and note what came of it; a run that is done stays so."""
    run = (
        SourceRun.objects.select_for_update(of=("self",))
        .select_related("source__benefit")
        .get(organisation_id=actor.organisation_id, pk=run_id)
    )
    if run.is_done:
        return run
    try:
        with transaction.atomic():
            _read(actor, run)
    except Fault as fault:
        run.fault = str(fault)[:400]
    run.is_done = True
    run.save()
    if not run.is_try:
        _tell(actor, run)
    return run


def _read(actor: Actor, run: SourceRun) -> None:
    source = run.source
    text = lines_from(source)
    series = read_series(text, clock.today(), queries.values_by_day(source.benefit))
    run.new, run.corrected, run.same = (
        len(series.having(outcome)) for outcome in ("new", "corrects", "same")
    )
    run.lines = [
        {"line": one.line, "text": one.text[:80], "code": one.code}
        for one in series.faults[:MOST_LINES_SHOWN]
    ]
    if series.faults or not series.rows:
        raise Fault(_said(series))
    if not run.is_try:
        record_series(
            actor=actor,
            benefit_id=source.benefit_id,
            text=text,
            origin=source.name,
            reason=_("Rettet i kilden %(name)s") % {"name": source.name},
        )


def _said(series: Series) -> str:
    if not series.rows and not series.faults:
        return _("Kilden har ingen værdier.")
    return _("%(count)s linjer kan ikke læses. Intet er gemt.") % {"count": len(series.faults)}


def _tell(actor: Actor, run: SourceRun) -> None:
    source, benefit = run.source, run.source.benefit
    if not run.fault:
        if source.failing_since is not None:
            withdraw(actor=actor, beginning=f"source:{source.pk}:")
            MeasurementSource.objects.filter(pk=source.pk).update(failing_since=None)
        return
    if source.failing_since is not None:
        return
    MeasurementSource.objects.filter(pk=source.pk).update(failing_since=run.at)
    if benefit.owner_id is None:
        return
    with danish():
        queue(
            actor=actor,
            person_id=benefit.owner_id,
            kind="source_failed",
            subject=_("Kilden »%(name)s« kan ikke læses") % {"name": source.name},
            sentence=f"{benefit.title}: {run.fault}",
            address=reverse("benefits:sources", args=[benefit.pk]),
            key=f"source:{source.pk}:{run.at:%Y%m%d%H%M%S}",
        )


def _values(fields: SourceFields) -> dict[str, Any]:
    values: dict[str, Any] = {name: value for name, value in fields.items() if name != "secret"}
    if values.get("kind") == SourceKind.JSON:
        checked(values["place"], NET)
    secret = fields.get("secret")
    if secret:
        values["sealed_secret"] = seal(secret)
    return values
