"""Writes of initiatives. Each is one act: permission, change, audit; lost updates are refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, TypedDict

from django.db import connection, transaction
from django.utils.translation import gettext as _

from hoest.domain.organisations.queries import people_of
from hoest.domain.portfolio import queries
from hoest.domain.portfolio.models import ClosingDecision, Initiative, LeadStatus, Rollout
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES, CREATE_INITIATIVES
from hoest.domain.portfolio.rules import Hindrance, LeadWord, Phase, is_forward, may_move
from hoest.foundation import content, followers
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import now, today
from hoest.foundation.faults import Fault
from hoest.foundation.forms.versions import check_version
from hoest.foundation.imports.adoption import Adoption, fill, known
from hoest.foundation.provenance.actions import entered_by
from hoest.foundation.provenance.models import Source

CHANGEABLE = (
    "title",
    "in_practice",
    "purpose_type",
    "initiative_type",
    "unit",
    "body",
    "core_task",
    "theme",
    "sponsor",
    "lead",
    "starts_on",
    "live_on",
    "agreed_adoption_share",
    "old_way_closes_on",
    "reference",
)
"""What the form of an initiative changes; phase, use and the old way have acts of their own."""


class InitiativeFields(TypedDict, total=False):
    """What a person writes about an initiative; units, committees and people are model rows."""

    title: str
    in_practice: str
    purpose_type: str
    initiative_type: str
    unit: Any
    body: Any
    core_task: Any
    theme: str
    sponsor: Any
    lead: Any
    starts_on: dt.date | None
    live_on: dt.date | None
    agreed_adoption_share: Decimal | None
    old_way_closes_on: dt.date | None
    reference: str


class PhaseCannotBeReached(Fault):
    """The initiative cannot go from its phase to that one."""


class GateNotPassed(Fault):
    """An initiative goes on to a later phase through its gate, by decision."""


class StoppedWithoutReason(Fault):
    """An initiative is stopped with a reason that everybody can read."""


class NotAShare(Fault):
    """The adoption is not between nothing and everybody."""


class InTheFuture(Fault):
    """A fact is recorded on a day that has not come."""


class NotEmbeddedYet(Fault):
    """The old way is open or too few use the new one, and nobody is named who decided to close."""

    def __init__(self, said: str, hindrances: tuple[Hindrance, ...]) -> None:
        super().__init__(said)
        self.hindrances = hindrances


class DeciderLeadsTheInitiative(Fault):
    """Whoever leads an initiative does not decide that it may close unfinished."""


class CoreTaskIsRetired(Fault):
    """An initiative cannot begin to point at a core task that is out of use."""


class UnitsTell(Fault):
    """The initiative is rolled out unit by unit, so the units tell how far it is."""


@transaction.atomic
def create_initiative(*, actor: Actor, fields: InitiativeFields) -> Initiative:
    """Create an initiative in a unit; the key is the municipality's next one."""
    unit = fields["unit"]
    require(actor, CREATE_INITIATIVES, unit.pk)
    _refuse_retired(fields.get("core_task"))
    _hold_the_keys(actor.organisation_id)
    initiative = Initiative.objects.create(
        organisation_id=actor.organisation_id,
        key=queries.next_key(actor.organisation_id),
        source=entered_by(actor, _("Oprettet i Høst")),
        **_only_known(fields),
    )
    record(actor, "portfolio.create_initiative", initiative, key=initiative.key, unit=unit)
    return initiative


@transaction.atomic
def change_initiative(
    *, actor: Actor, initiative_id: int, version: int, fields: InitiativeFields
) -> Initiative:
    """Change what stands about an initiative.

    `version` is the one the person read. Raises ChangedMeanwhile with both versions when
    somebody else has changed it since, and NotAllowed in the old or the new unit.
    """
    initiative = _held(actor, initiative_id)
    changes = {
        name: value
        for name, value in _only_known(fields).items()
        if getattr(initiative, name) != value
    }
    check_version(initiative, version, changes)
    if "unit" in changes:
        require(actor, CHANGE_INITIATIVES, changes["unit"].pk)
    if not changes:
        return initiative
    _refuse_retired(changes.get("core_task"))
    before = {name: getattr(initiative, name) for name in changes}
    _change(initiative, **changes)
    record(actor, "portfolio.change_initiative", initiative, before=before, after=changes)
    followers.tell("initiative", actor, initiative.pk)
    return initiative


