"""Reads for the security report: registers for those who keep it, reports for their readers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from hoest.domain.portfolio.queries import deviations_of
from hoest.domain.portfolio.rules import DeviationState
from hoest.domain.trust.models import (
    IncidentCount,
    ManagementStep,
    SecurityReport,
    SecurityRisk,
)
from hoest.domain.trust.permissions import READ_REPORTS, VIEW_SECURITY
from hoest.domain.trust.rules.security import (
    Duty,
    ManagementStepKind,
    ReportState,
    Step,
    duties,
    order_of_risk,
)
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, require
from hoest.foundation.clock import today
from hoest.foundation.faults import NotFound

# The areas of requirements whose deviations the report names: security, data protection and law.
REPORTED_GROUPS = frozenset({"security", "data", "law"})


def risks_visible_to(actor: Actor) -> QuerySet[SecurityRisk]:
    """Return the register of security risks, for those who may see the ground of the report."""
    if not allowed(actor, VIEW_SECURITY):
        return SecurityRisk.objects.none()
    return SecurityRisk.objects.filter(organisation_id=actor.organisation_id)


def risk_of(actor: Actor, risk_id: int) -> SecurityRisk:
    """Return one risk. Raises NotFound."""
    found = risks_visible_to(actor).select_related("initiative").filter(pk=risk_id).first()
    if found is None:
        raise NotFound("Risikoen findes ikke, eller du kan ikke se den.")
    return found


def top_risks(actor: Actor) -> list[SecurityRisk]:
    """Return the open risks that go into the report, worst first, as many as its limit."""
    rows = risks_visible_to(actor).filter(is_top=True, closed_on__isnull=True)
    worst = sorted(
        rows.select_related("initiative"),
        key=lambda one: (
            order_of_risk(one.consequence_word, one.likelihood, one.ends_on),
            one.pk,
        ),
    )
    return worst[: content.limit("report_top_risks")]


def incidents_of(
    actor: Actor, starts_on: dt.date | None = None, ends_on: dt.date | None = None
) -> list[IncidentCount]:
    """Return the counted incidents, newest first; those wholly in a period when one is given."""
    if not allowed(actor, VIEW_SECURITY):
        return []
    rows = IncidentCount.objects.filter(organisation_id=actor.organisation_id)
    if starts_on is not None:
        rows = rows.filter(starts_on__gte=starts_on)
    if ends_on is not None:
        rows = rows.filter(ends_on__lte=ends_on)
    return list(rows)


def incident_of(actor: Actor, incident_id: int) -> IncidentCount:
    """Return one count of incidents. Raises NotFound."""
    found = next((one for one in incidents_of(actor) if one.pk == incident_id), None)
    if found is None:
        raise NotFound("Tallet findes ikke, eller du kan ikke se det.")
    return found


def management_steps(actor: Actor) -> list[ManagementStep]:
    """Return what the management body has done, newest first."""
    if not allowed(actor, VIEW_SECURITY):
        return []
    return list(ManagementStep.objects.filter(organisation_id=actor.organisation_id))


def duties_of(steps: list[ManagementStep]) -> tuple[Duty, ...]:
    """Return each duty of the management body as it stands today."""
    told = [
        Step(ManagementStepKind(one.kind), one.on, one.next_due_on)
        for one in sorted(steps, key=lambda one: (one.on, one.pk))
    ]
    return duties(told, today(), content.limit("management_due_soon"))


def duties_now(steps: list[ManagementStep]) -> list[dict[str, Any]]:
    """Return each duty with the newest step of its kind, as plain values."""
    return [_duty(duty, steps) for duty in duties_of(steps)]


def reports_visible_to(actor: Actor) -> QuerySet[SecurityReport]:
    """Return the reports an actor may see: all to those who keep it, else the approved ones."""
    if not allowed(actor, READ_REPORTS):
        return SecurityReport.objects.none()
    rows = SecurityReport.objects.filter(organisation_id=actor.organisation_id)
    if not allowed(actor, VIEW_SECURITY):
        rows = rows.filter(state=ReportState.APPROVED)
    return rows.select_related("body").order_by("-number")


def report_of(actor: Actor, number: int) -> SecurityReport:
    """Return one report by its number. Raises NotFound, also for a draft one may not see."""
    if not allowed(actor, READ_REPORTS):
        require(actor, READ_REPORTS)
    found = reports_visible_to(actor).filter(number=number).first()
    if found is None:
        raise NotFound("Rapporten findes ikke, eller du kan ikke se den.")
    return found


def report_facts(actor: Actor, report: SecurityReport) -> dict[str, Any]:
    """Return what a report says: as it was frozen, or as the registers give it now."""
    if report.snapshot is not None:
        kept: dict[str, Any] = report.snapshot
        return kept
    return facts_now(actor, report)


def facts_now(actor: Actor, report: SecurityReport) -> dict[str, Any]:
    """Return what the registers give for a report now, as plain values that can be frozen."""
    steps = management_steps(actor)
    return {
        "day": today().isoformat(),
        "risks": [_risk(one) for one in top_risks(actor)],
        "deviations": _deviations(actor),
        "incidents": [
            {
                "kind": one.kind,
                "count": one.count,
                "reported": one.reported,
                "lesson": one.lesson,
                "starts_on": one.starts_on.isoformat(),
                "ends_on": one.ends_on.isoformat(),
            }
            for one in incidents_of(actor, report.starts_on, report.ends_on)
        ],
        "duties": duties_now(steps),
        "decisions": list(report.decisions),
    }


def _risk(one: SecurityRisk) -> dict[str, str]:
    return {
        "what": one.what_may_happen,
        "consequence": one.consequence,
        "consequence_word": one.consequence_word,
        "likelihood": one.likelihood,
        "measure": one.measure,
        "owner": one.owner_function,
        "ends_on": one.ends_on.isoformat(),
        "initiative": one.initiative.title if one.initiative else "",
    }


def _duty(duty: Duty, steps: list[ManagementStep]) -> dict[str, Any]:
    """Return a duty with the newest step of its kind in words."""
    last = max(
        (one for one in steps if one.kind == duty.kind),
        key=lambda one: (one.on, one.pk),
        default=None,
    )
    return {
        "kind": duty.kind.value,
        "word": duty.word.value,
        "on": last.on.isoformat() if last else "",
        "who": last.who_function if last else "",
        "what": last.what if last else "",
        "reference": last.reference if last else "",
        "due_on": last.next_due_on.isoformat() if last and last.next_due_on else "",
    }


def _deviations(actor: Actor) -> list[dict[str, str]]:
    """Return the requirements of security, data and law deviated from now, nearest end first.

    No names; one the municipality no longer asks for stands while it is one of law.
    """
    rows = deviations_of(actor).filter(state=DeviationState.APPROVED, ends_on__gte=today())
    known = content.gate_requirements()
    return [
        {
            "initiative": one.initiative.title,
            "requirement": known[one.code].label.da if one.code in known else one.code,
            "reason": one.reason,
            "measures": one.measures,
            "until": one.ends_on.isoformat(),
        }
        for one in rows.select_related("initiative").order_by("ends_on", "pk")
        if (known[one.code].group in REPORTED_GROUPS if one.code in known else one.is_statutory)
    ]
