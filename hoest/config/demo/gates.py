"""The gates of the demo: answers, papers, deviations and decisions to wait, by ordinary acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from hoest.config.demo.initiatives import InitiativeStory
from hoest.config.demo.town import Town
from hoest.config.demo.words import refuse_unknown, words
from hoest.domain.portfolio import actions
from hoest.domain.portfolio.rules import FactAnswer, Outcome, RequirementState, Stance, WaitingKind
from hoest.foundation import content
from hoest.foundation.clock import today
from hoest.foundation.content.files import read_yaml

TOLD = words(
    "initiative at yes no others shown choice why stances stance_why deviations asks waits"
)


def tell_gates(town: Town, stories: Sequence[InitiativeStory]) -> None:
    """Put what happens at the gates of a municipality on the timeline."""
    by_word = {story.word: story for story in stories}
    for told in read_yaml(content.path("demo/gates.yaml")):
        refuse_unknown(told, TOLD, f"porten for {told.get('initiative')}")
        story = by_word.get(told["initiative"])
        if story is not None:
            town.timeline.on(town.day(told["at"], story.word), partial(_tell, town, story, told))


def _tell(town: Town, story: InitiativeStory, told: Mapping[str, Any]) -> None:
    manager = town.with_role("portfolio_manager")
    on = {"actor": manager, "initiative_id": story.row.pk}
    said = {}
    if told.get("others"):
        said = dict.fromkeys(content.initiative_questions(), FactAnswer(told["others"]))
    for answer in (FactAnswer.YES, FactAnswer.NO):
        said.update(dict.fromkeys(told.get(answer.value, ()), answer))
    actions.answer_facts(**{**on, "actor": story.actor}, answers=said)
    for paper in told.get("shown", ()):
        _write(
            town.with_role("security_officer"),
            story,
            paper["requirement"],
            state=RequirementState.PRESENT,
            link=paper["link"],
            made_by=paper["made_by"],
            dated_on=today() - dt.timedelta(days=paper["days"]),
        )
    if told.get("choice"):
        _write(
            manager,
            story,
            "organisation_of_work",
            state=RequirementState.PRESENT,
            choice=told["choice"],
            reason=told["why"],
        )
    for code, word in told.get("stances", {}).items():
        stance = Stance(word)
        why = "" if stance is Stance.FOLLOWS else told["stance_why"]
        _write(manager, story, code, stance=stance, reason=why)
    for one in told.get("deviations", ()):
        _deviate(town, story, one)
    if told.get("asks"):
        actions.ask_decision(**on, note=told["asks"])
    if told.get("waits"):
        _wait(town, story, told["waits"])


def _write(actor: Any, story: InitiativeStory, code: str, **fields: Any) -> None:
    actions.write_requirement(
        actor=actor,
        initiative_id=story.row.pk,
        code=code,
        version=0,
        fields=actions.RequirementFields(**fields),
    )


def _deviate(town: Town, story: InitiativeStory, told: Mapping[str, Any]) -> None:
    asked = actions.ask_deviation(
        actor=town.actor(told["asked_by"]),
        initiative_id=story.row.pk,
        code=told["requirement"],
        reason=told["reason"],
        measures=told["measures"],
        ends_on=today() + dt.timedelta(days=told["days"]),
    )
    if told.get("answered_by"):
        actions.answer_deviation(
            actor=town.actor(told["answered_by"]),
            deviation_id=asked.pk,
            version=asked.version,
            approve=True,
            reason=told["answer"],
        )


def _wait(town: Town, story: InitiativeStory, told: Mapping[str, Any]) -> None:
    story.row.refresh_from_db(fields=["version", "phase"])
    actions.decide_gate(
        actor=town.actor(told["by"]),
        initiative_id=story.row.pk,
        version=story.row.version,
        outcome=Outcome.WAIT,
        reason=told["reason"],
        waiting=actions.WaitingFields(
            kind=WaitingKind(told["kind"]),
            waits_for=told["waits_for"],
            trigger=told["trigger"],
            consequence=told["consequence"],
            alternatives=told["alternatives"],
            review_on=today() + dt.timedelta(days=told["review"]),
        ),
    )
    story.row.refresh_from_db(fields=["version"])