@transaction.atomic
def change_phase(
    *,
    actor: Actor,
    initiative_id: int,
    version: int,
    phase: Phase,
    reason: str = "",
    decided_by: Any = None,
    was_before_gates: bool = False,
) -> Initiative:
    """Move an initiative back, to a stop or to its end; stopping takes a reason.

    On to a later phase it goes through its gate (`decide_gate`); `was_before_gates` is for what
    is told of a time before the municipality kept gates in Høst.

    Closing as done takes a closed old way and the agreed use, or a person who has decided
    (`decided_by`, not the lead) with a reason. Raises NotEmbeddedYet, DeciderLeadsTheInitiative,
    GateNotPassed, PhaseCannotBeReached, StoppedWithoutReason.
    """
    initiative = _held(actor, initiative_id)
    check_version(initiative, version, {"phase": phase.value})
    before = Phase(initiative.phase)
    if not may_move(before, phase):
        raise PhaseCannotBeReached(
            _("Et initiativ kan ikke gå fra »%(before)s« til »%(after)s«.")
            % {
                "before": content.label("phase", before),
                "after": content.label("phase", phase),
            }
        )
    if not was_before_gates and is_forward(queries.furthest_phase(initiative), phase):
        raise GateNotPassed(
            _("Initiativet går videre til »%(after)s« gennem porten, når det er afgjort.")
            % {"after": content.label("phase", phase)}
        )
    if phase is Phase.STOPPED and not reason.strip():
        raise StoppedWithoutReason(
            _("Skriv, hvorfor initiativet stoppes. Begrundelsen kan læses af alle.")
        )
    decision = (
        _decision_to_close(actor, initiative, decided_by, reason) if phase is Phase.CLOSED else None
    )
    _change(initiative, phase=phase.value)
    record(
        actor,
        "portfolio.change_phase",
        initiative,
        before=before.value,
        after=phase.value,
        reason=reason.strip(),
        **({"decided_by": decision.decided_by_name} if decision else {}),
    )
    followers.tell("initiative", actor, initiative.pk)
    return initiative


@transaction.atomic
def record_adoption(
    *, actor: Actor, initiative_id: int, version: int, share: Decimal, on: dt.date
) -> Initiative:
    """Record how large a share (0 to 1) uses the new way, as counted on a day."""
    initiative = _held(actor, initiative_id)
    check_version(initiative, version, {"adoption_share": share, "adoption_on": on})
    _refuse_where_units_tell(initiative)
    if not 0 <= share <= 1:
        raise NotAShare(_("Ibrugtagningen skal ligge mellem 0 og 100 %."))
    _not_in_the_future(on)
    before = initiative.adoption_share
    _change(initiative, adoption_share=share, adoption_on=on)
    record(actor, "portfolio.record_adoption", initiative, before=before, share=share, on=on)
    followers.tell("initiative", actor, initiative.pk)
    return initiative


@transaction.atomic
def close_old_way(
    *, actor: Actor, initiative_id: int, version: int, closed_on: dt.date
) -> Initiative:
    """Record the day on which the old way of doing the task was closed."""
    initiative = _held(actor, initiative_id)
    check_version(initiative, version, {"old_way_closed_on": closed_on})
    _refuse_where_units_tell(initiative)
    _not_in_the_future(closed_on)
    _change(initiative, old_way_closed_on=closed_on)
    record(actor, "portfolio.close_old_way", initiative, closed_on=closed_on)
    followers.tell("initiative", actor, initiative.pk)
    return initiative


@transaction.atomic
def say_status(
    *, actor: Actor, initiative_id: int, version: int, word: LeadWord, sentence: str = ""
) -> LeadStatus:
    """Say how the initiative goes, in one word and one sentence; what was said before stays."""
    initiative = _held(actor, initiative_id)
    check_version(initiative, version, {})
    said = LeadStatus.objects.create(
        organisation_id=actor.organisation_id,
        initiative=initiative,
        word=word.value,
        sentence=" ".join(sentence.split())[:300],
        said_by_id=actor.person_id,
        said_by_name=actor.name[:160],
        said_at=now(),
    )
    _change(initiative)
    record(actor, "portfolio.say_status", initiative, word=word.value, sentence=said.sentence)
    followers.tell("initiative", actor, initiative.pk)
    return said


