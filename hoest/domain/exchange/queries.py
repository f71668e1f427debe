"""Reads of exchange: imports, and the municipality's portfolio as a workbook."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import models

from hoest.domain.benefits import queries as benefits
from hoest.domain.business_cases import queries as cases
from hoest.domain.exchange.models import ImportRun
from hoest.domain.exchange.permissions import EXPORT_WORKBOOK, IMPORT_WORKBOOK
from hoest.domain.exchange.rules import workbook as wb
from hoest.domain.portfolio import queries as portfolio
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, require
from hoest.foundation.faults import Fault

HUNDRED = Decimal(100)


class PriceLevelMustBeChosen(Fault):
    """A workbook holds one price level; the municipality has several, or not this one."""


def visible_to(actor: Actor) -> models.QuerySet[ImportRun]:
    """Return the imports the actor may see, newest first, without the files themselves."""
    if not allowed(actor, IMPORT_WORKBOOK):
        return ImportRun.objects.none()
    return ImportRun.objects.filter(organisation_id=actor.organisation_id).defer("content")


def price_levels(actor: Actor) -> list[int]:
    """Return the price levels of the approved business cases, newest first."""
    levels = {line.price_level for line in cases.approved_lines(actor.organisation_id)}
    return sorted(levels, reverse=True)


def workbook_of(actor: Actor, price_level: int | None = None) -> wb.Workbook:
    """Return the portfolio in one price level as a workbook that reads back without change.

    Initiatives without approved figures go with the newest level. Raises PriceLevelMustBeChosen
    when there are several levels and none, or an unknown one, was named.
    """
    require(actor, EXPORT_WORKBOOK)
    levels = price_levels(actor)
    if price_level is None and len(levels) > 1:
        listed = ", ".join(map(str, levels))
        raise PriceLevelMustBeChosen(
            f"Kommunen har tal i flere pris- og lønniveauer ({listed}), og et regneark har kun "
            "ét. Vælg et af dem."
        )
    level = price_level or (levels[0] if levels else clock.today().year)
    if levels and level not in levels:
        listed = ", ".join(map(str, levels))
        raise PriceLevelMustBeChosen(f"Kommunen har ingen tal i {level}-priser, kun i: {listed}.")
    lines = cases.approved_lines(actor.organisation_id)
    level_of = {line.initiative_id: line.price_level for line in lines}
    newest = levels[0] if levels else level
    initiatives = [
        row
        for row in portfolio.visible_to(actor)
        .select_related("unit", "body", "sponsor", "lead")
        .order_by("id")
        if level_of.get(row.pk, newest) == level
    ]
    keys = {row.pk: row.key for row in initiatives}
    # The workbook has no sign: read in again, a dis-benefit would come back as a gain.
    found = list(
        benefits.gains_of(actor)
        .filter(initiative_id__in=keys)
        .select_related("owner", "unit")
        .prefetch_related("measurements", "harvest_decisions")
        .order_by("id")
    )
    kroner_lines = [x for x in lines if x.initiative_id in keys and x.measure == "dkk"]
    named = {(x.initiative_id, x.line_key) for x in kroner_lines if x.kind == "benefit"}
    return wb.Workbook(
        municipality=_municipality(actor),
        price_level=level,
        unit="kr.",
        source=f"Høst, udtræk for {actor.organisation_name}",
        date_text=clock.today().strftime("%d.%m.%Y"),
        initiatives=tuple(_initiative(row) for row in initiatives),
        lines=tuple(_line(keys, line) for line in kroner_lines),
        benefits=tuple(_benefit(keys, named, row) for row in found),
        measurements=tuple(_measurements(found)),
        take_outs=tuple(_take_outs(found, level)),
    )


def _municipality(actor: Actor) -> str:
    from hoest.domain.organisations.queries import organisation_code

    return organisation_code(actor.organisation_id)


def _initiative(row: Any) -> wb.Initiative:
    return wb.Initiative(
        key=row.key,
        title=row.title,
        unit=row.unit.name,
        in_practice=row.in_practice or None,
        purpose_type=row.purpose_type or None,
        initiative_type=row.initiative_type or None,
        committee=row.body.name if row.body else None,
        theme=row.theme or None,
        phase=row.phase or None,
        sponsor=(row.sponsor.email or row.sponsor.name) if row.sponsor else None,
        lead_email=(row.lead.email or None) if row.lead else None,
        live_on=row.live_on,
        reference=row.reference or None,
        extra=row.extra,
    )


def _line(keys: dict[int, str], line: Any) -> wb.Line:
    return wb.Line(
        initiative=keys[line.initiative_id],
        title=line.line_key,
        kind=line.kind,
        steering_area=line.steering_area or None,
        duration=line.duration,
        low_percent=None if line.low_share is None else line.low_share * HUNDRED,
        high_percent=None if line.high_share is None else line.high_share * HUNDRED,
        amounts_dkk=dict(line.amounts),
    )


def _benefit(keys: dict[int, str], named: set[tuple[int, str]], row: Any) -> wb.Benefit:
    return wb.Benefit(
        key=row.key,
        initiative=keys[row.initiative_id],
        title=row.title,
        benefit_type=row.benefit_type,
        owner_email=(row.owner.email or None) if row.owner else None,
        unit=row.unit.name if row.unit else None,
        indicator=row.indicator or None,
        measure_unit=row.measure_unit or None,
        baseline=row.baseline_value,
        baseline_on=row.baseline_on,
        target=row.target_value,
        target_on=row.target_on,
        method=row.method or None,
        frequency=row.frequency or None,
        line=row.line_key if (row.initiative_id, row.line_key) in named else None,
        extra=row.extra,
    )


def _measurements(found: list[Any]) -> list[wb.Measurement]:
    return [
        wb.Measurement(
            benefit=benefit.key,
            measured_on=row.on,
            value=row.value,
            source=row.origin or None,
            measured_by=row.measured_by or None,
        )
        for benefit in found
        for row in benefit.measurements.all()
        if row.withdrawn_at is None
    ]


def _take_outs(found: list[Any], level: int) -> list[wb.TakeOut]:
    return [
        wb.TakeOut(
            benefit=benefit.key,
            decided_on=row.decided_on,
            decision=row.decision,
            year=row.year,
            amount_dkk=row.amount_dkk,
            hours=row.hours,
            budget_place=row.budget_place or None,
            named_use=row.named_use or None,
            extra={} if row.price_level in (None, level) else {wb.OWN_PRICE_LEVEL: row.price_level},
        )
        for benefit in found
        for row in benefit.harvest_decisions.all()
        if row.withdrawn_on is None
    ]


def file_name_of(actor: Actor, price_level: int, day: dt.date) -> str:
    """Return a file name that tells whose and when."""
    who = "".join(c if c.isalnum() else "-" for c in actor.organisation_name.lower()).strip("-")
    return f"hoest-{who}-{price_level}-priser-{day.isoformat()}.xlsx"
