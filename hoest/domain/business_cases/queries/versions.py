"""Reads of business cases: versions, lines with their source, what was promised and what holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Max, Q, QuerySet, prefetch_related_objects

from hoest.domain.business_cases.models import (
    CaseLine,
    CaseVersion,
    LineAmount,
    PriceIndexYear,
)
from hoest.domain.business_cases.permissions import VIEW_CASES
from hoest.domain.business_cases.rules import (
    FINAL_STATES,
    OPEN_STATES,
    CaseLineFigures,
    IndexYear,
    LineInput,
    LineKind,
    VersionState,
)
from hoest.domain.portfolio import queries as portfolio
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where
from hoest.foundation.clock import DANISH_TIME
from hoest.foundation.faults import NotFound
from hoest.foundation.provenance.models import SourceKind


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
        """The version that is being written or waits for an answer, if any."""
        return self._first(*OPEN_STATES)


def is_after_live(found: CasePage, version: CaseVersion) -> bool:
    """Tell whether a version reckons anew after go-live; the first promise never does."""
    live = found.initiative.live_on
    return (
        live is not None
        and version != found.original
        and version.state in FINAL_STATES
        and version.approved_on is not None
        and version.approved_on > live
    )


def visible_to(actor: Actor) -> QuerySet[CaseVersion]:
    """Return the versions the actor may see: those of the initiatives she may see."""
    rows = CaseVersion.objects.filter(organisation_id=actor.organisation_id)
    if units_where(actor, VIEW_CASES) == frozenset():
        return rows.none()
    return rows.filter(case__initiative__in=portfolio.visible_to(actor))


def case_of(actor: Actor, initiative_id: int) -> CasePage:
    """Return the versions of an initiative's case. Raises NotFound for an unseen initiative."""
    return case_of_seen(actor, portfolio.initiative_of(actor, initiative_id))


def case_of_seen(actor: Actor, initiative: Any) -> CasePage:
    """Return the versions of the case of an initiative the actor was shown; one query."""
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
    return figures_by_version([version])[version.pk]


def figures_by_version(versions: Iterable[CaseVersion]) -> dict[int, list[CaseLineFigures]]:
    """Return the lines of some versions, by version, in their order; two queries for all."""
    rows = list(versions)
    prefetch_related_objects(rows, "case", "source")
    heads = [
        _Head(
            row.pk,
            row.case_id,
            row.case.initiative_id,
            row.number,
            row.state,
            row.price_level,
            row.approved_on,
            row.approved_by_name,
            row.source_id,
            row.source.title if row.source else None,
            row.source_place,
        )
        for row in rows
    ]
    lines = _lines_of(heads)
    return {row.pk: lines.get(row.pk, []) for row in rows}


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
            basis=line.basis,
            life_years=line.life_years,
            cost_type=line.cost_type,
        )
        for line in version.lines.prefetch_related("amounts").order_by("position", "id")
    ]


def promised_lines(organisation_id: int, kind: str = "") -> list[CaseLineFigures]:
    """Return the lines of every original promise: the first version that was approved.

    Three queries, however many initiatives. The caller narrows to what the actor may see.
    `kind` keeps the lines of one kind, such as benefits.
    """
    versions = (
        CaseVersion.objects.filter(organisation_id=organisation_id, state__in=FINAL_STATES)
        .order_by("case_id", "number")
        .distinct("case_id")
    )
    return _figures_in(versions, kind)


def approved_lines(
    organisation_id: int, kind: str = "", initiative_ids: Iterable[int] | None = None
) -> list[CaseLineFigures]:
    """Return the lines of every version that holds now; three queries, as `promised_lines`."""
    versions = CaseVersion.objects.filter(
        organisation_id=organisation_id, state=VersionState.APPROVED
    ).order_by("pk")
    if initiative_ids is not None:
        versions = versions.filter(case__initiative_id__in=list(initiative_ids))
    return _figures_in(versions, kind)


def valued_years(organisation_id: int) -> list[int]:
    """Return the years in which a benefit of a version that holds now has an amount."""
    amounts = LineAmount.objects.filter(
        organisation_id=organisation_id,
        case_version__state=VersionState.APPROVED,
        line__kind=LineKind.BENEFIT,
    )
    return sorted(amounts.order_by().values_list("year", flat=True).distinct())


def price_levels(organisation_id: int) -> list[int]:
    """Return the price levels of the versions that hold now and have benefits."""
    lines = CaseLine.objects.filter(
        organisation_id=organisation_id,
        case_version__state=VersionState.APPROVED,
        kind=LineKind.BENEFIT,
    )
    return sorted(lines.order_by().values_list("case_version__price_level", flat=True).distinct())


def lines_of_initiatives(
    organisation_id: int, initiative_ids: Iterable[int] | None = None, kind: str = ""
) -> tuple[list[CaseLineFigures], list[CaseLineFigures]]:
    """Return (original promise, what holds now) of some or all initiatives; three queries."""
    versions = CaseVersion.objects.filter(
        organisation_id=organisation_id, state__in=FINAL_STATES
    ).order_by("case_id", "number")
    if initiative_ids is not None:
        versions = versions.filter(case__initiative_id__in=list(initiative_ids))
    heads = [_Head(*row) for row in versions.values_list(*_HEAD)]
    first = {head.case_id: head for head in reversed(heads)}
    now = [head for head in heads if head.state == VersionState.APPROVED]
    wanted = {head.pk: head for head in (*first.values(), *now)}
    lines = _lines_of(list(wanted.values()), kind)
    return (
        [line for head in first.values() for line in lines.get(head.pk, ())],
        [line for head in now for line in lines.get(head.pk, ())],
    )


