"""Writing what is uncertain in a draft: ranges of its lines, risks of its pool, its ground."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.business_cases import queries
from hoest.domain.business_cases.actions.held import grow, held_draft, named
from hoest.domain.business_cases.models import CaseGround, CaseRisk, CaseVersion
from hoest.domain.business_cases.rules import (
    Aspect,
    Ground,
    GroundIsNotWhole,
    RangeInput,
    RiskExists,
    RiskInput,
)
from hoest.domain.business_cases.rules.uncertainty import (
    check_ground,
    check_range,
    check_risk,
    check_room,
    range_as_kept,
    risk_as_kept,
)
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import NotFound


@transaction.atomic
def set_ranges(
    *, actor: Actor, version_id: int, version: int, ranges: Sequence[RangeInput]
) -> CaseVersion:
    """Write how far some lines of a draft can go, and what each estimate rests on.

    Lines that are not named stay as they are. Raises LineIsNotWhole, NotFound, Conflict,
    VersionIsFinal, VersionWaits, NotAllowed.
    """
    draft = held_draft(actor, version_id, version)
    lines = {line.pk: line for line in draft.lines.all()}
    changed = []
    for one in map(range_as_kept, ranges):
        check_range(one)
        line = lines.get(one.line_id)
        if line is None:
            raise NotFound(_("Posten findes ikke længere i udkastet."))
        if (line.low_share, line.high_share, line.basis) != (
            one.low_share,
            one.high_share,
            one.basis,
        ):
            line.low_share, line.high_share, line.basis = one.low_share, one.high_share, one.basis
            line.save(update_fields=["low_share", "high_share", "basis"])
            changed.append(line.key)
    if changed:
        grow(draft)
        record(
            actor, "business_cases.set_ranges", draft, called=named(draft), changed=sorted(changed)
        )
    return draft


@transaction.atomic
def set_risk(
    *, actor: Actor, version_id: int, version: int, risk: RiskInput, risk_id: int | None = None
) -> CaseRisk:
    """Write a risk of a draft's pool, a new one or (with `risk_id`) an existing one.

    Raises RiskIsNotWhole, RiskExists, PoolIsFull, MitigationUnknown, NotFound, Conflict,
    VersionIsFinal, VersionWaits, NotAllowed.
    """
    draft = held_draft(actor, version_id, version)
    risk = risk_as_kept(risk)
    check_risk(risk, queries.cost_keys(draft))
    standing = {row.pk: row for row in draft.risks.all()}
    row = standing.get(risk_id) if risk_id is not None else None
    if risk_id is not None and row is None:
        raise NotFound(_("Risikoen findes ikke længere i udkastet."))
    if row is None:
        check_room(len(standing), content.limit("most_risks"))
        row = CaseRisk(
            organisation_id=draft.organisation_id,
            case_version=draft,
            position=max((one.position for one in standing.values()), default=0) + 1,
        )
    if any(one.title == risk.title and one.pk != row.pk for one in standing.values()):
        raise RiskExists(
            _("Der er allerede en risiko, der hedder »%(key)s«.") % {"key": risk.title}
        )
    for name in (
        *("title", "if_it_happens", "probability", "probability_because"),
        *("low_dkk", "likely_dkk", "high_dkk", "mitigation_key"),
    ):
        setattr(row, name, getattr(risk, name))
    row.written_by_name, row.written_at = actor.name[:160], clock.now()
    row.save()
    grow(draft)
    record(
        actor,
        "business_cases.set_risk",
        draft,
        called=named(draft),
        risk=risk.title,
        probability=risk.probability,
        low=risk.low_dkk,
        likely=risk.likely_dkk,
        high=risk.high_dkk,
    )
    return row


@transaction.atomic
def remove_risk(*, actor: Actor, version_id: int, version: int, risk_id: int) -> CaseVersion:
    """Take a risk out of a draft's pool. One that is gone already is no fault."""
    draft = held_draft(actor, version_id, version)
    row = draft.risks.filter(pk=risk_id).first()
    if row is not None:
        row.delete()
        grow(draft)
        record(actor, "business_cases.remove_risk", draft, called=named(draft), risk=row.title)
    return draft


@transaction.atomic
def set_ground(*, actor: Actor, version_id: int, version: int, ground: Ground) -> CaseGround | None:
    """Write what a draft protects in one aspect; empty words take the aspect out again.

    Raises GroundIsNotWhole, Conflict, VersionIsFinal, VersionWaits, NotAllowed.
    """
    draft = held_draft(actor, version_id, version)
    if ground.aspect not in list(Aspect):
        raise GroundIsNotWhole(_("Det kan et grundlag ikke handle om."))
    row = draft.grounds.filter(aspect=ground.aspect).first()
    said = " ".join(ground.said.split())
    if said:
        check_ground(Ground(ground.aspect, ground.now_level, ground.after_level, said))
        row = row or CaseGround(
            organisation_id=draft.organisation_id, case_version=draft, aspect=ground.aspect
        )
        row.now_level, row.after_level, row.said = ground.now_level, ground.after_level, said
        row.written_by_name, row.written_at = actor.name[:160], clock.now()
        row.save()
    elif row is not None:
        row.delete()
        row = None
    else:
        return None
    grow(draft)
    record(
        actor,
        "business_cases.set_ground",
        draft,
        called=named(draft),
        aspect=str(ground.aspect),
        after=said,
    )
    return row


def copy_uncertainty(former: CaseVersion, draft: CaseVersion) -> None:
    """Copy risks and grounds with who wrote them; the ranges follow their lines."""
    risks, grounds = list(former.risks.all()), list(former.grounds.all())
    copied: list[CaseRisk | CaseGround] = [*risks, *grounds]
    for row in copied:
        row.pk = None
        row.case_version = draft
    CaseRisk.objects.bulk_create(risks)
    CaseGround.objects.bulk_create(grounds)
