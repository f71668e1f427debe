"""Writing a draft: begin it, its lines and price level, throw it away."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.business_cases import queries
from hoest.domain.business_cases.actions.held import (
    grow,
    held_case,
    held_draft,
    named,
    rewrite_line,
    write_lines,
)
from hoest.domain.business_cases.actions.parts import copy_parts
from hoest.domain.business_cases.models import CaseLine, CaseVersion
from hoest.domain.business_cases.permissions import CHANGE_CASES
from hoest.domain.business_cases.rules import (
    OPEN_STATES,
    LineExists,
    LineInput,
    VersionState,
    as_kept,
    check_line,
    check_price_level,
)
from hoest.domain.portfolio import queries as portfolio
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.provenance.actions import entered_by
from hoest.ui.formats import long_date


@transaction.atomic
def start_draft(*, actor: Actor, initiative_id: int, price_level: int | None = None) -> CaseVersion:
    """Begin a new version as a copy of the one that holds; the open one when there is one.

    A first version starts empty in the given price level (this year's without one).
    """
    initiative = portfolio.initiative_of(actor, initiative_id)
    require(actor, CHANGE_CASES, initiative.unit_id)
    case = held_case(actor, initiative)
    draft = case.versions.filter(state__in=OPEN_STATES, import_id__isnull=True).first()
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
        horizon_year=former.horizon_year if former else None,
        created_at=clock.now(),
        created_by_name=actor.name,
        source=entered_by(actor, _("Skrevet i Høst")),
    )
    if former is not None:
        copy_parts(former, draft)
    record(
        actor,
        "business_cases.start_draft",
        draft,
        called=named(draft, initiative),
        initiative=initiative,
        copied=former,
    )
    return draft


@transaction.atomic
def set_price_level(
    *, actor: Actor, version_id: int, version: int, price_level: int
) -> CaseVersion:
    """Say which year's money a draft counts in; the amounts themselves are not converted."""
    draft = held_draft(actor, version_id, version)
    check_price_level(price_level)
    before = draft.price_level
    draft.price_level = price_level
    grow(draft, "price_level")
    record(
        actor,
        "business_cases.set_price_level",
        draft,
        called=named(draft),
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
    draft = held_draft(actor, version_id, version)
    made = place_line(actor, draft, line, line_id)
    grow(draft)
    record(
        actor,
        "business_cases.set_line",
        draft,
        called=named(draft),
        line=made.key,
        amounts=dict(line.amounts),
    )
    return made


def place_line(
    actor: Actor, draft: CaseVersion, line: LineInput, line_id: int | None = None
) -> CaseLine:
    """Write a line with its amounts: a new one last, a standing one where it stands.

    What a standing line derived from goes; what else hangs on it stays. Raises LineIsNotWhole,
    LineExists.
    """
    line = as_kept(line)
    check_line(line)
    twin = draft.lines.filter(key=line.key, kind=line.kind, measure=line.measure).first()
    if twin is not None and twin.pk != line_id:
        raise LineExists(_("Der er allerede en post, der hedder »%(key)s«.") % {"key": line.key})
    said = _("Indtastet af %(name)s, %(day)s")
    source = entered_by(actor, said % {"name": actor.name, "day": long_date(clock.today())})
    former = draft.lines.filter(pk=line_id).first() if line_id else None
    if former is not None:
        return rewrite_line(former, line, source)
    return write_lines(draft, [line], source, first_position=draft.lines.count())[0]


@transaction.atomic
def remove_line(*, actor: Actor, version_id: int, version: int, line_id: int) -> CaseVersion:
    """Take a line out of a draft. A line that is gone already is no fault."""
    draft = held_draft(actor, version_id, version)
    line = draft.lines.filter(pk=line_id).first()
    if line is not None:
        line.delete()
        grow(draft)
        record(actor, "business_cases.remove_line", draft, called=named(draft), line=line.key)
    return draft


@transaction.atomic
def discard_draft(*, actor: Actor, version_id: int, version: int) -> int:
    """Throw a draft away and return the initiative it was of; approved versions stay."""
    draft = held_draft(actor, version_id, version)
    case = draft.case
    record(
        actor,
        "business_cases.discard_draft",
        draft,
        called=named(draft),
        lines=draft.lines.count(),
    )
    draft.delete()
    if not case.versions.exists():
        case.delete()
    return case.initiative_id
