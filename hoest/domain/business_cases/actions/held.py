"""What the acts on a business case share: the case, locked; its lines, written; its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from hoest.domain.business_cases import queries
from hoest.domain.business_cases.models import BusinessCase, CaseLine, CaseVersion, LineAmount
from hoest.domain.business_cases.permissions import CHANGE_CASES
from hoest.domain.business_cases.rules import (
    OPEN_STATES,
    LineInput,
    VersionIsFinal,
    VersionState,
    VersionWaits,
)
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.faults import Conflict
from hoest.foundation.provenance.models import Source


def named(version: CaseVersion, initiative: Any = None) -> str:
    """Call a version by its initiative, as the log does."""
    title = (initiative or version.case.initiative).title
    if version.state == VersionState.DRAFT:
        return _("Udkast til business casen for »%(title)s«") % {"title": title}
    facts = {"number": version.number, "title": title}
    return _("Version %(number)s af business casen for »%(title)s«") % facts


def held_case(actor: Actor, initiative: Any) -> BusinessCase:
    """Return the initiative's case, locked, making it when there is none."""
    case, _made = BusinessCase.objects.get_or_create(
        organisation_id=actor.organisation_id, initiative_id=initiative.pk
    )
    return BusinessCase.objects.select_for_update().get(pk=case.pk)


def held_draft(actor: Actor, version_id: int, version: int | None) -> CaseVersion:
    """Return a draft, locked for change. Raises NotFound, NotAllowed, VersionIsFinal, Conflict.

    `version` None is for parts that look after lost updates themselves.
    """
    draft = queries.version_of(actor, version_id)
    require(actor, CHANGE_CASES, draft.case.initiative.unit_id)
    return locked(draft, version)


def locked(draft: CaseVersion, version: int | None, *states: VersionState) -> CaseVersion:
    """Return the version locked, in one of the states (a draft without any)."""
    BusinessCase.objects.select_for_update().only("id").get(pk=draft.case_id)
    draft.refresh_from_db(fields=["state", "version", "number", "price_level", "submitted_by"])
    if draft.state == VersionState.SUBMITTED and VersionState.SUBMITTED not in states:
        raise VersionWaits(
            _("Tallene er indsendt og venter på svar. Tag dem tilbage, før du retter i dem.")
        )
    if draft.state not in (states or (VersionState.DRAFT,)):
        raise VersionIsFinal(
            _("Versionen er godkendt og kan ikke ændres. Lav en ny version ved siden af.")
        )
    if version is not None and draft.version != version:
        raise Conflict(
            _("En anden har rettet udkastet imens. Se tallene, som de står nu, og prøv igen.")
        )
    return draft


def grow(draft: CaseVersion, *changed: str) -> None:
    """Save some fields of a draft and grow its version."""
    draft.version += 1
    draft.save(update_fields=[*changed, "version"])


def supersede(former: CaseVersion | None) -> None:
    """Let the version that held until now be superseded, if there is one."""
    if former is not None:
        former.state = VersionState.SUPERSEDED
        former.version += 1
        former.save(update_fields=["state", "version"])


def number_before_draft(case: BusinessCase) -> int:
    """Return the next number, moving a draft that somebody is writing one up."""
    draft = case.versions.filter(state__in=OPEN_STATES).first()
    if draft is None:
        return queries.last_number(case.pk) + 1
    number = draft.number
    draft.number = queries.last_number(case.pk) + 1
    draft.save(update_fields=["number"])
    return number


def write_lines(
    version: CaseVersion, lines: Sequence[LineInput], source: Source, first_position: int = 0
) -> list[CaseLine]:
    """Write lines with their amounts from a position on, and return them."""
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
            basis=line.basis,
            life_years=line.life_years,
            cost_type=line.cost_type,
            position=first_position + place,
            source=source,
            source_place=line.source_place[:120],
        )
        for place, line in enumerate(lines)
    )
    pairs = zip(made, lines, strict=True)
    write_amounts(version, [(line, dict(given.amounts)) for line, given in pairs])
    return made


def rewrite_line(standing: CaseLine, line: LineInput, source: Source) -> CaseLine:
    """Write a line anew where it stands: its fields, its source and its amounts."""
    for name in (
        *("key", "kind", "measure", "steering_area", "duration"),
        *("low_share", "high_share", "basis", "life_years", "cost_type"),
    ):
        setattr(standing, name, getattr(line, name))
    standing.source, standing.source_place = source, line.source_place[:120]
    standing.save()
    for rows in (standing.amounts, standing.factors, standing.ramp):
        rows.all().delete()
    write_amounts(standing.case_version, [(standing, dict(line.amounts))])
    return standing


def write_amounts(
    version: CaseVersion, amounts: Iterable[tuple[CaseLine, dict[int, Decimal]]]
) -> None:
    """Write the amounts of lines, year by year."""
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
