"""Writes of the security report: its registers, a draft, the approval that freezes it.

Whoever wrote a report does not approve it: the security officer writes, the executive approves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, TypedDict

from django.db import connection, transaction
from django.utils.translation import gettext as _

from hoest.domain.trust import queries
from hoest.domain.trust.models import (
    IncidentCount,
    ManagementStep,
    SecurityReport,
    SecurityRisk,
)
from hoest.domain.trust.permissions import APPROVE_REPORTS, KEEP_SECURITY
from hoest.domain.trust.rules.security import (
    IncidentKind,
    ManagementStepKind,
    ReportState,
    RiskConsequence,
    RiskLikelihood,
)
from hoest.domain.trust.rules.sheets import personal_words
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import now, today
from hoest.foundation.faults import Fault
from hoest.foundation.forms.versions import check_version

MOST_DECISIONS = 10


class RiskFields(TypedDict):
    """What is written about a risk."""

    what_may_happen: str
    consequence: str
    consequence_word: RiskConsequence
    likelihood: RiskLikelihood
    measure: str
    owner_function: str
    ends_on: dt.date
    initiative: Any
    is_top: bool


class IncidentFields(TypedDict):
    """A count of one kind of incidents in a period."""

    starts_on: dt.date
    ends_on: dt.date
    kind: IncidentKind
    count: int
    reported: int
    lesson: str


class StepFields(TypedDict):
    """What the management body did, and when again."""

    kind: ManagementStepKind
    on: dt.date
    who_function: str
    what: str
    reference: str
    next_due_on: dt.date | None


class ReportFields(TypedDict):
    """What a person writes of a report; the rest comes from the registers."""

    starts_on: dt.date
    ends_on: dt.date
    body: Any
    introduction: str
    decisions: Sequence[str]


class FunctionsOnly(Fault):
    """The registers of the report name functions, never persons."""


class PeriodEndsFirst(Fault):
    """A period ends before it begins."""


class CountedAlready(Fault):
    """The kind of incidents has been counted for that period."""


class MoreReportedThanCounted(Fault):
    """More incidents were reported than there were."""


class NotYetHappened(Fault):
    """Something is recorded on a day that has not come."""


class RiskIsClosed(Fault):
    """A closed risk stays as it was."""


class ClosingNeedsReason(Fault):
    """A risk is closed with a word on why."""


class ReportIsApproved(Fault):
    """An approved report is frozen."""


class ReportNotAsked(Fault):
    """The report has not been sent for approval."""


class WriterMayNotApproveReport(Fault):
    """Whoever wrote a report does not approve it."""


@transaction.atomic
def write_risk(*, actor: Actor, fields: RiskFields) -> SecurityRisk:
    """Write a risk down. Raises FunctionsOnly, NotAllowed."""
    require(actor, KEEP_SECURITY)
    values = _sound(actor, fields)
    made = SecurityRisk.objects.create(organisation_id=actor.organisation_id, **values)
    record(actor, "trust.write_risk", made)
    return made


@transaction.atomic
def change_risk(*, actor: Actor, risk_id: int, version: int, fields: RiskFields) -> SecurityRisk:
    """Change a risk. Raises RiskIsClosed, FunctionsOnly, ChangedMeanwhile, NotAllowed, NotFound."""
    risk = _held_risk(actor, risk_id)
    values = _sound(actor, fields)
    changes = {name: value for name, value in values.items() if getattr(risk, name) != value}
    check_version(risk, version, changes)
    if not changes:
        return risk
    before = {name: getattr(risk, name) for name in changes}
    _save(risk, **changes)
    record(actor, "trust.change_risk", risk, before=before, after=changes)
    return risk


@transaction.atomic
def close_risk(*, actor: Actor, risk_id: int, version: int, reason: str) -> SecurityRisk:
    """Close a risk with a reason. Raises ClosingNeedsReason, and as `change_risk`."""
    risk = _held_risk(actor, risk_id)
    check_version(risk, version, {})
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise ClosingNeedsReason(_("Skriv, hvorfor risikoen er lukket."))
    _save(risk, closed_on=today(), closed_because=reason)
    record(actor, "trust.close_risk", risk, reason=reason)
    return risk


@transaction.atomic
def count_incidents(*, actor: Actor, fields: IncidentFields) -> IncidentCount:
    """Count one kind of incidents in a period, or count it anew.

    Raises PeriodEndsFirst, NotYetHappened, MoreReportedThanCounted, FunctionsOnly, NotAllowed.
    """
    require(actor, KEEP_SECURITY)
    _refuse_period(fields["starts_on"], fields["ends_on"])
    if fields["ends_on"] > today():
        raise NotYetHappened(_("Perioden er ikke slut endnu."))
    if fields["reported"] > fields["count"]:
        raise MoreReportedThanCounted(_("Der kan ikke være anmeldt flere, end der var."))
    values = _sound(actor, fields)
    made, is_new = IncidentCount.objects.update_or_create(
        organisation_id=actor.organisation_id,
        starts_on=values["starts_on"],
        ends_on=values["ends_on"],
        kind=values["kind"],
        defaults={
            "count": values["count"],
            "reported": values["reported"],
            "lesson": values["lesson"],
            "recorded_by_name": actor.name,
        },
    )
    verb = "trust.count_incidents" if is_new else "trust.count_incidents_anew"
    record(actor, verb, made, count=made.count)
    return made


@transaction.atomic
def note_management_step(*, actor: Actor, fields: StepFields) -> ManagementStep:
    """Note what the management body did, as a body or a function.

    Raises NotYetHappened, PeriodEndsFirst, FunctionsOnly, NotAllowed.
    """
    require(actor, KEEP_SECURITY)
    if fields["on"] > today():
        raise NotYetHappened(_("Dagen er ikke kommet endnu."))
    if fields["next_due_on"] is not None and fields["next_due_on"] <= fields["on"]:
        raise PeriodEndsFirst(_("Næste gang skal ligge efter denne gang."))
    values = _sound(actor, fields)
    made = ManagementStep.objects.create(
        organisation_id=actor.organisation_id,
        recorded_by_name=actor.name,
        recorded_at=now(),
        **values,
    )
    record(actor, "trust.note_management_step", made, kind=made.kind, on=made.on)
    return made


@transaction.atomic
def write_report(*, actor: Actor, fields: ReportFields) -> SecurityReport:
    """Begin a report as a draft. Raises PeriodEndsFirst, NotAllowed."""
    require(actor, KEEP_SECURITY)
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('trust.report'), %s)", [actor.organisation_id]
        )
    values = _report_values(actor, fields)
    rows = SecurityReport.objects.filter(organisation_id=actor.organisation_id)
    last = rows.order_by("-number").values_list("number", flat=True).first()
    made = SecurityReport.objects.create(
        organisation_id=actor.organisation_id,
        number=(last or 0) + 1,
        written_by_id=actor.person_id,
        written_by_name=actor.name,
        **values,
    )
    record(actor, "trust.write_report", made, called=_called(made))
    return made


@transaction.atomic
def change_report(
    *, actor: Actor, number: int, version: int, fields: ReportFields
) -> SecurityReport:
    """Change a draft; whoever changes it counts as its writer, and it must be sent again.

    Raises ReportIsApproved, PeriodEndsFirst, ChangedMeanwhile, NotAllowed, NotFound.
    """
    report = _held_report(actor, number)
    require(actor, KEEP_SECURITY)
    _refuse_approved(report)
    values = _report_values(actor, fields)
    check_version(report, version, values)
    _save(
        report,
        **values,
        written_by_id=actor.person_id,
        written_by_name=actor.name,
        asked_at=None,
    )
    record(actor, "trust.change_report", report, called=_called(report))
    return report


@transaction.atomic
def send_report(*, actor: Actor, number: int, version: int) -> SecurityReport:
    """Send a draft for approval. Raises as `change_report`."""
    report = _held_report(actor, number)
    require(actor, KEEP_SECURITY)
    _refuse_approved(report)
    check_version(report, version, {})
    _save(report, asked_at=now())
    record(actor, "trust.send_report", report, called=_called(report))
    return report


@transaction.atomic
def approve_report(*, actor: Actor, number: int, version: int) -> SecurityReport:
    """Approve a report and freeze what it says; from now on the committee can read it.

    Raises ReportIsApproved, ReportNotAsked, WriterMayNotApproveReport, ChangedMeanwhile,
    NotAllowed, NotFound.
    """
    report = _held_report(actor, number)
    require(actor, APPROVE_REPORTS)
    _refuse_approved(report)
    check_version(report, version, {})
    if report.asked_at is None:
        raise ReportNotAsked(_("Rapporten er ikke sendt til godkendelse endnu."))
    if report.written_by_id is not None and report.written_by_id == actor.person_id:
        raise WriterMayNotApproveReport(_("Du har selv skrevet rapporten. En anden godkender den."))
    snapshot = queries.facts_now(actor, report)
    _save(
        report,
        state=ReportState.APPROVED,
        snapshot=snapshot,
        approved_by_id=actor.person_id,
        approved_by_name=actor.name,
        approved_at=now(),
    )
    record(actor, "trust.approve_report", report, called=_called(report))
    return report


def _held_risk(actor: Actor, risk_id: int) -> SecurityRisk:
    found = queries.risk_of(actor, risk_id)
    require(actor, KEEP_SECURITY)
    risk = SecurityRisk.objects.select_for_update().get(pk=found.pk)
    if risk.closed_on is not None:
        raise RiskIsClosed(_("Risikoen er lukket og står, som den stod."))
    return risk


def _held_report(actor: Actor, number: int) -> SecurityReport:
    found = queries.report_of(actor, number)
    return (
        SecurityReport.objects.select_for_update(of=("self",))
        .select_related("body")
        .get(pk=found.pk)
    )


def _refuse_approved(report: SecurityReport) -> None:
    if report.state == ReportState.APPROVED:
        raise ReportIsApproved(_("Rapporten er godkendt og kan ikke ændres. Skriv en ny."))


def _refuse_period(starts_on: dt.date, ends_on: dt.date) -> None:
    if ends_on < starts_on:
        raise PeriodEndsFirst(_("Perioden slutter, før den begynder."))


def _report_values(actor: Actor, fields: ReportFields) -> dict[str, Any]:
    _refuse_period(fields["starts_on"], fields["ends_on"])
    asked = (" ".join(one.split())[:300] for one in fields["decisions"])
    values: dict[str, Any] = {**fields, "decisions": [one for one in asked if one][:MOST_DECISIONS]}
    _refuse_persons(actor, [values["introduction"], *values["decisions"]])
    values["introduction"] = " ".join(values["introduction"].split())[:600]
    return values


def _sound(actor: Actor, fields: Any) -> dict[str, Any]:
    """Return the fields without outer spaces. Raises FunctionsOnly."""
    values = {
        name: " ".join(value.split()) if isinstance(value, str) else value
        for name, value in fields.items()
    }
    _refuse_persons(actor, [value for value in values.values() if isinstance(value, str)])
    return values


def _refuse_persons(actor: Actor, texts: Sequence[str]) -> None:
    names, mailboxes = queries.registered_people(actor)
    for text in texts:
        if found := personal_words(text, names, mailboxes):
            raise FunctionsOnly(
                _("»%(words)s« peger på en person. Skriv en funktion eller en rolle.")
                % {"words": found}
            )


def _save(thing: SecurityRisk | SecurityReport, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(thing, name, value)
    thing.version += 1
    names = {name.removesuffix("_id") for name in changes}
    thing.save(update_fields=[*names, "version", "changed_at"])


def _called(report: SecurityReport) -> str:
    return _("Sikkerhedsrapport %(number)s") % {"number": report.number}
