"""Estimating: rows of places and periods in, an effect with its grade and verdict out."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from hoest.engine.effects import (
    REMEDIES,
    Average,
    Control,
    Effect,
    EffectError,
    Gap,
    GroupTime,
    Method,
    Pairing,
    Panel,
    Question,
    Rollout,
    Row,
    averaged,
    effect_of,
    group_time,
    panel_of,
    rollout_of,
    shown_dates,
)

FEWEST_FOR_ERROR = 2
SEASONS = {"month": 12, "quarter": 4, "year": 1}


@dataclass(frozen=True)
class Asked:
    """How to look: the engine's codes, the seed, the step of the periods, whether drawn by lot."""

    method: str
    control: str
    seed: int
    step: str
    was_drawn: bool


@dataclass(frozen=True)
class Answer:
    """An effect with its grade and verdict, never apart. Unit of the values; None: no limit."""

    method: str
    estimate: float
    error: float | None
    low: float | None
    high: float | None
    p: float
    grade: int
    verdict: str
    details: dict[str, Any]


class CannotEstimate(Exception):
    """The engine could not answer: its code and what stands there."""

    def __init__(self, code: str, values: dict[str, Any]) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


Rows = Sequence[tuple[str, dt.date, float, dt.date | None, str]]


def estimated(rows: Rows, asked: Asked) -> Answer:
    """Return the effect in a long table of (place, period, value, start, stratum).

    Raises CannotEstimate with the name of the engine's fault.
    """
    try:
        panel = _panel(rows)
        found = effect_of(
            panel,
            Question(
                method=Method(asked.method),
                control=Control(asked.control),
                seed=asked.seed,
                drawn=asked.was_drawn,
                season=SEASONS[asked.step],
            ),
        )
    except EffectError as fault:
        raise CannotEstimate(type(fault).__name__, dict(vars(fault))) from fault
    return Answer(
        found.method.value,
        float(found.estimate),
        finite(found.error),
        finite(found.low),
        finite(found.high),
        float(found.p),
        int(found.grade),
        found.judgement.verdict.value,
        {**_details(found), "averages": _averages(panel, found, Control(asked.control))},
    )


def _panel(rows: Rows) -> Panel:
    panel = panel_of(Row(place, period, value, start) for place, period, value, start, _s in rows)
    strata = {place: stratum for place, _p, _v, _start, stratum in rows}
    names = sorted(set(strata.values()))
    if len(names) < 2:
        return panel
    rollout = panel.rollout
    layered = rollout_of(
        rollout.units,
        rollout.periods,
        rollout.starts.tolist(),
        weights=rollout.weights,
        strata=[names.index(strata[unit]) for unit in rollout.units],
    )
    return Panel(layered, panel.values, panel.started_before)


def finite(value: float | None) -> float | None:
    """Return a number that JSON has, or None."""
    return float(value) if value is not None and math.isfinite(value) else None


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
        "smallest_p": float(gap.smallest_p),
    }


def _details(effect: Effect) -> dict[str, Any]:
    """Return every check, cell and line as codes and figures."""
    rollout, picture = effect.rollout, effect.picture
    periods = [str(one) for one in rollout.periods]
    return {
        "units": list(rollout.units),
        "starts": {
            unit: periods[start] if start < rollout.length else None
            for unit, start in zip(rollout.units, rollout.starts.tolist(), strict=True)
        },
        "periods": periods,
        "error": finite(effect.error),
        "others_change": finite(effect.others_change),
        "reasons": [one.value for one in effect.judgement.reasons],
        "remedies": [one.value for one in effect.judgement.remedies],
        "step_down": [one.value for one in effect.step_down],
        "notes": [[note.value, count] for note, count in effect.notes],
        "checks": _checks(effect),
        "picture": {
            name: [finite(value) for value in getattr(picture, name).tolist()]
            for name in ("ours", "without", "others")
        },
        "cells": [
            [periods[one.group], periods[one.time], finite(one.effect), finite(one.error)]
            for one in effect.cells
        ],
    }


