"""A plan as it was chosen, with what it and the plans beside it could show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from hoest.domain.evidence import queries
from hoest.domain.evidence.calculations import (
    Ground,
    Outlook,
    Unknown,
    dealt,
    ground_of,
    outlook_of,
)
from hoest.domain.evidence.models import Series
from hoest.domain.evidence.rules import Step, UnhandledBreak, periods_between
from hoest.domain.evidence.rules.planning import (
    Part,
    moved,
    plans_beside,
    spread,
    starts_on,
    window,
    wished_waves,
)
from hoest.domain.evidence.web.planning.forms import PlanForm


class NothingToShow(Exception):
    """Why nothing can be said before go-live: a code, and the day of a break."""

    def __init__(self, code: str, on: dt.date | None = None) -> None:
        super().__init__(code)
        self.code, self.on = code, on


@dataclass(frozen=True)
class Beside:
    """One number of waves beside the others; `every` periods between them."""

    outlook: Outlook
    every: int
    is_chosen: bool


@dataclass(frozen=True)
class Wish:
    """A wished order, the places it moves, and what it could show."""

    waves: tuple[tuple[str, ...], ...]
    moved: tuple[str, ...]
    outlook: Outlook


@dataclass(frozen=True)
class Built:
    """A plan: the series and its noise, the order by lot, what it could show, and a wish."""

    series: Series
    ground: Ground
    waves: tuple[tuple[str, ...], ...]
    days: tuple[dt.date, ...]
    never: tuple[str, ...]
    strata: tuple[str, ...]
    seed: int
    every: int
    after: int
    promised: float | None
    chosen: Outlook
    beside: tuple[Beside, ...]
    wish: Wish | None

    @property
    def step(self) -> Step:
        """The length of a period."""
        return Step(self.series.step)


def built(form: PlanForm) -> Built:
    """Return the plan a valid form asks for. Raises NothingToShow."""
    given = form.cleaned_data
    series, drawn, never = given["serie"], form.with_part(Part.DRAWN), form.with_part(Part.NEVER)
    used = [*drawn, *never]
    if len(drawn) < 2:
        raise NothingToShow("no_places")
    try:
        ground = ground_of(queries.history_of(series, [one.place_id for one in used]))
    except UnhandledBreak as fault:
        raise NothingToShow("break", fault.on) from fault
    except Unknown as fault:
        raise NothingToShow(fault.code) from fault
    known = set(ground.places)
    strata = {one.name: one.stratum for one in drawn if one.name in known}
    still = tuple(one.name for one in never if one.name in known)
    waves, every = given["boelger"], given["mellemrum"]
    if len(strata) < max(2, waves):
        raise NothingToShow("no_places")
    look = _Look(ground, strata, still, given, Step(series.step))
    order = dealt(strata, waves, given["froe"])
    chosen = look.at(order, every)
    length = window(waves, every, given["bagefter"])
    beside = [
        Beside(chosen, every, True)
        if count == waves
        else Beside(
            look.at(dealt(strata, count, given["froe"]), spread(length, count), length),
            spread(length, count),
            False,
        )
        for count in plans_beside(len(strata), length, waves)
    ]
    return Built(
        series,
        ground,
        order,
        tuple(starts_on(given["foerste"], every, waves, Step(series.step))),
        still,
        tuple(sorted({name for name in strata.values() if name})),
        given["froe"],
        every,
        given["bagefter"],
        look.promised,
        chosen,
        tuple(beside),
        _wish(form, order, look, every, length),
    )


class _Look:
    """Looks at orders of the same places and noise."""

    def __init__(
        self,
        ground: Ground,
        strata: dict[str, str],
        never: Sequence[str],
        given: dict[str, object],
        step: Step,
    ) -> None:
        self.ground, self.strata, self.never, self.given = ground, strata, never, given
        first = given["foerste"]
        assert isinstance(first, dt.date)
        self.before = periods_between(ground.first, first, step)
        said = given.get("loefte")
        self.promised = float(str(said)) if said else None

    def at(
        self,
        waves: Sequence[Sequence[str]],
        every: int,
        length: int | None = None,
        *,
        drawn: bool = True,
    ) -> Outlook:
        after = int(str(self.given["bagefter"]))
        return outlook_of(
            self.ground,
            waves,
            self.never,
            before=self.before,
            after=window(len(waves), every, after) if length is None else length,
            every=every,
            promised=self.promised,
            strata={name: self.strata.get(name, "") for wave in waves for name in wave}
            | dict.fromkeys(self.never, queries.NOT_DRAWN),
            drawn=drawn,
        )


def _wish(
    form: PlanForm, order: tuple[tuple[str, ...], ...], look: _Look, every: int, length: int
) -> Wish | None:
    """Return the wished order: what is not wished stays as the lot put it."""
    lot = {name: number for number, wave in enumerate(order) for name in wave}
    asked = {name: wave for name, wave in form.wishes().items() if name in lot}
    if not asked:
        return None
    waves = wished_waves({**lot, **asked}, len(order))
    away = moved(order, waves)
    if not away:
        return None
    outlook = look.at(waves, every, length, drawn=False)
    return Wish(tuple(tuple(wave) for wave in waves), tuple(away), outlook)
