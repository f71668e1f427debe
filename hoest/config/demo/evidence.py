"""The series and studies of the demo: measured in places, begun place by place, and calculated.

A study begins before its answer is known. Values come as they are measured; each estimate is made
on its day from what had come by then, so the earlier ones stand beside the latest.
"""

from __future__ import annotations

import datetime as dt
import math
import random
import zlib
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Any

from hoest.config.demo.initiatives import InitiativeStory
from hoest.config.demo.town import NotInTheStory, Town
from hoest.config.demo.words import refuse_unknown, words
from hoest.domain.evidence import actions
from hoest.domain.evidence.actions.sharing import share_effect
from hoest.domain.evidence.calculations import dealt
from hoest.domain.evidence.queries import latest_of, places_here, study_of
from hoest.domain.evidence.rules import Origin, Step, Wanted
from hoest.foundation import clock, content
from hoest.foundation.content.files import read_yaml

TOLD = words("code series studies")
SERIES_TOLD = words("word name measure wanted definition source unit first decimals curve places")
CURVE_TOLD = words("level spread season peak trend noise effect")
STUDY_TOLD = words("initiative benefit series begun estimated happenings plan shared")
PLAN_TOLD = words("kept waves every seed first")
SHARED_TOLD = words("day solution")
# What is left of last month's chance: figures of a place lean the same way for some time.
CARRIED = 0.3
SEEDS = 10_000
# A place begins on a working day within its month, never on the same one.
LATEST_START_DAY = 12


def tell_evidence(town: Town, stories: Sequence[InitiativeStory]) -> None:
    """Put the series and studies of a municipality on the timeline; nothing for others."""
    for told in read_yaml(content.path("demo/evidence.yaml")):
        refuse_unknown(told, TOLD, f"effekterne i {told.get('code')}")
        if told["code"] != town.code:
            continue
        series = {one["word"]: _Series(town, one) for one in told["series"]}
        for study in told["studies"]:
            _Study(town, stories, series, study).tell()


class _Series:
    """One series as it is told: its places, when each began, and its values month by month."""

    def __init__(self, town: Town, told: Mapping[str, Any]) -> None:
        refuse_unknown(told, SERIES_TOLD, f"serien {told.get('word')}")
        refuse_unknown(told["curve"], CURVE_TOLD, f"kurven for {told['word']}")
        self.town, self.told = town, told
        self.row: Any = None
        self._loaded_to = dt.date.min
        self._values = list(self._all_values())

    def started_on(self, place: str) -> dt.date | None:
        """Return the day a place begins; None when it has not."""
        offset = self.told["places"][place]
        if offset is None:
            return None
        chance = random.Random(f"{self.town.code}:{place}")  # noqa: S311 - shapes of a demo
        return self.town.calendar.month(offset) + dt.timedelta(
            days=chance.randrange(LATEST_START_DAY)
        )

    def load(self) -> None:
        """Put what had been measured by today into the series; make it when it is new."""
        told, town = self.told, self.town
        keeper = town.with_role("controller")
        if self.row is None:
            self.row = actions.new_series(
                actor=keeper,
                fields={
                    "name": told["name"],
                    "measure_unit": told["measure"],
                    "step": Step.MONTH,
                    "wanted": Wanted(told["wanted"]),
                    "definition": told["definition"],
                    "unit": town.unit(told["unit"]),
                },
            )
        this_month = clock.today().replace(day=1)
        fresh = [one for one in self._values if self._loaded_to < one.on < this_month]
        if fresh:
            actions.add_points(
                actor=keeper,
                series_id=self.row.pk,
                given=fresh,
                origin=Origin.FILE,
                source=told["source"],
                source_on=clock.today(),
            )
            self._loaded_to = fresh[-1].on

    def _all_values(self) -> Iterator[actions.GivenPoint]:
        told, curve, calendar = self.told, self.told["curve"], self.town.calendar
        chance = random.Random(f"{self.town.code}:{told['word']}")  # noqa: S311 - a demo
        digits = Decimal(1).scaleb(-told["decimals"])
        levels = {
            name: curve["level"] + curve["spread"] * chance.uniform(-1, 1)
            for name in told["places"]
        }
        leaning = dict.fromkeys(told["places"], 0.0)
        for offset in range(told["first"], 0):
            month = calendar.month(offset)
            turn = math.cos((month.month - curve["peak"]) / 12 * 2 * math.pi)
            for name, begun in told["places"].items():
                leaning[name] = CARRIED * leaning[name] + chance.gauss(0, curve["noise"])
                value = levels[name] + curve["season"] * turn + leaning[name]
                value += curve["trend"] * (offset - told["first"])
                if begun is not None and offset >= begun:
                    value += curve["effect"]
                unit = self.town.units.get(name)
                yield actions.GivenPoint(
                    name,
                    month,
                    Decimal(str(max(value, 0.0))).quantize(digits, rounding=ROUND_HALF_UP),
                    unit_id=unit.pk if unit else None,
                )