@transaction.atomic
def confirm_status(*, actor: Actor, initiative_id: int, version: int) -> Initiative:
    """Confirm that what stands is still so, when nothing has changed for long."""
    initiative = _held(actor, initiative_id)
    check_version(initiative, version, {})
    _change(initiative)
    record(actor, "portfolio.confirm_status", initiative)
    return initiative


def _decision_to_close(
    actor: Actor, initiative: Initiative, decided_by: Any, reason: str
) -> ClosingDecision | None:
    """Return the decision an unfinished initiative closes by; None when nothing is missing."""
    missing = queries.hindrances_of(initiative)
    if not missing:
        return None
    decider = decided_by and people_of(actor).filter(pk=decided_by.pk).first()
    if decider is None or not reason.strip():
        raise NotEmbeddedYet(
            _(
                "Initiativet er ikke indarbejdet: %(missing)s. Skriv, hvem der har besluttet at "
                "lukke det alligevel, og hvorfor."
            )
            % {"missing": missing_in_words(missing)},
            missing,
        )
    if decider.pk == initiative.lead_id:
        raise DeciderLeadsTheInitiative(
            _("Initiativets egen leder kan ikke beslutte det. Vælg sponsoren eller en anden leder.")
        )
    return ClosingDecision.objects.create(
        organisation_id=actor.organisation_id,
        initiative=initiative,
        decided_by=decider,
        decided_by_name=decider.name,
        reason=" ".join(reason.split())[:400],
        hindrances=[one.value for one in missing],
        recorded_by_name=actor.name,
    )


def missing_in_words(missing: tuple[Hindrance, ...]) -> str:
    """Say what keeps an initiative from being closed, as the middle of a sentence."""
    words = {
        Hindrance.OLD_WAY_OPEN: _("den gamle arbejdsgang er åben"),
        Hindrance.ADOPTION_UNKNOWN: _("ingen har talt, hvor mange der bruger det nye"),
        Hindrance.ADOPTION_LOW: _("for få bruger det nye"),
    }
    return _(" og ").join(words[one] for one in missing)


def _refuse_where_units_tell(initiative: Initiative) -> None:
    if Rollout.objects.filter(
        organisation_id=initiative.organisation_id, initiative=initiative, unit__isnull=False
    ).exists():
        raise UnitsTell(_("Initiativet rulles ud enhed for enhed. Skriv tallet under udrulningen."))


def _refuse_retired(core_task: Any) -> None:
    if core_task is not None and core_task.retired_on is not None:
        raise CoreTaskIsRetired(_("Kerneopgaven er taget ud af brug. Vælg en anden."))


def _held(actor: Actor, initiative_id: int) -> Initiative:
    """Return the initiative locked for change. Raises NotFound, then NotAllowed."""
    initiative = queries.initiative_of(actor, initiative_id)
    require(actor, CHANGE_INITIATIVES, initiative.unit_id)
    Initiative.objects.select_for_update().only("id").get(pk=initiative.pk)
    initiative.refresh_from_db()
    return initiative


def _change(initiative: Initiative, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(initiative, name, value)
    initiative.version += 1
    initiative.save(update_fields=[*changes, "version", "changed_at"])


def _only_known(fields: InitiativeFields) -> dict[str, Any]:
    unknown = set(fields) - set(CHANGEABLE)
    if unknown:
        raise ValueError(f"not fields of an initiative: {sorted(unknown)}")
    return dict(fields)


def _not_in_the_future(day: dt.date) -> None:
    if day > today():
        raise InTheFuture(_("Datoen ligger ude i fremtiden. Skriv den dag, det skete."))


def _hold_the_keys(organisation_id: int) -> None:
    """Let only one transaction at a time give out keys in a municipality."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('portfolio.keys'), %s)", [organisation_id]
        )


@transaction.atomic
def adopt_initiative(
    *, actor: Actor, key: str, values: dict[str, Any], source: Source, source_place: str
) -> Adoption[Initiative]:
    """Make, fill in or leave an initiative from a file; `values` are field names of the model.

    The importer checks the permission once for the whole file and keeps the audit of it.
    """
    found = Initiative.objects.filter(organisation_id=actor.organisation_id, key=key).first()
    if found is not None:
        return fill(found, values)
    made = Initiative.objects.create(
        organisation_id=actor.organisation_id,
        key=key,
        source=source,
        source_place=source_place,
        **known(values),
    )
    return Adoption(made, was_made=True)
