"""Writes of studies: begin one before the answer is known, say who started, note what else was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.benefits import queries as benefits
from hoest.domain.benefits.actions import note_effect
from hoest.domain.benefits.rules import MethodGrade, Verdict
from hoest.domain.evidence.actions.estimating import Refused, estimate_study
from hoest.domain.evidence.models import (
    DrawnOrder,
    Happening,
    Place,
    Study,
    StudyPlace,
    TakenLine,
)
from hoest.domain.evidence.permissions import PLAN_STUDY
from hoest.domain.evidence.queries.estimates import latest_of
from hoest.domain.evidence.queries.series import series_of, taken_lines_of
from hoest.domain.evidence.queries.studies import study_of
from hoest.domain.organisations.queries import system_actor
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Fault, NotFound
from hoest.foundation.forms.versions import check_version


class StudyExists(Fault):
    """The benefit is already studied with the series."""


class StartHasNotCome(Fault):
    """A start on a day that has not come."""


@transaction.atomic
def begin_study(*, actor: Actor, benefit_id: int, series_id: int, seed: int | None = None) -> Study:
    """Ask of a benefit whether its effect is there, in one series. The first is the primary.

    `seed` begins what is drawn by lot; without one, it is the benefit's own number. Raises
    NotAllowed in the benefit's unit, NotFound, StudyExists.
    """
    benefit = benefits.benefit_of(actor, benefit_id)
    require(actor, PLAN_STUDY, benefit.unit_id or benefit.initiative.unit_id)
    series = series_of(actor, series_id)
    rows = Study.objects.filter(organisation_id=actor.organisation_id, benefit_id=benefit.pk)
    if rows.filter(series=series).exists():
        raise StudyExists(_("Gevinsten undersøges allerede med den serie."))
    made = Study.objects.create(
        organisation_id=actor.organisation_id,
        benefit_id=benefit.pk,
        series=series,
        is_primary=not rows.filter(is_primary=True).exists(),
        registered_on=clock.today(),
        registered_by_name=actor.name[:160],
        seed=benefit.pk if seed is None else seed,
    )
    know_starts(made, taken_lines_of(series))
    record(actor, "evidence.begin_study", made, series=series.name)
    return made


@transaction.atomic
def change_study(
    *,
    actor: Actor,
    study_id: int,
    version: int,
    method: str,
    control: str,
    from_period: dt.date | None,
) -> Study:
    """Change how a study looks. Raises ChangedMeanwhile, NotAllowed, NotFound."""
    held = _held(actor, study_id)
    after = {"method": method, "control": control, "from_period": from_period}
    changes = {name: value for name, value in after.items() if getattr(held, name) != value}
    check_version(held, version, changes)
    if not changes:
        return held
    before = {name: getattr(held, name) for name in changes}
    _save(held, changes)
    record(actor, "evidence.change_study", held, before=before, after=changes)
    return held


@transaction.atomic
def choose_primary(*, actor: Actor, study_id: int, version: int) -> Study:
    """Let another series speak for the benefit; the day it was chosen is kept.

    Chosen after its answer was known it is judged as one of many from then on. What the former
    series showed does not stand for the new one: it is estimated at once, or nothing is shown.
    """
    held = _held(actor, study_id)
    check_version(held, version, {})
    if held.is_primary:
        return held
    others = Study.objects.select_for_update().filter(
        organisation_id=actor.organisation_id, benefit_id=held.benefit_id, is_primary=True
    )
    for other in others:
        _save(other, {"is_primary": False})
    _save(
        held,
        {
            "is_primary": True,
            "registered_on": clock.today(),
            "registered_by_name": actor.name[:160],
            "answer_was_known": held.answer_was_known or latest_of(held) is not None,
        },
    )
    record(actor, "evidence.choose_primary", held, series=held.series.name)
    system = system_actor(held.organisation_id, "Effektmåling", "estimate")
    try:
        estimate_study(actor=system, study_id=held.pk)
    except Refused:
        if held.benefit.effect_verdict:
            note_effect(
                actor=system,
                benefit_id=held.benefit_id,
                grade=MethodGrade.CLAIMED,
                verdict=Verdict.CANNOT,
                on=clock.today(),
            )
    return held


@transaction.atomic
def say_place(
    *,
    actor: Actor,
    study_id: int,
    place_id: int,
    started_on: dt.date | None,
    left_out_because: str = "",
    alike: str | None = None,
) -> StudyPlace | None:
    """Say when a place started, or why it is not used; nothing said lets the roll-out speak again.

    `alike` names the places it is like, among whom the order could as well have been another; None
    leaves it. Raises StartHasNotCome, NotFound.
    """
    held = _held(actor, study_id)
    if started_on is not None and started_on > clock.today():
        raise StartHasNotCome(_("Datoen er ikke kommet endnu. Skriv den dag, de begyndte."))
    place = Place.objects.filter(organisation_id=actor.organisation_id, pk=place_id).first()
    if place is None:
        raise NotFound("Stedet findes ikke.")
    if alike is not None and alike != place.stratum:
        place.stratum = alike[:80]
        place.version += 1
        place.save(update_fields=["stratum", "version", "changed_at"])
    row: StudyPlace | None = None
    if started_on is None and not left_out_because:
        StudyPlace.objects.filter(
            organisation_id=actor.organisation_id, study=held, place=place
        ).delete()
    else:
        row = _said(actor, held, place, started_on, left_out_because)
    record(
        actor,
        "evidence.say_place",
        held,
        place=place.name,
        started_on=started_on,
        left_out_because=left_out_because,
        **({} if alike is None else {"alike": alike}),
    )
    return row


def _said(
    actor: Actor, held: Study, place: Place, started_on: dt.date | None, left_out_because: str
) -> StudyPlace:
    row, _new = StudyPlace.objects.update_or_create(
        organisation_id=actor.organisation_id,
        study=held,
        place=place,
        defaults={
            "started_on": None if left_out_because else started_on,
            "left_out_because": left_out_because[:200],
            "said_by_name": actor.name[:160],
        },
    )
    return row


@transaction.atomic
def note_happening(
    *, actor: Actor, study_id: int, on: dt.date, what: str, place_id: int | None = None
) -> Happening:
    """Note something else that happened at the same time. Raises NotFound."""
    held = _held(actor, study_id)
    if (
        place_id is not None
        and not Place.objects.filter(organisation_id=actor.organisation_id, pk=place_id).exists()
    ):
        raise NotFound("Stedet findes ikke.")
    made = Happening.objects.create(
        organisation_id=actor.organisation_id,
        study=held,
        on=on,
        place_id=place_id,
        what=what[:300],
        noted_by_name=actor.name[:160],
        noted_on=clock.today(),
    )
    record(actor, "evidence.note_happening", held, what=what, on=on)
    return made


@transaction.atomic
def withdraw_happening(*, actor: Actor, study_id: int, happening_id: int) -> None:
    """Take a note away that was wrong; the act stays in the history."""
    held = _held(actor, study_id)
    row = Happening.objects.filter(
        organisation_id=actor.organisation_id, study=held, pk=happening_id
    ).first()
    if row is None:
        raise NotFound("Hændelsen findes ikke.")
    record(actor, "evidence.withdraw_happening", held, what=row.what, on=row.on)
    row.delete()


@transaction.atomic
def keep_order(
    *,
    actor: Actor,
    study_id: int,
    waves: Sequence[Sequence[str]],
    seed: int,
    first_on: dt.date,
    every_periods: int,
    wish_because: str = "",
) -> DrawnOrder:
    """Keep an order of starts: drawn by lot, or wished with a reason. It cannot be changed."""
    held = _held(actor, study_id)
    number = DrawnOrder.objects.filter(organisation_id=actor.organisation_id, study=held).count()
    made = DrawnOrder.objects.create(
        organisation_id=actor.organisation_id,
        study=held,
        number=number + 1,
        seed=seed,
        waves=[list(wave) for wave in waves],
        first_on=first_on,
        every_periods=every_periods,
        is_wish=bool(wish_because),
        why=wish_because[:300],
        drawn_at=clock.now(),
        drawn_by_name=actor.name[:160],
    )
    record(actor, "evidence.keep_order", held, number=made.number, seed=seed, waves=made.waves)
    return made


def know_starts(study: Study, taken: Iterable[TakenLine]) -> None:
    """Write on a study when other municipalities began, as they said when they shared.

    What somebody has said of a place stays. Part of the acts that call it.
    """
    for line in taken:
        if line.started_on is not None and line.started_on <= clock.today():
            StudyPlace.objects.get_or_create(
                organisation_id=study.organisation_id,
                study=study,
                place_id=line.place_id,
                defaults={
                    "started_on": line.started_on,
                    "said_by_name": line.municipality_name,
                },
            )


def _save(study: Study, changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        setattr(study, name, value)
    study.version += 1
    study.save(update_fields=[*changes, "version", "changed_at"])


def _held(actor: Actor, study_id: int) -> Study:
    found = study_of(actor, study_id)
    benefit = found.benefit
    require(actor, PLAN_STUDY, benefit.unit_id or benefit.initiative.unit_id)
    Study.objects.select_for_update().only("id").get(pk=found.pk)
    found.refresh_from_db(fields=["version", "method", "control", "from_period", "is_primary"])
    return found
