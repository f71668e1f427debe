"""What the portfolio and the organisation know of a municipality's way from zero."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.organisations.queries import people_with_roles
from hoest.domain.portfolio.models import CoreTask, Initiative, RoleSupply
from hoest.domain.portfolio.models.gate import GateDecision
from hoest.domain.portfolio.rules import ACTIVE_PHASES, Phase
from hoest.foundation import milestones
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.roles import INSIDE
from hoest.foundation.audit.models import Act
from hoest.foundation.clock import DANISH_TIME, today
from hoest.foundation.milestones import Told

FEW, PEOPLE = 3, 5


def register() -> None:
    """Tell of the facts."""
    milestones.register("first_initiative", first_initiative)
    milestones.register("people_have_roles", people_have_roles)
    milestones.register("core_tasks_written", core_tasks_written)
    milestones.register("supply_written", supply_written)
    milestones.register("initiatives_have_committees", initiatives_have_committees)
    milestones.register("security_role_given", security_role_given)
    milestones.register("deliveries_have_sponsors", deliveries_have_sponsors)
    milestones.register("first_stop", first_stop)
    milestones.register("first_gate", first_gate)


def first_initiative(actor: Actor) -> Told:
    """Tell when the first initiative was written in."""
    rows = Initiative.objects.filter(organisation_id=actor.organisation_id)
    first = rows.aggregate(first=Min("created_at"))["first"]
    return Told(_day(first), "", reverse("portfolio:initiatives"))


def people_have_roles(actor: Actor) -> Told:
    """Tell when five people had a role."""
    rows = people_with_roles(actor, INSIDE)
    days = list(rows.order_by("created_at").values_list("created_at", flat=True)[:PEOPLE])
    return _counted(days, PEOPLE, reverse("organisations:people"))


def core_tasks_written(actor: Actor) -> Told:
    """Tell when three core tasks were written."""
    rows = CoreTask.objects.filter(organisation_id=actor.organisation_id, retired_on=None)
    days = list(rows.order_by("created_at").values_list("created_at", flat=True)[:FEW])
    return _counted(days, FEW, reverse("portfolio:core_tasks"))


def supply_written(actor: Actor) -> Told:
    """Tell when hours were written for three roles."""
    rows = RoleSupply.objects.filter(organisation_id=actor.organisation_id)
    days = list(
        rows.order_by()
        .values("role")
        .annotate(first=Min("created_at"))
        .order_by("first")
        .values_list("first", flat=True)[:FEW]
    )
    return _counted(days, FEW, reverse("capacity:ledger"))


def initiatives_have_committees(actor: Actor) -> Told:
    """Tell whether half of the active initiatives belong to a committee."""
    counts = _active(actor).aggregate(
        all=Count("pk"), there=Count("pk", filter=Q(body__isnull=False)), last=Max("changed_at")
    )
    words = _("%(n)s af %(all)s") % {"n": counts["there"], "all": counts["all"]}
    is_so = counts["all"] and 2 * counts["there"] >= counts["all"]
    return Told(_day(counts["last"]) if is_so else None, words, reverse("portfolio:initiatives"))


def security_role_given(actor: Actor) -> Told:
    """Tell whether somebody has the role for security and data protection."""
    rows = people_with_roles(actor, {"security_officer"})
    first = rows.aggregate(first=Min("created_at"))["first"]
    return Told(_day(first), "", reverse("organisations:roles"))


def deliveries_have_sponsors(actor: Actor) -> Told:
    """Tell whether everything in execution has a sponsor; nothing in execution is not an answer."""
    rows = _active(actor).filter(phase=Phase.EXECUTION)
    counts = rows.aggregate(
        all=Count("pk"), without=Count("pk", filter=Q(sponsor=None)), last=Max("changed_at")
    )
    is_so = counts["all"] and not counts["without"]
    words = _("%(n)s mangler") % {"n": counts["without"]} if counts["without"] else ""
    return Told(_day(counts["last"]) if is_so else None, words, reverse("portfolio:initiatives"))


def first_stop(actor: Actor) -> Told:
    """Tell when something was stopped first."""
    rows = Act.objects.filter(
        organisation_id=actor.organisation_id,
        verb="portfolio.change_phase",
        facts__after=Phase.STOPPED,
    )
    first = rows.aggregate(first=Min("at"))["first"]
    return Told(_day(first), "", reverse("portfolio:initiatives") + "?phase=stopped")


def first_gate(actor: Actor) -> Told:
    """Tell when something was decided at a gate first."""
    rows = GateDecision.objects.filter(organisation_id=actor.organisation_id)
    first = rows.aggregate(first=Min("decided_at"))["first"]
    return Told(_day(first), "", reverse("portfolio:initiatives"))


def _active(actor: Actor) -> QuerySet[Initiative]:
    return Initiative.objects.filter(organisation_id=actor.organisation_id, phase__in=ACTIVE_PHASES)


def _counted(days: list[Any], wanted: int, url: str) -> Told:
    words = _("%(n)s af %(all)s") % {"n": min(len(days), wanted), "all": wanted}
    return Told(_day(days[-1]) if len(days) >= wanted else None, words, url)


def _day(moment: dt.datetime | None) -> dt.date | None:
    return min(moment.astimezone(DANISH_TIME).date(), today()) if moment else None