def _pretended(effect: Effect) -> list[dict[str, Any]]:
    """Return the dates when nobody had begun, and whether an effect shows there."""
    tried, periods = effect.checks.pretended, effect.rollout.periods
    shown = shown_dates(tried)
    return [
        {
            "start": str(periods[one.start]),
            "effect": finite(one.effect),
            "se": finite(one.error),
            "p": finite(one.p),
            "shows": one in shown,
        }
        for one in tried
    ]


def _averages(panel: Panel, effect: Effect, control: Control) -> dict[str, Any] | None:
    """Return how each date of start did and what each period shows, after Callaway and Sant'Anna.

    Rows of [first day, places behind it, average, error], unit of the values; the error is None of
    fewer than two places, which have none that holds. None for other methods, with missing values,
    or where nothing can be compared.
    """
    if effect.method not in (Method.IMPUTATION, Method.GROUP_TIME) or panel.missing:
        return None
    rollout, table = panel.rollout, panel.values
    try:
        cells = group_time(rollout, table, control=control)
        waves = averaged(rollout, table, cells, Average.GROUP)
        calendar = averaged(rollout, table, cells, Average.CALENDAR)
    except EffectError:
        return None
    periods = [str(one) for one in rollout.periods]

    def row(at: int, places: int, estimate: float, error: float) -> list[Any]:
        said = finite(error) if places >= FEWEST_FOR_ERROR else None
        return [periods[at], places, finite(estimate), said]

    return {
        "waves": [
            row(int(at), int((rollout.starts == at).sum()), *figures)
            for at, *figures in zip(waves.at, waves.estimates[0], waves.errors[0], strict=True)
        ],
        "calendar": [
            row(int(at), _followed(cells, rollout, int(at)), *figures)
            for at, *figures in zip(
                calendar.at, calendar.estimates[0], calendar.errors[0], strict=True
            )
        ],
    }


def _followed(cells: GroupTime, rollout: Rollout, time: int) -> int:
    """Return how many places that have started are behind the average of a period."""
    groups = cells.groups[(cells.times == time) & (cells.groups <= time)]
    return int(np.isin(rollout.starts, groups).sum())


def _checks(effect: Effect) -> dict[str, Any]:
    checks = effect.checks
    wild, out, shares, orders = checks.wild, checks.left_out, checks.shares, checks.orders
    return {
        "gap": _gap(checks.gap),
        "anticipation": _gap(checks.anticipation),
        "pretended": _pretended(effect),
        "wild": None
        if wild is None
        else {"p": finite(wild.p), "low": finite(wild.low), "high": finite(wild.high)},
        "left_out": None
        if out is None
        else {
            "low": finite(out.low),
            "high": finite(out.high),
            "low_unit": out.low_unit,
            "high_unit": out.high_unit,
            "sign_holds": out.sign_holds,
        },
        "shares": None
        if shares is None
        else {one.value: float(shares.share(one)) for one in Pairing},
        "other": None
        if checks.other is None
        else {"estimate": finite(checks.other), "error": finite(checks.other_error)},
        "trend": None
        if checks.breakdown is None
        else {
            "periods": checks.breakdown.horizon,
            "estimate": finite(checks.breakdown.estimate),
            "low": finite(checks.breakdown.low),
            "high": finite(checks.breakdown.high),
            "holds_to": finite(checks.breakdown.holds_to),
        },
        "detectable": finite(checks.detectable),
        "orders": None
        if orders is None
        else {
            "count": len(orders.starts),
            "exact": bool(orders.exact),
            "smallest_p": float(orders.smallest_p),
        },
    }


REMEDY_OF = {reason.value: remedy.value for reason, remedy in REMEDIES.items()}
"""What would make more possible, by the code of the reason."""
