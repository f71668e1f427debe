"""Reads of business cases: versions, lines with their source, what was promised and what holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, QuerySet

from hoest.domain.business_cases.models import CaseLine, CaseVersion
from hoest.domain.business_cases.permissions import VIEW_CASES
from hoest.domain.business_cases.rules import (
    FINAL_STATES,
    CaseLineFigures,
    LineInput,
    VersionState,
)
from hoest.domain.portfolio import queries as portfolio
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where
from hoest.foundation.clock import DANISH_TIME
from hoest.foundation.faults import NotFound


@dataclass(frozen=True)
class CasePage:
    """The versions of one initiative's business case, oldest first, as a page reads them."""

    initiative: Any
    versions: tuple[CaseVersion, ...]

    def _first(self, *states: VersionState) -> CaseVersion | None:
        return next((v for v in self.versions if v.state in states), None)

    @property
    def original(self) -> CaseVersion | None:
        """The first version that was approved: the promise, for ever."""
        return self._first(*FINAL_STATES)

    @property
    def latest(self) -> CaseVersion | None:
        """The version that holds now."""
        return self._first(VersionState.APPROVED)

    @property
    def draft(self) -> CaseVersion | None:
        """The version that is being written, if any."""
        return self._first(VersionState.DRAFT)


def visible_to(actor: Actor) -> QuerySet[CaseVersion]:
    """Return the versions the actor may see: those of the initiatives she may see."""
    rows = CaseVersion.objects.filter(organisation_id=actor.organisation_id)
    if units_where(actor, VIEW_CASES) == frozenset():
        return rows.none()
    return rows.filter(case__initiative__in=portfolio.visible_to(actor))


def case_of(actor: Actor, initiative_id: int) -> CasePage:
    """Return the versions of an initiative's case. Raises NotFound for an unseen initiative."""
    initiative = portfolio.initiative_of(actor, initiative_id)
    versions = (
        visible_to(actor)
        .filter(case__initiative_id=initiative.pk)
        .select_related("source", "approved_by", "case")
        .order_by("number")
    )
    return CasePage(initiative, tuple(versions))


def version_of(actor: Actor, version_id: int) -> CaseVersion:
    """Return one version with its case and initiative. Raises NotFound."""
    found = (
        visible_to(actor).select_related("case__initiative", "source").filter(pk=version_id).first()
    )
    if found is None:
        raise NotFound("Versionen findes ikke, eller du kan ikke se den.")
    return found


def figures_of(version: CaseVersion) -> list[CaseLineFigures]:
    """Return the lines of one version in their order; two queries."""
    return _figures([version])


def inputs_of(version: CaseVersion) -> list[LineInput]:
    """Return the lines of a version as they could be written again."""
    return [
        LineInput(
            key=line.key,
            kind=line.kind,
            measure=line.measure,
            steering_area=line.steering_area,
            duration=line.duration,
            low_share=line.low_share,
            high_share=line.high_share,
            amounts={amount.year: amount.amount for amount in line.amounts.all()},
            source_place=line.source_place,
        )
        for line in version.lines.prefetch_related("amounts").order_by("position", "id")
    ]


def promised_lines(organisation_id: int) -> list[CaseLineFigures]:
    """Return the lines of every original promise: the first version that was approved.

    Three queries, however many initiatives. The caller narrows to what the actor may see.
    """
    versions = (
        CaseVersion.objects.filter(organisation_id=organisation_id, state__in=FINAL_STATES)
        .select_related("case", "source")
        .order_by("case_id", "number")
        .distinct("case_id")
    )
    return _figures(list(versions))


def approved_lines(organisation_id: int) -> list[CaseLineFigures]:
    """Return the lines of every version that holds now; three queries, as `promised_lines`."""
    versions = CaseVersion.objects.filter(
        organisation_id=organisation_id, state=VersionState.APPROVED
    ).select_related("case", "source")
    return _figures(list(versions))


def lines_of_initiatives(
    organisation_id: int, initiative_ids: Iterable[int]
) -> tuple[list[CaseLineFigures], list[CaseLineFigures]]:
    """Return (original promise, what holds now) of some initiatives; at most five queries."""
    versions = list(
        CaseVersion.objects.filter(
            organisation_id=organisation_id,
            state__in=FINAL_STATES,
            case__initiative_id__in=list(initiative_ids),
        )
        .select_related("case", "source")
        .order_by("case_id", "number")
    )
    first = {version.case_id: version for version in reversed(versions)}
    now = [version for version in versions if version.state == VersionState.APPROVED]
    return _figures(list(first.values())), _figures(now)


def all_promises(organisation_id: int, initiative_id: int) -> list[CaseLineFigures]:
    """Return the lines of every approved version of one initiative, oldest version first."""
    versions = (
        CaseVersion.objects.filter(
            organisation_id=organisation_id,
            state__in=FINAL_STATES,
            case__initiative_id=initiative_id,
        )
        .select_related("case", "source")
        .order_by("number")
    )
    return _figures(list(versions))


def drafts_begun(actor: Actor) -> dict[int, dt.date]:
    """Return the day on which the draft of each visible initiative was begun, if it has lines."""
    drafts = visible_to(actor).filter(state=VersionState.DRAFT, lines__isnull=False)
    return {
        initiative_id: begun.astimezone(DANISH_TIME).date()
        for initiative_id, begun in drafts.order_by()
        .values_list("case__initiative_id", "created_at")
        .distinct()
    }


def last_number(case_id: int) -> int:
    """Return the highest version number of a case, 0 without any."""
    found = CaseVersion.objects.filter(case_id=case_id).aggregate(last=Max("number"))["last"]
    return found or 0


def _figures(versions: list[CaseVersion]) -> list[CaseLineFigures]:
    by_id = {version.pk: version for version in versions}
    lines = (
        CaseLine.objects.filter(case_version_id__in=by_id)
        .select_related("source")
        .prefetch_related("amounts")
        .order_by("case_version_id", "position", "id")
    )
    order = {version.pk: place for place, version in enumerate(versions)}
    found = sorted(lines, key=lambda line: (order[line.case_version_id], line.position, line.pk))
    return [_line(by_id[line.case_version_id], line) for line in found]


def _line(version: CaseVersion, line: CaseLine) -> CaseLineFigures:
    source = line.source or version.source
    return CaseLineFigures(
        initiative_id=version.case.initiative_id,
        line_key=line.key,
        kind=line.kind,
        measure=line.measure,
        duration=line.duration,
        price_level=version.price_level,
        amounts={amount.year: amount.amount for amount in line.amounts.all()},
        low_share=line.low_share,
        high_share=line.high_share,
        number=version.number,
        steering_area=line.steering_area,
        source_title=str(source) if source else "",
        source_place=line.source_place or version.source_place,
        source_id=source.pk if source else None,
        approved_on=version.approved_on,
        approved_by_name=version.approved_by_name,
        line_id=line.pk,
    )
