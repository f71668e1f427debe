"""The basis of a decision at a gate as it stands now, ready to be frozen with it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.models import Deviation, Initiative
from hoest.domain.portfolio.queries import Gate, Item
from hoest.domain.portfolio.rules.frozen import BASIS_VERSION
from hoest.foundation.clock import today


def basis_of(initiative: Initiative, gate: Gate) -> dict[str, Any]:
    """Return everything a decision is made on, as plain JSON: words in Danish as they stand."""
    place = gate.place
    return {
        "basis_version": BASIS_VERSION,
        "on": today().isoformat(),
        "initiative": {
            "key": initiative.key,
            "title": initiative.title,
            "in_practice": initiative.in_practice,
            "version": initiative.version,
        },
        "model": {
            "code": place.used.model.code,
            "label": place.used.model.label.da,
            "number": place.used.number,
            "from": place.now.label.da if place.now else "",
            "to": place.next.label.da if place.next else "",
            "stage": place.next.stage if place.next else "",
        },
        "amount_dkk": None if gate.amount_dkk is None else str(gate.amount_dkk),
        "mandate": list(gate.mandate_roles or ()),
        "facts": [
            {
                "code": one.question.code,
                "ask": one.question.ask.da,
                "answer": one.answer.value,
                "by": one.last.said_by_name if one.last else "",
                "at": one.last.said_at.isoformat() if one.last else "",
            }
            for one in gate.facts
        ],
        "recommendation": _recommendation(initiative),
        "requirements": [_requirement(one) for one in gate.items],
        "missing": list(gate.obstacles.requirements),
        "unanswered": list(gate.obstacles.facts),
    }


def _recommendation(initiative: Initiative) -> dict[str, str]:
    """Return what the sponsor recommended, or nothing."""
    request = queries.open_request(initiative)
    if request is None or request.recommended_at is None:
        return {}
    return {
        "word": request.recommendation,
        "because": request.recommended_because,
        "by": request.recommended_by_name,
        "at": request.recommended_at.isoformat(),
    }


def _requirement(item: Item) -> dict[str, Any]:
    known, answer, told = item.requirement, item.answer, item.told
    found: dict[str, Any] = {
        "code": known.code,
        "label": known.label.da,
        "asks": known.asks.da,
        "law": known.law,
        "blocking": known.is_blocking,
        "statutory": known.is_statutory,
        "because": list(item.because),
        "state": item.state.value,
    }
    if answer is not None:
        found["answer"] = {
            "stance": answer.stance,
            "choice": answer.choice,
            "link": answer.link,
            "dated_on": _iso(answer.dated_on),
            "made_by": answer.made_by,
            "reason": answer.reason,
            "answers": list(answer.answers),
            "written_by": answer.written_by_name,
            "version": answer.version,
        }
    if told is not None:
        found["told"] = {"state": told.state, "source": told.source, "on": _iso(told.on)}
    if item.deviation is not None:
        found["deviation"] = _deviation(item.deviation)
    return found


def _deviation(one: Deviation) -> dict[str, Any]:
    return {
        "reason": one.reason,
        "measures": one.measures,
        "ends_on": one.ends_on.isoformat(),
        "asked_by": one.asked_by_name,
        "approved_by": one.answered_by_name,
    }


def _iso(day: dt.date | None) -> str:
    return "" if day is None else day.isoformat()
