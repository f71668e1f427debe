"""Ideas, needs and experiments in the demo: one at every step, given and answered in their time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from hoest.config.demo.town import Town
from hoest.config.demo.words import refuse_unknown, words
from hoest.domain.portfolio.actions import experiments, idea_answers, ideas, needs
from hoest.domain.portfolio.queries import early_questions
from hoest.domain.portfolio.rules import FactAnswer
from hoest.domain.portfolio.rules.needs import TestOutcome
from hoest.foundation import clock, content
from hoest.foundation.content.files import read_yaml

FILE = "demo/ideas.yaml"
IDEA = words(
    "word by unit at problem for_whom often suggestion shared scores answer stuck adopt photo"
)
EXPERIMENT = words("idea facts title unit by owner at hypothesis measure money weeks spent stop")
NEED = words("statement evidence told unit by at idea tests")
# Scores are written two days after an idea, by the portfolio lead.
SCORED_AFTER = dt.timedelta(days=2)


def tell_ideas(town: Town) -> None:
    """Put the ideas, experiments and needs of a municipality on the timeline."""
    for told in read_yaml(content.path(FILE)):
        if told["code"] != town.code:
            continue
        given: dict[str, Any] = {}
        for one in told["ideas"]:
            refuse_unknown(one, IDEA, f"idéen {one.get('word')}")
            _tell_idea(town, one, given)
        for one in told["experiments"]:
            refuse_unknown(one, EXPERIMENT, f"forsøget {one.get('title')}")
            _tell_experiment(town, one, given)
        for one in told["needs"]:
            refuse_unknown(one, NEED, f"behovet {one.get('statement')}")
            _tell_need(town, one, given)
        for days in range(60, 0, -1):
            town.timeline.on(town.day(f"-{days}d", "climb"), partial(_climb, town))


def _tell_idea(town: Town, told: Mapping[str, Any], given: dict[str, Any]) -> None:
    day = town.day(told["at"], told["word"])
    town.timeline.on(day, partial(_give, town, told, given))
    if told.get("scores"):
        town.timeline.on(day + SCORED_AFTER, partial(_assess, town, told, given))
    if told.get("answer"):
        on = town.day(told["answer"]["at"], told["word"])
        town.timeline.on(on, partial(_answer, town, told, given))
    if told.get("stuck"):
        town.timeline.on(town.day("-4d", told["word"]), partial(_flag, town, told, given))
    if told.get("adopt"):
        on = town.day(told["adopt"]["at"], told["word"])
        town.timeline.on(on, partial(_adopt, town, told, given))


def _give(town: Town, told: Mapping[str, Any], given: dict[str, Any]) -> None:
    given[told["word"]] = ideas.give_idea(
        actor=town.actor(told["by"]),
        fields={
            "problem": told["problem"],
            "for_whom": told["for_whom"],
            "how_often": told["often"],
            "suggestion": told.get("suggestion", ""),
            "unit": town.unit(told["unit"]),
            "is_shared": bool(told.get("shared")),
        },
    )


def _assess(town: Town, told: Mapping[str, Any], given: dict[str, Any]) -> None:
    ideas.assess_idea(
        actor=town.with_role("portfolio_manager"),
        idea_id=given[told["word"]].pk,
        scores={scale: (step, reason) for scale, (step, reason) in told["scores"].items()},
    )


def _answer(town: Town, told: Mapping[str, Any], given: dict[str, Any]) -> None:
    answer, idea = told["answer"], given[told["word"]]
    idea.refresh_from_db()
    idea_answers.answer_idea(
        actor=town.actor(answer["by"]),
        idea_id=idea.pk,
        version=idea.version,
        reason=answer["reason"],
        sponsor=town.person(answer.get("sponsor")),
    )


def _flag(town: Town, told: Mapping[str, Any], given: dict[str, Any]) -> None:
    for _colleague in range(told["stuck"]):
        idea_answers.flag_stuck(actor=town.system, idea_id=given[told["word"]].pk)


def _adopt(town: Town, told: Mapping[str, Any], given: dict[str, Any]) -> None:
    idea = given[told["word"]]
    idea.refresh_from_db()
    ideas.adopt_idea(actor=town.actor(told["adopt"]["by"]), idea_id=idea.pk, version=idea.version)


def _climb(town: Town) -> None:
    idea_answers.climb(actor=town.system, on=clock.today())


def _tell_experiment(town: Town, told: Mapping[str, Any], given: dict[str, Any]) -> None:
    made: dict[str, Any] = {}
    salt = told["title"]
    town.timeline.on(town.day(told["at"], salt), partial(_begin, town, told, given, made))
    if told.get("spent"):
        on = town.day(told["spent"]["at"], salt)
        town.timeline.on(on, partial(_spend, town, told, made))
    if told.get("stop"):
        town.timeline.on(town.day(told["stop"]["at"], salt), partial(_stop, town, told, made))


def _begin(
    town: Town, told: Mapping[str, Any], given: dict[str, Any], made: dict[str, Any]
) -> None:
    idea = given[told["idea"]] if told.get("idea") else None
    made["one"] = experiments.begin_experiment(
        actor=town.actor(told["by"]),
        fields={
            "title": told["title"],
            "hypothesis": told["hypothesis"],
            "measure": told["measure"],
            "money_ceiling_dkk": Decimal(told["money"]),
            "weeks_ceiling": told["weeks"],
            "starts_on": clock.today(),
            "owner": town.person(told["owner"]),
            "unit": idea.unit if idea is not None else town.unit(told["unit"]),
        },
        idea=idea,
        answers=_answers(told) if idea is not None else None,
    )


def _answers(told: Mapping[str, Any]) -> dict[str, FactAnswer]:
    """Return the questions of the first day: those told of are a yes, the others a no."""
    yes = set(told["facts"])
    return {
        one.code: FactAnswer.YES if one.code in yes else FactAnswer.NO for one in early_questions()
    }


def _spend(town: Town, told: Mapping[str, Any], made: dict[str, Any]) -> None:
    one = made["one"]
    one.refresh_from_db()
    experiments.tell_spending(
        actor=town.actor(told["owner"]),
        experiment_id=one.pk,
        version=one.version,
        spent_dkk=Decimal(told["spent"]["dkk"]),
        on=clock.today(),
    )


def _stop(town: Town, told: Mapping[str, Any], made: dict[str, Any]) -> None:
    one, stop = made["one"], told["stop"]
    one.refresh_from_db()
    experiments.stop_experiment(
        actor=town.actor(stop["by"]),
        experiment_id=one.pk,
        version=one.version,
        reason=stop["reason"],
        learnt=stop["learnt"],
    )


def _tell_need(town: Town, told: Mapping[str, Any], given: dict[str, Any]) -> None:
    made: dict[str, Any] = {}
    salt = told["statement"]
    town.timeline.on(town.day(told["at"], salt), partial(_state, town, told, given, made))
    for test in told.get("tests", ()):
        town.timeline.on(town.day(test["at"], salt), partial(_test, town, told, test, made))


def _state(
    town: Town, told: Mapping[str, Any], given: dict[str, Any], made: dict[str, Any]
) -> None:
    made["one"] = needs.state_need(
        actor=town.actor(told["by"]),
        fields={
            "statement": told["statement"],
            "evidence": told["evidence"],
            "evidence_told": told["told"],
            "unit": town.unit(told["unit"]),
        },
        idea=given[told["idea"]] if told.get("idea") else None,
    )


def _test(
    town: Town, told: Mapping[str, Any], test: Mapping[str, Any], made: dict[str, Any]
) -> None:
    needs.test_need(
        actor=town.actor(told["by"]),
        need_id=made["one"].pk,
        tried=test["tried"],
        outcome=TestOutcome(test["outcome"]),
        result=test["result"],
        on=clock.today(),
    )
