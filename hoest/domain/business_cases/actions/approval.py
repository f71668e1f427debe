"""From draft to promise: submit, take back, send back, approve."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.business_cases import queries
from hoest.domain.business_cases.actions.held import (
    grow,
    held_draft,
    locked,
    named,
    supersede,
)
from hoest.domain.business_cases.models import CaseVersion
from hoest.domain.business_cases.permissions import APPROVE_CASES, CHANGE_CASES
from hoest.domain.business_cases.rules import (
    OPEN_STATES,
    ApprovedByItsSender,
    CaseHasNoLines,
    CaseLineFigures,
    ReasonMissing,
    VersionState,
)
from hoest.domain.business_cases.rules.guide import check_effect
from hoest.domain.business_cases.rules.mandates import OutsideMandate, amount_to_approve
from hoest.foundation import clock, content, followers
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.ui.formats import kroner_short, one_stop


@transaction.atomic
def submit(*, actor: Actor, version_id: int, version: int) -> CaseVersion:
    """Hand a draft over for approval; from now on nobody writes in it.

    Raises CaseHasNoLines, EffectForCitizensMissing, VersionWaits, VersionIsFinal, Conflict,
    NotAllowed.
    """
    draft = held_draft(actor, version_id, version)
    if not draft.lines.exists():
        raise CaseHasNoLines(_("Der er ingen tal at indsende. Skriv mindst én post først."))
    _hold_effect(draft)
    draft.state = VersionState.SUBMITTED
    draft.submitted_by_id = actor.person_id
    draft.submitted_by_name = actor.name[:160]
    draft.submitted_at = clock.now()
    # What was lacking is answered; the history keeps it.
    draft.returned_by_name, draft.returned_at, draft.returned_reason = "", None, ""
    grow(
        draft,
        "state",
        "submitted_by",
        "submitted_by_name",
        "submitted_at",
        "returned_by_name",
        "returned_at",
        "returned_reason",
    )
    record(actor, "business_cases.submit", draft, called=named(draft))
    followers.tell("initiative", actor, draft.case.initiative_id)
    return draft


def _hold_effect(draft: CaseVersion) -> None:
    """Raise EffectForCitizensMissing unless the draft says what citizens notice, or why nothing."""
    check_effect(
        set(draft.answers.exclude(text="").values_list("question", flat=True)),
    )


@transaction.atomic
def take_back(*, actor: Actor, version_id: int, version: int) -> CaseVersion:
    """Take submitted figures back to go on writing. Raises VersionIsFinal, Conflict, NotAllowed."""
    waiting = queries.version_of(actor, version_id)
    require(actor, CHANGE_CASES, waiting.case.initiative.unit_id)
    waiting = locked(waiting, version, VersionState.SUBMITTED)
    waiting.state = VersionState.DRAFT
    grow(waiting, "state")
    record(actor, "business_cases.take_back", waiting, called=named(waiting))
    return waiting


@transaction.atomic
def send_back(*, actor: Actor, version_id: int, version: int, reason: str) -> CaseVersion:
    """Send submitted figures back with what is lacking; they become a draft again.

    Raises ReasonMissing, VersionIsFinal, Conflict, NotAllowed.
    """
    waiting = queries.version_of(actor, version_id)
    require(actor, APPROVE_CASES, waiting.case.initiative.unit_id)
    waiting = locked(waiting, version, VersionState.SUBMITTED)
    said = " ".join(reason.split())[:400]
    if not said:
        raise ReasonMissing(_("Skriv, hvad der mangler, så den anden kan gøre det færdigt."))
    waiting.state = VersionState.DRAFT
    waiting.returned_by_name = actor.name[:160]
    waiting.returned_at = clock.now()
    waiting.returned_reason = said
    grow(waiting, "state", "returned_by_name", "returned_at", "returned_reason")
    record(actor, "business_cases.send_back", waiting, called=named(waiting), reason=said)
    return waiting


@transaction.atomic
def approve(*, actor: Actor, version_id: int, version: int, reason: str = "") -> CaseVersion:
    """Approve a draft; the former approved version is superseded in the same transaction.

    The first approved version is the original promise and needs no reason; every later one says
    why it differs. Raises OutsideMandate, CaseHasNoLines, EffectForCitizensMissing,
    ReasonMissing, VersionIsFinal, Conflict, NotAllowed.
    """
    draft = queries.version_of(actor, version_id)
    require(actor, APPROVE_CASES, draft.case.initiative.unit_id)
    draft = locked(draft, version, *OPEN_STATES)
    if draft.state == VersionState.SUBMITTED and draft.submitted_by_id == actor.person_id:
        raise ApprovedByItsSender(
            _("Du har selv indsendt tallene. En anden, der må godkende dem, skal svare.")
        )
    lines = queries.figures_of(draft)
    require_mandate(actor, draft.case.initiative.unit_id, lines)
    former = draft.case.versions.filter(state=VersionState.APPROVED).first()
    if not draft.lines.exists():
        raise CaseHasNoLines(_("Der er ingen tal at godkende. Skriv mindst én post først."))
    if draft.state == VersionState.DRAFT:  # approved as it stands, so handed over in the same act
        _hold_effect(draft)
    if former is not None and not reason.strip():
        raise ReasonMissing(_("Skriv, hvorfor tallene er ændret. Det første løfte bliver stående."))
    supersede(former)
    others = draft.case.versions.exclude(pk=draft.pk)
    draft.number = max((v.number for v in others), default=0) + 1
    draft.reason = reason.strip()[:400]
    if draft.submitted_at is None or draft.state == VersionState.DRAFT:
        draft.submitted_by_id, draft.submitted_by_name = actor.person_id, actor.name[:160]
        draft.submitted_at = clock.now()
    draft.approved_by_id = actor.person_id
    draft.approved_by_name = actor.name
    draft.approved_on = clock.today()
    draft.state = VersionState.APPROVED
    grow(
        draft,
        "number",
        "reason",
        "submitted_by",
        "submitted_by_name",
        "submitted_at",
        "approved_by",
        "approved_by_name",
        "approved_on",
        "state",
    )
    record(
        actor,
        "business_cases.approve",
        draft,
        called=named(draft),
        reason=draft.reason,
        superseded=former,
    )
    followers.tell("initiative", actor, draft.case.initiative_id)
    return draft


def require_mandate(actor: Actor, unit_id: int, lines: Sequence[CaseLineFigures]) -> None:
    """Raise OutsideMandate unless one of the actor's roles may approve what the lines cost."""
    mandate = queries.mandate_of(lines)
    roles = {
        grant.role for grant in actor.grants if grant.unit_id is None or unit_id in grant.unit_ids
    }
    if actor.is_system or mandate.allows(roles):
        return
    raise OutsideMandate(
        one_stop(
            _("Udgifterne er %(amount)s. Det kan du ikke godkende. Det kan: %(who)s.")
            % {
                "amount": kroner_short(amount_to_approve(lines)),
                "who": ", ".join(content.label("role", role) for role in mandate.roles),
            }
        )
    )
