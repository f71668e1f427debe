"""Candidates, lessons, small purchases and marks of the demo (content/demo/learning.yaml)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from hoest.config.demo.initiatives import InitiativeStory
from hoest.config.demo.town import Town
from hoest.domain.portfolio.actions import candidates, lessons, marks, purchases
from hoest.foundation import clock, content
from hoest.foundation.content.files import read_yaml

MAIN = "9001"
# Candidates and marks are written down in the last month.
LATELY = "-25d"


def tell_learning(town: Town, stories: Sequence[InitiativeStory]) -> None:
    """Tell what the main municipality has learnt, and what a neighbour shares."""
    told = read_yaml(content.path("demo") / "learning.yaml")
    if town.code != MAIN:
        for one in told["shared"].get(town.code, ()):
            town.timeline.on(town.day(one["day"], one["title"]), partial(_lesson, town, one))
        return
    lately = town.day(LATELY, "learning")
    for one in told["candidates"]:
        town.timeline.on(lately, partial(_candidate, town, one))
    for one in told["lessons"]:
        town.timeline.on(town.day(one["day"], one["title"]), partial(_lesson, town, one))
    for one in told["purchases"]:
        town.timeline.on(town.day(one["day"], one["title"]), partial(_purchase, town, one))
    rows = {story.word: story for story in stories}
    for word, (reach, automation) in told["marks"].items():
        if word in rows:
            town.timeline.on(lately, partial(_mark, town, rows[word], reach, automation))


def _number(told: Mapping[str, Any], name: str) -> Decimal | None:
    return Decimal(str(told[name])) if name in told else None


def _candidate(town: Town, told: Mapping[str, Any]) -> None:
    actor = town.actor(told["by"])
    made = candidates.create_candidate(
        actor=actor,
        fields={
            "title": told["title"],
            "unit": town.unit(told["unit"]),
            "source": told.get("source", "own"),
            "source_note": told.get("source_note", ""),
            "kle": told.get("kle", ""),
            "times_per_year": _number(told, "times"),
            "minutes_each": _number(told, "minutes"),
            "automation_share": _number(told, "share"),
            "measured_how": told.get("measured_how", ""),
            "answers": told.get("answers", {}),
        },
    )
    if "idea" in told:
        give = told["idea"]
        candidates.give_candidate_as_idea(
            actor=actor,
            candidate_id=made.pk,
            version=made.version,
            fields={
                "problem": give["problem"],
                "for_whom": give["for_whom"],
                "how_often": give["how_often"],
                "suggestion": give.get("suggestion", ""),
                "unit": town.unit(told["unit"]),
                "is_shared": True,
            },
        )
    if "put_away" in told:
        candidates.put_candidate_away(
            actor=actor, candidate_id=made.pk, version=made.version, reason=told["put_away"]
        )


def _lesson(town: Town, told: Mapping[str, Any]) -> None:
    actor = town.actor(told.get("by", "digitaliseringschef"))
    made = lessons.write_lesson(
        actor=actor,
        fields={
            "title": told["title"],
            "promised": told["promised"],
            "came": told["came"],
            "why": told["why"],
            "again": told["again"],
            "learnt_on": clock.today(),
        },
    )
    if told.get("shared") or town.code != MAIN:
        lessons.share_lesson(actor=actor, lesson_id=made.pk, version=made.version)


def _purchase(town: Town, told: Mapping[str, Any]) -> None:
    made = purchases.ask_purchase(
        actor=town.actor(told["by"]),
        fields={
            "title": told["title"],
            "solves": told["solves"],
            "value_for_citizens": told.get("citizens", ""),
            "value_for_staff": told.get("staff", ""),
            "core_task": town.core_tasks.get(told.get("task", "")),
            "unit": town.unit(told["unit"]),
            "amount_dkk": Decimal(told["amount"]),
        },
    )
    if "answer" in told:
        purchases.answer_purchase(
            actor=town.actor(told["answer"]),
            purchase_id=made.pk,
            version=made.version,
            says_yes=told["says"],
            reason=told.get("reason", ""),
        )


def _mark(town: Town, story: InitiativeStory, reach: str, automation: str) -> None:
    marks.mark_solution(
        actor=town.with_role("portfolio_manager"),
        initiative_id=story.row.pk,
        version=0,
        reach=reach,
        automation=automation,
    )
