"""Writes of the plan for getting started: load it, move it, give milestones owners, tick them."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.portfolio.models import Milestone, StartPlan
from hoest.domain.portfolio.permissions import LEAD_FIRST_YEAR
from hoest.domain.portfolio.queries import first_year as queries
from hoest.domain.portfolio.rules.first_year import months_after
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import today
from hoest.foundation.faults import Fault
from hoest.foundation.forms.versions import check_version


class PlanIsThere(Fault):
    """The municipality has a plan already."""


class NotReachedYet(Fault):
    """A milestone is reached with something that shows it, on a day that has been."""


class MilestoneFields(TypedDict):
    """What a person may change of a milestone; `owner` is a row or None."""

    title: str
    about: str
    due_on: dt.date
    owner: Any


@transaction.atomic
def load_first_year(*, actor: Actor, starts_on: dt.date) -> StartPlan:
    """Load the template with a first day; each milestone gets its date. Raises PlanIsThere."""
    require(actor, LEAD_FIRST_YEAR)
    if queries.start_plan_of(actor) is not None:
        raise PlanIsThere(_("Planen er lagt. Flyt den, hvis I begynder en anden dag."))
    plan = StartPlan.objects.create(
        organisation_id=actor.organisation_id, starts_on=starts_on, loaded_by_name=actor.name
    )
    language = content.active_language()
    template = content.first_year()
    Milestone.objects.bulk_create(
        Milestone(
            organisation_id=actor.organisation_id,
            plan=plan,
            code=one.code,
            stage=one.stage,
            place=place,
            title=one.title.in_language(language),
            about=one.about.in_language(language),
            fact=one.fact,
            due_on=months_after(starts_on, one.month),
        )
        for place, one in enumerate(template.milestones.values())
    )
    record(actor, "portfolio.load_first_year", plan, starts_on=starts_on)
    return plan


@transaction.atomic
def move_first_year(*, actor: Actor, version: int, starts_on: dt.date) -> StartPlan:
    """Begin on another day: milestones not ticked by people move as many days. ChangedMeanwhile."""
    require(actor, LEAD_FIRST_YEAR)
    plan = StartPlan.objects.select_for_update().get(organisation_id=actor.organisation_id)
    check_version(plan, version, {"starts_on": starts_on})
    days = starts_on - plan.starts_on
    if not days:
        return plan
    before, plan.starts_on = plan.starts_on, starts_on
    plan.version += 1
    plan.save(update_fields=["starts_on", "version", "changed_at"])
    rows = Milestone.objects.select_for_update().filter(
        organisation_id=actor.organisation_id, plan=plan, done_on=None
    )
    for row in rows:
        row.due_on += days
        row.version += 1
        row.save(update_fields=["due_on", "version", "changed_at"])
    record(actor, "portfolio.move_first_year", plan, before=before, after=starts_on)
    return plan


@transaction.atomic
def change_milestone(
    *, actor: Actor, milestone_id: int, version: int, fields: MilestoneFields
) -> Milestone:
    """Change words, day and owner of a milestone. Raises ChangedMeanwhile, NotAllowed, NotFound."""
    found = queries.milestone_of(actor, milestone_id)
    require(actor, LEAD_FIRST_YEAR)
    row = Milestone.objects.select_for_update(of=("self",)).get(pk=found.pk)
    changes = {name: value for name, value in fields.items() if getattr(row, name) != value}
    check_version(row, version, changes)
    if changes:
        before = {name: getattr(row, name) for name in changes}
        _change(row, changes)
        record(actor, "portfolio.change_milestone", row, before=before, after=changes)
    return row


@transaction.atomic
def reach_milestone(
    *, actor: Actor, milestone_id: int, version: int, on: dt.date, evidence: str
) -> Milestone:
    """Say that a milestone is reached, with a link or a sentence that shows it.

    The owner may, and who leads the plan. Raises NotReachedYet, ChangedMeanwhile, NotAllowed.
    """
    row = _own(actor, milestone_id)
    evidence = " ".join(evidence.split())[:400]
    if not evidence or on > today():
        raise NotReachedYet(_("Skriv, hvad der viser det, og en dag, der har været."))
    changes = {"done_on": on, "done_by_name": actor.name, "evidence": evidence}
    check_version(row, version, changes)
    _change(row, changes)
    record(actor, "portfolio.reach_milestone", row, on=on, evidence=evidence)
    return row


@transaction.atomic
def reopen_milestone(*, actor: Actor, milestone_id: int, version: int) -> Milestone:
    """Take back that a milestone is reached. Raises ChangedMeanwhile, NotAllowed, NotFound."""
    row = _own(actor, milestone_id)
    check_version(row, version, {})
    if row.done_on is not None:
        before = row.done_on
        _change(row, {"done_on": None, "done_by_name": "", "evidence": ""})
        record(actor, "portfolio.reopen_milestone", row, before=before)
    return row


def _own(actor: Actor, milestone_id: int) -> Milestone:
    found = queries.milestone_of(actor, milestone_id)
    is_owner = found.owner_id is not None and found.owner_id == actor.person_id
    if not is_owner and not allowed(actor, LEAD_FIRST_YEAR):
        require(actor, LEAD_FIRST_YEAR)
    return Milestone.objects.select_for_update(of=("self",)).get(pk=found.pk)


def _change(row: Milestone, changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*changes, "version", "changed_at"])
