"""What a file says of an indicator besides its values: unit, step, which way is better, how."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from hoest.domain.evidence.rules.codes import Step, Wanted
from hoest.domain.evidence.rules.naming import read_period
from hoest.domain.evidence.rules.reading import LineFault, Twin

STEPS = {
    "måned": Step.MONTH, "måneder": Step.MONTH, "månedlig": Step.MONTH, "månedligt": Step.MONTH,
    "hver måned": Step.MONTH, "month": Step.MONTH, "kvartal": Step.QUARTER,
    "kvartaler": Step.QUARTER, "kvartalsvis": Step.QUARTER, "hvert kvartal": Step.QUARTER,
    "quarter": Step.QUARTER, "år": Step.YEAR, "årlig": Step.YEAR, "årligt": Step.YEAR,
    "hvert år": Step.YEAR, "year": Step.YEAR,
}  # fmt: skip
WANTS = {
    "lavere": Wanted.LOWER, "lavere er bedre": Wanted.LOWER, "lav": Wanted.LOWER,
    "lower": Wanted.LOWER, "højere": Wanted.HIGHER, "højere er bedre": Wanted.HIGHER,
    "høj": Wanted.HIGHER, "higher": Wanted.HIGHER,
}  # fmt: skip
LONGEST = {"name": 160, "measure_unit": 60, "definition": 1000}


@dataclass(frozen=True)
class ManyFault:
    """Something that keeps a file out: where, what stands there, a code for the words.

    `line` is 0 where it is the whole indicator; `standing` what stands in Høst, where that matters;
    `missing` the names of the columns that are; `twin` the line it does not agree with.
    """

    sheet: str
    line: int
    indicator: str
    text: str
    code: str
    standing: str = ""
    missing: tuple[str, ...] = ()
    twin: Twin | None = None


@dataclass(frozen=True)
class GivenFacts:
    """What a file says of an indicator; empty or None where it says nothing.

    `since` is the day from which `definition` holds, when it is another than before.
    """

    measure_unit: str = ""
    step: Step | None = None
    wanted: Wanted | None = None
    definition: str = ""
    since: dt.date | None = None


FACTS = ("measure_unit", "step", "wanted", "definition", "since")


def read_facts(texts: dict[str, str]) -> tuple[GivenFacts, list[tuple[str, str, str]]]:
    """Return what a row says by the names of FACTS, and (name, text, code) of what is not read."""
    faults: list[tuple[str, str, str]] = []
    said = {name: " ".join(text.split()) for name, text in texts.items()}
    found = GivenFacts(said.get("measure_unit", ""), definition=said.get("definition", ""))
    for name in ("measure_unit", "definition"):
        if len(said.get(name, "")) > LONGEST[name]:
            faults.append((name, said[name], f"long_{name}"))
    if text := said.get("step", ""):
        step = STEPS.get(text.casefold())
        found = replace(found, step=step)
        faults += [] if step else [("step", text, "not_a_step")]
    if text := said.get("wanted", ""):
        wanted = WANTS.get(text.casefold())
        found = replace(found, wanted=wanted)
        faults += [] if wanted else [("wanted", text, "not_a_way")]
    if text := said.get("since", ""):
        period = read_period(text)
        found = replace(found, since=period.on if period else None)
        faults += [] if period else [("since", text, "not_a_period")]
    return found, faults


def together(first: GivenFacts, more: GivenFacts) -> tuple[GivenFacts, str]:
    """Add what another row says; also return which fact it says otherwise, "" when none."""
    for name in FACTS:
        mine, theirs = getattr(first, name), getattr(more, name)
        if not theirs:
            continue
        if not mine:
            first = replace(first, **{name: theirs})
        elif mine != theirs:
            return first, name
    return first, ""


def of_line(fault: LineFault, indicator: str) -> ManyFault:
    """Return the fault of a value as one of a file."""
    return ManyFault(fault.sheet, fault.line, indicator, fault.text, fault.code, twin=fault.twin)
