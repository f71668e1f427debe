"""Writes of professional groups: the profile of a group, and an initiative's plan for a group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.models import GroupPlan, ProfessionProfile
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES, KEEP_PROFILES
from hoest.domain.portfolio.queries import changes
from hoest.domain.portfolio.rules.changes import Window
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Fault
from hoest.foundation.forms.versions import check_version


class UnknownGroup(Fault):
    """The professional group is not in the content."""


class ProfileNotWhole(Fault):
    """A profile says what the group worries about and what is good about the new."""


class WindowNotWhole(Fault):
    """A busy time has a name and months."""


class PlanNotWhole(Fault):
    """A plan for a group says something to it."""


class ProfileFields(TypedDict):
    """What a person writes about a professional group."""

    concerns: str
    arguments: str
    told: str
    super_users: int | None
    windows: list[Window]


class PlanFields(TypedDict):
    """What a person writes in a plan for a group."""

    people: int | None
    starts_on: dt.date | None
    training: str
    message: str


@transaction.atomic
def keep_profile(
    *, actor: Actor, group: str, version: int, fields: ProfileFields
) -> ProfessionProfile:
    """Write the municipality's own profile of a group; `version` is 0 for the first.

    Raises NotAllowed, UnknownGroup, ProfileNotWhole, WindowNotWhole, ChangedMeanwhile.
    """
    if not allowed_somewhere(actor, KEEP_PROFILES):
        require(actor, KEEP_PROFILES)
    rows = ProfessionProfile.objects.filter(organisation_id=actor.organisation_id, group=group)
    found = rows.select_for_update().first()
    if found is None and group not in content.professional_groups():
        raise UnknownGroup(_("Faggruppen findes ikke. Vælg en fra listen."))
    values = _profile(fields)
    if found is None:
        found = ProfessionProfile.objects.create(
            organisation_id=actor.organisation_id, group=group, **values
        )
        record(actor, "portfolio.keep_profile", found, called=changes.group_label(group))
        return found
    wanted = {name: value for name, value in values.items() if getattr(found, name) != value}
    check_version(found, version, wanted)
    if wanted:
        before = {name: getattr(found, name) for name in wanted}
        _change(found, wanted)
        record(
            actor,
            "portfolio.keep_profile",
            found,
            called=changes.group_label(group),
            before=before,
            after=wanted,
        )
    return found


@transaction.atomic
def plan_for_group(
    *, actor: Actor, initiative_id: int, group: str, version: int, fields: PlanFields
) -> GroupPlan:
    """Write how an initiative comes to one group; `version` is 0 for the first.

    Raises NotAllowed, NotFound, UnknownGroup, PlanNotWhole, ChangedMeanwhile.
    """
    initiative = queries.initiative_of(actor, initiative_id)
    require(actor, CHANGE_INITIATIVES, initiative.unit_id)
    rows = GroupPlan.objects.filter(
        organisation_id=actor.organisation_id, initiative=initiative, group=group
    )
    found = rows.select_for_update().first()
    if found is None and group not in content.professional_groups():
        raise UnknownGroup(_("Faggruppen findes ikke. Vælg en fra listen."))
    values = {
        **fields,
        "training": fields["training"].strip()[:600],
        "message": fields["message"].strip()[:600],
    }
    if not values["message"]:
        raise PlanNotWhole(_("Skriv, hvad I siger til netop denne faggruppe."))
    if found is None:
        found = GroupPlan.objects.create(
            organisation_id=actor.organisation_id, initiative=initiative, group=group, **values
        )
        record(actor, "portfolio.plan_for_group", initiative, group=group, after=values)
        return found
    wanted = {name: value for name, value in values.items() if getattr(found, name) != value}
    check_version(found, version, wanted)
    if wanted:
        before = {name: getattr(found, name) for name in wanted}
        _change(found, wanted)
        record(
            actor,
            "portfolio.change_group_plan",
            initiative,
            group=group,
            before=before,
            after=wanted,
        )
    return found


@transaction.atomic
def drop_group_plan(*, actor: Actor, initiative_id: int, group: str, version: int) -> None:
    """Take away a plan that was made for the wrong group. Raises ChangedMeanwhile, NotAllowed."""
    initiative = queries.initiative_of(actor, initiative_id)
    require(actor, CHANGE_INITIATIVES, initiative.unit_id)
    rows = GroupPlan.objects.filter(
        organisation_id=actor.organisation_id, initiative=initiative, group=group
    )
    found = rows.select_for_update().first()
    if found is None:
        return
    check_version(found, version, {})
    record(actor, "portfolio.drop_group_plan", initiative, group=group, before=found.message)
    found.delete()


def _change(found: ProfessionProfile | GroupPlan, wanted: Mapping[str, Any]) -> None:
    for name, value in wanted.items():
        setattr(found, name, value)
    found.version += 1
    found.save(update_fields=[*wanted, "version", "changed_at"])


def _profile(fields: ProfileFields) -> dict[str, Any]:
    values: dict[str, Any] = {
        "concerns": fields["concerns"].strip()[:600],
        "arguments": fields["arguments"].strip()[:600],
        "told": fields["told"].strip()[:400],
        "super_users": fields["super_users"],
        "windows": [],
    }
    if not values["concerns"] or not values["arguments"]:
        raise ProfileNotWhole(_("Skriv både bekymringerne og de gode argumenter."))
    for one in fields["windows"]:
        name, months = " ".join(one.name.split())[:80], sorted(set(one.months))
        if not name or not months or not set(months) <= set(range(1, 13)):
            raise WindowNotWhole(_("En travl periode har et navn og mindst én måned."))
        values["windows"].append({"name": name, "months": months})
    return values
