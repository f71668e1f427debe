"""Trust in the demo: sheets in every state, an open page, ethics, and a security report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from hoest.config.demo.town import Town
from hoest.config.demo.words import DemoFault
from hoest.domain.benefits.rules.ladder import add_months
from hoest.domain.portfolio.actions import answer_facts
from hoest.domain.portfolio.rules.facts import FactAnswer
from hoest.domain.trust import actions, queries
from hoest.domain.trust.rules.ethics import EthicsDecision
from hoest.domain.trust.rules.security import (
    IncidentKind,
    ManagementStepKind,
    RiskConsequence,
    RiskLikelihood,
)
from hoest.domain.trust.rules.sheets import SheetFactCode
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.content.files import read_yaml

FILE = "demo/tryghed.yaml"
PARTS = ("page", "sheets", "stances", "screenings", "risks", "incidents", "steps", "reports")


def tell_trust(town: Town) -> None:
    """Put what a municipality did about trust on the timeline; nothing where it is not told."""
    for told in read_yaml(content.path(FILE)):
        if told["code"] != town.code:
            continue
        unknown = set(told) - {"code", *PARTS}
        if unknown:
            raise DemoFault(f"Demoen kender ikke {', '.join(sorted(unknown))} i {FILE}.")
        for one in told["stances"]:
            town.timeline.on(town.day(one["at"], "stance"), partial(_stance, town, one))
        for one in told["sheets"]:
            _tell_sheet(town, one)
        town.timeline.on(town.day(told["page"]["at"], "page"), partial(_open, town, told["page"]))
        for one in told["screenings"]:
            _tell_screening(town, one)
        _tell_security(town, told)


def _officer(town: Town) -> Actor:
    return town.with_role("security_officer")


def _keeper(town: Town) -> Actor:
    return town.with_role("portfolio_manager")


def _row(town: Town, word: str) -> Any:
    for story in town.stories:
        if story.word == word:
            return story.row
    raise DemoFault(f"Demoen kender ikke initiativet {word}.")


def _stance(town: Town, told: Mapping[str, Any]) -> None:
    actions.write_stance(
        actor=_officer(town),
        body=town.body(told["body"]),
        principle=told["principle"],
        explanation=told["why"],
        decided_on=clock.today(),
        reference=told["reference"],
    )


def _open(town: Town, told: Mapping[str, Any]) -> None:
    actions.open_public_page(
        actor=town.with_role("executive"), contact=told["contact"], mailbox=told["mailbox"]
    )


def _tell_sheet(town: Town, told: Mapping[str, Any]) -> None:
    def on(spec: str, act: Any) -> None:
        town.timeline.on(town.day(spec, f"sheet {told['initiative']}"), act)

    on(told["at"], partial(_told, town, told))
    if told.get("forward"):
        on(told["forward"], partial(_forward, town, told))
    if told.get("approved"):
        on(told["approved"], partial(_approve, town, told))
    if told.get("then"):
        on(told["then"]["at"], partial(_answer, town, told, told["then"]["facts"]))


def _answer(town: Town, told: Mapping[str, Any], facts: Mapping[str, str]) -> None:
    answer_facts(
        actor=_keeper(town),
        initiative_id=_row(town, told["initiative"]).pk,
        answers={code: FactAnswer(answer) for code, answer in facts.items()},
    )


def _told(town: Town, told: Mapping[str, Any]) -> None:
    _answer(town, told, told["facts"])
    actions.tell_for_sheet(
        actor=_keeper(town),
        initiative_id=_row(town, told["initiative"]).pk,
        told={
            SheetFactCode.DATA_KIND: told["kinds"],
            SheetFactCode.WHY: [told["why"]],
            SheetFactCode.PROTECTION: told["protections"],
            SheetFactCode.IF_WRONG: [told["if_wrong"]],
            SheetFactCode.CONTACT: ["kommunens databeskyttelse"],
            SheetFactCode.MAILBOX: ["dine-data@eksempelkoebing.example"],
        },
    )


def _forward(town: Town, told: Mapping[str, Any]) -> None:
    actions.lay_forward(actor=_keeper(town), initiative_id=_row(town, told["initiative"]).pk)


def _approve(town: Town, told: Mapping[str, Any]) -> None:
    actions.approve_sheet(
        actor=_officer(town), initiative_id=_row(town, told["initiative"]).pk, number=1
    )


def _tell_screening(town: Town, told: Mapping[str, Any]) -> None:
    salt = f"screening {told['initiative']}"
    made: dict[str, Any] = {}
    town.timeline.on(town.day(told["at"], salt), partial(_screen, town, told, made))
    if told.get("decided"):
        town.timeline.on(town.day(told["decided"], salt), partial(_decide, town, told, made))


def _screen(town: Town, told: Mapping[str, Any], made: dict[str, Any]) -> None:
    officer, pk = _officer(town), _row(town, told["initiative"]).pk
    notes, because = told.get("notes", {}), told.get("because", {})
    begun = actions.begin_screening(actor=officer, initiative_id=pk)
    answered = actions.answer_screening(
        actor=officer,
        initiative_id=pk,
        version=begun.version,
        answers={
            code: {"colour": colour, "note": notes.get(code, "")}
            for code, colour in told["colours"].items()
        },
        consequences={
            code: {"answer": answer, "note": because.get(code, "")}
            for code, answer in told.get("consequences", {}).items()
        },
        affected=told["affected"],
        affected_note=told["note"],
        dilemma=told["dilemma"],
        stances={one.pk: {"answer": "follows"} for one in queries.standing_stances(officer)}
        if told.get("decided")
        else None,
    )
    made["version"] = answered.version


def _decide(town: Town, told: Mapping[str, Any], made: Mapping[str, Any]) -> None:
    actions.decide_screening(
        actor=town.with_role("executive"),
        initiative_id=_row(town, told["initiative"]).pk,
        version=made["version"],
        decided={
            "decision": EthicsDecision(told["decision"]),
            "decision_text": told["text"],
            "body": town.body(told["body"]),
            "published_where": told["published"],
            "unpublished_because": "",
        },
    )


def _tell_security(town: Town, told: Mapping[str, Any]) -> None:
    for one in told["risks"]:
        made: dict[str, Any] = {}
        town.timeline.on(town.day(one["at"], one["what"]), partial(_risk, town, one, made))
        if one.get("closed"):
            on = town.day(one["closed"], one["what"])
            town.timeline.on(on, partial(_close, town, one, made))
    for one in told["incidents"]:
        # Counted in the days after the period.
        on = add_months(town.calendar.month(one["to"]), 1) + dt.timedelta(days=4)
        if on < town.calendar.today:
            town.timeline.on(on, partial(_count, town, one))
    for one in told["steps"]:
        town.timeline.on(town.day(one["at"], one["kind"]), partial(_step, town, one))
    for one in told["reports"]:
        _tell_report(town, one)


def _risk(town: Town, told: Mapping[str, Any], made: dict[str, Any]) -> None:
    word = told.get("initiative")
    risk = actions.write_risk(
        actor=_officer(town),
        fields={
            "what_may_happen": told["what"],
            "consequence": told["consequence"],
            "consequence_word": RiskConsequence(told["bad"]),
            "likelihood": RiskLikelihood(told["likely"]),
            "measure": told["measure"],
            "owner_function": told["owner"],
            "ends_on": town.calendar.today + dt.timedelta(days=told["ends"]),
            "initiative": _row(town, word) if word else None,
            "is_top": True,
        },
    )
    made["id"], made["version"] = risk.pk, risk.version


def _close(town: Town, told: Mapping[str, Any], made: Mapping[str, Any]) -> None:
    actions.close_risk(
        actor=_officer(town),
        risk_id=made["id"],
        version=made["version"],
        reason=told["closed_because"],
    )


def _count(town: Town, told: Mapping[str, Any]) -> None:
    actions.count_incidents(
        actor=_officer(town),
        fields={
            "starts_on": town.calendar.month(told["from"]),
            "ends_on": town.calendar.month_end(told["to"]),
            "kind": IncidentKind(told["kind"]),
            "count": told["count"],
            "reported": told["reported"],
            "lesson": told["lesson"],
        },
    )


def _step(town: Town, told: Mapping[str, Any]) -> None:
    actions.note_management_step(
        actor=_officer(town),
        fields={
            "kind": ManagementStepKind(told["kind"]),
            "on": clock.today(),
            "who_function": told["who"],
            "what": told["what"],
            "reference": told["reference"],
            "next_due_on": town.calendar.today + dt.timedelta(days=told["due"]),
        },
    )


def _tell_report(town: Town, told: Mapping[str, Any]) -> None:
    made: dict[str, Any] = {}
    acts: Sequence[tuple[str, Any]] = (
        ("at", _write), ("sent", _send), ("approved", _approve_report)
    )  # fmt: skip
    for name, act in acts:
        if told.get(name):
            town.timeline.on(town.day(told[name], "report"), partial(act, town, told, made))


def _write(town: Town, told: Mapping[str, Any], made: dict[str, Any]) -> None:
    report = actions.write_report(
        actor=_officer(town),
        fields={
            "starts_on": town.calendar.month(told["from"]),
            "ends_on": town.calendar.month_end(told["to"]),
            "body": town.body(told["body"]),
            "introduction": told["introduction"],
            "decisions": told["decisions"],
        },
    )
    made["number"], made["version"] = report.number, report.version


def _send(town: Town, told: Mapping[str, Any], made: dict[str, Any]) -> None:
    sent = actions.send_report(actor=_officer(town), number=made["number"], version=made["version"])
    made["version"] = sent.version


def _approve_report(town: Town, told: Mapping[str, Any], made: Mapping[str, Any]) -> None:
    actions.approve_report(
        actor=town.with_role("executive"), number=made["number"], version=made["version"]
    )
