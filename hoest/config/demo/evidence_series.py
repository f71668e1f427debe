"""The series the neighbours share as one line each (content/demo/evidence_series.yaml)."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Any

from hoest.config.demo.town import Town
from hoest.config.demo.words import refuse_unknown, words
from hoest.domain.evidence import actions
from hoest.domain.evidence.actions.sharing import share_series
from hoest.domain.evidence.queries.sharing import leaving_of
from hoest.domain.evidence.rules import Origin, Step, Wanted
from hoest.foundation import clock, content
from hoest.foundation.content.files import read_yaml

FILE = "demo/evidence_series.yaml"
LINE_TOLD = words("kind level began effect")
# The lines were shared in the last month, when last month's values had come.
SHARED = "-6d"


def tell_shared_series(town: Town) -> None:
    """Put a neighbour's series and their sharing on the timeline; nothing for others."""
    told = read_yaml(content.path(FILE))
    for one in told["lines"].get(town.code, ()):
        refuse_unknown(one, LINE_TOLD, f"den delte serie i {town.code}")
        kind = told["kinds"][one["kind"]]
        act = partial(_share, town, kind, one, told["places"])
        town.timeline.on(town.day(SHARED, one["kind"]), act)


def _share(
    town: Town, kind: Mapping[str, Any], line: Mapping[str, Any], places: Sequence[str]
) -> None:
    keeper, leader = town.with_role("controller"), town.with_role("portfolio_manager")
    series = actions.new_series(
        actor=keeper,
        fields={
            "name": kind["name"],
            "measure_unit": kind["measure"],
            "step": Step.MONTH,
            "wanted": Wanted(kind["wanted"]),
            "definition": kind["definition"],
        },
    )
    actions.add_points(
        actor=keeper,
        series_id=series.pk,
        given=list(_values(town, kind, line, places)),
        origin=Origin.FILE,
        source=kind["source"],
        source_on=clock.today(),
    )
    began = line.get("began")
    share_series(
        actor=leader,
        series_id=series.pk,
        seen=leaving_of(leader, series).seen,
        started_on=None if began is None else town.calendar.month(began) + dt.timedelta(days=6),
    )


def _values(
    town: Town, kind: Mapping[str, Any], line: Mapping[str, Any], places: Sequence[str]
) -> Iterator[actions.GivenPoint]:
    chance = random.Random(f"{town.code}:{line['kind']}")  # noqa: S311 - shapes of a demo
    digits = Decimal(1).scaleb(-kind["decimals"])
    for place in places:
        level = line["level"] * chance.uniform(0.94, 1.06)
        for offset in range(-kind["months"], -1):
            month = town.calendar.month(offset)
            value = level + kind["season"] * math.cos((month.month - 2) / 12 * 2 * math.pi)
            value += chance.gauss(0, kind["noise"])
            if "began" in line and offset >= line["began"]:
                value += line["effect"]
            on = Decimal(str(value)).quantize(digits, rounding=ROUND_HALF_UP)
            yield actions.GivenPoint(place, month, on)
