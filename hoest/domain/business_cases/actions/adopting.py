"""Versions that a file says were approved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.business_cases import queries
from hoest.domain.business_cases.actions.held import (
    held_case,
    named,
    number_before_draft,
    supersede,
    write_lines,
)
from hoest.domain.business_cases.actions.parts import WITHOUT_LINES, copy_parts
from hoest.domain.business_cases.models import CaseVersion
from hoest.domain.business_cases.permissions import ADOPT_CASES
from hoest.domain.business_cases.rules import (
    CaseHasNoLines,
    LineInput,
    VersionState,
    as_kept,
    check_line,
    check_price_level,
    same_lines,
)
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.provenance.models import Source


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
    case = held_case(actor, initiative)
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
        number=number_before_draft(case),
        price_level=price_level,
        reason=reason[:400],
        created_at=clock.now(),
        created_by_name=actor.name,
        source=source,
        source_place=source_place,
        import_id=import_id,
    )
    write_lines(version, wanted, source)
    if former is not None:  # a file knows nothing of risks; what is known of them stays
        copy_parts(former, version, WITHOUT_LINES)
    supersede(former)
    version.state = VersionState.APPROVED
    version.approved_by_name = approved_by_name[:200]
    version.approved_on = approved_on
    version.save(update_fields=["state", "approved_by_name", "approved_on"])
    verb, called = "business_cases.adopt_version", named(version, initiative)
    record(actor, verb, version, called=called, source=source, superseded=former)
    return version, True
