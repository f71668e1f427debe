"""A series over eight places, four of which begin one by one; with or without an effect."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal

MONTHS = 24
PLACES = ("Aaby", "Birk", "Dal", "Eng", "Fjord", "Gade", "Have", "Kær")
# Months after the first in which the four begin.
STARTS = {"Aaby": 12, "Birk": 12, "Dal": 16, "Eng": 16}


def values(first: dt.date, effect: float, seed: int = 4) -> list[tuple[str, dt.date, Decimal]]:
    """Return (place, month, value): a level each, some noise, and the effect from the start."""
    from hoest.domain.evidence.rules import Step, from_first

    chance = random.Random(seed)
    return [
        (
            place,
            from_first(first, Step.MONTH, month),
            Decimal(str(round(30 + at + chance.gauss(0, 0.4) + _lift(place, month, effect), 2))),
        )
        for at, place in enumerate(PLACES)
        for month in range(MONTHS)
    ]


def _lift(place: str, month: int, effect: float) -> float:
    return effect if place in STARTS and month >= STARTS[place] else 0.0


def add_series(organisation: int, name: str, effect: float) -> dt.date:
    """Make the series and return its first month. Minutes a visit, lower is better."""
    from hoest.domain.evidence import actions
    from hoest.domain.evidence.rules import Origin, Step, Wanted, from_first
    from hoest.domain.organisations.queries import system_actor
    from hoest.foundation.clock import today

    system = system_actor(organisation, "Opsætning", "test")
    series = actions.new_series(
        actor=system,
        fields={
            "name": name,
            "measure_unit": "minutter pr. besøg",
            "step": Step.MONTH,
            "wanted": Wanted.LOWER,
            "definition": "Fra dør til dør",
        },
    )
    first = from_first(today(), Step.MONTH, -MONTHS)
    actions.add_points(
        actor=system,
        series_id=series.pk,
        given=[actions.GivenPoint(*one) for one in values(first, effect)],
        origin=Origin.FILE,
        source="besøg.csv",
        source_on=today(),
    )
    return first


def say_starts(organisation: int, benefit_id: int, first: dt.date) -> None:
    """Say when the four began in the study of a benefit."""
    from hoest.domain.evidence import actions
    from hoest.domain.evidence.models import Place, Study
    from hoest.domain.evidence.rules import Step, from_first
    from hoest.domain.organisations.queries import system_actor

    system = system_actor(organisation, "Opsætning", "test")
    study = Study.objects.get(organisation_id=organisation, benefit_id=benefit_id)
    for name, month in STARTS.items():
        place = Place.objects.get(organisation_id=organisation, name=name)
        actions.say_place(
            actor=system,
            study_id=study.pk,
            place_id=place.pk,
            started_on=from_first(first, Step.MONTH, month),
        )