def all_promises(organisation_id: int, initiative_id: int) -> list[CaseLineFigures]:
    """Return the lines of every approved version of one initiative, oldest version first."""
    versions = CaseVersion.objects.filter(
        organisation_id=organisation_id,
        state__in=FINAL_STATES,
        case__initiative_id=initiative_id,
    ).order_by("number")
    return _figures_in(versions)


class WaitingCase(NamedTuple):
    """What waits in the open version of a case: submitted or returned, since when, by whom."""

    version_id: int
    is_submitted: bool
    since: dt.date
    sender_id: int | None


def waiting_cases(actor: Actor) -> dict[int, WaitingCase]:
    """Return what waits in the open version of each visible initiative, by initiative."""
    rows = (
        visible_to(actor)
        .filter(
            Q(state=VersionState.SUBMITTED) | Q(state=VersionState.DRAFT, returned_at__isnull=False)
        )
        .order_by()
        .values_list(
            "case__initiative_id", "pk", "state", "submitted_at", "returned_at", "submitted_by_id"
        )
    )
    found = {}
    for initiative_id, pk, state, submitted_at, returned_at, sender_id in rows:
        waits = state == VersionState.SUBMITTED
        since = submitted_at if waits else returned_at
        if since is not None:
            day = since.astimezone(DANISH_TIME).date()
            found[initiative_id] = WaitingCase(pk, waits, day, sender_id)
    return found


def authors_of(organisation_id: int, initiative_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return who sent in the first approved version: author_id, author_unit_id and _name.

    By initiative; absent where nobody of the municipality's own sent it in, as when a file was
    read. One query.
    """
    first = (
        CaseVersion.objects.filter(
            organisation_id=organisation_id,
            state__in=FINAL_STATES,
            case__initiative_id__in=list(initiative_ids),
        )
        .order_by("case_id", "number")
        .distinct("case_id")
    )
    columns = ("submitted_by_id", "submitted_by__unit_id", "submitted_by__unit__name")
    return {
        pk: {"author_id": person, "author_unit_id": unit, "author_unit_name": name or ""}
        for pk, person, unit, name in first.values_list("case__initiative_id", *columns)
        if person is not None
    }


def index_years(organisation_id: int) -> list[IndexYear]:
    """Return the years of the municipality's price index, oldest first; one query."""
    rows = PriceIndexYear.objects.filter(organisation_id=organisation_id).order_by("year")
    return [
        IndexYear(*row)
        for row in rows.values_list(
            *("year", "change_share", "source_text"),
            *("recorded_by_name", "recorded_at", "version"),
        )
    ]


def last_number(case_id: int) -> int:
    """Return the highest version number of a case, 0 without any."""
    found = CaseVersion.objects.filter(case_id=case_id).aggregate(last=Max("number"))["last"]
    return found or 0


class _Head(NamedTuple):
    """What a line's figures say of their version, in the order of `_HEAD`."""

    pk: int
    case_id: int
    initiative_id: int
    number: int
    state: str
    price_level: int
    approved_on: dt.date | None
    approved_by_name: str
    source_id: int | None
    source_title: str | None
    source_place: str


_HEAD = (
    "pk",
    "case_id",
    "case__initiative_id",
    "number",
    "state",
    "price_level",
    "approved_on",
    "approved_by_name",
    "source_id",
    "source__title",
    "source_place",
)


def _figures_in(versions: QuerySet[CaseVersion], kind: str = "") -> list[CaseLineFigures]:
    """Return the lines of a query's versions in its order; three queries."""
    heads = [_Head(*row) for row in versions.values_list(*_HEAD)]
    lines = _lines_of(heads, kind)
    return [line for head in heads for line in lines.get(head.pk, ())]


def _lines_of(heads: list[_Head], kind: str = "") -> dict[int, list[CaseLineFigures]]:
    """Return the lines of some versions, by version, in their order; two queries."""
    by_id = {head.pk: head for head in heads}
    lines = CaseLine.objects.filter(case_version_id__in=by_id)
    amounts = LineAmount.objects.filter(case_version_id__in=by_id)
    if kind:
        lines, amounts = lines.filter(kind=kind), amounts.filter(line__kind=kind)
    of_line: dict[int, dict[int, Decimal]] = {}
    for line_id, year, amount in amounts.order_by("year").values_list("line_id", "year", "amount"):
        of_line.setdefault(line_id, {})[year] = amount
    found: dict[int, list[CaseLineFigures]] = {}
    for pk, version_id, source_id, source_title, place, *own in lines.order_by(
        "position", "id"
    ).values_list(
        *("pk", "case_version_id", "source_id", "source__title", "source_place"),
        *("key", "kind", "measure", "duration", "low_share", "high_share", "steering_area"),
        *("basis", "life_years", "source__kind", "cost_type"),
    ):
        head = by_id[version_id]
        key, line_kind, measure, duration, low, high, area, basis, life, origin, cost_type = own
        found.setdefault(version_id, []).append(
            CaseLineFigures(
                initiative_id=head.initiative_id,
                line_key=key,
                kind=line_kind,
                measure=measure,
                duration=duration,
                price_level=head.price_level,
                amounts=of_line.get(pk, {}),
                low_share=low,
                high_share=high,
                number=head.number,
                steering_area=area,
                source_title=(source_title if source_id else head.source_title) or "",
                source_place=place or head.source_place,
                source_id=source_id or head.source_id,
                approved_on=head.approved_on,
                approved_by_name=head.approved_by_name,
                line_id=pk,
                basis=basis,
                life_years=life,
                is_from_file=origin == SourceKind.FILE,
                cost_type=cost_type,
            )
        )
    return found
