"""Tells the neighbours: which subject, how far, how well; the rest is alike for all of them.

A neighbour's initiative names a subject (title, benefits, figures at the size of the main
municipality) and what came of it there. So the same subject stands in several municipalities with
different results, which is what a comparison needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hoest.config.demo.words import refuse_unknown, words

NEIGHBOUR_TOLD = words("code name short domain seed inhabitants initiatives")
INITIATIVE_TOLD = words("subject stage live reach adoption open only taken because due")
STAGES = words("idea analysis execution realisation stopped")
MAIN_INHABITANTS = 60_000
# Figures that are a volume follow the size of the municipality, rounded to something believable.
ROUND_FROM = 100


def tell_neighbours(
    common: Mapping[str, Any], subjects: Mapping[str, Any], neighbours: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return every neighbour as a municipality with whole initiatives."""
    told = []
    for one in neighbours:
        refuse_unknown(one, NEIGHBOUR_TOLD, f"nabokommunen {one.get('name')}")
        size = one["inhabitants"] / MAIN_INHABITANTS
        initiatives = [
            _initiative(place, row, subjects[row["subject"]], size)
            for place, row in enumerate(one["initiatives"])
        ]
        town = {**common, **one, "initiatives": initiatives, "as_list": True}
        del town["inhabitants"]
        told.append(town)
    return told


def _initiative(
    place: int, row: Mapping[str, Any], subject: Mapping[str, Any], size: float
) -> dict[str, Any]:
    refuse_unknown(row, INITIATIVE_TOLD, f"nabokommunens {row.get('subject')}")
    stage = row["stage"]
    if stage not in STAGES:
        refuse_unknown({stage: stage}, STAGES, "en fase")
    live = row.get("live")
    decided = (live if live is not None and live < 0 else -4) - 6
    chosen = {
        name: benefit
        for name, benefit in subject["benefits"].items()
        if name in row.get("only", subject["benefits"])
    }
    told: dict[str, Any] = {
        **{
            name: subject[name] for name in ("title", "practice", "purpose", "type", "unit", "body")
        },
        "id": f"{row['subject']}-{place}",
        "sponsor": "kommunaldirektoer",
        "lead": "projektleder",
        "created": _months(decided - 2) if stage not in ("idea", "analysis") else "-5m",
        "phases": {"execution" if stage == "realisation" else stage: ""},
        "confirmed": f"-{9 + 3 * place}d",
        "benefits": [
            _benefit(name, benefit, row, size, decided) for name, benefit in chosen.items()
        ],
    }
    if stage not in ("idea", "analysis"):
        told["case"] = [_case(subject, chosen, size, decided)]
    if live is not None:
        told |= {"live": _months(live), "starts": _months(decided)}
        told["old_way_closes"] = _months(live + 5)
    if stage == "realisation" and live is not None:
        # What is not closed yet stays open: the old way runs beside the new one.
        told["adoption"] = [[_months(min(live + 5, -1)), row["adoption"]]]
        if not row.get("open") and live + 5 < 0:
            told["old_way_closed"] = _months(live + 5)
    return told


def _benefit(
    name: str, benefit: Mapping[str, Any], row: Mapping[str, Any], size: float, decided: int
) -> dict[str, Any]:
    stage, live = row["stage"], row.get("live")
    by_size = benefit.get("by_size", True)
    told: dict[str, Any] = {
        key: benefit[key] for key in ("title", "type", "indicator", "measure", "method")
    }
    told |= {"frequency": benefit["frequency"], "line": benefit.get("line", "")}
    told["created"] = "-4m" if stage in ("idea", "analysis") else _months(decided)
    if stage in ("idea", "analysis"):
        return {**told, "frequency": ""}
    told |= {
        "owner": benefit["owner"],
        "accepted": _months(decided),
        "baseline": _sized(benefit["baseline"], size if by_size else 1.0),
        "baseline_on": _months(decided - 1),
        "target": _sized(benefit["target"], size if by_size else 1.0),
        "target_on": _months((live or 0) + 14),
    }
    if stage == "stopped":
        told |= {"lapsed": "-3m", "lapsed_because": row["because"]}
    if stage == "realisation":
        told["curve"] = {**benefit.get("curve", {}), "reach": row["reach"], "ramp": 8}
        told["curve"] |= {"due": row["due"]} if "due" in row else {}
    if name in row.get("taken", ()):
        told["harvest"] = [_taken(benefit, row, size)]
    return told


def _taken(benefit: Mapping[str, Any], row: Mapping[str, Any], size: float) -> dict[str, Any]:
    share = row["reach"]
    told = {"at": "-2m", "decision": "Byrådet, budget vedtaget i oktober", "year": 1}
    if "tkr" in benefit:
        return {**told, "tkr": _sized(benefit["tkr"] * share, size), "place": benefit["place"]}
    return {**told, "hours": _sized(benefit["hours"] * share, size), "use": benefit["use"]}


def _case(
    subject: Mapping[str, Any], chosen: Mapping[str, Any], size: float, decided: int
) -> dict[str, Any]:
    lines: list[dict[str, Any]] = [
        {
            "line": "Opstart",
            "kind": "investment",
            "from": -1,
            "tkr": [_sized(subject["cost"], size)],
        },
        {
            "line": "Drift",
            "kind": "operation",
            "from": 0,
            "tkr": [_sized(subject["running"], size)],
        },
    ]
    for benefit in chosen.values():
        for measure in ("tkr", "hours"):
            if measure in benefit:
                full = _sized(benefit[measure], size)
                amounts = [_sized(benefit[measure] * 0.4, size), full]
                lines.append(
                    {"line": benefit["line"], "from": -1, measure: amounts, "range": [0.7, 1.15]}
                )
    return {"at": _months(decided), "lines": lines}


def _months(offset: int) -> str:
    return f"{offset:+d}m" if offset else "+1m"


def _sized(amount: float, size: float) -> float:
    """Return an amount at the size of a municipality: two figures that count."""
    sized = amount * size
    if size == 1.0:
        return amount
    return round(sized, -1) if sized >= ROUND_FROM else round(sized, 1)
