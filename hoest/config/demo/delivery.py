"""How the demo delivers: stages and counts, waits and influence, journeys, shared solutions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from hoest.config.demo.initiatives import InitiativeStory
from hoest.config.demo.town import NotInTheStory, Town
from hoest.domain.portfolio import actions
from hoest.domain.portfolio.actions import crossing, dependencies, solutions, stages
from hoest.domain.portfolio.rules.dependencies import Scope
from hoest.domain.portfolio.rules.stages import LateCause, StageDecision
from hoest.foundation import clock, content
from hoest.foundation.content.files import read_yaml

FILE = "demo/delivery.yaml"
NOON = dt.time(12)


def deliver(town: Town, stories: Sequence[InitiativeStory]) -> None:
    """Put what a municipality delivers into it; nothing for one the file does not tell of."""
    rows = {story.word: story.row for story in stories}
    for told in read_yaml(content.path(FILE)):
        if told["code"] != town.code:
            continue
        for one in told["rollouts"]:
            _stages(town, _found(rows, one["initiative"]), one["stages"])
        for one in told["waits"]:
            _wait(town, rows, one)
        for one in told["owners"]:
            crossing.name_shared_owner(
                actor=town.system,
                initiative_id=_found(rows, one["initiative"]).pk,
                version=0,
                person=town.person(one["person"]),
                mandate=one["mandate"],
            )
        for one in told["journeys"]:
            _journey(town, rows, one)
        for one in told["solutions"]:
            _solution(town, rows, one)


def _found(rows: Mapping[str, Any], word: str) -> Any:
    if word not in rows:
        raise NotInTheStory(f"Demoen nævner initiativet '{word}', som ikke er fortalt.")
    return rows[word]


def _day(town: Town, spec: str | None) -> dt.date | None:
    return None if spec is None else town.day(spec, "delivery")


def _past(town: Town, spec: str) -> dt.date:
    """Return a day that is told as past, today at the latest."""
    return min(town.day(spec, "delivery"), town.calendar.today)


def _stages(town: Town, initiative: Any, told: Sequence[Mapping[str, Any]]) -> None:
    """Plan the stages with their places, open them in turn and learn from what is over."""
    is_open = True
    for one in told:
        rows = [_place(town, initiative, place) for place in one["places"]]
        stage = stages.add_stage(
            actor=town.system,
            initiative_id=initiative.pk,
            fields={
                "name": one["name"],
                "starts_on": _day(town, one["starts"]),
                "ends_on": _day(town, one["ends"]),
                "to_learn": one["to_learn"],
                "rollouts": rows,
            },
        )
        if is_open:
            with clock.frozen_at(_noon(town, one["starts"])):
                stage = stages.open_stage(
                    actor=town.system, stage_id=stage.pk, version=stage.version
                )
        for row, place in zip(rows, one["places"], strict=True):
            _use(town, row, place)
        is_open = is_open and "learnt" in one
        if is_open:
            _learn(town, stage, one)


def _noon(town: Town, said: str) -> dt.datetime:
    return dt.datetime.combine(_past(town, said), NOON, tzinfo=clock.DANISH_TIME)


def _learn(town: Town, stage: Any, told: Mapping[str, Any]) -> None:
    """Learn from a stage on the day it ended, so that the next one opens after it."""
    with clock.frozen_at(_noon(town, told["ends"])):
        stages.learn_from_stage(
            actor=town.system,
            stage_id=stage.pk,
            version=stage.version,
            learnt=told["learnt"],
            skipped_because="",
            decision=StageDecision(told["decision"]),
            note=told["note"],
        )


def _place(town: Town, initiative: Any, told: Mapping[str, Any]) -> Any:
    return actions.add_rollout(
        actor=town.system,
        initiative_id=initiative.pk,
        fields={
            "unit": town.unit(told["unit"]),
            "planned_users": told["users"],
            "planned_on": town.day(told["planned"], "delivery"),
        },
    )


def _use(town: Town, row: Any, told: Mapping[str, Any]) -> None:
    """Let a place go live, early with its reason, be counted, and tell why it is late."""
    row.refresh_from_db()
    facts: list[dict[str, Any]] = []
    if "live" in told:
        facts = [{"live_on": _past(town, told["live"]), "early_because": told.get("early", "")}]
    facts += [
        {"users_in_use": users, "counted_on": _past(town, on)}
        for on, users in told.get("counts", ())
    ]
    for one in facts:
        row = actions.change_rollout(
            actor=town.system,
            rollout_id=row.pk,
            version=row.version,
            fields=one,  # type: ignore[arg-type]
        )
    if "late" in told:
        stages.explain_delay(
            actor=town.system,
            rollout_id=row.pk,
            version=row.version,
            cause=LateCause(told["late"]),
            note=told["because"],
            expected_on=_day(town, told.get("expected")),
        )


def _wait(town: Town, rows: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    is_own = told["kind"] == "initiative"
    made = dependencies.add_dependency(
        actor=town.system,
        initiative_id=_found(rows, told["initiative"]).pk,
        fields={
            "kind": told["kind"],
            "scope": Scope.INTERNAL if is_own else Scope.EXTERNAL,
            "waits_for": _found(rows, told["waits_for"]) if is_own else None,
            "what": told.get("what", ""),
            "actor_name": told.get("who", ""),
            "since": _past(town, told["since"]),
            "needed_by": _day(town, told.get("needed")),
            "ready_on": _day(town, told.get("ready")),
            "consequence": told["consequence"],
            "response": told["response"],
        },
    )
    if "influence" not in told:
        return
    work = told["influence"]
    influence = dependencies.begin_influence(
        actor=town.system,
        dependency_id=made.pk,
        fields={
            "aim": work["aim"],
            "with_whom": work["with"],
            "next_step": work["next"],
            "next_on": town.day(work["at"], "delivery"),
            "owner": town.person(work["owner"]),
        },
    )
    for step in work["steps"]:
        influence = dependencies.take_step(
            actor=town.with_role("portfolio_manager"),
            influence_id=influence.pk,
            version=influence.version,
            on=_past(town, step["at"]),
            told=step["told"],
            next_step=work["next"],
            next_on=town.day(work["at"], "delivery"),
        )


def _journey(town: Town, rows: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    journey = crossing.create_journey(
        actor=town.with_role("executive"),
        fields={
            "name": told["name"],
            "citizen": told["citizen"],
            "promise": told["promise"],
            "owner": town.person(told["owner"]),
        },
    )
    for step in told["steps"]:
        crossing.add_step(
            actor=town.with_role("executive"),
            journey_id=journey.pk,
            fields={
                "place": None,
                "name": step["name"],
                "unit": town.unit(step.get("unit")),
                "elsewhere": step.get("elsewhere", ""),
                "notices": step["notices"],
                "initiatives": [_found(rows, word) for word in step["initiatives"]],
            },
        )


def _solution(town: Town, rows: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    used = told.get("used")
    solutions.write_local_solution(
        actor=town.with_role("portfolio_manager"),
        code=told["code"],
        version=0,
        fields={
            "status": told["status"],
            "owner": town.person(told["owner"]),
            "initiative": _found(rows, told["initiative"]) if "initiative" in told else None,
            "planned_users": told.get("users"),
            "users_in_use": used,
            "counted_on": None if used is None else _past(town, told["counted"]),
            "note": told.get("note", ""),
        },
    )
