"""The answer of `hoest design`: order by lot, what it can tell, and what a wish costs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hoest.engine.effects import (
    Noise,
    Panel,
    Plan,
    drawn_order,
    noise_of,
    plan_of,
    power_of,
)
from hoest.ui.formats import percent

from .reading import TableNotRead, list_of
from .showing import finite
from .words import amount

Ints = NDArray[np.int64]
SHOWN_WAVES = (1, 2, 3, 4, 6, 12)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What to plan: units, periods before and after the first start, waves, noise and seed."""

    units: tuple[str, ...]
    before: int
    after: int
    waves: int
    every: int | None
    noise: Noise
    seed: int
    effect: float | None
    wish: tuple[tuple[str, ...], ...]
    strata: Ints | None = None

    def spacing(self, waves: int) -> int:
        """Periods between waves: as asked, else so that the last wave is followed as long."""
        return self.every if self.every is not None else max(1, self.after // waves)


def noise_and_units(panel: Panel) -> tuple[Noise, tuple[str, ...], int]:
    """Return the noise, the units and the number of periods of a history nobody has started in."""
    return noise_of(panel.rollout, panel.values), panel.rollout.units, panel.rollout.length


def wished(text: str | None, units: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Read a wished order: units parted by comma, waves by semicolon."""
    if not text:
        return ()
    waves = tuple(
        tuple(name.strip() for name in wave.split(",") if name.strip()) for wave in text.split(";")
    )
    named = [name for wave in waves for name in wave]
    strangers = sorted(set(named) - set(units))
    if strangers:
        raise TableNotRead(f"Enheden {strangers[0]} i --wish findes ikke.")
    if sorted(named) != sorted(units) or not all(waves):
        raise TableNotRead("I --wish skal hver enhed stå i netop én bølge.")
    return waves


def _plan(asked: Asked, wave_of: np.ndarray, waves: int) -> Plan:
    return plan_of(
        asked.units,
        wave_of,
        periods=asked.before + asked.after,
        first=asked.before,
        every=asked.spacing(waves),
        noise=asked.noise,
    )


def _shown(plan: Plan, asked: Asked) -> dict[str, Any]:
    seen = math.isfinite(plan.error)
    return {
        "waves": plan.waves,
        "precision": finite(plan.precision),
        "se": finite(plan.error),
        "detectable": finite(plan.detectable),
        "power": power_of(plan.rollout, asked.noise, asked.effect)
        if seen and asked.effect is not None
        else None,
    }


def answer(asked: Asked) -> dict[str, Any]:
    """Return the drawn order with its precision, other numbers of waves, and the wished order."""
    size = len(asked.units)
    wave_of = drawn_order(asked.units, asked.waves, seed=asked.seed, strata=asked.strata)
    own = _plan(asked, wave_of, asked.waves)
    others = []
    for waves in SHOWN_WAVES:
        if waves <= size:
            other = drawn_order(asked.units, waves, seed=asked.seed, strata=asked.strata)
            plan = _plan(asked, other, waves)
            others.append(_shown(plan, asked))
    starts = own.rollout.starts.tolist()
    order = sorted(
        (
            {"unit": unit, "wave": int(wave) + 1, "start": int(start) + 1}
            for unit, wave, start in zip(asked.units, wave_of, starts, strict=True)
        ),
        key=lambda one: (one["wave"], one["unit"]),
    )
    said: dict[str, Any] = {
        "seed": asked.seed,
        "order": order,
        "noise": {"sd": asked.noise.deviation, "carried": asked.noise.carried},
        "periods": {
            "before": asked.before,
            "after": asked.after,
            "every": asked.spacing(asked.waves),
        },
        "plan": _shown(own, asked),
        "plans": others,
        "strata": None if asked.strata is None else len(set(asked.strata.tolist())),
        "wish": None,
    }
    if asked.wish:
        place = {name: wave for wave, names in enumerate(asked.wish) for name in names}
        wish_waves = np.array([place[unit] for unit in asked.units], np.int64)
        wish = _plan(asked, wish_waves, len(asked.wish))
        share = wish.precision / own.precision if own.precision else None
        said["wish"] = {**_shown(wish, asked), "precision_of_drawn": share}
    said["sentence"] = sentence(own, asked)
    said["warnings"] = [{"code": "all_at_once", "text": ALL_AT_ONCE}] if not own.precision else []
    return said


ALL_AT_ONCE = "Begynder alle på én gang, er der ingen at sammenligne med, og effekten kan ikke ses."


def sentence(plan: Plan, asked: Asked) -> str:
    """Say what the drawn order can tell."""
    if not plan.precision:
        return ALL_AT_ONCE
    return (
        f"{len(asked.units)} enheder i {plan.waves} bølger kan vise en effekt på "
        f"{amount(plan.detectable, plan.error)} eller mere (fire gange ud af fem)."
    )


def as_lines(said: dict[str, Any]) -> str:
    """Return the order and the plans as calm Danish lines."""
    lines = [str(said["sentence"]), ""]
    waves = sorted({one["wave"] for one in said["order"]})
    for wave in waves:
        members = [one for one in said["order"] if one["wave"] == wave]
        names = list_of([one["unit"] for one in members])
        lines.append(f"Bølge {wave}, fra periode {members[0]['start']}: {names}")
    lines += ["", "Bølger   Kan vises fra"]
    for plan in said["plans"]:
        seen = plan["detectable"]
        shown = "kan intet vise" if seen is None else amount(seen, plan["se"])
        lines.append(f"{plan['waves']:6d}   {shown}")
    if said["wish"]:
        share = said["wish"]["precision_of_drawn"]
        lines.append(
            f"Den ønskede rækkefølge har {percent(share or 0, 0)} af den lodtruknes præcision."
        )
    lines.append(f"Frø {said['seed']}: samme frø og enheder giver samme rækkefølge.")
    return "\n".join(lines)
