"""The series and effect studies of a test municipality."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

PLACES = 6


def add_evidence(organisation: int, marker: str) -> None:
    """Add a series over six places, a study that is answered, a break and a run; twice alike."""
    from hoest.domain.evidence import actions
    from hoest.domain.evidence.rules import BreakHandling, Origin, Step, Wanted, from_first
    from hoest.domain.organisations.queries import system_actor
    from hoest.foundation.clock import today

    system = system_actor(organisation, "Opsætning", "test")
    series = actions.new_series(
        actor=system,
        fields={
            "name": f"Minutter pr. besøg {marker}",
            "measure_unit": "minutter",
            "step": Step.MONTH,
            "wanted": Wanted.LOWER,
            "definition": f"Fra dør til dør {marker}",
        },
    )
    first = from_first(today(), Step.MONTH, -12)
    months = [from_first(first, Step.MONTH, number) for number in range(12)]
    actions.add_points(
        actor=system,
        series_id=series.pk,
        given=_points(months, marker),
        origin=Origin.FILE,
        source=f"besøg-{marker}.csv",
        source_on=today(),
    )
    cut = actions.mark_break(
        actor=system, series_id=series.pk, on=months[0], what=f"Ny opgørelse {marker}"
    )
    actions.handle_break(
        actor=system,
        series_id=series.pk,
        break_id=cut.pk,
        version=cut.version,
        handling=BreakHandling.AFTER,
    )
    _study(organisation, marker, series.pk, months)
    _file(organisation, marker)


def _file(organisation: int, marker: str) -> None:
    """Add a file of many series that came to a halt."""
    from hoest.domain.evidence.models import SeriesFile
    from hoest.domain.evidence.rules import FileState
    from hoest.foundation import clock

    SeriesFile.objects.create(
        organisation_id=organisation,
        file_name=f"{marker}.csv",
        sha256=format(organisation, "064x"),
        content=b"",
        source=f"Nøgletal {marker}",
        state=FileState.FAILED,
        at=clock.now(),
        by_name=f"Controller {marker}",
    )


def _study(organisation: int, marker: str, series_id: int, months: list[dt.date]) -> None:
    """Ask a benefit that is in hand in a series: some have started, and the answer is there."""
    from hoest.domain.benefits.models import Benefit
    from hoest.domain.evidence import actions
    from hoest.domain.evidence.models import EstimateRun, Place
    from hoest.domain.organisations.queries import system_actor

    system = system_actor(organisation, "Opsætning", "test")
    benefit = Benefit.objects.get(
        organisation_id=organisation, title__startswith="Frigjorte aftentimer"
    )
    study = actions.begin_study(actor=system, benefit_id=benefit.pk, series_id=series_id)
    places = list(Place.objects.filter(organisation_id=organisation).order_by("name"))
    for number, place in enumerate(places[:3]):
        actions.say_place(
            actor=system,
            study_id=study.pk,
            place_id=place.pk,
            started_on=months[6 + number],
        )
    actions.note_happening(
        actor=system, study_id=study.pk, on=months[8], what=f"Ny vagtplan {marker}"
    )
    actions.keep_order(
        actor=system,
        study_id=study.pk,
        waves=[[place.name] for place in places],
        seed=7,
        first_on=months[6],
        every_periods=1,
    )
    actions.estimate_study(actor=system, study_id=study.pk)
    run = actions.ask_for_run(actor=system)
    actions.carry_on(actor=system, run_id=run.pk)
    _pulse(organisation)
    EstimateRun.objects.filter(pk=run.pk).update(asked_by_name=f"Controller {marker}")


def _points(months: list[dt.date], marker: str) -> list[Any]:
    from hoest.domain.evidence.actions import GivenPoint

    sway = (0, 3, -2, 1, 4, -3, 2, -1, 0, 2, -2, 1)
    return [
        GivenPoint(
            f"Område {place + 1} {marker}",
            month,
            Decimal(30 + place)
            + Decimal(sway[(number + 5 * place) % 12]) / 10
            - (Decimal(3) if place < 3 and number >= 6 + place else 0),
        )
        for place in range(PLACES)
        for number, month in enumerate(months)
    ]


def _pulse(organisation: int) -> None:
    """Add what the leaders answered in the half-year that is over."""
    from hoest.domain.evidence.actions.pulse import adopt_round
    from hoest.domain.evidence.rules.pulse import PulseAnswer, round_before, round_of
    from hoest.domain.organisations.models import Unit
    from hoest.domain.organisations.queries import system_actor
    from hoest.foundation.clock import today

    department = Unit.objects.filter(organisation_id=organisation, parent=None).order_by("pk")[0]
    adopt_round(
        actor=system_actor(organisation, "Opsætning", "test"),
        round_on=round_before(round_of(today())),
        counts={
            (department.pk, PulseAnswer.GREAT): 4,
            (department.pk, PulseAnswer.SOME): 3,
            (None, PulseAnswer.SMALL): 6,
        },
    )
