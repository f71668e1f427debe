"""What the tests of gates share: answering, writing, deciding."""

import datetime as dt

from hoest.domain.portfolio import actions, queries
from hoest.domain.portfolio.rules import FactAnswer, Outcome, RequirementState, WaitingKind
from hoest.foundation import content, gate_evidence
from hoest.foundation.clock import today
from hoest.foundation.gate_evidence import Told

SOON = dt.timedelta(days=90)


def answer(who, initiative, rest=None, **answers):
    said = dict.fromkeys(content.initiative_questions(), rest) if rest else {}
    said |= {code: FactAnswer(word) for code, word in answers.items()}
    actions.answer_facts(actor=who, initiative_id=initiative.pk, answers=said)


def told(code, state):
    gate_evidence.register(code, lambda _o, ids: {pk: Told(state, "prøven") for pk in ids})


def write(who, initiative, code, **fields):
    standing = queries.gate_of(initiative).item(code)
    version = standing.answer.version if standing and standing.answer else 0
    return actions.write_requirement(
        actor=who,
        initiative_id=initiative.pk,
        code=code,
        version=version,
        fields=actions.RequirementFields(**fields),
    )


def organise(who, initiative):
    return write(
        who,
        initiative,
        "organisation_of_work",
        state=RequirementState.PRESENT,
        choice="central",
        reason="Ét sted med øvelse",
    )


def decide(who, initiative, outcome=Outcome.GO, **said):
    initiative.refresh_from_db()
    return actions.decide_gate(
        actor=who,
        initiative_id=initiative.pk,
        version=initiative.version,
        outcome=outcome,
        **said,
    )


PAPER = {
    "state": RequirementState.PRESENT,
    "link": "Sag 26/1044, dokument 3",
    "dated_on": dt.date(2026, 11, 1),
    "made_by": "Databeskyttelsesrådgiveren",
}


def wait(who, robots, **said):
    fields = {
        "kind": WaitingKind.FUTURE_SYSTEM,
        "waits_for": "Det nye fagsystem",
        "trigger": "Når udbuddet er afgjort",
        "consequence": "To årsværk taster videre",
        "alternatives": "KOMBIT og naboens løsning er set igennem",
        "review_on": today() + SOON,
        **said,
    }
    return decide(
        who,
        robots,
        Outcome.WAIT,
        reason="Markedet er nyt",
        waiting=actions.WaitingFields(**fields),
    )
