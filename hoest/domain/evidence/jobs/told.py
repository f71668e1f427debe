"""What a file would do or did, as it is kept for its page: codes, names and counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from hoest.domain.evidence.actions.many import Saved
from hoest.domain.evidence.queries.many import LookedAt, ManyLook
from hoest.domain.evidence.rules.many import ManyFault

FAULTS_KEPT, EXAMPLES_KEPT, TEXT_KEPT = 500, 3, 120


def look_told(look: ManyLook) -> dict[str, Any]:
    """Return what a file would do, for each indicator and for the places that are asked of."""
    return {
        "seen": look.seen,
        "changes": look.changes,
        "ignored": list(look.ignored[:20]),
        "asked": [
            {
                "name": one.name,
                "lines": one.lines,
                "guess": one.guess,
                "line": one.line,
                "sheet": one.sheet,
            }
            for one in look.unknown
        ],
        "indicators": [_indicator(one) for one in look.indicators],
    }


def _indicator(one: LookedAt) -> dict[str, Any]:
    unit = one.series.measure_unit if one.series else one.facts.measure_unit
    return {
        "name": one.name,
        "series_id": one.series.pk if one.series else None,
        "measure_unit": unit,
        "step": str(one.facts.step),
        "places": len({value.place.casefold() for value in one.values}),
        "new": one.new,
        "corrected": len(one.corrected),
        "same": one.same,
        "missing": one.missing,
        "waiting": one.waiting,
        "since": one.facts.since.isoformat() if one.is_redefined and one.facts.since else "",
        "examples": [
            {
                "place": made.place,
                "on": made.on.isoformat(),
                "standing": str(made.standing),
                "value": str(made.value),
            }
            for made in one.corrected[:EXAMPLES_KEPT]
        ],
    }


def faults_told(faults: Iterable[ManyFault]) -> tuple[list[dict[str, Any]], int]:
    """Return the first faults, the file's own lines in order, and how many there are."""
    found = sorted(faults, key=lambda one: (one.sheet, one.line))
    kept = [
        {
            **asdict(one),
            "text": one.text[:TEXT_KEPT],
            "standing": one.standing[:TEXT_KEPT],
            "indicator": one.indicator[:TEXT_KEPT],
        }
        for one in found[:FAULTS_KEPT]
    ]
    return kept, len(found)


def whole_fault(sentence: str) -> dict[str, Any]:
    """Return a sentence about the whole file as its one fault."""
    return asdict(ManyFault("", 0, "", sentence, "whole"))


def saved_told(saved: Saved) -> dict[str, int]:
    """Return what a file did."""
    return asdict(saved)
