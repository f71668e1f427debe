"""A long table of many indicators: reading it, and its answer as JSON and as Danish lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hoest.engine.effects import EffectError, Found, Indicator, Many, panel_of

from .reading import Table, TableNotRead, panel_rows, quoted, strata_of
from .refusing import SENTENCES, NotEstimable
from .showing import answer
from .words import GRADES, amount, span

YES = {"1", "x", "ja", "true", "sand", "yes"}


def read_many(
    table: Table,
    *,
    indicator: str,
    unit: str,
    time: str,
    value: str,
    treated: str,
    benefit: str | None,
    primary: str | None,
    strata: str | None,
) -> list[Indicator]:
    """Return the indicators of a long table, in the order in which they are first met."""
    names = [text for _, text in table.column(indicator)]
    benefits = [text for _, text in table.column(benefit)] if benefit else [""] * len(names)
    marks = [text for _, text in table.column(primary)] if primary else [""] * len(names)
    parts: dict[tuple[str, str], list[int]] = {}
    for place, pair in enumerate(zip(benefits, names, strict=True)):
        if not pair[1]:
            raise TableNotRead(f"I linje {table.lines[place][0]} er kolonnen {indicator} tom.")
        parts.setdefault(pair, []).append(place)
    rows = panel_rows(table, unit, time, value, treated)
    layers = strata_of(table, unit, strata) if strata else None
    found = []
    for (whose, name), places in parts.items():
        try:
            panel = panel_of([rows[place] for place in places])
        except EffectError as error:
            raise NotEstimable(f"{quoted(name)}: {why_not(error)}") from None
        if layers is not None:
            panel = layers(panel)
        mark = any(marks[place].lower() in YES for place in places)
        found.append(Indicator(name, panel, whose, mark))
    return found


def why_not(refusal: EffectError) -> str:
    """Say why an indicator could not be estimated."""
    say = SENTENCES.get(type(refusal))
    return say(refusal) if say else f"Det kan ikke beregnes ({refusal})."


def _one(found: Found, seed: int) -> dict[str, Any]:
    head = {
        "indicator": found.indicator.name,
        "benefit": found.indicator.benefit or None,
        "primary": found.indicator.primary,
        "q": found.q,
        "key": found.key,
    }
    if found.effect is None:
        return {**head, "error": why_not(found.refused) if found.refused else None}
    return {**head, **answer(found.effect, seed)}


def many_answer(found: Many, seed: int) -> dict[str, Any]:
    """Return the JSON answer of many indicators."""
    return {
        "count": len(found.found),
        "looked_at": found.looked_at,
        "reused": found.reused,
        "seed": seed,
        "indicators": [_one(one, seed) for one in found.found],
    }


def many_lines(found: Many) -> str:
    """Return the answer as calm Danish lines, one for each indicator."""
    return "\n".join(_lines(found))


def _lines(found: Many) -> Iterator[str]:
    for one in found.found:
        name = one.indicator.name
        if one.indicator.benefit:
            name = f"{one.indicator.benefit}, {name}"
        if one.indicator.primary:
            name += " (valgt på forhånd)"
        effect = one.effect
        if effect is None:
            yield f"{name}: {why_not(one.refused) if one.refused else ''}"
            continue
        ends = span(effect.low, effect.high, effect.error, effect.judgement.verdict)
        yield (
            f"{name}: {amount(effect.estimate, effect.error)} ({ends}), "
            f"{effect.judgement.verdict.value}, grad {int(effect.grade)} "
            f"{GRADES[effect.grade]}"
        )
    if found.looked_at > 1:
        yield ""
        yield (
            f"{found.looked_at} tal var ikke valgt på forhånd. "
            "De er dømt strengere, fordi der er set på så mange."
        )
