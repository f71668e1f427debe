"""Writes of business cases: draft, lines, approval, and versions adopted from a file.

Every action locks the case, so two people cannot make the same version number or approve at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.business_cases import queries
from hoest.domain.business_cases.models import BusinessCase, CaseLine, CaseVersion, LineAmount
from hoest.domain.business_cases.permissions import ADOPT_CASES, APPROVE_CASES, CHANGE_CASES
from hoest.domain.business_cases.rules import (
    CaseHasNoLines,
    LineExists,
    LineInput,
    ReasonMissing,
    VersionIsFinal,
    VersionState,
    as_kept,
    check_line,
    check_price_level,
    same_lines,
)
from hoest.domain.portfolio import queries as portfolio
from hoest.foundation import clock, followers
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Conflict
from hoest.foundation.provenance.actions import entered_by
from hoest.foundation.provenance.models import Source
from hoest.ui.formats import long_date

__all__ = [
    "LineInput",
    "adopt_version",
    "approve",
    "discard_draft",
    "remove_line",
    "set_line",
    "set_price_level",
    "start_draft",
]


@transaction.atomic
def start_draft(*, actor: Actor, initiative_id: int, price_level: int | None = None) -> CaseVersion:
    """Begin a new version as a copy of the one that holds; the present draft when there is one.

    A first version starts empty in the given price level (this year's without one).
    """
    initiative = portfolio.initiative_of(actor, initiative_id)
    require(actor, CHANGE_CASES, initiative.unit_id)
    case = _held_case(actor, initiative)
    draft = case.versions.filter(state=VersionState.DRAFT, import_id__isnull=True).first()
    if draft is not None:
        return draft
    former = case.versions.filter(state=VersionState.APPROVED).first()
    level = former.price_level if former else price_level or clock.today().year
    check_price_level(level)
    draft = CaseVersion.objects.create(
        organisation_id=actor.organisation_id,
        case=case,
        number=queries.last_number(case.pk) + 1,
        price_level=level,
        created_at=clock.now(),
        created_by_name=actor.name,
        source=entered_by(actor, _("Skrevet i Høst")),
    )
    if former is not None:
        _copy_lines(former, draft)
    record(
        actor,
        "business_cases.start_draft",
        draft,
        called=_named(draft, initiative),
        initiative=initiative,
        copied=former,
    )
    return draft


@transaction.atomic
def set_price_level(
    *, actor: Actor, version_id: int, version: int, price_level: int
) -> CaseVersion:
    """Say which year's money a draft counts in; the amounts themselves are not converted."""
    draft = _held_draft(actor, version_id, version)
    check_price_level(price_level)
    before = draft.price_level
    draft.price_level = price_level
    _grow(draft, "price_level")
    record(
        actor,
        "business_cases.set_price_level",
        draft,
        called=_named(draft),
        before=before,
        after=price_level,
    )
    return draft


@transaction.atomic
def set_line(
    *,
    actor: Actor,
    version_id: int,
    version: int,
    line: LineInput,
    line_id: int | None = None,
) -> CaseLine:
    """Write a line of a draft, a new one or (with `line_id`) an existing one.

    `version` is the one the person read. Raises Conflict, LineIsNotWhole, LineExists.
    """
    draft = _held_draft(actor, version_id, version)
    line = as_kept(line)
    check_line(line)
    twin = draft.lines.filter(key=line.key, kind=line.kind, measure=line.measure).first()
    if twin is not None and twin.pk != line_id:
        raise LineExists(_("Der er allerede en post, der hedder »%(key)s«.") % {"key": line.key})
    said = _("Indtastet af %(name)s, %(day)s")
    source = entered_by(actor, said % {"name": actor.name, "day": long_date(clock.today())})
    former = draft.lines.filter(pk=line_id).first() if line_id else None
    position = former.position if former else draft.lines.count()
    if former is not None:
        former.delete()
    made = _write_lines(draft, [line], source, first_position=position)[0]
    _grow(draft)
    record(
        actor,
        "business_cases.set_line",
        draft,
        called=_named(draft),
        line=line.key,
        amounts=dict(line.amounts),
    )
    return made


@transaction.atomic
def remove_line(*, actor: Actor, version_id: int, version: int, line_id: int) -> CaseVersion:
    """Take a line out of a draft. A line that is gone already is no fault."""
    draft = _held_draft(actor, version_id, version)
    line = draft.lines.filter(pk=line_id).first()
    if line is not None:
        line.delete()
        _grow(draft)
        record(actor, "business_cases.remove_line", draft, called=_named(draft), line=line.key)
    return draft


@transaction.atomic
def approve(*, actor: Actor, version_id: int, version: int, reason: str = "") -> CaseVersion:
    """Approve a draft; the former approved version is superseded in the same transaction.

    The first approved version is the original promise and needs no reason; every later one says
    why it differs. Raises CaseHasNoLines, ReasonMissing, VersionIsFinal, Conflict, NotAllowed.
    """
    draft = queries.version_of(actor, version_id)
    require(actor, APPROVE_CASES, draft.case.initiative.unit_id)
    draft = _locked(draft, version)
    former = draft.case.versions.filter(state=VersionState.APPROVED).first()
    if not draft.lines.exists():
        raise CaseHasNoLines(_("Der er ingen tal at godkende. Skriv mindst én post først."))
    if former is not None and not reason.strip():
        raise ReasonMissing(_("Skriv, hvorfor tallene er ændret. Det første løfte bliver stående."))
    _supersede(former)
    others = draft.case.versions.exclude(pk=draft.pk)
    draft.number = max((v.number for v in others), default=0) + 1
    draft.reason = reason.strip()[:400]
    draft.approved_by_id = actor.person_id
    draft.approved_by_name = actor.name
    draft.approved_on = clock.today()
    draft.state = VersionState.APPROVED
    _grow(draft, "number", "reason", "approved_by", "approved_by_name", "approved_on", "state")
    record(
        actor,
        "business_cases.approve",
        draft,
        called=_named(draft),
        reason=draft.reason,
        superseded=former,
    )
    followers.tell("initiative", actor, draft.case.initiative_id)
    return draft


@transaction.atomic
def discard_draft(*, actor: Actor, version_id: int, version: int) -> int:
    """Throw a draft away and return the initiative it was of; approved versions stay."""
    draft = _held_draft(actor, version_id, version)
    case = draft.case
    record(
        actor,
        "business_cases.discard_draft",
        draft,
        called=_named(draft),
        lines=draft.lines.count(),
    )
    draft.delete()
    if not case.versions.exists():
        case.delete()
    return case.initiative_id


@transaction.atomic
def adopt_version(
    *,
    actor: Actor,
    initiative: Any,
    price_level: int,
    lines: Iterable[LineInput],
    source: Source,
    source_place: str,
    reason: str,
    approved_by_name: str,
    approved_on: dt.date | None,
    import_id: int,
) -> tuple[CaseVersion, bool]:
    """Adopt what a file says was approved as a new approved version; never overwrites one.

    Returns (version, whether it was made). The version that holds is returned as it is when it
    promises the same. A draft somebody is writing stays and gets the number after. Only the undo
    of import `import_id` can remove it again.
    """
    require(actor, ADOPT_CASES)
    wanted = [as_kept(line) for line in lines]
    check_price_level(price_level)
    for line in wanted:
        check_line(line)
    case = _held_case(actor, initiative)
    former = case.versions.filter(state=VersionState.APPROVED).first()
    if (
        former is not None
        and former.price_level == price_level
        and same_lines(queries.inputs_of(former), wanted)
    ):
        return former, False
    if not wanted:
        raise CaseHasNoLines(_("Der er ingen tal at godkende. Skriv mindst én post først."))
    version = CaseVersion.objects.create(
        organisation_id=actor.organisation_id,
        case=case,
        number=_number_before_draft(case),
        price_level=price_level,
        reason=reason[:400],
        created_at=clock.now(),
        created_by_name=actor.name,
        source=source,
        source_place=source_place,
        import_id=import_id,
    )
    _write_lines(version, wanted, source)
    _supersede(former)
    version.state = VersionState.APPROVED
    version.approved_by_name = approved_by_name[:200]
    version.approved_on = approved_on
    version.save(update_fields=["state", "approved_by_name", "approved_on"])
    named = _named(version, initiative)
    verb = "business_cases.adopt_version"
    record(actor, verb, version, called=named, source=source, superseded=former)
    return version, True


def _named(version: CaseVersion, initiative: Any = None) -> str:
    """Call a version by its initiative, as the log does."""
    title = (initiative or version.case.initiative).title
    if version.state == VersionState.DRAFT:
        return _("Udkast til business casen for »%(title)s«") % {"title": title}
    facts = {"number": version.number, "title": title}
    return _("Version %(number)s af business casen for »%(title)s«") % facts


def _held_case(actor: Actor, initiative: Any) -> BusinessCase:
    """Return the initiative's case, locked, making it when there is none."""
    case, _made = BusinessCase.objects.get_or_create(
        organisation_id=actor.organisation_id, initiative_id=initiative.pk
    )
    return BusinessCase.objects.select_for_update().get(pk=case.pk)


def _held_draft(actor: Actor, version_id: int, version: int) -> CaseVersion:
    """Return a draft, locked for change. Raises NotFound, NotAllowed, VersionIsFinal, Conflict."""
    draft = queries.version_of(actor, version_id)
    require(actor, CHANGE_CASES, draft.case.initiative.unit_id)
    return _locked(draft, version)


def _locked(draft: CaseVersion, version: int) -> CaseVersion:
    BusinessCase.objects.select_for_update().only("id").get(pk=draft.case_id)
    draft.refresh_from_db(fields=["state", "version", "number", "price_level"])
    if draft.state != VersionState.DRAFT:
        raise VersionIsFinal(
            _("Versionen er godkendt og kan ikke ændres. Lav en ny version ved siden af.")
        )
    if draft.version != version:
        raise Conflict(
            _("En anden har rettet udkastet imens. Se tallene, som de står nu, og prøv igen.")
        )
    return draft


def _grow(draft: CaseVersion, *changed: str) -> None:
    draft.version += 1
    draft.save(update_fields=[*changed, "version"])


def _supersede(former: CaseVersion | None) -> None:
    if former is not None:
        former.state = VersionState.SUPERSEDED
        former.version += 1
        former.save(update_fields=["state", "version"])


def _number_before_draft(case: BusinessCase) -> int:
    """Return the next number, moving a draft that somebody is writing one up."""
    draft = case.versions.filter(state=VersionState.DRAFT).first()
    if draft is None:
        return queries.last_number(case.pk) + 1
    number = draft.number
    draft.number = queries.last_number(case.pk) + 1
    draft.save(update_fields=["number"])
    return number


def _copy_lines(former: CaseVersion, draft: CaseVersion) -> None:
    """Copy the lines with the sources they have; a figure keeps its origin until it is changed."""
    for line in former.lines.select_related("source").prefetch_related("amounts"):
        amounts = list(line.amounts.all())
        line.pk = None
        line._state.adding = True
        line.case_version = draft
        line.save(force_insert=True)
        _write_amounts(draft, [(line, {a.year: a.amount for a in amounts})])


def _write_lines(
    version: CaseVersion, lines: Sequence[LineInput], source: Source, first_position: int = 0
) -> list[CaseLine]:
    made = CaseLine.objects.bulk_create(
        CaseLine(
            organisation_id=version.organisation_id,
            case_version=version,
            key=line.key,
            kind=line.kind,
            measure=line.measure,
            steering_area=line.steering_area,
            duration=line.duration,
            low_share=line.low_share,
            high_share=line.high_share,
            position=first_position + place,
            source=source,
            source_place=line.source_place[:120],
        )
        for place, line in enumerate(lines)
    )
    pairs = zip(made, lines, strict=True)
    _write_amounts(version, [(line, dict(given.amounts)) for line, given in pairs])
    return made


def _write_amounts(
    version: CaseVersion, amounts: Iterable[tuple[CaseLine, dict[int, Decimal]]]
) -> None:
    LineAmount.objects.bulk_create(
        LineAmount(
            organisation_id=version.organisation_id,
            line=line,
            case_version=version,
            year=year,
            amount=amount,
        )
        for line, by_year in amounts
        for year, amount in by_year.items()
    )
