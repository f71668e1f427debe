"""The JSON answer of an effect, never with NaN or infinity, and the same as Danish lines."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from typing import Any

from hoest.engine.effects import Breakdown, Checks, Effect, Gap, Pairing, shown_dates

from .words import GRADES, METHODS, REASONS, REMEDIES, amount, ends, note, sentence, trend

LEVEL = 0.05


def finite(value: float | None) -> float | None:
    """Return a number that JSON has, or None."""
    return float(value) if value is not None and math.isfinite(value) else None


def as_json(answer: dict[str, Any]) -> str:
    """Write an answer as JSON text."""
    return json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False, default=str)


def _gap(gap: Gap | None) -> dict[str, Any] | None:
    if gap is None:
        return None
    return {
        "periods": gap.ahead,
        "gap": finite(gap.gap),
        "se": finite(gap.error),
        "p": finite(gap.p),
        "detectable": finite(gap.detectable),
        "power": finite(gap.power),
        "smallest_p": gap.smallest_p,
    }


def _dates(effect: Effect) -> list[dict[str, Any]]:
    """Return what the method says of dates when nobody had begun."""
    return [
        {
            "start": effect.rollout.periods[one.start],
            "effect": finite(one.effect),
            "se": finite(one.error),
            "p": finite(one.p),
        }
        for one in effect.checks.pretended
    ]


def _trend(found: Breakdown | None) -> dict[str, Any] | None:
    if found is None:
        return None
    ends = [finite(found.low), finite(found.high)]
    said = {name: one for name, one in asdict(found).items() if name not in ("low", "high")}
    return {**said, "ci": ends}


def diagnostics(effect: Effect) -> dict[str, Any]:
    """Return everything that was checked, as codes and figures."""
    checks, rollout = effect.checks, effect.rollout
    wild, out, shares, orders = checks.wild, checks.left_out, checks.shares, checks.orders
    return {
        "units": rollout.size,
        "adopters": int(rollout.adopters.sum()),
        "never_or_not_yet": int((~rollout.adopters).sum()),
        "periods": rollout.length,
        "starts": [rollout.periods[one] for one in rollout.dates.tolist()],
        "others_change": finite(effect.others_change),
        "reasons": [one.value for one in effect.judgement.reasons],
        "remedies": [one.value for one in effect.judgement.remedies],
        "step_down": [one.value for one in effect.step_down],
        "pre_gap": _gap(checks.gap),
        "anticipation": _gap(checks.anticipation),
        "placebo_dates": _dates(effect),
        "wild_bootstrap": None
        if wild is None
        else {
            "t": finite(wild.t),
            "p": finite(wild.p),
            "ci": [finite(wild.low), finite(wild.high)],
        },
        "leave_one_out": None
        if out is None
        else {
            "low": out.low,
            "high": out.high,
            "low_without": out.low_unit,
            "high_without": out.high_unit,
            "sign_holds": out.sign_holds,
        },
        "bacon": None
        if shares is None
        else {
            "twfe": finite(shares.estimate),
            **{one.value: float(shares.share(one)) for one in Pairing},
        },
        "check": None
        if checks.other is None
        else {"method": "cs", "estimate": checks.other, "se": checks.other_error},
        "parallel_trend": _trend(checks.breakdown),
        "detectable": finite(checks.detectable),
        "early_adopters": None if checks.early is None else asdict(checks.early),
        "randomisation": None
        if orders is None
        else {
            "orders": len(orders.starts),
            "exact": orders.exact,
            "strata": len(set(rollout.strata.tolist())),
            "smallest_p": orders.smallest_p,
        },
    }


def answer(effect: Effect, seed: int) -> dict[str, Any]:
    """Return the JSON answer of an effect."""
    periods = effect.rollout.periods
    return {
        "method": effect.method.value,
        "estimate": effect.estimate,
        "se": finite(effect.error),
        "ci": [finite(effect.low), finite(effect.high)],
        "p": effect.p,
        "grade": int(effect.grade),
        "verdict": effect.judgement.verdict.value,
        "sentence": sentence(effect),
        "diagnostics": {**diagnostics(effect), "seed": seed},
        "groups": [
            {
                "group": periods[cell.group],
                "time": periods[cell.time],
                "att": finite(cell.effect),
                "se": finite(cell.error),
            }
            for cell in effect.cells
        ],
        "warnings": [
            {"code": code.value, "text": note(code, count)} for code, count in effect.notes
        ],
    }


def _before(checks: Checks, step: float) -> list[str]:
    """Say what showed before the start: of the comparison, or at dates when nobody had begun."""
    lines = []
    if checks.gap:
        said = f"Før     Forskellen før start var {amount(checks.gap.gap, step)}"
        few = checks.gap.smallest_p > LEVEL
        seen = f"en på {amount(checks.gap.detectable, step)} ville være set"
        lines.append(f"{said}; {'de er for få til at se den sikkert' if few else seen}.")
    if checks.pretended:
        largest = max(checks.pretended, key=lambda one: abs(one.effect))
        count = len(checks.pretended)
        where = "Én dato" if count == 1 else f"{count} datoer"
        said = f"Før     {where}, hvor intet begyndte, er prøvet. "
        said += f"Den største ændring dér er {amount(largest.effect, step)}."
        shown = shown_dates(checks.pretended)
        lines.append(
            f"{said} {'Den kan ikke' if largest in shown else 'Den kan'} være et tilfælde."
        )
    return lines


def as_lines(effect: Effect) -> str:
    """Return the answer as calm Danish lines."""
    checks, step = effect.checks, effect.error
    lines = [
        sentence(effect),
        "",
        f"Metode  {METHODS[effect.method]}, grad {int(effect.grade)}: {GRADES[effect.grade]}",
    ]
    lines += [f"        Ikke højere, fordi {REASONS[one]}." for one in effect.step_down]
    lines += _before(checks, step)
    if checks.left_out:
        without = ends(checks.left_out.low, checks.left_out.high, step)
        lines.append(f"Én ud   Uden én ad gangen ligger effekten {without}.")
    if checks.breakdown:
        lines.append(f"Tendens {trend(checks.breakdown, step, effect.judgement.verdict)}")
    if checks.detectable is not None:
        lines.append(f"Kunne ses  En effekt på {amount(checks.detectable, step)} eller mere.")
    if effect.judgement.remedies:
        wanted = ", ".join(REMEDIES[one] for one in effect.judgement.remedies)
        lines.append(f"Hjælper  {wanted}.")
    lines += [f"- {note(code, count)}" for code, count in effect.notes]
    return "\n".join(lines)
