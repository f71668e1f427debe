"""Sharing between municipalities by consent: what leaves is what somebody saw when she said yes.

A series leaves as one line for the whole municipality; a result leaves with grade and verdict,
shown or not. Source: docs/decisions/0015-shared-lessons.md.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.evidence.actions.series import GivenPoint, add_points
from hoest.domain.evidence.actions.studies import know_starts
from hoest.domain.evidence.models import (
    Place,
    Series,
    SharedEffect,
    SharedSeries,
    Study,
    TakenLine,
)
from hoest.domain.evidence.permissions import SHARE_SERIES
from hoest.domain.evidence.queries.series import series_of
from hoest.domain.evidence.queries.sharing import (
    copy_of,
    effect_copy_of,
    leaving_of,
    points_as_json,
    result_to_share,
    shared_series_of,
)
from hoest.domain.evidence.queries.studies import study_of
from hoest.domain.evidence.rules import Origin, UnhandledBreak
from hoest.domain.evidence.rules.sharing import shared_error
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Fault


class TooFewPlaces(Fault):
    """A line over so few places would tell of the single place."""


class BreakWaits(Fault):
    """The series has a break nobody has decided on."""


class LeavesOtherwise(Fault):
    """What would leave is not what was shown."""


class DoesNotFit(Fault):
    """A shared line is counted in another unit or by other periods."""


class NothingToShare(Fault):
    """There is no figure to share."""


@transaction.atomic
def share_series(
    *, actor: Actor, series_id: int, seen: str, started_on: dt.date | None
) -> SharedSeries:
    """Share a series with all municipalities, as the one line that was seen.

    Raises NotAllowed, NotFound, BreakWaits, TooFewPlaces, LeavesOtherwise.
    """
    series = _held(actor, series_id)
    try:
        leaving = leaving_of(actor, series)
    except UnhandledBreak as waits:
        raise BreakWaits(
            _("Serien har et brud, ingen har taget stilling til. Gør det først.")
        ) from waits
    if not leaving.line.points:
        raise TooFewPlaces(
            _("Et gennemsnit over færre end %(fewest)s steder ville fortælle om det enkelte sted.")
            % {"fewest": content.limit("shared_series_places")}
        )
    if leaving.seen != seen:
        raise LeavesOtherwise(_("Serien er ændret, siden du så den. Se igen, hvad der deles."))
    copy, _new = SharedSeries.objects.update_or_create(
        organisation_id=actor.organisation_id,
        series=series,
        defaults={
            "municipality_name": actor.organisation_name[:160],
            "name": series.name,
            "measure_unit": series.measure_unit,
            "step": series.step,
            "wanted": series.wanted,
            "definition": series.definition,
            "places": leaving.line.places,
            "points": points_as_json(leaving.line),
            "started_on": started_on,
            "shared_on": clock.today(),
            "shared_by_name": actor.name[:160],
        },
    )
    record(actor, "evidence.share_series", series, points=len(leaving.line.points))
    return copy


@transaction.atomic
def withdraw_series(*, actor: Actor, series_id: int) -> None:
    """Take back what was shared: the others cannot read it any more. Raises NotAllowed."""
    series = _held(actor, series_id)
    copy = copy_of(series)
    if copy is not None:
        copy.delete()
        record(actor, "evidence.withdraw_series", series)


@transaction.atomic
def take_line(*, actor: Actor, shared_id: int, series_id: int) -> TakenLine:
    """Take the shared line of another municipality into a series of ours, as a place elsewhere.

    Taken again, it is brought up to date and what stood is kept as corrections. Raises NotAllowed,
    NotFound, DoesNotFit.
    """
    shared = shared_series_of(actor, shared_id)
    series = series_of(actor, series_id)
    _refuse_unlike(actor, shared, series)
    add_points(
        actor=actor,
        series_id=series.pk,
        given=[
            GivenPoint(
                shared.municipality_name,
                dt.date.fromisoformat(on),
                Decimal(mean),
                is_elsewhere=True,
            )
            for on, mean, _places in shared.points
        ],
        origin=Origin.SHARED,
        source=_("Delt af %(who)s: %(name)s, gennemsnit over %(places)s steder")
        % {"who": shared.municipality_name, "name": shared.name, "places": shared.places},
        source_on=shared.shared_on,
    )
    place = Place.objects.get(
        organisation_id=actor.organisation_id, name__iexact=shared.municipality_name
    )
    taken, _new = TakenLine.objects.update_or_create(
        organisation_id=actor.organisation_id,
        series=series,
        place=place,
        defaults={
            "shared_id": shared.pk,
            "municipality_name": shared.municipality_name,
            "name": shared.name,
            "definition": shared.definition,
            "places": shared.places,
            "started_on": shared.started_on,
            "shared_on": shared.shared_on,
            "taken_on": clock.today(),
            "taken_by_name": actor.name[:160],
        },
    )
    studies = Study.objects.filter(organisation_id=actor.organisation_id, series=series)
    for study in studies:
        know_starts(study, [taken])
    record(actor, "evidence.take_line", series, municipality=shared.municipality_name)
    return taken


def _refuse_unlike(actor: Actor, shared: SharedSeries, series: Series) -> None:
    if shared.step != series.step:
        raise DoesNotFit(_("Den delte serie har perioder af en anden længde. Vælg en anden serie."))
    if shared.measure_unit.casefold() != series.measure_unit.casefold():
        raise DoesNotFit(
            _("Den delte serie er målt i %(theirs)s, og jeres i %(ours)s.")
            % {"theirs": shared.measure_unit, "ours": series.measure_unit}
        )
    own = Place.objects.filter(
        organisation_id=actor.organisation_id,
        name__iexact=shared.municipality_name,
        is_elsewhere=False,
    )
    if own.exists():
        raise DoesNotFit(_("I har selv et sted med kommunens navn. Giv det et andet navn først."))


@transaction.atomic
def share_effect(*, actor: Actor, study_id: int, estimate_id: int, solution: str) -> SharedEffect:
    """Share a study's newest result with grade and verdict, shown or not.

    `estimate_id` is the one that was seen. Raises NotAllowed, NotFound, NothingToShare,
    LeavesOtherwise.
    """
    study = study_of(actor, study_id)
    require(actor, SHARE_SERIES)
    latest = result_to_share(study)
    error = latest.answer.get("error") if latest is not None else None
    if latest is None or latest.estimate is None or error is None:
        raise NothingToShare(_("Der er ikke regnet en effekt, der kan deles."))
    if latest.pk != estimate_id:
        raise LeavesOtherwise(_("Effekten er regnet igen, siden du så den. Se den nye først."))
    series = study.series
    copy, _new = SharedEffect.objects.update_or_create(
        organisation_id=actor.organisation_id,
        study=study,
        defaults={
            "municipality_name": actor.organisation_name[:160],
            "solution": solution[:160],
            "series_name": series.name,
            "measure_unit": series.measure_unit,
            "wanted": series.wanted,
            "definition": series.definition,
            "estimate": latest.estimate,
            "error": shared_error(error, latest.low, latest.high),
            "low": latest.low,
            "high": latest.high,
            "grade": latest.grade,
            "verdict": latest.verdict,
            "baseline": baseline_in(latest.answer),
            "places": len([one for one in latest.answer["starts"].values() if one]),
            "made_on": latest.made_at.date(),
            "shared_on": clock.today(),
            "shared_by_name": actor.name[:160],
        },
    )
    record(actor, "evidence.share_effect", study, verdict=latest.verdict, grade=latest.grade)
    return copy


def baseline_in(answer: dict[str, object]) -> float | None:
    """Return the level before anybody began, in the unit of the series, from an answer's picture.

    The mean of our line up to the first start; None when it began at once.
    """
    picture, starts, periods = (answer.get(name) for name in ("picture", "starts", "periods"))
    if not isinstance(picture, dict) or not isinstance(starts, dict):
        return None
    begun = [str(one) for one in starts.values() if one]
    if not begun or not isinstance(periods, list):
        return None
    before = [
        value
        for period, value in zip(periods, picture.get("ours", []), strict=False)
        if str(period) < min(begun) and isinstance(value, float)
    ]
    return sum(before) / len(before) if before else None


@transaction.atomic
def withdraw_effect(*, actor: Actor, study_id: int) -> None:
    """Take back a result that was shared. Raises NotAllowed, NotFound."""
    study: Study = study_of(actor, study_id)
    require(actor, SHARE_SERIES)
    copy = effect_copy_of(study)
    if copy is not None:
        copy.delete()
        record(actor, "evidence.withdraw_effect", study)


def _held(actor: Actor, series_id: int) -> Series:
    found = series_of(actor, series_id)
    require(actor, SHARE_SERIES)
    return Series.objects.select_for_update().get(pk=found.pk)
