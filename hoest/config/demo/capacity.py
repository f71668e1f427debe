"""Capacity in the demo: hours, what is about to land, groups with their plans, the first year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from hoest.config.demo.initiatives import InitiativeStory
from hoest.config.demo.town import Town
from hoest.config.demo.words import refuse_unknown, words
from hoest.domain.portfolio import actions as portfolio
from hoest.domain.portfolio.actions import capacity, first_year, profession
from hoest.domain.portfolio.queries import places_of
from hoest.domain.portfolio.queries.first_year import milestones_of
from hoest.domain.portfolio.rules.capacity import quarters_from
from hoest.domain.portfolio.rules.changes import Window
from hoest.domain.portfolio.rules.first_year import months_after
from hoest.foundation import content
from hoest.foundation.content.files import read_yaml

TOLD = words("code supply demand limits cooperation landings profiles plans first_year")
AHEAD = 6


def tell_capacity(town: Town, stories: Sequence[InitiativeStory]) -> None:
    """Write what the file tells of a municipality; nothing for one it does not tell of."""
    rows = {story.word: story.row for story in stories}
    for told in read_yaml(content.path("demo/capacity.yaml")):
        refuse_unknown(told, TOLD, f"kapaciteten i {told.get('code')}")
        if told["code"] == town.code:
            quarters = quarters_from(town.calendar.today, AHEAD)
            _hours(town, told, rows, quarters)
            _landings(town, told, rows, quarters)
            _groups(town, told, rows, quarters)
            _first_year(town, told["first_year"])


def _hours(
    town: Town, told: Mapping[str, Any], rows: Mapping[str, Any], quarters: list[dt.date]
) -> None:
    manager = town.with_role("portfolio_manager")
    for one in told["supply"]:
        hours = {quarters[place]: number for place, number in one["hours"].items()}
        capacity.offer_hours(
            actor=manager, role=one["role"], unit=town.unit(one.get("unit")), hours=hours
        )
    for one in told["demand"]:
        hours = {quarters[place]: number for place, number in one["hours"].items()}
        capacity.ask_for_hours(
            actor=manager,
            initiative_id=rows[one["initiative"]].pk,
            role=one["role"],
            hours=hours,
        )
    for one in told["limits"]:
        capacity.set_work_limit(
            actor=manager, unit=town.unit(one["unit"]), most=one["most"], reason=one["reason"]
        )
    one = told["cooperation"]
    capacity.agree_cooperation(
        actor=manager,
        fields={
            "role": one["role"],
            "quarter": quarters[one["quarter"]],
            "partner": one["partner"],
            "about": one["about"],
            "ready_on": town.calendar.today + dt.timedelta(days=one["days"]),
            "hours": one["hours"],
            "owner": town.person(one["owner"]),
        },
    )


def _landings(
    town: Town, told: Mapping[str, Any], rows: Mapping[str, Any], quarters: list[dt.date]
) -> None:
    for one in told["landings"]:
        row, unit = rows[one["initiative"]], town.unit(one["unit"])
        if any(place.rollout.unit_id == unit.pk for place in places_of(row)):
            continue
        portfolio.add_rollout(
            actor=town.system,
            initiative_id=row.pk,
            fields={
                "unit": unit,
                "planned_users": one["users"],
                "planned_on": quarters[one["quarter"]] + dt.timedelta(days=one["day"]),
            },
        )


def _groups(
    town: Town, told: Mapping[str, Any], rows: Mapping[str, Any], quarters: list[dt.date]
) -> None:
    for group, one in told["profiles"].items():
        profession.keep_profile(
            actor=town.with_role("people_partner"),
            group=group,
            version=0,
            fields={
                "concerns": one["concerns"],
                "arguments": one["arguments"],
                "told": one["told"],
                "super_users": one["super_users"],
                "windows": [Window(w["name"], tuple(w["months"])) for w in one["windows"]],
            },
        )
    for one in told["plans"]:
        profession.plan_for_group(
            actor=town.with_role("portfolio_manager"),
            initiative_id=rows[one["initiative"]].pk,
            group=one["group"],
            version=0,
            fields={
                "people": one["people"],
                "starts_on": quarters[one["quarter"]] + dt.timedelta(days=one["day"]),
                "training": one["training"],
                "message": one["message"],
            },
        )


def _first_year(town: Town, told: Mapping[str, Any]) -> None:
    manager = town.with_role("portfolio_manager")
    begun = months_after(town.calendar.today.replace(day=1), -told["months"])
    first_year.load_first_year(actor=manager, starts_on=begun)
    rows: dict[str, Any] = {row.code: row for row in milestones_of(manager)}
    for code, word in told["owners"].items():
        row = rows[code]
        rows[code] = first_year.change_milestone(
            actor=manager,
            milestone_id=row.pk,
            version=row.version,
            fields={
                "title": row.title,
                "about": row.about,
                "due_on": row.due_on,
                "owner": town.person(word),
            },
        )
    for code, one in told["done"].items():
        first_year.reach_milestone(
            actor=manager,
            milestone_id=rows[code].pk,
            version=rows[code].version,
            on=begun + dt.timedelta(days=one["after"]),
            evidence=one["evidence"],
        )