class _Study:
    """One study as it is told."""

    def __init__(
        self,
        town: Town,
        stories: Sequence[InitiativeStory],
        series: Mapping[str, _Series],
        told: Mapping[str, Any],
    ) -> None:
        refuse_unknown(told, STUDY_TOLD, f"effektmålingen af {told.get('benefit')}")
        self.town, self.told = town, told
        self.series = series[told["series"]]
        self.row: Any = None
        found = [
            one
            for story in stories
            # A neighbour's initiatives carry their number after the subject.
            if told["initiative"] in (story.word, story.word.rpartition("-")[0])
            for one in story.benefits
            if one.told["title"] == told["benefit"]
        ]
        if not found:
            raise NotInTheStory(f"Demoen undersøger »{told['benefit']}«, som ikke er fortalt.")
        self.benefit = found[0]

    def tell(self) -> None:
        """Put what happens to the study on the timeline."""
        timeline, day = self.town.timeline, partial(self.town.day, salt=self.told["series"])
        timeline.on(day(self.told["begun"]), self._begin)
        for one in self.told["happenings"]:
            on = self.town.calendar.month(one["month"])
            timeline.on(on + dt.timedelta(days=LATEST_START_DAY), partial(self._note, one, on))
        for spec in self.told["estimated"]:
            timeline.on(day(spec), self._estimate)
        if plan := self.told.get("plan"):
            refuse_unknown(plan, PLAN_TOLD, f"planen for {self.told['benefit']}")
            timeline.on(day(plan["kept"]), partial(self._keep_plan, plan))
        if shared := self.told.get("shared"):
            refuse_unknown(shared, SHARED_TOLD, f"det delte resultat af {self.told['benefit']}")
            timeline.on(day(shared["day"]), partial(self._share, shared))

    def _begin(self) -> None:
        self.series.load()
        self.row = actions.begin_study(
            actor=self.town.with_role("portfolio_manager"),
            benefit_id=self.benefit.row.pk,
            series_id=self.series.row.pk,
            # Not the benefit's number, which is another one each time the demo is built.
            seed=zlib.crc32(f"{self.town.code}:{self.told['series']}".encode()) % SEEDS,
        )

    def _estimate(self) -> None:
        self.series.load()
        manager = self.town.with_role("portfolio_manager")
        known = {one.name: one.pk for one in places_here(manager)}
        for name in self.series.told["places"]:
            started = self.series.started_on(name)
            if started is not None and started <= clock.today():
                actions.say_place(
                    actor=manager,
                    study_id=self.row.pk,
                    place_id=known[name],
                    started_on=started,
                )
        study = study_of(manager, self.row.pk)
        actions.estimate_study(actor=self.town.with_role("controller"), study_id=study.pk)

    def _keep_plan(self, told: Mapping[str, Any]) -> None:
        """Draw the order of the places by lot, and keep it."""
        actions.keep_plan(
            actor=self.town.with_role("portfolio_manager"),
            benefit_id=self.benefit.row.pk,
            series_id=self.series.row.pk,
            waves=dealt(dict.fromkeys(self.series.told["places"], ""), told["waves"], told["seed"]),
            seed=told["seed"],
            first_on=self.town.calendar.month(told["first"]),
            every_periods=told["every"],
        )

    def _share(self, told: Mapping[str, Any]) -> None:
        manager = self.town.with_role("portfolio_manager")
        latest = latest_of(study_of(manager, self.row.pk))
        assert latest is not None
        share_effect(
            actor=manager,
            study_id=self.row.pk,
            estimate_id=latest.pk,
            solution=told["solution"],
        )

    def _note(self, told: Mapping[str, Any], on: dt.date) -> None:
        manager = self.town.with_role("portfolio_manager")
        places = {one.name: one.pk for one in places_here(manager)}
        actions.note_happening(
            actor=manager,
            study_id=self.row.pk,
            on=on,
            what=told["what"],
            place_id=places[told["place"]] if told.get("place") else None,
        )
